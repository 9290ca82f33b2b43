using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// From spec to design: every default of the product is here and in <see
/// cref="TransportParts"/>. Pure, so that <c>check</c>, <c>plan</c> and
/// <c>apply</c> cannot disagree. Values of the wrong form were refused by the spec reader before.
/// </summary>
public static class Designer
{
    /// <summary>ASN 64512 is the default of both Amazon gateways, and equal ASNs cannot be associated; so neither uses
    /// it.</summary>
    private const long DefaultDxGatewayAsn = 64550;

    /// <summary>As Microsoft's table for an active-active gateway and AWS numbers them
    /// (learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp); the first two are the guide's.</summary>
    private static readonly string[] InsideCidrs =
        ["169.254.21.0/30", "169.254.22.0/30", "169.254.21.4/30", "169.254.22.4/30"];

    public static NetworkDesign Design(NetworkSpec spec)
    {
        var cidr = Read(spec.Aws.TransitGateway.Cidr, "10.254.1.0/24");
        var contract = new Contract(spec.Megaport.Term ?? 1, spec.Megaport.CostCentre ?? "");
        var resilience = spec.Resilience switch
        {
            "paths" => Resilience.Paths,
            "routers" => Resilience.Routers,
            "locations" => Resilience.Locations,
            _ => Resilience.None,
        };
        var written = WrittenParts.Of(spec, resilience);
        var routers = TransportParts.Routers(spec, written, contract);
        var circuits = TransportParts.Circuits(spec, written, routers);
        var instances = Instances(spec, resilience);
        return new()
        {
            Spec = spec,
            Link = new()
            {
                Name = spec.Name,
                Resilience = resilience,
                Tags = new Dictionary<string, string>(spec.Tags) { [LinkTag.Key] = spec.Name },
                AzureTags = spec.Azure.Tags,
                Existing = spec.Existing,
                ChangeUsed = spec.ChangeUsed,
            },
            Aws = new()
            {
                Account = spec.Aws.Account,
                Region = spec.Aws.Region,
                ConnectionRegion = spec.Aws.ConnectionRegion ?? spec.Aws.Region,
            },
            Azure = new()
            {
                Tenant = spec.Azure.Tenant,
                Subscription = spec.Azure.Subscription,
                ResourceGroup = spec.Azure.ResourceGroup,
                Region = spec.Azure.Region,
            },
            Megaport = new() { Staging = spec.Megaport.Environment == "staging", Contract = contract },
            Vpcs = [Vpc(spec), .. written.Vpcs.Select(part => Vpc(spec, part))],
            Vnets = [Vnet(spec), .. written.Spokes.Select(part => Spoke(spec, part))],
            DxGateway = new()
            {
                Path = "aws.directConnectGateway",
                Name = spec.Aws.DirectConnectGateway.Name ?? $"{spec.Name}-dxgw",
                ExistingId = spec.Aws.DirectConnectGateway.Id,
                Account = Other(spec, spec.Aws.DirectConnectGateway.Account),
                Profile = spec.Aws.DirectConnectGateway.Profile,
                Asn = spec.Aws.DirectConnectGateway.Asn ?? DefaultDxGatewayAsn,
                AllowedPrefixes = spec.Aws.AllowedPrefixes is { Count: > 0 } allowed
                    ? [.. allowed.Select(Prefix.Parse)]
                    : [cidr],
            },
            TransitGateway = TransitGateway(spec, cidr),
            Routers = routers,
            AwsVxcs = TransportParts.AwsVxcs(spec, written, routers),
            Circuits = circuits,
            AzureVxcs = TransportParts.AzureVxcs(spec, written, routers, circuits),
            ExpressRouteGateway = new()
            {
                Path = "azure.expressRouteGateway",
                ExistingId = spec.Azure.ExpressRouteGateway.Id,
                Name = spec.Azure.ExpressRouteGateway.Id?.Split('/')[^1] ?? spec.Azure.ExpressRouteGateway.Name
                    ?? $"{spec.Name}-ergw",
                Sku = spec.Azure.ExpressRouteGateway.Sku ?? "ErGw1AZ",
            },
            VpnGateway = new()
            {
                Path = "azure.vpnGateway",
                ExistingId = spec.Azure.VpnGateway.Id,
                Name = spec.Azure.VpnGateway.Id?.Split('/')[^1] ?? spec.Azure.VpnGateway.Name
                    ?? $"{spec.Name}-vpngw",
                Sku = spec.Azure.VpnGateway.Sku ?? "VpnGw1AZ",
                Generation = spec.Azure.VpnGateway.Generation ?? "Generation1",
                Asn = spec.Azure.VpnGateway.Asn ?? 65515,
                Zones = spec.Azure.VpnGateway.Zones ?? ["1", "2", "3"],
                Instances = instances,
            },
            VpnConnections = [.. instances.Select((instance, index) => VpnConnection(spec, instance, index))],
            Ipsec = Ipsec(spec.Ipsec),
        };
    }

    private static VpcDesign Vpc(NetworkSpec spec) => new()
    {
        Key = PartKey.None,
        Path = "aws",
        Id = spec.Aws.Vpc,
        Account = Other(spec, spec.Aws.VpcAccount),
        Profile = spec.Aws.VpcProfile,
        AttachmentName = $"{spec.Name}-vpc",
        SubnetIds = spec.Aws.Subnets,
        RouteTableIds = spec.Aws.RouteTables,
        Prefixes = [.. spec.Aws.Cidrs.Select(Prefix.Parse)],
    };

    private static VpcDesign Vpc(NetworkSpec spec, Written<VpcPartSpec> part)
    {
        var key = TransportParts.KeyOf(part.Spec, spec);
        return new()
        {
            Key = key,
            Path = part.Path,
            Id = part.Spec.Vpc,
            Account = Other(spec, part.Spec.Account),
            Profile = part.Spec.Profile,
            AttachmentName = key.Made.On($"{spec.Name}-vpc"),
            SubnetIds = part.Spec.Subnets,
            RouteTableIds = part.Spec.RouteTables,
            Prefixes = [.. part.Spec.Cidrs.Select(Prefix.Parse)],
        };
    }

    private static string? Other(NetworkSpec spec, string? account) => account == spec.Aws.Account ? null : account;

    private static VnetDesign Vnet(NetworkSpec spec) => new()
    {
        Key = PartKey.None,
        Path = "azure",
        Name = spec.Azure.Vnet.Split('/')[^1],
        FullId = FullId(spec, spec.Azure.Vnet),
        Prefixes = [.. spec.Azure.Cidrs.Select(Prefix.Parse)],
        GatewaySubnet = spec.Azure.GatewaySubnet is { } subnet ? Prefix.Parse(subnet) : null,
    };

    private static VnetDesign Spoke(NetworkSpec spec, Written<SpokePartSpec> part) => new()
    {
        Key = TransportParts.KeyOf(part.Spec, spec),
        Path = part.Path,
        Name = part.Spec.Vnet.Split('/')[^1],
        FullId = FullId(spec, part.Spec.Vnet),
        Prefixes = [.. part.Spec.Cidrs.Select(Prefix.Parse)],
        GatewaySubnet = null,
    };

    /// <summary>Null where a VNet is in the link's own resource group, however it is named.</summary>
    private static string? FullId(NetworkSpec spec, string vnet) => vnet.StartsWith('/') && !vnet.StartsWith(
        $"/subscriptions/{spec.Azure.Subscription}/resourceGroups/{spec.Azure.ResourceGroup}/",
        StringComparison.OrdinalIgnoreCase) ? vnet : null;

    private static TransitGatewayDesign TransitGateway(NetworkSpec spec, Prefix cidr) => new()
    {
        Path = "aws.transitGateway",
        Name = spec.Aws.TransitGateway.Name ?? $"{spec.Name}-tgw",
        WorkloadTableName = $"{spec.Name}-workload",
        TransportTableName = $"{spec.Name}-transport",
        ExistingId = spec.Aws.TransitGateway.Id,
        Asn = spec.Aws.TransitGateway.Asn ?? 65534,
        Cidr = cidr,
        Isolation = spec.Aws.TransitGateway.Isolation switch
        {
            "isolated" => TransitGatewayIsolation.Isolated,
            "propagated" => TransitGatewayIsolation.Propagated,
            _ => TransitGatewayIsolation.Auto,
        },
    };

    private static IReadOnlyList<GatewayInstanceDesign> Instances(NetworkSpec spec, Resilience resilience)
    {
        var gateway = spec.Azure.VpnGateway;
        var first = new GatewayInstanceDesign
        {
            Key = PartKey.None,
            PublicIpName = gateway.PublicIpName ?? $"{spec.Name}-vpngw-ip",
        };
        var mode = gateway.Mode ?? (resilience >= Resilience.Routers ? "active-active" : "active-standby");
        return mode != "active-active" ? [first] :
        [
            first,
            new()
            {
                Key = PartKey.Second,
                PublicIpName = gateway.SecondPublicIpName ?? PartKey.Second.On($"{spec.Name}-vpngw-ip"),
            },
        ];
    }

    /// <summary>AWS takes IKE from one address a customer gateway: a connection of two tunnels for each
    /// instance.</summary>
    private static VpnConnectionDesign VpnConnection(NetworkSpec spec, GatewayInstanceDesign instance, int index) =>
        new()
        {
            Key = instance.Key,
            Path = "aws.vpnConnection",
            Name = instance.Key.On(spec.Aws.VpnConnectionName ?? $"{spec.Name}-vpn"),
            CustomerGatewayName = instance.Key.On(spec.Aws.CustomerGatewayName ?? $"{spec.Name}-cgw"),
            Instance = instance,
            Tunnels = [.. Enumerable.Range((2 * index) + 1, 2).Select(number => Tunnel(spec, number))],
        };

    private static TunnelDesign Tunnel(NetworkSpec spec, int number)
    {
        var written = spec.Tunnels.ElementAtOrDefault(number - 1) ?? new TunnelSpec();
        return new()
        {
            Path = $"tunnels[{number - 1}]",
            Number = number,
            InsideCidr = Read(written.InsideCidr, InsideCidrs[number - 1]),
            LocalGatewayName = written.LocalGatewayName ?? $"{spec.Name}-lng-{number}",
            ConnectionName = written.ConnectionName ?? $"{spec.Name}-tunnel-{number}",
        };
    }

    private static IpsecSuite Ipsec(IpsecSpec spec) => new()
    {
        Phase1Encryption = spec.Phase1Encryption ?? "AES256",
        Phase1Integrity = spec.Phase1Integrity ?? "SHA2-256",
        Phase1DhGroup = spec.Phase1DhGroup ?? 14,
        Phase1LifetimeSeconds = spec.Phase1LifetimeSeconds ?? 28800,
        Phase2Encryption = spec.Phase2Encryption ?? "AES256-GCM-16",
        Phase2Integrity = spec.Phase2Integrity ?? "SHA2-256",
        Phase2DhGroup = spec.Phase2DhGroup ?? 14,
        Phase2LifetimeSeconds = spec.Phase2LifetimeSeconds ?? 3600,
        DpdTimeoutSeconds = spec.DpdTimeoutSeconds ?? 30,
        TcpMss = spec.TcpMss ?? 1350,
    };

    private static Prefix Read(string? written, string fallback) => Prefix.Parse(written ?? fallback);
}

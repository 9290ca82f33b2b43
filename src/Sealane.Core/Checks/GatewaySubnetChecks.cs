using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL213-217: the subnet of both Azure gateways, out of which the VPN gateway's tunnel endpoint
/// comes.</summary>
public static class GatewaySubnetChecks
{
    private const string Path = "azure.gatewaySubnet";

    public static readonly DesignCheck InsideVnet = new()
    {
        Id = "SL213",
        Severity = Severity.Error,
        Title = "GatewaySubnet lies inside the VNet",
        Why = "Azure refuses a subnet outside the VNet's address space.",
        Fix = "Take a free part of a VNet prefix, or leave azure.gatewaySubnet out: then the first free /27 is taken.",
        Sources = [Docs.VpnGatewaySettings],
        Find = design => Networks.GatewaySubnet(design) is { } subnet
            && Prefixes(design) is { Count: > 0 } vnet
            && !vnet.Any(prefix => prefix.Contains(subnet.Prefix))
                ? [new(Path, $"{subnet} is not inside the VNet ({string.Join(", ", vnet)})")]
                : [],
    };

    public static readonly DesignCheck Size = new()
    {
        Id = "SL214",
        Severity = Severity.Error,
        Title = "GatewaySubnet is a /27 or larger",
        Why = "An ExpressRoute gateway and a VPN gateway live in it together; Azure asks for a /27 or larger for that, "
            + "and the subnet cannot grow while a gateway is in it.",
        Fix = "Write a /27 or larger.",
        Sources = [Docs.VpnGatewaySettings, Docs.ExpressRouteGateways],
        Find = design => Networks.GatewaySubnet(design) is { Prefix.Length: > 27 } subnet
            ? [new(Path, $"{subnet} is smaller than a /27")]
            : [],
    };

    public static readonly DesignCheck LeavesRoom = new()
    {
        Id = "SL215",
        Severity = Severity.Error,
        Title = "GatewaySubnet leaves room for other subnets",
        Why = "Subnets of a VNet cannot overlap: a gateway subnet as large as the VNet's only prefix leaves no "
            + "address for a workload, and one that covers an existing subnet is refused.",
        Fix = "Take a /27 to /24 that no other subnet uses.",
        Sources = [Docs.VpnGatewaySettings, Docs.VnetFaq],
        Find = design => Networks.GatewaySubnet(design) is { } subnet
            && Prefixes(design) is { Count: > 0 } vnet
            && vnet.All(subnet.Prefix.Contains)
                ? [new(Path, $"{subnet} takes all of the VNet")]
                : [],
    };

    public static readonly DesignCheck OutsideTransitGatewayCidr = new()
    {
        Id = "SL216",
        Severity = Severity.Error,
        Title = "The customer gateway's address is not inside the transit gateway CIDR",
        Why = "The VPN gateway's private address comes from GatewaySubnet and is AWS's customer gateway. Inside the "
            + "transit gateway's own block the outer packets would be routed to AWS itself. The API does not refuse "
            + "it; the tunnels just stay down.",
        Fix = "Move GatewaySubnet or the transit gateway CIDR.",
        Sources = [Docs.PrivateIpVpn, Docs.TransitGateways],
        Find = design => Networks.GatewaySubnet(design) is { } subnet
            ? Networks.Overlaps([subnet], [Networks.TransitGateway(design)])
            : [],
    };

    public static readonly DesignCheck PrivateAddress = new()
    {
        Id = "SL217",
        Severity = Severity.Error,
        Title = "The VPN gateway's address is private",
        Why = "AWS takes an outside address of type PrivateIpv4 only from RFC 1918 or 100.64.0.0/10.",
        Fix = "Give the VNet a private prefix and put GatewaySubnet there.",
        Sources = [Docs.CustomerGateway, Docs.PrivateIpVpn],
        Find = design => Networks.GatewaySubnet(design) is { } subnet
            ? Networks.IsPrivate(subnet.Prefix) ? [] : [new(Path, $"{subnet} is not private")]
            : Prefixes(design) is { Count: > 0 } vnet && !vnet.Any(Networks.IsPrivate)
                ? [new("azure.cidrs", "no VNet prefix is private, so GatewaySubnet cannot be either")]
                : [],
    };

    /// <summary>Of the VNet with the gateways.</summary>
    private static IReadOnlyList<Prefix> Prefixes(NetworkDesign design) =>
        [.. design.Vnets.Where(vnet => vnet.Key.IsNone).SelectMany(vnet => vnet.Prefixes)];
}

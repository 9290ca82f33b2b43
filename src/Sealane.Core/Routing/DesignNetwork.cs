using Sealane.Core.Design;

namespace Sealane.Core.Routing;

/// <summary>
/// The network that a design will become, so that it is judged before it exists. Addresses that only a cloud can
/// choose are illustrative: two of the transit gateway's CIDR for the tunnels, one of GatewaySubnet for the VPN
/// gateway; where the design says "as found", the VPC is 10.1.0.0/16 and the VNet 10.2.0.0/16. Ids are the design's
/// names.
/// </summary>
public static class DesignNetwork
{
    public static Network Of(NetworkDesign design)
    {
        var gatewaySubnet = GatewaySubnet(design);
        var tunnels = Tunnels(design, gatewaySubnet);
        return new Network
        {
            Vpcs = [.. design.Vpcs.Select(vpc => Vpc(design, vpc))],
            TransitGateways = [TransitGateway(design)],
            DxGateways =
            [
                new()
                {
                    Id = design.DxGateway.Name,
                    Asn = design.DxGateway.Asn,
                    Associations = [new(design.TransitGateway.Name, [.. design.DxGateway.AllowedPrefixes])],
                    VirtualInterfaces =
                        [.. design.AwsVxcs.Select(vxc => new VirtualInterface(vxc.VifName, vxc.AmazonAddress.Address))],
                },
            ],
            Mcrs = [.. design.Routers.Select(router => Mcr(design, router, tunnels))],
            Circuits = [.. design.Circuits.Select(Circuit)],
            ExpressRouteGateways =
            [
                new()
                {
                    Id = design.ExpressRouteGateway.Name,
                    VnetId = VnetId(design),
                    Addresses = [Address(gatewaySubnet, 12), Address(gatewaySubnet, 13)],
                    Connections =
                    [
                        .. design.Circuits.Select(circuit =>
                            new ExpressRouteConnection(circuit.ConnectionName, circuit.Name)),
                    ],
                },
            ],
            VpnGateways =
            [
                new()
                {
                    Id = design.VpnGateway.Name,
                    VnetId = VnetId(design),
                    Asn = design.VpnGateway.Asn,
                    Instances = [.. design.VpnGateway.Instances.Index().Select(instance =>
                        new VpnGatewayInstance(InstanceId(design, instance.Index),
                            InstanceAddress(gatewaySubnet, instance.Index)))],
                },
            ],
            Vnets =
            [
                .. design.Vnets.Select(vnet => new Vnet
                {
                    Id = vnet.Label(),
                    Prefixes = [.. PrefixesOf(design, vnet)],
                    Subnets = vnet.Key.IsNone
                        ? [new() { Id = "GatewaySubnet", Prefix = gatewaySubnet }] : [],
                    Peerings = vnet.Key.IsNone
                        ? [.. design.Vnets.Where(spoke => !spoke.Key.IsNone)
                            .Select(spoke => Peering(design, vnet, spoke))]
                        : [Peering(design, vnet, Hub(design))],
                }),
            ],
            Tunnels = [.. tunnels],
        };
    }

    /// <summary>The VPCs' prefixes as far as the design knows them.</summary>
    public static IReadOnlyList<Prefix> ProtectedAws(NetworkDesign design) =>
        [.. design.Vpcs.SelectMany(vpc => PrefixesOf(design, vpc))];

    /// <summary>The VNets' prefixes as far as the design knows them.</summary>
    public static IReadOnlyList<Prefix> ProtectedAzure(NetworkDesign design) =>
        [.. design.Vnets.SelectMany(vnet => PrefixesOf(design, vnet))];

    private static IReadOnlyList<Prefix> PrefixesOf(NetworkDesign design, VpcDesign vpc) => vpc.Prefixes.Count > 0
        ? vpc.Prefixes : [StandIn.OfVpc(design.Vpcs.Index().First(each => each.Item.Key == vpc.Key).Index)];

    private static IReadOnlyList<Prefix> PrefixesOf(NetworkDesign design, VnetDesign vnet) => vnet.Prefixes.Count > 0
        ? vnet.Prefixes : [StandIn.OfVnet(design.Vnets.Index().First(each => each.Item.Key == vnet.Key).Index)];

    /// <summary>The VNet that holds both gateways.</summary>
    private static VnetDesign Hub(NetworkDesign design) => design.Vnets.First(vnet => vnet.Key.IsNone);

    private static string VnetId(NetworkDesign design) => Hub(design).Label();

    private static Prefix GatewaySubnet(NetworkDesign design) => Hub(design).GatewaySubnet
        ?? (PrefixesOf(design, Hub(design))[0] is var vnet ? new Prefix(vnet.Network, Math.Max(27, vnet.Length))
            : default);

    /// <summary>Both ends of gateway transit.</summary>
    private static VnetPeering Peering(NetworkDesign design, VnetDesign near, VnetDesign far) => new()
    {
        Id = PeeringId(near, far),
        RemoteVnetId = far.Label(),
        RemotePrefixes = [.. PrefixesOf(design, far)],
        RemoteUsesGateways = near.Key.IsNone,
        UsesRemoteGateways = far.Key.IsNone,
    };

    public static string PeeringId(VnetDesign near, VnetDesign far) => $"{near.Label()}/{far.Label()}";

    private static string InstanceId(NetworkDesign design, int index) => $"{design.VpnGateway.Name}-{index}";

    private static Ipv4 InstanceAddress(Prefix gatewaySubnet, int index) => Address(gatewaySubnet, 6 + index);

    private static Ipv4 Address(Prefix prefix, long host) => prefix.Host(Math.Min(host, prefix.Size - 1));

    private static List<Tunnel> Tunnels(NetworkDesign design, Prefix gatewaySubnet) =>
    [
        .. from vpn in design.VpnConnections
           let instance = design.VpnGateway.Instances.Index().First(each => each.Item.Key == vpn.Instance.Key).Index
           from tunnel in vpn.Tunnels
           select new Tunnel
           {
               Id = $"tunnel-{tunnel.Number}",
               TransitGatewayId = design.TransitGateway.Name,
               AttachmentId = vpn.Name + "-attachment",
               TransportAttachmentId = design.DxGateway.Name + "-attachment",
               AwsOutside = Address(design.TransitGateway.Cidr, 18 + (62 * (tunnel.Number - 1))),
               AwsInside = tunnel.AwsInside,
               VpnGatewayId = design.VpnGateway.Name,
               InstanceId = InstanceId(design, instance),
               AzureOutside = InstanceAddress(gatewaySubnet, instance),
               AzureInside = tunnel.AzureInside,
           },
    ];

    private static Vpc Vpc(NetworkDesign design, VpcDesign vpc) => new()
    {
        Id = vpc.Id,
        Prefixes = [.. PrefixesOf(design, vpc)],
        RouteTables =
        [
            new()
            {
                Id = vpc.RouteTableIds.Count > 0 ? vpc.RouteTableIds[0] : vpc.Id + "-main",
                Main = true,
                Routes = [.. ProtectedAzure(design).Select(prefix =>
                    new VpcRoute(prefix, VpcRouteTarget.TransitGateway, design.TransitGateway.Name))],
            },
        ],
    };

    private static TransitGateway TransitGateway(NetworkDesign design)
    {
        var gateway = design.TransitGateway;
        var (workload, transport) = (gateway.WorkloadTableName, gateway.TransportTableName);
        return new()
        {
            Id = gateway.Name,
            Asn = gateway.Asn,
            Cidrs = [gateway.Cidr],
            RouteTables = [new() { Id = workload }, new() { Id = transport }],
            Attachments =
            [
                .. design.Vpcs.Select(vpc => new TransitGatewayAttachment
                {
                    Id = vpc.AttachmentName,
                    Kind = AttachmentKind.Vpc,
                    ResourceId = vpc.Id,
                    AssociatedTableId = workload,
                    PropagatesTo = [workload],
                }),
                .. design.VpnConnections.Select(vpn => new TransitGatewayAttachment
                {
                    Id = vpn.Name + "-attachment",
                    Kind = AttachmentKind.Vpn,
                    ResourceId = vpn.Name,
                    AssociatedTableId = workload,
                    PropagatesTo = [workload],
                }),
                new()
                {
                    Id = design.DxGateway.Name + "-attachment",
                    Kind = AttachmentKind.DirectConnectGateway,
                    ResourceId = design.DxGateway.Name,
                    AssociatedTableId = transport,
                    PropagatesTo = gateway.Isolation == TransitGatewayIsolation.Propagated ? [workload] : [],
                },
            ],
        };
    }

    private static Circuit Circuit(CircuitDesign circuit) => new()
    {
        Id = circuit.Name,
        Paths =
        [
            new(PathId(circuit, CircuitPort.Primary), "primary", circuit.Primary.Host(2)),
            new(PathId(circuit, CircuitPort.Secondary), "secondary", circuit.Secondary.Host(2)),
        ],
    };

    public static string PathId(CircuitDesign circuit, CircuitPort port) =>
        $"{circuit.Name}/{(port == CircuitPort.Primary ? "primary" : "secondary")}";

    private static Mcr Mcr(NetworkDesign design, RouterDesign router, IReadOnlyList<Tunnel> tunnels)
    {
        List<Prefix> aws = design.LearnsFromAws ? [design.TransitGateway.Cidr]
            : [.. tunnels.Select(tunnel => tunnel.AwsOutside.ToPrefix()).Distinct()];
        var azure = tunnels.Select(tunnel => tunnel.AzureOutside.ToPrefix()).Distinct().ToList();
        return new()
        {
            Id = router.Name,
            Asn = router.Asn,
            Interfaces =
            [
                .. from vxc in design.AwsVxcs
                   where vxc.Router.Key == router.Key
                   select Interface(
                       router, vxc.Name, vxc.McrAddress, vxc.VifName, vxc.AmazonAddress.Address, design.DxGateway.Asn,
                       design.LearnsFromAws ? [] : aws,
                       PrefixFilter.Permit(router.FilterNames.AwsImport, aws),
                       PrefixFilter.Permit(router.FilterNames.AwsExport, azure)),
                .. from vxc in design.AzureVxcs
                   where vxc.Router.Key == router.Key
                   select Interface(
                       router, vxc.Name, new(vxc.McrAddress, 30), PathId(vxc.Circuit, vxc.Port), vxc.MicrosoftAddress,
                       Msee.Asn, azure, PrefixFilter.Permit(router.FilterNames.AzureImport, azure),
                       PrefixFilter.Permit(router.FilterNames.AzureExport, aws)),
            ],
        };
    }

    private static McrInterface Interface(
        RouterDesign router, string vxc, InterfaceAddress address, string farEnd, Ipv4 peer, long peerAsn,
        IEnumerable<Prefix> behind, PrefixFilter import, PrefixFilter export)
    {
        var session = new McrBgpSession
        {
            Id = vxc + "/bgp",
            LocalAddress = address.Address,
            PeerAddress = peer,
            PeerAsn = peerAsn,
            ImportWhitelist = import,
            ExportWhitelist = export,
            PrependCount = router.Prepends,
        };
        return new()
        {
            VxcId = vxc,
            Addresses = [address],
            FarEnd = farEnd,
            StaticRoutes = [.. behind.Select(prefix => new McrStaticRoute(prefix, peer))],
            Sessions = [session],
        };
    }
}

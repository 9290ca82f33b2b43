using System.Collections.Immutable;
using System.Globalization;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// The configuration that the APIs show, as boxes of the routing model. Where an API does not tell whether a session of
/// the transport is up, it counts as up: a leak through it would then be possible.
/// </summary>
internal sealed class ObservedNetwork(AwsClients aws, MegaportClient megaport, NetworkDesign design, Known known)
{
    private const string PrimaryPath = "primary";

    public async Task<Routing.Network> Read(RouteTables tables, CancellationToken ct)
    {
        var lists = await PrefixLists(ct).ConfigureAwait(false);
        return new()
        {
            Vpcs = Vpcs(),
            TransitGateways = await TransitGateways(tables, ct).ConfigureAwait(false),
            DxGateways = DxGateways(),
            Mcrs = Mcrs(lists),
            Circuits = Circuits(),
            ExpressRouteGateways = ExpressRouteGateways(),
            VpnGateways = VpnGateways(),
            Vnets = known.Find(Vnet.Ref(design.Vnets[0])) is { } vnet
                ? [new() { Id = vnet.Envelope.Id, Prefixes = [.. vnet.Prefixes] }] : [],
            Tunnels = Tunnels(),
        };
    }

    private string? CircuitId => known.Find(ExpressRouteCircuit.Ref(design.Circuits[0]))?.Envelope.Id;

    private string PathId => $"{CircuitId}/{PrimaryPath}";

    private string? VnetId => known.Find(Vnet.Ref(design.Vnets[0]))?.Envelope.Id;

    private TransitVifPair? Vif => known.Find(TransitVif.Ref(design.AwsVxcs[0]));

    private ImmutableArray<Routing.Vpc> Vpcs() => known.Find(Vpc.Ref(design.Vpcs[0])) is not { } vpc ? [] :
    [
        new()
        {
            Id = vpc.Vpc.Id,
            Prefixes = [.. vpc.Prefixes],
            RouteTables =
            [
                .. vpc.RouteTables.Select(table => new Routing.VpcRouteTable
                {
                    Id = table.Id,
                    Main = table.IsMain,
                    Subnets =
                    [
                        .. vpc.Subnets.Where(subnet => table.SubnetIds.Contains(subnet.Id)
                            && Prefix.TryParse(subnet.Cidr, out _))
                            .Select(subnet => Prefix.Parse(subnet.Cidr)),
                    ],
                    Routes = [.. table.Routes.Where(route => Prefix.TryParse(route.Destination, out _)
                        && route.Target != "local").Select(Route)],
                }),
            ],
        },
    ];

    private static Routing.VpcRoute Route(VpcRoute route) => new(
        Prefix.Parse(route.Destination),
        route.State == "blackhole" ? Routing.VpcRouteTarget.Blackhole
            : route.Target.StartsWith("tgw-", StringComparison.Ordinal) ? Routing.VpcRouteTarget.TransitGateway
            : Routing.VpcRouteTarget.Other,
        route.Target);

    private async Task<ImmutableArray<Routing.TransitGateway>> TransitGateways(RouteTables tables, CancellationToken ct)
    {
        if (known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return [];
        }
        var attachments = new List<TransitGatewayAttachment>();
        foreach (var id in tables.All.SelectMany(table => table.Associated.Concat(table.Propagating))
            .Append(known.Find(DxAssociation.Ref)?.AttachmentId)
            .Append(known.Find(VpnConnection.Ref(design.VpnConnections[0]))?.AttachmentId).OfType<string>().Distinct())
        {
            if (await aws.Ec2.FindAttachment(id, ct).ConfigureAwait(false) is { } attachment)
            {
                attachments.Add(attachment);
            }
        }
        return
        [
            new()
            {
                Id = gateway.Id,
                Asn = gateway.Asn ?? design.TransitGateway.Asn,
                Cidrs = [.. gateway.CidrBlocks.Where(text => Prefix.TryParse(text, out _)).Select(Prefix.Parse)],
                VpnEcmp = gateway.VpnEcmp ?? true,
                Attachments =
                [
                    .. attachments.Select(attachment => new Routing.TransitGatewayAttachment
                    {
                        Id = attachment.Id,
                        Kind = attachment.ResourceType switch
                        {
                            "vpc" => Routing.AttachmentKind.Vpc,
                            "vpn" => Routing.AttachmentKind.Vpn,
                            "direct-connect-gateway" => Routing.AttachmentKind.DirectConnectGateway,
                            "connect" => Routing.AttachmentKind.Connect,
                            _ => Routing.AttachmentKind.Peering,
                        },
                        ResourceId = attachment.ResourceId,
                        AssociatedTableId = attachment.AssociatedTableId,
                        PropagatesTo = [.. tables.All.Where(table => table.Propagating.Contains(attachment.Id))
                            .Select(table => table.Id)],
                        Up = attachment.State is "available" or "modifying",
                    }),
                ],
                RouteTables =
                [
                    .. tables.All.Select(table => new Routing.TransitGatewayRouteTable
                    {
                        Id = table.Id,
                        StaticRoutes =
                        [
                            .. table.Routes.Where(route => route.Type == "static"
                                && Prefix.TryParse(route.Destination, out _))
                                .Select(route => new Routing.TransitGatewayStaticRoute(
                                    Prefix.Parse(route.Destination),
                                    route.Attachments is [var first, ..] ? first.AttachmentId : null)),
                        ],
                    }),
                ],
            },
        ];
    }

    private ImmutableArray<Routing.DxGateway> DxGateways() =>
        known.Find(DxGateway.Ref) is not { } gateway ? [] :
        [
            new()
            {
                Id = gateway.DirectConnectGatewayId,
                Asn = gateway.AmazonSideAsn ?? design.DxGateway.Asn,
                Associations = known.Find(DxAssociation.Ref)
                    is { Association.AssociatedGateway.Id: { } transitGateway } pair
                    ? [new(transitGateway,
                        [.. pair.AllowedPrefixes.Where(text => Prefix.TryParse(text, out _)).Select(Prefix.Parse)])]
                        : [],
                VirtualInterfaces = Vif is { Vif: { AmazonAddress: { } amazon } vif }
                    && InterfaceAddress.TryParse(amazon, out var address)
                    ? [new(vif.VirtualInterfaceId, address.Address)] : [],
            },
        ];

    private async Task<Dictionary<int, Routing.PrefixFilter>> PrefixLists(CancellationToken ct)
    {
        var filters = new Dictionary<int, Routing.PrefixFilter>();
        if (known.Find(Mcr.Ref(design.Routers[0])) is not { } mcr)
        {
            return filters;
        }
        var sessions = Vxcs().SelectMany(vxc => vxc.Vxc.Interfaces).SelectMany(port => port.BgpConnections);
        foreach (var number in sessions.SelectMany(session =>
            new[] { session.ImportWhitelist, session.ImportBlacklist, session.ExportWhitelist,
                session.ExportBlacklist }).OfType<int>().Distinct())
        {
            if (await megaport.PrefixList(mcr.Uid, number, ct).ConfigureAwait(false) is { } list)
            {
                filters[number] = new(number.ToString(CultureInfo.InvariantCulture),
                [
                    .. list.Entries.Where(entry => Prefix.TryParse(entry.Prefix, out _))
                        .Select(entry => new Routing.PrefixFilterEntry(
                        entry.Action == "permit", Prefix.Parse(entry.Prefix!), entry.Ge, entry.Le)),
                ]);
            }
        }
        return filters;
    }

    private IEnumerable<(VxcProduct Vxc, string? FarEnd)> Vxcs()
    {
        if (known.Find(VxcLeg.Aws(design.AwsVxcs[0])) is { } toAws)
        {
            yield return (toAws, Vif?.Vif.VirtualInterfaceId);
        }
        if (known.Find(VxcLeg.Azure(design.AzureVxcs[0])) is { } toAzure)
        {
            yield return (toAzure, CircuitId is null ? null : PathId);
        }
    }

    private ImmutableArray<Routing.Mcr> Mcrs(Dictionary<int, Routing.PrefixFilter> lists) =>
        known.Find(Mcr.Ref(design.Routers[0])) is not { } mcr ? [] :
        [
            new()
            {
                Id = mcr.Uid,
                Asn = mcr.Asn ?? design.Routers[0].Asn,
                Interfaces =
                    [.. Vxcs().SelectMany(vxc =>
                        vxc.Vxc.Interfaces.Select(port => Interface(vxc.Vxc, vxc.FarEnd, port, lists)))],
            },
        ];

    private static Routing.McrInterface Interface(
        VxcProduct vxc, string? farEnd, VxcInterface port, Dictionary<int, Routing.PrefixFilter> lists) => new()
        {
            VxcId = vxc.Uid,
            Addresses = [.. port.IpAddresses.Where(text => InterfaceAddress.TryParse(text, out _))
                .Select(InterfaceAddress.Parse)],
            FarEnd = farEnd,
            StaticRoutes =
            [
                .. port.IpRoutes.Where(route => Prefix.TryParse(route.Prefix, out _)
                    && Ipv4.TryParse(route.NextHop, out _))
                    .Select(route =>
                        new Routing.McrStaticRoute(Prefix.Parse(route.Prefix!), Ipv4.Parse(route.NextHop!))),
            ],
            Sessions =
            [
                .. port.BgpConnections.Where(session => Ipv4.TryParse(session.PeerIpAddress, out _)
                    && Ipv4.TryParse(session.LocalIpAddress, out _))
                    .Select(session => new Routing.McrBgpSession
                    {
                        Id = $"{vxc.Uid}/{session.PeerIpAddress}",
                        LocalAddress = Ipv4.Parse(session.LocalIpAddress!),
                        PeerAddress = Ipv4.Parse(session.PeerIpAddress!),
                        PeerAsn = session.PeerAsn ?? 0,
                        LocalAsn = session.LocalAsn,
                        Shutdown = session.Shutdown == true,
                        ImportWhitelist = Filter(lists, session.ImportWhitelist),
                        ImportBlacklist = Filter(lists, session.ImportBlacklist),
                        ExportWhitelist = Filter(lists, session.ExportWhitelist),
                        ExportBlacklist = Filter(lists, session.ExportBlacklist),
                        MedIn = session.MedIn,
                        MedOut = session.MedOut,
                        PrependCount = session.AsPathPrependCount ?? 0,
                        AsOverride = session.AsOverride == true,
                        ExportPolicyDeny = session.ExportPolicy == "deny",
                    }),
            ],
        };

    private static Routing.PrefixFilter? Filter(Dictionary<int, Routing.PrefixFilter> lists, int? number) =>
        number is { } n ? lists.GetValueOrDefault(n) : null;

    private ImmutableArray<Routing.Circuit> Circuits() => known.Find(PrivatePeering.Ref(design.Circuits[0]))
        is not { } peering ? [] :
    [
        new()
        {
            Id = CircuitId!,
            Paths =
            [
                new(PathId, PrimaryPath, (peering.Primary ?? design.Circuits[0].Primary).Host(2)),
                new($"{CircuitId}/secondary", "secondary",
                    (peering.Secondary ?? design.Circuits[0].Secondary).Host(2)),
            ],
        },
    ];

    private ImmutableArray<Routing.ExpressRouteGateway> ExpressRouteGateways() =>
        known.Find(ExpressRouteGateway.Ref) is not { } gateway || VnetId is null ? [] :
        [
            new()
            {
                Id = gateway.Envelope.Id,
                VnetId = VnetId,
                Asn = gateway.Asn ?? 65515,
                Connections = known.Find(ExpressRouteConnection.Ref(design.Circuits[0])) is { } connection
                    && CircuitId is not null
                    ? [new(connection.Envelope.Id, CircuitId)] : [],
            },
        ];

    private ImmutableArray<Routing.VpnGateway> VpnGateways() =>
        known.Find(VpnGateway.Ref) is not { } gateway || VnetId is null ? [] :
        [
            new()
            {
                Id = gateway.Envelope.Id,
                VnetId = VnetId,
                Asn = gateway.Asn ?? design.VpnGateway.Asn,
                Instances = [.. gateway.PrivateAddresses.Select((address, index) =>
                    new Routing.VpnGatewayInstance($"{gateway.Envelope.Id}/{index}", address))],
            },
        ];

    private ImmutableArray<Routing.Tunnel> Tunnels()
    {
        if (known.Find(VpnConnection.Ref(design.VpnConnections[0]))
            is not { AttachmentId: { } attachment, TransitGatewayId: { } transitGateway } vpn
            || known.Find(VpnGateway.Ref)
                is not { PrivateAddresses: [var azure, ..] } gateway)
        {
            return [];
        }
        return
        [
            .. from tunnel in design.Tunnels
               where vpn.OutsideAddresses.ContainsKey(tunnel.InsideCidr)
               let outside = vpn.OutsideAddresses[tunnel.InsideCidr]
               let telemetry = vpn.TelemetryOf(outside)
               let connection = known.Find(GatewayConnection.Ref(tunnel))
               select new Routing.Tunnel
               {
                   Id = $"tunnel-{tunnel.Number}",
                   TransitGatewayId = transitGateway,
                   AttachmentId = attachment,
                   TransportAttachmentId = vpn.TransportAttachmentId ?? "",
                   AwsOutside = outside,
                   AwsInside = tunnel.AwsInside,
                   VpnGatewayId = gateway.Envelope.Id,
                   InstanceId = $"{gateway.Envelope.Id}/0",
                   AzureOutside = azure,
                   AzureInside = tunnel.AzureInside,
                   // The two clouds' words about one tunnel: it stands only where both say so.
                   Up = connection?.ConnectionStatus == "Connected"
                       && telemetry is { Status: "UP" } or { Message: "IPSEC IS UP" },
                   SessionUp = telemetry?.Status == "UP",
               },
        ];
    }
}

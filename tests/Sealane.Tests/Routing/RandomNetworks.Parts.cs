using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>The parts of which they are made.</summary>
internal sealed partial class RandomNetworks
{
    private ImmutableArray<TransitGatewayStaticRoute> Statics(bool traps) =>
        [.. Some(2).Select(p => new TransitGatewayStaticRoute(p, Any<string?>(traps
            ? ["dxgw-attachment", "vpn-attachment", "link-vpc", null] : ["dxgw-attachment", "link-vpc"])))];

    private Vpc Vpc(string id, int number, int tgws) => new()
    {
        Id = id,
        Prefixes = [Prefix.Parse(number == 0 ? "10.1.0.0/16" : "10.5.0.0/16")],
        RouteTables =
            [new() { Id = id + "-main", Main = true,
                Routes = [.. Some(4)
                    .Select(p => new VpcRoute(p, VpcRouteTarget.TransitGateway, Any(Ids("tgw", tgws).ToList())))] }],
    };

    private TransitGateway Tgw(string id, int number, ImmutableArray<Vpc> vpcs, int dxs)
    {
        string[] tables = [id + "-a", id + "-b"];
        TransitGatewayAttachment Attachment(string resource, AttachmentKind kind) => new()
        {
            Id = $"{id}-{resource}",
            Kind = kind,
            ResourceId = resource,
            AssociatedTableId = Chance(0.9) ? Any(tables) : null,
            PropagatesTo = [.. tables.Where(_ => Chance(0.6))],
            Up = Chance(0.95),
        };
        TransitGatewayAttachment[] attachments =
        [
            .. vpcs.Where(_ => Chance(0.9)).Select(vpc => Attachment(vpc.Id, AttachmentKind.Vpc)),
            .. Ids("dx", dxs).Where(_ => Chance(0.9)).Select(dx => Attachment(dx, AttachmentKind.DirectConnectGateway)),
            Attachment("vpn", AttachmentKind.Vpn),
        ];
        return new()
        {
            Id = id,
            Asn = 65000 + number,
            Cidrs = [Prefix.Parse($"10.254.{1 + number}.0/24")],
            VpnEcmp = Chance(0.7),
            Attachments = [.. attachments],
            RouteTables = [.. tables.Select(table => new TransitGatewayRouteTable
            {
                Id = table,
                StaticRoutes =
                    [.. Some(2).Select(p =>
                        new TransitGatewayStaticRoute(p, Chance(0.3) ? null : Any(attachments).Id))],
            })],
        };
    }

    private Mcr Mcr(string id, int number, int dxs, int circuits, int mcrs)
    {
        var interfaces = ImmutableArray.CreateBuilder<McrInterface>();
        for (var i = 0; i < dxs; i++)
        {
            interfaces.Add(Interface($"vxc-dx-{i}-{number}", $"192.168.{(i * 10) + number}.", 1, 2, $"vif-{i}-{number}",
                64550 + i));
        }
        for (var i = 0; i < circuits; i++)
        {
            interfaces.Add(Interface($"vxc-er-{i}-{number}", $"192.168.{100 + (i * 10) + number}.", 1, 2,
                $"path-{i}-{number}", 12076));
        }
        if (mcrs == 2)
        {
            interfaces.Add(Interface("vxc-mcr", "192.168.200.", 1 + number, 2 - number, $"mcr-{1 - number}",
                Asn(1 - number)));
        }
        return new() { Id = id, Asn = Asn(number), Interfaces = interfaces.ToImmutable() };
    }

    // 133937 is every MCR's ASN unless somebody chose another.
    private long Asn(int number) => seed % 3 == 0 ? 133937 : 133937 + number;

    private McrInterface Interface(string vxc, string network, int local, int peer, string far, long peerAsn) => new()
    {
        VxcId = vxc,
        Addresses = [InterfaceAddress.Parse($"{network}{local}/30")],
        FarEnd = far,
        Up = Chance(0.95),
        StaticRoutes =
        [
            .. Some(2).Select(p => new McrStaticRoute(p, Ipv4.Parse($"{network}{(Chance(0.9) ? peer : 9)}"))),
            .. (Chance(0.2) ? [] : s_endpoints[far[0]])
                .Select(p => new McrStaticRoute(p, Ipv4.Parse($"{network}{peer}"))),
        ],
        Sessions =
        [
            new()
            {
                Id = vxc + "/bgp",
                LocalAddress = Ipv4.Parse($"{network}{local}"),
                PeerAddress = Ipv4.Parse($"{network}{peer}"),
                PeerAsn = peerAsn,
                PeerType = far.StartsWith("mcr", StringComparison.Ordinal) ? McrPeerType.NonCloud
                    : McrPeerType.PrivateCloud,
                Up = Chance(0.9),
                ImportWhitelist = Filter(),
                ExportWhitelist = Filter(),
                ImportBlacklist = Chance(0.1) ? Filter() : null,
                PrependCount = Chance(0.2) ? _random.Next(4) : 0,
                MedIn = Chance(0.2) ? _random.Next(100) : null,
                MedOut = Chance(0.2) ? _random.Next(100) : null,
            },
        ],
    };

    private Vnet Vnet(string id, int number) => new()
    {
        Id = id,
        Prefixes = [Prefix.Parse($"10.{2 + number}.0.0/16")],
        Peerings = number == 0 && Chance(0.3) ? [GuideNetwork.Spoke("spoke", "10.4.0.0/16")] : [],
        Subnets =
        [
            new() { Id = id + "-gw", Prefix = Prefix.Parse($"10.{2 + number}.0.0/24") },
            new()
            {
                Id = id + "-app",
                Prefix = Prefix.Parse($"10.{2 + number}.1.0/24"),
                UserRoutes =
                    [.. Some(1).Select(p =>
                        new UserRoute(p, Any(Enum.GetValues<UserRouteNextHop>()),
                            Ipv4.Parse($"10.{2 + number}.0.40")))],
                GatewayRoutesDisabled = Chance(0.1),
            },
        ],
    };

    private Tunnel Tunnel(int number, Network network)
    {
        var tgw = Any(network.TransitGateways);
        var gateway = Any(network.VpnGateways);
        return new()
        {
            Id = $"tunnel-{number}",
            TransitGatewayId = tgw.Id,
            AttachmentId = tgw.Id + "-vpn",
            TransportAttachmentId = $"{tgw.Id}-dx-0",
            AwsOutside = tgw.Cidrs[0].Host(number % 2 == 0 ? 18 : 80),
            AwsInside = Ipv4.Parse($"169.254.21.{1 + (4 * number)}"),
            VpnGatewayId = gateway.Id,
            InstanceId = gateway.Instances[0].Id,
            AzureOutside = gateway.Instances[0].PrivateAddress,
            AzureInside = Ipv4.Parse($"169.254.21.{2 + (4 * number)}"),
            Up = Chance(0.9),
            SessionUp = Chance(0.9),
        };
    }
}

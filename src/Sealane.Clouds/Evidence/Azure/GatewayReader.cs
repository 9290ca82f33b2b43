using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Azure;

/// <summary>A virtual network gateway of either type: every connection, who made it, and the tables that it
/// shows.</summary>
internal sealed class GatewayReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "GET virtualNetworkGateways",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworkGateways/read",
        Shows = "type, ASN and addresses of a gateway",
        Hides = "a gateway of the VNet",
    };

    private static readonly Question Connections = new()
    {
        Call = "GET virtualNetworkGateways/connections",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworkGateways/connections/read",
        Shows = "all connections of a gateway",
        LeadsTo = "connections",
        Hides = "a connection of the gateway to somewhere else",
    };

    private static readonly Question Connection = new()
    {
        Call = "GET connections",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/connections/read",
        Shows = "type, far end, weight, traffic selectors and state of a connection",
        LeadsTo = "circuits, local network gateways",
        Hides = "where the connection leads",
    };

    private static readonly Question LocalGateway = new()
    {
        Call = "GET localNetworkGateways",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/localNetworkGateways/read",
        Shows = "static prefixes and BGP peer of a connection's far end",
        Hides = "prefixes that the connection draws off",
    };

    private static readonly Question Learned = new()
    {
        Call = "POST getLearnedRoutes",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworkGateways/getLearnedRoutes/action",
        Shows = "what a gateway learned from its peers",
    };

    private static readonly Question Peers = new()
    {
        Call = "POST getBgpPeerStatus",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworkGateways/getBgpPeerStatus/action",
        Shows = "BGP peers of a gateway and their state",
    };

    private static readonly Question Advertised = new()
    {
        Call = "POST getAdvertisedRoutes",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworkGateways/getAdvertisedRoutes/action",
        Shows = "what a gateway announces to a peer",
    };

    public override string Kind => "virtual network gateway";

    public override IReadOnlyList<Question> Questions =>
        [Describe, Connections, Connection, LocalGateway, Learned, Peers, Advertised];

    public override async Task Read(Walk walk, string id)
    {
        var arm = walk.Azure;
        var probes = new AzureProbes(arm);
        var describe = VnetReader.Keep(walk, Describe, id, walk.Seen.Gateways);
        var connections = walk.Ask(Connections, id, ct => arm.List($"{id}/connections", ct)!);
        if (await describe.ConfigureAwait(false) is null)
        {
            await connections.ConfigureAwait(false);
            return;
        }
        var learned = walk.Keep(Learned, id, ct => probes.LearnedRoutes(id, ct)!, walk.Seen.GatewayLearned, id);
        var peers = ReadPeers(walk, probes, id);
        // Lists leave out a connection's state and its use of the private address.
        await Task.WhenAll((await connections.ConfigureAwait(false) ?? [])
            .Select(row => row.Text("id")).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(one => ReadConnection(walk, one))).ConfigureAwait(false);
        Doubt(walk, Learned, id, await learned.ConfigureAwait(false));
        await peers.ConfigureAwait(false);
    }

    private static async Task ReadConnection(Walk walk, string id)
    {
        if (await VnetReader.Keep(walk, Connection, id, walk.Seen.GatewayConnections).ConfigureAwait(false)
            is not { } connection)
        {
            return;
        }
        var properties = connection.At("properties");
        if (string.Equals(properties.Text("connectionType"), "ExpressRoute", StringComparison.OrdinalIgnoreCase))
        {
            walk.Reach(AllReaders.Circuit, properties.Text("peer", "id"));
        }
        if (properties.Text("localNetworkGateway2", "id") is { } local)
        {
            // Two connections can share one.
            await walk.Once(local, () => VnetReader.Keep(walk, LocalGateway, local, walk.Seen.LocalGateways))
                .ConfigureAwait(false);
        }
    }

    private static async Task ReadPeers(Walk walk, AzureProbes probes, string id)
    {
        if (await walk.Keep(Peers, id, ct => probes.BgpPeers(id, ct)!, walk.Seen.GatewayPeers, id)
            .ConfigureAwait(false) is not { } peers)
        {
            return;
        }
        // The other gateway of the VNet and the gateway itself stand there too, as AS 65515: nobody is announced to in
        // the clear.
        await Task.WhenAll(peers.Where(peer => peer is { State: "Connected", Neighbor: not null })
            .Select(peer => peer.Neighbor!.Value).Distinct()
            .Select(peer => ReadAdvertised(walk, probes, id, peer))).ConfigureAwait(false);
    }

    private static async Task ReadAdvertised(Walk walk, AzureProbes probes, string id, Ipv4 peer)
    {
        var subject = $"{id} to {peer}";
        Doubt(walk, Advertised, subject, await walk.Keep(Advertised, subject,
            ct => probes.AdvertisedRoutes(id, peer, ct)!, walk.Seen.GatewayAdvertised, (id, peer))
            .ConfigureAwait(false));
    }

    private static void Doubt(Walk walk, Question question, string subject, AzureTable<GatewayRouteRow>? rows)
    {
        if (rows?.Unread is [var odd, ..])
        {
            walk.Doubt(question, subject, $"a row's network cannot be read: {odd}");
        }
    }
}

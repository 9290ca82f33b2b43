using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>BGP of a gateway. Guide steps 13, 19 and 24.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get-bgp-peer-status</remarks>
internal static class GatewayActions
{
    public static JsonObject Peers(SandboxWorld world, ArmResource gateway, string? peer) => Value(
        from row in world.Net.GatewayPeers(gateway.Id)
        where string.IsNullOrEmpty(peer) || row.Neighbor.ToString() == peer
        let messages = row.ConnectedSince is { } since ? 2 + (long)(world.Now - since).TotalSeconds / 60 : 0
        select Shown(world, new JsonObject
        {
            ["localAddress"] = row.LocalAddress.ToString(),
            ["neighbor"] = row.Neighbor.ToString(),
            ["asn"] = row.Asn,
            ["state"] = row.State,
            ["connectedDuration"] = row.ConnectedSince is null && world.Azure.Variants.EmptyMembersAreAbsent ? null
                : ActionResults.Duration(row.ConnectedSince is { } start ? world.Now - start : TimeSpan.Zero),
            ["routesReceived"] = row.RoutesReceived,
            ["messagesSent"] = messages,
            ["messagesReceived"] = messages,
        }));

    public static JsonObject Routes(SandboxWorld world, IEnumerable<GatewayRouteRow> rows) =>
        Value(rows.Select(row => Shown(world, Row(row))));

    private static JsonObject Shown(SandboxWorld world, JsonObject row)
    {
        if (world.Azure.Variants.EmptyMembersAreAbsent)
        {
            foreach (var name in row.Where(member => member.Value is null).Select(member => member.Key).ToList())
            {
                row.Remove(name);
            }
        }
        return row;
    }

    private static JsonObject Row(GatewayRouteRow row) => new()
    {
        ["localAddress"] = row.LocalAddress.ToString(),
        ["network"] = row.Network.ToString(),
        ["nextHop"] = row.NextHop?.ToString(),
        ["sourcePeer"] = row.SourcePeer.ToString(),
        ["origin"] = row.Origin,
        ["asPath"] = string.Join('-', row.AsPath.Select(asn => asn.ToString(CultureInfo.InvariantCulture))),
        ["weight"] = row.Weight,
    };

    /// <summary>Which instance has a public address; null: none has.</summary>
    public static int? InstanceAt(AzureState state, ArmResource gateway, string address)
    {
        var at = gateway.Properties.Items("ipConfigurations").ToList().FindIndex(configuration =>
            state.Find(configuration.Text("properties", "publicIPAddress", "id"))?.Facts.Text("ipAddress") == address);
        return at < 0 ? null : at;
    }

    /// <summary>
    /// An instance starts anew and is dead meanwhile: the one named, else the first. Of an active-standby gateway the
    /// standby takes over, which is the end of it.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/reset-gateway</remarks>
    public static void Die(AzureState state, ArmResource gateway, string? address)
    {
        var instances = gateway.Facts.Items("instances");
        var at = address is null ? 0 : InstanceAt(state, gateway, address) ?? 0;
        if (at < instances.Count)
        {
            instances[at]!["dead"] = true;
        }
    }

    public static JsonObject WorksAgain(SandboxWorld world, ArmResource gateway)
    {
        foreach (var instance in gateway.Facts.Items("instances"))
        {
            instance!["dead"] = false;
        }
        return ResourceReader.Show(new(world, _ => true, InList: false), gateway);
    }

    public static JsonObject EffectiveRoutes(SandboxWorld world, ArmResource gateway) => Value(
        from row in world.Net.GatewayLearnedRoutes(gateway.Id)
        select new JsonObject
        {
            ["localAddress"] = row.LocalAddress.ToString(),
            ["addressPrefixes"] = Json.Array([row.Network.ToString()]),
            ["nextHopIpAddress"] = row.NextHop?.ToString(),
            ["nextHopType"] = row.Origin == "Network" ? "VirtualNetwork"
                : gateway.Properties.Text("gatewayType") == VirtualNetworkGateways.Vpn ? "Tunnel" : "Unknown",
        });

    /// <remarks>https://learn.microsoft.com/azure/expressroute/resiliency-insights</remarks>
    public static JsonObject RoutesInformation(SandboxWorld world, ArmResource gateway)
    {
        var circuits = Circuits(world, gateway);
        var prefixes = world.Net.GatewayLearnedRoutes(gateway.Id).Where(row => row.Origin == "EBgp")
            .Select(row => row.Network.ToString()).Distinct();
        return new()
        {
            ["lastComputedTime"] = Time(world.Now),
            ["nextEligibleComputeTime"] = Time(world.Now + TimeSpan.FromHours(1)),
            ["routeSetVersion"] = "1",
            ["routeSets"] = new JsonArray(new JsonObject
            {
                ["name"] = "RouteSet1",
                ["locations"] = Json.Array(circuits.Select(PeeringLocationOf)),
                ["details"] = new JsonObject(prefixes.Select(prefix =>
                    KeyValuePair.Create(prefix, (JsonNode?)new JsonArray([.. circuits.Select(circuit =>
                        (JsonNode)new JsonObject { ["circuit"] = circuit.Id, ["pri"] = "Primary", ["sec"] = "" })])))),
            }),
            ["circuitsMetadataMap"] = new JsonObject(circuits.Select(circuit =>
                KeyValuePair.Create(circuit.Id, (JsonNode?)new JsonObject
                {
                    ["name"] = circuit.Name,
                    ["link"] = circuit.Id,
                    ["location"] = PeeringLocationOf(circuit),
                }))),
        };
    }

    public static JsonObject ResiliencyInformation(SandboxWorld world, ArmResource gateway) => new()
    {
        ["overallScore"] = "30",
        ["scoreChange"] = "0",
        ["minScoreFromRecommendations"] = "30",
        ["maxScoreFromRecommendations"] = "100",
        ["lastComputedTime"] = Time(world.Now),
        ["nextEligibleComputeTime"] = Time(world.Now + TimeSpan.FromHours(1)),
        ["components"] = new JsonArray([.. Circuits(world, gateway).Select(circuit =>
            (JsonNode)new JsonObject { ["name"] = circuit.Name, ["currentScore"] = "30", ["maxScore"] = "100" })]),
    };

    public static JsonObject Value(IEnumerable<JsonObject> rows) => new() { ["value"] = new JsonArray([.. rows]) };

    private static List<ArmResource> Circuits(SandboxWorld world, ArmResource gateway) =>
    [
        .. VirtualNetworkGateways.Connections(world.Azure, gateway)
            .Select(connection => world.Azure.Find(connection.Properties.Text("peer", "id"))).OfType<ArmResource>(),
    ];

    private static string PeeringLocationOf(ArmResource circuit) =>
        circuit.Properties.Text("serviceProviderProperties", "peeringLocation") ?? "";

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

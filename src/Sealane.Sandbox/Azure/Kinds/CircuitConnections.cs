using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// Global Reach: the private peerings of two circuits joined, so that the networks behind their routers reach each
/// other. A circuit of another subscription is joined by an authorization of its owner. Of a circuit in this world the
/// connection is listed and no route is passed.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-connections</remarks>
internal sealed class CircuitConnections : ResourceKind
{
    public override string Type => "expressRouteCircuits/peerings/connections";
    public override string Noun => "ExpressRouteCircuitConnection";

    public override MemberSchema Members { get; } = new(
        "ExpressRouteCircuitConnectionPropertiesFormat",
        "expressRouteCircuitPeering:o peerExpressRouteCircuitPeering:o addressPrefix:s authorizationKey:s",
        "ipv6CircuitConnectionConfig:o circuitConnectionStatus:- provisioningState:-");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var peer = ResourceId.Read(put.Properties.Text("peerExpressRouteCircuitPeering", "id"));
        if (!ResourceId.Same(put.Id.Parent!.Name, CircuitPeerings.Private)
            || !ResourceId.Same(peer?.Type, AllKinds.CircuitPeerings.Type)
            || !ResourceId.Same(peer?.Name, CircuitPeerings.Private)
            || !Prefix.TryParse(put.Properties.Text("addressPrefix") ?? "", out var tunnels) || tunnels.Length != 29)
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitConnection,
                $"Connection {put.Self} needs the private peerings of two circuits and a /29 prefix.");
        }
        else if (ResourceId.Same(peer!.Subscription, put.State.Subscription)
            ? put.State.Find(peer.ToString()) is null : put.Properties.Text("authorizationKey") is null)
        {
            yield return ArmError.BadReference(peer.ToString(), put.Self);
        }
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        properties["circuitConnectionStatus"] = resource.Works ? "Connected" : "Connecting";
        if (properties.Text("authorizationKey") is { } key)
        {
            properties["authorizationKey"] = new string('*', key.Length);
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.PeeringDelete;

    public override Duration DeleteTakes(ArmResource resource) => Durations.PeeringDelete;

    /// <summary>Connections that a peering of another circuit made to this one.</summary>
    public static IEnumerable<ArmResource> To(AzureState state, ArmResource peering) =>
        state.All(AllKinds.CircuitConnections).Where(one => ResourceId.Same(
            one.Properties.Text("peerExpressRouteCircuitPeering", "id"), peering.Id));

    /// <summary>A router on the joined circuit announces.</summary>
    public static void Announce(SandboxWorld world, ArmResource connection, string prefix, params long[] asPath)
    {
        var rows = connection.Facts["announced"] as JsonArray ?? [];
        rows.Add((JsonNode)new JsonObject
        {
            ["prefix"] = prefix,
            ["asPath"] = new JsonArray([.. asPath.Select(asn => (JsonNode)asn)]),
        });
        connection.Facts["announced"] ??= rows;
        world.Azure.Stamp(world, connection);
        world.Touch();
    }

    /// <summary>What comes from the circuits that are joined to the one of a peering.</summary>
    public static IEnumerable<JoinedRoute> Announced(AzureState state, ArmResource peering) =>
        from connection in state.Children(peering, AllKinds.CircuitConnections)
        where connection.Works
        from row in connection.Facts.Items("announced")
        let prefix = Prefix.Parse(row.Text("prefix")!)
        orderby prefix
        select new JoinedRoute(
            prefix, Prefix.Parse(connection.Properties.Text("addressPrefix")!).Host(1),
            [.. row.Items("asPath").Select(asn => asn!.GetValue<long>())]);
}

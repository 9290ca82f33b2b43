using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>
/// Everything below a resource that is not a resource: POST actions (202, followed by both headers), the pre-shared
/// key,
/// statistics, the connections of a gateway.
/// </summary>
internal static class ActionRoutes
{
    /// <summary>Actions that change something keep other writes away.</summary>
    public static readonly string[] Exclusive = ["reset", "resetconnection", "sharedkey/reset"];

    private static readonly Dictionary<string, string[]> Posts = new()
    {
        ["virtualNetworkGateways"] =
        [
            "getBgpPeerStatus", "getLearnedRoutes", "getAdvertisedRoutes", "getEffectiveRoutes", "getRoutesInformation",
            "getResiliencyInformation", "reset", "startPacketCapture", "stopPacketCapture",
        ],
        ["connections"] = ["resetconnection", "getikesas", "startPacketCapture", "stopPacketCapture",
            "sharedkey/reset"],
        ["virtualHubs/bgpConnections"] = ["learnedRoutes", "advertisedRoutes"],
        ["networkInterfaces"] = ["effectiveRouteTable", "effectiveNetworkSecurityGroups"],
        ["expressRouteCircuits/peerings"] =
        [
            "arpTables/primary", "arpTables/secondary", "routeTables/primary", "routeTables/secondary",
            "routeTablesSummary/primary", "routeTablesSummary/secondary",
        ],
    };

    /// <summary>Null when the path is not such a thing.</summary>
    public static WireReply? TryAnswer(ArmCall call, ResourceId path)
    {
        foreach (var (type, actions) in Posts)
        {
            var depth = 2 * (type.Count(c => c == '/') + 1);
            if (path.Parts.Count <= depth)
            {
                continue;
            }
            var owner = path with { Parts = [.. path.Parts.Take(depth)] };
            var rest = string.Join('/', path.Parts.Skip(depth));
            if (!ResourceId.Same(owner.Type, type))
            {
                continue;
            }
            if (actions.FirstOrDefault(action => ResourceId.Same(action, rest)) is { } name)
            {
                return call.Method == "POST" ? Post(call, owner, name) : ArmFace.NotAllowed(call);
            }
        }
        return path.Parts switch
        {
            [var gateways, _, var what] when Same(gateways, "virtualNetworkGateways") && Same(what, "connections") =>
                ConnectionsOf(call, Owner(path, 2)),
            [var connections, _, var what] when Same(connections, "connections") && Same(what, "sharedkey") =>
                SharedKeys.Answer(call, Owner(path, 2)),
            [var circuits, _, var what] when Same(circuits, "expressRouteCircuits") && Same(what, "stats") =>
                CircuitActions.Stats(call, Owner(path, 2)),
            [var circuits, _, _, _, var what] when Same(circuits, "expressRouteCircuits") && Same(what, "stats") =>
                CircuitActions.Stats(call, Owner(path, 4)),
            _ => null,
        };
    }

    private static WireReply Post(ArmCall call, ResourceId owner, string name)
    {
        if (call.State.FindGroup(owner) is null || call.State.Find(owner.ToString()) is not { } resource)
        {
            return ResourceReader.Get(call, owner);
        }
        var body = call.Request.Body.Length == 0 ? [] : Json.ReadObject(call.Request.BodyText);
        if (Problem(call, resource, name, body) is { } error)
        {
            return call.Refuse(error);
        }
        var arguments = new Dictionary<string, string>();
        foreach (var argument in new[] { "peer", "gatewayVip" })
        {
            if (call.Query.TryGetValue(argument, out var value))
            {
                arguments[argument] = value;
            }
        }
        if (body.Number("keyLength") is { } length)
        {
            arguments["keyLength"] = $"{length}";
        }
        if (name == "reset")
        {
            GatewayActions.Die(call.State, resource, call.Query.GetValueOrDefault("gatewayVip"));
            call.World.Touch();
        }
        var location = resource.Location ?? call.State.Parent(resource)?.Location;
        var locks = Exclusive.Contains(name) ? AllKinds.Of(resource).Locks(owner, resource.Properties) : [];
        var operation = Operations.Begin(
            call, OperationVerb.Action, name, resource.Id, location,
            call.World.Take(Takes(name, resource), $"{call.State.Sequence}/{resource.Id}"), locks,
            arguments: arguments);
        return call.Reply(202, null, call.Follow(operation, withLocation: true));
    }

    private static Duration Takes(string name, ArmResource resource) => name != "reset" ? Durations.ArmAction
        : resource.Properties.Flag("activeActive") ? Durations.GatewayReset : Durations.GatewayTakeOver;

    private static ArmError? Problem(ArmCall call, ArmResource resource, string name, JsonObject? body)
    {
        var isVpn = resource.Properties.Text("gatewayType") == VirtualNetworkGateways.Vpn;
        return body is null ? ArmError.Unreadable
            : !resource.Works ? ArmError.NotProvisioned(resource, resource.Id)
            : Exclusive.Contains(name) && call.State.Holder([resource.Id]) is { } holder
                ? ArmError.Busy(call.StatusUrl(holder))
            : name == "getEffectiveRoutes" && !call.Since("2025-09-01") ? ArmFace.UnknownType(call)
            : name == "reset" && call.Query.TryGetValue("gatewayVip", out var vip)
                && GatewayActions.InstanceAt(call.State, resource, vip) is null
                ? ArmError.Bad(PlaceholderCodes.GatewayVip, $"The gateway has no instance at {vip}.")
            : name == "getAdvertisedRoutes" && !call.Query.ContainsKey("peer")
                ? ArmError.Format("peer", "Query parameter peer is required.")
            : name is "getRoutesInformation" or "getResiliencyInformation" && isVpn
                ? ArmError.Bad(PlaceholderCodes.GatewayTypeMismatch, $"{name} is for gateways of type ExpressRoute.")
            : name == "sharedkey/reset" && body.Number("keyLength") is not (>= 1 and <= 128) ? ArmError.Format(
                "keyLength", "The virtual network connection reset shared key length, should between 1 and 128.")
            : null;
    }

    private static WireReply ConnectionsOf(ArmCall call, ResourceId gateway) =>
        call.Method != "GET" ? ArmFace.NotAllowed(call)
        : call.State.Find(gateway.ToString()) is { } found
            ? ResourceReader.List(call, VirtualNetworkGateways.Connections(call.State, found))
            : ResourceReader.Get(call, gateway);

    private static ResourceId Owner(ResourceId path, int depth) => path with { Parts = [.. path.Parts.Take(depth)] };

    private static bool Same(string a, string b) => ResourceId.Same(a, b);
}

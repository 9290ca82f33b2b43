using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>What an action answers, worked out at the moment when it is done.</summary>
internal static class ActionResults
{
    public static void Complete(SandboxWorld world, ArmOperation operation)
    {
        if (world.Azure.Find(operation.ResourceId) is not { } resource)
        {
            (operation.State, operation.ErrorCode) = ("Failed", "ResourceNotFound");
            operation.ErrorMessage = $"The Resource '{operation.ResourceId}' was not found.";
            return;
        }
        if (operation.Name.StartsWith("routeTables/", StringComparison.Ordinal)
            && CircuitActions.IsSilent(world, resource, operation.Name.EndsWith("primary", StringComparison.Ordinal)))
        {
            (operation.State, operation.ErrorCode) = ("Failed", PlaceholderCodes.NoBgpSessions);
            operation.ErrorMessage = "Gateway does not have any Bgp sessions.";
            return;
        }
        var argument = operation.Name[(operation.Name.IndexOf('/', StringComparison.Ordinal) + 1)..];
        operation.Result = operation.Name switch
        {
            "getBgpPeerStatus" => GatewayActions.Peers(world, resource, operation.Arguments.GetValueOrDefault("peer")),
            "getLearnedRoutes" => GatewayActions.Routes(world, world.Net.GatewayLearnedRoutes(resource.Id)),
            "getAdvertisedRoutes" =>
                GatewayActions.Routes(world,
                    world.Net.GatewayAdvertisedRoutes(resource.Id, operation.Arguments["peer"])),
            "getEffectiveRoutes" => GatewayActions.EffectiveRoutes(world, resource),
            "getRoutesInformation" => GatewayActions.RoutesInformation(world, resource),
            "getResiliencyInformation" => GatewayActions.ResiliencyInformation(world, resource),
            "reset" => GatewayActions.WorksAgain(world, resource),
            "startPacketCapture" or "stopPacketCapture" => JsonValue.Create("Successful"),
            "getikesas" => JsonValue.Create(ConnectionActions.IkeSas(world, resource)),
            "sharedkey/reset" => ConnectionActions.ResetKey(world, resource, operation.Arguments["keyLength"]),
            "effectiveRouteTable" => EffectiveRoutes.Of(world, resource),
            "effectiveNetworkSecurityGroups" => new JsonObject { ["value"] = new JsonArray() },
            "arpTables/primary" or "arpTables/secondary" => CircuitActions.Arp(world, resource, argument),
            "routeTables/primary" or "routeTables/secondary" => CircuitActions.Routes(world, resource, argument),
            "routeTablesSummary/primary" or "routeTablesSummary/secondary" =>
                CircuitActions.Summary(world, resource, argument),
            // Of an appliance that nobody runs: one empty list an instance.
            "learnedRoutes" or "advertisedRoutes" => new JsonObject
            {
                ["RouteServiceRole_IN_0"] = new JsonArray(),
                ["RouteServiceRole_IN_1"] = new JsonArray(),
            },
            _ => null,
        };
    }

    /// <summary>Such as <c>1.02:03:04.1234567</c> (unconfirmed).</summary>
    public static string Duration(TimeSpan span) => span.ToString("c", CultureInfo.InvariantCulture);
}

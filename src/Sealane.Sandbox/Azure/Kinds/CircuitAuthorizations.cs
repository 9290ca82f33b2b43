using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// Permissions for gateways of other subscriptions to connect to the circuit. Redeemed, one stands for a connection
/// that
/// this subscription cannot see.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-authorizations</remarks>
internal sealed class CircuitAuthorizations : ResourceKind
{
    public override string Type => "expressRouteCircuits/authorizations";
    public override string Noun => "ExpressRouteCircuitAuthorization";

    public override MemberSchema Members { get; } = new(
        "AuthorizationPropertiesFormat",
        "authorizationKey:s authorizationUseStatus:s connectionResourceUri:- provisioningState:-");

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept.Remove("authorizationKey");
        kept.Remove("authorizationUseStatus");
        return kept;
    }

    public override void Ready(SandboxWorld world, ArmResource resource) =>
        resource.Facts["authorizationKey"] ??= world.Uuid($"authorization/{resource.Id}");

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        var user = resource.Facts.Text("usedBy");
        properties["authorizationUseStatus"] = user is null ? "Available" : "InUse";
        if (resource.Facts["authorizationKey"] is { } key)
        {
            properties["authorizationKey"] = key.DeepClone();
        }
        if (user is not null)
        {
            properties["connectionResourceUri"] = user;
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    /// <summary>A gateway of another subscription connects.</summary>
    public static void Redeem(SandboxWorld world, ArmResource authorization, string connectionId)
    {
        authorization.Facts["usedBy"] = connectionId;
        world.Azure.Stamp(world, authorization);
        world.Touch();
    }
}

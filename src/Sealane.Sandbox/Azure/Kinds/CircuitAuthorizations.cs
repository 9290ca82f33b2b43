using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// Permissions for gateways of other subscriptions to connect to the circuit, each for one connection. It stays
/// redeemed when that is deleted (github.com/MicrosoftDocs/azure-docs #30810; what it shows then is not documented),
/// and the connection goes with it when it is withdrawn. Redeemed, one can stand for a connection that nobody here
/// sees.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-authorizations,
/// https://learn.microsoft.com/azure/expressroute/expressroute-howto-linkvnet-arm#circuit-owner-operations
/// </remarks>
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

    public override void Leaves(SandboxWorld world, ArmResource resource)
    {
        if (world.Azure.Find(resource.Facts.Text("usedBy")) is { } connection)
        {
            world.Azure.Remove(connection);
        }
    }

    public static IEnumerable<ArmResource> Of(AzureState state, ArmResource circuit) =>
        state.Children(circuit, AllKinds.CircuitAuthorizations);

    /// <summary>The one of a circuit that has this key and is ready; null: the circuit has none such.</summary>
    public static ArmResource? Find(AzureState state, ArmResource circuit, string? key) => Of(state, circuit)
        .FirstOrDefault(one => one.Works && ResourceId.Same(one.Facts.Text("authorizationKey"), key));

    /// <summary>The owner of a circuit has made one.</summary>
    public static void Give(AzureState state, ResourceId circuit, string name, string key)
    {
        StartingAzure.Add(state, circuit.Child("authorizations", name), null, []);
        state.Resources[^1].Facts["authorizationKey"] = key;
    }

    /// <summary>What gateways of other subscriptions announce to a circuit.</summary>
    public static IEnumerable<Prefix> Announced(AzureState state, ArmResource circuit) =>
        state.Children(circuit, AllKinds.CircuitAuthorizations)
            .Where(one => one.Works && one.Facts.Text("usedBy") is not null)
            .SelectMany(one => Cidr.Read(one.Facts.Texts("announced"))).Distinct().Order();

    /// <summary>A gateway of another subscription connects.</summary>
    /// <param name="announced">The address spaces of its VNet.</param>
    public static void Redeem(
        SandboxWorld world, ArmResource authorization, string connectionId, params IEnumerable<string> announced)
    {
        authorization.Facts["usedBy"] = connectionId;
        authorization.Facts["announced"] = Json.Array(announced);
        world.Azure.Stamp(world, authorization);
        world.Touch();
    }
}

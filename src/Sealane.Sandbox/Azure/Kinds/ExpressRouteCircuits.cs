using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>The circuit that Megaport fills by its service key. Guide step 9.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/expressroute/express-route-circuits</remarks>
internal sealed class ExpressRouteCircuits : ResourceKind
{
    private static readonly string[] Tiers = ["Standard", "Premium", "Local", "Basic"];
    private static readonly string[] Families = ["MeteredData", "UnlimitedData"];

    public override string Type => "expressRouteCircuits";
    public override string Noun => "ExpressRouteCircuit";

    public override MemberSchema Members { get; } = new(
        "ExpressRouteCircuitPropertiesFormat",
        "allowClassicOperations:b circuitProvisioningState:- serviceProviderProvisioningState:- authorizations:- "
            + "peerings:-",
        "serviceKey:- serviceProviderNotes:- serviceProviderProperties:o expressRoutePort:o bandwidthInGbps:n stag:-",
        "provisioningState:- gatewayManagerEtag:- globalReachEnabled:b authorizationKey:s authorizationStatus:-",
        "enableDirectPortRateLimit:b allowGlobalReach:- resourceGuid:- partnerAccountId:s activationKey:- "
            + "resiliencyLevel:s");

    public override IReadOnlyDictionary<string, ResourceKind> Inline => new Dictionary<string, ResourceKind>
    {
        ["peerings"] = AllKinds.CircuitPeerings,
    };

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var (tier, family) = (put.Body.Text("sku", "tier"), put.Body.Text("sku", "family"));
        var allowed = put.Call.Since("2025-09-01") ? Tiers.Append("MultiCloud") : Tiers;
        if (!allowed.Contains(tier) || !Families.Contains(family)
            || (put.Body.Text("sku", "name") is { } name && name != $"{tier}_{family}"))
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitSku,
                $"The sku of express route circuit {put.Self} is not valid: its name must be {{tier}}_{{family}}.");
        }
        var (provider, location, bandwidth) = Order(put.Properties);
        if (provider != PeeringLocation.Provider || PeeringLocation.Find(location) is null
            || bandwidth is not { } mbps || !CircuitSizes.Mbps.Contains((int)Math.Min(mbps, int.MaxValue)))
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitCatalogue,
                $"Service provider '{provider}' does not offer bandwidth {bandwidth} at peering location "
                    + $"'{location}'.");
        }
        if (tier == "Local" && bandwidth < 1000)
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitSku,
                "A Local circuit needs a bandwidth of at least 1 Gbps.");
        }
        if (put.Existing is { } existing)
        {
            var (oldProvider, oldLocation, oldBandwidth) = Order(existing.Properties);
            if (oldProvider != provider || oldLocation != location)
            {
                yield return ArmError.Bad(PlaceholderCodes.CircuitCatalogue,
                    "Service provider and peering location of a circuit cannot be changed.");
            }
            if (bandwidth < oldBandwidth)
            {
                yield return ArmError.Bad(PlaceholderCodes.CircuitBandwidth,
                    "The bandwidth of a circuit cannot be reduced.");
            }
            if (existing.Body.Text("sku", "family") == "UnlimitedData" && family == "MeteredData")
            {
                yield return ArmError.Bad(PlaceholderCodes.CircuitFamily,
                    "The sku family of a circuit cannot be changed from UnlimitedData to MeteredData.");
            }
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["allowClassicOperations"] ??= false;
        kept["globalReachEnabled"] ??= false;
        return kept;
    }

    public override void Ready(SandboxWorld world, ArmResource resource)
    {
        if (resource.Facts["serviceKey"] is null)
        {
            world.Azure.LagBehind(world, world.Azure.Lags.NewCircuits, resource.Id, heldBy: null);
        }
        resource.Facts["serviceKey"] ??= world.Uuid($"service-key/{world.Azure.Sequence++}/{resource.Id}");
        resource.Facts["stag"] ??= 1 + (int)(world.Chance($"stag/{resource.Id}") * 16000);
        resource.Facts["providerState"] ??= ProviderStates.NotProvisioned;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        properties["peerings"] = new JsonArray([.. show.State.Children(resource, AllKinds.CircuitPeerings)
            .Select(peering => (JsonNode)ResourceReader.Show(show, peering))]);
        properties["authorizations"] = new JsonArray([.. show.State.Children(resource, AllKinds.CircuitAuthorizations)
            .Select(authorization => (JsonNode)ResourceReader.Show(show, authorization))]);
        properties["circuitProvisioningState"] = resource.Works ? "Enabled" : "Enabling";
        properties["serviceProviderProvisioningState"] = ProviderStates.Of(resource);
        properties["gatewayManagerEtag"] = "";
        properties["serviceProviderNotes"] = null;
        properties["allowGlobalReach"] = true;
        if (resource.Facts["serviceKey"] is { } key)
        {
            properties["serviceKey"] = key.DeepClone();
            properties["stag"] = resource.Facts["stag"]?.DeepClone();
        }
    }

    public override Duration WriteTakes(PutRequest put) => put.IsCreate ? Durations.CircuitCreate : Durations.ArmQuick;

    public override Duration DeleteTakes(ArmResource resource) => Durations.CircuitDelete;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        Connections(state, resource).FirstOrDefault() is { } user
            ? ArmError.Bad(PlaceholderCodes.CircuitHasConnections,
                $"Circuit {resource.Id} cannot be deleted because connection {user.Id} uses it.")
            : null;

    public override ArmError? RefusesInTheEnd(AzureState state, ArmResource resource) =>
        !ResourceId.Same(ProviderStates.Of(resource), ProviderStates.NotProvisioned)
        && !ResourceId.Same(ProviderStates.Of(resource), "DeProvisioned")
            ? new(409, "ConflictError",
                "The specified dedicated circuit is not in Deprovisioned state. Please initiate the deprovisioning "
                    + "process with "
                + "your service provider.")
            : null;

    public static IEnumerable<ArmResource> Connections(AzureState state, ArmResource circuit) =>
        state.All(AllKinds.Connections)
            .Where(connection => ResourceId.Same(connection.Properties.Text("peer", "id"), circuit.Id));

    private static (string? Provider, string? Location, long? Mbps) Order(JsonNode properties) =>
        (properties.Text("serviceProviderProperties", "serviceProviderName"),
            properties.Text("serviceProviderProperties", "peeringLocation"),
            properties.Number("serviceProviderProperties", "bandwidthInMbps"));
}

/// <summary><c>serviceProviderProvisioningState</c>: only the provider moves it.</summary>
internal static class ProviderStates
{
    public const string NotProvisioned = "NotProvisioned";
    public const string Provisioned = "Provisioned";

    public static string Of(ArmResource circuit) => circuit.Facts.Text("providerState") ?? NotProvisioned;
}

using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// Peerings of a circuit. With a cloud router Megaport makes AzurePrivatePeering, and only the customer can delete it
/// (terraform-provider-megaport #43). Guide step 10.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-peerings</remarks>
internal sealed class CircuitPeerings : ResourceKind
{
    public const string Private = "AzurePrivatePeering";

    public override string Type => "expressRouteCircuits/peerings";
    public override string Noun => "ExpressRouteCircuitPeering";

    public override MemberSchema Members { get; } = new(
        "ExpressRouteCircuitPeeringPropertiesFormat",
        "peeringType:s state:s azureASN:n peerASN:n primaryPeerAddressPrefix:s secondaryPeerAddressPrefix:s "
            + "primaryAzurePort:-",
        "secondaryAzurePort:- sharedKey:s vlanId:n microsoftPeeringConfig:o stats:- provisioningState:- "
            + "gatewayManagerEtag:-",
        "lastModifiedBy:- routeFilter:o ipv6PeeringConfig:o expressRouteConnection:- connections:- "
            + "peeredConnections:-");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var properties = put.Properties;
        var circuit = put.State.Find(put.Id.Parent!.ToString());
        if (circuit is null || ProviderStates.Of(circuit) != ProviderStates.Provisioned)
        {
            yield return ArmError.Bad(PlaceholderCodes.CircuitNotProvisioned,
                $"The circuit of peering {put.Self} is not provisioned by its service provider.");
        }
        if (put.Id.Name is not (Private or "MicrosoftPeering") || properties.Text("peeringType") != put.Id.Name)
        {
            yield return ArmError.Bad(PlaceholderCodes.PeeringParameters,
                "The peering's name must be its peeringType.");
        }
        foreach (var member in new[] { "primaryPeerAddressPrefix", "secondaryPeerAddressPrefix" })
        {
            if (!Prefix.TryParse(properties.Text(member) ?? "", out var prefix) || prefix.Length != 30)
            {
                yield return ArmError.Bad(PlaceholderCodes.PeeringParameters, $"{member} must be a /30 prefix.");
            }
        }
        if (properties.Number("vlanId") is not (>= 1 and <= 4094)
            || properties.Number("peerASN") is not (>= 1 and <= 4294967295)
            || properties.Text("sharedKey") is { Length: > 25 })
        {
            yield return ArmError.Bad(PlaceholderCodes.PeeringParameters,
                "vlanId must be 1 to 4094, peerASN 1 to 4294967295, sharedKey at most 25 characters.");
        }
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept.Remove("sharedKey");
        kept.Remove("azureASN");
        kept["state"] ??= "Enabled";
        return kept;
    }

    public override void Written(PutRequest put, ArmResource resource) =>
        resource.SharedKey = put.Properties.Text("sharedKey") ?? resource.SharedKey;

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        var location = show.State.Parent(resource)?.Properties.Text("serviceProviderProperties", "peeringLocation")
            ?? "";
        properties["azureASN"] = Msee.Asn;
        properties["primaryAzurePort"] = $"{PeeringLocation.Provider}-{location}-PRI";
        properties["secondaryAzurePort"] = $"{PeeringLocation.Provider}-{location}-SEC";
        properties["gatewayManagerEtag"] = "";
        properties["lastModifiedBy"] = "Customer";
        properties["connections"] = new JsonArray([.. show.State.Children(resource, AllKinds.CircuitConnections)
            .Select(connection => (JsonNode)ResourceReader.Show(show, connection))]);
        properties["peeredConnections"] = new JsonArray([.. CircuitConnections.To(show.State, resource)
            .Select(connection => (JsonNode)Peered(resource, connection))]);
    }

    /// <summary>A connection as its other end shows it.</summary>
    private static JsonObject Peered(ArmResource peering, ArmResource connection) => new()
    {
        ["name"] = connection.Name,
        ["id"] = $"{peering.Id}/peerConnections/{connection.Name}",
        ["etag"] = connection.Etag,
        ["type"] = $"{peering.Type}/peerConnections",
        ["properties"] = new JsonObject
        {
            ["provisioningState"] = connection.State,
            ["expressRouteCircuitPeering"] = new JsonObject { ["id"] = peering.Id },
            ["peerExpressRouteCircuitPeering"] = new JsonObject { ["id"] = connection.ParentId },
            ["addressPrefix"] = connection.Properties.Text("addressPrefix"),
            ["circuitConnectionStatus"] = connection.Works ? "Connected" : "Connecting",
            ["connectionName"] = connection.Name,
        },
    };

    public override Duration WriteTakes(PutRequest put) => Durations.PeeringDelete;

    public override Duration DeleteTakes(ArmResource resource) => Durations.PeeringDelete;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        state.Parent(resource) is { } circuit && ExpressRouteCircuits.Connections(state, circuit)
            .FirstOrDefault() is { } user
            ? ArmError.Bad(PlaceholderCodes.PeeringInUse,
                $"Peering {resource.Id} cannot be deleted because connection {user.Id} uses the circuit.")
            : null;
}

using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>Circuits that a spec uses in other subscriptions, as their owners ordered them, each with an authorization
/// for the link.</summary>
internal static class StartingCircuits
{
    public static void Presuppose(AzureState state, NetworkDesign design, string region)
    {
        foreach (var circuit in design.Circuits)
        {
            if (ResourceId.Read(design.IdElsewhere(circuit)) is not { } id)
            {
                continue;
            }
            if (state.Find(id.ToString()) is null)
            {
                StartingAzure.AddPlace(state, id, region);
                Add(state, id, circuit, region);
            }
            // One for each generation, and none again: what its owner has withdrawn stays withdrawn.
            var number = design.Spec.Secrets.Generation ?? 1;
            if (design.Redeems(circuit) && state.Find(id.ToString()) is { } found
                && (found.Facts.Number("given") ?? 0) < number)
            {
                found.Facts["given"] = number;
                CircuitAuthorizations.Give(state, id, $"{design.Name}-{number}",
                    SandboxIdentity.AuthorizationKeyOf(id.ToString(), number));
            }
        }
    }

    private static void Add(AzureState state, ResourceId id, CircuitDesign circuit, string region)
    {
        StartingAzure.Add(state, id, region, new()
        {
            ["serviceProviderProperties"] = new JsonObject
            {
                ["serviceProviderName"] = PeeringLocation.Provider,
                ["peeringLocation"] = circuit.PeeringLocation,
                ["bandwidthInMbps"] = circuit.BandwidthMbps,
            },
            ["allowClassicOperations"] = false,
            ["globalReachEnabled"] = false,
        });
        var made = state.Resources[^1];
        made.Body["sku"] = new JsonObject
        {
            ["name"] = $"{circuit.Tier}_{circuit.Family}",
            ["tier"] = circuit.Tier,
            ["family"] = circuit.Family,
        };
        made.Facts["serviceKey"] = SandboxIdentity.ServiceKeyOf(id.ToString());
        made.Facts["stag"] = 1 + state.Sequence;
        made.Facts["providerState"] = ProviderStates.NotProvisioned;
    }
}

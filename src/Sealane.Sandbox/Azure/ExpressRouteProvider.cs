using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

// The side of ExpressRoute that Megaport sees.
public sealed partial class AzureState
{
    public ProviderCircuit? FindCircuit(string serviceKey) =>
        OfKey(serviceKey) is not { } circuit
            ? null
            : new(
                circuit.Id,
                circuit.Facts.Text("serviceKey")!,
                (int)(circuit.Properties.Number("serviceProviderProperties", "bandwidthInMbps") ?? 0),
                circuit.Properties.Text("serviceProviderProperties", "peeringLocation") ?? "",
                ProviderStates.Of(circuit),
                (int)(circuit.Facts.Number("stag") ?? 0),
                circuit.CreatedAt,
                [.. Children(circuit, AllKinds.CircuitPeerings)
                    .Where(peering => peering.Name == CircuitPeerings.Private).Select(ReadPeering).Select(peering =>
                    new ProviderPeering(peering.PeerAsn, peering.Primary, peering.Secondary, peering.Vlan,
                        peering.SharedKey))]);

    public void SetProviderState(SandboxWorld world, string serviceKey, string state)
    {
        if (OfKey(serviceKey) is { } circuit)
        {
            circuit.Facts["providerState"] = state;
            Stamp(world, circuit);
            world.Touch();
        }
    }

    public void CreatePrivatePeering(
        SandboxWorld world, string serviceKey, long peerAsn, Prefix primary, Prefix secondary, int vlan,
        string? sharedKey)
    {
        if (OfKey(serviceKey) is not { } circuit || HasPrivatePeering(serviceKey))
        {
            return;
        }
        var id = ResourceId.Read(circuit.Id)!.Child("peerings", CircuitPeerings.Private);
        var peering = Add(world, id, null, new()
        {
            ["properties"] = new JsonObject
            {
                ["peeringType"] = CircuitPeerings.Private,
                ["peerASN"] = peerAsn,
                ["primaryPeerAddressPrefix"] = primary.ToString(),
                ["secondaryPeerAddressPrefix"] = secondary.ToString(),
                ["state"] = "Enabled",
                ["vlanId"] = vlan,
            },
        });
        (peering.State, peering.Works, peering.SharedKey) = ("Succeeded", true, sharedKey);
        Stamp(world, peering);
        Stamp(world, circuit);
        world.Touch();
    }

    public bool HasPrivatePeering(string serviceKey) =>
        OfKey(serviceKey) is { } circuit
        && Children(circuit, AllKinds.CircuitPeerings).Any(peering => peering.Name == CircuitPeerings.Private);

    private ArmResource? OfKey(string serviceKey) => All(AllKinds.ExpressRouteCircuits)
        .FirstOrDefault(circuit => ResourceId.Same(circuit.Facts.Text("serviceKey"), serviceKey));
}

using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>From an ExpressRoute service key to the circuit and its two ports.</summary>
internal static class AzureKeys
{
    /// <exception cref="Refusal">Malformed; or unknown, which a circuit made a moment ago is too.</exception>
    public static ProviderCircuit Find(SandboxWorld world, string key)
    {
        if (!Guid.TryParseExact(key, "D", out _))
        {
            throw new Refusal(400, "Validation failed", $"Invalid service_key length '{key}'");
        }
        var circuit = Provisioning.Provider(world)?.FindCircuit(key);
        if (circuit is null || circuit.CreatedAt
            + world.Take(Durations.ServiceKeyKnown, circuit.ServiceKey) > world.Now)
        {
            throw new Refusal(400, "Validation failed", "No ExpressRoute circuit was found for the service_key");
        }
        return circuit;
    }

    /// <summary>Primary first; empty where Megaport is not at the circuit's peering location.</summary>
    public static IEnumerable<AzurePort> PortsOf(MegaportState state, ProviderCircuit circuit) =>
        state.AzurePorts.Where(
            port => port.PeeringLocation.Equals(circuit.PeeringLocation, StringComparison.OrdinalIgnoreCase));

    /// <summary>The number of the VXC on a path of the circuit, ours or another customer's; null: none.</summary>
    public static int? TakenBy(MegaportState state, string serviceKey, string path) =>
        state.Vxcs.Find(vxc => !vxc.Ended && vxc.Azure is { } azure && azure.Path == path
            && azure.ServiceKey.Equals(serviceKey, StringComparison.OrdinalIgnoreCase))?.Number
        ?? state.ForeignVxcs.Find(vxc => vxc.Path == path
            && vxc.ServiceKey.Equals(serviceKey, StringComparison.OrdinalIgnoreCase))?.Number;
}

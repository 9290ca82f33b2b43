using Sealane.Clouds.Azure;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>Which tables of Microsoft's edge are still within their lag: asked at the end of a run that made a
/// path.</summary>
public static class EdgeLag
{
    /// <summary>How long Microsoft's edge may show nothing after its first sessions: up to this in public labs
    /// (github.com/erjosito/net-lab-builder, expressroute-megaport-bgp).</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(25);

    /// <returns><c>sydney-er, primary path</c>; a table that is not answered for another reason is no lag.</returns>
    public static async Task<IReadOnlyList<string>> Of(
        ArmClient azure, NetworkDesign design, Known known, CancellationToken ct)
    {
        var probes = new AzureProbes(azure);
        var silent = new List<string>();
        foreach (var vxc in design.AzureVxcs)
        {
            if (known.Find(ExpressRouteCircuit.Ref(vxc.Circuit))?.Envelope.Id is not { } circuit)
            {
                continue;
            }
            try
            {
                _ = await probes.CircuitRoutes(circuit, vxc.Port, ct).ConfigureAwait(false);
            }
            catch (CloudError error)
            {
                if (Unanswered.Of(error).Answer == Answer.Lagging)
                {
                    silent.Add($"{vxc.Circuit.Name}, {(vxc.Port == CircuitPort.Primary ? "primary" : "secondary")} "
                        + "path");
                }
            }
        }
        return silent;
    }
}

using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>Every single failure of a link and whether it ends up or down; in none is anything clear.</summary>
internal static class FailureLists
{
    /// <summary>As the routing model says of the design.</summary>
    public static List<string> OfModel(NetworkDesign design, Func<string, bool>? which = null)
    {
        var network = DesignNetwork.Of(design);
        return
        [
            .. Failures.Of(network).Where(failure => which?.Invoke(failure.Name) != false)
                .Select(failure => Line(failure.Name, network.Without(failure.Ids), design)),
        ];
    }

    /// <summary>Each failure made in a copy of the link's world; the clouds then have ten minutes to settle.</summary>
    public static async Task<List<string>> OfWorld(Link link, Func<string, bool>? which = null)
    {
        var design = link.Design;
        var lines = new List<string>();
        foreach (var failure in SingleFailures.Of(design)
            .Where(failure => which?.Invoke(failure.Text) != false))
        {
            var stored = link.World();
            var clock = new VirtualClock(stored.Now);
            var world = stored.Wake(clock);
            var watch = new ClearWatch(world);
            failure.Make(new(world, design));
            using (clock.Enter())
            {
                await Task.Delay(TimeSpan.FromMinutes(10), clock);
            }
            world.Advance();
            Assert.Equal(TimeSpan.Zero, watch.Total);
            lines.Add(Line(failure.Text, world.Network, design));
        }
        return lines;
    }

    private static string Line(string name, Network network, NetworkDesign design)
    {
        var flows = Proof.Judge(network, DesignNetwork.ProtectedAws(design), DesignNetwork.ProtectedAzure(design));
        Assert.DoesNotContain(flows, flow => flow.Verdict == Verdict.Clear || flow.Exposed);
        return $"{name}: {(flows.All(flow => flow.Verdict < Verdict.Down) ? "up" : "down")}\n";
    }
}

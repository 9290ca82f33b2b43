using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sealane.Lab.Capture;
using Sealane.Lab.Model;
using Sealane.Lab.Namespaces;

namespace Sealane.Lab.Running;

/// <summary>
/// The order of building, in real packets: the steps of an apply one after the other, with echoes between all hosts and
/// captures on every MCR from before the first daemon starts.
/// </summary>
public sealed class Replay(LabRun lab, bool guide, Action<string> progress)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // A person needs minutes for a step of the guide; a second is enough to see what its packets do.
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);
    private readonly long _start = lab.Time.GetTimestamp();

    /// <summary>The steps: what is done, and the network that it leads to. The last is the lab's own.</summary>
    public static IReadOnlyList<(string What, LabNetwork Network)> Steps(LabNetwork network, bool guide)
    {
        var noTunnels = network with { Tunnels = [.. network.Tunnels.Select(one => one with { Configured = false })] };
        if (!guide)
        {
            var locked = noTunnels with { Vpcs = [.. network.Vpcs.Select(vpc => vpc with { Routed = [] })] };
            return
            [
                ("locks, then transport: filters and static routes before anything that they guard", locked),
                ("tunnels", locked with { Tunnels = network.Tunnels }),
                ("VPC routes, last", network),
            ];
        }
        var bare = Legs(noTunnels, leg =>
            leg with { Statics = [], Session = leg.Session with { Import = null, Export = null } });
        var routed = Legs(noTunnels, leg => leg with { Session = leg.Session with { Import = null, Export = null } });
        return
        [
            ("guide steps 1 to 17: transport and gateways", bare), ("guide step 18: static routes", routed),
            ("guide step 19: filters", noTunnels), ("guide steps 20 to 23: tunnels", network),
        ];
    }

    /// <summary>What every MCR saw.</summary>
    public async Task<IReadOnlyList<CaptureReport>> Run(LabRecord record, CancellationToken ct)
    {
        var steps = Steps(lab.Network, guide);
        var first = new LabRun(steps[0].Network, lab.Files, lab.Time);
        var up = new Up(first, progress);
        await up.Build(record, ct).ConfigureAwait(false);
        var captures = lab.Plan.Mcrs.Select(box => new BoxCapture(lab, box.Name)).ToList();
        var echoes = Echoes();
        try
        {
            await up.StartDaemons(ct).ConfigureAwait(false);
            await lab.Until(() => TransportStands(first), s_patience, ct).ConfigureAwait(false);
            await Settle.Run(first, s_patience, ct).ConfigureAwait(false);
            await Task.Delay(s_look, lab.Time, ct).ConfigureAwait(false);
            Say(steps[0].What, captures);
            var plan = first.Plan;
            foreach (var (what, network) in steps.Skip(1))
            {
                var next = new LabRun(network, lab.Files, lab.Time);
                await Reconfigure.Run(next, plan, next.Plan, ct).ConfigureAwait(false);
                plan = next.Plan;
                await Settle.Run(next, s_patience, ct).ConfigureAwait(false);
                await Task.Delay(s_look, lab.Time, ct).ConfigureAwait(false);
                Say(what, captures);
            }
            foreach (var (_, there) in new Routes(lab).Overlay())
            {
                await lab.Until(there, s_patience, ct).ConfigureAwait(false);
            }
            await Task.Delay(s_look, lab.Time, ct).ConfigureAwait(false);
            Say("the finished link", captures);
        }
        finally
        {
            foreach (var echo in echoes)
            {
                echo.Kill();
                echo.Dispose();
            }
            captures.ForEach(capture => capture.Dispose());
        }
        return [.. captures.Select(capture => capture.Report())];
    }

    // Every session but those inside the tunnels, which are not built yet.
    private static bool TransportStands(LabRun run)
    {
        var routes = new Routes(run);
        return run.Plan.Routers.Select(box => box.Name)
            .Where(name => name != "tgw" && !name.StartsWith("vpn-gateway", StringComparison.Ordinal))
            .All(routes.Stand);
    }

    // 20 a second between every pair, both ways.
    private List<Process> Echoes()
    {
        var mark = Convert.ToHexString(Encoding.ASCII.GetBytes(BoxCapture.Mark));
        var hosts = lab.Plan.Boxes.Select(box => box.Name)
            .Where(name => name.Contains("-host", StringComparison.Ordinal)).ToList();
        return
        [
            .. from source in hosts
               from target in hosts
               where source.Split('-')[0] != target.Split('-')[0]
               select Shell.Background(lab.Space(source),
                   ["ping", "-n", "-q", "-i", "0.05", "-p", mark, $"{lab.Address(target)}"]),
        ];
    }

    private static LabNetwork Legs(LabNetwork network, Func<LabLeg, LabLeg> change) => network with
    {
        Routers = [.. network.Routers.Select(router => router with { Legs = [.. router.Legs.Select(change)] })],
    };

    private void Say(string what, IEnumerable<BoxCapture> captures)
    {
        var clear = captures.Select(capture => capture.Report())
            .Select(report => $"{report.Box}: {report.Frames.GetValueOrDefault(FrameKind.Clear)}");
        var seconds = lab.Time.GetElapsedTime(_start).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
        progress($"{seconds,6} s  {what} (frames in the clear so far, {string.Join(", ", clear)})");
    }
}

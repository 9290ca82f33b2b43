using System.Globalization;
using System.Text;
using Sealane.Lab.Capture;
using Sealane.Lab.Model;
using Sealane.Lab.Plan;

namespace Sealane.Lab.Running;

/// <summary>
/// New pre-shared keys for a link that carries, as <c>sealane rotate</c> does it: one tunnel after the other, AWS's end
/// first and then Azure's, with datagrams both ways all the time and a capture on every MCR. Nobody tells BGP that a
/// tunnel is down meanwhile, which is the worst case.
/// </summary>
/// <param name="next">The same network with other keys.</param>
public sealed class KeyRotation(LabRun lab, LabNetwork next, TimeSpan patience, Action<string> progress)
{
    private static readonly TimeSpan s_whole = TimeSpan.FromSeconds(90);

    /// <summary>Can be run again after it died: a tunnel that has its new key already is given it once more.</summary>
    public async Task<RotationReport> Run(CancellationToken ct)
    {
        if (lab.Files.Read().Broken is { Count: > 0 } broken)
        {
            throw new LabError($"the link is broken: {string.Join(", ", broken)}\n  fix: sealane lab heal");
        }
        var captures = lab.Plan.Mcrs.Select(box => new BoxCapture(lab, box.Name)).ToList();
        try
        {
            var (rows, network) = (new List<RotationRow>(), lab.Network);
            foreach (var (old, key) in lab.Network.Tunnels.Zip(next.Tunnels))
            {
                progress($"tunnel {old.Number} …");
                var half = With(network, old with { AwsKey = key.AwsKey });
                rows.Add(await One(old.Number, network, half, network = With(half, key), ct).ConfigureAwait(false));
            }
            return new(rows, [.. captures.Select(capture => capture.Report())]);
        }
        finally
        {
            captures.ForEach(capture => capture.Dispose());
        }
    }

    private static LabNetwork With(LabNetwork network, LabTunnel tunnel) => network with
    {
        Tunnels = [.. network.Tunnels.Select(one => one.Number == tunnel.Number ? tunnel : one)],
    };

    private async Task<RotationRow> One(
        int number, LabNetwork before, LabNetwork half, LabNetwork after, CancellationToken ct)
    {
        var (vpc, vnet) = (Host("vpc-host"), Host("vnet-host"));
        using var there = new DrillStream(lab, vpc, vnet);
        using var back = new DrillStream(lab, vnet, vpc);
        await Task.Delay(DrillStream.QuietTime, lab.Time, ct).ConfigureAwait(false);
        var lost = there.Lost + back.Lost;
        var changed = lab.Time.GetTimestamp();
        await Reconfigure.Run(lab, Compiler.Compile(before), Compiler.Compile(half), ct).ConfigureAwait(false);
        await Task.Delay(DrillStream.QuietTime, lab.Time, ct).ConfigureAwait(false);
        var carried = await lab.Until(() => there.Quiet && back.Quiet, patience, ct).ConfigureAwait(false);
        var (window, down) = (Math.Max(there.Window(changed), back.Window(changed)), there.Lost + back.Lost - lost);
        changed = lab.Time.GetTimestamp();
        await Reconfigure.Run(lab, Compiler.Compile(half), Compiler.Compile(after), ct).ConfigureAwait(false);
        var whole = await lab.Until(() => there.Quiet && back.Quiet && LabStatus.Of(lab).IsUp, s_whole, ct)
            .ConfigureAwait(false);
        var again = lab.Time.GetElapsedTime(changed).TotalSeconds;
        // What comes back late may still lose something.
        await Task.Delay(DrillStream.QuietTime, lab.Time, ct).ConfigureAwait(false);
        return new(number, down, window, carried, there.Lost + back.Lost - lost - down, whole ? again : null,
            before.TunnelTimers.Hold);
    }

    private string Host(string prefix) =>
        lab.Plan.Boxes.First(box => box.Name.StartsWith(prefix, StringComparison.Ordinal)).Name;
}

/// <summary>What hosts lost in each step, and what crossed the MCRs all the time.</summary>
public sealed record RotationReport(IReadOnlyList<RotationRow> Rows, IReadOnlyList<CaptureReport> Captures)
{
    /// <summary>The rest carried within the hold time in every step, all came back, and nothing was in the
    /// clear.</summary>
    public bool IsGood => Rows.All(row => row is { Carried: true, WholeSeconds: not null }
        && row.WindowSeconds <= row.HoldSeconds + Drill.Slack) && Captures.All(capture => capture.Clean);

    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("| new key of | packets lost | until the last loss, s | carries on | lost when it comes back "
            + "| whole again, s | the real link's timers |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var row in Rows)
        {
            var whole = row.WholeSeconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "not within 90";
            text.AppendLine(string.Create(CultureInfo.InvariantCulture,
                $"| tunnel {row.Tunnel} | {row.Lost} | {row.WindowSeconds:0.0} | {(row.Carried ? "yes" : "NO")} "
                + $"| {row.LostComingBack} | {whole} | at most {row.HoldSeconds} s: hold time in the tunnels |"));
        }
        return text.AppendJoin('\n', Captures).ToString();
    }
}

/// <param name="Lost">Datagrams, of 200 a second, while AWS's end alone had the new key.</param>
/// <param name="WindowSeconds">From the change to the last of them.</param>
/// <param name="Carried">The other tunnels came to carry all.</param>
/// <param name="LostComingBack">From the change of Azure's end on.</param>
/// <param name="WholeSeconds">From the change of Azure's end until every session stood; null: not within 90 s.</param>
/// <param name="HoldSeconds">What ends the loss where nobody tells BGP.</param>
public sealed record RotationRow(
    int Tunnel, int Lost, double WindowSeconds, bool Carried, int LostComingBack, double? WholeSeconds,
    int HoldSeconds);

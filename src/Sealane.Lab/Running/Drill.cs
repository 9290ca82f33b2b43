using System.Text;
using Sealane.Lab.Namespaces;

namespace Sealane.Lab.Running;

/// <summary>
/// Lets each element of the link die silently in turn, and measures what hosts lose: a hundred datagrams a second each
/// way over several ports. Silent means that links stay up while nothing gets through, which is the worst case: nobody
/// is told.
/// </summary>
public sealed class Drill(LabRun lab, TimeSpan patience, Action<string> progress)
{
    private static readonly TimeSpan s_whole = TimeSpan.FromSeconds(90);

    /// <summary>Seconds: a rule takes effect, routes are taken back and packets looked at beside the timers.</summary>
    internal const double Slack = 1;

    // Where nothing carries on there is nothing to wait for.
    private static readonly TimeSpan s_alone = TimeSpan.FromSeconds(8);

    public IReadOnlyList<DrillElement> Elements { get; } = DrillElement.Of(lab.Network);

    public async Task<IReadOnlyList<DrillRow>> Run(IReadOnlyList<DrillElement> elements, CancellationToken ct)
    {
        if (!Doctor.Tool("nft"))
        {
            throw new LabError($"this machine has no nft\n  fix: {Doctor.Install}");
        }
        var rows = new List<DrillRow>();
        foreach (var element in elements)
        {
            progress($"{element.Name} …");
            rows.Add(await One(element, ct).ConfigureAwait(false));
        }
        return rows;
    }

    private async Task<DrillRow> One(DrillElement element, CancellationToken ct)
    {
        var (vpc, vnet) = (Host("vpc-host"), Host("vnet-host"));
        using var there = new DrillStream(lab, vpc, vnet);
        using var back = new DrillStream(lab, vnet, vpc);
        await Task.Delay(DrillStream.QuietTime, lab.Time, ct).ConfigureAwait(false);
        // Losses of a busy machine before anything died are not the element's.
        var before = there.Lost + back.Lost;
        var failed = lab.Time.GetTimestamp();
        bool recovered;
        int lost;
        double window;
        long healed;
        try
        {
            await Fail(element, ct).ConfigureAwait(false);
            await Task.Delay(DrillStream.QuietTime, lab.Time, ct).ConfigureAwait(false);
            recovered = await lab.Until(() => there.Quiet && back.Quiet, element.HasTwin ? patience : s_alone, ct)
                .ConfigureAwait(false);
            (lost, window) = (there.Lost + back.Lost - before, Math.Max(there.Window(failed), back.Window(failed)));
        }
        finally
        {
            healed = lab.Time.GetTimestamp();
            await Heal(element).ConfigureAwait(false);
        }
        var whole = await lab.Until(() => there.Quiet && back.Quiet && LabStatus.Of(lab).IsUp, s_whole, ct)
            .ConfigureAwait(false);
        var again = lab.Time.GetElapsedTime(healed) - DrillStream.QuietTime;
        return new(element.Name, element.HasTwin, lost, window, recovered,
            whole ? Math.Max(0, again.TotalSeconds) : null, element.Bound, recovered
                && element.Interval is { } predicted
                    ? window >= predicted.From - Slack && window <= predicted.To + Slack : null);
    }

    private string Host(string prefix) =>
        lab.Plan.Boxes.First(box => box.Name.StartsWith(prefix, StringComparison.Ordinal)).Name;

    private async Task Fail(DrillElement element, CancellationToken ct)
    {
        Shut(element, "");
        foreach (var (box, port) in element.Silent)
        {
            var script = new StringBuilder("add table ip drill\n");
            foreach (var hook in (string[])["input", "output", "forward"])
            {
                script.AppendLine($"add chain ip drill {hook} {{ type filter hook {hook} priority 0; }}");
                foreach (var side in (string[])(hook == "input" ? ["iifname"] : hook == "output" ? ["oifname"]
                    : ["iifname", "oifname"]))
                {
                    script.AppendLine($"add rule ip drill {hook} {(port is null ? "" : $"{side} {port} ")}drop");
                }
            }
            await Nft(box, script.ToString(), ct).ConfigureAwait(false);
        }
    }

    private async Task Heal(DrillElement element)
    {
        foreach (var (box, _) in element.Silent)
        {
            await Nft(box, "add table ip drill\ndelete table ip drill\n", CancellationToken.None).ConfigureAwait(false);
        }
        Shut(element, "no ");
    }

    private void Shut(DrillElement element, string no)
    {
        if (element.Shut is { } shut)
        {
            using var vty = lab.Vty(shut.Box, "bgpd");
            vty.Configure([$"router bgp {shut.Asn}", $"{no}neighbor {shut.Peer} shutdown", "exit"]);
        }
    }

    private async Task Nft(string box, string rules, CancellationToken ct)
    {
        var (code, _, error) = await lab.Inside(box, $"nft -f - <<'RULES'\n{rules}RULES", ct).ConfigureAwait(false);
        if (code != 0)
        {
            throw new LabError($"nft failed in {box}: {error.Trim()}\n  fix: {Doctor.Install}");
        }
    }
}

/// <param name="HasTwin">Something else of its kind carries on.</param>
/// <param name="WindowSeconds">From the failure to the last packet that was lost while it lasted.</param>
/// <param name="Recovered">The rest of the link carried on by itself.</param>
/// <param name="WholeSeconds">From the end of the failure until every session stood and nothing was lost; null: not
/// within 90 s.</param>
/// <param name="RealLink">What the timers of the real link make of such a failure.</param>
/// <param name="AsPredicted">Whether the loss ended when the hold time says; null where it alone does not
/// decide.</param>
public sealed record DrillRow(string Element, bool HasTwin, int Lost, double WindowSeconds, bool Recovered,
    double? WholeSeconds, string RealLink, bool? AsPredicted);

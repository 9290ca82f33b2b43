using System.Globalization;
using System.Text;
using Sealane.Lab.Capture;
using Sealane.Lab.Running;

namespace Sealane.Lab.Verify;

/// <summary>
/// Judges a running lab against its design: what the daemons say, then what the packets show. Echoes with a known
/// payload go between all hosts both ways while every MCR is captured.
/// </summary>
public sealed class LabVerifier(LabRun lab)
{
    private const int Echoes = 5;

    public async Task<LabVerdict> Run(CancellationToken ct)
    {
        var captures = lab.Plan.Mcrs.Select(box => new BoxCapture(lab, box.Name)).ToList();
        try
        {
            List<LabFinding> findings =
            [
                .. await new TransportChecks(lab).Run(ct).ConfigureAwait(false), .. new LockChecks(lab).Run(),
                .. await new TunnelChecks(lab).Run(ct).ConfigureAwait(false), .. await Packets(ct)
                    .ConfigureAwait(false),
            ];
            captures.ForEach(capture => capture.Dispose());
            var reports = captures.Select(capture => capture.Report()).ToList();
            findings.AddRange(reports.Select(Judge));
            var arrived = findings.Where(finding => finding.Area == "packets"
                && finding.What.StartsWith("ping", StringComparison.Ordinal));
            var verdict = reports.Exists(report => !report.Clean) ? "clear" : arrived.All(finding => finding.Good)
                ? "encrypted" : "down";
            return new(verdict, findings, reports);
        }
        finally
        {
            captures.ForEach(capture => capture.Dispose());
        }
    }

    private async Task<IReadOnlyList<LabFinding>> Packets(CancellationToken ct)
    {
        var vpc = Hosts("vpc-host");
        var vnet = Hosts("vnet-host");
        var pairs = vpc.SelectMany(one => vnet.Select(other => (From: one, To: other))).ToList();
        return await Task.WhenAll(pairs.Concat(pairs.Select(pair => (From: pair.To, To: pair.From)))
            .Select(pair => Ping(pair.From, pair.To, ct))).ConfigureAwait(false);
    }

    private List<string> Hosts(string prefix) =>
        [.. lab.Plan.Boxes.Where(box => box.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(box => box.Name)];

    private async Task<LabFinding> Ping(string from, string to, CancellationToken ct)
    {
        var mark = Convert.ToHexString(Encoding.ASCII.GetBytes(BoxCapture.Mark));
        var script = string.Create(CultureInfo.InvariantCulture,
            $"exec ping -n -q -c {Echoes} -i 0.05 -W 1 -p {mark} {lab.Address(to)}");
        var (code, output, _) = await lab.Inside(from, script, ct).ConfigureAwait(false);
        var line = output.Split('\n').FirstOrDefault(one => one.Contains("transmitted", StringComparison.Ordinal))
            ?? "";
        var answered = line.Contains($"{Echoes} received", StringComparison.Ordinal);
        return new("packets", $"ping {from} to {to}", code == 0 && answered, line.Split(", time")[0],
            code == 0 && answered ? "" : "echoes are lost", code == 0 && answered ? ""
                : "see the routes and tunnels above");
    }

    private static LabFinding Judge(CaptureReport report) => new(
        "packets", $"capture on {report.Box}: nothing of the protected networks outside ESP", report.Clean,
            report.ToString(),
        report.Clean ? "" : $"in the clear: {string.Join("; ", report.Samples)}",
        report.Clean ? "" : "the open locks above let it pass");
}

using Sealane.Lab.Capture;

namespace Sealane.Lab.Verify;

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">Transport, locks, tunnels, routes or packets.</param>
/// <param name="Cause">Why it is not so, as far as the daemons and the kernel tell; empty when all is well.</param>
public sealed record LabFinding(string Area, string What, bool Good, string Detail, string Cause = "", string Fix = "");

/// <param name="Verdict"><c>encrypted</c>, <c>clear</c> or <c>down</c>.</param>
public sealed record LabVerdict(
    string Verdict, IReadOnlyList<LabFinding> Findings, IReadOnlyList<CaptureReport> Captures)
{
    public bool Good => Verdict == "encrypted" && Findings.All(finding => finding.Good);
}

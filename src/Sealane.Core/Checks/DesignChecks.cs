using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>Outcome of the checks, in the order of the file.</summary>
/// <param name="Silenced">What was found, and the owner's reason to live with it.</param>
public sealed record CheckReport(IReadOnlyList<Finding> Findings,
    IReadOnlyList<(Finding Finding, string Reason)> Silenced)
{
    public int Count(Severity severity) => Findings.Count(finding => finding.Check.Severity == severity);

    public bool HasErrors => Count(Severity.Error) > 0;
}

/// <summary>Runs every check over a design.</summary>
public static class DesignChecks
{
    public static CheckReport Run(NetworkDesign design)
    {
        var reasons = design.Spec.Silence.ToLookup(silence => silence.Check, silence => silence.Reason,
            StringComparer.Ordinal);
        var quick = Found(design, AllChecks.Design.Where(check => !check.NeedsSoundDesign)).ToList();
        var routed = quick.Exists(finding => finding.Check.Severity == Severity.Error)
            ? [] : Found(design, AllChecks.Design.Where(check => check.NeedsSoundDesign));
        var found = quick.Concat(routed)
            .OrderBy(finding => finding.Mark.Line).ThenBy(finding => finding.Mark.Column)
            .ThenBy(finding => finding.Check.Id, StringComparer.Ordinal)
            .ToLookup(finding => finding.Check.MayBeSilenced && reasons.Contains(finding.Check.Id));
        return new([.. found[false]], [.. found[true].Select(finding => (finding, reasons[finding.Check.Id].First()))]);
    }

    private static IEnumerable<Finding> Found(NetworkDesign design, IEnumerable<DesignCheck> checks) =>
        checks.SelectMany(
        check => check.Find(design).Select(flaw => new Finding(check, design.Spec.Source.Of(flaw.Path), flaw.Message)));
}

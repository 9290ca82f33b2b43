using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Tests.Checks;

public sealed class DesignChecksTests
{
    private static readonly string Minimal = File.ReadAllText(Repository.PathOf("examples", "minimal.yaml"));

    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Repository.PathOf("examples"), "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_has_no_error_and_silences_nothing(string file)
    {
        var report = Run(File.ReadAllText(Repository.PathOf("examples", file)));
        Assert.DoesNotContain(report.Findings, finding => finding.Check.Severity == Severity.Error);
        Assert.Empty(report.Silenced);
        Assert.Equal(
            !file.StartsWith("two-", StringComparison.Ordinal),
            report.Findings.Any(finding => finding.Check.Id == "SL501"));
    }

    [Fact]
    public void A_silenced_finding_keeps_its_reason()
    {
        var report = Run(Minimal + "silence: [{ check: SL501, reason: One path is enough for a trial. }]\n");
        Assert.DoesNotContain(report.Findings, finding => finding.Check.Id == "SL501");
        var (finding, reason) = Assert.Single(report.Silenced);
        Assert.Equal(("SL501", "One path is enough for a trial."), (finding.Check.Id, reason));
    }

    [Fact]
    public void A_leak_is_reported_even_when_it_is_silenced()
    {
        var report = Run(Minimal.Replace("  vpc:", "  cidrs: [10.1.0.0/16]\n  allowedPrefixes: [10.1.0.0/16]\n  vpc:")
            + "silence: [{ check: SL301, reason: We trust the transport. }, { check: SL302, reason: We trust the "
                + "transport. }]\n");
        Assert.Contains(report.Findings, finding => finding.Check.Id == "SL301");
        Assert.Contains(report.Findings, finding => finding.Check.Id == "SL302");
        Assert.Equal(2, report.Findings.Count(finding => finding.Check.Id == "SL102"));
        Assert.Empty(report.Silenced);
    }

    [Fact]
    public void Findings_come_in_the_order_of_the_file()
    {
        var findings = Run(File.ReadAllText(Repository.PathOf("examples", "sydney.yaml"))).Findings;
        Assert.Equal(findings.OrderBy(finding => finding.Mark.Line).ThenBy(finding => finding.Mark.Column), findings);
    }

    [Fact]
    public void Rules_on_prefixes_do_not_apply_where_the_spec_leaves_them_to_the_account() =>
        Assert.DoesNotContain(Run(Minimal).Findings,
            finding => finding.Check.Id.StartsWith("SL2", StringComparison.Ordinal));

    [Fact]
    public void The_guides_own_choices_are_found()
    {
        var sydney = File.ReadAllText(Repository.PathOf("examples", "sydney.yaml"))
            .Replace("allowedPrefixes: [10.254.1.0/24]", "allowedPrefixes: [10.1.0.0/16, 10.254.1.0/24]")
            .Replace("sku: VpnGw1AZ", "sku: VpnGw1").Replace("sku: ErGw1AZ", "sku: Standard")
                .Replace("isolation: auto", "isolation: propagated");
        Assert.Superset(
            new HashSet<string> { "SL301", "SL302", "SL304", "SL401", "SL404" },
            Run(sydney).Findings.Select(finding => finding.Check.Id).ToHashSet());
    }

    private static CheckReport Run(string text)
    {
        var result = SpecReader.Read("test.yaml", text);
        Assert.Empty(result.Problems);
        return DesignChecks.Run(Designer.Design(result.Spec!));
    }
}

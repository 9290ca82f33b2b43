using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Tests.Checks;

/// <summary>tests/checks/SLxxx: a spec that the check objects to, what it then says, and one that it lets
/// pass.</summary>
public sealed class CheckCorpusTests
{
    private static readonly string Folder = Repository.PathOf("tests", "checks");

    public static TheoryData<string> Ids => [.. AllChecks.Design.Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_check_finds_the_bad_spec_and_lets_the_good_one_pass(string id)
    {
        var bad = Findings(id, "bad.yaml");
        Assert.NotEmpty(bad);
        Golden.Check(Path.Combine(Folder, id, "bad.txt"), string.Join("\n", bad) + "\n");
        Assert.Empty(Findings(id, "good.yaml"));
    }

    [Fact]
    public void Every_folder_belongs_to_a_check() => Assert.Equal(
        AllChecks.Design.Select(check => check.Id).Order(),
        Directory.GetDirectories(Folder).Select(Path.GetFileName).Order());

    private static IReadOnlyList<Finding> Findings(string id, string file)
    {
        var result = SpecReader.Read(file, File.ReadAllText(Path.Combine(Folder, id, file)));
        Assert.Empty(result.Problems);
        return [.. DesignChecks.Run(Designer.Design(result.Spec!)).Findings.Where(finding => finding.Check.Id == id)];
    }
}

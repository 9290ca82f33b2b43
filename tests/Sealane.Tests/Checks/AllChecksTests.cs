using System.Reflection;
using System.Text.RegularExpressions;
using Sealane.Core.Checks;
using Sealane.Core.Checks.Ahead;

namespace Sealane.Tests.Checks;

public sealed class AllChecksTests
{
    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        var ids = AllChecks.Design.Select(check => check.Id).ToList();
        Assert.Equal(ids.Distinct().Order(), ids);
        Assert.All(ids, id => Assert.Matches("^SL[1-5][0-9]{2}$", id));
    }

    [Fact]
    public void Every_check_that_is_written_is_listed()
    {
        var written = typeof(AllChecks).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(DesignCheck))
            .Select(field => ((DesignCheck)field.GetValue(null)!).Id);
        Assert.Equal(written.Order(), AllChecks.Design.Select(check => check.Id).Order());
    }

    [Fact]
    public void Every_check_tells_its_story_with_public_sources() => Assert.All(AllChecks.Design, check =>
    {
        Assert.Matches("^[A-Z].*[^.]$", check.Title);
        Assert.Matches(new Regex(@"\.\)?$"), check.Why);
        Assert.Matches(new Regex(@"\.\)?$"), check.Fix);
        Assert.NotEmpty(check.Sources);
        Assert.All(check.Sources, source => Assert.Matches("^https://[a-z.-]+/", source));
    });

    [Fact]
    public void Every_check_has_its_page()
    {
        foreach (var check in AllChecks.Design.Concat<Check>(AllAheadChecks.List))
        {
            Golden.Check(Repository.PathOf("docs", "checks", check.Id + ".md"), CheckStory.Markdown(check));
        }
        Golden.Check(Repository.PathOf("docs", "checks", "README.md"), CheckStory.Index(AllChecks.Design,
            AllAheadChecks.List));
        Assert.Equal(AllChecks.Ids.Count + 1, Directory.GetFiles(Repository.PathOf("docs", "checks"), "*.md")
            .Count(file => !Path.GetFileName(file).StartsWith("SL9", StringComparison.Ordinal)));
    }

    [Fact]
    public void Ids_are_found_in_any_case() =>
        Assert.Same(EncryptedPathChecks.NoVpcPrefixIsAllowed, AllChecks.Find("sl301"));
}

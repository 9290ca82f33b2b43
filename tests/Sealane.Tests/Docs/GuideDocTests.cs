using Sealane.Cli;
using Sealane.Cli.Explain;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Docs;

/// <summary>docs/guide.md says what the resources say: ids, files, operations, steps. Rewritten with ./ci
/// --update.</summary>
public sealed class GuideDocTests
{
    private const string Marker = "<!-- From here on worked out from the code: ./ci --update -->\n\n";
    private static readonly ResourceGraph Graph = AllResources.Catalogue();

    [Fact]
    public void The_tables_of_the_guide_page_are_those_of_the_code()
    {
        var path = Repository.PathOf("docs", "guide.md");
        var page = File.ReadAllText(path);
        var written = page.IndexOf(Marker, StringComparison.Ordinal);
        Assert.True(written > 0, "docs/guide.md has lost the line above its tables");
        Golden.Check(path, page[..(written + Marker.Length)] + GuidePage.Tables(Graph));
    }

    [Fact]
    public void The_guide_has_24_steps_in_order() =>
        Assert.Equal(Enumerable.Range(1, 24), GuideSteps.All.Select(step => step.Number));

    [Fact]
    public void Every_step_is_done_by_an_object_or_asked_by_a_check() => Assert.All(GuideSteps.All, step => Assert.True(
        Graph.Resources.Any(resource => resource.GuideSteps.Contains(step.Number))
            || AllLiveChecks.List.Any(check => check.GuideStep == step.Number), $"nothing does {step.Id}"));

    [Fact]
    public void Every_row_of_the_guides_list_has_its_objects()
    {
        Assert.Equal(19, GuideRows.All.Count);
        var known = Graph.Resources.Select(resource => resource.Id).ToHashSet();
        Assert.All(GuideRows.All, row => Assert.Subset(known, row.Objects.ToHashSet()));
    }

    [Fact]
    public void Every_object_is_in_the_guides_list_or_says_what_it_is_for()
    {
        string[] beyondTheGuide =
        [
            "megaport/aws-import", "megaport/aws-export", "megaport/azure-import", "megaport/azure-export",
            "megaport/aws-import-entries", "megaport/aws-export-entries", "megaport/azure-import-entries",
            "megaport/azure-export-entries",
            "megaport/aws-filters", "megaport/azure-filters", "megaport/aws-routes", "megaport/azure-routes",
            "aws/vpc", "aws/tunnels", "azure/vnet", "azure/resource-group",
        ];
        Assert.Equal(Graph.Resources.Select(resource => resource.Id).Order(),
            GuideRows.All.SelectMany(row => row.Objects).Concat(beyondTheGuide).Distinct().Order());
    }

    [Fact]
    public void Every_object_names_its_operations() =>
        Assert.All(Graph.Resources, resource => Assert.NotEmpty(resource.Operations));

    [Fact]
    public void What_a_lock_guards_comes_after_all_that_closes_it() => Assert.All(Graph.Resources, resource =>
    {
        var closers = Graph.Resources.Where(other => other.Id != resource.Id
            && (other.Closes & resource.GuardedBy) != 0).Select(other => other.Id);
        Assert.Subset(Graph.Before(resource.Id).ToHashSet(), closers.ToHashSet());
    });
}

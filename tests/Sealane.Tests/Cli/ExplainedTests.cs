using Sealane.Cli;
using Sealane.Cli.Commands;
using Sealane.Cli.Explain;
using Sealane.Core.Checks.Live;

namespace Sealane.Tests.Cli;

public sealed class ExplainedTests
{
    [Fact]
    public void Every_id_has_a_story_that_begins_with_it() =>
        Assert.All(Explained.Ids,
            id => Assert.StartsWith(id, Explained.Story(id.ToUpperInvariant()), StringComparison.Ordinal));

    [Fact]
    public void Ids_are_unique() =>
        Assert.Equal(Explained.Ids.Distinct(StringComparer.OrdinalIgnoreCase), Explained.Ids);

    [Fact]
    public void A_step_names_its_objects_and_checks()
    {
        var story = Explained.Story("step 19")!;
        Assert.Contains("megaport/aws-export-entries", story);
        Assert.Contains("SL907", story);
        Assert.Contains("differs:", story);
    }

    [Fact]
    public void An_object_names_the_locks_that_it_waits_for()
    {
        var story = Explained.Story("azure/er-connection")!;
        Assert.Contains("needs closed: lock-a, lock-b\n", story);
        Assert.Contains("guide:        step-12", story);
        Assert.Contains("megaport/azure-filters", story);
    }

    [Fact]
    public void A_lock_names_what_closes_it_and_what_it_guards()
    {
        var story = Explained.Story("lock-c")!;
        Assert.Contains("closed by:    aws/dx-association", story);
        Assert.Contains("guards:       aws/vpc-routes", story);
    }

    [Fact]
    public async Task A_misspelt_object_gets_a_suggestion()
    {
        var run = await Terminal.Run(ExplainCommand.Create(Explained.Story), "aws/transit-vfi");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("did you mean aws/transit-vif?", run.Error);
    }

    [Fact]
    public void Live_checks_have_ids_of_their_own_range() =>
        Assert.All(AllLiveChecks.List, check => Assert.Matches("^SL9[0-9]{2}$", check.Id));

    [Fact]
    public async Task The_catalogue_has_no_way_to_a_cloud()
    {
        var graph = AllResources.Catalogue();
        await Assert.ThrowsAnyAsync<Exception>(() => graph["aws/dx-gateway"]
            .Look(new Core.Reconcile.Known(), CancellationToken.None));
    }
}

using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Clouds;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Guide;

/// <summary>The guide's own order: what it leaves open, for how long, and that Sealane closes it without building
/// anew.</summary>
public sealed class GuideOrderTests
{
    [Fact]
    public async Task Its_window_reaches_from_the_expressroute_connection_to_the_last_export_filter()
    {
        using var link = Link.Sydney;
        var done = (await link.Run("apply", "--order", "guide", "--yes", "--format", "jsonl")).Exits(0).Done;
        Assert.Equal("applied", (string?)done["result"]);
        var window = Assert.Single(done["clearWindows"]!.AsArray())!;
        Assert.Equal(("azure/er-connection", "megaport/azure-filters"),
            ((string?)window["from"], (string?)window["until"]));
        // The VPN gateway alone takes twenty minutes of it.
        Assert.InRange((double)done["clearSeconds"]!, 20 * 60, 60 * 60);
        Assert.Equal((double)done["clearSeconds"]!, (double)window["untilSeconds"]! - (double)window["fromSeconds"]!,
            0.01);
    }

    [Fact]
    public async Task Sealanes_order_leaves_no_window()
    {
        using var link = Link.Sydney;
        var done = (await link.Apply()).Done;
        Assert.Equal(0, (double)done["clearSeconds"]!);
        Assert.Empty(done["clearWindows"]!.AsArray());
    }

    [Theory]
    [InlineData("sydney")]
    [InlineData("minimal")]
    [InlineData("tokyo")]
    public async Task A_plain_apply_brings_the_guides_link_to_all_locks_without_building_anew(string example)
    {
        using var link = Link.Example(example);
        (await link.Run("apply", "--order", "guide", "--yes", "--format", "jsonl")).Exits(0);
        var before = (await link.VerifyStrictly()).Exits(1).Json;
        Assert.Equal(("encrypted", 1, 1),
            ((string?)before["verdict"], Locks(before, "awsToAzure"), Locks(before, "azureToAws")));
        Assert.Superset(new HashSet<string> { "SL902", "SL909", "SL910", "SL930" }, Failing(before));
        var standing = Expensive(link);

        var done = (await link.Apply()).Done;
        // Both import lists and the transport table: the guide has none.
        Assert.Equal((3, 0, 0.0), ((int)done["created"]!, (int)done["deleted"]!, (double)done["clearSeconds"]!));
        Assert.Equal(standing, Expensive(link));

        var after = (await link.Verify()).Exits(0).Json;
        Assert.Equal(("encrypted", 3, 3),
            ((string?)after["verdict"], Locks(after, "awsToAzure"), Locks(after, "azureToAws")));
        await link.IsUnchanged();
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    [Fact]
    public async Task A_plan_in_the_guides_order_is_one_chain_and_tells_the_window()
    {
        using var link = Link.Sydney;
        var plan = (await link.Run("plan", "--order", "guide", "--format", "json")).Exits(0).Json;
        var steps = plan["steps"]!.AsArray();
        Assert.Equal(GuideOrder.Steps, steps.Select(step => (string)step!["id"]!));
        Assert.Equal(
            steps.SkipLast(1).Select(step => (string)step!["id"]!).Prepend(""),
            steps.Select(step => string.Join(' ', step!["needs"]!.AsArray().Select(need => (string)need!))));
        Assert.Equal(Seconds(plan), steps.Where(step => (string?)step!["action"] is "create" or "update" or "wait")
            .Sum(step => (double)step!["expectedSeconds"]!), 0.01);
        Assert.InRange((double)plan["openForSeconds"]!, 20 * 60, 60 * 60);
        Assert.Equal(0, (double)(await link.Run("plan", "--format", "json")).Exits(0).Json["openForSeconds"]!);

        var text = (await link.Run("plan", "--order", "guide")).Exits(0).Output;
        Assert.Contains("In this order traffic can flow in the clear for about 38 min", text);
        Assert.DoesNotContain("in the clear", (await link.Run("plan")).Exits(0).Output);
    }

    [Fact]
    public async Task The_summary_for_people_tells_the_window_with_its_steps()
    {
        using var link = Link.Sydney;
        var text = (await link.Run("apply", "--order", "guide", "--yes")).Exits(0).Output;
        Assert.Matches(@"Clear traffic was possible for \d+ min \d\d s of the run\.\n"
            + @"  from 0:\d\d:\d\d \(azure/er-connection, guide step 12\) "
            + @"to 1:\d\d:\d\d \(megaport/azure-filters, guide step 19\)\n", text);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("apply")]
    public async Task Against_real_clouds_it_is_refused_with_the_reason(string verb)
    {
        using var link = Link.Sydney;
        var run = (await Shell.Run(verb, link.Spec, "--order", "guide")).Exits(2);
        Assert.Contains("--order guide is for the sandbox only", run.Error);
        Assert.Contains("in the clear", run.Error);
        Assert.Equal("", run.Output);
        (await Shell.Run("apply", link.Spec, "--sandbox", "--order", "backwards")).Exits(2);
    }

    [Fact]
    public void Steps_follow_the_guide_and_only_import_lists_and_the_second_table_are_left_out()
    {
        var catalogue = AllResources.Catalogue();
        Assert.Equal(
            ["aws/transport-route-table", "megaport/aws-import", "megaport/aws-import-entries", "megaport/azure-import",
                "megaport/azure-import-entries"],
            catalogue.Resources.Select(resource => resource.Id).Except(GuideOrder.Steps).Order(StringComparer.Ordinal));

        // The public IP stands before the subnet that it marks; the resource group is there already.
        var steps = GuideOrder.Steps.Where(id => id is not ("azure/public-ip" or "azure/resource-group"))
            .Select(id => catalogue[id].GuideSteps).Where(guide => guide.Count > 0).Select(guide => guide[0]).ToList();
        Assert.Equal(steps.Order(), steps);
    }

    [Fact]
    public void Only_filters_and_the_second_table_are_needed_by_what_comes_before_them()
    {
        var catalogue = AllResources.Catalogue();
        var graph = GuideOrder.Graph(catalogue.Resources);
        var missed = graph.Resources.SelectMany(resource => resource.Needs.Select(need => need.Id)
            .Except(graph.Needs(resource.Id))).Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            ["aws/transport-route-table", "megaport/aws-export", "megaport/aws-import", "megaport/azure-export",
                "megaport/azure-import"], missed);
    }

    [Fact]
    public void A_graph_by_locks_is_never_open_and_the_guides_is()
    {
        var catalogue = AllResources.Catalogue();
        Assert.Equal(TimeSpan.Zero, catalogue.OpenFor(resource => resource.Expected));
        Assert.True(GuideOrder.Graph(catalogue.Resources)
            .OpenFor(resource => resource.Expected) > TimeSpan.FromMinutes(30));
    }

    /// <summary>Ids of what costs, or takes an outage to make again.</summary>
    private static IReadOnlyList<string> Expensive(Link link)
    {
        var world = link.World();
        return
        [
            .. world.Aws.TransitGateways.Select(it => it.Id), .. world.Aws.VpnConnections.Select(it => it.Id),
            .. world.Aws.Attachments.Select(it => it.Id), .. world.Aws.DxGateways.Select(it => it.Id),
            .. world.Aws.Vifs.Select(it => it.Id),
            .. world.Megaport.Mcrs.Select(it => it.Id), .. world.Megaport.Vxcs.Select(it => it.Id),
            .. world.Azure.Resources.Where(it => it.Facts["resourceGuid"] is not null)
                .Select(it => $"{it.Id} {it.Facts["resourceGuid"]}"),
        ];
    }

    private static double Seconds(JsonObject plan) => (double)plan["criticalPathSeconds"]!;

    private static int Locks(JsonObject verify, string direction) => (int)verify["locks"]![direction]!;

    private static HashSet<string> Failing(JsonObject verify) =>
        [.. verify["checks"]!.AsArray().Where(check => (string?)check!["status"] is "fail" or "degraded")
            .Select(check => (string)check!["id"]!)];
}

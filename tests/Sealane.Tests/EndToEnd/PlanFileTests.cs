using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// <c>plan --out</c> and <c>apply --plan</c>: what was reviewed is done, or nothing is.
/// </summary>
public sealed class PlanFileTests
{
    [Fact]
    public async Task What_was_reviewed_is_done_without_asking()
    {
        using var link = Link.Sydney;
        var plan = await Keep(link);
        Assert.DoesNotContain("sharedKey", File.ReadAllText(plan), StringComparison.OrdinalIgnoreCase);

        var done = (await link.Run("apply", "--plan", plan, "--format", "jsonl")).Exits(0).Done;

        Assert.Equal("applied", (string?)done["result"]);
        await link.Later(TimeSpan.FromHours(1));
        await link.IsEncrypted();
    }

    [Fact]
    public async Task What_is_as_wanted_stays_reviewed_while_time_passes()
    {
        using var link = await Evidence.Sight.Sydney();
        var plan = await Keep(link);
        await link.Later(TimeSpan.FromHours(3));
        Assert.Equal(0, (int)(await link.Run("apply", "--plan", plan, "--format", "jsonl")).Exits(0).Done["writes"]!);
    }

    [Fact]
    public async Task A_plan_of_yesterday_is_refused()
    {
        using var link = await Evidence.Sight.Sydney();
        var plan = await Keep(link);
        await link.Later(TimeSpan.FromHours(25));
        await IsRefused(link, plan, "good for 24 hours");
    }

    [Fact]
    public async Task Another_spec_is_refused()
    {
        using var link = Link.Sydney;
        var plan = await Keep(link);
        link.Edit("mtu: 1500", "mtu: 8500");
        await IsRefused(link, plan, "the spec:");
    }

    [Fact]
    public async Task A_world_that_has_changed_is_refused()
    {
        using var link = Link.Sydney;
        var plan = await Keep(link);
        await link.Apply();
        await IsRefused(link, plan, "megaport/mcr: not there then");
    }

    [Fact]
    public async Task A_setting_that_somebody_changed_meanwhile_is_refused()
    {
        using var link = await Evidence.Sight.Sydney();
        var plan = await Keep(link);
        await Evidence.Sight.Change(link, world =>
        {
            var port = world.AwsVxc().Interfaces[0];
            port.BgpConnections = [.. port.BgpConnections.Select(session => session with { ExportWhitelist = null })];
        });
        await IsRefused(link, plan, "megaport/aws-filters: keep");
    }

    [Theory]
    [InlineData("sealane", "\"9.9.9\"", "it is of Sealane 9.9.9")]
    [InlineData("formatVersion", "2", "its format is 2")]
    [InlineData("formatVersion", "null", "its format is")]
    [InlineData("clouds", "\"the vendors' own\"", "the clouds:")]
    [InlineData("at", "\"soon\"", "it is of soon")]
    [InlineData("at", "\"2100-01-01T00:00:00Z\"", "good for 24 hours")]
    [InlineData("consent", "[\"--replace megaport/mcr\"]", "what apply must be told:")]
    [InlineData("plan", "{}", "megaport/mcr: not there then")]
    [InlineData("plan", "7", "megaport/mcr: not there then")]
    [InlineData("objects", "[{\"id\":\"aws/vpc\",\"cloudId\":\"vpc-other\"}]", "aws/vpc: vpc-other then")]
    public async Task A_file_that_was_changed_orders_nothing(string member, string json, string reason)
    {
        using var link = Link.Sydney;
        var plan = await Keep(link);
        var changed = JsonNode.Parse(File.ReadAllText(plan))!;
        changed[member] = JsonNode.Parse(json);
        File.WriteAllText(plan, changed.ToJsonString());
        await IsRefused(link, plan, reason);
    }

    [Theory]
    [InlineData("sealane: 1\n")]
    [InlineData("[]")]
    [InlineData("{\"kind\":7}")]
    public async Task What_is_no_plan_is_neither_read_nor_written_over(string text)
    {
        using var link = Link.Sydney;
        var file = Path.Combine(link.Root, "mine.txt");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        Assert.Contains("no plan of Sealane", (await link.Run("apply", "--plan", file)).Exits(2).Error);
        Assert.Contains("no plan of Sealane", (await link.Run("plan", "--out", file)).Exits(2).Error);
        Assert.Equal(text, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_plan_that_apply_would_refuse_is_not_kept()
    {
        using var link = Link.Sydney;
        link.Edit("peeringLocation: Sydney", "peeringLocation: Atlantis");
        var file = Path.Combine(link.Root, "plan.json");
        (await link.Run("plan", "--out", file)).Exits(1);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task For_a_pull_request_it_is_a_page()
    {
        using var link = Link.Sydney;
        var page = (await link.Run("plan", "--format", "markdown")).Exits(0).Output;
        Golden.Check(Repository.PathOf("tests", "cli", "plan-sydney.md"),
            page.Replace(link.Spec, "link.yaml", StringComparison.Ordinal));
    }

    private static async Task<string> Keep(Link link)
    {
        var file = Path.Combine(link.Root, "plan.json");
        (await link.Run("plan", "--out", file)).Exits(0);
        return file;
    }

    private static async Task IsRefused(Link link, string plan, string reason)
    {
        var run = (await link.Run("apply", "--plan", plan, "--yes", "--format", "jsonl")).Exits(1);
        Assert.Contains("nothing was done", run.Error);
        Assert.Contains(reason, run.Error);
        Assert.Equal("", run.Output);
    }
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Tests.EndToEnd;

/// <summary>What programs that call Sealane may rely on, and what a person reads.</summary>
public sealed partial class OutputTests
{
    [Fact]
    public async Task A_plan_as_json_has_its_members()
    {
        using var link = Link.Sydney;
        var plan = (await link.Run("plan", "--format", "json")).Exits(0).Json;
        Has(plan, "name", "steps", "criticalPathSeconds");
        Assert.Equal("sydney", (string?)plan["name"]);
        Assert.True((double)plan["criticalPathSeconds"]! > 600);
        var ids = plan["steps"]!.AsArray().Select(step => (string?)step!["id"]).ToHashSet();
        foreach (var step in plan["steps"]!.AsArray())
        {
            Has(step!.AsObject(), "id", "cloud", "guideStep", "action", "needs", "expectedSeconds");
            Assert.Contains((string?)step["cloud"], new[] { "megaport", "aws", "azure" });
            Assert.Contains((string?)step["action"], new[] { "keep", "wait", "create", "update", "replace", "refuse" });
            Assert.All(step["needs"]!.AsArray(), need => Assert.Contains((string?)need, ids));
            Assert.True((double)step["expectedSeconds"]! >= 0);
        }
    }

    [Fact]
    public async Task Apply_and_destroy_as_json_lines_end_with_done()
    {
        using var link = Link.Sydney;
        var up = (await link.Apply()).Lines;
        Assert.All(up, line => Has(line, "event"));
        var ids = up.Where(line => (string?)line["event"] == "ready").Select(line => (string?)line["id"]).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Has(up[^1], "event", "result", "created", "updated", "waitedFor", "unchanged", "virtualSeconds",
            "criticalPathSeconds",
            "calls", "writes", "clearSeconds");
        Assert.Equal(("done", "applied"), ((string?)up[^1]["event"], (string?)up[^1]["result"]));
        Has(up[^1]["calls"]!.AsObject(), "megaport", "aws", "azure");
        Assert.Equal(ids.Count, new[] { "created", "updated", "waitedFor", "unchanged" }.Sum(
            name => (int)up[^1][name]!));

        var down = (await link.Destroy()).Lines;
        Has(down[^1], "event", "result", "deleted", "stillBilled", "clearSeconds");
        Assert.Equal(("done", "destroyed"), ((string?)down[^1]["event"], (string?)down[^1]["result"]));
    }

    [Fact]
    public async Task Verify_and_status_as_json_have_their_members()
    {
        using var link = Link.Sydney;
        var absent = (await link.Run("status", "--format", "json")).Exits(0).Json["objects"]!.AsArray();
        Assert.Contains(absent, it => (string?)it!["state"] == "absent" && it["cloudId"] is null);
        Assert.Equal("down", (string?)(await link.Verify()).Exits(1).Json["verdict"]);

        await link.Apply();
        var verify = (await link.Verify()).Exits(0).Json;
        Has(verify, "verdict", "locks", "checks");
        Assert.All(new[] { "awsToAzure", "azureToAws" },
            direction => Assert.InRange((int)verify["locks"]![direction]!, 2, 9));
        foreach (var check in verify["checks"]!.AsArray())
        {
            Has(check!.AsObject(), "id", "guideStep", "status", "evidence");
            Assert.Equal("pass", (string?)check["status"]);
            Assert.NotEmpty((string)check["evidence"]!);
        }
        var objects = (await link.Run("status", "--format", "json")).Exits(0).Json["objects"]!.AsArray();
        Assert.Equal(absent.Count, objects.Count);
        foreach (var it in objects)
        {
            Has(it!.AsObject(), "id", "cloud", "guideStep", "state", "cloudId");
            Assert.NotEqual("absent", (string?)it["state"]);
        }
        Assert.Contains(objects, it => (string?)it!["id"] == "aws/vpn-connection"
            && ((string)it["cloudId"]!).StartsWith("vpn-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_person_reads_is_as_agreed()
    {
        using var link = Link.Sydney;
        Golden("plan-sydney.txt", (await link.Run("plan")).Exits(0).Output);
        await link.Apply();
        Golden("verify-sydney.txt", (await link.Run("verify")).Exits(0).Output);
        // Counters go on while verify reads in parallel.
        Golden("status-sydney.txt", Bytes().Replace((await link.Run("status")).Exits(0).Output, "bytes in/out N/N"));
        link.Edit("  generation: 1\n", "  generation: 2\n");
        Golden("plan-rotate-sydney.txt", (await link.Run("plan")).Exits(0).Output);
    }

    [Fact]
    public async Task A_plan_and_its_run_count_the_same_with_the_same_words()
    {
        using var link = Link.Sydney;
        Assert.Contains("31 to create, 7 to update, 3 to wait for, 3 unchanged.", (await link.Run("plan"))
            .Exits(0).Output);
        Assert.Contains("Applied: 31 created, 7 updated, 3 waited for, 3 unchanged in",
            (await link.Run("apply", "--yes")).Exits(0).Output);
        link.Edit("  generation: 1\n", "  generation: 2\n");
        Assert.Contains("4 to update, 4 to replace, 2 to wait for, 34 unchanged.", (await link.Run("plan"))
            .Exits(0).Output);
    }

    [Fact]
    public async Task In_a_plan_a_lock_stands_before_what_it_guards()
    {
        using var link = Link.Sydney;
        var lines = (await link.Run("plan")).Exits(0).Output.Split('\n').ToList();
        int LineOf(string text) => lines.FindIndex(line => line.Contains(text, StringComparison.Ordinal));
        Assert.InRange(LineOf("closed: lock-a, lock-b"), 0, LineOf("azure/er-connection"));
        Assert.InRange(LineOf("closed: lock-d"), 0, LineOf("aws/vpc-routes"));
        Assert.Equal(lines.FindLastIndex(line => line.Contains(" * ", StringComparison.Ordinal)),
            LineOf("aws/vpc-routes"));
    }

    [Fact]
    public async Task Piped_text_is_plain_and_says_how_to_go_on()
    {
        using var link = Link.Sydney;
        var apply = (await link.Run("apply", "--yes")).Exits(0).Output;
        Assert.DoesNotContain('\e', apply);
        Assert.Contains("Applied: 31 created", apply);
        Assert.Contains($"Next: sealane verify {link.Spec} --sandbox={link.Sandbox}", apply);
        var destroy = (await link.Run("destroy", "--yes")).Exits(0).Output;
        Assert.Contains("Destroyed: 31 deleted", destroy);
        Assert.Contains("Kept: azure/resource-group, azure/vnet, aws/vpc.", destroy);
        Assert.EndsWith("Still billed: nothing.\n", destroy);
    }

    [Fact]
    public async Task A_trace_is_a_tree_or_json()
    {
        using var link = await Link.Built("sydney");
        var text = (await link.Run("trace", "10.1.0.10", "10.2.1.4")).Exits(0).Output;
        Assert.Contains("encrypted", text, StringComparison.OrdinalIgnoreCase);
        Has((await link.Run("trace", "10.2.1.4", "10.1.0.10", "--format", "json")).Exits(0).Json, "verdict");
        (await link.Run("trace", "10.1.0.10", "10.2.1.4", "--without", "tunnel-1")).Exits(0);
        Assert.Contains("nothing that can fail",
            (await link.Run("trace", "10.1.0.10", "10.2.1.4", "--without", "tunnel-9")).Exits(2).Error);
        Assert.Contains("not an IPv4 address", (await link.Run("trace", "10.1.0.10", "vnet-app")).Exits(2).Error);
    }

    [GeneratedRegex(@"bytes in/out \d+/\d+")]
    private static partial Regex Bytes();

    private static void Golden(string name, string actual) =>
        Tests.Golden.Check(Repository.PathOf("tests", "cli", name), actual);

    private static void Has(JsonObject json, params string[] members) =>
        Assert.All(members, member => Assert.True(json.ContainsKey(member), $"no '{member}' in {json.ToJsonString()}"));
}

using System.Text.RegularExpressions;
using Sealane.Sandbox.Replay;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Contracts;

/// <summary>What somebody with real accounts attaches to a bug report: all that helps, and nothing that tells who they
/// are.</summary>
public sealed partial class RecordReportTests
{
    private static readonly string Log = Repository.PathOf("tests", "recordings", "somebody.log");
    private static readonly string Spec = Repository.PathOf("tests", "recordings", "somebody.yaml");

    [Fact]
    public async Task A_report_shows_operations_unknown_members_and_differences_in_disguise()
    {
        var report = (await Shell.Run("sandbox", "record-report", Log, "--spec", Spec)).Exits(0).Output;
        Golden.Check(Repository.PathOf("tests", "recordings", "somebody.md"), report);
        foreach (var told in new[]
        {
            "contoso", "jane", "doe", "987654321098", "a1b2c3d4", "feedface", "7c3a91de", "5f7d1c2e", "AIDAQ",
            "correct-horse", "9999", "4210000042", "203.0.113", "172.27", "finance", "boss", "4711", "482913",
            "77120034", "australiaeast", "bc21005d", "e9dfc497", "2026-10-30", "1767225600000", "0123456789abcdef",
        })
        {
            Assert.DoesNotContain(told, report, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The whole life of a link, with strangers' members planted into every answer.</summary>
    [Fact]
    public async Task Nothing_of_a_whole_life_leaks()
    {
        using var link = Link.Sydney;
        var logs = new List<string>();
        foreach (var verb in new[] { "apply", "verify", "destroy" })
        {
            logs.Add(Path.Combine(link.Root, $"{verb}.log"));
            string[] yes = verb == "verify" ? [] : ["--yes"];
            (await link.Run(verb, ["--wire-log", logs[^1], .. yes])).Exits(0);
            await File.WriteAllTextAsync(logs[^1], Planted(await File.ReadAllTextAsync(logs[^1])));
        }
        var report = (await Shell.Run(["sandbox", "record-report", .. logs, "--spec", link.Spec])).Exits(0).Output;

        var all = string.Concat(logs.Select(File.ReadAllText));
        var ids = Ids().Matches(all).Select(match => match.Value).Distinct(StringComparer.OrdinalIgnoreCase)
            // Nobody's address, and the sandbox's own client, which looks like a stand-in.
            .Where(id => id is not "0.0.0.0" && !id.StartsWith("00000000-0000-4000", StringComparison.Ordinal))
            .ToList();
        Assert.True(ids.Count > 200, $"only {ids.Count} ids to look for");
        Assert.Equal([], ids.Where(id => report.Contains(id, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain("sydney", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("vnet-app", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sk_live", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Doe", report, StringComparison.OrdinalIgnoreCase);
        // And it is still of use: what was planted is told, under its name.
        Assert.Contains("`plantedKey`", report, StringComparison.Ordinal);
        Counts.Say(
            $"{ids.Count} ids, addresses and numbers of a whole life, none in {report.Length} characters of report");
    }

    [Fact]
    public void The_same_value_has_the_same_stand_in_in_a_path_a_form_a_member_and_a_sentence()
    {
        var standIns = new StandIns();
        var disguise = new Disguise(standIns);
        string Told(string line, string body, int status, string reply) => disguise.Of(Recording.Parse(
            "test", $"# 1 azure x      status: recorded\n{line} HTTP/1.1\n\n{body}\n\nHTTP/1.1 {status} X\n\n{reply}\n")
            .Single()) is var shown ? $"{shown.Target} {shown.Body} {shown.ReplyBody}" : "";
        const string path = "/subscriptions/a1b2c3d4-0000-4abc-8def-123456789abc/resourceGroups/Alpha/providers/"
            + "Microsoft.Network/virtualNetworks/beta";

        _ = Told($"PUT {path}", "{}", 200, "{}");
        var shown = Told(
            $"GET {path}", $"name=beta&id={path}", 404,
            $$"""{"name":"BETA","message":"The vnet beta of 'Alpha' is not in 10.9.8.7","ip":"10.9.8.7/24"}""");

        const string stands = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/name-1/providers/"
            + "Microsoft.Network/virtualNetworks/name-2";
        Assert.Equal($"{stands} name=name-2&id={Uri.EscapeDataString(stands)} "
            + """{"name":"name-2","message":"The vnet name-2 of 'name-1' is not in 198.18.0.1","ip":"198.18.0.1/24"}""",
            shown);
    }

    [Fact]
    public async Task A_report_can_go_into_a_file_and_a_place_that_cannot_be_written_is_wrong_usage()
    {
        using var link = Link.Sydney;
        var file = Path.Combine(link.Root, "report.md");
        (await Shell.Run("sandbox", "record-report", Log, "--spec", Spec, "--out", file)).Exits(0);
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("tests", "recordings", "somebody.md")),
            await File.ReadAllTextAsync(file));
        (await Shell.Run("sandbox", "record-report", Log, "--spec", Spec, "--out", link.Root)).Exits(2);
    }

    /// <summary>As a newer version of each API might answer, or an older account.</summary>
    private static string Planted(string log) => log
        .Replace("{\"message\":", "{\"plantedKey\":\"sk_live_51H\",\"plantedOwner\":{\"Jane Doe\":[\"hunter2\"]},"
            + "\"message\":", StringComparison.Ordinal)
        .Replace("\"properties\":{", "\"properties\":{\"plantedKey\":\"sk_live_51H\",\"plantedState\":\"hunter2\","
            + "\"plantedNote\":\"ask Jane Doe\",", StringComparison.Ordinal)
        .Replace("</requestId>", "</requestId><plantedKey>sk_live_51H</plantedKey><plantedNote>Jane Doe, 10.77.66.55"
            + "</plantedNote>", StringComparison.Ordinal);

    [GeneratedRegex(
        @"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[a-z]+(?:-[a-z]+)*-[0-9a-f]{17}\b|dx(?:con|vif)-[a-z0-9]{8}"
        + @"|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b|\b[0-9]{12}\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Ids();
}

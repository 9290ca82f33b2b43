using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// The main lives, once in the plainest of worlds and once in a world whose clouds write in other forms that were seen
/// of them: what is planned, what is done and what is proved is the same.
/// </summary>
public sealed partial class UglyWorldTests
{
    private static readonly ConcurrentDictionary<string, Task<IReadOnlyList<string>>> Plain = new();

    public static TheoryData<string, string> Worlds
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "sydney", "all" }, { "sydney", "monday" }, { "tokyo", "all" }, { "two-paths", "all" },
            };
            // The others with ./ci --long.
            if (Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 })
            {
                data.Add("minimal", "all");
                data.Add("two-paths", "friday");
                data.Add("two-routers", "all");
                data.Add("two-locations", "all");
                data.Add("enterprise", "all");
            }
            return data;
        }
    }

    /// <summary><c>all</c> is every other form at once; other texts choose some of them.</summary>
    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task A_life_is_the_same_in_a_plain_world_and_in_an_ugly_one(string example, string forms)
    {
        var plain = await Plain.GetOrAdd(example, name => Life(name, null));
        var ugly = await Life(example, forms);
        Counts.Say($"{example}, forms={forms}: {ugly.Count} lines alike");
        Assert.Equal(plain, ugly);
    }

    private static readonly string[] Counted =
        ["result", "created", "replaced", "updated", "deleted", "stillBilled", "refused"];

    /// <summary>Everything that a person reads of a plan and a verdict, without what a clock says.</summary>
    private static async Task<IReadOnlyList<string>> Life(string example, string? forms)
    {
        using var link = Link.Example(example);
        string[] chaos = forms is null ? [] : ["--chaos", $"forms={forms}"];
        var told = new List<string>();
        void Tell(string of, Shell shell) => told.AddRange(shell.Exits(shell.ExitCode).Output.Split('\n')
            .Select(line => $"{of} {shell.ExitCode}: {line}"));
        void Count(string of, JsonObject done) => told.Add($"{of}: "
            + string.Join(", ", Counted.Select(what => $"{what} {done[what]?.ToJsonString()}")));
        async Task Prove(string of)
        {
            var verify = (await link.Verify()).Exits(0).Json;
            told.Add($"{of}: {verify["verdict"]} {verify["flows"]!.ToJsonString()} {verify["locks"]!.ToJsonString()}");
            told.AddRange(verify["checks"]!.AsArray()
                .Select(check => $"{of}: {check!["id"]} {check["result"] ?? check["outcome"] ?? check["state"]}"));
        }

        Tell("plan", await link.Run("plan", chaos));
        Count("apply", (await link.Apply()).Done);
        await Prove("verify");
        Tell("plan again", await link.Run("plan", "--exit-code"));
        link.Write(Megaport().Replace(await File.ReadAllTextAsync(link.Spec), "$0  costCentre: net-ops\n"));
        Tell("plan of a change", await link.Run("plan", "--exit-code"));
        Count("change", (await link.Apply()).Done);
        await Prove("verify again");
        Tell("plan at last", await link.Run("plan", "--exit-code"));
        Count("destroy", (await link.Destroy()).Done);
        told.AddRange(Inventory.Of(link.World()).Select(left => $"left: {left}"));
        return told;
    }

    [GeneratedRegex(@"(?m)^megaport:.*\n")]
    private static partial Regex Megaport();
}

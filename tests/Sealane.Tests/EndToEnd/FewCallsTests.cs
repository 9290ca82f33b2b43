using System.Text.Json.Nodes;
using Sealane.Sandbox.Replay;

namespace Sealane.Tests.EndToEnd;

/// <summary>Calls are somebody's rate limit, and a refused order is somebody's alarm: what is known is not asked
/// again, and what will be refused is not asked for.</summary>
public sealed class FewCallsTests
{
    /// <summary>Terraform needs 25 for the AWS half alone. Two are for what an earlier spec may have left: a circuit
    /// and a public IP; two for what others wrote into the link's own route tables.</summary>
    private const int SydneyMax = 57;

    /// <summary>A second path has a VXC of its own, with its own entries.</summary>
    private const int TwoPathsMax = SydneyMax + 2;

    [Theory]
    [InlineData("sydney", SydneyMax)]
    [InlineData("minimal", SydneyMax)]
    [InlineData("tokyo", SydneyMax)]
    [InlineData("two-paths", TwoPathsMax)]
    public async Task An_apply_with_nothing_to_do_asks_for_each_thing_once(string example, int most)
    {
        using var link = await Link.Built(example);
        var log = Path.Combine(link.Root, "again.log");
        var again = (await link.Run("apply", "--yes", "--format", "jsonl", "--wire-log", log)).Exits(0).Done;
        var calls = Recording.Load([log]);
        var asked = calls.Select(call => $"{call.Header("Host")} {call.Method} {call.Target} {call.Operation} "
            + call.Body).ToList();
        Counts.Say(
            $"{example}: {asked.Count} calls, {asked.Distinct().Count()} different ones");
        Assert.Equal([], asked.GroupBy(call => call).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.InRange(asked.Count, 1, most);
        Assert.Equal((asked.Count, 0, 0), (Sum(again), (int)again["writes"]!, (int)again["refused"]!));
    }

    /// <summary>Every seed has other durations: of noticing that a peering is gone, of letting go of a list.</summary>
    [Theory]
    [InlineData("sydney", "1")]
    [InlineData("sydney", "2")]
    [InlineData("sydney", "77")]
    [InlineData("minimal", "3")]
    [InlineData("tokyo", "4")]
    [InlineData("two-paths", "5")]
    public async Task Nothing_is_refused_in_a_life_without_misfortune(string example, string seed)
    {
        using var link = Link.Example(example);
        var (up, upWrites) = await Run(link, "apply", ["--seed", seed]);
        var (down, downWrites) = await Run(link, "destroy", []);
        Counts.Say(
            $"{example}, seed {seed}: {up["writes"]} writes up, {down["writes"]} down, none refused");
        Assert.Equal((0, 0), ((int)up["refused"]!, (int)down["refused"]!));
        Assert.Equal((upWrites, downWrites), ((int)up["writes"]!, (int)down["writes"]!));
        Assert.InRange(downWrites, (int)down["deleted"]!, (int)down["deleted"]! + 6);
    }

    /// <summary>The run, and how many writing calls its log shows; none of them may be refused.</summary>
    private static async Task<(JsonObject Done, int Writes)> Run(
        Link link, string verb, string[] options)
    {
        var log = Path.Combine(link.Root, $"{verb}.log");
        var done = (await link.Run(verb, ["--yes", "--format", "jsonl", "--wire-log", log, .. options])).Exits(0).Done;
        var writes = Recording.Load([log]).Where(Writes).ToList();
        Assert.Equal([], writes.Where(call => call.ReplyStatus is >= 400 and < 500)
            .Select(call => $"{call.Operation} {call.ReplyStatus} {call.ReplyBody}"));
        return (done, writes.Count);
    }

    /// <summary>Told from the outside, by what goes over the wire: by method, and at AWS, which knows only POST, by
    /// the operation's verb.</summary>
    private static bool Writes(Exchange call) => !call.IsLogin
        && !call.Body.Contains("&DryRun=true", StringComparison.Ordinal) && (call.Method is "PUT" or "PATCH" or "DELETE"
        || (call.Method == "POST" && !Reading.Any(word => call.Operation.Contains(word, StringComparison.Ordinal))));

    private static readonly string[] Reading =
        [":Describe", ":Get", ":Search", ":Simulate", "networkdesign/validate", "pricebook", "routeTables", "/get",
            "checkPolicyRestrictions"];

    private static int Sum(JsonObject done) =>
        done["calls"]!.AsObject().Sum(cloud => (int)cloud.Value!);
}

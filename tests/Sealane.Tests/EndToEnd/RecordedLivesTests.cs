using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Replay;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// What a user records is of use: whole lives of every example, recorded by the commands, are like the sandbox when
/// they are compared with it, and played again they lead Sealane the same way.
/// </summary>
public sealed partial class RecordedLivesTests
{
    private static readonly string[] InEveryRun = ["sydney", "tokyo", "two-locations", "two-paths"];

    /// <summary>Every example, and the mode that no example has, with <c>./ci --long</c>; in every run some of
    /// them.</summary>
    public static TheoryData<string, string> Lives
    {
        get
        {
            var data = new TheoryData<string, string>();
            if (Environment.GetEnvironmentVariable("SEALANE_LONG") is not { Length: > 0 })
            {
                foreach (var example in InEveryRun)
                {
                    data.Add(example, "");
                }
                return data;
            }
            foreach (var file in Directory.GetFiles(Repository.PathOf("examples"), "*.yaml")
                .Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetFileNameWithoutExtension(file), "");
            }
            data.Add("two-paths", "active-active");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task A_recorded_life_is_like_the_sandbox_and_plays_again(string example, string mode)
    {
        using var link = Link.Example(example);
        if (mode.Length > 0)
        {
            link.Edit("megaport:\n", $"  vpnGateway:\n    mode: {mode}\nmegaport:\n");
        }
        var original = Path.Combine(link.Root, "original.yaml");
        File.Copy(link.Spec, original);
        List<Phase> phases = [await Record(link, "apply", "1-apply"), await Record(link, "verify", "2-verify")];
        link.Write(Megaport().Replace(await File.ReadAllTextAsync(link.Spec), "$0  costCentre: net-ops\n"));
        phases.Add(await Record(link, "apply", "3-change"));
        phases.Add(await Record(link, "destroy", "4-destroy"));

        var same = await Shell.Run(
            ["sandbox", "compare", .. phases.Select(phase => phase.Log), "--spec", original]);
        Assert.EndsWith(" 0 differences\n", same.Exits(0).Output, StringComparison.Ordinal);

        foreach (var phase in phases)
        {
            var unknown = new List<string>();
            Assert.Equal($"{phase.Name}: {phase.Outcome}", $"{phase.Name}: {await Replay(phase, unknown)}");
            Assert.Equal([], unknown);
        }
        Counts.Say($"{example} {mode}: {phases.Sum(phase => phase.Calls)} exchanges "
            + "recorded, compared and played again");
    }

    /// <param name="World">As it was when the command began; null where there was none.</param>
    private sealed record Phase(
        string Name, string Verb, string Spec, byte[]? World, string Log, string Outcome, int Calls);

    private static async Task<Phase> Record(Link link, string verb, string name)
    {
        var world = Path.Combine(link.WorldDirectory, "world.json");
        var before = File.Exists(world) ? await File.ReadAllBytesAsync(world) : null;
        var log = Path.Combine(link.Root, $"{name}.log");
        string[] options = verb == "verify" ? ["--format", "json"] : ["--yes", "--format", "jsonl"];
        var shell = (await link.Run(verb, ["--wire-log", log, .. options])).Exits(0);
        var outcome = verb == "verify" ? (string)shell.Json["verdict"]!
            : Counted((int?)shell.Done["created"], (int?)shell.Done["updated"], (int)shell.Done["deleted"]!);
        return new(name, verb, await File.ReadAllTextAsync(link.Spec), before, log, outcome,
            Recording.Load([log]).Count);
    }

    private static async Task<string> Replay(Phase phase, List<string> unknown)
    {
        using var link = new Link(phase.Spec);
        Directory.CreateDirectory(link.WorldDirectory);
        if (phase.World is { } bytes)
        {
            await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), bytes);
        }
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        var recording = Recording.Load([phase.Log]);
        ReplayFace Face(string cloud) => new(cloud, recording, unknown.Add);
        // Logging in is not in a recording; everything else is, and comes from nowhere else.
        var clouds = new InProcessClouds(world, Rehearsal.Faces(world, () => world.Now) with
        {
            Aws = Face("aws"),
            Arm = Face("azure"),
            Megaport = Face("megaport"),
        });
        if (phase.Verb == "verify")
        {
            return (await Sight.Of(link, _ => clouds)).Word;
        }
        using var rig = new Rig(link, world, clock, clouds, run: $"sealane {phase.Verb} in a rehearsal");
        var report = (phase.Verb == "apply" ? await rig.Apply() : await rig.Destroy())!;
        Assert.True(report.Result == RunResult.Done,
            $"{phase.Name}: {string.Join("; ", report.Failures.Select(failure => failure.Reason))}");
        return Counted(phase.Verb == "apply" ? report.Created : null, phase.Verb == "apply" ? report.Updated : null,
            report.Deleted);
    }

    private static string Counted(int? created, int? updated, int deleted) =>
        $"{created} created, {updated} updated, {deleted} deleted";

    [GeneratedRegex(@"(?m)^megaport:.*\n")]
    private static partial Regex Megaport();
}

using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Cli.Drills;
using Sealane.Clouds.Drills;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.Docs;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>Redundancy proved: each element of a living link failed by the vendor's means and given back.</summary>
public sealed class DrillTests
{
    private const string Vif = "aws/transit-vif";
    private const string Session = "megaport/azure-vxc";

    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";
    private static readonly Lazy<Task<byte[]>> Locations = new(() => Built("two-locations"));
    private static readonly Lazy<Task<byte[]>> Paths = new(() => Built("two-paths"));

    /// <summary>All fourteen of two locations: SEALANE_LONG=1.</summary>
    [Fact]
    public async Task An_element_is_failed_and_given_back_while_the_rest_carries()
    {
        using var link = Long ? await Standing("two-locations", Locations) : await Standing("two-paths", Paths);
        var bundles = Path.Combine(link.Root, "evidence");
        var run = (await link.Run("drill", ["--yes", "--hold", "30s", "--format", "json", "--evidence", bundles,
            .. Long ? (string[])[] : ["--element", Session]])).Exits(0);
        Assert.Equal((1, "held"), ((int)run.Json["formatVersion"]!, (string)run.Json["result"]!));
        var rows = Rows(run);
        Assert.Equal(Long ? 14 : 1, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.Equal("held", (string?)row["result"]);
            Assert.Equal((int)row["looks"]!, (int)row["looksCarried"]!);
            Assert.Equal(0, (double)row["lossSeconds"]!);
            Assert.True((double)row["wholeAfterSeconds"]! > 0);
        });
        await IsAsBefore(link);
        Assert.Contains("\"encrypted\"", (await Shell.Run("verify", "--from",
            Path.Combine(bundles, "megaport-azure-vxc"), "--format", "json")).Exits(0).Output);
        Assert.All(link.World().Aws.VifTests, test => Assert.Equal("STOPPED", test.State));
        Counts.Say($"{rows.Count} elements failed and given back, every look carried without them");
    }

    /// <summary>With nothing more than drills are said to need.</summary>
    [Fact]
    public async Task With_one_of_each_it_is_an_outage_which_is_told_and_not_done_without_agreeing()
    {
        using var link = await Sight.Sydney();
        link.Tamper(LeastPrivilegeTests.Driller);
        var refused = (await link.Run("drill", "--yes")).Exits(1);
        Assert.Contains("OUTAGE: nothing else carries", refused.Output);
        Assert.Contains("that would be an outage of 4 min 00 s and more, and nothing was failed", refused.Error);
        Assert.Empty(link.World().Aws.VifTests);
        // Of a drill that was killed; this one takes longer than any list is late.
        link.Tamper(world => LeftClaim.Of(world, "rehearsal"));
        var rows = Rows((await link.Run("drill", "--yes", "--accept-outage", "--hold", "30s", "--format", "json",
            "--element", "aws/vpn-tunnel-1", "--element", Session, "--element", "azure/vpn-gateway-instance"))
            .Exits(0));
        Assert.Equal(["held", "outage", "outage"], rows.Select(row => (string?)row["result"]));
        Assert.Equal([false, true, true], rows.Select(row => (double)row["lossSeconds"]! > 0));
        Assert.False(LeftClaim.Stands(link));
        await IsAsBefore(link);
    }

    /// <summary>What lies on the disk at that moment is what is left of a killed process.</summary>
    [Theory]
    [InlineData(Vif, "failing it", true)]
    [InlineData(Vif, "testing", true)]
    [InlineData(Session, "established", true)]
    [InlineData(Session, "shut down", false)]
    public async Task A_run_that_is_killed_is_made_good_by_the_next_one(string element, string moment, bool restore)
    {
        using var link = await Sight.Sydney();
        Dictionary<string, byte[]>? left = null;
        await Drill(link, element, (_, what) =>
        {
            if (left is null && what.StartsWith(moment, StringComparison.Ordinal))
            {
                left = Directory.GetFiles(link.WorldDirectory)
                    .Where(file => !file.EndsWith(".lease", StringComparison.Ordinal))
                    .ToDictionary(file => file, File.ReadAllBytes);
            }
        }, outage: true);
        foreach (var (file, bytes) in left!)
        {
            await File.WriteAllBytesAsync(file, bytes);
        }
        var next = (await link.Run("drill", restore ? ["--restore"]
            : ["--yes", "--hold", "30s", "--element", "aws/vpn-tunnel-2"])).Exits(0);
        Assert.Contains($"while {element} was down", next.Output);
        Assert.Contains($"{element} is up again.", next.Output);
        await IsAsBefore(link);
        Assert.Contains("Nothing to give back", (await link.Run("drill", "--restore")).Exits(0).Output);
    }

    [Fact]
    public async Task Without_a_record_what_the_clouds_show_held_down_is_given_back()
    {
        using var link = await Sight.Sydney();
        await link.Later(TimeSpan.FromMinutes(10), world => SingleFailures.Of(link.Design)
            .First(one => one.Text == $"BGP session {link.Design.AzureVxcs[0].Name}/bgp").Do(new(world, link.Design)));
        Assert.Contains($"{Session} is up again.", (await link.Run("drill", "--restore")).Exits(0).Output);
        await IsAsBefore(link);
    }

    /// <summary>The other way fails while one is failed: the proof of before no longer holds.</summary>
    [Fact]
    public async Task When_the_last_path_goes_the_element_is_given_back_at_once_and_no_other_follows()
    {
        using var link = await Standing("two-paths", Paths);
        var (told, restored) = (new List<string>(), false);
        var row = await Drill(link, Session, (session, what) =>
        {
            told.Add(what);
            restored |= what == "given back";
            if (what.StartsWith("shut down", StringComparison.Ordinal) || restored)
            {
                Hand(session, world => new LinkInWorld(world, link.Design).Vxc(link.Design.AzureVxcs[1]).Shutdown
                    = !restored);
            }
        }, TimeSpan.FromHours(1));
        Assert.Equal(DrillResult.Lost, row.Result);
        Assert.Contains("nothing else carried, against the proof", row.Why);
        // By a look, not at the end of the hour.
        Assert.True(row.RestoredAt - row.FailedAt < TimeSpan.FromMinutes(10), string.Join('\n', told));
        Assert.True(row.Loss > TimeSpan.Zero);
        await IsAsBefore(link);
    }

    /// <summary>The other path is in maintenance, or will be before this is over: also an agreed outage is no
    /// leave.</summary>
    [Fact]
    public async Task Beside_work_of_a_cloud_on_the_other_path_nothing_is_failed()
    {
        using var link = await Standing("two-paths", Paths);
        link.Tamper(world => AnnouncedWork.Announce(world, new("CSS-1", world.Now.AddHours(1.5), world.Now.AddHours(6),
            "some", "better", false, [Vxc(world, link, 1).Id[..8]])));
        string[] this1 = ["--yes", "--hold", "30s", "--element", Session];
        var refused = (await link.Run("drill", [.. this1, "--accept-outage"])).Exits(1);
        Assert.Contains("NOT NOW: Megaport maintenance CSS-1 (Scheduled, ", refused.Output);
        Assert.Contains($"nothing else is sure to carry while {Session} is down", refused.Error);
        await IsAsBefore(link);
        // What is worked on itself may be failed: the other path is whole.
        link.Tamper(world => AnnouncedWork.Announce(world, world.Megaport.Maintenance.Single() with
        {
            Services = [Vxc(world, link, 0).Id[..8]],
        }));
        (await link.Run("drill", this1)).Exits(0);
        link.Tamper(world => world.Aws.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy-drill.json"))
            .Replace("\"ec2:GetVpnTunnelReplacementStatus\",", "", StringComparison.Ordinal));
        Assert.Contains("whether a cloud is at work on the rest is not known: AWS: ec2:GetVpnTunnelReplacementStatus",
            (await link.Run("drill", this1)).Exits(3).Error);
        await IsAsBefore(link);
    }

    [Fact]
    public async Task Stopped_it_gives_back_first()
    {
        using var link = await Standing("two-paths", Paths);
        using var stop = new CancellationTokenSource();
        var row = await Drill(link, Session, (_, what) =>
        {
            if (what.StartsWith("shut down", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        }, stop: stop.Token);
        Assert.Equal((DrillResult.Interrupted, true), (row.Result, row.RestoredAt is not null));
        Assert.Contains($"{Session} is up again.", (await link.Run("drill", "--restore")).Exits(0).Output);
        await IsAsBefore(link);
    }

    [Theory]
    [InlineData(Vif, "StartBgpFailoverTest")]
    [InlineData(Vif, "StopBgpFailoverTest")]
    [InlineData(Session, "PUT product/vxc")]
    public async Task What_the_cloud_does_not_take_is_told_and_nothing_is_down(string element, string call)
    {
        using var link = await Sight.Sydney();
        link.Tamper(world =>
        {
            LeastPrivilegeTests.Driller(world);
            world.Aws.Policy = world.Aws.Policy!.Replace($"\"directconnect:{call}\",", "", StringComparison.Ordinal);
            world.Megaport.Variants.KeyOnlyReads = true;
        });
        var run = (await link.Run("drill", "--yes", "--accept-outage", "--element", element)).Exits(3);
        Assert.Contains(call, run.Error);
        Assert.Empty(link.World().Aws.VifTests);
        Assert.Contains("everything was given back", run.Error);
        await IsAsBefore(link);
    }

    [Fact]
    public async Task Where_it_cannot_be_written_down_nothing_is_failed()
    {
        using var link = await Sight.Sydney();
        Directory.CreateDirectory(Path.Combine(link.WorldDirectory, "sydney.drill.json"));
        Assert.Contains("nothing more was failed", (await link.Run("drill", "--yes", "--accept-outage", "--element",
            Vif)).Exits(2).Error);
        Assert.Empty(link.World().Aws.VifTests);
    }

    [Fact]
    public async Task A_dry_run_shows_elements_means_prediction_and_effect_and_changes_nothing()
    {
        using var link = await Sight.Sydney();
        Golden.Check(Repository.PathOf("tests", "cli", "drill-sydney.txt"),
            (await link.Run("drill", "--dry-run")).Exits(0).Output);
        await link.IsUnchanged();
        Assert.Contains("this link has no such element", (await link.Run("drill", "--element", "x")).Exits(2).Error);
        Assert.Contains("a rehearsal has no packets", (await link.Run("drill", "--probe", "true")).Exits(2).Error);
        Assert.Contains("at most 2h", (await link.Run("drill", "--hold", "3h")).Exits(2).Error);
    }

    [Fact]
    public async Task A_link_that_is_not_as_the_spec_says_is_applied_first()
    {
        using var link = await Sight.Sydney(world => world.Aws.Vifs.Single().Mtu = 8500);
        Assert.Contains("the link is not as the spec says: aws/transit-vif",
            (await link.Run("drill", "--yes", "--element", "aws/vpn-tunnel-1")).Exits(1).Error);
    }

    private static async Task<byte[]> Built(string example)
    {
        using var link = await Link.Built(example);
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    }

    private static async Task<Link> Standing(string example, Lazy<Task<byte[]>> world)
    {
        var link = Link.Example(example);
        Directory.CreateDirectory(link.WorldDirectory);
        await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), await world.Value);
        return link;
    }

    /// <summary>One element, as the command does it, with somebody who listens.</summary>
    private static async Task<DrillRow> Drill(Link link, string id, Action<LinkSession, string> told,
        TimeSpan? hold = null, bool outage = false, CancellationToken stop = default)
    {
        using var session = LinkSession.Open(
            new() { File = link.Spec, SandboxDirectory = link.Sandbox, Verb = "drill" }, writer: true);
        var known = await session.Survey(stop);
        var element = AllDrills.Of(session.Design, known, session.Reach.Aws, session.Reach.Azure,
            session.Reach.Megaport, session.Reach.Keys).Single(one => one.Id == id);
        DrillRow? row = null;
        await Shell.Run(async () =>
        {
            row = await new DrillRun(session, new(hold ?? TimeSpan.FromSeconds(30), outage, null, null),
                new DrillFile(session), what => told(session, what)).One(element, stop);
            return 0;
        });
        return row!;
    }

    private static Vxc Vxc(SandboxWorld world, Link link, int index) =>
        new LinkInWorld(world, link.Design).Vxc(link.Design.AzureVxcs[index]);

    private static void Hand(LinkSession session, Action<SandboxWorld> hand)
    {
        var world = session.Reach.InProcess!.World;
        lock (world.Gate)
        {
            hand(world);
            world.Touch();
        }
    }

    private static async Task IsAsBefore(Link link)
    {
        await link.IsUnchanged();
        (await link.VerifyStrictly()).Exits(0);
        Assert.Empty(Directory.GetFiles(link.WorldDirectory, "*.drill.json*"));
        Assert.Equal(TimeSpan.Zero, link.World().Clear.Total(link.World().Now));
    }

    private static List<JsonObject> Rows(Shell run) =>
        [.. run.Json["elements"]!.AsArray().Select(row => row!.AsObject())];
}

using System.Text.Json.Nodes;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>What <c>verify</c> tells the shell and a person, beside the verdict itself.</summary>
public sealed class VerifyTests
{
    private const string Appliance = "10.9.9.9";

    [Theory]
    [InlineData("encrypted", 0, 0)]
    [InlineData("degraded", 0, 1)]
    [InlineData("open lock", 0, 1)]
    [InlineData("unproven", 1, 1)]
    [InlineData("down", 1, 1)]
    [InlineData("clear", 1, 1)]
    public async Task The_exit_code_is_the_verdicts(string world, int plain, int strict)
    {
        using var link = await Sight.Sydney();
        await Sight.Change(link, it =>
        {
            switch (world)
            {
                case "degraded":
                    it.Aws.VpnConnections[0].Tunnels[0].Replacing = true;
                    break;
                case "open lock":
                    var port = it.AwsVxc().Interfaces[0];
                    port.BgpConnections =
                        [.. port.BgpConnections.Select(session => session with { ImportWhitelist = null })];
                    break;
                case "unproven":
                    it.RouteTable("workload", "10.1.0.0/16", "VirtualAppliance", Appliance);
                    break;
                case "down":
                    it.RouteTable("workload", "10.1.0.0/16", "None");
                    break;
                case "clear":
                    it.SecondWay();
                    break;
            }
        });
        var word = world is "degraded" or "open lock" ? "encrypted" : world;
        Assert.Equal(word, (string?)(await link.Verify()).Exits(plain).Json["verdict"]);
        var report = (await link.VerifyStrictly()).Exits(strict).Json;
        if (word == "encrypted")
        {
            // No failed or unknown check about leaks stands beside the word.
            Assert.DoesNotContain(report["checks"]!.AsArray(), check => (string?)check!["status"] is "unknown"
                || ((string?)check["status"] == "fail" && (string?)check["id"] != "SL930"));
            Assert.Equal(world != "encrypted", (bool)report["degraded"]!);
        }
        var last = (await link.Run("verify")).Exits(plain).Output.TrimEnd('\n').Split('\n')[^1];
        Assert.StartsWith($"sydney: {word}", last);
        Assert.Contains($"The link as a whole: {word}", (await link.Run("trace", "10.1.0.10", "10.2.1.4")).Output);
        Assert.Equal(word, (string?)(await link.Run("trace", "10.1.0.10", "10.2.1.4", "--format",
            "json")).Json["link"]);
    }

    [Fact]
    public async Task Where_the_networks_themselves_cannot_be_read_nothing_is_judged()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire, sent =>
            sent.Contains("/virtualNetworks/", StringComparison.Ordinal)));
        Assert.True(sight.Judgement.NothingJudged);
        Assert.False((await Sight.Of(link)).Judgement.NothingJudged);
    }

    [Fact]
    public async Task A_hole_is_accepted_by_its_id_until_a_day_and_while_it_leads_where_it_led()
    {
        using var link = await Sight.Sydney(world =>
            world.RouteTable("workload", "10.1.0.0/16", "VirtualAppliance", Appliance));
        var hole = (string?)Assert.Single((await link.Verify()).Exits(1).Json["holes"]!.AsArray())!["id"];
        var spec = await File.ReadAllTextAsync(link.Spec, TestContext.Current.CancellationToken);

        Accept("2030-01-01");
        var accepted = (await link.Verify()).Exits(0).Json;
        Assert.Equal(("unproven", $"unproven (accepted: {hole})"),
            ((string?)accepted["verdict"], (string?)accepted["text"]));
        Assert.Contains($"accepted until 2030-01-01: {hole}: the firewall team vouches for it",
            (await link.Run("verify")).Exits(0).Output);
        (await link.VerifyStrictly()).Exits(0);

        // The rehearsal begins on the first day of 2026.
        Accept("2025-12-31");
        Assert.Contains($"accepted no more: {hole}: the acceptance ended on 2026-01-01",
            (await link.Run("verify")).Exits(1).Output);

        Accept("2030-01-01");
        await Sight.Change(link, world => world.Azure("routeTables/routes", "one").Body["properties"]!
            ["nextHopIpAddress"] = "10.9.9.10");
        Assert.Contains($"accepted no more: {hole}: no hole that counts has this id",
            (await link.Run("verify")).Exits(1).Output);

        void Accept(string until) => link.Write(spec
            + $"\naccept:\n  - hole: {hole}\n    reason: the firewall team vouches for it\n    until: {until}\n");
    }

    [Fact]
    public async Task A_table_that_is_not_shown_yet_is_unproven_until_it_can_be_asked_and_apply_says_so()
    {
        using var link = await Link.Built("sydney");
        link.Edit("name: sydney\n", "name: sydney\nresilience: paths\n");
        var apply = (await link.Run("apply", "--yes", "--chaos", "edge=20")).Exits(0).Output;
        Assert.Contains("Still coming up: Microsoft's edge shows no table yet of sydney-er, secondary path.", apply);
        Assert.Contains("That takes up to 25 minutes after a first connection; until then verify says unproven, and "
            + "--wait waits for it.", apply);
        Assert.Contains(" --wait\n", apply);

        var early = (await link.Verify()).Exits(1).Json;
        Assert.Equal(("unproven", "unproven: ask again in 25 min"),
            ((string?)early["verdict"], (string?)early["text"]));
        Assert.Equal("encrypted", (string?)(await link.Run("verify", "--wait", "--format", "json")).Exits(0)
            .Json["verdict"]);
    }

    [Fact]
    public async Task A_session_that_is_coming_up_is_named_and_no_riddle()
    {
        using var link = await Sight.Sydney();
        link.Edit("name: sydney\n", "name: sydney\nresilience: paths\n");
        await link.Apply();
        // As right after the second cross connect: the VXC stands, its session does not yet.
        var stored = link.World();
        var clock = new Core.Reconcile.VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        var session = world.Sessions.Sessions.Single(one => one.Id.StartsWith("transport/", StringComparison.Ordinal)
            && one.Id.EndsWith("secondary", StringComparison.OrdinalIgnoreCase));
        world.Enter(session, Sealane.Sandbox.World.Net.Session.Down);
        world.Then(session, TimeSpan.FromMinutes(30), Sealane.Sandbox.World.Net.Session.Up);
        world.Touch();
        Sealane.Sandbox.World.WorldFile.Save(link.WorldDirectory, world);

        var report = (await link.Verify()).Exits(1).Json;
        Assert.Equal("unproven: ask again in 3 min", (string?)report["text"]);
        Assert.Contains("SL911: still coming up: BGP with 192.168.101.6 on VXC sydney-azure-secondary",
            report["reasons"]!.AsArray().Select(reason => ((string)reason!).Split(';')[0]));
    }

    [Fact]
    public async Task The_page_in_markdown_says_the_same()
    {
        using var link = await Sight.Sydney();
        Golden.Check(Repository.PathOf("tests", "cli", "verify-sydney.md"),
            (await link.Run("verify", "--format", "markdown")).Exits(0).Output);
        Assert.IsType<JsonArray>((await link.Verify()).Json["notRead"]);
    }
}

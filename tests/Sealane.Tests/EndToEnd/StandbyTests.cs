using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Tests.EndToEnd;

/// <summary>A second router that carries only while the first does not.</summary>
public sealed class StandbyTests
{
    private const string Both = "  bandwidth: 50\n";
    private const string OnStandby = Both + "  secondRouter:\n    standby: true\n";

    [Fact]
    public async Task The_first_router_carries_all_and_the_second_what_the_first_cannot()
    {
        using var link = Link.Example("two-routers").Edit(Both, OnStandby);
        await link.Apply();
        await link.Later(TimeSpan.FromMinutes(5));
        (await link.VerifyStrictly()).Exits(0);
        await link.IsUnchanged();
        Assert.Equal((true, false), Takes(link));

        (await Shell.Run("sandbox", "break", link.Spec, "fail-mcr-two-routers-mcr", $"--sandbox={link.Sandbox}"))
            .Exits(0);
        await link.Later(TimeSpan.FromMinutes(5));
        Assert.Equal((false, true), Takes(link));
    }

    [Fact]
    public async Task A_living_router_goes_on_standby_and_back_in_place()
    {
        using var link = await Link.Built("two-routers");
        Assert.Equal((true, true), Takes(link));
        link.Edit(Both, OnStandby);
        Assert.Contains("AS path prepends 0 → 3", (await link.Run("plan")).Exits(0).Output);
        await Changes(link, carries: (true, false));
        link.Edit(OnStandby, Both);
        await Changes(link, carries: (true, true));
    }

    /// <summary>The sessions to AWS and to Azure, and nothing else.</summary>
    private static async Task Changes(Link link, (bool, bool) carries)
    {
        var done = (await link.Apply()).Done;
        Assert.Equal((0, 2, 0, 0), ((int)done["created"]!, (int)done["updated"]!, (int)done["deleted"]!,
            (int)done["clearSeconds"]!));
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        Assert.Equal(carries, Takes(link));
    }

    /// <summary>Which of the two routers stands on a way, either direction, in the world's own network.</summary>
    private static (bool First, bool Second) Takes(Link link)
    {
        var stored = link.World();
        var tables = RoutingTables.Solve(stored.Wake(new VirtualClock(stored.Now)).Network);
        var (aws, azure) = (Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"));
        var ways = TraceText.Of(Tracer.Trace(tables, aws, azure)) + TraceText.Of(Tracer.Trace(tables, azure, aws));
        return (Names("two-routers-mcr"), Names("two-routers-mcr-second"));

        bool Names(string router) => ways.Contains(
            stored.Megaport.Mcrs.Single(mcr => mcr.Name == router).Id, StringComparison.Ordinal);
    }
}

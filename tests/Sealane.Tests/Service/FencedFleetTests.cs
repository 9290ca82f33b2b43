using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Sealane.Sandbox.World;
using Sealane.Service.Links;
using Sealane.Service.Records;

namespace Sealane.Tests.Service;

/// <summary>Runs of a link that somebody else had, or takes meanwhile.</summary>
public sealed class FencedFleetTests(ServedFleet fleet) : IClassFixture<ServedFleet>
{
    private Store Store => fleet.App.Services.GetRequiredService<Store>();

    [Fact]
    public async Task A_writer_whose_link_was_taken_goes_no_further_until_it_is_his_again()
    {
        var (name, run) = await LeftOff();
        Assert.Equal(("approved", 0), (Store.Run(run)!.State, Store.EventsAfter(run, 0).Count));
        Assert.Empty(WorldFile.Read(Path.Combine(fleet.Worlds, name))!.Megaport.Mcrs);
        // Called again, it takes the link back, as a silo does that the others call after all; what the other one may
        // have sent is waited for.
        var start = Stopwatch.GetTimestamp();
        var looks = fleet.Send("olaf", HttpMethod.Post, $"/api/links/{name}/verify", null);
        await fleet.Until(() => Store.EventsAfter(run, 0).Count > 0);
        Assert.True(Stopwatch.GetElapsedTime(start) >= LinkFence.Lasts, "it began while something might yet arrive");
        await looks;
        Assert.Equal("done", (string?)(await fleet.Run(run, "done", "failed", "refused"))["state"]);
        Assert.Single(WorldFile.Read(Path.Combine(fleet.Worlds, name))!.Megaport.Mcrs);
    }

    /// <summary>The watch has looked, and rests, so that it is the run that finds out. On a busy machine the watch may
    /// look once more and take the link back before the run begins: another link, then.</summary>
    private async Task<(string Link, long Run)> LeftOff()
    {
        foreach (var name in new[] { "nara", "kobe", "otsu", "nikko" })
        {
            var run = await Ask(name);
            await fleet.Send("olaf", HttpMethod.Post, $"/api/links/{name}/verify", null);
            Store.TakeFence(name, "another silo", DateTimeOffset.UtcNow);
            await Approve(run);
            bool IsLeftOff() =>
                fleet.Log.Contains($"run {run} of {name} was left off here", StringComparison.Ordinal);
            await fleet.Until(() => IsLeftOff() || Store.Run(run)!.State == "done");
            if (IsLeftOff())
            {
                return (name, run);
            }
        }
        throw new TimeoutException($"no run was left off: {fleet.Log}");
    }

    private async Task<long> Ask(string name)
    {
        await fleet.Send("olaf", HttpMethod.Post, "/api/links", new
        {
            file = "spec.yaml",
            spec = ServedFleet.Spec.Replace("name: sydney", $"name: {name}"),
            policy = "approve",
        });
        var (_, asked) = await fleet.Send("olaf", HttpMethod.Post, $"/api/links/{name}/runs", new { kind = "apply" });
        var run = (long)((JsonObject)asked!)["id"]!;
        await fleet.Run(run, "waiting");
        return run;
    }

    private async Task Approve(long run) => Assert.Equal(200,
        (await fleet.Send("anna", HttpMethod.Post, $"/api/runs/{run}/approve", new { agree = Array.Empty<string>() }))
            .Status);
}

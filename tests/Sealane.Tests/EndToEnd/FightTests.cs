using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>What is put right again and again is another tool's doing: told, with where it is found out
/// whose.</summary>
public sealed class FightTests
{
    private const string Repaired = "Repaired before: ";

    [Fact]
    public async Task The_third_time_it_is_told()
    {
        using var link = await Evidence.Sight.Sydney();
        for (var time = 0; time < 2; time++)
        {
            link.Tamper(Shut);
            Assert.DoesNotContain(Repaired, (await link.Run("plan")).Exits(0).Output);
            await link.Apply();
            await link.Later(TimeSpan.FromHours(5));
        }
        link.Tamper(Shut);
        link.Tamper(world => world.Azure.Resources.Single(it => it.Name == "sydney-tunnel-1")
            .Body["properties"]!["dpdTimeoutSeconds"] = 9);
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Contains("Repaired before: megaport/aws-vxc: shutdown → False 2 times since ", plan);
        Assert.DoesNotContain("Repaired before: azure/", plan);
        Assert.Equal("megaport/aws-vxc", (string?)(await link.Run("plan", "--format", "json")).Json
            ["repairedBefore"]![0]!
            ["id"]);
        Assert.Contains(Repaired, (await link.Run("apply", "--yes")).Exits(0).Output);
        Assert.Contains("repaired shutdown → False 3 times since ", (await link.Run("status")).Exits(0).Output);
        // As wanted it is nothing to tell, and what is long past neither.
        Assert.DoesNotContain(Repaired, (await link.Run("plan")).Exits(0).Output);
        await link.Later(TimeSpan.FromDays(8), Shut);
        Assert.DoesNotContain(Repaired, (await link.Run("plan")).Exits(0).Output);
    }

    /// <summary>Nobody reads what is older than a week, so it does not stay on the disk.</summary>
    [Fact]
    public async Task What_is_long_past_is_forgotten_with_the_next_repair()
    {
        using var link = await Evidence.Sight.Sydney();
        foreach (var _ in (int[])[1, 2])
        {
            await link.Later(TimeSpan.FromDays(8), Shut);
            await link.Apply();
        }
        Assert.Single(File.ReadLines(Directory.GetFiles(link.WorldDirectory, "*.repairs.jsonl").Single()));
    }

    /// <summary>Each time another value: it is one member all the same, and Azure's log knows who.</summary>
    [Fact]
    public async Task Whatever_value_it_gets()
    {
        using var link = await Evidence.Sight.Sydney();
        for (var time = 0; time < 3; time++)
        {
            link.Tamper(world => world.Azure.Resources.Single(it => it.Name == "sydney-tunnel-1")
                .Body["properties"]!["dpdTimeoutSeconds"] = 9 + time);
            if (time < 2)
            {
                await link.Apply();
            }
        }
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Contains("DPD timeout seconds → 30 2 times since ", plan);
        Assert.Contains("  who: az monitor activity-log list --resource-id /subscriptions/", plan);
    }

    private static void Shut(SandboxWorld world) =>
        world.Megaport.Vxcs.Single(it => it.Name.EndsWith("aws", StringComparison.Ordinal)).Shutdown = true;
}

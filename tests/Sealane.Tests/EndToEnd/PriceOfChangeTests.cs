namespace Sealane.Tests.EndToEnd;

/// <summary>What a plan makes of the bill of a link that stands.</summary>
public sealed class PriceOfChangeTests
{
    [Fact]
    public async Task A_plan_tells_what_its_change_costs_more_or_less()
    {
        using var link = Link.Sydney;
        Assert.DoesNotContain("This change:", (await link.Run("plan")).Exits(0).Output);
        await link.Apply();
        Assert.DoesNotContain("This change:", (await link.Run("plan")).Exits(0).Output);
        link.Write((await File.ReadAllTextAsync(link.Spec)) + "\nresilience: paths\n");
        Assert.Contains("This change: + 120.60 AUD a month.", (await link.Run("plan")).Exits(0).Output);
        Assert.Contains("This change: + 120.60 AUD a month.", (await link.Run("plan", "--book")).Exits(0).Output);
        Assert.Contains("| costs more | + 120.60 AUD a month |",
            (await link.Run("plan", "--format", "markdown")).Exits(0).Output);
        var json = (await link.Run("plan", "--format", "json")).Json;
        Assert.Equal(120.60m, (decimal)json["costsMore"]!["sums"]![0]!["monthly"]!);
        Assert.Equal("live", (string?)json["costs"]!["items"]![0]!["from"]);
        await link.Apply();
        link.Edit("\nresilience: paths\n", "\n");
        Assert.Contains("This change: - 120.60 AUD a month.", (await link.Run("plan")).Output);
    }

    [Fact]
    public async Task A_change_of_tier_costs_the_difference_and_one_of_names_nothing()
    {
        using var link = await Link.Built("sydney");
        var spec = await File.ReadAllTextAsync(link.Spec);
        link.Write(spec.Replace("tier: Standard", "tier: Premium", StringComparison.Ordinal));
        Assert.Contains("This change: + 100.00 USD a month.", (await link.Run("plan")).Output);
        link.Write(spec + "\n");
        Assert.DoesNotContain("This change:", (await link.Run("plan")).Output);
    }

    [Fact]
    public async Task Nothing_that_prices_say_stops_a_command_or_takes_it_to_another_host()
    {
        using var link = Link.Sydney;
        var run = await ChildShell.Run(link.Root, new Dictionary<string, string>
        {
            ["SEALANE_AWS_PRICES_ENDPOINT"] = "http://127.0.0.1:1",
            ["SEALANE_AZURE_PRICES_ENDPOINT"] = "http://127.0.0.1:1",
            ["SEALANE_MEGAPORT_ENDPOINT"] = "http://127.0.0.1:1",
            ["SEALANE_MEGAPORT_TOKEN_ENDPOINT"] = "http://127.0.0.1:1",
            ["MEGAPORT_ACCESS_KEY"] = "a",
            ["MEGAPORT_SECRET_KEY"] = "b",
        }, "price", link.Spec);
        run.Exits(0);
        Assert.Contains("Together 687.18 USD and 841.20 AUD a month", run.Output);
        foreach (var vendor in new[] { "AWS", "Azure", "Megaport" })
        {
            Assert.Contains($"{vendor} by the built-in book: ", run.Output);
        }
        Assert.DoesNotContain("live", run.Output);
    }
}

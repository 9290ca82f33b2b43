using Sealane.Cli;
using Sealane.Core.Design;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Pricing;

public sealed class PriceTests
{
    [Fact]
    public void Sydney_costs_what_the_vendors_lists_add_up_to()
    {
        var sheet = Sheet("sydney");
        Assert.Equal(211.70m, Sum(sheet, Cloud.Aws));
        Assert.Equal(475.48m, Sum(sheet, Cloud.Azure));
        Assert.Equal(841.20m, Sum(sheet, Cloud.Megaport));
        Assert.Equal([("USD", 687.18m, true), ("AUD", 841.20m, true)],
            sheet.Totals.Select(total => (total.Currency, decimal.Round(total.Monthly, 2), total.IsComplete)));
    }

    [Fact]
    public void Traffic_is_counted_once_a_direction_at_its_senders_cost() =>
        Assert.Equal(68.80m, decimal.Round(
            Sheet("sydney", new(500, 500)).Totals[0].Monthly - Sheet("sydney").Totals[0].Monthly, 2));

    [Fact]
    public void What_the_book_does_not_know_makes_the_sum_at_least_and_never_zero()
    {
        var sheet = Sheet("tokyo");
        Assert.Contains(sheet.Unknown, line => line.Item.Key == "vpn-gateway/VpnGw2AZ");
        // Japan's own price of a hosted port was not read, and no other region's stands in for it.
        Assert.Contains(sheet.Unknown, line => line.Item.Key == "dx-hosted-port/200");
        var dollars = Assert.Single(sheet.Totals);
        Assert.False(dollars.IsComplete);
        Assert.True(dollars.Monthly > 0);
    }

    [Fact]
    public void Everything_that_is_billed_has_a_rule()
    {
        var design = Design("sydney");
        var graph = AllResources.Offline(design);
        var items = BillOfMaterials.Of(graph, design, Traffic.None).ToList();
        var billed = graph.Resources.Where(resource => resource.Billed).Select(resource => resource.Id).ToList();
        Assert.Equal(billed.Order(), items.Select(item => item.Of).Distinct().Order());
        Assert.DoesNotContain(items, item => item.Key == item.Of);
    }

    [Theory]
    [InlineData(1, "600.00")]
    [InlineData(12, "499.98")]
    [InlineData(24, "475.02")]
    [InlineData(36, "450.00")]
    [InlineData(60, null)]
    public void A_term_lowers_what_Megaport_asks_and_an_unknown_one_is_not_guessed(int months, string? monthly)
    {
        var design = Design("sydney");
        design = design with
        {
            Routers = [design.Routers[0] with { Contract = design.Routers[0].Contract with { TermMonths = months } }],
        };
        var mcr = PriceSheet.Of(BillOfMaterials.Of(AllResources.Offline(design), design, Traffic.None)).Lines
            .Single(line => line.Item.Of == "megaport/mcr");
        Assert.Equal(monthly, mcr.Monthly?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_exists_already_is_on_somebodys_bill_already()
    {
        var design = Design("sydney");
        var existing = design.Routers[0] with { ExistingId = "11111111-2222-3333-4444-555555555555" };
        design = design with
        {
            Routers = [existing],
            AwsVxcs = [design.AwsVxcs[0] with { Router = existing }],
            AzureVxcs = [design.AzureVxcs[0] with { Router = existing }],
        };
        Assert.DoesNotContain(BillOfMaterials.Of(AllResources.Offline(design), design, Traffic.None),
            item => item.Of == "megaport/mcr");
    }

    [Theory]
    [InlineData("text", "price-sydney.txt")]
    [InlineData("json", "price-sydney.json")]
    [InlineData("markdown", "price-sydney.md")]
    public async Task What_is_printed_is_as_agreed(string format, string golden) => Golden.Check(
        Repository.PathOf("tests", "cli", golden),
        (await Shell.Run("price", Repository.PathOf("examples", "sydney.yaml"), "--book", "--traffic-gb", "500",
            "--format", format))
            .Exits(0).Output);

    [Theory]
    [InlineData("text", "price-sandbox-sydney.txt")]
    [InlineData("json", "price-sandbox-sydney.json")]
    public async Task The_sandbox_is_asked_for_its_own(string format, string golden) => Golden.Check(
        Repository.PathOf("tests", "cli", golden),
        (await Shell.Run("price", Repository.PathOf("examples", "sydney.yaml"), "--sandbox", "--traffic-gb", "500",
            "--format", format)).Exits(0).Output);

    [Fact]
    public async Task A_plan_ends_with_the_monthly_and_the_hourly_sum()
    {
        using var link = Link.Sydney;
        Assert.Contains("Costs 687.18 USD and 841.20 AUD a month (0.9413 USD and 1.1523 AUD an hour)",
            (await link.Run("plan")).Exits(0).Output);
    }

    private static decimal Sum(PriceSheet sheet, Cloud cloud) =>
        sheet.Lines.Where(line => line.Item.Cloud == cloud).Sum(line => line.Monthly!.Value);

    private static PriceSheet Sheet(string example, Traffic? traffic = null)
    {
        var design = Design(example);
        return PriceSheet.Of(BillOfMaterials.Of(AllResources.Offline(design), design, traffic ?? Traffic.None));
    }

    private static NetworkDesign Design(string example)
    {
        var file = Repository.PathOf("examples", $"{example}.yaml");
        return Designer.Design(SpecReader.Read(file, File.ReadAllText(file)).Spec!);
    }
}

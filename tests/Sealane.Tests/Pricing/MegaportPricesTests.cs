using System.Text.Json.Nodes;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Pricing;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;
using Sealane.Tests.Contracts;

namespace Sealane.Tests.Pricing;

/// <summary>Megaport's price book: what is asked, and what an answer must say to be a price.</summary>
public sealed class MegaportPricesTests
{
    private const string Sites = """
        {"message":"","data":[{"id":2,"name":"Equinix SY1","metro":"Sydney"},
         {"id":4,"name":"Equinix SY3","metro":"Sydney"},
         {"id":90,"name":"Equinix Sydney SY2","metro":"Sydney"}]}
        """;

    [Fact]
    public async Task A_cross_connect_is_asked_for_as_the_contract_has_it_and_the_reply_is_read_so()
    {
        var contract = ContractFile.Of("megaport/price-product").Exchange;
        var (line, asked) = await Ask(contract.ReplyBody, Vxc("megaport/aws-vxc", "Equinix SY3"));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(contract.Body), JsonNode.Parse(asked)), asked);
        Assert.Equal((100.50m, "AUD", true, true),
            (line.Quote!.Amount, line.Quote.Currency, line.Quote.IsLive, line.Quote.Confirmed));
    }

    [Theory]
    [InlineData("Sydney", 90, true, "the site of Microsoft's edge")]
    [InlineData("Sydney2", 2, false, "no site of that name: the router's own, of the same metro")]
    public async Task A_cross_connect_to_Azure_ends_where_the_circuit_does(
        string peering, int far, bool sure, string why)
    {
        var (line, asked) = await Ask(
            """{"data":{"monthlyRate":"120.6","currency":"AUD"}}""", Vxc("megaport/azure-vxc", peering));
        Assert.True((int)JsonNode.Parse(asked)!["bLocationId"]! == far, why);
        Assert.Equal((120.6m, sure), (line.Quote!.Amount, line.Quote.Confirmed));
    }

    [Theory]
    [InlineData("""{"data":{"monthlyRate":0,"currency":"AUD"}}""")]
    [InlineData("""{"data":{"monthlyRate":null,"currency":"AUD"}}""")]
    [InlineData("""{"data":{"monthlyRate":120.6}}""")]
    [InlineData("""{"data":{"monthlyRate":120.6,"currency":"AUD\nUSD"}}""")]
    [InlineData("""{"data":{"monthlyRate":"much","currency":"AUD"}}""")]
    [InlineData("""{"data":{"monthlyRackRate":120.6,"currency":"AUD"}}""")]
    public async Task What_says_no_price_is_none_and_never_zero(string reply)
    {
        var (line, _) = await Ask(reply, Vxc("megaport/aws-vxc", "Equinix SY3"));
        Assert.Null(line.Quote);
        Assert.Equal("Megaport's price book has no price of it", line.Why);
    }

    [Fact]
    public async Task Of_an_end_that_Megaport_does_not_know_the_book_tells()
    {
        var (line, asked) = await Ask("{}", Vxc("megaport/aws-vxc", "Nowhere N1"));
        Assert.Equal("", asked);
        Assert.False(line.Quote!.IsLive);
    }

    [Fact]
    public async Task Another_currency_than_the_asked_one_is_printed_and_not_taken_for_it()
    {
        var (line, _) = await Ask("""{"data":{"monthlyRate":83.75,"currency":"USD"}}""",
            Vxc("megaport/aws-vxc", "Equinix SY3"));
        Assert.Equal("USD", line.Quote!.Currency);
    }

    private static PriceItem Vxc(string of, string to) => new(
        of, Cloud.Megaport, "a cross connect", "vxc-on-ramp/50", "AU", PriceUnit.Month, 1)
    {
        TermMonths = 12,
        Sites = ["Equinix SY1", to],
    };

    private static async Task<(PriceLine Line, string Asked)> Ask(string reply, PriceItem item)
    {
        var asked = "";
        using var vendor = new Asking(async request =>
        {
            var path = request.RequestUri!.AbsolutePath;
            if (path == "/v4/pricebook/product")
            {
                asked = await request.Content!.ReadAsStringAsync();
            }
            return path switch
            {
                "/oauth2/token" => """{"access_token":"t","expires_in":3600}""",
                "/v3/locations" => Sites,
                _ => reply,
            };
        });
        using var megaport = new MegaportClient(new(new Canned.At(Canned.Now), vendor),
            new(new("https://api.megaport.com/"), new("https://auth.megaport.com/oauth2/token"), "a", new("b")));
        var sheet = await new LivePrices(vendor, new(null, null, megaport), new Canned.At(Canned.Now),
            TimeSpan.FromSeconds(20)).Ask([item], TestContext.Current.CancellationToken);
        Assert.Empty(sheet.Notes);
        return (Assert.Single(sheet.Lines), asked);
    }

    private sealed class Asking(Func<HttpRequestMessage, Task<string>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken ct) => await Canned.Reply(await answer(request));
    }
}

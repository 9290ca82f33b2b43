using System.Net;
using Sealane.Cli;
using Sealane.Clouds.Pricing;
using Sealane.Core.Design;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Pricing;

/// <summary>The vendors asked: in the sandbox, where everything that looks like a price stands beside it, and where one
/// of them is silent or says what nobody can read.</summary>
public sealed class LivePricesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sydney", Cloud.Aws, "211.70")]
    [InlineData("sydney", Cloud.Azure, "475.48")]
    [InlineData("sydney", Cloud.Megaport, "841.20")]
    public async Task The_lists_among_all_their_neighbours_give_what_the_link_costs(
        string example, Cloud cloud, string monthly)
    {
        var sheet = await AskSandbox(Design(example));
        Assert.Empty(sheet.Notes);
        Assert.All(sheet.Lines, line => Assert.True(line.Quote?.IsLive, $"{line.Item.Key}: {line.Why}"));
        Assert.Equal(monthly, sheet.Lines.Where(line => line.Item.Cloud == cloud).Sum(line => line.Monthly!.Value)
            .ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(12, "499.98")]
    [InlineData(24, "475.02")]
    [InlineData(36, "450.00")]
    public async Task A_term_is_asked_for_with_its_discount(int months, string monthly)
    {
        var design = Design("sydney");
        design = design with
        {
            Routers = [design.Routers[0] with { Contract = design.Routers[0].Contract with { TermMonths = months } }],
        };
        var line = (await AskSandbox(design)).Lines.Single(each => each.Item.Of == "megaport/mcr");
        Assert.Equal(monthly, line.Monthly?.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>List prices of 2026 by public readers of the lists, without traffic: what is far from them is a mistake
    /// of matching, a unit or a currency.</summary>
    [Fact]
    public async Task What_is_asked_is_near_what_others_read()
    {
        var design = Design("sydney");
        var (asked, book) = (await AskSandbox(design), PriceSheet.Of(Bill(design)));
        Assert.Equal(book.Totals.Select(total => total.Currency), asked.Totals.Select(total => total.Currency));
        Assert.All(asked.Totals.Zip(book.Totals), pair =>
            Assert.InRange(pair.First.Monthly / pair.Second.Monthly, 0.7m, 1.5m));
    }

    [Fact]
    public async Task Pages_are_followed_by_path_alone_and_never_to_another_host()
    {
        using var clouds = Clouds(Design("sydney"));
        using var http = new HttpClient(clouds, disposeHandler: false);
        using var vendor = new Canned((at, ct) => http.GetAsync(
            new UriBuilder(at) { Scheme = "https", Host = "prices.azure.com", Port = 443 }.Uri, ct));
        var sheet = await new LivePrices(vendor, new(null, new("http://127.0.0.1:9/"), null), new Canned.At(Canned.Now),
            TimeSpan.FromSeconds(20)).Ask([.. Bill(Design("sydney")).Where(item => item.Cloud == Cloud.Azure)], Cancel);
        Assert.Empty(sheet.Notes);
        Assert.All(sheet.Lines, line => Assert.NotNull(line.Quote));
        // The circuit's row stands on the first page of seventeen, and its next price on the last.
        Assert.True(vendor.Asked.Count > 10, $"{vendor.Asked.Count} pages");
        Assert.All(vendor.Asked, at => Assert.Equal("127.0.0.1:9", at.Authority));
    }

    public static TheoryData<string, Func<Uri, CancellationToken, Task<HttpResponseMessage>>, string> Troubles => new()
    {
        { "silent", (_, ct) => Silence(ct), "no whole answer within" },
        { "gone", (_, _) => throw new HttpRequestException("Connection refused"), "Connection refused" },
        { "unwell", (_, _) => Canned.Reply("", HttpStatusCode.ServiceUnavailable), "answered 503" },
        { "moved", (_, _) => Canned.Reply("", HttpStatusCode.Redirect), "answered 302" },
        { "garbage", (_, _) => Canned.Reply("<html>Please sign in</html>"), "could not be read" },
        { "empty", (_, _) => Canned.Reply(""), "could not be read" },
        { "another list", (_, _) => Canned.Reply("[1,2]"), "has no" },
        { "too large", (_, _) => Canned.Reply(new string(' ', 3 << 20)), "more than 2 MB" },
        { "too deep", (_, _) => Canned.Reply(new string('[', 5000)), "could not be read" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task Who_is_not_reached_is_stood_in_for_and_the_others_are_not(
        string what, Func<Uri, CancellationToken, Task<HttpResponseMessage>> trouble, string said)
    {
        using var clouds = Clouds(Design("sydney"));
        using var http = new HttpClient(clouds, disposeHandler: false);
        using var vendor = new Canned((at, ct) =>
            at.Host == "prices.azure.com" ? trouble(at, ct) : http.GetAsync(at, ct));
        var items = Bill(Design("sydney")).ToList();
        var asking = new LivePrices(vendor, new(null, null, null), new Canned.At(Canned.Now),
            what == "silent" ? TimeSpan.FromSeconds(3) : TimeSpan.FromSeconds(20))
        {
            LargestBytes = 2 << 20,
        };
        var sheet = await asking.Ask(items, Cancel);
        Assert.Equal(items.Select(item => item.Of), sheet.Lines.Select(line => line.Item.Of));
        Assert.All(sheet.Lines, line => Assert.True(line.Quote!.IsLive == (line.Item.Cloud == Cloud.Aws),
            $"{what}: {line.Item.Key}"));
        Assert.Equal(2, sheet.Notes.Count);
        Assert.Contains("Megaport by the built-in book: it takes an API key, and there is none", sheet.Notes);
        Assert.Contains(sheet.Notes, note => note.StartsWith("Azure by the built-in book: ", StringComparison.Ordinal)
            && note.Contains(said, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Items":[],"NextPageLink":"https://prices.azure.com/api/retail/prices?a=PAGE"}""", "pages")]
    [InlineData("""{"Items":[],"NextPageLink":"file:///etc/passwd"}""", "next page leads nowhere")]
    [InlineData("""{"Items":[],"NextPageLink":"/api/retail/prices?a=1"}""", "next page leads nowhere")]
    [InlineData("""{"Items":[FULL],"NextPageLink":null}""", "a full page names no next one")]
    [InlineData("""{"Items":{"a":1}}""", "has no items")]
    public async Task Pages_that_do_not_end_well_are_no_list(string page, string said)
    {
        page = page.Replace("FULL", string.Join(',', Enumerable.Repeat("{}", 100)), StringComparison.Ordinal);
        var asked = 0;
        using var vendor = new Canned((_, _) => Canned.Reply(
            page.Replace("PAGE", $"{asked++}", StringComparison.Ordinal)));
        var sheet = await new LivePrices(vendor, new(null, null, null), new Canned.At(Canned.Now),
            TimeSpan.FromSeconds(20)).Ask([Canned.Item(Cloud.Azure, "public-ip", "Global")], Cancel);
        Assert.Contains(said, Assert.Single(sheet.Notes));
        Assert.InRange(vendor.Asked.Count, 1, 60);
    }

    [Fact]
    public async Task A_cancelled_command_asks_nobody_any_longer()
    {
        using var vendor = new Canned((_, ct) => Silence(ct));
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new LivePrices(vendor, new(null, null, null),
            new Canned.At(Canned.Now), TimeSpan.FromMinutes(1)).Ask(
            [Canned.Item(Cloud.Aws, "vpn-connection", "us-east-1")], stop.Token));
    }

    [Fact]
    public void Behind_other_addresses_of_a_cloud_the_vendors_own_list_is_not_asked()
    {
        var served = Endpoints.Vendors with { Ec2 = new("http://127.0.0.1:1"), Arm = new("https://127.0.0.1:2") };
        Assert.Equal([Cloud.Megaport, Cloud.Aws, Cloud.Azure], served.ForPrices(null).Unasked.Keys.Order());
        var whole = served with { AwsPrices = new("http://127.0.0.1:1"), AzurePrices = new("https://127.0.0.1:2") };
        Assert.Equal([Cloud.Megaport], whole.ForPrices(null).Unasked.Keys);
        Assert.Equal([Cloud.Megaport], Endpoints.Vendors.ForPrices(null).Unasked.Keys);
    }

    [Fact]
    public void Currencies_are_summed_apart_and_an_unknown_price_leaves_its_own_open()
    {
        PriceLine Line(Cloud cloud, decimal? amount, string currency) => new(
            Canned.Item(cloud, "any", "any"), amount is { } known ? new(known, currency, "x", default, true) : null);
        var sheet = new PriceSheet(
            [Line(Cloud.Megaport, 1, "EUR"), Line(Cloud.Aws, 2, "USD"), Line(Cloud.Azure, null, "")]);
        Assert.Equal([("USD", 1460m, false), ("EUR", 730m, true)],
            sheet.Totals.Select(total => (total.Currency, total.Monthly, total.IsComplete)));
    }

    private static async Task<HttpResponseMessage> Silence(CancellationToken ct)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
        return new();
    }

    private static async Task<PriceSheet> AskSandbox(NetworkDesign design) =>
        await PriceReach.Ask(design, [.. Bill(design)], sandbox: true, Cancel);

    private static InProcessClouds Clouds(NetworkDesign design)
    {
        var stored = Rehearsal.New(design, seed: null);
        var world = stored.Wake(new VirtualClock(stored.Now));
        return new(world, Rehearsal.Faces(world, () => world.Now));
    }

    private static IEnumerable<PriceItem> Bill(NetworkDesign design) =>
        BillOfMaterials.Of(AllResources.Offline(design), design, Traffic.None);

    private static NetworkDesign Design(string example)
    {
        var file = Repository.PathOf("examples", $"{example}.yaml");
        return Designer.Design(SpecReader.Read(file, File.ReadAllText(file)).Spec!);
    }
}

using System.Text.Json.Nodes;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class MegaportClientTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_token_is_asked_for_as_published_and_used_for_every_call_until_shortly_before_it_ends()
    {
        using var fake = new FakeMegaport().Data("GET /v2/products", "[]");
        fake.On("POST /oauth2/token", 200, """{"access_token":"token-2","expires_in":3600}""");
        await fake.Client.Products(Stop);
        await fake.Client.Products(Stop);
        Contract.Read("token").IsSaidBy(fake.All[0]);
        Assert.Equal("Basic YWNjZXNzOnNlY3JldC1rZXk=", fake.All[0].Authorization);
        Assert.Equal(["Bearer token-1", "Bearer token-1"], fake.Calls.Select(sent => sent.Authorization));
        await Task.Delay(TimeSpan.FromMinutes(59.5), fake.Clock, Stop);
        await fake.Client.Products(Stop);
        Assert.Equal("Bearer token-2", fake.Calls.Last().Authorization);
    }

    [Fact]
    public async Task Calls_that_start_together_share_one_token()
    {
        using var fake = new FakeMegaport { Latency = TimeSpan.FromMilliseconds(250) }.Data("GET /v2/products", "[]");
        var (first, second) = (fake.Clock.Enter(), fake.Clock.Enter());
        fake.Run.Dispose();
        await Task.WhenAll(Ask(first), Ask(second));
        Assert.Single(fake.All, sent => sent.Operation == "POST oauth2/token");
        Assert.Equal(2, fake.Calls.Count());

        async Task Ask(IDisposable participant)
        {
            await fake.Client.Products(Stop);
            participant.Dispose();
        }
    }

    [Fact]
    public async Task A_refused_token_is_renewed_once_and_then_the_answer_stands()
    {
        using var fake = new FakeMegaport().On("GET /v2/products", 401, """{"message":"Unauthorized"}""")
            .Data("GET /v2/products", "[]");
        fake.On("POST /oauth2/token", 200, """{"access_token":"token-2","expires_in":3600}""");
        await fake.Client.Products(Stop);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], fake.Calls.Select(sent => sent.Authorization));

        using var wrong = new FakeMegaport().On("GET /v2/products", 401, "");
        var error = await Assert.ThrowsAsync<CloudError>(() => wrong.Client.Products(Stop));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Equal(2, wrong.Calls.Count());
    }

    [Theory]
    [InlineData(400, """{"error":"invalid_client","error_description":"secret-key"}""")]
    [InlineData(401, """{"error":"invalid_client"}""")]
    [InlineData(200, """{"error":"invalid_client"}""")]
    [InlineData(403, "<html>")]
    public async Task A_wrong_api_key_is_denied_with_advice_and_without_the_key(int status, string body)
    {
        using var fake = new FakeMegaport();
        fake.On("POST /oauth2/token", status, body);
        // The first answer of the fake is the good one: use it up.
        fake.Data("GET /v2/products", "[]").On("GET /v2/products", 401, "");
        await fake.Client.Products(Stop);
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.Client.Products(Stop));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Contains("MEGAPORT_ACCESS_KEY", error.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-key", error.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_is_repeated_while_the_cloud_is_unwell_and_retry_after_is_honoured()
    {
        using var fake = new FakeMegaport()
            .On("GET /v2/products", 502, "<html>bad gateway</html>")
                .On("GET /v2/products", 429, "", ("Retry-After", "17"))
            .On("GET /v2/products", 200, """{"message":"half a bo""").Data("GET /v2/products", "[]");
        var start = fake.Clock.GetUtcNow();
        Assert.Empty(await fake.Client.Products(Stop));
        Assert.Equal(4, fake.Calls.Count());
        Assert.Equal(1, fake.Context.Calls.PutOff(Cloud.Megaport));
        Assert.Equal(TimeSpan.FromSeconds(1 + 17 + 4), fake.Clock.GetUtcNow() - start);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_purchase_without_a_usable_answer_is_uncertain_and_never_repeated(int status)
    {
        using var fake = new FakeMegaport()
            .On("POST /v4/networkdesign/buy", status, "gateway", ("Trace-Id", "trace-7"));
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.Client.Buy(new JsonObject(), [], Stop));
        Assert.Equal((CloudErrorKind.Uncertain, "trace-7"), (error.Kind, error.RequestId));
        Assert.Single(fake.Calls);
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, CloudErrorKind.Unavailable, 5)]
    [InlineData(HttpRequestError.NameResolutionError, CloudErrorKind.Unavailable, 5)]
    [InlineData(HttpRequestError.ResponseEnded, CloudErrorKind.Uncertain, 1)]
    [InlineData(HttpRequestError.Unknown, CloudErrorKind.Uncertain, 1)]
    public async Task A_purchase_is_repeated_only_when_it_was_never_sent(HttpRequestError how, CloudErrorKind kind,
        int calls)
    {
        using var fake = new FakeMegaport()
            .On("POST /v4/networkdesign/buy", () => throw new HttpRequestException(how, "broken"));
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.Client.Buy(new JsonObject(), [], Stop));
        Assert.Equal(kind, error.Kind);
        Assert.Equal(calls, fake.Calls.Count());
    }

    [Theory]
    [InlineData("""{"message":"ok","data":[]}""")]
    [InlineData("""{"message":"ok"}""")]
    [InlineData("""{"message":"ok","data":[{}]}""")]
    public async Task An_order_without_a_uid_is_uncertain(string body)
    {
        using var fake = new FakeMegaport().On("POST /v4/networkdesign/buy", 200, body);
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.Client.Buy(new JsonObject(), [], Stop));
        Assert.Equal(CloudErrorKind.Uncertain, error.Kind);
    }

    [Fact]
    public async Task A_pending_approval_is_not_a_success()
    {
        using var fake = new FakeMegaport()
            .On($"PUT /v2/product/mcr2/{FakeMegaport.Mcr}", 202,
                """{"message":"Request accepted and pending for approval","terms":""}""");
        var error = await Assert.ThrowsAsync<CloudError>(() =>
            fake.Client.UpdateMcr(FakeMegaport.Mcr, new("n", ""), Stop));
        Assert.Equal(CloudErrorKind.AwaitsApproval, error.Kind);
        Assert.Equal("Request accepted and pending for approval", error.Message);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    public async Task A_missing_service_is_null_whichever_status_says_so(int status)
    {
        using var fake = new FakeMegaport()
            .On("GET /v2/product/x", status,
                """{"message":"Bad Request","data":"Could not find a service with UID x"}""");
        Assert.Null(await fake.Client.Product("x", Stop));
    }

    [Fact]
    public async Task A_refused_validation_can_hide_in_a_line_of_a_good_answer()
    {
        using var fake = new FakeMegaport()
            .Data("POST /v3/networkdesign/validate",
                """[{"serviceName":"m","error":"No available capacity for this request"}]""");
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.Client.Validate(new JsonObject(), [], Stop));
        Assert.Equal(CloudErrorKind.Quota, error.Kind);
        Assert.Empty(fake.Writes);
        Assert.IsType<JsonArray>(JsonNode.Parse(fake.Calls.Single().Body));
    }

    [Fact]
    public async Task No_error_quotes_a_key_that_the_vendor_repeats()
    {
        var key = new Secret("e3b0c442-0000-4000-8000-00000000beef");
        using var fake = new FakeMegaport().On(
            $"GET /v2/secure/azure/{key.Reveal()}", 400,
            """{"message":"unknown key E3B0C442-0000-4000-8000-00000000BEEF","data":null}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.Client.AzureKey(key, Stop));
        Assert.DoesNotContain("beef", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("unknown key ••••••", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Locations_are_asked_for_once_a_day()
    {
        using var fake = new FakeMegaport().Says(Contract.Read("locations"));
        await fake.Client.Locations(Stop);
        var again = await fake.Client.Locations(Stop);
        Assert.Single(fake.Calls);
        Assert.Equal([2, 3, 90], again.Select(location => location.Id!.Value));
        Assert.Equal([1000, 2500, 5000, 10000], again[0].DiversityZones!.Red!.McrSpeedMbps);
        Assert.Null(again[1].DiversityZones!.Red);
        await Task.Delay(TimeSpan.FromHours(25), fake.Clock, Stop);
        await fake.Client.Locations(Stop);
        Assert.Equal(2, fake.Calls.Count());
    }

    [Fact]
    public async Task The_looking_glass_is_submitted_and_polled_every_three_seconds()
    {
        var contract = Contract.Read("looking-glass-bgp");
        const string submit =
            $"GET /v2/product/mcr2/{FakeMegaport.Mcr}/diagnostics/routes/bgp?async=true&ip_address=10.0.0.0%2F16";
        using var fake = new FakeMegaport().Data(submit, "\"0f1f3b5a-0000-4000-8000-000000000001\"")
            .On($"GET {contract.Target}", 202, """{"message":"Data result will be available soon","terms":""}""")
                .Says(contract);
        var start = fake.Clock.GetUtcNow();
        var rows = await fake.Client.LookingGlass.BgpRoutes(FakeMegaport.Mcr, Prefix.Parse("10.0.0.0/16"), Stop);
        Assert.Equal(TimeSpan.FromSeconds(3), fake.Clock.GetUtcNow() - start);
        Assert.Equal(("10.0.1.0/24", "64512 64512", "169.254.0.1", FakeMegaport.AwsVxc),
            (rows[0].Prefix, rows[0].AsPath, rows[0].NextHop!.Ip, rows[0].NextHop!.Vxc!.Id));
        Assert.Null(rows[1].NextHop!.Vxc);
    }

    /// <summary>No list is no answer yet: taken for an empty table it would prove that nothing is learned.</summary>
    [Theory]
    [InlineData("[]", true)]
    [InlineData("null", false)]
    [InlineData("\"\"", false)]
    public async Task Only_a_list_is_an_answer_of_the_looking_glass(string data, bool final)
    {
        const string submit = $"GET /v2/product/mcr2/{FakeMegaport.Mcr}/diagnostics/routes/bgp/neighbor"
            + "?async=true&direction=ADVERTISED&peer_ip_address=192.168.100.2";
        using var fake = new FakeMegaport().Data(submit, "\"op\"")
            .Data($"GET /v2/product/mcr2/{FakeMegaport.Mcr}/diagnostics/routes/operation?operationId=op", data);
        var question = fake.Client.LookingGlass.NeighbourRoutes(
            FakeMegaport.Mcr, Ipv4.Parse("192.168.100.2"), RouteDirection.Advertised, Stop);
        if (final)
        {
            Assert.Empty(await question);
        }
        else
        {
            Assert.Equal(CloudErrorKind.Unavailable, (await Assert.ThrowsAsync<CloudError>(() => question)).Kind);
        }
    }

    [Fact]
    public async Task The_looking_glass_gives_up_after_five_minutes()
    {
        using var fake = new FakeMegaport()
            .Data($"GET /v2/product/mcr2/{FakeMegaport.Mcr}/diagnostics/routes/ip?async=true", "\"op\"")
            .On($"GET /v2/product/mcr2/{FakeMegaport.Mcr}/diagnostics/routes/operation?operationId=op", 202, "");
        var error = await Assert.ThrowsAsync<CloudError>(() =>
            fake.Client.LookingGlass.IpRoutes(FakeMegaport.Mcr, null, Stop));
        Assert.Equal(CloudErrorKind.Unavailable, error.Kind);
        Assert.Equal(102, fake.Calls.Count());
    }
}

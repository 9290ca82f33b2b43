using System.Net;
using System.Text.Json.Nodes;
using Azure.Identity;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

public sealed class ArmClientTests
{
    private const string Gateway = AzureSample.Network + "/virtualNetworkGateways/sydney-vpngw";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_absent_object_reads_as_null()
    {
        Assert.Null(await _arm.Client().Get(Gateway, _ct));
    }

    [Fact]
    public async Task A_write_carries_token_version_body_etag_and_the_marks_of_the_wire_tap()
    {
        _arm.Answer("PUT", Gateway, HttpStatusCode.Created, "{}");

        await _arm.Client().Put(Gateway, new JsonObject { ["location"] = "australiaeast" }, _ct, "W/\"1\"");

        var sent = Assert.Single(_arm.Requests);
        Assert.Equal($"https://management.azure.com{Gateway}?api-version=2025-05-01", sent.Url);
        Assert.Equal("Bearer token-1", sent.Headers["Authorization"]);
        Assert.Equal("W/\"1\"", sent.Headers["If-Match"]);
        Assert.Equal("""{"location":"australiaeast"}""", sent.Body!.ToJsonString());
        Assert.Equal("application/json", sent.Message.Content!.Headers.ContentType!.MediaType);
        Assert.True(sent.Message.Options.TryGetValue(CallOptions.Cloud, out var cloud) && cloud == Cloud.Azure);
        Assert.True(sent.Message.Options.TryGetValue(CallOptions.Operation, out var name));
        Assert.Equal("PUT virtualNetworkGateways/sydney-vpngw", name);
        Assert.True(sent.Message.Options.TryGetValue(CallOptions.Writes, out var writes) && writes);
        Assert.Equal("https://management.azure.com/.default", Assert.Single(_arm.Credential.Scopes));
    }

    [Fact]
    public async Task Resource_groups_have_their_own_api_version()
    {
        await _arm.Client().Get(AzureSample.Group, _ct);
        Assert.EndsWith("?api-version=2025-04-01", _arm.Requests[0].Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", AzureSample.Operation, "GET operations", false)]
    [InlineData("GET", Gateway, "GET virtualNetworkGateways/sydney-vpngw", false)]
    [InlineData("DELETE", Gateway, "DELETE virtualNetworkGateways/sydney-vpngw", true)]
    [InlineData("PATCH", AzureSample.Network + "/publicIPAddresses/p", "PATCH publicIPAddresses/p", true)]
    [InlineData("POST", Gateway + "/getLearnedRoutes", "POST virtualNetworkGateways/sydney-vpngw/getLearnedRoutes",
        false)]
    [InlineData("POST",
        AzureSample.Network + "/expressRouteCircuits/c/peerings/AzurePrivatePeering/routeTables/primary",
        "POST expressRouteCircuits/c/peerings/AzurePrivatePeering/routeTables/primary", false)]
    [InlineData("POST", Gateway + "/reset", "POST virtualNetworkGateways/sydney-vpngw/reset", true)]
    [InlineData("PUT", AzureSample.Group, "PUT resourceGroups/rg-sydney", true)]
    [InlineData("POST", "/11111111-1111-1111-1111-111111111111/oauth2/v2.0/token", "POST token", false)]
    public void A_call_is_named_and_known_to_write_by_method_and_path(string method, string path, string name,
        bool writes)
    {
        Assert.Equal(name, ArmCallMarks.NameOf(method, path));
        Assert.Equal(writes, ArmCallMarks.Writes(method, path));
    }

    [Fact]
    public async Task A_throttled_call_is_repeated_after_the_pause_that_the_answer_names()
    {
        using var _ = _arm.Clock.Enter();
        var start = _arm.Clock.GetUtcNow();
        _arm.Answer("PUT", Gateway, HttpStatusCode.TooManyRequests, "{}", ("Retry-After", "17"))
            .Answer("PUT", Gateway, HttpStatusCode.OK, "{}");

        await _arm.Client().Put(Gateway, [], _ct);

        Assert.Equal(2, _arm.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(17), _arm.Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task A_question_is_repeated_when_the_cloud_is_unwell()
    {
        using var _ = _arm.Clock.Enter();
        _arm.Answer("GET", Gateway, HttpStatusCode.ServiceUnavailable)
            .Answer("GET", Gateway, HttpStatusCode.OK, """{"name":"x"}""");
        Assert.Equal("x", (await _arm.Client().Get(Gateway, _ct)).Text("name"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_write_without_a_usable_answer_is_uncertain_and_not_repeated(int status)
    {
        _arm.Answer("PUT", Gateway, (HttpStatusCode)status);
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Uncertain, error.Kind);
        Assert.Single(_arm.Requests);
    }

    [Fact]
    public async Task A_write_whose_reply_is_lost_is_uncertain_and_not_repeated()
    {
        _arm.Answer("DELETE", Gateway,
            () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "the response ended"));
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Delete(Gateway, _ct));
        Assert.Equal(CloudErrorKind.Uncertain, error.Kind);
        Assert.Equal("DELETE virtualNetworkGateways/sydney-vpngw", error.Operation);
        Assert.Single(_arm.Requests);
    }

    [Fact]
    public async Task A_write_that_never_left_is_not_uncertain()
    {
        using var _ = _arm.Clock.Enter();
        _arm.Answer("PUT", Gateway,
            () => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"));
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Unavailable, error.Kind);
        Assert.Contains("no such host", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_carries_code_message_details_and_request_id()
    {
        _arm.Answer("PUT", Gateway, HttpStatusCode.BadRequest, """
            {"error":{"code":"NonAzSkusNotAllowedForVPNGateway","message":"VpnGw1-5 non-AZ SKUs are no longer supported for VPN gateways.",
             "details":[{"code":"Inner","message":"more"}]}}
            """, ("x-ms-request-id", "req-7"));
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Invalid, error.Kind);
        Assert.Equal("NonAzSkusNotAllowedForVPNGateway", error.Code);
        Assert.Equal("req-7", error.RequestId);
        Assert.Contains("VpnGw1AZ", error.Advice, StringComparison.Ordinal);
        Assert.EndsWith("; Inner: more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxys_page_instead_of_json_is_judged_by_its_status()
    {
        _arm.Answer("PUT", Gateway, HttpStatusCode.Forbidden, "<html>no</html>");
        Assert.Equal(CloudErrorKind.Denied,
            (await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Put(Gateway, [], _ct))).Kind);
    }

    [Fact]
    public async Task One_token_serves_many_calls_and_a_refused_one_is_renewed_once()
    {
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, """{"name":"x"}""")
            .Answer("GET", Gateway, HttpStatusCode.OK, """{"name":"x"}""")
            .Answer("GET", Gateway, HttpStatusCode.Unauthorized,
                """{"error":{"code":"ExpiredAuthenticationToken","message":"expired"}}""")
            .Answer("GET", Gateway, HttpStatusCode.OK, """{"name":"x"}""");
        var client = _arm.Client();
        await client.Get(Gateway, _ct);
        await client.Get(Gateway, _ct);
        Assert.Equal(1, _arm.Credential.Count);
        await client.Get(Gateway, _ct);
        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-1", "Bearer token-2"],
            _arm.Requests.Select(r => r.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_token_that_stays_refused_is_denied_with_advice()
    {
        _arm.Answer("GET", Gateway, HttpStatusCode.Unauthorized,
            """{"error":{"code":"InvalidAuthenticationToken","message":"no"}}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Get(Gateway, _ct));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Contains("az login", error.Advice, StringComparison.Ordinal);
        Assert.Equal(2, _arm.Requests.Count);
    }

    [Fact]
    public async Task Missing_credentials_are_denied_before_anything_is_sent()
    {
        _arm.Credential.Failure = new CredentialUnavailableException("no credentials here\nlong story");
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Equal("no token for Azure: no credentials here", error.Message);
        Assert.Empty(_arm.Requests);
    }

    [Fact]
    public async Task A_token_is_not_sent_over_plain_http_except_on_loopback()
    {
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client(new("http://arm.example"))
            .Get(Gateway, _ct));
        Assert.Contains("plain http", error.Message, StringComparison.Ordinal);
        Assert.Empty(_arm.Requests);

        Assert.Null(await _arm.Client(new("http://127.0.0.1:8443/")).Get(Gateway, _ct));
        Assert.Equal("Bearer token-1", Assert.Single(_arm.Requests).Headers["Authorization"]);
        Assert.StartsWith("http://127.0.0.1:8443/subscriptions/", _arm.Requests[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_cannot_send_the_token_to_a_strange_host()
    {
        _arm.Answer("GET", "/subscriptions/s/resourceGroups/g/resources", HttpStatusCode.OK,
            """{"value":[],"nextLink":"https://evil.example/next"}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => _arm.Client()
            .List("/subscriptions/s/resourceGroups/g/resources", _ct));
        Assert.Contains("evil.example", error.Message, StringComparison.Ordinal);
        Assert.Single(_arm.Requests);
    }

    [Fact]
    public async Task A_list_is_read_to_its_last_page()
    {
        _arm.Answer("GET", "/subscriptions/s/resourceGroups/g/resources", HttpStatusCode.OK,
                """{"value":[{"name":"a"}],"nextLink":"https://management.azure.com/next?page=2"}""")
            .Answer("GET", "/next", HttpStatusCode.OK, """{"value":[{"name":"b"}]}""");
        var all = await _arm.Client().List("/subscriptions/s/resourceGroups/g/resources", _ct);
        Assert.Equal(["a", "b"], all.Select(item => item.Text("name")!));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_done() => await _arm.Client().Delete(Gateway, _ct);

    [Fact]
    public async Task Ending_the_run_is_not_taken_for_an_unreachable_cloud()
    {
        using var ending = new CancellationTokenSource();
        _arm.Answer("GET", Gateway, () => { ending.Cancel(); throw new OperationCanceledException(ending.Token); });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _arm.Client().Get(Gateway, ending.Token));
        // A call that could change something is finished; none begins any more.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _arm.Client().Put(Gateway, [], ending.Token));
    }
}

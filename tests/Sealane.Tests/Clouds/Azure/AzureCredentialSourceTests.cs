using System.Net;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>Azure.Identity's own code, against a canned login service.</summary>
public sealed class AzureCredentialSourceTests
{
    private const string Tenant = "22222222-2222-2222-2222-222222222222";
    private const string Token = "/" + Tenant + "/oauth2/v2.0/token";
    private const string Gateway = AzureSample.Network + "/virtualNetworkGateways/sydney-vpngw";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private ArmClient Client() => new(_arm.Context, AzureCredentialSource.ClientSecret(
        _arm.Context.Transport, Tenant, "33333333-3333-3333-3333-333333333333", new Secret("s3cret-of-the-principal"),
        new("https://login.sandbox.test/")));

    [Fact]
    public async Task A_client_secret_makes_one_token_request_over_the_given_transport()
    {
        _arm.Answer("POST", Token, HttpStatusCode.OK,
            """{"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"the-token"}""");
        var client = Client();
        await client.Get(Gateway, _ct);
        await client.Get(Gateway, _ct);
        Assert.Equal(["POST", "GET", "GET"], _arm.Requests.Select(request => request.Method));
        Assert.StartsWith("https://login.sandbox.test/", _arm.Requests[0].Url, StringComparison.Ordinal);
        Assert.True(_arm.Requests[0].Message.Options.TryGetValue(CallOptions.Operation, out var name));
        Assert.Equal("POST token", name);
        Assert.Equal("Bearer the-token", _arm.Requests[1].Headers["Authorization"]);
    }

    [Fact]
    public async Task Token_and_calls_are_counted_by_the_tap_and_only_the_write_as_a_write()
    {
        _arm.Answer("POST", Token, HttpStatusCode.OK,
            """{"token_type":"Bearer","expires_in":3599,"access_token":"t"}""")
            .Answer("PUT", Gateway, HttpStatusCode.Created, "{}")
            .Answer("POST", Gateway + "/getBgpPeerStatus", HttpStatusCode.OK, """{"value":[]}""");
        var count = new CallCount();
        using var tap = new WireTap(_arm.Context.Transport, count, log: null);
        var client = new ArmClient(new(_arm.Clock, tap), AzureCredentialSource.ClientSecret(
            tap, Tenant, "33333333-3333-3333-3333-333333333333", new Secret("s"), new("https://login.sandbox.test/")));
        await client.Put(Gateway, [], _ct);
        await new AzureProbes(client).BgpPeers(Gateway, _ct);
        Assert.Equal((3, 1), (count.Of(Cloud.Azure), count.Writes));
    }

    [Fact]
    public async Task A_token_that_the_cloud_calls_expired_is_asked_for_anew_though_it_looks_fresh()
    {
        _arm.Answer("POST", Token, HttpStatusCode.OK,
            """{"token_type":"Bearer","expires_in":3599,"access_token":"old"}""")
            .Answer("POST", Token, HttpStatusCode.OK,
                """{"token_type":"Bearer","expires_in":3599,"access_token":"new"}""")
            .Answer("GET", Gateway, HttpStatusCode.Unauthorized,
                """{"error":{"code":"ExpiredAuthenticationToken","message":"x"}}""")
            .Answer("GET", Gateway, HttpStatusCode.OK, """{"name":"x"}""");
        Assert.NotNull(await Client().Get(Gateway, _ct));
        Assert.Equal(["Bearer old", "Bearer new"],
            _arm.Requests.Where(request => request.Method == "GET")
                .Select(request => request.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_wrong_secret_is_denied_and_printed_nowhere()
    {
        _arm.Answer("POST", Token, HttpStatusCode.Unauthorized,
            """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided.","error_codes":[7000215]}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Contains("AADSTS7000215", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-of-the-principal", $"{error} {error.Describe()}", StringComparison.Ordinal);
        Assert.DoesNotContain(_arm.Requests, request => request.Method == "PUT");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_login_service_that_is_unwell_is_asked_again_and_decides_nothing(int status)
    {
        using var _ = _arm.Clock.Enter();
        _arm.Answer("POST", Token, (HttpStatusCode)status, "{}");
        var error = await Assert.ThrowsAsync<CloudError>(() => Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Unavailable, error.Kind);
        Assert.True(_arm.Count("POST", Token) > 1);
    }

    [Fact]
    public async Task A_login_service_that_cannot_be_reached_is_not_a_wrong_password()
    {
        using var _ = _arm.Clock.Enter();
        _arm.Answer("POST", Token,
            () => throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"));
        var error = await Assert.ThrowsAsync<CloudError>(() => Client().Put(Gateway, [], _ct));
        Assert.Equal(CloudErrorKind.Unavailable, error.Kind);
    }

    [Fact]
    public void An_authority_without_tls_is_refused_with_a_sentence()
    {
        var error = Assert.Throws<CloudError>(() => AzureCredentialSource.ClientSecret(
            _arm.Context.Transport, Tenant, "c", new Secret("s"), new("http://login.sandbox.test/")));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
    }

    [Fact]
    public void The_chain_of_a_terminal_can_be_made_on_a_machine_without_any_credentials() =>
        Assert.NotNull(AzureCredentialSource.Chain(_arm.Context.Transport, Tenant));
}

using System.Net;
using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>POST actions answer at once, by a status URL, by a result URL, or by both.</summary>
public sealed class ArmActionTests
{
    private const string Action = AzureSample.Network + "/virtualNetworkGateways/sydney-vpngw/getLearnedRoutes";
    private const string Result = "/subscriptions/s/providers/Microsoft.Network/locations/x/operationResults/r1";
    private const string ResultUrl = "https://management.azure.com" + Result + "?api-version=2025-05-01";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private async Task<string?> Run()
    {
        using var _ = _arm.Clock.Enter();
        return (await _arm.Client().PostAndWait(Action, _ct)).Texts("value").SingleOrDefault();
    }

    [Fact]
    public async Task Answered_at_once()
    {
        _arm.Answer("POST", Action, HttpStatusCode.OK, """{"value":["now"]}""");
        Assert.Equal("now", await Run());
    }

    [Fact]
    public async Task One_that_is_only_begun_is_not_waited_for()
    {
        const string Reset = AzureSample.Network + "/virtualNetworkGateways/sydney-vpngw/reset";
        _arm.Answer("POST", Reset, HttpStatusCode.Accepted, "", ("Azure-AsyncOperation", AzureSample.OperationUrl));
        await _arm.Client().Start(Reset, _ct, "gatewayVip=20.53.0.1");
        Assert.EndsWith("&gatewayVip=20.53.0.1", Assert.Single(_arm.Requests).Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_location_only()
    {
        var start = _arm.Clock.GetUtcNow();
        _arm.Answer("POST", Action, HttpStatusCode.Accepted, "", ("Location", ResultUrl), ("Retry-After", "3"))
            .Answer("GET", Result, HttpStatusCode.Accepted, "", ("Location", ResultUrl))
            .Answer("GET", Result, HttpStatusCode.OK, """{"value":["later"]}""");
        Assert.Equal("later", await Run());
        Assert.Equal(TimeSpan.FromSeconds(3 + 10), _arm.Clock.GetUtcNow() - start);
    }

    [Fact]
    public async Task By_both_headers_status_first_and_then_the_result()
    {
        _arm.Answer("POST", Action, HttpStatusCode.Accepted, "", ("Location", ResultUrl),
            ("Azure-AsyncOperation", AzureSample.OperationUrl))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, """{"status":"InProgress"}""",
                ("Retry-After", "5"))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, """{"status":"Succeeded"}""")
            .Answer("GET", Result, HttpStatusCode.OK, """{"value":["both"]}""");
        Assert.Equal("both", await Run());
        Assert.Equal(1, _arm.Count("GET", Result));
    }

    [Theory]
    [InlineData("""{"status":"Succeeded","properties":{"output":{"value":["x"]}}}""")]
    [InlineData("""{"status":"Succeeded","properties":{"value":["x"]}}""")]
    public async Task By_status_only_with_the_result_inside(string body)
    {
        _arm.Answer("POST", Action, HttpStatusCode.Accepted, "", ("Azure-AsyncOperation", AzureSample.OperationUrl))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, body);
        Assert.Equal("x", await Run());
    }

    [Fact]
    public async Task A_failed_action_throws_its_reason()
    {
        _arm.Answer("POST", Action, HttpStatusCode.Accepted, "", ("Azure-AsyncOperation", AzureSample.OperationUrl))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK,
                """{"status":"Failed","error":{"code":"Oops","message":"no"}}""");
        Assert.Equal("Oops", (await Assert.ThrowsAsync<CloudError>(Run)).Code);
    }

    [Fact]
    public async Task An_action_that_never_ends_is_given_up()
    {
        _arm.Answer("POST", Action, HttpStatusCode.Accepted, "", ("Location", ResultUrl))
            .Answer("GET", Result, HttpStatusCode.Accepted, "", ("Location", ResultUrl));
        var start = _arm.Clock.GetUtcNow();
        Assert.Equal(CloudErrorKind.Unavailable, (await Assert.ThrowsAsync<CloudError>(Run)).Kind);
        Assert.InRange(_arm.Clock.GetUtcNow() - start, TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10));
    }
}

using System.Net;
using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>Long-running operations in the forms that ARM gives them.</summary>
public sealed class ArmOperationTests
{
    private const string Gateway = AzureSample.Network + "/virtualNetworkGateways/sydney-vpngw";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private async Task<ArmClient> Started(HttpStatusCode status = HttpStatusCode.Created)
    {
        _arm.Answer("PUT", Gateway, status, "{}", ("Azure-AsyncOperation", AzureSample.OperationUrl),
            ("Retry-After", "10"));
        var client = _arm.Client();
        await client.Put(Gateway, [], _ct);
        return client;
    }

    private static string State(string state) => AzureSample.Ours(Gateway, $$"""{"provisioningState":"{{state}}"}""");

    [Fact]
    public async Task While_the_object_says_that_it_changes_the_operation_is_not_asked()
    {
        var client = await Started();
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, State("Updating"));
        Assert.Equal("Updating", (await client.Observe(Gateway, _ct))!.ProvisioningState);
        Assert.Equal(0, _arm.Count("GET", AzureSample.Operation));
    }

    [Fact]
    public async Task An_object_that_looks_done_is_not_done_while_its_operation_runs()
    {
        var client = await Started(HttpStatusCode.OK);
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, State("Succeeded"))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, """{"status":"InProgress"}""")
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, """{"status":"Succeeded"}""");
        Assert.Equal("Updating", (await client.Observe(Gateway, _ct))!.ProvisioningState);
        Assert.True((await client.Observe(Gateway, _ct))!.IsSucceeded);
        Assert.True((await client.Observe(Gateway, _ct))!.IsSucceeded);
        Assert.Equal(2, _arm.Count("GET", AzureSample.Operation));
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Succeeded")]
    public async Task A_failed_operation_shows_its_own_reason_on_the_object(string shown)
    {
        var client = await Started();
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, State(shown))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK,
                """{"status":"Failed","error":{"code":"GatewayAllocationFailed","message":"no room","details":[]}}""");
        var gateway = (await client.Observe(Gateway, _ct))!;
        Assert.Equal("Failed", gateway.ProvisioningState);
        Assert.Equal("GatewayAllocationFailed: no room", gateway.Failure);
    }

    [Fact]
    public async Task A_new_write_forgets_the_old_failure()
    {
        var client = await Started();
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, State("Failed"))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK,
                """{"status":"Failed","error":{"code":"X","message":"y"}}""")
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, """{"status":"InProgress"}""");
        Assert.NotNull((await client.Observe(Gateway, _ct))!.Failure);
        await client.Put(Gateway, [], _ct);
        Assert.Null((await client.Observe(Gateway, _ct))!.Failure);
    }

    [Fact]
    public async Task A_failure_from_before_this_run_is_still_a_failure()
    {
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, State("Failed"));
        Assert.Contains("Failed", (await _arm.Client().Observe(Gateway, _ct))!.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_that_failed_and_left_nothing_throws_its_reason_once()
    {
        var client = await Started();
        _arm.Answer("GET", AzureSample.Operation, HttpStatusCode.OK,
            """{"status":"Failed","error":{"code":"PublicIPCountLimitReached","message":"too many"}}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => client.Observe(Gateway, _ct));
        Assert.Equal((CloudErrorKind.Quota, "PublicIPCountLimitReached"), (error.Kind, error.Code));
        Assert.Null(await client.Observe(Gateway, _ct));
    }

    [Fact]
    public async Task A_delete_that_failed_later_throws_busy_where_it_is_worth_repeating()
    {
        _arm.Answer("DELETE", Gateway, HttpStatusCode.Accepted, "", ("Azure-AsyncOperation", AzureSample.OperationUrl),
            ("Location", AzureSample.OperationUrl))
            .Answer("GET", Gateway, HttpStatusCode.OK, State("Succeeded"))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK, """{"status":"InProgress"}""")
            .Answer("GET", AzureSample.Operation, HttpStatusCode.OK,
                """{"status":"Failed","error":{"code":"ConflictError","message":"The specified dedicated circuit is not in Deprovisioned state."}}""");
        var client = _arm.Client();
        await client.Delete(Gateway, _ct);
        Assert.True((await client.Observe(Gateway, _ct))!.IsDeleting);
        Assert.Equal(CloudErrorKind.Busy,
            (await Assert.ThrowsAsync<CloudError>(() => client.Observe(Gateway, _ct))).Kind);
        Assert.True((await client.Observe(Gateway, _ct))!.IsSucceeded);
    }

    [Fact]
    public async Task A_failure_that_only_the_location_tells_is_thrown_once()
    {
        _arm.Answer("DELETE", Gateway, HttpStatusCode.Accepted, "", ("Location", AzureSample.OperationUrl))
            .Answer("GET", Gateway, HttpStatusCode.OK, State("Succeeded"))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.Accepted)
            .Answer("GET", AzureSample.Operation, HttpStatusCode.Conflict,
                """{"error":{"code":"RetryableError","message":"A retryable error occurred."}}""");
        var client = _arm.Client();
        await client.Delete(Gateway, _ct);
        Assert.True((await client.Observe(Gateway, _ct))!.IsDeleting);
        var error = await Assert.ThrowsAsync<CloudError>(() => client.Observe(Gateway, _ct));
        Assert.Equal((CloudErrorKind.Busy, "RetryableError"), (error.Kind, error.Code));
        Assert.StartsWith("DELETE ", error.Operation, StringComparison.Ordinal);
        Assert.True((await client.Observe(Gateway, _ct))!.IsSucceeded);
    }

    [Fact]
    public async Task A_delete_is_done_when_the_object_is_gone()
    {
        _arm.Answer("DELETE", Gateway, HttpStatusCode.Accepted, "", ("Location", AzureSample.OperationUrl));
        var client = _arm.Client();
        await client.Delete(Gateway, _ct);
        Assert.Null(await client.Observe(Gateway, _ct));
        Assert.Equal(0, _arm.Count("GET", AzureSample.Operation));
    }

    [Fact]
    public async Task With_a_location_only_202_means_that_it_goes_on()
    {
        _arm.Answer("DELETE", Gateway, HttpStatusCode.Accepted, "", ("Location", AzureSample.OperationUrl))
            .Answer("GET", Gateway, HttpStatusCode.OK, State("Succeeded"))
            .Answer("GET", AzureSample.Operation, HttpStatusCode.Accepted)
            .Answer("GET", AzureSample.Operation, HttpStatusCode.NoContent);
        var client = _arm.Client();
        await client.Delete(Gateway, _ct);
        Assert.Equal("Deleting", (await client.Observe(Gateway, _ct))!.ProvisioningState);
        Assert.Equal("Succeeded", (await client.Observe(Gateway, _ct))!.ProvisioningState);
    }

    [Fact]
    public async Task A_status_url_that_is_lost_for_ever_leaves_the_word_to_the_object()
    {
        var client = await Started();
        _arm.Answer("GET", Gateway, HttpStatusCode.OK, State("Succeeded"));
        Assert.Equal("Updating", (await client.Observe(Gateway, _ct))!.ProvisioningState);
        Assert.Equal("Updating", (await client.Observe(Gateway, _ct))!.ProvisioningState);
        Assert.Equal("Succeeded", (await client.Observe(Gateway, _ct))!.ProvisioningState);
    }

    [Fact]
    public async Task An_answer_without_any_header_and_state_is_done()
    {
        _arm.Answer("PUT", Gateway, HttpStatusCode.OK, "{}")
            .Answer("GET", Gateway, HttpStatusCode.OK, AzureSample.Ours(Gateway, "{}"));
        var client = _arm.Client();
        await client.Put(Gateway, [], _ct);
        Assert.True((await client.Observe(Gateway, _ct))!.IsSucceeded);
    }
}

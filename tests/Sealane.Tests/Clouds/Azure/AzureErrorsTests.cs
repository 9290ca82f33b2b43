using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

public sealed class AzureErrorsTests
{
    [Theory]
    // Another operation is in the way: 409 as documented, 400 and 429 as also reported.
    [InlineData(409, "AnotherOperationInProgress", CloudErrorKind.Busy)]
    [InlineData(429, "AnotherOperationInProgress", CloudErrorKind.Busy)]
    [InlineData(429, "RetryableErrorDueToAnotherOperation", CloudErrorKind.Busy)]
    [InlineData(429, "RetryableError", CloudErrorKind.Busy)]
    [InlineData(400, "ReferencedResourceNotProvisioned", CloudErrorKind.Busy)]
    // Stale back-references after a delete.
    [InlineData(400, "InUseSubnetCannotBeDeleted", CloudErrorKind.Busy)]
    [InlineData(400, "PublicIPAddressCannotBeDeleted", CloudErrorKind.Busy)]
    [InlineData(400, "VirtualNetworkGatewayCannotBeDeleted", CloudErrorKind.Busy)]
    [InlineData(null, "ConflictError", CloudErrorKind.Busy)]
    [InlineData(412, "PreconditionFailed", CloudErrorKind.Busy)]
    [InlineData(412, null, CloudErrorKind.Busy)]
    [InlineData(404, "ResourceNotFound", CloudErrorKind.NotFound)]
    [InlineData(404, "ResourceGroupNotFound", CloudErrorKind.NotFound)]
    // Not an absent object, but an account that we cannot see.
    [InlineData(404, "SubscriptionNotFound", CloudErrorKind.Denied)]
    [InlineData(401, "ExpiredAuthenticationToken", CloudErrorKind.Denied)]
    [InlineData(401, null, CloudErrorKind.Denied)]
    [InlineData(403, "AuthorizationFailed", CloudErrorKind.Denied)]
    [InlineData(403, null, CloudErrorKind.Denied)]
    [InlineData(409, "ScopeLocked", CloudErrorKind.Denied)]
    [InlineData(429, null, CloudErrorKind.Throttled)]
    [InlineData(429, "TooManyRequests", CloudErrorKind.Throttled)]
    [InlineData(400, "PublicIPCountLimitReached", CloudErrorKind.Quota)]
    [InlineData(400, "StaticPublicIPCountLimitReached", CloudErrorKind.Quota)]
    [InlineData(400, "IPv4BasicSkuPublicIpCountLimitReached", CloudErrorKind.Quota)]
    [InlineData(400, "NonAzSkusNotAllowedForVPNGateway", CloudErrorKind.Invalid)]
    [InlineData(400, "VmssVpnGatewayPublicIpsMustHaveZonesConfigured", CloudErrorKind.Invalid)]
    [InlineData(400, "InvalidResourceReference", CloudErrorKind.Invalid)]
    [InlineData(400, "SomethingNew", CloudErrorKind.Invalid)]
    [InlineData(409, "SomethingNew", CloudErrorKind.Invalid)]
    [InlineData(409, "InvalidResourceLocation", CloudErrorKind.Exists)]
    public void A_code_means(int? status, string? code, CloudErrorKind kind)
    {
        Assert.Equal(kind, AzureErrors.Classify(status, code, writes: true).Kind);
        Assert.Equal(kind, AzureErrors.Classify(status, code, writes: false).Kind);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(503)]
    public void An_unwell_cloud_leaves_a_write_uncertain_and_a_question_free_to_repeat(int status)
    {
        Assert.Equal(CloudErrorKind.Uncertain, AzureErrors.Classify(status, null, writes: true).Kind);
        Assert.Equal(CloudErrorKind.Unavailable, AzureErrors.Classify(status, null, writes: false).Kind);
    }
}

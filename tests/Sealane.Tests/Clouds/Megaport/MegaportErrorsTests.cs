using Sealane.Clouds.Megaport;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class MegaportErrorsTests
{
    [Theory]
    [InlineData(400, "Could not find a service with UID 5d0c", true, CloudErrorKind.NotFound)]
    [InlineData(404, "MCR not found", true, CloudErrorKind.NotFound)]
    [InlineData(500, "Transaction silently rolled back because it has been marked as rollback-only", true,
        CloudErrorKind.Busy)]
    [InlineData(400, "Service has an attached peering connection that must be removed in Azure first", true,
        CloudErrorKind.Busy)]
    [InlineData(409, "prefix list in use", true, CloudErrorKind.Busy)]
    [InlineData(409, "Action [CANCEL] not allowed for product type: MCR2", true, CloudErrorKind.Invalid)]
    [InlineData(400, "No available capacity for this request", true, CloudErrorKind.Quota)]
    [InlineData(400, "VXC goes to an Azure port that is already taken", true, CloudErrorKind.Exists)]
    [InlineData(400, "Validation failed: Valid B-End is required", true, CloudErrorKind.Invalid)]
    [InlineData(400, "Missing markets: Sweden", true, CloudErrorKind.Denied)]
    [InlineData(400, "Not supported service type", false, CloudErrorKind.Invalid)]
    [InlineData(400, "anything else", true, CloudErrorKind.Invalid)]
    [InlineData(401, "", false, CloudErrorKind.Denied)]
    [InlineData(403, "Only B end owner can change B VLAN ", true, CloudErrorKind.Denied)]
    [InlineData(429, "", true, CloudErrorKind.Throttled)]
    [InlineData(202, "Request accepted and pending for approval", true, CloudErrorKind.AwaitsApproval)]
    [InlineData(503, "", false, CloudErrorKind.Unavailable)]
    [InlineData(503, "", true, CloudErrorKind.Uncertain)]
    public void An_answer_means(int status, string text, bool writes, CloudErrorKind kind) =>
        Assert.Equal(kind, MegaportErrors.Classify(status, text, writes).Kind);

    [Theory]
    [InlineData("""{"message":"Validation failed","data":"Valid B-End is required"}""",
        "Validation failed: Valid B-End is required")]
    [InlineData("""{"message":"Validation failed","data":null}""", "Validation failed")]
    [InlineData("""{"message":"m","data":[{"a":"first"},{"b":"second","c":["third"]}]}""", "m: first: second: third")]
    [InlineData("""{"Message":"m","Data":{"reason":"why"}}""", "m: why")]
    [InlineData("bad gateway", "bad gateway")]
    [InlineData("", "")]
    [InlineData("[1]", "[1]")]
    public void The_useful_sentence_is_found_wherever_it_stands(string body, string text) =>
        Assert.Equal(text, MegaportErrors.Read(body).Text);

    [Fact]
    public void The_trace_id_of_the_body_is_kept() =>
        Assert.Equal("t-1", MegaportErrors.Read("""{"message":"m","trace_id":"t-1"}""").TraceId);
}

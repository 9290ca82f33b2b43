using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Aws;

public class AwsEndpointTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private const string Vpc =
        "<vpcSet><item><vpcId>vpc-1</vpcId><state>available</state><cidrBlock>10.1.0.0/16</cidrBlock></item></vpcSet>";

    [Fact]
    public async Task A_throttled_call_is_repeated_with_growing_pauses_even_when_it_writes()
    {
        var aws = new FakeAws().Ec2Error("DeleteVpnConnection", "RequestLimitExceeded", "Request limit exceeded.", 503)
            .Ec2Error("DeleteVpnConnection", "RequestLimitExceeded", "Request limit exceeded.", 503)
                .Ec2("DeleteVpnConnection");
        await aws.Clients().Ec2.DeleteVpnConnection("vpn-1", Now);
        Assert.Equal(3, aws.Sent.Count);
        Assert.Equal(TimeSpan.FromSeconds(3), aws.Clock.Waited);
    }

    [Fact]
    public async Task Each_try_is_signed_anew()
    {
        var aws = new FakeAws().Ec2Error("DescribeVpcs", "Unavailable", "later", 503).Ec2("DescribeVpcs", Vpc);
        await aws.Clients().Ec2.FindVpc("vpc-1", Now);
        Assert.Equal(["20261122T120000Z", "20261122T120001Z"],
            aws.Sent.Select(request => request.Headers["x-amz-date"]));
    }

    [Fact]
    public async Task A_read_is_repeated_when_the_service_is_unwell_or_the_connection_breaks()
    {
        var aws = new FakeAws().Ec2Error("DescribeVpcs", "InternalError", "oops", 500)
            .On("ec2:DescribeVpcs", () => throw new HttpRequestException("reset")).Ec2("DescribeVpcs", Vpc);
        Assert.Equal("vpc-1", (await aws.Clients().Ec2.FindVpc("vpc-1", Now))?.Id);
    }

    [Fact]
    public async Task A_writing_call_without_a_usable_answer_is_uncertain_and_not_repeated()
    {
        var aws = new FakeAws().Ec2Error("DeleteVpnConnection", "InternalError", "oops", 500);
        var error = await Assert.ThrowsAsync<CloudError>(() => aws.Clients().Ec2.DeleteVpnConnection("vpn-1", Now));
        Assert.Equal((CloudErrorKind.Uncertain, 500, "r-9"), (error.Kind, error.Status, error.RequestId));
        Assert.Single(aws.Sent);

        var broken = new FakeAws().On("ec2:DeleteVpnConnection", () => throw new HttpRequestException("reset"));
        Assert.Equal(CloudErrorKind.Uncertain,
            (await Assert.ThrowsAsync<CloudError>(() => broken.Clients().Ec2.DeleteVpnConnection("vpn-1", Now))).Kind);
        Assert.Single(broken.Sent);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    public async Task What_was_never_sent_is_unavailable_even_when_it_writes(HttpRequestError reason)
    {
        var aws = new FakeAws()
            .On("ec2:DeleteVpnConnection", () => throw new HttpRequestException(reason, "no way there"));
        var error = await Assert.ThrowsAsync<CloudError>(() => aws.Clients().Ec2.DeleteVpnConnection("vpn-1", Now));
        Assert.Equal(CloudErrorKind.Unavailable, error.Kind);
        Assert.Contains("ec2.us-east-1.amazonaws.com cannot be reached", error.Describe(), StringComparison.Ordinal);
        Assert.Equal(5, aws.Sent.Count);
    }

    [Fact]
    public async Task A_wrong_clock_is_corrected_once_from_the_date_of_the_refusal()
    {
        var aws = new FakeAws();
        var theirs = aws.Clock.GetUtcNow().AddHours(2);
        aws.On("ec2:DescribeVpcs",
            "<Response><Errors><Error><Code>RequestExpired</Code><Message>m</Message></Error></Errors></Response>", 400,
            theirs)
            .Ec2("DescribeVpcs", Vpc);
        var clients = aws.Clients();
        await clients.Ec2.FindVpc("vpc-1", Now);
        await clients.Ec2.FindVpc("vpc-1", Now);
        Assert.Equal(["20261122T120000Z", "20261122T140000Z", "20261122T140000Z"],
            aws.Sent.Select(request => request.Headers["x-amz-date"]));
    }

    [Fact]
    public async Task A_wrong_secret_is_not_taken_for_a_wrong_clock()
    {
        var aws = new FakeAws();
        aws.On("ec2:DescribeVpcs",
            "<Response><Errors><Error><Code>SignatureDoesNotMatch</Code><Message>m</Message></Error></Errors></Response>", 403,
            aws.Clock.GetUtcNow());
        var error = await Assert.ThrowsAsync<CloudError>(() => aws.Clients().Ec2.FindVpc("vpc-1", Now));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Single(aws.Sent);
    }

    [Fact]
    public async Task An_unknown_profile_is_denied_with_advice_and_nothing_is_sent()
    {
        var aws = new FakeAws();
        var clients = new AwsClients(new(aws.Clock, aws), AwsCredentialSource.Profile("no-such-profile-here"),
            new() { Region = "us-east-1", ConnectionRegion = "us-east-1" });
        var error = await Assert.ThrowsAsync<CloudError>(() => clients.Sts.GetCallerIdentity(Now));
        Assert.Equal(CloudErrorKind.Denied, error.Kind);
        Assert.Contains("no-such-profile-here", error.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_PROFILE", error.Advice, StringComparison.Ordinal);
        Assert.Empty(aws.Sent);
    }

    [Fact]
    public async Task An_answer_that_is_no_xml_is_an_error_of_the_cloud_and_no_crash()
    {
        var aws = new FakeAws().On("ec2:DescribeVpcs", "<html>proxy");
        Assert.Equal(CloudErrorKind.Unavailable,
            (await Assert.ThrowsAsync<CloudError>(() => aws.Clients().Ec2.FindVpc("vpc-1", Now))).Kind);
        var page = new FakeAws().On("ec2:DescribeVpcs", "not here", 404);
        Assert.Equal(404,
            (await Assert.ThrowsAsync<CloudError>(() => page.Clients().Ec2.FindVpc("vpc-1", Now))).Status);
    }

    [Fact]
    public async Task A_key_that_the_service_repeats_in_its_refusal_is_masked()
    {
        var ec2 = new FakeAws().Ec2Error("ModifyVpnTunnelOptions", "InvalidParameterValue",
            "Value (open+sesame) for PreSharedKey is invalid");
        var refused = await Assert.ThrowsAsync<CloudError>(() => ec2.Clients()
            .Ec2.ModifyVpnTunnelOptions("vpn-1", Ipv4.Parse("10.254.1.18"),
            new(1, Guide.Design.Tunnels[0].InsideCidr, new("open+sesame"), Guide.Design.Ipsec), Now));
        Assert.Equal("Value (••••••) for PreSharedKey is invalid", refused.Message);

        var dx = new FakeAws().Dx("CreateTransitVirtualInterface",
            """{"__type":"DirectConnectClientException","message":"open+sesame is no valid key"}""", 400);
        Assert.DoesNotContain("sesame",
            (await Assert.ThrowsAsync<CloudError>(() => dx.Clients().Connections.CreateTransitVirtualInterface(
            new(new("n", "l"), "dxcon-1", "5f29", 1, 2, new("open+sesame"), Guide.Design.AwsVxcs[0].McrAddress,
                Guide.Design.AwsVxcs[0].AmazonAddress, 1500),
            Now))).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_of_the_credentials_must_be_that_of_the_spec()
    {
        const string reply = """
            <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
            <Arn>arn:aws:iam::999:user/u</Arn><UserId>U</UserId><Account>{0}</Account></GetCallerIdentityResult>
            <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>
            """;
        var right = new FakeAws()
            .On("sts:GetCallerIdentity", reply.Replace("{0}", "111122223333", StringComparison.Ordinal));
        await right.Clients().RequireAccount(Guide.Design, Now);
        Assert.Equal("Action=GetCallerIdentity&Version=2011-06-15", right.Sent[0].Body);

        var wrong = new FakeAws().On("sts:GetCallerIdentity", reply.Replace("{0}", "999", StringComparison.Ordinal));
        Assert.Equal(CloudErrorKind.Denied,
            (await Assert.ThrowsAsync<CloudError>(() => wrong.Clients().RequireAccount(Guide.Design, Now))).Kind);
    }
}

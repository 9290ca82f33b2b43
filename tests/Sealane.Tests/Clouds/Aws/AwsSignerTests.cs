using Sealane.Clouds.Aws;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>
/// Known answers, computed with two independent implementations of Signature Version 4 for key id AKIDEXAMPLE, region
/// us-east-1, time 20261122T120000Z.
/// </summary>
public class AwsSignerTests
{
    private static string Signature(SentRequest request) => request.Headers["authorization"].Split("Signature=")[1];

    [Fact]
    public async Task An_ec2_request_has_the_known_signature()
    {
        var aws = new FakeAws().On("ec2:DescribeTransitGateways", "<x/>");
        var endpoint = Endpoint(aws, "ec2", null);
        await endpoint.Post(
            new("DescribeTransitGateways",
                "Action=DescribeTransitGateways&Version=2016-11-15&Filter.1.Name=state&Filter.1.Value.1=available"u8.ToArray(),
                "application/x-www-form-urlencoded; charset=utf-8", null, false, []), (_, _) => new(null, "", null),
                    text => text,
                    TestContext.Current.CancellationToken);
        var sent = Assert.Single(aws.Sent);
        Assert.Equal("73a3e782af5709203f5a3a0e938eda8891736a2b5ad278cd508d5d2194601ad0", Signature(sent));
        Assert.Equal("20261122T120000Z", sent.Headers["x-amz-date"]);
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/ec2/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date, ",
            sent.Headers["authorization"]);
    }

    [Theory]
    [InlineData(null, "3de6277d66fbfeb462bfc398a5b76853af51cd5d2d152ff0d48f54e27cb0071d")]
    [InlineData("TOKEN123", "b84c5275031ba371cc545f4860cb395f0cf9117233e5c5f263ec08a5bd7740f9")]
    public async Task A_direct_connect_request_has_the_known_signature(string? token, string signature)
    {
        var aws = new FakeAws().Dx("DescribeConnections", """{"connections":[]}""");
        await aws.Clients(token: token is null ? null : new(token))
            .Connections.AllConnections(TestContext.Current.CancellationToken);
        var sent = Assert.Single(aws.Sent);
        Assert.Equal("directconnect.us-east-1.amazonaws.com", sent.Host);
        Assert.Equal("OvertureService.DescribeConnections", sent.Headers["x-amz-target"]);
        Assert.Equal("application/x-amz-json-1.1", sent.Headers["content-type"]);
        Assert.Equal(signature, Signature(sent));
    }

    private static AwsEndpoint Endpoint(FakeAws aws, string service, string? token) => new(
        new(aws.Clock, aws),
        AwsCredentialSource.Given("AKIDEXAMPLE", new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
            token is null ? null : new(token)),
        new($"https://{service}.us-east-1.amazonaws.com/"), "us-east-1", service);
}

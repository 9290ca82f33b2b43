using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Who may speak. The vectors were worked out with two independent implementations of SigV4.</summary>
public class SignatureTests
{
    private const string Ec2Body =
        "Action=DescribeTransitGateways&Version=2016-11-15&Filter.1.Name=state&Filter.1.Value.1=available";

    [Fact]
    public void The_known_answer_of_ec2_is_accepted() =>
        Assert.Equal(200, Answer(Vector("ec2", "content-type;host;x-amz-date",
            "73a3e782af5709203f5a3a0e938eda8891736a2b5ad278cd508d5d2194601ad0")).Status);

    [Fact]
    public void The_known_answer_of_direct_connect_is_accepted() =>
        Assert.Equal(200, Answer(Vector("directconnect", "content-type;host;x-amz-date;x-amz-target",
            "3de6277d66fbfeb462bfc398a5b76853af51cd5d2d152ff0d48f54e27cb0071d")).Status);

    [Fact]
    public void The_known_answer_with_a_session_token_is_accepted_where_the_token_is_known()
    {
        var request = AwsSigner.With(
            Vector("directconnect", "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
                "b84c5275031ba371cc545f4860cb395f0cf9117233e5c5f263ec08a5bd7740f9"),
            ("x-amz-security-token", "TOKEN123"));
        Assert.Equal(200, Answer(request, AwsBench.Key with { SessionToken = new Secret("TOKEN123") }).Status);
        Assert.Contains("UnrecognizedClientException", Answer(request).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ec2", "58beae7559cc9d21b03ae11dfa3d2cfd2ad1f98c6278f187725b6bdeb13989ae",
        "b08b45a32ca58fdd990b82e758e1ca2a2a482afb54f8f7a27d3ac0a3d6e76345")]
    [InlineData("directconnect", "a07dbf3f5fed1a228e9abcb082540354470d7ecfda7be4e046d0b83a8c5bbdd4",
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")]
    public void A_signed_body_hash_is_accepted_and_must_fit_the_body(string service, string signature, string hash)
    {
        var names = service == "ec2"
            ? "content-type;host;x-amz-content-sha256;x-amz-date"
            : "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target";
        var request = AwsSigner.With(Vector(service, names, signature), ("x-amz-content-sha256", hash));
        Assert.Equal(200, Answer(request).Status);
        Assert.NotEqual(200, Answer(request with { Body = [.. request.Body, (byte)' '] }).Status);
    }

    [Theory]
    [InlineData("ec2", 403, "SignatureDoesNotMatch")]
    [InlineData("directconnect", 400, "InvalidSignatureException")]
    [InlineData("sts", 403, "SignatureDoesNotMatch")]
    public void A_wrong_secret_is_told_in_the_words_of_the_service(string service, int status, string code) =>
        Refused(service, AwsBench.Key with { SecretAccessKey = new Secret("wrong") }, TimeSpan.Zero, status, code);

    [Theory]
    [InlineData("ec2", 401, "AuthFailure")]
    [InlineData("directconnect", 400, "UnrecognizedClientException")]
    [InlineData("sts", 403, "InvalidClientTokenId")]
    public void An_unknown_key_id_is_told_in_the_words_of_the_service(string service, int status, string code) =>
        Refused(service, AwsBench.Key with { AccessKeyId = "AKIDOTHER" }, TimeSpan.Zero, status, code);

    [Theory]
    [InlineData("ec2", 400, "RequestExpired")]
    [InlineData("directconnect", 400, "InvalidSignatureException")]
    [InlineData("sts", 403, "SignatureDoesNotMatch")]
    public void A_clock_that_is_sixteen_minutes_off_is_refused(string service, int status, string code)
    {
        Refused(service, AwsBench.Key, TimeSpan.FromMinutes(16), status, code);
        Refused(service, AwsBench.Key, TimeSpan.FromMinutes(-16), status, code);
        Assert.Equal(200, Signed(service, AwsBench.Key, TimeSpan.FromMinutes(-14)).Status);
    }

    [Theory]
    [InlineData("ec2", "directconnect")]
    [InlineData("sts", "ec2")]
    public void A_signature_for_another_service_is_refused(string service, string scope)
    {
        var request = AwsSigner.Sign(Request(service), AwsBench.Key, scope, "us-east-1", AwsBench.Start);
        Assert.Contains("Credential should be scoped to correct service", Answer(request).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_for_another_region_than_the_host_is_refused()
    {
        var request = AwsSigner.Form(Ec2Body, "ec2.eu-west-1.amazonaws.com");
        Assert.Equal(403, Answer(AwsSigner.Sign(request, AwsBench.Key, "ec2", "us-east-1", AwsBench.Start)).Status);
        Assert.Equal(200, Answer(AwsSigner.Sign(request, AwsBench.Key, "ec2", "eu-west-1", AwsBench.Start)).Status);
    }

    [Theory]
    [InlineData("ec2", "MissingAuthenticationToken")]
    [InlineData("directconnect", "MissingAuthenticationTokenException")]
    [InlineData("sts", "MissingAuthenticationToken")]
    public void A_request_without_signature_is_refused(string service, string code) =>
        Assert.Contains($"{code}", Answer(Request(service)).Body, StringComparison.Ordinal);

    [Fact]
    public void A_changed_body_breaks_the_signature()
    {
        var request = AwsSigner.Sign(Request("ec2"), AwsBench.Key, "ec2", "us-east-1", AwsBench.Start);
        Assert.Equal(403, Answer(request with { Body = [.. request.Body, (byte)'x'] }).Status);
    }

    [Fact]
    public void A_query_in_the_address_is_part_of_the_signature()
    {
        var request = AwsSigner.Form("") with
        {
            Method = "GET",
            Query = "Version=2016-11-15&Action=DescribeVpcs&Filter.1.Name=tag%3AName&Filter.1.Value.1=a%20b"
        };
        var signed = AwsSigner.Sign(request, AwsBench.Key, "ec2", "us-east-1", AwsBench.Start);
        Assert.Equal(200, Answer(signed).Status);
        Assert.Equal(403,
            Answer(signed with { Query = signed.Query.Replace("a%20b", "a%20c", StringComparison.Ordinal) }).Status);
    }

    [Fact]
    public void Credentials_do_not_print_their_secret() =>
        Assert.DoesNotContain("wJalr", AwsBench.Key.ToString(), StringComparison.Ordinal);

    private static void Refused(string service, AwsCredentials key, TimeSpan off, int status, string code)
    {
        var reply = Signed(service, key, off);
        Assert.Equal(status, reply.Status);
        Assert.Contains(code, reply.Body, StringComparison.Ordinal);
    }

    private static WireReply Signed(string service, AwsCredentials key, TimeSpan off) =>
        Answer(AwsSigner.Sign(Request(service), key, service, "us-east-1", AwsBench.Start + off));

    private static WireRequest Request(string service) => service switch
    {
        "ec2" => AwsSigner.Form(Ec2Body),
        "sts" => AwsSigner.Form("Action=GetCallerIdentity&Version=2011-06-15"),
        _ => AwsSigner.Json("DescribeConnections", "{}"),
    };

    private static WireRequest Vector(string service, string signedHeaders, string signature)
    {
        var host = $"{service}.us-east-1.amazonaws.com";
        return AwsSigner.With(service == "ec2" ? AwsSigner.Form(Ec2Body, host)
            : AwsSigner.Json("DescribeConnections", "{}", host),
            ("x-amz-date", "20261122T120000Z"),
            ("authorization", $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/us-east-1/{service}/aws4_request, "
                + $"SignedHeaders={signedHeaders}, Signature={signature}"));
    }

    private static WireReply Answer(WireRequest request, AwsCredentials? accepted = null)
    {
        var world = new SandboxWorld(
            new VirtualClock(AwsBench.Start), 1, AwsBench.Start, AwsState.Of(AwsBench.Design()), new AzureState(),
            new MegaportState());
        return new AwsFace(world, accepted ?? AwsBench.Key, () => AwsBench.Start).Answer(request);
    }
}

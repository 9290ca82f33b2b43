namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Tools ask IAM at their start, at the same endpoint when they are given one.</summary>
public sealed class IamTests
{
    private readonly AwsBench _aws = new();

    [Theory]
    [InlineData("GetUser", 200, "<UserName>sealane</UserName>")]
    [InlineData("ListAccountAliases", 200, "<IsTruncated>false</IsTruncated>")]
    [InlineData("ListRoles", 400, "<Code>InvalidAction</Code>")]
    public void Iam_answers_in_its_own_envelope(string action, int status, string part)
    {
        var reply = Ask(action);
        Assert.Equal(status, reply.Status);
        Assert.Contains(part, reply.Body, StringComparison.Ordinal);
        Assert.Contains("https://iam.amazonaws.com/doc/2010-05-08/", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void Iam_names_the_caller_that_sts_names()
    {
        var identity = _aws.Send(
            AwsSigner.Form("Action=GetCallerIdentity&Version=2011-06-15"), "sts", AwsBench.Region).Body;
        Assert.Contains(
            $"<Arn>arn:aws:iam::{AwsBench.Account}:user/sealane</Arn>", Ask("GetUser").Body, StringComparison.Ordinal);
        Assert.Contains(
            $"<Arn>arn:aws:iam::{AwsBench.Account}:user/sealane</Arn>", identity, StringComparison.Ordinal);
    }

    private Sealane.Sandbox.World.WireReply Ask(string action) =>
        _aws.Send(AwsSigner.Form($"Action={action}&Version=2010-05-08"), "iam", "us-east-1");
}

using System.Xml.Linq;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Iam;

/// <summary>IAM as far as tools ask it: who is asking, what the account is called, what a policy allows.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/welcome.html</remarks>
internal static class IamApi
{
    public const string Version = "2010-05-08";
    private static readonly XNamespace Space = "https://iam.amazonaws.com/doc/2010-05-08/";

    public static AwsService Service { get; } = new(
        "iam",
        new(
            () => new(403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
            () => new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
            message => new(403, "SignatureDoesNotMatch", message),
            message => new(403, "SignatureDoesNotMatch", message)),
        Answer,
        (refusal, requestId) => QueryReply.Refuse(Space, refusal, requestId),
        new(400, "Throttling", "Rate exceeded"),
        new(500, "ServiceFailure", "The request processing has failed because of an unknown error."));

    private static WireReply Answer(AwsRequest request)
    {
        QueryText.CheckCharacters(request.Parameters);
        var action = request.Parameters.GetValueOrDefault("Action") ?? "";
        AccessCheck.Iam(request, action);
        return QueryReply.Of(Space, action, request.RequestId, action switch
        {
            "SimulatePrincipalPolicy" => PolicySimulation.Answer(request),
            "GetUser" => [User(request)],
            "ListAccountAliases" => [new("AccountAliases"), new("IsTruncated", "false")],
            _ => throw new AwsRefusal(400, "InvalidAction",
                $"Could not find operation {action} for version {Version}"),
        });
    }

    private static XElement User(AwsRequest request) => new("User",
        new XElement("Path", "/"),
        new XElement("UserName", "sealane"),
        new XElement("UserId", Sts.StsApi.UserId(request.World)),
        new XElement("Arn", $"arn:aws:iam::{request.World.Aws.CallerAccount}:user/sealane"),
        new XElement("CreateDate", "2024-01-01T00:00:00Z"));
}

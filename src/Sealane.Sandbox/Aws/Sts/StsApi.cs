using System.Xml.Linq;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Sts;

/// <summary>STS as far as a deployer needs it: who am I.</summary>
/// <remarks>https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html</remarks>
internal static class StsApi
{
    public const string Version = "2011-06-15";
    private static readonly XNamespace Space = "https://sts.amazonaws.com/doc/2011-06-15/";

    public static AwsService Service { get; } = new(
        "sts",
        new(
            () => new(403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
            () => new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
            message => new(403, "SignatureDoesNotMatch", message),
            message => new(403, "SignatureDoesNotMatch", message)),
        Answer,
        Refuse,
        new(400, "Throttling", "Rate exceeded"),
        new(500, "InternalFailure", "An internal error has occurred."));

    private static WireReply Answer(AwsRequest request)
    {
        QueryText.CheckCharacters(request.Parameters);
        var action = request.Parameters.GetValueOrDefault("Action");
        if (action != "GetCallerIdentity")
        {
            throw new AwsRefusal(400, "InvalidAction", $"Could not find operation {action} for version {Version}");
        }
        if (request.Parameters.Keys.FirstOrDefault(key => key is not ("Action" or "Version")) is { } unknown)
        {
            throw new AwsRefusal(400, "ValidationError", $"Unknown parameter {unknown}");
        }
        var account = request.World.Aws.Account;
        return Reply(200, request.RequestId, new XElement(Space + "GetCallerIdentityResponse",
            new XElement(Space + "GetCallerIdentityResult",
                new XElement(Space + "Arn", $"arn:aws:iam::{account}:user/sealane"),
                new XElement(Space + "UserId", $"AIDA{request.World.Hex("aws/user", 17).ToUpperInvariant()}"),
                new XElement(Space + "Account", account)),
            new XElement(Space + "ResponseMetadata", new XElement(Space + "RequestId", request.RequestId))));
    }

    private static WireReply Refuse(AwsRefusal refusal, string requestId) =>
        Reply(refusal.Status, requestId, new XElement(Space + "ErrorResponse",
            new XElement(Space + "Error",
                new XElement(Space + "Type", refusal.Status < 500 ? "Sender" : "Receiver"),
                new XElement(Space + "Code", refusal.Code),
                new XElement(Space + "Message", refusal.Message)),
            new XElement(Space + "RequestId", requestId)));

    private static WireReply Reply(int status, string requestId, XElement root) => new()
    {
        Status = status,
        ContentType = "text/xml",
        Headers = [("x-amzn-RequestId", requestId)],
        Body = root.ToString(SaveOptions.DisableFormatting),
    };
}

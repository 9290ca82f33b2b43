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
        (refusal, requestId) => QueryReply.Refuse(Space, refusal, requestId),
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
        var account = request.World.Aws.CallerAccount;
        return QueryReply.Of(Space, action, request.RequestId,
        [
            new("Arn", request.World.Aws.Arn),
            new("UserId", UserId(request.World)),
            new("Account", account),
        ]);
    }

    public static string UserId(SandboxWorld world) => $"AIDA{world.Hex("aws/user", 17).ToUpperInvariant()}";
}

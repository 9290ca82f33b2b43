using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Aws.Iam;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Direct Connect, awsJson1.1, version 2012-10-25: every operation it serves, its envelope, its way to
/// refuse.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/Welcome.html</remarks>
internal static class DirectConnectApi
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private const string Target = "OvertureService.";

    public static FrozenDictionary<string, DxOperation> Operations { get; } = new[]
    {
        DxGatewayCalls.All, DxAssociationCalls.All, DxProposalCalls.All, DxAttachmentCalls.All, DxConnectionCalls.All,
        VifCalls.All, VifRouteCalls.All,
        BgpPeerCalls.All, FailoverTestCalls.All, RouterConfigurationCalls.All, LocationCalls.All, DxTagCalls.All,
    }.SelectMany(all => all).ToFrozenDictionary(operation => operation.Name);

    public static AwsService Service { get; } = new(
        "directconnect",
        new(
            () => new(400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
            () => new(400, "UnrecognizedClientException", "The security token included in the request is invalid."),
            message => new(400, "InvalidSignatureException", message),
            message => new(400, "InvalidSignatureException", message)),
        Answer,
        Refuse,
        new(400, "ThrottlingException", "Rate exceeded"),
        new(500, "DirectConnectServerException", "A server-side error occurred."));

    private static WireReply Answer(AwsRequest request)
    {
        var target = request.Wire.Header("X-Amz-Target") ?? "";
        if (request.Wire.Method != "POST" || !target.StartsWith(Target, StringComparison.Ordinal)
            || !Operations.TryGetValue(target[Target.Length..], out var operation))
        {
            throw new AwsRefusal(400, "UnknownOperationException", $"The operation {target} is not known.");
        }
        var input = Read(request.Wire);
        operation.Shape.Check(input);
        AccessCheck.DirectConnect(request, operation.Name, input);
        var reply = operation.Answer(new(request, operation.Name, new(input)));
        if (operation.Writes)
        {
            request.World.Touch();
        }
        return Reply(200, request.RequestId, reply);
    }

    private static JsonObject Read(WireRequest wire)
    {
        try
        {
            var node = wire.Body.Length == 0 ? new JsonObject() : JsonNode.Parse(wire.Body, documentOptions: Strict);
            CheckTexts(node);
            return node as JsonObject
                ?? throw new AwsRefusal(400, "SerializationException",
                    "Start of structure or map found where not expected.");
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new AwsRefusal(400, "SerializationException", "The request body is not JSON.");
        }
    }

    /// <summary>Reads every text once: half a surrogate pair shows only then.</summary>
    private static void CheckTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (_, member) in json)
                {
                    CheckTexts(member);
                }
                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    CheckTexts(item);
                }
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                _ = value.GetValue<string>();
                break;
            default:
                break;
        }
    }

    private static WireReply Refuse(AwsRefusal refusal, string requestId) => Reply(refusal.Status, requestId,
        // The two tag exceptions are modelled without a message.
        refusal.Code is "DuplicateTagKeysException" or "TooManyTagsException"
            ? new() { ["__type"] = refusal.Code }
            : new() { ["__type"] = refusal.Code, ["message"] = refusal.Message });

    private static WireReply Reply(int status, string requestId, JsonObject body) => new()
    {
        Status = status,
        ContentType = "application/x-amz-json-1.1",
        Headers = [("x-amzn-RequestId", requestId)],
        Body = body.ToJsonString(),
    };
}

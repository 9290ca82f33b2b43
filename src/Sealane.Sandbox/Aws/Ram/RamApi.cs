using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Aws.Iam;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Ram;

/// <summary>Resource Access Manager, restJson1, as far as a transit gateway is shared: by account, outside of any
/// organization, so that each share is accepted.</summary>
/// <remarks>https://docs.aws.amazon.com/ram/latest/APIReference/Welcome.html</remarks>
internal static class RamApi
{
    public const string Name = "ram";

    public static AwsService Service { get; } = new(
        Name,
        new(
            () => new(403, "MissingAuthenticationTokenException", "Missing Authentication Token"),
            () => new(403, "UnrecognizedClientException", "The security token included in the request is invalid."),
            message => new(403, "InvalidSignatureException", message),
            message => new(403, "InvalidSignatureException", message)),
        Answer,
        (refusal, requestId) => Reply(refusal.Status, requestId, new() { ["message"] = refusal.Message },
            ("x-amzn-ErrorType", refusal.Code)),
        new(400, "ThrottlingException", "Rate exceeded"),
        new(500, "ServerInternalException", "The service could not respond to the request."));

    private static WireReply Answer(AwsRequest request)
    {
        var (action, answer) = ((string, Func<RamCall, JsonObject>))((request.Wire.Method, request.Wire.Path) switch
        {
            ("POST", "/createresourceshare") => ("CreateResourceShare", ShareCalls.Create),
            ("POST", "/getresourceshares") => ("GetResourceShares", ShareCalls.List),
            ("POST", "/getresourceshareassociations") => ("GetResourceShareAssociations", ShareCalls.Associations),
            ("POST", "/listresources") => ("ListResources", ShareCalls.Resources),
            ("DELETE", "/deleteresourceshare") => ("DeleteResourceShare", ShareCalls.Delete),
            ("POST", "/getresourceshareinvitations") => ("GetResourceShareInvitations", InvitationCalls.List),
            ("POST", "/acceptresourceshareinvitation") =>
                ("AcceptResourceShareInvitation", InvitationCalls.Accept),
            ("POST", "/rejectresourceshareinvitation") =>
                ("RejectResourceShareInvitation", InvitationCalls.Reject),
            _ => throw new AwsRefusal(404, "UnknownOperationException", $"There is nothing at {request.Wire.Path}."),
        });
        AccessCheck.Ram(request, action);
        var reply = answer(new(request, Read(request.Wire)));
        request.World.Touch();
        return Reply(200, request.RequestId, reply);
    }

    private static JsonObject Read(WireRequest wire)
    {
        try
        {
            return wire.Body.Length == 0 ? [] : JsonNode.Parse(wire.Body) as JsonObject ?? throw new JsonException();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new AwsRefusal(400, "SerializationException", "The request body is not a JSON object.");
        }
    }

    private static WireReply Reply(
        int status, string requestId, JsonObject body, params (string, string)[] headers) => new()
        {
            Status = status,
            ContentType = "application/json",
            Headers = [("x-amzn-RequestId", requestId), .. headers],
            Body = body.ToJsonString(),
        };
}

/// <summary>One RAM request at work.</summary>
internal sealed class RamCall(AwsRequest request, JsonObject input)
{
    public SandboxWorld World => request.World;
    public AwsState State => request.World.Aws;
    public string Region => request.Region;

    /// <summary>Of the body, or of the address where a call has none.</summary>
    public string? Text(string name) => input[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text
        : request.Parameters.GetValueOrDefault(name);

    public string Required(string name) => Text(name)
        ?? throw new AwsRefusal(400, "InvalidParameterException", $"{name} is required.");

    public List<string> Texts(string name) =>
        [.. (input[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];

    public bool Flag(string name, bool otherwise) =>
        input[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    /// <summary>Shares of the region in which the caller has a part: its own, or those that it was offered.</summary>
    public IEnumerable<ResourceShare> Shares(bool own) => State.Shares.Where(share => share.Region == Region
        && (own ? share.Owner == State.CallerAccount : share.Principals.Contains(State.CallerAccount)));

    public IEnumerable<ResourceShare> Asked() =>
        Shares(Required("resourceOwner") == "SELF").Where(share => Wanted("resourceShareArns", share.Arn)
            && (Text("resourceOwner") == "SELF" || share.Accepted.Contains(State.CallerAccount)));

    /// <summary>Whether a list of the request, where there is one, names this.</summary>
    public bool Wanted(string list, string value) => Texts(list) is not { Count: > 0 } asked || asked.Contains(value);

    public static double Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;
}

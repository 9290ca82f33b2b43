using System.Text.Json.Nodes;
using Sealane.Core.Design;

namespace Sealane.Clouds.Azure;

/// <summary>
/// One object as ARM answered it, with what is known of the operation that is changing it. A class and not a record, so
/// that
/// its JSON (a circuit's holds the service key) never gets into text.
/// </summary>
public sealed class ArmObject
{
    internal ArmObject(string id, JsonObject body, string state, string? failure)
    {
        Id = body.Text("id") ?? id;
        Body = body;
        ProvisioningState = state;
        Failure = failure;
    }

    public string Id { get; }

    /// <summary>
    /// <c>Creating</c>, <c>Updating</c>, <c>Deleting</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Canceled</c>. Absent on
    /// the wire
    /// means <c>Succeeded</c>; while an operation of ours runs, it is never <c>Succeeded</c> here.
    /// </summary>
    public string ProvisioningState { get; }

    /// <summary>Why the last operation failed: the operation's code and message where they are known.</summary>
    public string? Failure { get; }

    public string? Location => Body.Text("location");
    public bool IsSucceeded => string.Equals(ProvisioningState, "Succeeded", StringComparison.OrdinalIgnoreCase);
    public bool IsDeleting => string.Equals(ProvisioningState, "Deleting", StringComparison.OrdinalIgnoreCase);
    internal JsonObject Body { get; }
    internal JsonNode? Properties => Body.At("properties");

    public IReadOnlyDictionary<string, string> Tags => ArmJson.TagsOf(Body);

    /// <summary>The link that made the object, by its tag; null where no link did.</summary>
    public string? Link => Tags.GetValueOrDefault(LinkTag.Key);

    public override string ToString() => $"{Id} ({ProvisioningState})";
}

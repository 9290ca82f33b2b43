using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// A long-running operation. <see cref="Entity.Id"/> is its GUID, <see cref="Entity.State"/> its <c>status</c>:
/// <c>InProgress</c>, then <c>Succeeded</c>, <c>Failed</c> or <c>Canceled</c>.
/// </summary>
public sealed class ArmOperation : Entity
{
    public required OperationVerb Verb { get; init; }

    /// <summary>Such as <c>PutVirtualNetworkGatewayOperation</c>, or the name of an action.</summary>
    public required string Name { get; init; }
    public required string ResourceId { get; init; }
    public required string Location { get; init; }

    /// <summary>Ids of everything that no other operation may write meanwhile.</summary>
    public List<string> Locks { get; set; } = [];

    /// <summary>Arguments of an action, such as <c>peer</c>.</summary>
    public Dictionary<string, string> Arguments { get; set; } = [];

    /// <summary>What the state of the resource was before, for a deletion that is refused in the end.</summary>
    public string StateBefore { get; set; } = "";
    public string? ErrorCode { get; set; }
    public string? ErrorMessage { get; set; }

    internal override bool AnswersOnly =>
        Verb == OperationVerb.Action && !Actions.ActionRoutes.Exclusive.Contains(Name);

    /// <summary>What an action answers when it is done.</summary>
    public JsonNode? Result { get; set; }

    internal const string InProgress = "InProgress";
    internal const string Succeeded = "Succeeded";
}

public enum OperationVerb
{
    Put,
    Delete,
    Action,
}

using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>Starts long-running operations and answers the two URLs by which clients follow them.</summary>
internal static class Operations
{
    /// <summary>Finished operations can be asked for about this long (unconfirmed).</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(2);

    public static ArmOperation Begin(
        ArmCall call, OperationVerb verb, string name, string resourceId, string? location, TimeSpan takes,
        IEnumerable<string> locks, string stateBefore = "", Dictionary<string, string>? arguments = null)
    {
        var (world, state) = (call.World, call.State);
        state.Operations.RemoveAll(old => old.State != ArmOperation.InProgress && old.ChangedAt + Kept < world.Now);
        var operation = new ArmOperation
        {
            Id = world.Uuid($"operation/{state.Sequence++}"),
            Verb = verb,
            Name = name,
            ResourceId = resourceId,
            Location = location ?? "global",
            Locks = [.. locks],
            StateBefore = stateBefore,
            Arguments = arguments ?? [],
            CreatedAt = world.Now,
        };
        world.Enter(operation, ArmOperation.InProgress);
        var mishap = verb == OperationVerb.Action
            ? null
            : state.Mishaps.Find(planned => ResourceId.Same(planned.ResourceId, resourceId));
        if (mishap is not null)
        {
            state.Mishaps.Remove(mishap);
            (operation.ErrorCode, operation.ErrorMessage) = (mishap.Code, mishap.Message);
        }
        world.Then(operation, takes, mishap?.State ?? ArmOperation.Succeeded);
        state.Operations.Add(operation);
        return operation;
    }

    /// <summary>GET …/locations/{loc}/operations/{id}: 200 whatever became of it.</summary>
    public static WireReply Status(ArmCall call, string id) =>
        Find(call, id) is not { } operation ? NotFound(call, id)
            : call.Reply(200, StatusOf(operation), RetryOf(operation));

    /// <summary>GET …/locations/{loc}/operationResults/{id}: 202 until done, then the result or nothing.</summary>
    public static WireReply Result(ArmCall call, string id) => Find(call, id) switch
    {
        null => NotFound(call, id),
        { State: ArmOperation.InProgress } running => call.Reply(202, null, call.Follow(running, withLocation: true)),
        { ErrorCode: not null } failed => call.Refuse(new(409, failed.ErrorCode!, failed.ErrorMessage ?? "")),
        { Verb: OperationVerb.Delete } => call.Reply(204),
        { Verb: OperationVerb.Put } put when call.State.Find(put.ResourceId) is { } written =>
            call.Reply(200, ResourceReader.Show(call, written, inList: false)),
        var action => call.Reply(200, action.Result?.DeepClone()),
    };

    private static ArmOperation? Find(ArmCall call, string id) =>
        call.State.Operations.Find(operation => ResourceId.Same(operation.Id, id));

    private static WireReply NotFound(ArmCall call, string id) =>
        call.Refuse(new(404, "OperationNotFound", $"Operation {id} not found."));

    private static JsonObject StatusOf(ArmOperation operation)
    {
        var status = new JsonObject { ["status"] = operation.State };
        if (operation.ErrorCode is { } code && operation.State != ArmOperation.InProgress)
        {
            status["error"] = new JsonObject
            {
                ["code"] = code,
                ["message"] = operation.ErrorMessage,
                ["details"] = new JsonArray(),
            };
        }
        else if (operation.Result is { } result)
        {
            status["properties"] = new JsonObject { ["output"] = result.DeepClone() };
        }
        return status;
    }

    private static IEnumerable<(string, string)> RetryOf(ArmOperation operation) =>
        operation.State == ArmOperation.InProgress
            ? [("Retry-After", ArmCall.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture))]
            : [];
}

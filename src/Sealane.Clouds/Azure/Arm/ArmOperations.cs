using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The long-running operations that this process has started, in memory only: ARM keeps the objects' own state, and
/// that is
/// enough to go on after a crash. What the operation adds is the reason of a failure, and news of it before the object
/// shows any.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations</remarks>
internal sealed class ArmOperations(Func<Uri, CancellationToken, Task<ArmReply>> read)
{
    /// <summary>
    /// A status URL can be 404 for a moment, and some (local network gateways) for ever: then the object's own state
    /// counts
    /// (azure-sdk-for-python #22061).
    /// </summary>
    private const int MaxMisses = 3;

    private sealed record Pending(Uri Url, bool Deletes, int Misses);

    /// <summary>How an operation ended. <paramref name="Error"/> is null on success.</summary>
    public sealed record End(JsonNode? Error);

    private readonly ConcurrentDictionary<string, Pending> _pending = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.OrdinalIgnoreCase);

    public void Started(string id, ArmReply reply, bool deletes)
    {
        _failures.TryRemove(id, out _);
        _pending.TryRemove(id, out _);
        if ((reply.AsyncOperation ?? (reply.Status == 202 ? reply.Location : null)) is { } url)
        {
            _pending[id] = new(url, deletes, 0);
        }
    }

    /// <summary>Puts together what GET shows and what the operation says.</summary>
    public async Task<ArmObject?> Judge(string id, JsonObject? body, CancellationToken ct)
    {
        var state = body is null ? null : body.Text("properties", "provisioningState") ?? "Succeeded";
        if (!_pending.TryGetValue(id, out var pending))
        {
            return body is null ? null : Show(id, body, state!);
        }
        if (body is null && pending.Deletes)
        {
            _pending.TryRemove(id, out _);
            return null;
        }
        // While the object itself says that it is changing, there is nothing to ask the operation for.
        if (IsChanging(state))
        {
            return Show(id, body!, state!);
        }
        var reply = await read(pending.Url, ct).ConfigureAwait(false);
        var lost = reply.Status == 404;
        var end = lost && pending.Misses + 1 >= MaxMisses ? new End(Error: null) : lost ? null : Outcome(reply);
        if (end is null)
        {
            _pending[id] = pending with { Misses = lost ? pending.Misses + 1 : 0 };
            return body is null ? null : new(id, body, pending.Deletes ? "Deleting" : "Updating", failure: null);
        }
        _pending.TryRemove(id, out _);
        if (end.Error is not { } error)
        {
            return body is null ? null : Show(id, body, state!);
        }
        // A failed delete leaves the object as it was, a failed create may leave none: neither can show the reason.
        if (body is null || pending.Deletes)
        {
            var method = pending.Deletes ? "DELETE" : "PUT";
            throw AzureErrors.OfOperation($"{method} {AzureIds.NameOf(id)}", error, reply.RequestId);
        }
        _failures[id] = $"{error.Text("code")}: {error.Text("message")}";
        return Show(id, body, "Failed");
    }

    /// <summary>The end that an answer of a status or result URL tells of; null while it goes on.</summary>
    public static End? Outcome(ArmReply reply)
    {
        if (HasFailed(reply))
        {
            return new(reply.Body.At("error"));
        }
        var status = reply.Body.Text("status") ?? reply.Body.Text("properties", "provisioningState");
        return status?.ToLowerInvariant() switch
        {
            "succeeded" => new(Error: null),
            "failed" or "canceled" => new(reply.Body.At("error") ?? new JsonObject { ["code"] = status }),
            null => reply.Status is 202 or 404 ? null : new(Error: null),
            _ => null,
        };
    }

    /// <summary>
    /// Where an operation is followed by its <c>Location</c> alone, its failure is the answer's own status and body.
    /// What the status says of the question itself (who asks, how often, a service that is unwell) is no end.
    /// </summary>
    /// <remarks>github.com/Azure/azure-sdk-for-go, sdk/azcore/internal/pollers/loc: every status from 300 on is the
    /// end there.</remarks>
    public static bool HasFailed(ArmReply reply) =>
        reply.Status is >= 400 and < 500 and not (401 or 403 or 404 or 408 or 429)
        && reply.Body.Text("error", "code") is not null;

    private ArmObject Show(string id, JsonObject body, string state)
    {
        var failed = state.Equals("Failed", StringComparison.OrdinalIgnoreCase)
            || state.Equals("Canceled", StringComparison.OrdinalIgnoreCase);
        var reason = _failures.GetValueOrDefault(id)
            ?? $"its provisioningState is {state}; Azure's activity log has the reason";
        return new(id, body, state, failed ? reason : null);
    }

    private static bool IsChanging(string? state) => state?.ToLowerInvariant() is "creating" or "updating"
        or "deleting";
}

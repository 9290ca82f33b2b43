using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Authorization;

/// <summary>Locks as the wire has them.</summary>
internal static class LockCalls
{
    public static JsonObject Show(ManagementLock held) => new()
    {
        ["properties"] = new JsonObject { ["level"] = held.Level, ["notes"] = held.Notes },
        ["id"] = held.Id,
        ["type"] = "Microsoft.Authorization/locks",
        ["name"] = held.Name,
    };

    /// <summary>A list at a scope has what is inherited, and what lies on things below.</summary>
    public static bool Touches(ManagementLock held, string scope) =>
        IsAtOrAbove(held.Scope, scope) || IsAtOrAbove(scope, held.Scope);

    public static WireReply Answer(ArmCall call, string scope, string name)
    {
        var held = call.State.Locks.Find(each => ResourceId.Same(each.Scope, scope) && ResourceId.Same(each.Name,
            name));
        switch (call.Request.Method)
        {
            case "GET":
                return held is null ? call.Refuse(new(404, "LockNotFound", $"The lock '{name}' could not be found."))
                    : call.Reply(200, Show(held));
            case "DELETE":
                call.State.Locks.RemoveAll(each => each == held);
                return call.Reply(held is null ? 204 : 200);
            case "PUT":
                return Put(call, scope, name, held);
            default:
                return ArmFace.NotAllowed(call);
        }
    }

    /// <summary>ARM's refusal of a write under a lock; null where none is in the way.</summary>
    /// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources</remarks>
    public static ArmError? Problem(ArmCall call)
    {
        var deletes = call.Request.Method == "DELETE";
        if (call.Method == "GET" || call.State.Locks.Count == 0)
        {
            return null;
        }
        var path = call.Request.Path.TrimEnd('/');
        var inTheWay = call.State.Locks.Where(held => (IsAtOrAbove(held.Scope, path)
                // What is deleted takes what is below with it.
                || deletes && IsAtOrAbove(path, held.Scope))
            && (deletes || held.Level == ManagementLock.ReadOnly)).ToList();
        return inTheWay.Count == 0 ? null : new(409, "ScopeLocked",
            $"The scope '{path}' cannot perform {(deletes ? "delete" : "write")} operation because following scope(s) "
            + $"are locked: '{string.Join("','", inTheWay.Select(held => held.Scope))}'. Please remove the lock and "
            + "try again.");
    }

    private static WireReply Put(ArmCall call, string scope, string name, ManagementLock? held)
    {
        var body = Json.ReadObject(call.Request.BodyText);
        var level = body.Text("properties", "level");
        if (level is not (ManagementLock.CanNotDelete or ManagementLock.ReadOnly))
        {
            return call.Refuse(ArmError.Bad("InvalidLock", $"The lock level '{level}' is not valid."));
        }
        call.State.Locks.RemoveAll(each => each == held);
        var made = new ManagementLock(scope, name, level, body.Text("properties", "notes"));
        call.State.Locks.Add(made);
        call.World.Touch();
        return call.Reply(held is null ? 201 : 200, Show(made));
    }

    private static bool IsAtOrAbove(string locked, string id) =>
        ResourceId.Same(locked, id) || id.StartsWith($"{locked}/", StringComparison.OrdinalIgnoreCase);
}

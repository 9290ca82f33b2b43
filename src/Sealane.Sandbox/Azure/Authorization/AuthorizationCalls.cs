using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Authorization;

/// <summary>Microsoft.Authorization as far as a deployer asks it: what it may do at a scope, and which locks lie
/// there.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/authorization/permissions,
/// https://learn.microsoft.com/rest/api/resources/management-locks</remarks>
internal static class AuthorizationCalls
{
    private const string Provider = "Microsoft.Authorization";

    /// <summary>Null where the request is about something else.</summary>
    public static WireReply? TryAnswer(ArmCall call)
    {
        var at = Array.FindLastIndex(call.Segments, segment => ResourceId.Same(segment, Provider));
        if (at < 1 || !ResourceId.Same(call.Segments[at - 1], "providers"))
        {
            return null;
        }
        var scope = $"/{string.Join('/', call.Segments[..(at - 1)])}";
        return call.Segments[(at + 1)..] switch
        {
            _ when Missing(call, scope) is { } missing => call.Refuse(missing),
            [var what] when ResourceId.Same(what, "permissions") => call.Method == "GET"
                ? ResourceReader.Pages(call,
                    [.. RoleGrants.In(call.State, call.Subscription).Select(grant => grant.Show())])
                : ArmFace.NotAllowed(call),
            [var what] when ResourceId.Same(what, "locks") => call.Method == "GET"
                ? ResourceReader.Pages(call, [.. call.State.Locks.Where(held => LockCalls.Touches(held, scope))
                    .Select(LockCalls.Show)])
                : ArmFace.NotAllowed(call),
            [var what, var name] when ResourceId.Same(what, "locks") => LockCalls.Answer(call, scope, name),
            _ => ArmFace.NotServed(call),
        };
    }

    private static ArmError? Missing(ArmCall call, string scope) => ResourceId.Split(scope) switch
    {
        [_, _] => null,
        [_, var subscription, _, var group] => call.State.FindGroup(subscription, group) is null
            ? ArmError.GroupNotFound(group) : null,
        _ => ResourceId.Read(scope) is { } id && call.State.Find(scope) is null ? ArmError.NotFound(id) : null,
    };
}

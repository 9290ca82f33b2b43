using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure.Authorization;

/// <summary>Whether the identity's roles allow a request: the action that its method and path stand for, and that of
/// each object which a body ties the new one to.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations; what a reference takes:
/// https://learn.microsoft.com/azure/vpn-gateway/roles-permissions,
/// https://learn.microsoft.com/azure/expressroute/roles-permissions
/// </remarks>
internal static class RoleCheck
{
    /// <summary>Types that are joined by whoever refers to them.</summary>
    private static readonly string[] Joined =
        ["expressRouteCircuits", "publicIPAddresses", "virtualNetworks/subnets"];

    public static ArmError? Problem(ArmCall call)
    {
        if ((call.State.Roles is null && call.State.RolesElsewhere.Count == 0) || ActionOf(call) is not { } action)
        {
            return null;
        }
        var grants = RoleGrants.In(call.State, call.Subscription);
        if (!grants.Any(grant => grant.Allows(action)))
        {
            return new(403, "AuthorizationFailed", $"{Client(call)} does not have authorization to perform action "
                + $"'{action}' over scope '{call.Request.Path}' or the scope is invalid. If access was recently "
                + "granted, please refresh your credentials.");
        }
        var missing = call.Request.Method == "PUT" && ResourceId.Read(call.Request.Path) is { Parent: null }
            ? Joins(call).FirstOrDefault(join => !RoleGrants.In(call.State, ResourceId.Read(join.Id)!.Subscription)
                .Any(grant => grant.Allows(join.Action)))
            : default;
        return missing.Action is null ? null : new(403, "LinkedAuthorizationFailed",
            $"{Client(call)} has permission to perform action '{action}' on scope '{call.Request.Path}'; however, it "
            + $"does not have permission to perform action(s) '{missing.Action}' on the linked scope(s) "
            + $"'{missing.Id}' (respectively) or the linked scope(s) are invalid.");
    }

    /// <summary><c>Microsoft.Network/virtualNetworkGateways/write</c>; null where every identity may ask.</summary>
    private static string? ActionOf(ArmCall call)
    {
        var segments = call.Segments;
        if (segments is not [_, _, ..])
        {
            return null;
        }
        var provider = Array.FindLastIndex(segments, segment => ResourceId.Same(segment, "providers"));
        var verb = call.Request.Method switch
        {
            "GET" or "HEAD" => "read",
            "DELETE" => "delete",
            "POST" => "action",
            _ => "write",
        };
        if (provider < 0 || provider + 2 >= segments.Length)
        {
            var own = provider < 0 ? Types(segments[2..]) : "providers";
            return $"Microsoft.Resources/subscriptions/{own}".TrimEnd('/') + $"/{verb}";
        }
        var path = segments[(provider + 2)..];
        // A question that needs a body is a POST, and its action a read all the same
        // (https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance).
        if (path is [var asked] && ResourceId.Same(asked, "checkPolicyRestrictions"))
        {
            verb = "read";
        }
        return $"{segments[provider + 1]}/{Types(path)}/{verb}";
    }

    private static string Types(IEnumerable<string> path) =>
        string.Join('/', path.Where((_, index) => index % 2 == 0));

    /// <summary>A circuit that an authorization is redeemed on is joined by that.</summary>
    private static IEnumerable<(string Id, string Action)> Joins(ArmCall call)
    {
        var body = Json.ReadObject(call.Request.BodyText);
        var redeems = body.Text("properties", "authorizationKey") is not null;
        return from id in References(body)
               let action = JoinOf(id)
               where action is not null && !(redeems && id == body.Text("properties", "peer", "id"))
               select (id, action!);
    }

    private static string? JoinOf(string id) =>
        ResourceId.Read(id) is { } target
        && Joined.FirstOrDefault(type => ResourceId.Same(type, target.Type)) is { } type
            ? $"{ResourceId.Provider}/{type}/join/action" : null;

    /// <summary>Every <c>id</c> in a body.</summary>
    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member.Key == "id" && member.Value is JsonValue value ? [value.ToString()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    private static string Client(ArmCall call) =>
        $"The client '{call.State.Tenant}' with object id '{call.World.Uuid("service-principal")}'";
}

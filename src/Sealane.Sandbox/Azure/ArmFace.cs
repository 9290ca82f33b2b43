using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Actions;
using Sealane.Sandbox.Azure.Authorization;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// <c>management.azure.com</c>: resource groups, the provider Microsoft.Network, its resources, actions and operations.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/azure</remarks>
/// <param name="world">What is simulated.</param>
/// <param name="wallClock">The clients' time, in which tokens expire; the world's own when nothing else is
/// said.</param>
public sealed class ArmFace(SandboxWorld world, Func<DateTimeOffset>? wallClock = null) : IFace
{
    private long _requests;

    public WireReply Answer(WireRequest request)
    {
        var call = new ArmCall(world, request, world.Uuid($"arm-request/{_requests++}"));
        if (call.Segments is [var metadata, var endpoints] && Same(metadata, "metadata")
            && Same(endpoints, "endpoints"))
        {
            return call.Reply(200, CloudMetadata.Of(call));
        }
        if (AccessToken.Problem(world, wallClock?.Invoke() ?? world.Now, request) is { } denied)
        {
            return call.Refuse(denied, ("WWW-Authenticate",
                $"Bearer authorization_uri=\"https://login.windows.net/{world.Azure.Tenant}\", "
                    + $"error=\"invalid_token\", "
                + $"error_description=\"{denied.Message}\""));
        }
        return (VersionProblem(call) ?? RoleCheck.Problem(call)) is { } wrong ? call.Refuse(wrong)
            : AuthorizationCalls.TryAnswer(call) ?? PolicyCalls.TryAnswer(call)
            ?? (LockCalls.Problem(call) is { } locked ? call.Refuse(locked)
                : ScopeTags.TryAnswer(call) ?? Route(call));
    }

    public WireReply Say(Fault fault, WireRequest request)
    {
        var call = new ArmCall(world, request, world.Uuid($"arm-request/{_requests++}"));
        return fault == Fault.Throttled
            ? call.Refuse(
                new(429, "TooManyRequests", "The request is being throttled as the limit has been reached for "
                    + "operation type."),
                ("Retry-After", "5"))
            : call.Refuse(new(500, "InternalServerError", "An error occurred."));
    }

    private static WireReply Route(ArmCall call)
    {
        if (call.Segments is [var first, .. var rest])
        {
            if (Same(first, "tenants") && rest is [])
            {
                return Subscriptions.Tenants(call);
            }
            if (Same(first, "subscriptions"))
            {
                return rest is [] ? Subscriptions.List(call)
                    : !Same(rest[0], call.Subscription) ? call.Refuse(new(404, "SubscriptionNotFound",
                        $"The subscription '{rest[0]}' could not be found."))
                    : InSubscription(call, rest[1..]);
            }
        }
        return NotServed(call);
    }

    private static WireReply InSubscription(ArmCall call, string[] rest)
    {
        switch (rest)
        {
            case []:
                return call.Reply(200, Subscriptions.Show(call));
            case [var what, ..] when Same(what, "resourcegroups"):
                return rest is [_, var group, var providers, var inGroup, .. var path] && Same(providers, "providers")
                    ? InProvider(call, inGroup, group, path)
                    : ResourceGroups.Answer(call, rest[1..]);
            case [var what, var provider, .. var parts] when Same(what, "providers") && parts.Length > 0:
                return Same(provider, ResourceId.Provider)
                    && parts is [var locations, var location, var kind, .. var tail] && Same(locations, "locations")
                    ? InLocation(call, location, kind, tail)
                    : parts is [var verb] && (Same(verb, "register") || Same(verb, "unregister"))
                        ? Subscriptions.Register(call, provider, Same(verb, "register"))
                        : InProvider(call, provider, null, parts);
            default:
                return Subscriptions.Answer(call, rest);
        }
    }

    private static WireReply InLocation(ArmCall call, string location, string kind, string[] tail) =>
        Region.Find(location) is null && !Same(location, "global") ? NotServed(call)
        : tail is [.., var id] && call.Method == "GET" && Same(kind, "operations") ? Operations.Status(call, id)
        : tail is [.., var result] && call.Method == "GET" && Same(kind, "operationResults")
            ? Operations.Result(call, result)
        : NotServed(call);

    private static WireReply InProvider(ArmCall call, string provider, string? group, string[] parts)
    {
        if (!Same(provider, ResourceId.Provider))
        {
            return call.Refuse(new(404, "InvalidResourceNamespace",
                $"The resource namespace '{provider}' is invalid."));
        }
        if (group is null)
        {
            return parts is [var listed] && call.Method == "GET" ? Subscriptions.ListType(call, listed)
                : NotServed(call);
        }
        if (parts is [var type] && AllKinds.Find(type) is { IsChild: false } all)
        {
            return call.Method != "GET" ? NotAllowed(call)
                : call.State.FindGroup(call.Subscription, group) is { } found
                    ? ResourceReader.List(call, call.State.All(all).Where(one => AzureState.IsIn(one, found.Id)))
                    : call.Refuse(ArmError.GroupNotFound(group));
        }
        if (parts.Length < 2)
        {
            return NotServed(call);
        }
        var id = new ResourceId(call.Subscription, group, parts);
        if (ActionRoutes.TryAnswer(call, id) is { } action)
        {
            return action;
        }
        if (parts.Length % 2 == 1)
        {
            var parent = id with { Parts = parts[..^1] };
            return AllKinds.Find(id.Type) is { } children && call.Method == "GET"
                ? ResourceReader.Children(call, parent, children)
                : NotServed(call);
        }
        return AllKinds.Find(id.Type) is not { } kind ? NotServed(call) : call.Method switch
        {
            "GET" => ResourceReader.Get(call, id),
            "PUT" => new ResourceWriter(call, kind, id).Put(),
            "PATCH" when !kind.IsChild => new ResourceWriter(call, kind, id).PatchTags(),
            "DELETE" => new ResourceWriter(call, kind, id).Delete(),
            _ => NotAllowed(call),
        };
    }

    internal static WireReply NotServed(ArmCall call) => call.Refuse(UnknownType(call));

    internal static ArmError UnknownType(ArmCall call) => new(404, "InvalidResourceType",
        $"The resource type could not be found in the namespace '{ResourceId.Provider}' for api version "
            + $"'{call.ApiVersion}'.");

    internal static WireReply NotAllowed(ArmCall call) => call.Refuse(new(405, "HttpMethodNotSupported",
        $"The HTTP method '{call.Request.Method}' is not supported at scope '{call.Request.Path}'."));

    /// <summary>Any date that a service could have had is taken: clients in the field use ten years of them.</summary>
    private static ArmError? VersionProblem(ArmCall call)
    {
        var written = call.ApiVersion;
        if (written.Length == 0)
        {
            return ArmError.Bad("MissingApiVersionParameter",
                "The api-version query parameter (?api-version=) is required for all requests.");
        }
        var isPreview = written.Length > 10 && written[10] == '-' && written[11..].All(char.IsAsciiLetterOrDigit);
        var date = isPreview ? written[..10] : written;
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day)
            && day.Year is >= 2014 and <= 2027
            ? null
            : ArmError.Bad("InvalidApiVersionParameter",
                $"The api-version '{written}' is invalid. The supported versions are "
                + "'2026-01-01,2025-09-01,2025-07-01,2025-05-01,2025-03-01,2024-10-01,2024-07-01,2024-03-01,2021-04-01'.");
    }

    private static bool Same(string a, string b) => ResourceId.Same(a, b);
}

/// <summary>What clients ask first to learn where everything else is.</summary>
internal static class CloudMetadata
{
    public static JsonObject Of(ArmCall call) => new()
    {
        ["galleryEndpoint"] = call.Request.Origin,
        ["graphEndpoint"] = call.Request.Origin,
        ["portalEndpoint"] = "https://portal.azure.com",
        ["authentication"] = new JsonObject
        {
            ["loginEndpoint"] = call.Request.Origin,
            ["audiences"] = Json.Array(["https://management.core.windows.net/", "https://management.azure.com/"]),
        },
    };
}

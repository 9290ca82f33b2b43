using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.Iam;

/// <summary>Whether the caller may do what a request asks, before anything else of it is looked at.</summary>
/// <remarks>
/// A tag given with a create is an action of its own:
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html. Which resource a call is
/// about: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html and
/// list_awsdirectconnect.html.
/// </remarks>
internal static class AccessCheck
{
    public static void Ec2(AwsRequest request, string action)
    {
        var refused = Refused(request, [$"ec2:{action}",
            .. action != "CreateTags" && request.Parameters.Keys.Any(key =>
                key.StartsWith("TagSpecification", StringComparison.Ordinal)) ? (string[])["ec2:CreateTags"] : []],
            () => request.World.Aws.Taggable().Select(each => each.Object), request.Parameters.Values);
        if (refused is not null)
        {
            throw new AwsRefusal(403, "UnauthorizedOperation",
                $"You are not authorized to perform this operation. User: {Caller(request)} is not authorized to "
                + $"perform: {refused}");
        }
    }

    public static void DirectConnect(AwsRequest request, string action, JsonObject input)
    {
        var aws = request.World.Aws;
        var refused = Refused(request, [$"directconnect:{action}",
            .. action.StartsWith("Create", StringComparison.Ordinal) && HasTags(input)
                ? (string[])["directconnect:TagResource"] : []],
            () => [.. aws.Vifs, .. aws.DxGateways, .. aws.Connections],
            input.Select(member => member.Value).OfType<JsonValue>().Select(value => value.ToString()));
        if (refused is not null)
        {
            throw new AwsRefusal(400, "AccessDeniedException",
                $"User: {Caller(request)} is not authorized to perform: {refused}");
        }
    }

    public static void Iam(AwsRequest request, string action)
    {
        if (Refused(request, [$"iam:{action}"], () => [], []) is { } refused)
        {
            throw new AwsRefusal(403, "AccessDenied",
                $"User: {Caller(request)} is not authorized to perform: {refused} on resource: {Caller(request)}");
        }
    }

    public static void Ram(AwsRequest request, string action)
    {
        if (Refused(request, [$"ram:{action}"], () => [], []) is { } refused)
        {
            throw new AwsRefusal(403, "AccessDeniedException",
                $"User: {Caller(request)} is not authorized to perform: {refused}");
        }
    }

    public static string Caller(AwsRequest request) => request.World.Aws.Arn;

    /// <summary>The first action that the policy does not allow; null where it allows them all.</summary>
    private static string? Refused(
        AwsRequest request, IEnumerable<string> actions, Func<IEnumerable<AwsObject>> objects,
        IEnumerable<string> named)
    {
        if (request.World.Aws.CallerPolicy is not { } document)
        {
            return null;
        }
        var policy = new IdentityPolicy(document);
        var ids = named.ToHashSet(StringComparer.Ordinal);
        // A call about one object: its tags are those that conditions speak of.
        var tags = objects().FirstOrDefault(each => ids.Contains(each.Id)) is { } it
            ? request.World.Aws.TagsOf(it) : null;
        return actions.FirstOrDefault(action => policy.Of(action, tags) != PolicyDecision.Allowed);
    }

    private static bool HasTags(JsonNode? node) => node switch
    {
        JsonObject members => members["tags"] is JsonArray { Count: > 0 } || members.Any(member =>
            HasTags(member.Value)),
        _ => false,
    };
}

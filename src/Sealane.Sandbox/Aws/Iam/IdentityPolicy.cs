using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Aws.Iam;

/// <summary>What an identity's policy says of a call.</summary>
public enum PolicyDecision
{
    ImplicitDeny,
    Allowed,
    ExplicitDeny,
}

/// <summary>
/// An identity-based policy, as far as it can be told here: actions with wildcards, any resource, conditions on tags of
/// the resource. What this does not know is refused when it is read, for a policy that is half understood allows too
/// much.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html,
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
internal sealed class IdentityPolicy
{
    private const string ResourceTag = "aws:ResourceTag/";
    private readonly List<Statement> _statements;

    private sealed record Statement(bool Allows, IReadOnlyList<string> Actions, IReadOnlyList<Condition> Conditions);

    private sealed record Condition(string Operator, string Tag, IReadOnlyList<string> Values);

    public IdentityPolicy(string document)
    {
        var root = JsonNode.Parse(document) as JsonObject ?? throw new JsonException("A policy is an object.");
        _statements = [.. Many(root["Statement"]).Select(Read)];
    }

    /// <param name="action"><c>ec2:CreateRoute</c>.</param>
    /// <param name="tags">Of the resource that the call is about; null where it is about none that has any.</param>
    public PolicyDecision Of(string action, IReadOnlyDictionary<string, string>? tags)
    {
        var speaking = _statements.Where(statement => statement.Actions.Any(pattern => Matches(pattern, action))
            && statement.Conditions.All(condition => Holds(condition, tags ?? new Dictionary<string, string>())))
            .ToList();
        return speaking.Exists(statement => !statement.Allows) ? PolicyDecision.ExplicitDeny
            : speaking.Count > 0 ? PolicyDecision.Allowed : PolicyDecision.ImplicitDeny;
    }

    private static bool Holds(Condition condition, IReadOnlyDictionary<string, string> tags)
    {
        var value = tags.GetValueOrDefault(condition.Tag);
        return condition.Operator == "Null"
            ? condition.Values.Contains(value is null ? "true" : "false")
            : value is not null && condition.Values.Contains(value);
    }

    private static Statement Read(JsonNode? node)
    {
        var statement = node as JsonObject ?? throw new JsonException("A statement is an object.");
        if (statement.FirstOrDefault(member => member.Key is not ("Sid" or "Effect" or "Action" or "Resource"
            or "Condition")) is { Key: { } unknown })
        {
            throw new JsonException($"{unknown} is not evaluated here.");
        }
        if (Many(statement["Resource"]).Any(resource => resource?.GetValue<string>() != "*"))
        {
            throw new JsonException("Statements about named resources are not evaluated here.");
        }
        return new(statement["Effect"]?.GetValue<string>() == "Allow", Texts(statement["Action"]),
            [.. (statement["Condition"] as JsonObject ?? []).SelectMany(Conditions)]);
    }

    private static IEnumerable<Condition> Conditions(KeyValuePair<string, JsonNode?> block)
    {
        foreach (var (key, values) in block.Value as JsonObject ?? [])
        {
            yield return block.Key is "Null" or "StringEquals"
                && key.StartsWith(ResourceTag, StringComparison.OrdinalIgnoreCase)
                ? new(block.Key, key[ResourceTag.Length..], Texts(values))
                : throw new JsonException($"The condition {block.Key} on {key} is not evaluated here.");
        }
    }

    private static bool Matches(string pattern, string action)
    {
        var text = Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)
            .Replace("\\?", ".", StringComparison.Ordinal);
        return Regex.IsMatch(action, $"^{text}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) =>
        [.. Many(node).Select(text => text?.GetValue<string>() ?? "")];

    /// <summary>One value may stand without its list.</summary>
    private static IReadOnlyList<JsonNode?> Many(JsonNode? node) =>
        node is JsonArray list ? [.. list.AsEnumerable()] : [node];
}

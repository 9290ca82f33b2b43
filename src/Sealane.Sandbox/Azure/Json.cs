using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure;

/// <summary>Reads JSON that a stranger sent: a member of the wrong type reads as absent and never throws.</summary>
internal static class Json
{
    private static readonly JsonNodeOptions WithoutCase = new() { PropertyNameCaseInsensitive = true };

    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (node is not JsonObject parent || !parent.TryGetPropertyValue(name, out node))
            {
                return null;
            }
        }
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    /// <summary>A whole number, also when it was written as text.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value
        && long.TryParse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static IReadOnlyList<JsonNode?> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? [.. array] : [];

    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        [.. node.Items(path).Select(item => item.Text()).OfType<string>()];

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    /// <summary>Member names are compared without case, as the service does; null when it is not one JSON
    /// object.</summary>
    public static JsonObject? ReadObject(string text)
    {
        try
        {
            var root = JsonNode.Parse(text, WithoutCase, new() { AllowDuplicateProperties = false }) as JsonObject;
            Walk(root);
            return root;
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Objects are read lazily and complain about a name given twice only then.</summary>
    private static void Walk(JsonNode? node)
    {
        var children = node switch
        {
            JsonObject members => members.Select(member => member.Value),
            JsonArray items => items,
            _ => [],
        };
        foreach (var child in children)
        {
            Walk(child);
        }
    }
}

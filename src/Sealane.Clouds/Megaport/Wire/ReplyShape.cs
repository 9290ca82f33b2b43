using System.Text.Json;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>
/// What <c>data</c> of a good answer must be to say anything at all. A list is an array, or its only element without
/// the array;
/// what has neither does not say that there is nothing.
/// </summary>
internal sealed record ReplyShape(string Word, params IReadOnlyList<JsonValueKind> Kinds)
{
    public static ReplyShape Object { get; } = new("an object", JsonValueKind.Object);
    public static ReplyShape List { get; } = new("a list", JsonValueKind.Array, JsonValueKind.Object);
    public static ReplyShape Text { get; } = new("an id", JsonValueKind.String);

    /// <summary>Tags come as <c>null</c> where there are none (github.com/megaport/megaportgo, product.go).</summary>
    public static ReplyShape ObjectOrNull { get; } = new("an object", JsonValueKind.Object, JsonValueKind.Null);

    /// <summary>A list inside of the object that must be there.</summary>
    public string? Member { get; init; }

    /// <summary>Why an answer does not say what was asked; null where it does.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static string? Unlike(MegaportCall call, int status, string body)
    {
        // Not ready yet, or waiting for a person: there is nothing to tell.
        if (call.Expects is not { } shape || status == 202)
        {
            return null;
        }
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind != JsonValueKind.Object || Find(json.RootElement, "data") is not { } data
            || !shape.Kinds.Contains(data.ValueKind) || (data.ValueKind == JsonValueKind.Object && IsEmpty(data))
                ? $"{shape.Word} was asked for, and it has none"
            : shape.Member is { } member && !(Find(data, member) is { } list && List.Kinds.Contains(list.ValueKind))
                ? $"it has no {member}"
            : null;
    }

    private static bool IsEmpty(JsonElement data) => !data.EnumerateObject().Any();

    private static JsonElement? Find(JsonElement node, string name)
    {
        foreach (var member in node.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }
        return null;
    }
}

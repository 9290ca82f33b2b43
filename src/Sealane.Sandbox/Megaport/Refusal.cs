using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Megaport;

/// <summary>Megaport says no. Caught by the face; never leaves this folder.</summary>
internal sealed class Refusal(int status, string message, JsonNode? data = null) : Exception(message)
{
    public int Status { get; } = status;
    public JsonNode? Details { get; } = data;

    /// <summary>An order or a change that does not hold together; the texts are joined as the real API does.</summary>
    public static Refusal Invalid(params IReadOnlyList<string> problems) =>
        new(400, "Validation failed", string.Join(", ", problems));
}

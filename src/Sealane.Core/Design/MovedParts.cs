using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// A written part whose key was changed in the file: its objects stand under the old one, and would be built anew
/// beside them, or given the new one's networks and keys in the middle of their traffic.
/// </summary>
public static class MovedParts
{
    /// <summary>The key that stands in a name of ours where <paramref name="key"/> stands in
    /// <paramref name="name"/>; null where none does.</summary>
    public static string? KeyIn(string? found, string name, PartKey key)
    {
        var end = $"-{key.Made}";
        if (key.IsNone || found is null || !name.EndsWith(end, StringComparison.Ordinal)
            || !found.StartsWith($"{name[..^end.Length]}-", StringComparison.Ordinal))
        {
            return null;
        }
        var other = found[(name.Length - end.Length + 1)..];
        return TextForms.PartKey.Problem(other) is null ? other : null;
    }

    public static string Advice(string from, PartKey to) =>
        $"if it is the same part under another key, write moved: [{{from: {from}, to: {to}}}], and its objects stay as "
        + $"they are; if it is to go, list it as {from} with gone: true beside the new one";
}

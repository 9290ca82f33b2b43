using Sealane.Core.Checks;
using Sealane.Core.Spec;

namespace Sealane.Cli.Commands;

/// <summary>Takes the ids of used objects out of a spec's text, and leaves every other line as it is.</summary>
internal static class SpecEdit
{
    public static string Without(SourceMap source, IReadOnlyDictionary<string, string> ids)
    {
        var lines = source.Text.Split('\n').ToList<string?>();
        foreach (var (name, id) in ids)
        {
            var path = UsedObjects.Keys.TryGetValue(name, out var key) ? key : $"existing.{name}";
            var at = source.Of(path).Line - 1;
            var line = lines[at] ?? "";
            if (!line.TrimStart(' ', '"').StartsWith(key is null ? name : key[(key.LastIndexOf('.') + 1)..],
                StringComparison.Ordinal))
            {
                throw new UsageError($"{source.Of(path)} error: {path} shares its line with other keys\n  fix: write "
                    + "each id in a line of its own, so that adopt can take it out");
            }
            // Azure cannot rename: the name that the id ends in stays the spec's.
            lines[at] = key is not null && id.StartsWith('/')
                ? $"{line[..(line.Length - line.TrimStart().Length)]}name: {id[(id.LastIndexOf('/') + 1)..]}" : null;
        }
        if (source.Has("existing"))
        {
            lines[source.Of("existing").Line - 1] = null;
        }
        return string.Join('\n', lines.Where(line => line is not null));
    }
}

using Sealane.Core.Spec;

namespace Sealane.Cli.Explain;

/// <summary>A key of the spec: what it is, what it takes, what is assumed without it.</summary>
internal static class KeyStories
{
    public static IEnumerable<(string Id, string Title)> All =>
        SpecKeys.All.Select(key => (key.Path, FirstSentence(key.Doc)));

    public static string? Find(string path) =>
        SpecKeys.All.FirstOrDefault(key => string.Equals(key.Path, path, StringComparison.OrdinalIgnoreCase)) is { } key
            ? Of(key) : null;

    private static string Of(SpecKey key) => new StoryText($"{key.Path}: {Kind(key)}")
        .Line("what", key.Doc)
        .Line("takes", key.Words.Count > 0 ? string.Join(", ", key.Words)
            : key.Numbers.Count > 0 ? string.Join(", ", key.Numbers) : null)
        .Line("required", key.Required ? "yes" : null)
        .Line("default", key.Default)
        .Line("example", key.Example)
        .Lines("keys", SpecKeys.ChildrenOf(key.Kind == SpecKeyKind.SectionList ? $"{key.Path}[]" : key.Path)
            .Select(child => $"{child.Path}, {FirstSentence(child.Doc)}"))
        .ToString();

    private static string Kind(SpecKey key) => key.Kind switch
    {
        SpecKeyKind.Number => "a number",
        SpecKeyKind.TextList => "a list of texts",
        SpecKeyKind.TextMap => "names and texts of your own",
        SpecKeyKind.SectionList => "a list of sections",
        SpecKeyKind.Section => "a section",
        _ => "a text",
    };

    private static string FirstSentence(string doc) =>
        doc.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? doc[..end] : doc.TrimEnd('.');
}

namespace Sealane.Core.Spec;

/// <summary>What a file said, by path, already of the right form; asked for by the binder.</summary>
internal sealed class SpecValues
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Set(string path, string text) => _texts[path] = text;
    public void Set(string path, long number) => _numbers[path] = number;
    public void Set(string path, IReadOnlyList<string> list) => _lists[path] = list;
    public void Set(string path, IReadOnlyDictionary<string, string> map) => _maps[path] = map;
    public void SetCount(string path, int items) => _counts[path] = items;

    /// <summary>A required text; the reader has refused the file when it is missing.</summary>
    public string Text(string path) => _texts[path];
    public string? TextOrNull(string path) => _texts.GetValueOrDefault(path);
    public long? Long(string path) => _numbers.TryGetValue(path, out var number) ? number : null;
    public int? Int(string path) => (int?)Long(path);
    public IReadOnlyList<string> List(string path) => _lists.GetValueOrDefault(path) ?? [];
    public IReadOnlyList<string>? ListOrNull(string path) => _lists.GetValueOrDefault(path);

    public IReadOnlyDictionary<string, string> Map(string path) =>
        _maps.GetValueOrDefault(path) ?? new Dictionary<string, string>();

    /// <summary>How many items a list of sections has.</summary>
    public int Count(string path) => _counts.GetValueOrDefault(path);
}

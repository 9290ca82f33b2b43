namespace Sealane.Sandbox.Megaport;

/// <summary>Reads <c>a=b&amp;c=d</c>; of a name that comes twice the first counts.</summary>
internal static class Form
{
    public static Dictionary<string, string> Read(string text)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            read.TryAdd(Decode(at < 0 ? pair : pair[..at]), at < 0 ? "" : Decode(pair[(at + 1)..]));
        }
        return read;
    }

    /// <summary>Every value of a name that may be repeated.</summary>
    public static IReadOnlyList<string> All(string text, string name) =>
        [.. text.Split('&').Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
            .Select(pair => Decode(pair[(name.Length + 1)..]))];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

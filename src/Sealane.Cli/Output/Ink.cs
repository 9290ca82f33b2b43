namespace Sealane.Cli.Output;

/// <summary>
/// Colour on a terminal that wants it (https://no-color.org). It only repeats what the words say.
/// </summary>
internal sealed class Ink(bool coloured)
{
    public static Ink None { get; } = new(false);

    /// <summary>For what goes to the standard output.</summary>
    public static Ink Output => new(Wanted && !Console.IsOutputRedirected);

    /// <summary>For what goes to the standard error stream.</summary>
    public static Ink Error => new(Wanted && !Console.IsErrorRedirected);

    /// <summary>Neither a terminal that knows no escape sequences nor a user who does not want them.</summary>
    private static bool Wanted =>
        string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && !Terminals.IsDumb;

    public string Red(string text) => In("31", text);

    public string Green(string text) => In("32", text);

    public string Yellow(string text) => In("33", text);

    public string Grey(string text) => In("90", text);

    public string Bold(string text) => In("1", text);

    private string In(string code, string text) => coloured && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}

/// <summary>What is known about the terminal before anything is drawn on it.</summary>
internal static class Terminals
{
    /// <summary>One that can only append: an editor's shell, a log viewer. A redrawn view would pile up
    /// there.</summary>
    public static bool IsDumb => Environment.GetEnvironmentVariable("TERM") is "dumb" or "unknown";
}

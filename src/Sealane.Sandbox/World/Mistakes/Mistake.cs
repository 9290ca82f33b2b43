namespace Sealane.Sandbox.World.Mistakes;

/// <summary>What a person does to a living link in a vendor's portal, by mistake or to see what happens.</summary>
/// <param name="Name">As typed: <c>drop-aws-export-filter</c>.</param>
/// <param name="Text">One line: where, what, and what it is worth.</param>
/// <param name="Do">Makes the change. Sessions and routes follow at once.</param>
public sealed record Mistake(string Name, string Text, Action<LinkInWorld> Do)
{
    /// <summary>What <c>verify</c> says of a link that stood whole before.</summary>
    public string Verdict { get; init; } = "encrypted";

    /// <summary>Made by another team on objects of its own: <c>apply</c> leaves those alone, <c>--heal</c> takes them
    /// away.</summary>
    public bool ByOthers { get; init; }

    /// <exception cref="MistakeError">What it would change is not there.</exception>
    public void Make(LinkInWorld link)
    {
        lock (link.World.Gate)
        {
            Do(link);
            link.World.Touch();
        }
    }

    /// <summary>Several at once.</summary>
    internal static Mistake Of(string name, string text, params IReadOnlyList<Mistake> parts) =>
        new(name, text, link =>
        {
            foreach (var part in parts)
            {
                part.Do(link);
            }
        });
}

/// <summary>The world has not what a mistake is to be made with: the link is not built yet, or not all of it.</summary>
public sealed class MistakeError(string message) : Exception(message);

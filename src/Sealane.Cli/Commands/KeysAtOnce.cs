using Sealane.Clouds;
using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary>
/// Other keys for tunnels that are up: apply gives them to all at once, and while the two ends of each differ nothing
/// gets through. A tunnel that is down, or whose ends differ, has nothing to lose and is mended.
/// </summary>
internal static class KeysAtOnce
{
    public static bool In(LinkSession link, Known known) => Living(link, known).Count > 0;

    /// <returns>Why apply does not do it; null where it gives no living tunnel another key.</returns>
    public static string? Refusal(LinkSession link, Known known) => Living(link, known) is { Count: > 0 } keys
        ? $"error: this gives {string.Join(", ", keys)} other keys at once, and the link is down for minutes\n"
            + $"  fix: {link.Options.Again("rotate")} changes one after the other while the rest carries; then apply. "
            + "--keys-at-once agrees to the outage"
        : null;

    private static List<string> Living(LinkSession link, Known known) =>
        known.Find(Tunnels.Ref)?.Tunnels.Any(tunnel => tunnel.IsUp) != true ? []
        : [.. KeysSeen.Of(link.Design, known, link.Reach.Keys).Where(key => key is { IsTunnel: true, IsOther: true })
            .Select(key => key.Label)];
}

using System.Globalization;

namespace Sealane.Sandbox.Replay;

/// <summary>One request and its answer, as a contract file or a wire log has them: masked, with ids as they
/// were.</summary>
public sealed record Exchange
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "{{secret}}";

    /// <summary>Where it is written: <c>apply.log:120</c>.</summary>
    public required string Place { get; init; }

    /// <summary><c>aws</c>, <c>azure</c> or <c>megaport</c>; empty when the text does not say.</summary>
    public required string Cloud { get; init; }

    /// <summary><c>published</c>, <c>recorded</c> or <c>inferred</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Where the facts come from; empty for a recording.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was recorded; null when only a month is given.</summary>
    public DateTimeOffset? Read { get; init; }
    public required string Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Target { get; init; }
    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }
    public required string Body { get; init; }
    public required int ReplyStatus { get; init; }
    public required IReadOnlyList<(string Name, string Value)> ReplyHeaders { get; init; }
    public required string ReplyBody { get; init; }

    public string Path => Target.Split('?')[0];
    public string Query => Target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? Target[(mark + 1)..]
        : "";

    /// <summary>The vendor's name of the operation, without ids and names of objects.</summary>
    public string Operation => OperationName.Of(this);

    /// <summary>Whether it is about logging in: the sandbox's own token endpoints answer that.</summary>
    public bool IsLogin => Path.Contains("/oauth2/", StringComparison.OrdinalIgnoreCase)
        || Path.Contains("/.well-known/", StringComparison.OrdinalIgnoreCase)
        || Path.Contains("/discovery/", StringComparison.OrdinalIgnoreCase);

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Place}: {Cloud} {Operation}");
}

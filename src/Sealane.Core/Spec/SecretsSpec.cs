namespace Sealane.Core.Spec;

/// <summary>Where keys come from: <c>env:NAME</c> or <c>file:PATH</c>. Without own keys, each is derived from the link
/// key, but for those of authorizations.</summary>
public sealed record SecretsSpec
{
    public string? LinkKey { get; init; }

    /// <summary>Raised by one to rotate every derived key.</summary>
    public int? Generation { get; init; }
    public string? AwsBgpKey { get; init; }
    public string? AzureBgpKey { get; init; }

    /// <summary>Of further transit VIFs, by the keys of their cross connects.</summary>
    public IReadOnlyDictionary<string, string> AwsBgpKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Of further circuits, by their keys.</summary>
    public IReadOnlyDictionary<string, string> AzureBgpKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Of the circuit's owner, where the circuit is another subscription's.</summary>
    public string? AuthorizationKey { get; init; }

    /// <summary>Those of further circuits, by their keys.</summary>
    public IReadOnlyDictionary<string, string> AuthorizationKeys { get; init; } = new Dictionary<string, string>();
    public IReadOnlyList<string> TunnelKeys { get; init; } = [];
}

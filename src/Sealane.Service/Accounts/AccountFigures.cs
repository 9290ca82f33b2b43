using System.Collections.Concurrent;

namespace Sealane.Service.Accounts;

/// <summary>What the account grains of this process have counted, for the metrics.</summary>
internal sealed class AccountFigures
{
    public ConcurrentDictionary<string, Of> Kept { get; } = new(StringComparer.Ordinal);

    /// <param name="Listings">How often all was listed.</param>
    /// <param name="PutOffs">How often the vendor put calls off.</param>
    /// <param name="Calls">Of the listings.</param>
    internal sealed record Of(Func<int> Listings, Func<int> PutOffs, Func<int> Calls);
}

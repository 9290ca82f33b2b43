using Sealane.Core;

namespace Sealane.Sandbox.Megaport;

/// <summary>A prefix filter list of an MCR. Several may have the same description.</summary>
public sealed class PrefixFilterList
{
    public required int Number { get; init; }
    public required string McrUid { get; init; }
    public required string Description { get; set; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public required string AddressFamily { get; set; }
    public List<PrefixFilterEntry> Entries { get; set; } = [];

    /// <summary>Whether the first entry that matches permits. What no entry matches is denied.</summary>
    public bool Permits(Prefix prefix) => Entries.Find(entry => entry.Matches(prefix))?.Action == "permit";
}

/// <summary>One entry, kept the way the API gives it back: bounds that equal their default are dropped.</summary>
/// <param name="Action"><c>permit</c> or <c>deny</c>.</param>
/// <param name="Prefix">Without host bits.</param>
public sealed record PrefixFilterEntry(string Action, string Prefix, int? Ge, int? Le)
{
    /// <summary>Null in a list of the other family.</summary>
    public Prefix? Ipv4Prefix => Core.Prefix.TryParse(Prefix, out var parsed) ? parsed : null;

    /// <summary>Without bounds an entry matches exactly its prefix; with <see cref="Ge"/> alone, up to /32.</summary>
    public bool Matches(Prefix other) =>
        Ipv4Prefix is { } own && own.Contains(other)
        && other.Length >= (Ge ?? own.Length) && other.Length <= (Le ?? (Ge is null ? own.Length : 32));
}

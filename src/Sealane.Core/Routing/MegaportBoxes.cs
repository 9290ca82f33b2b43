using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>A Megaport Cloud Router: interfaces on VXCs, static routes and BGP sessions. Guide step 5.</summary>
public sealed record Mcr
{
    /// <summary>productUid.</summary>
    public required string Id { get; init; }
    public required long Asn { get; init; }
    public ImmutableArray<McrInterface> Interfaces { get; init; } = [];
}

/// <summary>The MCR's end of a VXC.</summary>
public sealed record McrInterface
{
    /// <summary>productUid of the VXC.</summary>
    public required string VxcId { get; init; }
    public ImmutableArray<InterfaceAddress> Addresses { get; init; } = [];

    /// <summary>
    /// Id of the <see cref="VirtualInterface"/>, of the <see cref="CircuitPath"/>, or of the other <see cref="Mcr"/>
    /// at the far end; null when nothing answers there.
    /// </summary>
    public string? FarEnd { get; init; }
    public bool Up { get; init; } = true;

    /// <summary>ipRoutes of the A-end. Guide step 18.</summary>
    public ImmutableArray<McrStaticRoute> StaticRoutes { get; init; } = [];
    public ImmutableArray<McrBgpSession> Sessions { get; init; } = [];
}

public sealed record McrStaticRoute(Prefix Prefix, Ipv4 NextHop);

/// <summary>peerType: between which kinds of peers the MCR passes routes when no filter says otherwise.</summary>
/// <remarks>https://docs.megaport.com/mcr/route-advertisement/</remarks>
[JsonConverter(typeof(CamelText<McrPeerType>))]
public enum McrPeerType
{
    PrivateCloud,
    NonCloud,
    PublicCloud,
}

/// <summary>One BGP session of an MCR with its filters. Null filter: everything passes. Guide step 19.</summary>
public sealed record McrBgpSession
{
    /// <summary>Our own id, for failures: the API gives sessions none.</summary>
    public required string Id { get; init; }
    public required Ipv4 LocalAddress { get; init; }
    public required Ipv4 PeerAddress { get; init; }
    public required long PeerAsn { get; init; }

    /// <summary>localAsn: announced instead of the MCR's own.</summary>
    public long? LocalAsn { get; init; }

    /// <summary>Established, as far as keys and configuration go; the VXC and the far end must be up as well.</summary>
    public bool Up { get; init; } = true;
    public bool Shutdown { get; init; }
    public McrPeerType PeerType { get; init; }
    public PrefixFilter? ImportWhitelist { get; init; }
    public PrefixFilter? ImportBlacklist { get; init; }
    public PrefixFilter? ExportWhitelist { get; init; }
    public PrefixFilter? ExportBlacklist { get; init; }
    public long? MedIn { get; init; }
    public long? MedOut { get; init; }
    public int PrependCount { get; init; }
    public bool AsOverride { get; init; }

    /// <summary>exportPolicy <c>deny</c>: routes of this session go only to <see cref="PermitExportTo"/>.</summary>
    public bool ExportPolicyDeny { get; init; }
    public ImmutableArray<Ipv4> PermitExportTo { get; init; } = [];
    public ImmutableArray<Ipv4> DenyExportTo { get; init; } = [];

    /// <summary>What the neighbour was seen to send, where it is no box of this network: another customer's or another
    /// cloud's router.</summary>
    public ImmutableArray<PropagatedRoute> Neighbour { get; init; } = [];
}

/// <summary>A prefix filter list. The first entry that matches decides; what no entry matches is denied.</summary>
/// <remarks>https://docs.megaport.com/mcr/route-filtering/</remarks>
public sealed record PrefixFilter(string Id, ImmutableArray<PrefixFilterEntry> Entries)
{
    public static PrefixFilter Permit(string id, params IEnumerable<Prefix> prefixes) =>
        new(id, [.. prefixes.Select(prefix => new PrefixFilterEntry(true, prefix))]);

    /// <param name="loose">A permitting entry without ge and le also matches every longer prefix.</param>
    public bool Permits(Prefix prefix, bool loose = false)
    {
        foreach (var entry in Entries)
        {
            if (entry.Matches(prefix) || (loose && entry is { Permit: true, Ge: null, Le: null }
                && entry.Prefix.Contains(prefix)))
            {
                return entry.Permit;
            }
        }
        return false;
    }
}

/// <summary>
/// One entry. Without <c>ge</c> and <c>le</c> only the prefix itself matches (the API's fixtures; other readings of an
/// absent
/// <c>le</c> exist, and all agree for /32).
/// </summary>
public sealed record PrefixFilterEntry(bool Permit, Prefix Prefix, int? Ge = null, int? Le = null)
{
    public bool Matches(Prefix prefix)
    {
        var shortest = Ge ?? Prefix.Length;
        var longest = Le ?? (Ge is null ? Prefix.Length : 32);
        return prefix.Length >= shortest && prefix.Length <= longest && Prefix.Contains(prefix);
    }
}

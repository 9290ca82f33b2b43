using Sealane.Core;

namespace Sealane.Lab.Model;

/// <summary>An MCR with its VXCs.</summary>
/// <param name="Key">Empty for the only one.</param>
public sealed record LabRouter(string Key, long Asn, IReadOnlyList<LabLeg> Legs)
{
    /// <summary>The box's name.</summary>
    public string Box => Key.Length == 0 ? "mcr" : "mcr-" + Key;
}

public enum Cloud
{
    Aws,
    Azure,

    /// <summary>None: the other end is another MCR.</summary>
    Megaport,
}

/// <summary>Between which kinds of peers an MCR passes routes when no filter says otherwise.</summary>
/// <remarks>https://docs.megaport.com/mcr/route-advertisement/</remarks>
public enum PeerType
{
    PrivateCloud,
    NonCloud,
    PublicCloud,
}

/// <summary>A VXC of an MCR: addresses, static routes, the BGP session and its filters. Between two MCRs each has one
/// of the same name.</summary>
/// <param name="Name"><c>aws</c>, <c>azure-primary</c> …: unique in its router.</param>
/// <param name="FarBox">The box at the other end: <c>dxgw</c>, <c>msee-primary</c> …</param>
public sealed record LabLeg(string Name, Cloud Cloud, string FarBox, InterfaceAddress McrAddress, Ipv4 FarAddress)
{
    public required LabSession Session { get; init; }
    public IReadOnlyList<LabMcrStatic> Statics { get; init; } = [];

    /// <summary>False: the VXC is down at both ends.</summary>
    public bool Up { get; init; } = true;
}

/// <summary>A static route of an MCR.</summary>
/// <param name="Recursive">Resolved through whatever route leads to the next hop, so that it goes when the session
/// goes; else bound to the VXC.</param>
public sealed record LabMcrStatic(Prefix Prefix, Ipv4 NextHop, bool Recursive = false);

/// <summary>A BGP session of an MCR. A null filter lets everything pass.</summary>
public sealed record LabSession
{
    public required long PeerAsn { get; init; }

    /// <summary>Key as the MCR has it, and as the cloud has it.</summary>
    public Secret? McrKey { get; init; }
    public Secret? CloudKey { get; init; }
    public bool Shutdown { get; init; }
    public long? LocalAsn { get; init; }
    public LabFilter? Import { get; init; }
    public LabFilter? ImportDeny { get; init; }
    public LabFilter? Export { get; init; }
    public LabFilter? ExportDeny { get; init; }
    public long? MedIn { get; init; }
    public long? MedOut { get; init; }
    public int Prepend { get; init; }
    public bool AsOverride { get; init; }
    public bool Bfd { get; init; }
    public PeerType PeerType { get; init; }

    /// <summary>Addresses of peers that are not given this session's routes.</summary>
    public IReadOnlyList<Ipv4> DenyExportTo { get; init; } = [];
}

/// <summary>A prefix filter list.</summary>
public sealed record LabFilter(IReadOnlyList<LabFilterEntry> Entries)
{
    public static LabFilter Of(IEnumerable<Prefix> prefixes) =>
        new([.. prefixes.Select(prefix => new LabFilterEntry(prefix))]);
}

public sealed record LabFilterEntry(Prefix Prefix, bool Permit = true, int? Ge = null, int? Le = null);

using Sealane.Core;

namespace Sealane.Sandbox.Megaport;

/// <summary>One interface of an MCR on a VXC: addresses, static routes, BGP sessions.</summary>
public sealed class McrInterface
{
    public List<InterfaceAddress> Addresses { get; set; } = [];
    public List<McrStaticRoute> Routes { get; set; } = [];
    public List<McrBgpConnection> BgpConnections { get; set; } = [];
    public List<string> NatAddresses { get; set; } = [];

    /// <summary>Inner VLAN (C-tag); null: none.</summary>
    public int? Vlan { get; set; }
    public int? IpMtu { get; set; }
    public string? Description { get; set; }
}

public sealed record McrStaticRoute(Prefix Prefix, Ipv4 NextHop, string? Description);

/// <summary>A BGP session as configured on the MCR. Lists are numbers of <see cref="PrefixFilterList"/>.</summary>
public sealed record McrBgpConnection
{
    public required long PeerAsn { get; init; }

    /// <summary>Instead of the MCR's ASN on this session.</summary>
    public long? LocalAsn { get; init; }
    public required Ipv4 LocalAddress { get; init; }
    public required Ipv4 PeerAddress { get; init; }

    /// <summary>MD5 key; null: none.</summary>
    public string? Password { get; init; }
    public bool Shutdown { get; init; }
    public string? Description { get; init; }
    public long? MedIn { get; init; }
    public long? MedOut { get; init; }

    /// <summary>The only word of BFD that reaches the router; the timers are its own.</summary>
    public bool BfdEnabled { get; init; }

    /// <summary><c>permit</c> or <c>deny</c>.</summary>
    public string ExportPolicy { get; set; } = "permit";

    /// <summary>Peer addresses of the MCR's other sessions.</summary>
    public List<Ipv4> PermitExportTo { get; set; } = [];
    public List<Ipv4> DenyExportTo { get; set; } = [];
    public int? ImportWhitelist { get; init; }
    public int? ImportBlacklist { get; init; }
    public int? ExportWhitelist { get; init; }
    public int? ExportBlacklist { get; init; }
    public int AsPathPrependCount { get; init; }

    /// <summary><c>NON_CLOUD</c>, <c>PRIV_CLOUD</c> or <c>PUB_CLOUD</c>.</summary>
    public string PeerType { get; set; } = "PRIV_CLOUD";
    public bool AsOverride { get; init; }

    /// <summary>Every prefix list that the session names.</summary>
    public IEnumerable<int> Lists =>
        new[] { ImportWhitelist, ImportBlacklist, ExportWhitelist, ExportBlacklist }.OfType<int>();
}

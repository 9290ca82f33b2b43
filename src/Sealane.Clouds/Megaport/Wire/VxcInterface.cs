using Sealane.Core;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>
/// An interface of the MCR on a VXC, the members that a link needs. Read and written in the same shape: an update
/// replaces
/// the whole list, so it is laid over what was read (<see cref="AEnd"/>) and the others stay.
/// </summary>
public sealed record VxcInterface
{
    /// <summary>Addresses with their masks.</summary>
    public IReadOnlyList<string> IpAddresses { get => field ?? []; init; }
    public IReadOnlyList<IpRoute> IpRoutes { get => field ?? []; init; }
    public IReadOnlyList<string>? NatIpAddresses { get; init; }
    public IReadOnlyList<BgpConnection> BgpConnections { get => field ?? []; init; }

    /// <summary>Inner VLAN (Azure's C-tag); -1 on read says none.</summary>
    public int? Vlan { get; init; }
    public int? IpMtu { get; init; }
    public string? Description { get; init; }
    public string? InterfaceType { get; init; }
}

/// <summary>A static route of the MCR.</summary>
public sealed record IpRoute(string? Prefix, string? NextHop, string? Description = null);

/// <summary>A BGP session of the MCR. The lists are ids of prefix filter lists of the same MCR.</summary>
public sealed record BgpConnection
{
    public long? PeerAsn { get; init; }
    public long? LocalAsn { get; init; }

    /// <summary>Without mask.</summary>
    public string? LocalIpAddress { get; init; }
    public string? PeerIpAddress { get; init; }
    public Secret? Password { get; init; }
    public bool? Shutdown { get; init; }
    public string? Description { get; init; }
    public long? MedIn { get; init; }
    public long? MedOut { get; init; }
    /// <summary>The only word of BFD that the write path knows (terraform-provider-megaport #452).</summary>
    public bool? BfdEnabled { get; init; }
    public string? ExportPolicy { get; init; }
    public IReadOnlyList<string>? PermitExportTo { get; init; }
    public IReadOnlyList<string>? DenyExportTo { get; init; }
    public int? ImportWhitelist { get; init; }
    public int? ImportBlacklist { get; init; }
    public int? ExportWhitelist { get; init; }
    public int? ExportBlacklist { get; init; }
    public int? AsPathPrependCount { get; init; }
    public string? PeerType { get; init; }
    public bool? AsOverride { get; init; }
}

using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>Which of the clouds' tables it is, and how its rows are written.</summary>
public enum ShownKind
{
    /// <summary>SearchTransitGatewayRoutes. Kind <c>static active</c>, <c>propagated active</c>, …; via attachment
    /// ids.</summary>
    TransitGateway,

    /// <summary>ListVirtualInterfaceRoutes, what AWS accepted from the MCR.</summary>
    VifAccepted,

    /// <summary>ListVirtualInterfaceRoutes, what AWS sends to the MCR.</summary>
    VifAdvertised,

    /// <summary>Looking glass, IP table. Kind <c>CONNECTED</c>, <c>STATIC</c> or <c>BGP</c>; via the next
    /// hop.</summary>
    McrIp,

    /// <summary>Looking glass, BGP table. Via the peer that sent it.</summary>
    McrBgp,

    /// <summary>Looking glass, received from the neighbour in <see cref="ShownTable.Table"/>, before import
    /// filters.</summary>
    McrReceived,

    /// <summary>Looking glass, advertised to the neighbour in <see cref="ShownTable.Table"/>.</summary>
    McrAdvertised,

    /// <summary>Route table of Microsoft's edge on the path in <see cref="ShownTable.Table"/>. Via the next
    /// hop.</summary>
    EdgeRouter,

    /// <summary>getLearnedRoutes. Kind <c>Network</c>, <c>EBgp</c>, <c>IBgp</c>; via the source peer.</summary>
    GatewayLearned,

    /// <summary>getAdvertisedRoutes to the peer in <see cref="ShownTable.Table"/>.</summary>
    GatewayAdvertised,

    /// <summary>Effective routes of a network interface in the subnet of <see cref="ShownTable.Table"/>. Kind
    /// <c>VirtualNetworkGateway</c>, <c>VnetLocal</c>, …</summary>
    SubnetEffective,
}

/// <summary>A table as a cloud shows it.</summary>
/// <param name="BoxId">Of the network: transit gateway, VIF, MCR, circuit, gateway, VNet.</param>
/// <param name="Table">Route table id, neighbour's address, path's name or subnet's id; empty where there is one
/// only.</param>
/// <param name="Rows">All of them. A table that was not read whole is no shown table but a <see cref="Hole"/>.</param>
public sealed record ShownTable(ShownKind Kind, string BoxId, string Table, ImmutableArray<ShownRow> Rows)
{
    public string Name => Table.Length > 0 ? $"{BoxId} {Table}" : BoxId;
}

/// <summary>One row of a <see cref="ShownTable"/>, as its <see cref="ShownKind"/> says.</summary>
/// <param name="AsPath">Default: not shown, so not compared.</param>
public sealed record ShownRow(Prefix Prefix, string Kind, string Via, ImmutableArray<long> AsPath)
{
    public override string ToString() => string.Join(' ',
        new[] { Prefix.ToString(), Kind, Via.Length > 0 ? $"via {Via}" : "",
            AsPath.IsDefaultOrEmpty ? "" : $"path {string.Join('-', AsPath)}" }.Where(part => part.Length > 0));
}

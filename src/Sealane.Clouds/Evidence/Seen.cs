using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core;

namespace Sealane.Clouds.Evidence;

/// <summary>Everything that a walk has read, by the vendors' ids. What is not in here was not there or not
/// read.</summary>
internal sealed class Seen
{
    // AWS
    public ConcurrentDictionary<string, VpcSeen> Vpcs { get; } = new(StringComparer.Ordinal);

    /// <summary>VPCs that are reached over a transit gateway or a peering only: their prefixes, not their
    /// inside.</summary>
    public ConcurrentDictionary<string, Ec2Vpc> ForeignVpcs { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, TransitGatewaySeen> TransitGateways { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, DxGatewaySeen> DxGateways { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, VirtualInterface> VirtualInterfaces { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string,
        IReadOnlyList<VirtualInterfaceRoute>> VifRoutes
    { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, Ec2VpnConnection> VpnConnections { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, Ec2CustomerGateway> CustomerGateways { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, IReadOnlyList<string>> PrefixLists { get; } = new(StringComparer.Ordinal);

    // Azure: ids differ in case from reply to reply.
    public ConcurrentDictionary<string, JsonObject> Vnets { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>VNets at the far end of a peering: address space and flags.</summary>
    public ConcurrentDictionary<string, JsonObject> PeeredVnets { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string, JsonObject> RouteTables { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string, JsonObject> Gateways { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string, JsonObject> GatewayConnections { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string, JsonObject> LocalGateways { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string, JsonObject> Circuits { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string, JsonObject> RouteServers { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string,
        IReadOnlyList<BgpPeerRow>> GatewayPeers
    { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<string,
        AzureTable<GatewayRouteRow>> GatewayLearned
    { get; } = new(StringComparer.OrdinalIgnoreCase);
    public ConcurrentDictionary<(string Gateway, Ipv4 Peer),
        AzureTable<GatewayRouteRow>> GatewayAdvertised
    { get; } = new();
    public ConcurrentDictionary<(string Circuit, string Peering, CircuitPort Path),
        AzureTable<EdgeRouteRow>> Edge
    { get; } = new();
    public ConcurrentDictionary<string,
        IReadOnlyList<EffectiveRouteRow>> Effective
    { get; } = new(StringComparer.OrdinalIgnoreCase);

    // Megaport

    /// <summary>The whole account's; null: not read.</summary>
    public IReadOnlyList<Product>? Products { get; set; }
    public ConcurrentDictionary<string, Product> Mcrs { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, Product> Vxcs { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<(string Mcr, int List), PrefixFilterList> PrefixFilterLists { get; } = new();
    public ConcurrentDictionary<string, IReadOnlyList<McrIpRoute>> McrIp { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<string, IReadOnlyList<McrBgpRoute>> McrBgp { get; } = new(StringComparer.Ordinal);
    public ConcurrentDictionary<(string Mcr, Ipv4 Peer, RouteDirection Direction),
        IReadOnlyList<McrBgpRoute>> Neighbours
    { get; } = new();

    /// <summary>What Megaport knows of a circuit, by the circuit's id: which ports it has, which of them are
    /// taken.</summary>
    public ConcurrentDictionary<string, AzureKeyLookup> CircuitKeys { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A protected VPC. A null list was not read.</summary>
internal sealed record VpcSeen(
    Ec2Vpc Vpc, IReadOnlyList<Ec2Subnet>? Subnets, IReadOnlyList<VpcRouteTable>? RouteTables,
    IReadOnlyList<TransitGatewayAttachment>? Attachments, IReadOnlyList<Ec2VpnGateway>? VpnGateways,
        IReadOnlyList<Ec2VpcPeering> Peerings);

/// <summary>A transit gateway; null members were not read.</summary>
internal sealed record TransitGatewaySeen(
    string Id, Ec2TransitGateway? Gateway, IReadOnlyList<TransitGatewayAttachment>? Attachments,
        IReadOnlyList<TableSeen>? Tables);

/// <summary>One route table of a transit gateway; null members were not read.</summary>
/// <param name="Rows">Winners, static and propagated.</param>
internal sealed record TableSeen(
    string Id, IReadOnlyList<TransitGatewayRoute>? Rows, IReadOnlyList<TableMember>? Associations,
    IReadOnlyList<TableMember>? Propagations, IReadOnlyList<TablePrefixList>? PrefixLists);

internal sealed record DxGatewaySeen(
    string Id, DirectConnectGateway? Gateway, IReadOnlyList<DirectConnectGatewayAssociation>? Associations,
    IReadOnlyList<DirectConnectGatewayAttachment>? Attachments);

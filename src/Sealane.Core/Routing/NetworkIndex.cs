using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>
/// The boxes of a network by id. An id that occurs twice keeps its first box. Parts that are the very same as in
/// another
/// network, of which this one is a failure or a change, are taken over from that one's index.
/// </summary>
internal sealed class NetworkIndex
{
    private readonly Dictionary<string, VnetSpace> _spaces;
    private readonly HashSet<string> _vpns;

    public NetworkIndex(Network network, NetworkIndex? like = null)
    {
        Network = network;
        var old = like?.Network;
        (TransitGateways, Attachments) = like is not null && old!.TransitGateways == network.TransitGateways
            ? (like.TransitGateways, like.Attachments)
            : (By(network.TransitGateways, tgw => tgw.Id), OfTransitGateways(network));
        (DxGateways, Vifs) = like is not null && old!.DxGateways == network.DxGateways ? (like.DxGateways, like.Vifs)
            : (By(network.DxGateways, dx => dx.Id), OfDxGateways(network));
        Paths = like is not null && old!.Circuits == network.Circuits ? like.Paths : OfCircuits(network);
        Mcrs = like is not null && old!.Mcrs == network.Mcrs ? like.Mcrs : By(network.Mcrs, mcr => mcr.Id);
        Vpcs = like is not null && old!.Vpcs == network.Vpcs ? like.Vpcs : By(network.Vpcs, vpc => vpc.Id);
        (Vnets, _spaces) = like is not null && old!.Vnets == network.Vnets && old.Ignore == network.Ignore
            ? (like.Vnets, like._spaces) : (By(network.Vnets, vnet => vnet.Id), Spaces(network));
        ErGateways = like is not null && old!.ExpressRouteGateways == network.ExpressRouteGateways ? like.ErGateways
            : By(network.ExpressRouteGateways, gateway => gateway.Id);
        VpnGateways = like is not null && old!.VpnGateways == network.VpnGateways ? like.VpnGateways
            : By(network.VpnGateways, gateway => gateway.Id);
        (Tunnels, _vpns) = like is not null && old!.Tunnels == network.Tunnels ? (like.Tunnels, like._vpns)
            : (By(network.Tunnels, tunnel => tunnel.Id), [.. network.Tunnels.Select(tunnel => tunnel.AttachmentId)]);
        VirtualPrivateGateways = like is not null && old!.VirtualPrivateGateways == network.VirtualPrivateGateways
            ? like.VirtualPrivateGateways : By(network.VirtualPrivateGateways, gateway => gateway.Id);
        VpcPeerings = like is not null && old!.VpcPeerings == network.VpcPeerings ? like.VpcPeerings
            : By(network.VpcPeerings, peering => peering.Id);
        HolesAt = like is not null && old!.Holes == network.Holes ? like.HolesAt
            : network.Holes.GroupBy(hole => hole.At, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }

    public Network Network { get; }
    public Dictionary<string, TransitGateway> TransitGateways { get; }
    public Dictionary<string, (TransitGateway Tgw, TransitGatewayAttachment Attachment)> Attachments { get; }
    public Dictionary<string, DxGateway> DxGateways { get; }
    public Dictionary<string, (DxGateway Dx, VirtualInterface Vif)> Vifs { get; }
    public Dictionary<string, (Circuit Circuit, CircuitPath Path)> Paths { get; }
    public Dictionary<string, Mcr> Mcrs { get; }
    public Dictionary<string, Vpc> Vpcs { get; }
    public Dictionary<string, Vnet> Vnets { get; }
    public Dictionary<string, ExpressRouteGateway> ErGateways { get; }
    public Dictionary<string, VpnGateway> VpnGateways { get; }
    public Dictionary<string, Tunnel> Tunnels { get; }
    public Dictionary<string, VirtualPrivateGateway> VirtualPrivateGateways { get; }
    public Dictionary<string, VpcPeering> VpcPeerings { get; }
    public Dictionary<string, List<Hole>> HolesAt { get; }

    /// <summary>What the gateways of a VNet speak for; null for a VNet that is no box of the network.</summary>
    public VnetSpace? Space(string vnetId) => _spaces.GetValueOrDefault(vnetId);

    public CircuitPath? Path(string circuitId, string name)
    {
        foreach (var (circuit, path) in Paths.Values)
        {
            if (circuit.Id == circuitId && path.Name == name)
            {
                return path;
            }
        }
        return null;
    }

    /// <summary>Whether a VPN attachment's connection is one of the network's.</summary>
    public bool HasTunnels(string attachmentId) => _vpns.Contains(attachmentId);

    /// <summary>The attachment of a resource to a transit gateway.</summary>
    public TransitGatewayAttachment? AttachmentOf(string transitGatewayId, string resourceId)
    {
        if (TransitGateways.TryGetValue(transitGatewayId, out var tgw))
        {
            foreach (var attachment in tgw.Attachments)
            {
                if (attachment.ResourceId == resourceId)
                {
                    return attachment;
                }
            }
        }
        return null;
    }

    private static Dictionary<string, T> By<T>(ImmutableArray<T> boxes, Func<T, string> id)
    {
        var index = new Dictionary<string, T>(boxes.Length, StringComparer.Ordinal);
        foreach (var box in boxes)
        {
            index.TryAdd(id(box), box);
        }
        return index;
    }

    private static Dictionary<string, (TransitGateway, TransitGatewayAttachment)> OfTransitGateways(Network network)
    {
        var index = new Dictionary<string, (TransitGateway, TransitGatewayAttachment)>(StringComparer.Ordinal);
        foreach (var tgw in network.TransitGateways)
        {
            foreach (var attachment in tgw.Attachments)
            {
                index.TryAdd(attachment.Id, (tgw, attachment));
            }
        }
        return index;
    }

    private static Dictionary<string, (DxGateway, VirtualInterface)> OfDxGateways(Network network)
    {
        var index = new Dictionary<string, (DxGateway, VirtualInterface)>(StringComparer.Ordinal);
        foreach (var dx in network.DxGateways)
        {
            foreach (var vif in dx.VirtualInterfaces)
            {
                index.TryAdd(vif.Id, (dx, vif));
            }
        }
        return index;
    }

    private static Dictionary<string, (Circuit, CircuitPath)> OfCircuits(Network network)
    {
        var index = new Dictionary<string, (Circuit, CircuitPath)>(StringComparer.Ordinal);
        foreach (var circuit in network.Circuits)
        {
            foreach (var path in circuit.Paths)
            {
                index.TryAdd(path.Id, (circuit, path));
            }
        }
        return index;
    }

    private static Dictionary<string, VnetSpace> Spaces(Network network)
    {
        var index = new Dictionary<string, VnetSpace>(StringComparer.Ordinal);
        foreach (var vnet in network.Vnets)
        {
            index.TryAdd(vnet.Id, new(vnet, network.Ignore));
        }
        return index;
    }
}

namespace Sealane.Core.Routing;

/// <summary>The boxes of a network by id. An id that occurs twice keeps its first box.</summary>
internal sealed class NetworkIndex
{
    private readonly Dictionary<string, VnetSpace> _spaces = [];

    public NetworkIndex(Network network)
    {
        Network = network;
        foreach (var tgw in network.TransitGateways)
        {
            TransitGateways.TryAdd(tgw.Id, tgw);
            foreach (var attachment in tgw.Attachments)
            {
                Attachments.TryAdd(attachment.Id, (tgw, attachment));
            }
        }
        foreach (var dx in network.DxGateways)
        {
            DxGateways.TryAdd(dx.Id, dx);
            foreach (var vif in dx.VirtualInterfaces)
            {
                Vifs.TryAdd(vif.Id, (dx, vif));
            }
        }
        foreach (var circuit in network.Circuits)
        {
            foreach (var path in circuit.Paths)
            {
                Paths.TryAdd(path.Id, (circuit, path));
            }
        }
        foreach (var mcr in network.Mcrs)
        {
            Mcrs.TryAdd(mcr.Id, mcr);
        }
        foreach (var vpc in network.Vpcs)
        {
            Vpcs.TryAdd(vpc.Id, vpc);
        }
        foreach (var vnet in network.Vnets)
        {
            if (Vnets.TryAdd(vnet.Id, vnet))
            {
                _spaces[vnet.Id] = new(vnet);
            }
        }
        foreach (var gateway in network.ExpressRouteGateways)
        {
            ErGateways.TryAdd(gateway.Id, gateway);
        }
        foreach (var gateway in network.VpnGateways)
        {
            VpnGateways.TryAdd(gateway.Id, gateway);
        }
        foreach (var tunnel in network.Tunnels)
        {
            Tunnels.TryAdd(tunnel.Id, tunnel);
        }
        foreach (var gateway in network.VirtualPrivateGateways)
        {
            VirtualPrivateGateways.TryAdd(gateway.Id, gateway);
        }
        foreach (var peering in network.VpcPeerings)
        {
            VpcPeerings.TryAdd(peering.Id, peering);
        }
        foreach (var hole in network.Holes)
        {
            if (HolesAt.TryGetValue(hole.At, out var others))
            {
                others.Add(hole);
            }
            else
            {
                HolesAt[hole.At] = [hole];
            }
        }
    }

    public Network Network { get; }
    public Dictionary<string, TransitGateway> TransitGateways { get; } = [];
    public Dictionary<string, (TransitGateway Tgw, TransitGatewayAttachment Attachment)> Attachments { get; } = [];
    public Dictionary<string, DxGateway> DxGateways { get; } = [];
    public Dictionary<string, (DxGateway Dx, VirtualInterface Vif)> Vifs { get; } = [];
    public Dictionary<string, (Circuit Circuit, CircuitPath Path)> Paths { get; } = [];
    public Dictionary<string, Mcr> Mcrs { get; } = [];
    public Dictionary<string, Vpc> Vpcs { get; } = [];
    public Dictionary<string, Vnet> Vnets { get; } = [];
    public Dictionary<string, ExpressRouteGateway> ErGateways { get; } = [];
    public Dictionary<string, VpnGateway> VpnGateways { get; } = [];
    public Dictionary<string, Tunnel> Tunnels { get; } = [];
    public Dictionary<string, VirtualPrivateGateway> VirtualPrivateGateways { get; } = [];
    public Dictionary<string, VpcPeering> VpcPeerings { get; } = [];
    public Dictionary<string, List<Hole>> HolesAt { get; } = [];

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
    public bool HasTunnels(string attachmentId)
    {
        foreach (var tunnel in Tunnels.Values)
        {
            if (tunnel.AttachmentId == attachmentId)
            {
                return true;
            }
        }
        return false;
    }

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
}

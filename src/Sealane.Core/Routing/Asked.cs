namespace Sealane.Core.Routing;

/// <summary>Boxes of the transport whose tables forward packets.</summary>
internal enum TransportBox
{
    /// <summary>A Direct Connect gateway: its routes, and what its associations let in.</summary>
    DxGateway,
    Mcr,

    /// <summary>Microsoft's edge router on one path of a circuit.</summary>
    Edge,
    ErGateway,
}

/// <summary>A table of the transport, by its box.</summary>
internal readonly record struct TransportTable(TransportBox Box, string Id);

/// <summary>
/// What decided about the ways of packets, as a walk went: where all of it is the same, every packet goes the same way.
/// </summary>
internal sealed class Asked
{
    /// <summary>Tables and attachments of transit gateways.</summary>
    public HashSet<string> Gateways { get; } = new(StringComparer.Ordinal);

    public List<TransportTable> Tables { get; } = [];

    public void Ask(TransportBox box, string id)
    {
        var table = new TransportTable(box, id);
        if (!Tables.Contains(table))
        {
            Tables.Add(table);
        }
    }

    /// <summary>A transit gateway's table holds what Direct Connect gateways propagate into it.</summary>
    public void AskTgwTable(TransitGateway tgw, string tableId)
    {
        Gateways.Add(tableId);
        foreach (var attachment in tgw.Attachments)
        {
            if (attachment.Kind == AttachmentKind.DirectConnectGateway && attachment.PropagatesTo.Contains(tableId))
            {
                Ask(TransportBox.DxGateway, attachment.ResourceId);
            }
        }
    }

    /// <summary>A VPC's table holds what virtual private gateways propagate into it.</summary>
    public void AskVpcTable(Network network, string tableId)
    {
        foreach (var gateway in network.VirtualPrivateGateways)
        {
            if (gateway.PropagatesTo.Contains(tableId))
            {
                AskVgw(network, gateway);
            }
        }
    }

    public void AskVgw(Network network, VirtualPrivateGateway gateway)
    {
        foreach (var dx in network.DxGateways)
        {
            if (dx.Associations.Any(association => association.GatewayId == gateway.Id))
            {
                Ask(TransportBox.DxGateway, dx.Id);
            }
        }
    }

    /// <summary>A subnet's table holds what ExpressRoute gateways learned, a peered hub's as well.</summary>
    public void AskSubnet(Network network)
    {
        foreach (var gateway in network.ExpressRouteGateways)
        {
            Ask(TransportBox.ErGateway, gateway.Id);
        }
    }
}

namespace Sealane.Core.Routing;

/// <summary>Networks with one setting changed. Ids that do not exist change nothing.</summary>
public static class NetworkEdits
{
    /// <summary>Changes a BGP session of an MCR.</summary>
    public static Network Change(this Network network, string sessionId, Func<McrBgpSession, McrBgpSession> change) =>
        network with
        {
            Mcrs = Failures.Each(network.Mcrs, mcr => mcr.Interfaces.Any(i => i.Sessions.Any(s => s.Id == sessionId)),
            mcr => mcr with
            {
                Interfaces = Failures.Each(mcr.Interfaces, i => i.Sessions.Any(s => s.Id == sessionId),
                i => i with { Sessions = Failures.Each(i.Sessions, s => s.Id == sessionId, change) }),
            }),
        };

    /// <summary>Changes an MCR's end of a VXC.</summary>
    public static Network Change(this Network network, string mcrId, string vxcId,
        Func<McrInterface, McrInterface> change) => network with
        {
            Mcrs = Failures.Each(network.Mcrs, mcr => mcr.Id == mcrId, mcr => mcr with
            {
                Interfaces = Failures.Each(mcr.Interfaces, i => i.VxcId == vxcId, change),
            }),
        };

    /// <summary>Changes a transit gateway's attachment.</summary>
    public static Network Change(
        this Network network, string tgwId, string attachmentId,
        Func<TransitGatewayAttachment, TransitGatewayAttachment> change) => network with
        {
            TransitGateways = Failures.Each(network.TransitGateways, tgw => tgw.Id == tgwId, tgw => tgw with
            {
                Attachments = Failures.Each(tgw.Attachments, a => a.Id == attachmentId, change),
            }),
        };

    /// <summary>Changes a transit gateway's route table.</summary>
    public static Network ChangeTable(
        this Network network, string tgwId, string tableId,
        Func<TransitGatewayRouteTable, TransitGatewayRouteTable> change) => network with
        {
            TransitGateways = Failures.Each(network.TransitGateways, tgw => tgw.Id == tgwId, tgw => tgw with
            {
                RouteTables = Failures.Each(tgw.RouteTables, t => t.Id == tableId, change),
            }),
        };

    /// <summary>Changes a VNet's subnet.</summary>
    public static Network Change(this Network network, string vnetId, string subnetId,
        Func<VnetSubnet, VnetSubnet> change) => network with
        {
            Vnets = Failures.Each(network.Vnets, vnet => vnet.Id == vnetId, vnet => vnet with
            {
                Subnets = Failures.Each(vnet.Subnets, s => s.Id == subnetId, change),
            }),
        };

    /// <summary>Adds allowed prefixes to a Direct Connect gateway's association.</summary>
    public static Network Allow(this Network network, string dxGatewayId, string tgwId,
        params IEnumerable<Prefix> prefixes) => network with
        {
            DxGateways = Failures.Each(network.DxGateways, dx => dx.Id == dxGatewayId, dx => dx with
            {
                Associations = Failures.Each(dx.Associations, a => a.GatewayId == tgwId,
                    a => a with { AllowedPrefixes = [.. a.AllowedPrefixes, .. prefixes] }),
            }),
        };
}

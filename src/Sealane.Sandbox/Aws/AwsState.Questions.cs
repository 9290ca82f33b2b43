namespace Sealane.Sandbox.Aws;

/// <summary>What follows from several objects together.</summary>
public sealed partial class AwsState
{
    /// <summary>The table that routes what arrives on the attachment; null when there is none in force.</summary>
    public TransitGatewayRouteTable? AssociatedTable(string attachmentId) =>
        RouteTableAssociations.FirstOrDefault(a => a.AttachmentId == attachmentId && a.State == "associated")
            is { } association
            ? RouteTables.FirstOrDefault(table => table.Id == association.RouteTableId)
            : null;

    public TransitGatewayRouteTableAssociation? AssociationOf(string attachmentId) =>
        RouteTableAssociations.FirstOrDefault(a => a.AttachmentId == attachmentId);

    /// <summary><c>active</c>, or <c>blackhole</c> when the target is gone or no longer on this VPC.</summary>
    public string StateOf(VpcRouteTable table, VpcRoute route)
    {
        var id = route.TargetId;
        var works = route.ToTransitGateway
            ? Attachments.Any(a => a.ResourceId == table.VpcId && a.TransitGatewayId == id && a.IsUsable)
            : InternetGateways.Any(g => g.Id == id && g.VpcId == table.VpcId)
                || VpnGateways.Any(g => g.Id == id && g.IsAttached && g.VpcId == table.VpcId)
                || NatGateways.Any(g => g.Id == id && g.IsLive)
                || VpcPeerings.Any(p => p.Id == id && p.IsActive)
                || NetworkInterfaces.Any(i => i.Id == id && i.State == "in-use");
        return works ? "active" : "blackhole";
    }

    /// <summary>The table that serves a subnet: its own, or the VPC's main one.</summary>
    public VpcRouteTable? TableOf(Subnet subnet) =>
        VpcRouteTables.FirstOrDefault(t => t.SubnetIds.Contains(subnet.Id))
        ?? VpcRouteTables.FirstOrDefault(t => t.VpcId == subnet.VpcId && t.Main);

    public CustomerGateway? CustomerGatewayOf(VpnConnection vpn) =>
        CustomerGateways.FirstOrDefault(gateway => gateway.Id == vpn.CustomerGatewayId);

    /// <summary>VIFs that hang on a Direct Connect gateway and are not yet deleted.</summary>
    public IEnumerable<DxVif> VifsOf(string dxGatewayId) =>
        Vifs.Where(vif => vif.DxGatewayId == dxGatewayId && vif.State != "deleted");

    public IEnumerable<DxGatewayAssociation> AssociationsOf(string dxGatewayId) =>
        DxAssociations.Where(a => a.DxGatewayId == dxGatewayId && a.State != "disassociated");
}

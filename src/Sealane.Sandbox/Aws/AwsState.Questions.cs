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

    /// <summary><c>active</c>, or <c>blackhole</c> when the VPC is no longer attached to that transit
    /// gateway.</summary>
    public string StateOf(VpcRouteTable table, VpcRoute route) =>
        Attachments.Any(a => a.ResourceId == table.VpcId && a.TransitGatewayId == route.TransitGatewayId && a.IsUsable)
            ? "active"
            : "blackhole";

    /// <summary>The table that serves a subnet: its own, or the VPC's main one.</summary>
    public VpcRouteTable? TableOf(Subnet subnet) =>
        VpcRouteTables.FirstOrDefault(t => t.SubnetIds.Contains(subnet.Id))
        ?? VpcRouteTables.FirstOrDefault(t => t.VpcId == subnet.VpcId && t.Main);

    public CustomerGateway? CustomerGatewayOf(VpnConnection vpn) =>
        CustomerGateways.FirstOrDefault(gateway => gateway.Id == vpn.CustomerGatewayId);

    /// <summary>VIFs that hang on a Direct Connect gateway and are not yet deleted.</summary>
    public IEnumerable<TransitVif> VifsOf(string dxGatewayId) =>
        Vifs.Where(vif => vif.DxGatewayId == dxGatewayId && vif.State != "deleted");

    public IEnumerable<DxGatewayAssociation> AssociationsOf(string dxGatewayId) =>
        DxAssociations.Where(a => a.DxGatewayId == dxGatewayId && a.State != "disassociated");
}

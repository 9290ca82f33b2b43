using Sealane.Clouds.Used;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>All AWS objects of a link, in the order in which they are best read.</summary>
public static class AwsResources
{
    /// <param name="notes">Where what used objects were is written; none: nothing of them is changed.</param>
    public static IReadOnlyList<Resource> All(
        NetworkDesign design, AwsClients clients, LinkKeys keys, UsedNotes? notes = null)
    {
        var (link, dxGateway, transitGateway) = (design.Link, design.DxGateway, design.TransitGateway);
        var direct = clients.Of(dxGateway);
        var join = new DxJoin(clients, design);
        // Where nothing else would hold a note, a spec that asks for the change no more is no reason to forget it.
        var always = notes?.AreOnUsed == true;
        var association = notes is not null && (DxAssociationSettings.IsFor(design)
            || (always && dxGateway.ExistingId is not null && transitGateway.ExistingId is not null))
            ? new DxAssociationSettings(clients, design, join, notes) : null;
        var block = notes is not null && transitGateway.ExistingId is not null
            && (always || link.Changes(TransitGateway.Ref.Id))
            ? new TransitGatewaySettings(clients, design, notes) : null;
        var former = FormerParts.Of(design).VpnConnections;
        return
        [
            .. design.Vpcs.Select(vpc => new Vpc(clients.Of(vpc), design, vpc)),
            new DxGateway(direct, link, dxGateway),
            new TransitGateway(clients, design),
            .. new Resource?[] { block, association }.OfType<Resource>(),
            new WorkloadRouteTable(clients, design),
            new TransportRouteTable(clients, design),
            new DxAssociation(clients, link, dxGateway, transitGateway, design.Vpcs, join,
                DxAssociationSettings.IsFor(design) ? association : null),
            new DxAttachmentRouting(clients, link, transitGateway),
            .. design.Vpcs.SelectMany(vpc => new Resource[]
            {
                new VpcAttachment(clients, link, vpc, transitGateway), new VpcAttachmentRouting(clients, vpc),
            }),
            .. notes is null ? [] : Widened(design, always).Select(vpc =>
                new VpcAttachmentSettings(clients.Of(vpc), design, vpc, notes)),
            .. design.AwsVxcs.SelectMany(vxc => new Resource[]
            {
                new HostedConnection(direct, link, vxc), new TransitVif(direct, link, vxc, keys.AwsBgp(vxc.Key)),
            }),
            .. design.VpnConnections.SelectMany(vpn => new Resource[]
            {
                new CustomerGateway(clients, link, vpn, design.VpnGateway,
                    [.. design.VpnConnections.Select(own => own.CustomerGatewayName)],
                    [.. former.Select(other => other.CustomerGatewayName)]),
                new VpnConnection(clients, link, vpn, design.Ipsec, keys,
                    [.. design.VpnConnections.Select(own => own.Name)], [.. former.Select(other => other.Name)],
                    block is null ? [] : [new(block.Id)]),
                new VpnAttachmentRouting(clients, link, vpn),
            }),
            // What isolation mode auto falls back to would be written on the attachment, and is not where that is used.
            new Tunnels(clients, link.Existing.ContainsKey(DxAssociation.Ref.Id)
                    ? transitGateway with { Isolation = TransitGatewayIsolation.Isolated } : transitGateway,
                design.VpnConnections, BeforeTunnels(design)),
            .. design.Vpcs.Select(vpc =>
                new VpcRoutes(clients.Of(vpc), vpc, transitGateway, design.Vnets, design.VpnConnections,
                    BeforeRoutes(design, vpc))),
        ];
    }

    private static IEnumerable<VpcDesign> Widened(NetworkDesign design, bool always) => design.Vpcs.Where(vpc =>
        (always || design.Link.Changes(VpcAttachment.Ref(vpc).Id))
        && design.Link.Existing.ContainsKey(VpcAttachment.Ref(vpc).Id));

    private static IReadOnlyList<ObjectRef> BeforeTunnels(NetworkDesign design) =>
    [
        .. design.AwsVxcs.Select(TransitVif.Ref), DxAttachmentRouting.Ref,
        .. design.VpnConnections.Select(VpnAttachmentRouting.Ref),
        .. Transport.Connections(design), .. Transport.TunnelEnds(design), .. Transport.StaticRoutes(design),
        .. Transport.Filters(design),
    ];

    private static IReadOnlyList<ObjectRef> BeforeRoutes(NetworkDesign design, VpcDesign vpc) =>
    [
        Tunnels.Ref, VpcAttachmentRouting.Ref(vpc), .. design.VpnConnections.Select(VpnAttachmentRouting.Ref),
        .. Transport.Filters(design), .. Widened(design, always: false).Where(each => each.Key == vpc.Key)
            .Select(VpcAttachmentSettings.Ref),
    ];
}

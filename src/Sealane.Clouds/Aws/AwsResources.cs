using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>All AWS objects of a link, in the order in which they are best read.</summary>
public static class AwsResources
{
    public static IReadOnlyList<Resource> All(AwsClients clients, LinkKeys keys) =>
    [
        new Vpc(clients),
        new DxGateway(clients),
        new TransitGateway(clients),
        new WorkloadRouteTable(clients),
        new TransportRouteTable(clients),
        new DxAssociation(clients),
        new DxAttachmentRouting(clients),
        new VpcAttachment(clients),
        new VpcAttachmentRouting(clients),
        new HostedConnection(clients),
        new TransitVif(clients, keys),
        new CustomerGateway(clients),
        new VpnConnection(clients, keys),
        new VpnAttachmentRouting(clients),
        new Tunnels(clients),
        new VpcRoutes(clients),
    ];
}

using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>All AWS objects of a link, in the order in which they are best read.</summary>
public static class AwsResources
{
    public static IReadOnlyList<Resource> All(NetworkDesign design, AwsClients clients, LinkKeys keys) =>
    [
        new Vpc(clients, design),
        new DxGateway(clients, design),
        new TransitGateway(clients, design),
        new WorkloadRouteTable(clients, design),
        new TransportRouteTable(clients, design),
        new DxAssociation(clients, design),
        new DxAttachmentRouting(clients, design),
        new VpcAttachment(clients, design),
        new VpcAttachmentRouting(clients),
        new HostedConnection(clients, design),
        new TransitVif(clients, design, keys),
        new CustomerGateway(clients, design),
        new VpnConnection(clients, design, keys),
        new VpnAttachmentRouting(clients, design),
        new Tunnels(clients, design),
        new VpcRoutes(clients, design),
    ];
}

using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

public sealed partial class DirectConnectClient
{
    /// <summary>All virtual interfaces of the account in this region, of every type.</summary>
    /// <exception cref="CloudError">Unavailable: one has no id, so that the list is not known whole.</exception>
    public async Task<IReadOnlyList<VirtualInterface>> AllVirtualInterfaces(CancellationToken ct)
    {
        var found = await Pages("DescribeVirtualInterfaces", [], DirectConnectJson.Default.VirtualInterfacesReply,
            reply => reply.VirtualInterfaces, reply => reply.NextToken, ct).ConfigureAwait(false);
        return found.All(vif => vif.VirtualInterfaceId is { Length: > 0 }) ? found
            : throw new CloudError(Cloud.Aws, "directconnect:DescribeVirtualInterfaces", CloudErrorKind.Unavailable,
                200, null, "the answer shows a virtual interface without its id", advice: UnreadableReply.Advice);
    }

    /// <summary>
    /// Routes of a virtual interface in both directions, as the Direct Connect endpoint holds them: what the customer's
    /// router announced and what it is sent.
    /// </summary>
    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_ListVirtualInterfaceRoutes.html</remarks>
    public Task<IReadOnlyList<VirtualInterfaceRoute>> VirtualInterfaceRoutes(
        string virtualInterfaceId, CancellationToken ct) => Pages(
        "ListVirtualInterfaceRoutes", new JsonObject { ["virtualInterfaceId"] = virtualInterfaceId },
        DirectConnectJson.Default.VirtualInterfaceRoutesReply, reply => reply.Routes, reply => reply.NextToken, ct);

    /// <summary>Associations of a gateway behind Direct Connect gateways: a virtual private or a transit
    /// gateway.</summary>
    public Task<IReadOnlyList<DirectConnectGatewayAssociation>> AssociationsOf(
        string associatedGatewayId, CancellationToken ct) => Pages(
        "DescribeDirectConnectGatewayAssociations", new JsonObject { ["associatedGatewayId"] = associatedGatewayId },
        DirectConnectJson.Default.AssociationsReply, reply => reply.DirectConnectGatewayAssociations, reply =>
            reply.NextToken, ct);
}

using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core;
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
    /// <exception cref="CloudError">Unavailable: the prefix of a route cannot be read.</exception>
    public async Task<IReadOnlyList<VirtualInterfaceRoute>> VirtualInterfaceRoutes(
        string virtualInterfaceId, CancellationToken ct)
    {
        var routes = await Pages(
            "ListVirtualInterfaceRoutes", new JsonObject { ["virtualInterfaceId"] = virtualInterfaceId },
            DirectConnectJson.Default.VirtualInterfaceRoutesReply, reply => reply.Routes, reply => reply.NextToken, ct)
            .ConfigureAwait(false);
        return routes.FirstOrDefault(route => !IsPrefix(route.Cidr)) is { } odd
            ? throw Odd("directconnect:ListVirtualInterfaceRoutes", odd.Cidr) : routes;
    }

    private static bool IsPrefix(string? text) =>
        Prefix.TryParse(text, out _) || PrefixText.IsIpv6(text);

    private static CloudError Odd(string operation, string? text) => new(Cloud.Aws, operation,
        CloudErrorKind.Unavailable, 200, null, $"a row's prefix cannot be read: {text ?? "absent"}",
        advice: UnreadableReply.Advice);

    /// <summary>Associations of a gateway behind Direct Connect gateways: a virtual private or a transit
    /// gateway.</summary>
    public Task<IReadOnlyList<DirectConnectGatewayAssociation>> AssociationsOf(
        string associatedGatewayId, CancellationToken ct) => Pages(
        "DescribeDirectConnectGatewayAssociations", new JsonObject { ["associatedGatewayId"] = associatedGatewayId },
        DirectConnectJson.Default.AssociationsReply, reply => reply.DirectConnectGatewayAssociations, reply =>
            reply.NextToken, ct);
}

using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The transit VIF as it is ordered.</summary>
/// <param name="CustomerAddress">The MCR's end, with mask.</param>
/// <param name="AmazonAddress">Amazon's end, with mask, in the same subnet.</param>
public sealed record NewTransitVif(
    ObjectTags Tags, string ConnectionId, string GatewayId, int Vlan, long Asn, Secret BgpAuthKey,
    InterfaceAddress CustomerAddress, InterfaceAddress AmazonAddress, int Mtu);

public sealed partial class DirectConnectClient
{
    /// <summary>All connections of the account in this region, those that wait for acceptance included.</summary>
    public Task<IReadOnlyList<DirectConnectConnection>> AllConnections(CancellationToken ct) => Connections([], ct);

    public async Task<DirectConnectConnection?> FindConnection(string id, CancellationToken ct)
    {
        try
        {
            return (await Connections(new() { ["connectionId"] = id }, ct).ConfigureAwait(false)).FirstOrNull();
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    private Task<IReadOnlyList<DirectConnectConnection>> Connections(JsonObject input, CancellationToken ct) => Pages(
        "DescribeConnections", input, DirectConnectJson.Default.ConnectionsReply, reply => reply.Connections,
        reply => reply.NextToken, ct);

    /// <summary>Accepts a hosted connection; its port hours are billed from here on.</summary>
    public Task ConfirmConnection(string id, CancellationToken ct) =>
        Write("ConfirmConnection", new() { ["connectionId"] = id }, ct);

    public Task<IReadOnlyList<VirtualInterface>> VirtualInterfaces(string connectionId, CancellationToken ct) => Pages(
        "DescribeVirtualInterfaces", new() { ["connectionId"] = connectionId },
        DirectConnectJson.Default.VirtualInterfacesReply, reply => reply.VirtualInterfaces, reply => reply.NextToken,
        ct);

    /// <remarks>In the own account it is Create and never Allocate (terraform-provider-aws #28570).</remarks>
    public Task CreateTransitVirtualInterface(NewTransitVif vif, CancellationToken ct)
    {
        var input = new JsonObject
        {
            ["virtualInterfaceName"] = vif.Tags.Name,
            ["vlan"] = vif.Vlan,
            // Above 2147483647 the older member overflows (terraform-provider-aws #40879).
            [vif.Asn > int.MaxValue ? "asnLong" : "asn"] = vif.Asn,
            ["mtu"] = vif.Mtu,
            ["authKey"] = vif.BgpAuthKey.Reveal(),
            ["amazonAddress"] = vif.AmazonAddress.ToString(),
            ["customerAddress"] = vif.CustomerAddress.ToString(),
            ["addressFamily"] = "ipv4",
            ["directConnectGatewayId"] = vif.GatewayId,
            ["tags"] = Tags(vif.Tags.All),
        };
        return Write("CreateTransitVirtualInterface",
            new() { ["connectionId"] = vif.ConnectionId, ["newTransitVirtualInterface"] = input }, ct, vif.BgpAuthKey);
    }

    public Task UpdateVirtualInterfaceMtu(string id, int mtu, CancellationToken ct) =>
        Write("UpdateVirtualInterfaceAttributes", new() { ["virtualInterfaceId"] = id, ["mtu"] = mtu }, ct);

    public Task RenameVirtualInterface(string id, string name, CancellationToken ct) =>
        Write("UpdateVirtualInterfaceAttributes",
            new() { ["virtualInterfaceId"] = id, ["virtualInterfaceName"] = name }, ct);

    public Task DeleteVirtualInterface(string id, CancellationToken ct) =>
        Write("DeleteVirtualInterface", new() { ["virtualInterfaceId"] = id }, ct);
}

using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Clouds.Aws;

/// <summary>VPN connections of somebody else on a transit gateway that the link uses.</summary>
internal static class OthersVpns
{
    public static async Task<IReadOnlyList<Ec2VpnConnection>> On(
        string transitGatewayId, NetworkDesign design, AwsClients clients, CancellationToken ct) =>
    [
        .. (await clients.Ec2.VpnConnectionsOfTransitGateway(transitGatewayId, ct).ConfigureAwait(false))
            .Where(vpn => vpn.State is not ("deleted" or "deleting")
                && (design.Link.Existing.Values.Contains(vpn.Id) || (AwsLookup.Link(vpn.Tags) != design.Name
                    && design.VpnConnections.All(own => own.Name != AwsLookup.Name(vpn.Tags))))),
    ];

    /// <summary>Whether its tunnels end in the block, or may: an address that is not shown yet can be any.</summary>
    public static bool EndsIn(this Ec2VpnConnection vpn, string block) =>
        vpn.OutsideAddressType is null or VpnConnection.PrivateIpv4 && Prefix.TryParse(block, out var prefix)
        && (vpn.OutsideAddresses.Count == 0 || vpn.OutsideAddresses.Values.Any(prefix.Contains));
}

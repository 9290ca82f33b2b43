using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>A tunnel's outside address, and what a person calls it.</summary>
public sealed record TunnelEndpoint(Ipv4 Address, string Description);

/// <summary>The outside addresses of the tunnels: all that the transport may carry.</summary>
internal static class Endpoints
{
    public static ObjectRef Source(bool aws) => aws ? ITunnelEndpoints.VpnConnection : IPrivateEndpoint.VpnGateway;

    public static bool AreKnown(bool aws, IKnown known) => aws
        ? known.Find(ITunnelEndpoints.VpnConnection)?.OutsideAddresses.Count > 0
        : known.Find(IPrivateEndpoint.VpnGateway)?.PrivateAddresses.Count > 0;

    public static IReadOnlyList<TunnelEndpoint> Of(bool aws, NetworkDesign design, IKnown known)
    {
        if (!aws)
        {
            return [.. known.Get(IPrivateEndpoint.VpnGateway).PrivateAddresses
                .Select(address => new TunnelEndpoint(address, "Azure VPN gateway"))];
        }
        var outside = known.Get(ITunnelEndpoints.VpnConnection).OutsideAddresses;
        return
        [
            .. design.Tunnels.Where(tunnel => outside.ContainsKey(tunnel.InsideCidr))
                .Select(tunnel => new TunnelEndpoint(outside[tunnel.InsideCidr], $"AWS tunnel {tunnel.Number}")),
        ];
    }
}

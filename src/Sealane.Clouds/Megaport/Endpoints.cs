using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>A tunnel's outside address, and what a person calls it.</summary>
public sealed record TunnelEndpoint(Ipv4 Address, string Description);

/// <summary>The outside addresses of the tunnels: all that the transport may carry.</summary>
public sealed class Endpoints(IReadOnlyList<VpnConnectionDesign> vpns)
{
    /// <summary>The resources that know them.</summary>
    public IReadOnlyList<ObjectRef> Sources(bool aws) =>
        aws ? [.. vpns.Select(ITunnelEndpoints.Ref)] : [IPrivateEndpoint.VpnGateway];

    public bool AreKnown(bool aws, IKnown known) => aws
        ? vpns.All(vpn => known.Find(ITunnelEndpoints.Ref(vpn))?.OutsideAddresses.Count > 0)
        : known.Find(IPrivateEndpoint.VpnGateway)?.PrivateAddresses.Count > 0;

    public IReadOnlyList<TunnelEndpoint> Of(bool aws, IKnown known) => aws
        ? [
            .. from vpn in vpns
               let outside = known.Get(ITunnelEndpoints.Ref(vpn)).OutsideAddresses
               from tunnel in vpn.Tunnels
               where outside.ContainsKey(tunnel.InsideCidr)
               select new TunnelEndpoint(outside[tunnel.InsideCidr], $"AWS tunnel {tunnel.Number}"),
        ]
        : [
            .. known.Get(IPrivateEndpoint.VpnGateway).PrivateAddresses
                .Select(address => new TunnelEndpoint(address, "Azure VPN gateway")),
        ];
}

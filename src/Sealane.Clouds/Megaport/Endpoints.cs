using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>A tunnel's outside address, and what a person calls it.</summary>
public sealed record TunnelEndpoint(Ipv4 Address, string Description);

/// <summary>The outside addresses of the tunnels: all that the transport may carry.</summary>
/// <param name="learned">The block that holds AWS's addresses, where the routers learn it instead of having static
/// routes (<see cref="NetworkDesign.LearnsFromAws"/>); else null.</param>
public sealed class Endpoints(IReadOnlyList<VpnConnectionDesign> vpns, Prefix? learned)
{
    public static Endpoints Of(NetworkDesign design) =>
        new(design.VpnConnections, design.LearnsFromAws ? design.TransitGateway.Cidr : null);

    /// <summary>Whether that side is learned, so that no static route leads there.</summary>
    public bool AreLearned(bool aws) => aws && learned is not null;

    /// <summary>What the prefix lists permit.</summary>
    public IReadOnlyList<Prefix> Permitted(bool aws, IKnown known) => aws && learned is { } block ? [block]
        : [.. Of(aws, known).Select(endpoint => endpoint.Address.ToPrefix()).Distinct().Order()];

    /// <summary>The resources that know them.</summary>
    public IReadOnlyList<ObjectRef> Sources(bool aws) => AreLearned(aws) ? []
        : aws ? [.. vpns.Select(ITunnelEndpoints.Ref)] : [IPrivateEndpoint.VpnGateway];

    public bool AreKnown(bool aws, IKnown known) => AreLearned(aws) || (aws
        ? vpns.All(vpn => known.Find(ITunnelEndpoints.Ref(vpn))?.OutsideAddresses.Count > 0)
        : known.Find(IPrivateEndpoint.VpnGateway)?.PrivateAddresses.Count > 0);

    /// <summary>What static routes lead to.</summary>
    public IReadOnlyList<TunnelEndpoint> Of(bool aws, IKnown known) => AreLearned(aws) ? [] : aws
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

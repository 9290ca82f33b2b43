using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds;

// What one cloud's resource reads from another's. The observed record of the named resource implements the interface,
// so that no cloud needs the other's types.

/// <summary>The VPC (<c>aws/vpc</c>) and the VNet (<c>azure/vnet</c>): existing networks, only used.</summary>
public interface IAddressSpace
{
    static ObjectRef<IAddressSpace> Ref(VnetDesign vnet) => new(vnet.Key.On("azure/vnet"));

    IReadOnlyList<Prefix> Prefixes { get; }
}

/// <summary>The AWS VXC (<c>megaport/aws-vxc</c>).</summary>
public interface IHostedConnectionOrder
{
    static ObjectRef<IHostedConnectionOrder> Ref(AwsVxcDesign vxc) => new(vxc.Key.On("megaport/aws-vxc"));

    /// <summary><c>dxcon-…</c>; null until Megaport shows it, which can be later than LIVE.</summary>
    string? ConnectionId { get; }
}

/// <summary>The ExpressRoute circuit (<c>azure/circuit</c>).</summary>
public interface IServiceKey
{
    static ObjectRef<IServiceKey> Ref(CircuitDesign circuit) => new(circuit.Key.On("azure/circuit"));

    /// <summary>Authenticates the customer towards the provider: a secret. Null until the circuit exists.</summary>
    Secret? ServiceKey { get; }

    /// <summary><c>NotProvisioned</c>, <c>Provisioning</c>, <c>Provisioned</c>, <c>Deprovisioning</c>.</summary>
    string ProviderState { get; }

    /// <summary>The answer shows the circuit's peerings, and the private one is not among them.</summary>
    bool LacksPrivatePeering => false;
}

/// <summary>The VPN gateway (<c>azure/vpn-gateway</c>): where AWS sends ESP to (guide step 15, 10.2.0.6).</summary>
public interface IPrivateEndpoint
{
    static ObjectRef<IPrivateEndpoint> VpnGateway { get; } = new("azure/vpn-gateway");

    /// <summary>Of all instances.</summary>
    IReadOnlyList<Ipv4> PrivateAddresses { get; }

    /// <summary>Of one instance; null while Azure shows none.</summary>
    Ipv4? AddressOf(GatewayInstanceDesign instance) =>
        instance.Key.IsNone && PrivateAddresses.Count > 0 ? PrivateAddresses[0] : null;
}

/// <summary>The VPN connection (<c>aws/vpn-connection</c>): where Azure sends ESP to (guide step 17).</summary>
public interface ITunnelEndpoints
{
    static ObjectRef<ITunnelEndpoints> Ref(VpnConnectionDesign vpn) => new(vpn.Key.On("aws/vpn-connection"));

    /// <summary>Keyed by the inside /30, because AWS orders its tunnels differently from call to call.</summary>
    IReadOnlyDictionary<Prefix, Ipv4> OutsideAddresses { get; }
}

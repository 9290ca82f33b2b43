using Sealane.Core;

namespace Sealane.Sandbox.World;

/// <summary>What Direct Connect lets its partner Megaport do. The AWS state implements it.</summary>
public interface IDirectConnectPartner
{
    /// <summary>Puts a hosted connection in state <c>ordering</c> into the customer's account; returns its
    /// <c>dxcon-</c> id.</summary>
    string OfferHostedConnection(
        SandboxWorld world, string ownerAccount, string name, string region, string location, int rateMbps, int vlan);

    /// <summary>Whether a virtual interface still exists on it: then the VXC cannot be cancelled.</summary>
    bool HasVirtualInterface(string connectionId);

    /// <summary>The VXC was cancelled: AWS drops the connection a little later.</summary>
    void WithdrawHostedConnection(SandboxWorld world, string connectionId);
}

/// <summary>What ExpressRoute lets its provider Megaport see and do. The Azure state implements it.</summary>
public interface IExpressRouteProvider
{
    /// <summary>The circuit of a service key, or null.</summary>
    ProviderCircuit? FindCircuit(string serviceKey);

    /// <summary>Sets the provider's provisioning state: <c>Provisioning</c>, <c>Provisioned</c>, <c>Deprovisioning</c>,
    /// <c>NotProvisioned</c>.</summary>
    void SetProviderState(SandboxWorld world, string serviceKey, string state);

    /// <summary>Creates AzurePrivatePeering the way Megaport's provider API does for an MCR.</summary>
    void CreatePrivatePeering(
        SandboxWorld world, string serviceKey, long peerAsn, Prefix primary, Prefix secondary, int vlan,
        string? sharedKey);

    bool HasPrivatePeering(string serviceKey);
}

/// <param name="STag">Azure's outer VLAN for the circuit.</param>
public sealed record ProviderCircuit(
    string ResourceId, string ServiceKey, int BandwidthMbps, string PeeringLocation, string ProviderState, int STag,
    DateTimeOffset CreatedAt, IReadOnlyList<ProviderPeering> Peerings);

public sealed record ProviderPeering(long PeerAsn, Prefix Primary, Prefix Secondary, int Vlan, string? SharedKey);

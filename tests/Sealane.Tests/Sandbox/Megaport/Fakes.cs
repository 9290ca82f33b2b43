using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>Direct Connect as Megaport sees it.</summary>
internal sealed class FakeDirectConnect : IDirectConnectPartner
{
    public List<string> Calls { get; } = [];
    public bool HasVif { get; set; }

    public string OfferHostedConnection(
        SandboxWorld world, string ownerAccount, string name, string region, string location, int rateMbps, int vlan)
    {
        Calls.Add($"offer {ownerAccount} {name} {region} {location} {rateMbps} vlan {vlan}");
        return "dxcon-fgabcd12";
    }

    public bool HasVirtualInterface(string connectionId) => HasVif && connectionId == "dxcon-fgabcd12";

    public void WithdrawHostedConnection(SandboxWorld world, string connectionId) =>
        Calls.Add($"withdraw {connectionId}");
}

/// <summary>One ExpressRoute circuit as Megaport sees it.</summary>
internal sealed class FakeExpressRoute : IExpressRouteProvider
{
    public const string Key = "e3b0c442-0000-4000-8000-00000000beef";

    public List<string> Calls { get; } = [];
    public string State { get; private set; } = "NotProvisioned";
    public List<ProviderPeering> Peerings { get; } = [];
    public DateTimeOffset CreatedAt { get; set; } = World.Worlds.Morning.AddHours(-1);

    public ProviderCircuit? FindCircuit(string serviceKey) => serviceKey == Key
        ? new("/circuit", Key, 50, "Sydney", State, 3289, CreatedAt, Peerings) : null;

    public void SetProviderState(SandboxWorld world, string serviceKey, string state)
    {
        State = state;
        Calls.Add(state);
    }

    public void CreatePrivatePeering(
        SandboxWorld world, string serviceKey, long peerAsn, Prefix primary, Prefix secondary, int vlan,
        string? sharedKey)
    {
        Peerings.Add(new(peerAsn, primary, secondary, vlan, sharedKey));
        Calls.Add($"peering {peerAsn} {primary} {secondary} vlan {vlan} key {sharedKey ?? "none"}");
    }

    public bool HasPrivatePeering(string serviceKey) => Peerings.Count > 0;
}

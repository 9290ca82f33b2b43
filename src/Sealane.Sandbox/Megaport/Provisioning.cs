using Sealane.Core.Design;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>What Megaport does at the clouds while a VXC comes and goes.</summary>
internal static class Provisioning
{
    public static void Start(SandboxWorld world, Vxc vxc)
    {
        if (vxc.Azure is { } azure && Provider(world)
            ?.FindCircuit(azure.ServiceKey) is { ProviderState: "NotProvisioned" or "Deprovisioning" })
        {
            Provider(world)!.SetProviderState(world, azure.ServiceKey, "Provisioning");
        }
        var (configure, live) = vxc.Kind == VxcKind.Azure
            ? (Durations.AzureVxcConfigure, Durations.AzureVxcLive)
            : (Durations.AwsVxcConfigure, Durations.AwsVxcLive);
        if (!world.Megaport.Variants.OrdersGetStuck)
        {
            world.Then(vxc, world.Take(configure, vxc.Id), ProductStatus.Configured);
            world.Then(vxc, world.Take(live, vxc.Id), ProductStatus.Live);
        }
    }

    public static void Reached(SandboxWorld world, Vxc vxc, string state)
    {
        switch (state)
        {
            case ProductStatus.Configured when vxc.Aws is { ConnectionId: null } aws:
                aws.ConnectionId = Offer(world, vxc, aws);
                break;
            case ProductStatus.Live:
                vxc.LiveAt ??= world.Now;
                if (vxc.Aws is { ConnectionIdShownAt: null } shown)
                {
                    shown.ConnectionIdShownAt = world.Now + world.Take(Durations.ConnectionIdLag, vxc.Id);
                }
                if (vxc.Azure is { } azure)
                {
                    OpenCircuit(world, vxc, azure);
                }
                break;
        }
    }

    /// <summary>The VXC ends now; what hangs on it at the clouds follows.</summary>
    public static void End(SandboxWorld world, Vxc vxc)
    {
        world.Enter(vxc, ProductStatus.Decommissioned);
        vxc.EndedAt = world.Now;
        vxc.ListsBlockedUntil = world.Now + world.Take(Durations.PrefixListBlocked, vxc.Id);
        world.Megaport.Edits.RemoveAll(edit => edit.VxcUid == vxc.Id);
        if (vxc is { Kind: VxcKind.AwsHostedConnection, Aws.ConnectionId: { } connection })
        {
            Partner(world)?.WithdrawHostedConnection(world, connection);
        }
        if (vxc.Azure is { } azure && !OtherOn(world, azure.ServiceKey))
        {
            Provider(world)?.SetProviderState(world, azure.ServiceKey, "Deprovisioning");
            var release = new CircuitRelease
            {
                Id = $"release/{vxc.Id}",
                ServiceKey = azure.ServiceKey,
                CreatedAt = world.Now
            };
            world.Megaport.Releases.Add(release);
            world.Then(release, world.Take(Durations.CircuitRelease, vxc.Id), "released");
        }
    }

    public static void Release(SandboxWorld world, CircuitRelease release)
    {
        if (!OtherOn(world, release.ServiceKey))
        {
            Provider(world)?.SetProviderState(world, release.ServiceKey, "NotProvisioned");
        }
    }

    /// <summary>Why the VXC cannot be cancelled now, or null.</summary>
    public static string? HeldBy(SandboxWorld world, Vxc vxc)
    {
        if (vxc is { Kind: VxcKind.AwsHostedConnection, Aws.ConnectionId: { } connection }
            && Partner(world)?.HasVirtualInterface(connection) == true)
        {
            return $"{vxc.Name} has an attached virtual interface that must be removed in AWS first";
        }
        if (vxc.Azure is { } azure && Provider(world) is { } provider
            && (provider.HasPrivatePeering(azure.ServiceKey)
                || azure.PeeringGoneAt + world.Take(Durations.PeeringNoticed, vxc.Id) > world.Now))
        {
            return $"{vxc.Name} has an attached peering connection that must be removed in Azure first";
        }
        return null;
    }

    /// <summary>Keeps the time at which a peering disappeared in Azure. To be called after every change of the
    /// world.</summary>
    public static void WatchPeerings(SandboxWorld world)
    {
        foreach (var vxc in world.Megaport.Vxcs)
        {
            if (vxc is { Ended: false, Azure: { Peer: not null } azure, LiveAt: not null }
                && Provider(world) is { } provider)
            {
                azure.PeeringGoneAt = provider.HasPrivatePeering(azure.ServiceKey) ? null : azure.PeeringGoneAt
                    ?? world.Now;
            }
        }
    }

    public static IExpressRouteProvider? Provider(SandboxWorld world) =>
        world.Megaport.ExpressRoute ?? (object)world.Azure as IExpressRouteProvider;

    private static IDirectConnectPartner? Partner(SandboxWorld world) =>
        world.Megaport.DirectConnect ?? (object)world.Aws as IDirectConnectPartner;

    private static bool OtherOn(SandboxWorld world, string serviceKey) =>
        world.Megaport.Vxcs.Exists(vxc => !vxc.Ended && vxc.Azure?.ServiceKey == serviceKey);

    private static string Offer(SandboxWorld world, Vxc vxc, AwsEnd aws) =>
        vxc.Kind == VxcKind.AwsHostedVif ? $"dxvif-{world.Alphanumeric($"vif/{vxc.Id}", 8)}"
        : Partner(world)?.OfferHostedConnection(
            world, aws.OwnerAccount, aws.ConnectionName, aws.Region, aws.DxLocation, vxc.RateMbps, vxc.BVlan)
        ?? $"dxcon-{world.Alphanumeric($"connection/{vxc.Id}", 8)}";

    private static void OpenCircuit(SandboxWorld world, Vxc vxc, AzureEnd azure)
    {
        Provider(world)?.SetProviderState(world, azure.ServiceKey, "Provisioned");
        if (azure.Peer is not { } peer)
        {
            return;
        }
        if (Provider(world) is { } provider && !provider.HasPrivatePeering(azure.ServiceKey))
        {
            provider.CreatePrivatePeering(
                world, azure.ServiceKey, peer.PeerAsn, peer.Primary, peer.Secondary, peer.Vlan, peer.SharedKey);
        }
        if (azure.AutomaticAEnd && vxc.Interfaces.Count == 0)
        {
            // The MCR takes the first host of the /30, Microsoft the second:
            // learn.microsoft.com/azure/expressroute/expressroute-routing
            var subnet = azure.Path == "primary" ? peer.Primary : peer.Secondary;
            vxc.Interfaces =
            [
                new()
                {
                    Addresses = [new(subnet.Host(1), subnet.Length)],
                    Vlan = peer.Vlan,
                    BgpConnections =
                    [
                        new()
                        {
                            PeerAsn = Msee.Asn,
                            LocalAddress = subnet.Host(1),
                            PeerAddress = subnet.Host(2),
                            Password = peer.SharedKey,
                        },
                    ],
                },
            ];
        }
    }
}

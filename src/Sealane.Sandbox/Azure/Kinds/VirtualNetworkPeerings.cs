using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Peerings of VNets: with gateway transit the ExpressRoute gateway announces the peer's prefixes
/// too.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-peerings</remarks>
internal sealed class VirtualNetworkPeerings : ResourceKind
{
    public override string Type => "virtualNetworks/virtualNetworkPeerings";
    public override string Noun => "VirtualNetworkPeering";

    public override MemberSchema Members { get; } = new(
        "VirtualNetworkPeeringPropertiesFormat",
        "allowVirtualNetworkAccess:b allowForwardedTraffic:b allowGatewayTransit:b useRemoteGateways:b "
            + "remoteVirtualNetwork:o",
        "localAddressSpace:- localVirtualNetworkAddressSpace:- remoteAddressSpace:- remoteVirtualNetworkAddressSpace:-",
        "remoteBgpCommunities:- remoteVirtualNetworkEncryption:- peeringState:- peeringSyncLevel:- provisioningState:-",
        "doNotVerifyRemoteGateways:b resourceGuid:- peerCompleteVnets:b enableOnlyIPv6Peering:b localSubnetNames:a "
            + "remoteSubnetNames:a");

    public override IEnumerable<Reference> References(PutRequest put) =>
        [new("properties.remoteVirtualNetwork", put.Properties.Text("remoteVirtualNetwork", "id"), "virtualNetworks")];

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        if (ResourceId.Same(put.Properties.Text("remoteVirtualNetwork", "id"), put.Id.Parent!.ToString()))
        {
            yield return ArmError.Bad(PlaceholderCodes.VnetPeering, "A virtual network cannot be peered with itself.");
        }
        if (put.Properties.Flag("useRemoteGateways"))
        {
            if (!HasGateway(put.State, put.Properties.Text("remoteVirtualNetwork", "id") ?? ""))
            {
                yield return ArmError.Bad("RemoteVnetHasNoGateways",
                    $"Peering {put.Self} cannot use remote gateways: the remote virtual network has none.");
            }
            if (GatewayProblem(put) is { } problem)
            {
                yield return ArmError.Bad(PlaceholderCodes.VnetPeering, $"Virtual network {put.Id.Parent} {problem}.");
            }
        }
        if (put.Lookup("remoteVirtualNetwork", "id") is { } remote
            && VirtualNetworks.Prefixes(remote.Properties).Any(there =>
                VirtualNetworks.Prefixes(put.ParentProperties).Any(here => here.Overlaps(there))))
        {
            yield return ArmError.Bad("VnetAddressSpacesOverlap",
                $"Cannot create or update peering {put.Self}. Virtual networks {put.Id.Parent} and {remote.Id} cannot "
                    + $"be peered "
                + "because their address spaces overlap.");
        }
    }

    /// <summary>"Use remote gateways": of one VNet, which has some and offers them, and by one that has none.</summary>
    private static string? GatewayProblem(PutRequest put)
    {
        var remote = put.Properties.Text("remoteVirtualNetwork", "id") ?? "";
        return HasGateway(put.State, put.Id.Parent!.ToString()) ? "has a gateway of its own"
            : put.Siblings.Any(one => one.Text("name") != put.Id.Name && one.Flag("properties", "useRemoteGateways"))
            ? "uses the gateways of another virtual network already"
            : put.State.Find(remote) is { } far && put.State.Children(far, AllKinds.VirtualNetworkPeerings).Any(back =>
                ResourceId.Same(back.Properties.Text("remoteVirtualNetwork", "id"), put.Id.Parent.ToString())
                && !back.Properties.Flag("allowGatewayTransit"))
            ? "has the flag UseRemoteGateways set, and the remote peering does not have AllowGatewayTransit" : null;
    }

    private static bool HasGateway(AzureState state, string vnet) => state.All(AllKinds.VirtualNetworkGateways)
        .Any(gateway => gateway.Properties.Items("ipConfigurations").Any(configuration =>
            configuration.Text("properties", "subnet", "id")?.StartsWith($"{vnet}/subnets/",
                StringComparison.OrdinalIgnoreCase) == true));

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        foreach (var flag in new[]
        {
            "allowVirtualNetworkAccess", "allowForwardedTraffic", "allowGatewayTransit", "useRemoteGateways",
            "doNotVerifyRemoteGateways",
        })
        {
            kept[flag] ??= false;
        }
        kept["peerCompleteVnets"] ??= true;
        return kept;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        properties["peeringState"] = Connected(show.State, resource) ? "Connected" : "Initiated";
        properties["peeringSyncLevel"] = Connected(show.State, resource) ? "FullyInSync" : "RemoteNotInSync";
        var remote = show.State.Find(resource.Properties.Text("remoteVirtualNetwork", "id"));
        var local = show.State.Parent(resource);
        foreach (var (side, vnet) in new[] { ("local", local), ("remote", remote) })
        {
            properties[$"{side}AddressSpace"] = vnet?.Properties.At("addressSpace")?.DeepClone();
            properties[$"{side}VirtualNetworkAddressSpace"] = vnet?.Properties.At("addressSpace")?.DeepClone();
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    /// <summary>A peering works when it exists from both sides.</summary>
    public static bool Connected(AzureState state, ArmResource peering) =>
        state.Find(peering.Properties.Text("remoteVirtualNetwork", "id")) is { } remote
        && state.Children(remote, AllKinds.VirtualNetworkPeerings).Any(back =>
            ResourceId.Same(back.Properties.Text("remoteVirtualNetwork", "id"), peering.ParentId));
}

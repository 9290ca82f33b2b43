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

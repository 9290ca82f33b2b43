using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// One side of the peering between the VNet with the gateways and a spoke. A peering bears no tags: under the name that
/// Sealane gives it is the link's; one of another name between the same two VNets, of which Azure takes no second, is
/// somebody's: used, and neither changed nor deleted.
/// </summary>
/// <remarks>API: https://learn.microsoft.com/rest/api/virtualnetwork/virtual-network-peerings. Gateway transit:
/// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit</remarks>
public abstract class VnetPeering(
    ObjectRef<VnetPeering.Observed> self, ArmClient arm, AzureIds ids, VnetDesign near, VnetDesign far, string flag)
    : AzureResource<VnetPeering.Desired, VnetPeering.Observed>(self, arm, ids)
{
    public sealed record Desired(string Id, string FarId);

    /// <param name="IsOurs">By its name.</param>
    /// <param name="HasFlag">Gateways are offered, or used.</param>
    /// <param name="State"><c>Initiated</c>, <c>Connected</c>, <c>Disconnected</c>; null: not shown.</param>
    public sealed record Observed(
        ArmObject Envelope, bool IsOurs, bool HasAccess, bool HasFlag, string? State, string? SyncLevel) : IArmObserved;

    protected VnetDesign Near => near;

    protected VnetDesign Far => far;

    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations =>
    [
        "GET virtualNetworks/virtualNetworkPeerings", "PUT virtualNetworks/virtualNetworkPeerings",
        "DELETE virtualNetworks/virtualNetworkPeerings",
    ];

    // Seconds as a rule; Terraform waits 30 minutes (terraform-provider-azurerm). Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromSeconds(15);
    public override TimeSpan ExpectedDelete => TimeSpan.FromSeconds(15);

    public override Desired Derive(IKnown known) => new(Ids.Peering(near, far), Ids.Vnet(far));

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        if (await Arm.Observe(Ids.Peering(near, far), ct).ConfigureAwait(false) is { } ours)
        {
            return Read(ours, isOurs: true);
        }
        if (Ids.Link.IsFormer)
        {
            return null;
        }
        var others = await Arm.List($"{Ids.Vnet(near)}/virtualNetworkPeerings", ct).ConfigureAwait(false);
        return others.FirstOrDefault(each => string.Equals(each.Text("properties", "remoteVirtualNetwork", "id"),
                Ids.Vnet(far), StringComparison.OrdinalIgnoreCase)).Text("id") is { } id
            && await Arm.Observe(id, ct).ConfigureAwait(false) is { } theirs ? Read(theirs, isOurs: false) : null;
    }

    private Observed Read(ArmObject found, bool isOurs) => new(
        found, isOurs,
        found.Properties.Text("allowVirtualNetworkAccess") is null
            || found.Properties.Flag("allowVirtualNetworkAccess"),
        found.Properties.Text(flag) is null || found.Properties.Flag(flag),
        found.Properties.Text("peeringState"), found.Properties.Text("peeringSyncLevel"));

    public override Change Compare(Desired desired, Observed observed)
    {
        var lines = new Differences().Field("allowVirtualNetworkAccess", true, observed.HasAccess)
            .Field(flag, true, observed.HasFlag || (!observed.IsOurs && Ids.Link.Changes(Id))).Lines;
        var name = AzureIds.NameOf(observed.Envelope.Id);
        if (!observed.IsOurs)
        {
            return Change.Refused([.. lines.Select(line => $"{line}: switch it on in the peering {name} of "
                + $"{near.Name}, which Sealane did not make"
                + (line.StartsWith(flag, StringComparison.Ordinal) ? $", or have apply do it: changeUsed: [{Id}]"
                    : ""))]);
        }
        // Its other side was deleted: such a half cannot be mended (RemotePeeringIsDisconnected,
        // terraform-provider-azurerm #14051).
        return observed.State == "Disconnected"
            ? Change.Replace(["peering state Disconnected → Connected"], "none beyond what is down already")
            : OrRepair(observed.Envelope, Change.InPlace(lines, $"{far.Name} and {near.Name} reach each other anew"),
                "none");
    }

    // Of somebody else's nothing depends on what is yet to be made: told before anything is paid for.
    public override Change Foresee(Observed observed, Func<ObjectRef, bool> toBeMade) => observed.IsOurs ? Change.None
        : Compare(new(Ids.Peering(near, far), Ids.Vnet(far)), observed);

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(desired.Id, BodyOf(desired), ct);

    public override Task Update(Desired desired, Observed observed, CancellationToken ct) =>
        ChangeInPlace(desired.Id, BodyOf(desired), ct);

    private JsonObject BodyOf(Desired desired) => new()
    {
        ["properties"] = new JsonObject
        {
            ["remoteVirtualNetwork"] = ArmJson.Reference(desired.FarId),
            ["allowVirtualNetworkAccess"] = true,
            [flag] = true,
        },
    };

    public override bool IsOurs(Observed observed) => observed.IsOurs;

    public override string? Hindrance(Observed observed) => observed is { State: "Connected", SyncLevel: { } level }
        && level != "FullyInSync" ? $"an address space has changed since (peeringSyncLevel {level}): until somebody "
            + "synchronizes the peering, the new prefix is not routed" : null;

    protected override string StateOf(Observed observed) => observed.State ?? observed.Envelope.ProvisioningState;
}

/// <summary>The side of the VNet with the gateways: it lets the spoke use them.</summary>
/// <param name="previous">The spoke that is peered before: two writes to one VNet get in each other's way
/// (AnotherOperationInProgress).</param>
public sealed class HubPeering(ArmClient arm, AzureIds ids, VnetDesign hub, VnetDesign spoke, VnetDesign? previous)
    : VnetPeering(Ref(spoke), arm, ids, hub, spoke, "allowGatewayTransit")
{
    public static ObjectRef<Observed> Ref(VnetDesign spoke) => new(spoke.Key.On("azure/hub-peering"));
    public override string Title => Far.Key.After("Peering towards spoke");
    public override IReadOnlyList<ObjectRef> Needs =>
        [IAddressSpace.Ref(Near), IAddressSpace.Ref(Far), VpnGateway.Ref, ExpressRouteGateway.Ref];
    public override IReadOnlyList<ObjectRef> After => previous is null ? [] : [SpokePeering.Ref(previous)];

    public override bool IsReady(Observed observed) => observed.Envelope.IsSucceeded;
}

/// <summary>The spoke's side: from here on both gateways announce its prefixes, the one over ExpressRoute in the clear.
/// So the router's filters stand before it.</summary>
/// <param name="after">What a hub's peering of others must be given first.</param>
public sealed class SpokePeering(
    ArmClient arm, AzureIds ids, VnetDesign hub, VnetDesign spoke, IReadOnlyList<ObjectRef> after)
    : VnetPeering(Ref(spoke), arm, ids, spoke, hub, "useRemoteGateways")
{
    public static ObjectRef<Observed> Ref(VnetDesign spoke) => new(spoke.Key.On("azure/spoke-peering"));
    public override string Title => Near.Key.After("Peering of spoke");
    public override IReadOnlyList<ObjectRef> Needs => [HubPeering.Ref(Near)];
    public override IReadOnlyList<ObjectRef> After => after;
    public override Locks GuardedBy => Locks.McrImport | Locks.McrExport;

    public override bool IsReady(Observed observed) =>
        observed.Envelope.IsSucceeded && observed.State is null or "Connected";
}

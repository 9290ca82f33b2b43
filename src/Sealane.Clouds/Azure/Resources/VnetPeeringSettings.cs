using System.Text.Json.Nodes;
using Sealane.Clouds.Used;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>Gateway transit on one side of a peering that others made between the VNet with the gateways and a
/// spoke.</summary>
/// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-peering-gateway-transit</remarks>
/// <param name="isHub">The side that offers the gateways; the other one uses them.</param>
public sealed class VnetPeeringSettings(
    ArmClient arm, AzureIds ids, VnetDesign hub, VnetDesign spoke, bool isHub, UsedNotes notes,
    IReadOnlyList<ObjectRef> after)
    : UsedSettings(isHub ? HubPeering.Ref(spoke).Id : SpokePeering.Ref(spoke).Id, notes)
{
    private const string Offers = "allowGatewayTransit";
    private const string Uses = "useRemoteGateways";

    private sealed record Sight(ArmObject Envelope, IReadOnlyList<string> Has)
        : UsedLook(Envelope.Id, Envelope.Properties.Text("peeringState") ?? Envelope.ProvisioningState, Has);

    private string Flag => isHub ? Offers : Uses;

    public override Cloud Cloud => Cloud.Azure;
    public override string Title => spoke.Key.After(isHub ? "Gateway transit towards spoke" : "Gateway use of spoke");
    public override IReadOnlyList<ObjectRef> Needs =>
        isHub ? [HubPeering.Ref(spoke)] : [SpokePeering.Ref(spoke), HubPeering.Ref(spoke)];
    public override IReadOnlyList<ObjectRef> After => [.. base.After, .. after];

    // From here on the gateways announce the spoke's prefixes, the one over ExpressRoute in the clear.
    public override Locks GuardedBy => isHub ? Locks.None : Locks.McrImport | Locks.McrExport;
    public override TimeSpan Expected => TimeSpan.FromSeconds(15);

    protected override IReadOnlyList<string> Calls =>
    [
        "GET virtualNetworks/virtualNetworkPeerings", "PUT virtualNetworks/virtualNetworkPeerings",
    ];

    protected override string? ObjectOf(IKnown known) =>
        (isHub ? known.Find(HubPeering.Ref(spoke)) : known.Find(SpokePeering.Ref(spoke)))
            is { IsOurs: false } theirs ? theirs.Envelope.Id : null;

    protected override IReadOnlyList<string> Values =>
        ids.Link.Changes(isHub ? HubPeering.Ref(spoke).Id : SpokePeering.Ref(spoke).Id) ? [Flag] : [];

    protected override async Task<UsedLook?> See(string id, UsedNote? note, IKnown? known, CancellationToken ct)
    {
        if (await arm.Observe(id, ct).ConfigureAwait(false) is not { } found)
        {
            return null;
        }
        return new Sight(found, found.Properties.Flag(Flag) ? [Flag] : [])
        {
            ReliedOn = note is null || !isHub ? [] : await Users(ct).ConfigureAwait(false),
            IsBusy = !found.IsSucceeded && found.Failure is null,
            Failure = found.Failure,
            NotShown = found.Properties.At(Flag) is null ? $"its answer does not show {Flag}" : null,
            Console = AzurePortal.Of(found.Id),
        };
    }

    /// <summary>The spoke's side, where it uses the gateways by others' hand.</summary>
    private async Task<IReadOnlyList<(string Name, string Value)>> Users(CancellationToken ct)
    {
        var ours = await Notes.Read(SpokePeering.Ref(spoke).Id, null, ct).ConfigureAwait(false);
        return
        [
            .. from back in await arm.List($"{ids.Vnet(spoke)}/virtualNetworkPeerings", ct).ConfigureAwait(false)
               where string.Equals(back.Text("properties", "remoteVirtualNetwork", "id"), ids.Vnet(hub),
                       StringComparison.OrdinalIgnoreCase)
                   && back.At("properties").Flag(Uses) && back.Text("id") is { } id
                   && !id.Equals(ids.Peering(spoke, hub), StringComparison.OrdinalIgnoreCase) && ours?.IsOf(id) != true
               select (Offers, $"the peering {back.Text("name")} of {spoke.Name}"),
        ];
    }

    protected override IReadOnlyList<string> Lines(UsedLook look, IReadOnlyList<string> missing) =>
        [$"{Flag} of {AzureIds.NameOf(look.Id)} off → on"];

    protected override string Impact(UsedLook look) => isHub ? "none until the spoke uses the gateways"
        : $"{spoke.Name} learns all that the hub's gateways know, those of others too, and its prefixes are announced "
            + "by them";

    protected override bool Knows(string value) => value == Flag;

    protected override string Word(string value) => value;

    protected override Task Add(UsedLook look, IReadOnlyList<string> missing, CancellationToken ct) =>
        Put(look, true, ct);

    protected override Task Remove(UsedLook look, IReadOnlyList<string> own, CancellationToken ct) =>
        Put(look, false, ct);

    private Task Put(UsedLook look, bool on, CancellationToken ct) => arm.PutOver(((Sight)look).Envelope,
        new JsonObject { ["properties"] = new JsonObject { [Flag] = on } }, ct);
}

using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The circuit's private peering: BGP between the MCR and Microsoft's edge. Megaport makes it together with the VXC, so
/// it is waited for here; Megaport cannot delete it, so that is done here, before the VXC goes. Guide step 10.
/// </summary>
/// <remarks>
/// API: https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-peerings. Who deletes:
/// terraform-provider-megaport #43.
/// </remarks>
/// <param name="vxcs">The VXCs to the circuit's paths.</param>
public sealed class PrivatePeering(
    ArmClient arm, AzureIds ids, CircuitDesign circuit, IReadOnlyList<AzureVxcDesign> vxcs)
    : AzureResource<PrivatePeering.Desired, PrivatePeering.Observed>(Ref(circuit), arm, ids)
{
    public sealed record Desired(long PeerAsn);

    /// <param name="CircuitIsProvisioned">Megaport has finished its side: only then can a gateway be connected.</param>
    public sealed record Observed(
        ArmObject Envelope, string? State, long? PeerAsn, int? VlanId, Prefix? Primary, Prefix? Secondary,
        bool CircuitIsProvisioned) : IArmObserved;

    public static ObjectRef<Observed> Ref(CircuitDesign circuit) => new(circuit.Key.On("azure/private-peering"));

    public override string Title => circuit.Key.After("Private peering");
    public override IReadOnlyList<int> GuideSteps => [10];
    public override IReadOnlyList<string> Operations =>
        ["GET expressRouteCircuits/peerings", "GET expressRouteCircuits", "DELETE expressRouteCircuits/peerings"];

    // Megaport made it with them, on whosever circuit.
    public override IReadOnlyList<ObjectRef> SetOn => [.. Vxcs];
    public override IReadOnlyList<ObjectRef> Needs =>
        [ExpressRouteCircuit.Ref(circuit), .. Vxcs.Take(1)];

    // Made with the first VXC; deleted before any of them goes.
    public override IReadOnlyList<ObjectRef> After => [.. Vxcs.Skip(1)];

    private IEnumerable<ObjectRef> Vxcs => vxcs.Select(vxc => new ObjectRef(vxc.Key.On("megaport/azure-vxc")));

    // Minutes after the VXC was ordered: https://docs.megaport.com/cloud/megaport/microsoft/
    public override TimeSpan Expected => TimeSpan.FromMinutes(3);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(1);

    /// <summary>Megaport makes it with the VXC.</summary>
    public override Making Making => Making.Awaited;
    public override TimeSpan Budget => TimeSpan.FromMinutes(45);

    // Made by others, whenever they are done: as long as we wait at all, its absence means nothing.
    public override TimeSpan CreateLag => Budget;

    public override Desired Derive(IKnown known) => new(circuit.PeerAsn);

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        if (Ids.Link.IsFormer && known.Find(ExpressRouteCircuit.Ref(circuit)) is null)
        {
            return null;
        }
        var found = await Arm.Observe(Ids.PrivatePeering(circuit), ct).ConfigureAwait(false);
        if (found is null)
        {
            return null;
        }
        var carrier = await Arm.Get(Ids.Circuit(circuit), ct).ConfigureAwait(false);
        return new(
            found, found.Properties.Text("state"), found.Properties.Number("peerASN"),
            (int?)found.Properties.Number("vlanId"),
            PrefixOf(found.Properties.Text("primaryPeerAddressPrefix")),
            PrefixOf(found.Properties.Text("secondaryPeerAddressPrefix")),
            carrier.Text("properties", "serviceProviderProvisioningState") is "Provisioned");
    }

    // Addresses and VLAN are Megaport's choice; with another ASN the session never comes up.
    public override Change Compare(Desired desired, Observed observed) => Change.Refused(
        new Differences().Told("peer ASN", desired.PeerAsn, observed.PeerAsn).Lines,
        "delete the peering and the VXC, and run again: Megaport makes both anew");

    /// <summary>Between other addresses than the cross connect was ordered with no session comes up.</summary>
    public override string? Hindrance(Observed observed) =>
        observed.Primary is { } primary && primary != circuit.Primary
            || observed.Secondary is { } secondary && secondary != circuit.Secondary
            ? $"its subnets are {observed.Primary} and {observed.Secondary}, and the cross connect was ordered with "
                + $"{circuit.Primary} and {circuit.Secondary}: set them back in the circuit's peering, or have both "
                    + $"made "
                + $"again with --replace {Id}" : null;

    /// <summary>Nothing to send: Megaport's provider interface creates it.</summary>
    public override Task Create(Desired desired, CancellationToken ct) => Task.CompletedTask;

    public override bool IsReady(Observed observed) => observed.Envelope.IsSucceeded && observed.CircuitIsProvisioned
        && !string.Equals(observed.State, "Disabled", StringComparison.OrdinalIgnoreCase);

    protected override string StateOf(Observed observed) =>
        observed.State is { } state ? $"{observed.Envelope.ProvisioningState}, {state}"
            : observed.Envelope.ProvisioningState;

    protected override IReadOnlyList<(string Name, string Value)> Facts(Observed observed) =>
    [
        ("primary", observed.Primary?.ToString() ?? ""),
        ("secondary", observed.Secondary?.ToString() ?? ""),
        ("vlan", observed.VlanId?.ToString() ?? ""),
        ("peer ASN", observed.PeerAsn?.ToString() ?? ""),
    ];

    private static Prefix? PrefixOf(string? text) => Prefix.TryParse(text, out var prefix) ? prefix : null;
}

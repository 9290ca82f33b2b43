using System.Globalization;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// The VXC to a port of the ExpressRoute circuit, its primary one in the guide. Ordered with the full peering and
/// without an MCR side: Megaport then makes the private peering in Azure and the matching session on the MCR. Guide
/// step 10.
/// </summary>
/// <remarks>API: GET /v2/secure/azure/{key}, POST /v4/networkdesign/buy;
/// https://docs.megaport.com/cloud/megaport/microsoft/</remarks>
/// <param name="design">Of its siblings: those of the link, and what an earlier spec may have left.</param>
public sealed class AzureVxc(
    MegaportClient api, AzureVxcDesign vxc, VxcLeg leg, NetworkDesign design)
    : Resource<AzureVxc.Desired, VxcProduct>(leg.Vxc), IPaidOrder
{
    private readonly NetworkDesign _former = FormerParts.Of(design);
    private readonly OwnProduct _own = new(
        api, "VXC", product => VxcLookup.EndsAt(product, "AZURE"),
        [.. FormerParts.Of(design).AzureVxcs.Where(other => other.Key != vxc.Key).Select(other => other.Name)],
        design.Link.IsFormer, key: vxc.Key);

    public sealed record Desired(
        string Link, string McrUid, string Name, int RateMbps, int CircuitMbps, int TermMonths, string CostCentre,
        Secret ServiceKey,
        long McrAsn, Prefix PrimarySubnet, Prefix SecondarySubnet, int Vlan, Secret BgpAuthKey, CircuitPort Port)
    {
        /// <summary>Azure shows the circuit without the peering that the VXC was ordered with.</summary>
        public bool LacksPeering { get; init; }

        /// <summary>The circuit's other VXC, which goes or starts from another router from now on.</summary>
        public string? Leaving { get; init; }

        /// <summary>Another circuit carries meanwhile.</summary>
        public bool IsOneOfSeveral { get; init; }

        /// <summary>The one of its own path.</summary>
        public Prefix Subnet => Port == CircuitPort.Primary ? PrimarySubnet : SecondarySubnet;

        /// <summary>As Megaport and Azure call the path.</summary>
        public string Word => Port == CircuitPort.Primary ? "primary" : "secondary";
    }

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => vxc.Key.After("VXC to Azure ExpressRoute");
    public override IReadOnlyList<int> GuideSteps => [10];
    public override IReadOnlyList<string> Operations =>
    [
        "GET product", "GET product/tags", "PUT product/tags", "GET secure/azure", "POST networkdesign/validate",
        "POST networkdesign/buy",
        "PUT product/vxc", "POST product/action/CANCEL_NOW",
    ];
    public override IReadOnlyList<ObjectRef> Needs =>
        [Mcr.Ref(vxc.Router), IServiceKey.Ref(vxc.Circuit), leg.Import.Ref, leg.Export.Ref];

    // Megaport makes the peering with the first of them, and both orders carry the same one. Whether two orders at once
    // would race for it is not documented.
    public override IReadOnlyList<ObjectRef> After =>
    [
        .. design.AzureVxcs.Where(other => other.Circuit.Key == vxc.Circuit.Key && other.Port < vxc.Port)
            .Select(VxcLeg.Azure),
    ];

    // 1-5 minutes as a rule; the vendor's tests wait 10 (megaportgo, VXC integration test). Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromMinutes(3);

    // Megaport notices the removal of the peering in Azure some minutes late (terraform-provider-megaport #43).
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(4);
    public override TimeSpan HeldAfterwards => TimeSpan.FromMinutes(3);
    public override TimeSpan Budget => TimeSpan.FromMinutes(20);
    public override TimeSpan CreateLag => TimeSpan.FromMinutes(3);
    public override bool Billed => true;

    public override Desired Derive(IKnown known) => new(
        design.Name, known.Get(Mcr.Ref(vxc.Router)).Uid, vxc.Name, vxc.RateMbps, vxc.Circuit.BandwidthMbps,
        vxc.Contract.TermMonths, vxc.Contract.CostCentre,
        known.Get(IServiceKey.Ref(vxc.Circuit)).ServiceKey
            ?? throw new CloudError(Cloud.Azure, "GET expressRouteCircuits", CloudErrorKind.Unavailable, 200, null,
                "the answer leaves out the service key of the circuit", advice: UnreadableReply.Advice),
        vxc.Circuit.PeerAsn, vxc.Circuit.Primary, vxc.Circuit.Secondary, vxc.Circuit.Vlan, leg.BgpKey,
        vxc.Port)
    {
        LacksPeering = known.Get(IServiceKey.Ref(vxc.Circuit)).LacksPrivatePeering,
        Leaving = _former.AzureVxcs.Where(other => other.Circuit.Key == vxc.Circuit.Key && other.Key != vxc.Key)
            .FirstOrDefault(other => Leaves(other, known))?.Name,
        IsOneOfSeveral = _former.Circuits.Any(other => other.Key != vxc.Circuit.Key
            && known.Find(IServiceKey.Ref(other)) is { ProviderState: "Provisioned" }),
    };

    /// <summary>Whether it stands and has to be cancelled: the spec has it no longer, or at another router.</summary>
    private bool Leaves(AzureVxcDesign other, IKnown known) => known.Find(VxcLeg.Azure(other)) is { } stands
        && (design.AzureVxcs.FirstOrDefault(own => own.Key == other.Key) is not { } own
            || (stands.McrUid is { } at && known.Find(Mcr.Ref(own.Router))?.Uid != at));

    public override async Task<VxcProduct?> Observe(IKnown known, CancellationToken ct)
    {
        // By another spec it starts from another router, and the circuit's port is taken all the same.
        IEnumerable<RouterDesign> elsewhere = vxc.Port == CircuitPort.Primary ? []
            : _former.Routers.Where(router => router.Key != vxc.Router.Key);
        foreach (var router in elsewhere.Prepend(vxc.Router))
        {
            if (await VxcLookup.Find(api, _own, router, vxc.Name, design.Name, known, ct, UsedId)
                .ConfigureAwait(false)
                is { } found)
            {
                return found;
            }
        }
        return null;
    }

    public override IReadOnlyList<string> LostMarks(VxcProduct observed) => _own.LostMarks(design.Link);

    public override Task Mark(VxcProduct observed, CancellationToken ct) =>
        _own.Mark(observed.Uid, design.Link, ct);

    public override IHandover? Handover => IsUsed ? null : _own.Handover(design.Link,
        (found, ct) => api.UpdateVxc(found.ProductUid!,
        new() { Name = vxc.Name, CostCentre = found.CostCentre }, ct));

    // Nothing of the peering can be edited through Megaport once it exists.
    public override Change Compare(Desired desired, VxcProduct observed)
    {
        var born = new Differences();
        if (observed.ServiceKey is { } key)
        {
            var same = key.Reveal().Equals(desired.ServiceKey.Reveal(), StringComparison.OrdinalIgnoreCase);
            born.Hidden("service key", same);
        }
        if (observed.Peer is { } peer)
        {
            born.Field("primary subnet", desired.PrimarySubnet.ToString(),
                peer.PrimarySubnet ?? desired.PrimarySubnet.ToString())
                .Field("secondary subnet", desired.SecondarySubnet.ToString(),
                    peer.SecondarySubnet ?? desired.SecondarySubnet.ToString())
                .Field("peering VLAN", desired.Vlan, peer.Vlan ?? desired.Vlan);
        }
        born.Field("router", desired.McrUid, observed.McrUid ?? desired.McrUid);
        if (desired.Leaving is { } other)
        {
            born.Field("private peering shared with", "none", other);
        }
        // Which host of the subnet Megaport gave to the MCR is its choice (unconfirmed): that both are in it is ours.
        if (observed.Session is { } session)
        {
            born.Field($"BGP session inside the {desired.Word} subnet", true,
                    desired.Subnet.Holds(session.LocalIpAddress) && desired.Subnet.Holds(session.PeerIpAddress))
                .Hidden("BGP key", ShownKey.MayBe(desired.BgpAuthKey, session.Password));
        }
        var soft = VxcLookup.ContractDifferences(observed, desired.Name, desired.TermMonths, desired.CostCentre,
            IsUsed)
            .Concat(new Differences().Field("BGP shutdown", false, observed.Session?.Shutdown ?? false)
                .Word("BGP export policy", VxcLookup.Permit, observed.Session?.ExportPolicy)
                .Field("peer ASN", Msee.Asn, observed.Session?.PeerAsn ?? Msee.Asn).Lines).ToList();
        var rate = observed.RateMbps is { } seen ? new Differences().Field("rate Mbps", desired.RateMbps, seen).Lines
            : [];
        return born.Lines.Count > 0
            ? Change.Replace([.. born.Lines, .. rate, .. soft], desired.IsOneOfSeveral
                ? "none beyond this circuit's: the other one carries until the new VXC, its peering and BGP are up"
                : "down until the new VXC, its peering and BGP are up", stops: !desired.IsOneOfSeveral)
            : rate.Count > 0 && desired.RateMbps > desired.CircuitMbps
            ? Change.Refused([.. rate, .. soft],
                "the ExpressRoute circuit must be at least as fast: raise azure.circuit.bandwidth")
            : Change.InPlace([.. rate, .. soft], rate.Count > 0 ? "none; the rate changes within a minute" : "none");
    }

    // Megaport makes it with the order and at no other time. No cloud tells whether it is still to come, or somebody,
    // or a destroy that was stopped, took it away; and no clock of ours does.
    public override OpenQuestion? Unclear(Desired desired, VxcProduct observed) =>
        desired.LacksPeering && IsReady(observed) ? new(vxc.Circuit.Key.On("azure/private-peering"),
            "the circuit shows no private peering. Megaport makes it within minutes of the order and at no other time: "
            + "if it was deleted, the cross connect must be ordered again") : null;

    /// <summary>It stands, and the router that it should start from does not.</summary>
    public override Change Foresee(VxcProduct observed, Func<ObjectRef, bool> toBeMade) =>
        !toBeMade(Mcr.Ref(vxc.Router)) ? Change.None
        : Change.Replace([$"router {observed.McrUid} → {vxc.Router.Name}"],
            "this path is down until the new VXC, its peering and BGP are up", stops: false);

    public override async Task Create(Desired desired, CancellationToken ct)
    {
        var (order, hide, _) = await Validated(desired, ct).ConfigureAwait(false);
        _own.Remember(await api.Buy(order, hide, ct).ConfigureAwait(false));
    }

    public async Task<OrderPrice?> Quote(IKnown known, CancellationToken ct) =>
        Needs.Any(need => known.Observed(need) is null) ? null
            : (await Validated(Derive(known), ct).ConfigureAwait(false)).Price;

    private async Task<(VxcOrder Order, IReadOnlyList<Secret?> Hide, OrderPrice Price)> Validated(
        Desired desired, CancellationToken ct)
    {
        IReadOnlyList<Secret?> hide = [desired.ServiceKey, desired.BgpAuthKey];
        var order = Order(desired, await PortOf(desired, ct).ConfigureAwait(false));
        return (order, hide, await api.Validate(order, hide, ct).ConfigureAwait(false));
    }

    public override Task Update(Desired desired, VxcProduct observed, CancellationToken ct)
    {
        var along = VxcLookup.ContractUpdate(observed, desired.Name, desired.TermMonths, desired.CostCentre) with
        {
            RateLimit = desired.RateMbps != observed.RateMbps ? desired.RateMbps : null,
        };
        return observed.Session is { } seen && (seen.Shutdown == true || (seen.PeerAsn ?? Msee.Asn) != Msee.Asn
                || seen.ExportPolicy is { Length: > 0 } policy
                && !policy.Equals(VxcLookup.Permit, StringComparison.OrdinalIgnoreCase))
            ? AEnd.Edit(api, observed.Uid, desired.BgpAuthKey, session => session with
            {
                Shutdown = false,
                ExportPolicy = VxcLookup.Permit,
                PeerAsn = Msee.Asn,
            }, face => face, along, ct)
            : api.UpdateVxc(observed.Uid, along, ct);
    }

    public override Task Delete(VxcProduct observed, CancellationToken ct) => Cancellation.Cancel(
        api, observed.Uid, observed.Locked, safeDelete: false, "the private peering in Azure must be deleted first",
        ct);

    public override bool IsReady(VxcProduct observed) => ProvisioningStatus.IsReady(observed.Status)
        && observed.Session is not null;

    public override string? Failed(VxcProduct observed) => VxcLookup.Failed(observed);

    public override ResourceView View(VxcProduct observed) => VxcLookup.View(observed);

    private async Task<string> PortOf(Desired desired, CancellationToken ct)
    {
        AzureKeyLookup circuit;
        try
        {
            circuit = await api.AzureKey(desired.ServiceKey, ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind is CloudErrorKind.NotFound or CloudErrorKind.Invalid
            && !error.Message.Contains("service_key length", StringComparison.OrdinalIgnoreCase))
        {
            // Azure tells its partners of a new circuit a little later than its owner.
            throw new CloudError(
                error.Cloud, error.Operation, CloudErrorKind.Busy, error.Status, error.Code, error.Message,
                error.RequestId,
                "Megaport does not know the circuit's service key yet; that takes some minutes", error);
        }
        var port = circuit.Megaports.FirstOrDefault(each =>
            desired.Word.Equals(each.Type, StringComparison.OrdinalIgnoreCase));
        return port switch
        {
            null or { ProductUid: null or "" } => throw Refusal(
                CloudErrorKind.Busy, $"Megaport does not show the circuit's {desired.Word} port yet", null),
            { Vxc: > 0 and var taken } => throw Refusal(
                CloudErrorKind.Exists,
                $"the circuit's {desired.Word} port is already taken by service "
                + $"{taken.ToString(CultureInfo.InvariantCulture)}",
                "cancel that VXC in the Megaport portal, or use another circuit"),
            _ when circuit.Bandwidth is { } mbps && desired.RateMbps > mbps => throw Refusal(
                CloudErrorKind.Invalid, $"the circuit carries {mbps} Mbps and the VXC asks for {desired.RateMbps}",
                "raise azure.circuit.bandwidth or lower megaport.bandwidth"),
            _ => port.ProductUid,
        };
    }

    private static CloudError Refusal(CloudErrorKind kind, string message, string? advice) =>
        new(Cloud.Megaport, "GET secure/azure", kind, null, null, message, advice: advice);

    // Either all five members of the peer or none but its type: anything between is refused
    // (terraform-provider-megaport #30, #52).
    private VxcOrder Order(Desired desired, string portUid) => new(desired.McrUid,
    [
        new()
        {
            ProductName = desired.Name,
            RateLimit = desired.RateMbps,
            Term = desired.TermMonths,
            CostCentre = desired.CostCentre,
            AEnd = new(PartnerConfig: null),
            BEnd = new(portUid, new AzureConfig(desired.ServiceKey,
            [
                new()
                {
                    Type = "private",
                    PeerAsn = desired.McrAsn.ToString(CultureInfo.InvariantCulture),
                    PrimarySubnet = desired.PrimarySubnet.ToString(),
                    SecondarySubnet = desired.SecondarySubnet.ToString(),
                    SharedKey = desired.BgpAuthKey,
                    Vlan = desired.Vlan,
                },
            ])),
            ResourceTags = OwnProduct.TagsOf(design.Link),
        },
    ]);
}

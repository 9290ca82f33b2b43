using System.Globalization;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>The Megaport Cloud Router: it joins the two clouds' edges and carries nothing but tunnel endpoints. Guide
/// step 5.</summary>
/// <remarks>API: POST /v4/networkdesign/buy, GET /v2/product/{uid}, PUT /v2/product/mcr2/{uid}, CANCEL_NOW with
/// safeDelete.</remarks>
/// <param name="siblings">The link's other routers.</param>
/// <param name="vxcs">Names of the cross connects that start from it.</param>
public sealed class Mcr(
    MegaportClient api, LinkDesign link, RouterDesign router, IReadOnlyList<RouterDesign> siblings,
    IReadOnlyList<string> vxcs)
    : Resource<Mcr.Desired, McrProduct>(Ref(router)), IPaidOrder
{
    private readonly OwnProduct _own = new(
        api, "MCR", product => product.ProductType == "MCR2", [.. siblings.Select(sibling => sibling.Name)],
        link.IsFormer, vxcs, McrProduct.Of, router.Key);

    /// <param name="DiversityZone">Null: any zone that offers the speed.</param>
    public sealed record Desired(
        string Link, string Name, string Location, string? DiversityZone, int SpeedMbps, long Asn, int TermMonths,
        string CostCentre,
        bool Existing);

    public static ObjectRef<McrProduct> Ref(RouterDesign router) => new(router.Key.On("megaport/mcr"));

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => router.Key.After("Cloud Router (MCR)");
    public override IReadOnlyList<int> GuideSteps => [5];
    public override IReadOnlyList<string> Operations =>
    [
        "GET products", "GET product", "GET product/tags", "PUT product/tags", "GET locations",
        "POST networkdesign/validate",
        "POST networkdesign/buy",
        "PUT product/mcr2", "POST product/action/CANCEL_NOW",
    ];

    // 30-120 s as a rule; the vendor's client waits 5 minutes (megaportgo, MCR integration test). Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromSeconds(75);
    public override TimeSpan ExpectedDelete => TimeSpan.FromSeconds(60);
    public override TimeSpan Budget => TimeSpan.FromMinutes(15);
    public override TimeSpan CreateLag => TimeSpan.FromMinutes(3);
    public override bool Billed => true;
    public override bool IsMade => router.ExistingId is null;

    public override IReadOnlyList<ObjectRef> Needs => router.AwayFrom is { } other ? [Ref(other)] : [];

    public override Desired Derive(IKnown known) => new(
        link.Name, router.Name, router.Location,
        router.DiversityZone ?? (router.AwayFrom is { } other ? Zone(other, known) : null),
        router.SpeedMbps, router.Asn,
        router.Contract.TermMonths, router.Contract.CostCentre, router.ExistingId is not null);

    // Asked before anything is ordered, there is no other router yet, and any zone will do.
    private static string? Zone(RouterDesign other, IKnown known) =>
        known.Find(Ref(other)) is { } stands ? McrPlace.Across(stands) : null;

    public override async Task<McrProduct?> Observe(IKnown known, CancellationToken ct)
    {
        if (router.ExistingId is { } uid)
        {
            return await Existing(uid, ct).ConfigureAwait(false);
        }
        var found = await _own.Find(
            router.Name, link.Name,
            async stop =>
                [.. (await api.Products(stop).ConfigureAwait(false)).Where(product =>
                    product.ProductType is null or "MCR2")],
                ct)
            .ConfigureAwait(false);
        return found is { } mcr ? McrProduct.Of(mcr.Uid, mcr.Product) : null;
    }

    public override IReadOnlyList<string> LostMarks(McrProduct observed) => _own.LostMarks(link);

    public override Task Mark(McrProduct observed, CancellationToken ct) =>
        _own.Mark(observed.Uid, link, ct);

    public override IHandover? Handover => router.ExistingId is not null ? null : _own.Handover(link,
        (found, ct) => api.UpdateMcr(found.ProductUid!, new(router.Name, found.CostCentre ?? "", null), ct));

    // Speed, place and ASN are fixed for the life of an MCR (the ASN as soon as a VXC is attached).
    public override Change Compare(Desired desired, McrProduct observed)
    {
        if (desired.Existing)
        {
            var wrong = observed.Asn is { } asn ? new Differences().Field("ASN", desired.Asn, asn).Lines : [];
            return Change.Refused(wrong, $"the MCR is not Sealane's: set {router.Path}.asn to its ASN");
        }
        var born = new Differences();
        if (observed.SpeedMbps is { } speed)
        {
            born.Field("speed Mbps", desired.SpeedMbps, speed);
        }
        if (observed.Asn is { } seen)
        {
            born.Field("ASN", desired.Asn, seen);
        }
        if (!observed.StandsAt(desired.Location))
        {
            born.Field("location", desired.Location, observed.LocationName);
        }
        if (desired.DiversityZone is { } zone && observed.DiversityZone is { } stands)
        {
            born.Word("diversity zone", zone, stands);
        }
        var soft = new Differences().Field("name", desired.Name, observed.Name is "" ? desired.Name : observed.Name)
            .Field("cost centre", desired.CostCentre, observed.CostCentre);
        if (observed.TermMonths is { } term && term < desired.TermMonths)
        {
            soft.Field("term months", desired.TermMonths, term);
        }
        return born.Lines.Count > 0
            ? Change.Replace([.. born.Lines, .. soft.Lines], "down until the new MCR and both new VXCs are up")
            : observed.TermMonths > desired.TermMonths
            ? Change.Refused(
                [$"term months {observed.TermMonths} → {desired.TermMonths}", .. soft.Lines],
                "a running contract cannot be made shorter: keep megaport.term, or destroy and pay the early "
                    + "termination fee")
            : Change.InPlace(soft.Lines);
    }

    public override async Task Create(Desired desired, CancellationToken ct)
    {
        var (order, _) = await Validated(desired, ct).ConfigureAwait(false);
        _own.Remember(await api.Buy(order, [], ct).ConfigureAwait(false));
    }

    public async Task<OrderPrice?> Quote(IKnown known, CancellationToken ct) =>
        (await Validated(Derive(known), ct).ConfigureAwait(false)).Price;

    /// <summary>The order in the first zone that takes it.</summary>
    private async Task<(McrOrder Order, OrderPrice Price)> Validated(Desired desired, CancellationToken ct)
    {
        var location = McrPlace.Find(await api.Locations(ct).ConfigureAwait(false), desired.Location);
        CloudError? full = null;
        foreach (var zone in McrPlace.Zones(location, desired.SpeedMbps, desired.DiversityZone))
        {
            var order = new McrOrder(
                desired.Name, location.Id!.Value, desired.SpeedMbps, desired.TermMonths, desired.CostCentre,
                new(desired.Asn, zone),
                OwnProduct.TagsOf(link));
            try
            {
                return (order, await api.Validate(order, [], ct).ConfigureAwait(false));
            }
            catch (CloudError error) when (error.Kind == CloudErrorKind.Quota)
            {
                full = error;
            }
        }
        throw full!;
    }

    public override Task Update(Desired desired, McrProduct observed, CancellationToken ct) => api.UpdateMcr(
        observed.Uid,
        new(desired.Name, desired.CostCentre, desired.TermMonths > observed.TermMonths ? desired.TermMonths : null),
        ct);

    public override Task Delete(McrProduct observed, CancellationToken ct) =>
        Cancellation.Cancel(api, observed.Uid, observed.Locked, safeDelete: true,
            "cancel what is still attached to the MCR first", ct);

    public override bool IsReady(McrProduct observed) => ProvisioningStatus.IsReady(observed.Status);

    public override string? Failed(McrProduct observed) =>
        ProvisioningStatus.IsFailed(observed.Status)
            ? "Megaport reports the MCR as FAILED: contact Megaport support with its uid" : null;

    public override ResourceView View(McrProduct observed) => new(
        observed.Status, observed.Uid, Portal.Services,
        [
            ("name", observed.Name),
            ("location", observed.LocationName ?? ""),
            ("diversity zone", observed.DiversityZone ?? ""),
            ("speed", $"{observed.SpeedMbps?.ToString(CultureInfo.InvariantCulture)} Mbps"),
            ("ASN", observed.Asn?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ])
    {
        BoundUntil = McrProduct.BoundUntil(observed.Created, observed.TermMonths),
    };

    private async Task<McrProduct> Existing(string uid, CancellationToken ct)
    {
        var key = router.Key.IsNone ? "megaport.mcr.uid" : $"existing.{Id}";
        var product = await api.Product(uid, ct).ConfigureAwait(false);
        return product is null || ProvisioningStatus.IsGone(product.ProvisioningStatus)
            ? throw new CloudError(
                Cloud.Megaport, "GET product", CloudErrorKind.NotFound, null, null, $"there is no MCR {uid}",
                advice: $"correct {key}, or leave it out and Sealane orders an MCR")
            : product.ProductType is { } type && type != "MCR2"
            ? throw new CloudError(
                Cloud.Megaport, "GET product", CloudErrorKind.Invalid, null, null, $"{uid} is a {type}, not an MCR",
                advice: $"{key} must be the uid of an MCR")
            : McrProduct.Of(uid, product);
    }
}

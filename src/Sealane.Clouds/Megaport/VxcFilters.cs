using System.Globalization;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// The filters of a VXC's BGP session: locks a and b on that side; BFD, which needs both ends and without which a dead
/// session is noticed after its hold time only; and the prepends of a router on standby. The AWS session has them from
/// its order; Megaport makes the Azure session itself and without them, so they are set before anything in Azure is
/// connected. Guide step 19.
/// </summary>
/// <remarks>API: GET /v2/product/{uid}, PUT /v3/product/vxc/{uid}. AWS and Microsoft's edge answer BFD by themselves
/// (docs.aws.amazon.com/directconnect, Bidirectional Forwarding Detection; learn.microsoft.com/azure/expressroute,
/// Configure BFD over ExpressRoute).</remarks>
public sealed class VxcFilters(MegaportClient api, LinkDesign link, VxcLeg leg)
    : Setting<VxcFilters.Desired, VxcRouting>(leg.Filters)
{
    /// <param name="ImportList">Null: no filter is asked for, and one that is there may stay.</param>
    /// <param name="ExportList">The same.</param>
    /// <param name="Prepends">Beside the once of every session.</param>
    public sealed record Desired(string VxcUid, int? ImportList, int? ExportList, int Prepends);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => $"Filters of the {leg.Title} session";
    public override IReadOnlyList<int> GuideSteps => [19];
    public override IReadOnlyList<string> Operations => ["GET product", "PUT product/vxc"];
    public override IReadOnlyList<ObjectRef> SetOn => [leg.Vxc];
    public override IReadOnlyList<ObjectRef> Needs => [leg.Vxc, leg.Import.Ref, leg.Export.Ref];
    public override Locks Closes => Locks.McrImport | Locks.McrExport;

    // Edits show after 5-60 s; the Terraform provider waits two minutes at most. Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromSeconds(30);

    /// <summary>The order of the VXC to AWS carries them already.</summary>
    public override Making Making => leg.Cloud == Cloud.Aws ? Making.Awaited : Making.Set;

    public override Desired Derive(IKnown known) => new(
        known.Get(leg.Vxc).Uid, leg.Import.ListId(link, known), leg.Export.ListId(link, known),
        leg.Router.Prepends);

    /// <summary>Without its lists a session's filters cannot be judged: they are then as good as absent.</summary>
    internal static bool ListsAreKnown(LinkDesign link, VxcLeg leg, IKnown known) => link.Order == BuildOrder.Guide
        || (known.Find(leg.Import.Ref) is not null && known.Find(leg.Export.Ref) is not null);

    public override async Task<VxcRouting?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(leg.Vxc) is not { } vxc || !ListsAreKnown(link, leg, known)
            || await api.Product(vxc.Uid, ct).ConfigureAwait(false) is not { } product
            || ProvisioningStatus.IsGone(product.ProvisioningStatus))
        {
            return null;
        }
        var seen = VxcProduct.Of(vxc.Uid, product);
        return new(seen, seen.Session is not null && Differences(Derive(known), seen).Count == 0);
    }

    public override Change Compare(Desired desired, VxcRouting observed) =>
        Change.InPlace(Differences(desired, observed.Vxc),
            "none while only filters change; plan for a short flap (unconfirmed)");

    public override Task Create(Desired desired, CancellationToken ct)
    {
        return AEnd.Edit(
            api, desired.VxcUid, leg.BgpKey,
            session => AEnd.Filtered(session, desired.ImportList, desired.ExportList) with
            {
                AsPathPrependCount = session.AsPathPrependCount is null && desired.Prepends == 0 ? null
                    : desired.Prepends,
            },
            face => face, along: null, ct);
    }

    public override Task Update(Desired desired, VxcRouting observed, CancellationToken ct) => Create(desired, ct);

    public override bool IsReady(VxcRouting observed) => observed.Vxc.Session is not null;

    public override ResourceView View(VxcRouting observed) => new(
        observed.AsWanted ? "as wanted" : "differs", observed.Vxc.Uid, Portal.Services,
        [
            ("import list", Show(observed.Vxc.Session?.ImportWhitelist)),
            ("export list", Show(observed.Vxc.Session?.ExportWhitelist)),
        ]);

    private static IReadOnlyList<string> Differences(Desired desired, VxcProduct seen)
    {
        var differences = new Differences();
        foreach (var session in seen.Interfaces.SelectMany(face => face.BgpConnections))
        {
            if (desired.ImportList is { } import)
            {
                differences
                    .Field("import list", Show(import), Show(session.ImportWhitelist))
                    .Field("import deny list", "none", Show(session.ImportBlacklist));
            }
            if (desired.ExportList is { } export)
            {
                differences
                    .Field("export list", Show(export), Show(session.ExportWhitelist))
                    .Field("export deny list", "none", Show(session.ExportBlacklist));
            }
            differences.Field("BFD", "on", session.BfdEnabled == false ? "off" : "on")
                .Field("AS path prepends", desired.Prepends, session.AsPathPrependCount ?? 0);
        }
        return differences.Lines;
    }

    private static string Show(int? list) => list is > 0 ? list.Value.ToString(CultureInfo.InvariantCulture) : "none";
}

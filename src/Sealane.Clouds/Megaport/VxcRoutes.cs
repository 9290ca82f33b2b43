using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// Static routes of the MCR to the tunnel endpoints behind one VXC, by way of the BGP peer. With both import filters
/// closed they are all that the MCR knows beyond its own subnets. Guide step 18.
/// </summary>
/// <remarks>API: GET /v2/product/{uid}, one PUT /v3/product/vxc/{uid} that carries addresses, routes, session, key and
/// filters.</remarks>
/// <param name="connection">The circuit's connection, where the far end is a circuit's: a static route that leads to it
/// before would draw packets from another circuit into a hole.</param>
/// <param name="isOneOfSeveral">Whether there is another circuit.</param>
public sealed class VxcRoutes(
    MegaportClient api, LinkDesign link, VxcLeg leg, Endpoints endpoints, ObjectRef? connection = null,
    bool isOneOfSeveral = false)
    : Setting<VxcRoutes.Desired, VxcRouting>(leg.Routes)
{
    /// <param name="NextHop">The far end of the VXC's BGP session.</param>
    public sealed record Desired(
        string VxcUid, Ipv4 NextHop, IReadOnlyList<TunnelEndpoint> Endpoints, int? ImportList, int? ExportList);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => $"Static routes towards {leg.Title}";
    public override IReadOnlyList<int> GuideSteps => [18];
    public override IReadOnlyList<string> Operations => ["GET product", "PUT product/vxc"];
    public override IReadOnlyList<ObjectRef> SetOn => [leg.Vxc];
    public override IReadOnlyList<ObjectRef> Needs =>
        [leg.Vxc, leg.Import.Ref, leg.Export.Ref, .. endpoints.Sources(leg.Cloud == Cloud.Aws)];

    // Both edit one interface list: one after the other, or the later edit would start from what the earlier one
    // replaced.
    // Where routes are learned, the lists let them in before the static ones go.
    public override IReadOnlyList<ObjectRef> After => endpoints.AreLearned(leg.Cloud == Cloud.Aws)
        ? [leg.Filters, leg.Import.Entries, new RouterList(leg.Router, Cloud.Azure, Imports: false).Entries]
        : isOneOfSeveral && connection is not null ? [leg.Filters, connection]
        : [leg.Filters];

    public override IReadOnlyList<ObjectRef> AfterOnTheWayBack => connection is null ? [] : [connection];

    // Edits show after 5-60 s; the Terraform provider waits two minutes at most. Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromSeconds(30);

    public override Desired Derive(IKnown known)
    {
        var vxc = known.Get(leg.Vxc);

        return new(
            vxc.Uid, Ipv4.TryParse(vxc.Session?.PeerIpAddress, out var peer) ? peer
                : leg.FarEnd,
            endpoints.Of(leg.Cloud == Cloud.Aws, known),
            leg.Import.ListId(link, known), leg.Export.ListId(link, known));
    }

    public override async Task<VxcRouting?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(leg.Vxc) is not { } vxc || !VxcFilters.ListsAreKnown(link, leg, known)
            || !endpoints.AreKnown(leg.Cloud == Cloud.Aws, known)
            || await api.Product(vxc.Uid, ct).ConfigureAwait(false) is not { } product
            || ProvisioningStatus.IsGone(product.ProvisioningStatus))
        {
            return null;
        }
        var seen = VxcProduct.Of(vxc.Uid, product);
        return new(seen, Differences(Derive(known), seen).Count == 0);
    }

    public override Change Compare(Desired desired, VxcRouting observed) =>
        Change.InPlace(Differences(desired, observed.Vxc), "the tunnels whose endpoint changes restart");

    public override Task Create(Desired desired, CancellationToken ct)
    {
        var hop = desired.NextHop.ToString();
        IReadOnlyList<IpRoute> routes =
            [.. desired.Endpoints.Select(endpoint =>
                new IpRoute(endpoint.Address.ToPrefix().ToString(), hop, endpoint.Description))];
        return AEnd.Edit(
            api, desired.VxcUid, leg.BgpKey,
            // The filters again: what was read may be older than the edit that set them.
            session => AEnd.Filtered(session, desired.ImportList, desired.ExportList),
            face => face with { IpRoutes = face.BgpConnections.Count > 0 ? routes : [] }, along: null, ct);
    }

    public override Task Update(Desired desired, VxcRouting observed, CancellationToken ct) => Create(desired, ct);

    public override bool IsReady(VxcRouting observed) => observed.Vxc.Session is not null;

    public override ResourceView View(VxcRouting observed) => new(
        observed.AsWanted ? "as wanted" : "differs", observed.Vxc.Uid, Portal.Services,
        [("routes", string.Join(", ", Seen(observed.Vxc)))]);

    // Without its session the MCR's side is not shown at all: nothing is known to differ.
    private static IReadOnlyList<string> Differences(Desired desired, VxcProduct seen) => seen.Session is null ? []
        : new Differences().Set(
        "static routes", desired.Endpoints.Select(endpoint => $"{endpoint.Address.ToPrefix()} via {desired.NextHop}"),
        Seen(seen)).Lines;

    private static IEnumerable<string> Seen(VxcProduct vxc) =>
        vxc.Interfaces.SelectMany(face => face.IpRoutes).Select(route => $"{route.Prefix} via {route.NextHop}");
}

using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>
/// What a prefix filter list permits: exactly the tunnel endpoints, once both clouds have chosen them. Guide step 19.
/// </summary>
/// <remarks>
/// Closes no lock: the list was closed from its beginning, and this opens it for endpoints only. Whoever waits for
/// closed locks (the ExpressRoute connection) must not wait for tunnels. API: PUT
/// /v2/product/mcr2/{uid}/prefixList/{id}.
/// </remarks>
/// <param name="routes">The static routes of the same router: on the way back to them they are there before the list
/// shuts out what was learned.</param>
public sealed class PrefixListEntries(
    MegaportClient api, RouterList list, Endpoints endpoints, IReadOnlyList<ObjectRef> routes)
    : Setting<PrefixListEntries.Desired, PrefixListEntries.Observed>(list.Entries)
{
    public sealed record Desired(string McrUid, int ListId, string Name, IReadOnlyList<Prefix> Endpoints);

    /// <param name="AsWanted">Whether the list holds the endpoints and nothing else.</param>
    public sealed record Observed(PrefixListProduct List, bool AsWanted);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => $"Entries of {list.Title}";
    public override IReadOnlyList<int> GuideSteps => [19];
    public override IReadOnlyList<string> Operations =>
        ["GET mcr2/prefixLists", "GET mcr2/prefixList", "PUT mcr2/prefixList"];
    public override IReadOnlyList<ObjectRef> SetOn => [list.Ref];
    public override IReadOnlyList<ObjectRef> Needs => [list.Ref, .. endpoints.Sources(list.HoldsAwsEndpoints)];

    public override IReadOnlyList<ObjectRef> AfterOnTheWayBack => routes;

    // Answered at once by the API; the router follows within seconds. Unconfirmed.
    public override TimeSpan Expected => TimeSpan.FromSeconds(5);

    public override Desired Derive(IKnown known)
    {
        var found = known.Get(list.Ref);
        return new(
            found.McrUid, found.ListId, found.Name,
            endpoints.Permitted(list.HoldsAwsEndpoints, known));
    }

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(list.Ref) is not { } found || !endpoints.AreKnown(list.HoldsAwsEndpoints, known))
        {
            return null;
        }
        try
        {
            return await (IsUsed ? PrefixListLookup.ById(api, found.McrUid, PrefixListLookup.CloudId(found), ct)
                    : PrefixListLookup.Find(api, found.McrUid, found.Name, ct)).ConfigureAwait(false) is { } seen
                ? new(seen, Differences(Derive(known), seen).Count == 0)
                : null;
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public override Change Compare(Desired desired, Observed observed) =>
        Change.InPlace(Differences(desired, observed.List));

    // One PUT replaces the whole list, so there is no moment with neither the old endpoints nor the new ones.
    public override Task Create(Desired desired, CancellationToken ct)
    {
        return api.UpdatePrefixList(desired.McrUid, desired.ListId, PrefixListBody.Of(desired.Name, desired.Endpoints),
            ct);
    }

    public override Task Update(Desired desired, Observed observed, CancellationToken ct) => Create(desired, ct);

    public override bool IsReady(Observed observed) => true;

    public override ResourceView View(Observed observed) => new(
        observed.AsWanted ? "as wanted" : "differs", PrefixListLookup.CloudId(observed.List), Portal.Services,
        [("permits", string.Join(", ", observed.List.Entries.Select(PrefixListBody.Show)))]);

    private static IReadOnlyList<string> Differences(Desired desired, PrefixListProduct seen) =>
        new Differences().Set(
            "permits", desired.Endpoints.Select(prefix => prefix.ToString()), seen.Entries.Select(PrefixListBody.Show))
                .Lines;
}

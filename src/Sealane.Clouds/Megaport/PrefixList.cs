using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>The observed prefix filter list, one of four.</summary>
public sealed record PrefixListProduct(string McrUid, int ListId, string Name,
    IReadOnlyList<PrefixFilterEntry> Entries);

/// <summary>
/// A prefix filter list of the MCR. It is made closed, before the session that it filters exists, and stays as it is
/// here:
/// <see cref="PrefixListEntries"/> opens it for the tunnel endpoints once they are known. Guide step 19.
/// </summary>
/// <remarks>API: /v2/product/mcr2/{uid}/prefixList; https://docs.megaport.com/mcr/route-filter/</remarks>
public sealed class PrefixList(MegaportClient api, RouterList list)
    : Resource<PrefixList.Desired, PrefixListProduct>(list.Ref)
{
    /// <summary>A list needs an entry. This prefix is kept for documentation (RFC 5737), so nothing can match
    /// it.</summary>
    public static Prefix Placeholder { get; } = Prefix.Parse("192.0.2.1/32");

    public sealed record Desired(string McrUid, string Name);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => $"Prefix list {list.Title}";
    public override IReadOnlyList<int> GuideSteps => [19];
    public override IReadOnlyList<string> Operations =>
        ["GET mcr2/prefixLists", "GET mcr2/prefixList", "POST mcr2/prefixList", "DELETE mcr2/prefixList"];
    public override IReadOnlyList<ObjectRef> Needs => [Mcr.Ref(list.Router)];
    public override Locks Closes => list.Lock;

    // Answered at once by the API. Deletion is refused for up to two minutes after the VXC ended
    // (terraform-provider-megaport).
    public override TimeSpan Expected => TimeSpan.FromSeconds(5);
    public override TimeSpan ExpectedDelete => HeldAfterwards + TimeSpan.FromSeconds(10);
    public override TimeSpan HeldAfterwards => TimeSpan.FromMinutes(2);

    public override Desired Derive(IKnown known) =>
        new(known.Get(Mcr.Ref(list.Router)).Uid, list.Name);

    public override async Task<PrefixListProduct?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(Mcr.Ref(list.Router)) is not { } mcr)
        {
            return null;
        }
        try
        {
            return await (UsedId is { } used ? PrefixListLookup.ById(api, mcr.Uid, used, ct)
                : PrefixListLookup.Find(api, mcr.Uid, list.Name, ct)).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    // What is in the list is the business of the entries.
    public override Change Compare(Desired desired, PrefixListProduct observed) => Change.None;

    public override Task Create(Desired desired, CancellationToken ct) => api.CreatePrefixList(
        desired.McrUid, PrefixListBody.Of(desired.Name, [Placeholder]), ct);

    public override async Task Delete(PrefixListProduct observed, CancellationToken ct)
    {
        try
        {
            await api.DeletePrefixList(observed.McrUid, observed.ListId, ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            // Gone already, by hand or with the MCR.
        }
    }

    public override bool IsReady(PrefixListProduct observed) => true;

    public override ResourceView View(PrefixListProduct observed) =>
        new("present", PrefixListLookup.CloudId(observed), Portal.Services, [("name", observed.Name)]);
}

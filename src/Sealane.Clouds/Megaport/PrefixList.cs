using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>The observed prefix filter list, one of four.</summary>
public sealed record PrefixListProduct(string McrUid, int ListId, string Name,
    IReadOnlyList<PrefixFilterEntry> Entries);

/// <summary>Which session a list belongs to, and in which direction it filters.</summary>
/// <param name="Cloud">The cloud at the other end of the session.</param>
/// <param name="Imports">True: what the MCR learns. False: what it announces.</param>
public sealed record PrefixListRole(Cloud Cloud, bool Imports)
{
    public static PrefixListRole AwsImport { get; } = new(Cloud.Aws, true);
    public static PrefixListRole AwsExport { get; } = new(Cloud.Aws, false);
    public static PrefixListRole AzureImport { get; } = new(Cloud.Azure, true);
    public static PrefixListRole AzureExport { get; } = new(Cloud.Azure, false);

    /// <summary>The list: <c>megaport/aws-import</c>.</summary>
    public ObjectRef<PrefixListProduct> List => new(Id);

    /// <summary>What is in it: <c>megaport/aws-import-entries</c>.</summary>
    public ObjectRef<PrefixListEntries.Observed> Entries => new($"{Id}-entries");

    private string Id => $"megaport/{(Cloud == Cloud.Aws ? "aws" : "azure")}-{(Imports ? "import" : "export")}";

    /// <summary>As the guide writes it: <c>AWS-Export</c>.</summary>
    public string Title => $"{(Cloud == Cloud.Aws ? "AWS" : "Azure")}-{(Imports ? "Import" : "Export")}";

    /// <summary>AWS's endpoints are learned from AWS and announced to Azure; Azure's the other way round.</summary>
    public bool HoldsAwsEndpoints => Imports == (Cloud == Cloud.Aws);

    public Locks Lock => Imports ? Locks.McrImport : Locks.McrExport;

    /// <summary>
    /// The list's number. It is there before any session is; null only in the guide's order, which knows no import
    /// lists and
    /// makes the others last.
    /// </summary>
    public int? ListId(NetworkDesign design, IKnown known) => design.Order == BuildOrder.Guide
        ? known.Find(List)?.ListId
        : known.Get(List).ListId;

    public string Name(Names names) => (Cloud, Imports) switch
    {
        (Cloud.Aws, true) => names.AwsImport,
        (Cloud.Aws, false) => names.AwsExport,
        (_, true) => names.AzureImport,
        _ => names.AzureExport,
    };
}

/// <summary>
/// A prefix filter list of the MCR. It is made closed, before the session that it filters exists, and stays as it is
/// here:
/// <see cref="PrefixListEntries"/> opens it for the tunnel endpoints once they are known. Guide step 19.
/// </summary>
/// <remarks>API: /v2/product/mcr2/{uid}/prefixList; https://docs.megaport.com/mcr/route-filter/</remarks>
public sealed class PrefixList(MegaportClient api, NetworkDesign design, PrefixListRole role)
    : Resource<PrefixList.Desired, PrefixListProduct>(role.List)
{
    /// <summary>A list needs an entry. This prefix is kept for documentation (RFC 5737), so nothing can match
    /// it.</summary>
    public static Prefix Placeholder { get; } = Prefix.Parse("192.0.2.1/32");

    public sealed record Desired(string McrUid, string Name);

    public override Cloud Cloud => Cloud.Megaport;
    public override string Title => $"Prefix list {role.Title}";
    public override IReadOnlyList<int> GuideSteps => [19];
    public override IReadOnlyList<string> Operations =>
        ["GET mcr2/prefixLists", "GET mcr2/prefixList", "POST mcr2/prefixList", "DELETE mcr2/prefixList"];
    public override IReadOnlyList<ObjectRef> Needs => [Mcr.Ref];
    public override Locks Closes => role.Lock;

    // Answered at once by the API. Deletion is refused for up to two minutes after the VXC ended
    // (terraform-provider-megaport).
    public override TimeSpan Expected => TimeSpan.FromSeconds(5);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(1);

    public override Desired Derive(IKnown known) =>
        new(known.Get(Mcr.Ref).Uid, role.Name(design.Names));

    public override async Task<PrefixListProduct?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(Mcr.Ref) is not { } mcr)
        {
            return null;
        }
        try
        {
            return await PrefixListLookup.Find(api, mcr.Uid, role.Name(design.Names), ct).ConfigureAwait(false);
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

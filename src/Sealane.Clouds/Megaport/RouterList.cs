using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>A prefix list of a router: the sessions with one cloud filter by it, in one direction.</summary>
/// <param name="Cloud">The cloud at the other end of the sessions.</param>
/// <param name="Imports">True: what the MCR learns. False: what it announces.</param>
public sealed record RouterList(RouterDesign Router, Cloud Cloud, bool Imports)
{
    public static IReadOnlyList<RouterList> Of(RouterDesign router) =>
    [
        new(router, Cloud.Aws, true), new(router, Cloud.Aws, false),
        new(router, Cloud.Azure, true), new(router, Cloud.Azure, false),
    ];

    /// <summary>The list: <c>megaport/aws-import</c>.</summary>
    public ObjectRef<PrefixListProduct> Ref => new(Router.Key.On(Id));

    /// <summary>What is in it: <c>megaport/aws-import-entries</c>.</summary>
    public ObjectRef<PrefixListEntries.Observed> Entries => new(Router.Key.On($"{Id}-entries"));

    /// <summary>As the guide writes it: <c>AWS-Export</c>.</summary>
    public string Title =>
        Router.Key.After($"{(Cloud == Cloud.Aws ? "AWS" : "Azure")}-{(Imports ? "Import" : "Export")}");

    /// <summary>AWS's endpoints are learned from AWS and announced to Azure; Azure's the other way round.</summary>
    public bool HoldsAwsEndpoints => Imports == (Cloud == Cloud.Aws);

    public Locks Lock => Imports ? Locks.McrImport : Locks.McrExport;

    public string Name => (Cloud, Imports) switch
    {
        (Cloud.Aws, true) => Router.FilterNames.AwsImport,
        (Cloud.Aws, false) => Router.FilterNames.AwsExport,
        (_, true) => Router.FilterNames.AzureImport,
        _ => Router.FilterNames.AzureExport,
    };

    private string Id => $"megaport/{(Cloud == Cloud.Aws ? "aws" : "azure")}-{(Imports ? "import" : "export")}";

    /// <summary>
    /// The list's number. It is there before any session is; null only in the guide's order, which knows no import
    /// lists and makes the others last.
    /// </summary>
    public int? ListId(LinkDesign link, IKnown known) => link.Order == BuildOrder.Guide
        ? known.Find(Ref)?.ListId
        : known.Get(Ref).ListId;
}

using Sealane.Core.Design;
using Sealane.Core.Places;
using Sealane.Core.Spec;

namespace Sealane.Core.Checks;

/// <summary>
/// SL441-444: the names of places. A list that is whole refuses a name that it lacks; one that is not only does not
/// know it.
/// </summary>
public static class PlaceChecks
{
    /// <summary>Regions of other partitions and of sovereign clouds begin so.</summary>
    /// <remarks>https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html,
    /// https://learn.microsoft.com/azure/reliability/regions-list</remarks>
    private static readonly string[] Sovereign =
        ["us-gov-", "us-iso", "eu-isoe-", "eusc-", "cn-", "usgov", "usdod", "china"];

    private const string Newer = " A place that is newer than the list: silence this with that reason; plan and apply "
        + "ask the accounts all the same.";

    private static PlaceList<PeeringLocation> OfMegaport { get; } = KnownPlaces.Azure with
    {
        Places = [.. KnownPlaces.Azure.Places.Where(place => place.Megaport)],
    };

    public static readonly DesignCheck AwsRegionExists = new()
    {
        Id = "SL441",
        Severity = Of(KnownPlaces.AwsRegions),
        Title = "The AWS regions are ones of the public partition",
        Why = "A region that does not exist has no endpoint: nothing answers, and no plan can be made. GovCloud, China "
            + "and the European sovereign cloud are worlds of their own, with other endpoints and other accounts.",
        Fix = "Write the region's code, such as ap-southeast-2." + Newer,
        Sources = [Docs.AwsRegions],
        Find = design => from named in new[]
                         {
                             (Path: "aws.region", design.Aws.Region),
                             (Path: "aws.connectionRegion", Region: design.Aws.ConnectionRegion),
                         }
                         where design.Spec.Source.Has(named.Path)
                         from flaw in Lacks(named.Path, named.Region, KnownPlaces.AwsRegions, region => region.Code,
                             "AWS has no region")
                         select flaw,
    };

    public static readonly DesignCheck AzureRegionExists = new()
    {
        Id = "SL442",
        Severity = Of(KnownPlaces.AzureRegions),
        Title = "The Azure region is one of the public cloud",
        Why = "A misspelt region is refused when the first object in it is made "
            + "(LocationNotAvailableForResourceType). Sovereign clouds are worlds of their own, with other addresses "
            + "and other rules.",
        Fix = "Write the name as az account list-locations prints it, such as westeurope." + Newer,
        Sources = [Docs.AzureRegions],
        Find = design => Lacks("azure.region", design.Azure.Region, KnownPlaces.AzureRegions, region => region.Name,
            "Azure has no region"),
    };

    public static readonly DesignCheck PeeringLocationExists = new()
    {
        Id = "SL443",
        Severity = Of(KnownPlaces.Azure),
        Title = "Megaport offers ExpressRoute at the peering location",
        Why = "Azure compares the name with its own list, letter by letter, and refuses the circuit otherwise; and a "
            + "circuit of a provider exists only where the provider is.",
        Fix = "sealane locations --cloud azure lists them." + Newer,
        Sources = [Docs.ExpressRouteLocations],
        Find = design => from circuit in design.Circuits
                         let path = $"{circuit.Path}.peeringLocation"
                         where design.Spec.Source.Has(path)
                         from flaw in Lacks(path, circuit.PeeringLocation, OfMegaport, place => place.Name,
                             "Megaport has no ExpressRoute at")
                         select flaw,
    };

    public static readonly DesignCheck SiteIsKnown = new()
    {
        Id = "SL444",
        Severity = Of(KnownPlaces.Megaport),
        Title = "The data centres are among those that are built in",
        Why = "Not all data centres of Megaport are built in, so this one may be right. If it is misspelt, Megaport "
            + "refuses the order when a plan is made with an account; a rehearsal believes it.",
        Fix = "sealane locations --cloud megaport lists those that are built in, the portal all. One that is right: "
            + "silence this with that reason.",
        Sources = [Docs.MegaportLocations],
        Find = design => from named in design.Routers.Where(router => router.ExistingId is null)
                             .Select(router => (router.Path, router.Location))
                             .Concat(design.AwsVxcs.Select(vxc => (vxc.Path, vxc.Location)))
                             .DistinctBy(named => named.Location)
                         where KnownPlaces.FindSite(named.Location) is null
                         select new Flaw(Written(design, named.Path),
                             $"{Quoted.Of(named.Location)} is not among the data centres of Megaport that are built in"
                             + AsOf(KnownPlaces.Megaport)
                             + (SiteNames.Question(KnownPlaces.Megaport.Places, site => site.Named, named.Location)
                                 is { } question ? $"; {question}" : "")),
    };

    private static Severity Of<T>(PlaceList<T> list) => list.IsWhole ? Severity.Error : Severity.Warning;

    private static IEnumerable<Flaw> Lacks<T>(
        string path, string written, PlaceList<T> list, Func<T, string> name, string without)
    {
        var known = list.Places.Select(name).ToList();
        if (Sovereign.Any(cloud => written.StartsWith(cloud, StringComparison.Ordinal)))
        {
            yield return new(path, $"{written} belongs to a sovereign cloud, which is not supported");
        }
        else if (!known.Contains(written, StringComparer.Ordinal))
        {
            yield return new(path, $"{without} {Quoted.Of(written)}{AsOf(list)}{Nearest.Hint(written, known)}");
        }
    }

    private static string AsOf<T>(PlaceList<T> list) => $" (list of {list.Date:yyyy-MM-dd})";

    /// <summary>The key by which the data centre of a part was written.</summary>
    private static string Written(NetworkDesign design, string part) =>
        new[] { $"{part}.location", $"{part}.awsLocation", "megaport.secondRouter.location", "megaport.awsLocation" }
            .FirstOrDefault(design.Spec.Source.Has) ?? "megaport.location";
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sealane.Core.Design;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>A data centre.</summary>
/// <param name="Red">MCR speeds of the red zone, Mbps; null: the location has no such zone.</param>
/// <param name="DxLocation">AWS's code for the Direct Connect location in the same building or metro.</param>
public sealed record Location(
    int Id, string Name, string Metro, string Market, string Country, string Status,
    IReadOnlyList<int>? Red, IReadOnlyList<int>? Blue, string DxLocation);

/// <summary>A cloud's port that anybody may order a VXC to. The AWS region stands in the last brackets of the
/// title.</summary>
/// <param name="ConnectType"><c>AWSHC</c> for hosted connections, <c>AWS</c> for hosted VIFs, and other clouds'
/// names.</param>
public sealed record PartnerPort(
    string Uid, string ConnectType, string Title, string CompanyName, string DiversityZone, int LocationId,
    int SpeedMbps, int Rank, bool VxcPermitted)
{
    public string Region => Title[(Title.LastIndexOf('(') + 1)..].TrimEnd(')');
}

/// <summary>A port to a Microsoft edge router. Found through a service key, never listed.</summary>
/// <param name="Path"><c>primary</c> or <c>secondary</c>.</param>
/// <param name="PeeringLocation">Microsoft's name, which the circuit carries.</param>
public sealed record AzurePort(
    string Uid, int PortNumber, int ProductNumber, int ServiceNumber, string Path, string PeeringLocation,
    int LocationId);

/// <summary>Ids of things that are the same in every world.</summary>
internal static class CatalogueUid
{
    public static string Of(string key) => Uuids.Of(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}

/// <summary>
/// A believable part of Megaport's catalogue: some metros in Australia, Japan, the United States and Europe, and
/// whatever
/// else the design names, so that any design can be rehearsed. Only the shape is that of the real catalogue.
/// </summary>
internal static class Catalogue
{
    private static readonly int[] Small = [1000, 2500, 5000, 10000];
    private static readonly int[] Large = [1000, 2500, 5000, 10000, 25000, 50000, 100000];

    private static readonly Location[] Known =
    [
        new(2, "Equinix SY1", "Sydney", "AU", "Australia", "Active", Small, Large, "EqSY3"),
        new(3, "Global Switch Sydney", "Sydney", "AU", "Australia", "Active", null, Small, "GSS56"),
        new(4, "Equinix SY3", "Sydney", "AU", "Australia", "Active", Small, Large, "EqSY3"),
        new(5, "NextDC M1", "Melbourne", "AU", "Australia", "Active", Small, Large, "NEXTM"),
        new(6, "NextDC B1", "Brisbane", "AU", "Australia", "Active", Small, null, "NEXTB"),
        new(7, "NextDC P1", "Perth", "AU", "Australia", "Restricted", Small, null, "NEXTP"),
        new(61, "Equinix TY2", "Tokyo", "JP", "Japan", "Active", Small, Large, "EqTY2"),
        new(62, "Equinix OS1", "Osaka", "JP", "Japan", "Active", Small, null, "EqOS1"),
        new(81, "CoreSite SV1", "Silicon Valley", "US", "United States", "Active", Small, Large, "CSSV4"),
        new(82, "Equinix DC2", "Washington DC", "US", "United States", "Active", Small, Large, "EqDC2"),
        new(83, "Equinix DA1", "Dallas", "US", "United States", "Expired", null, null, "EqDA2"),
        new(90, "Equinix LD5", "London", "GB", "United Kingdom", "Active", Small, Large, "EqLD5"),
        new(91, "Equinix FR5", "Frankfurt", "DE", "Germany", "Active", Small, Large, "EqFA5"),
    ];

    private static readonly Dictionary<string, (string Title, int[] Locations)> Regions = new()
    {
        ["ap-southeast-2"] = ("Asia Pacific (Sydney)", [2, 3, 4]),
        ["ap-southeast-4"] = ("Asia Pacific (Melbourne)", [5]),
        ["ap-northeast-1"] = ("Asia Pacific (Tokyo)", [61]),
        ["ap-northeast-3"] = ("Asia Pacific (Osaka)", [62]),
        ["us-west-1"] = ("US West (N. California)", [81]),
        ["us-east-1"] = ("US East (N. Virginia)", [82]),
        ["eu-west-2"] = ("EU (London)", [90]),
        ["eu-central-1"] = ("EU (Frankfurt)", [91]),
    };

    /// <summary>Where the two paths of a circuit in a Metro location end.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/metro</remarks>
    private static readonly Dictionary<string, (string Primary, string Secondary)> Metros = new()
    {
        ["Amsterdam Metro"] = ("Equinix AM5", "Digital Realty AMS8"),
        ["Singapore Metro"] = ("Equinix SG1", "Global Switch Tai Seng"),
    };

    public static MegaportState StateOf(NetworkDesign design)
    {
        var locations = Known.ToList();
        var routers = design.Routers.ToDictionary(router => router.Key, router => Place(router.Location));
        var home = routers[design.Routers[0].Key];
        var state = new MegaportState
        {
            Staging = design.Megaport.Staging,
            Locations = locations,
            PartnerPorts = [.. Ports(design.Aws.ConnectionRegion,
                [.. design.AwsVxcs.Select(vxc => Place(vxc.Location).Id).Distinct()])],
            AzurePorts = [.. AzurePorts(design.Circuits.Select(circuit => circuit.PeeringLocation).Distinct(),
                wanted => Metros.TryGetValue(wanted, out var sites)
                    ? (Place(sites.Primary).Id, Place(sites.Secondary).Id) : (home.Id, home.Id))],
        };
        foreach (var router in design.Routers.Where(router => router.ExistingId is not null))
        {
            state.Mcrs.Add(new()
            {
                Id = router.ExistingId!,
                Number = state.NextNumber(),
                Name = router.Name,
                LocationId = routers[router.Key].Id,
                SpeedMbps = router.SpeedMbps,
                Asn = router.Asn,
                DiversityZone = router.DiversityZone ?? "red",
                TermMonths = router.Contract.TermMonths,
                CostCentre = router.Contract.CostCentre,
                State = ProductStatus.Live,
            });
        }
        return state;

        Location Place(string wanted) => Find(locations, wanted, design.Circuits[0].PeeringLocation);
    }

    /// <summary>By id or name; a location that the catalogue lacks is added to it.</summary>
    private static Location Find(List<Location> locations, string wanted, string metro)
    {
        var byId = int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var id);
        var found = locations.Find(l => byId ? l.Id == id : l.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            found = new(
                byId ? id : 1000 + locations.Count, byId ? $"Location {id}" : wanted, metro,
                "US",
                "United States", "Active", Large, Large, "SBX01");
            locations.Add(found);
        }
        return found;
    }

    private static IEnumerable<PartnerPort> Ports(string region, IReadOnlyList<int> awsLocations)
    {
        var regions = new Dictionary<string, (string Title, int[] Locations)>(Regions);
        regions.TryAdd(region, ($"AWS {region}", []));
        regions[region] = (regions[region].Title, [.. regions[region].Locations.Concat(awsLocations).Distinct()]);
        foreach (var (name, (title, locations)) in regions)
        {
            foreach (var location in locations)
            {
                foreach (var (zone, rank) in new[] { ("red", 10), ("blue", 20) })
                {
                    yield return Port("AWSHC", "AWS", zone, rank, 10000);
                    yield return Port("AWSHC", "AWS", zone, rank + 1, 10000);
                    yield return Port("AWS", "AWS", zone, rank, 10000);
                }

                PartnerPort Port(string type, string company, string zone, int rank, int speed) => new(
                    CatalogueUid.Of($"port/{type}/{name}/{location}/{zone}/{rank}"), type, $"{title} ({name})", company,
                    zone,
                    location, speed, (location * 100) + rank, true);
            }
        }
        yield return new(
            CatalogueUid.Of("port/closed"), "AWSHC", $"{regions[region].Title} ({region})", "AWS", "red",
            awsLocations[0],
            10000, 1, false);
        yield return new(
            CatalogueUid.Of("port/google"), "GOOGLE", "Sydney (syd-zone1-1660)", "Google Inc", "red", 2, 10000, 5,
            true);
    }

    /// <param name="sites">Of the primary and the secondary port of a peering location that is not known here.</param>
    private static IEnumerable<AzurePort> AzurePorts(
        IEnumerable<string> wanted, Func<string, (int Primary, int Secondary)> sites)
    {
        var number = 600;
        (string PeeringLocation, int LocationId)[] places =
        [
            ("Sydney", 2), ("Sydney2", 4), ("Melbourne", 5), ("Tokyo", 61), ("Osaka", 62), ("Silicon Valley", 81),
            ("Washington DC", 82), ("London", 90), ("Frankfurt", 91),
        ];
        foreach (var (place, (primary, secondary)) in places
            .Select(known => (known.PeeringLocation, (known.LocationId, known.LocationId)))
            .Concat(wanted.Where(name => places.All(place => place.PeeringLocation != name))
                .Select(name => (name, sites(name)))))
        {
            foreach (var (path, location) in ((string, int)[])[("primary", primary), ("secondary", secondary)])
            {
                number++;
                yield return new(
                    CatalogueUid.Of($"azure/{place}/{path}"), number, 6400 + number, 4700 + number, path, place,
                    location);
            }
        }
    }
}

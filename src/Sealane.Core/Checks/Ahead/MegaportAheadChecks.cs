using Sealane.Core.Design;
using Sealane.Core.Places;

namespace Sealane.Core.Checks.Ahead;

/// <summary>SL641-644: what Megaport says before anything is ordered there.</summary>
public static class MegaportAheadChecks
{
    public static readonly AheadCheck SiteExists = new()
    {
        Id = "SL641",
        Severity = Severity.Error,
        Title = "Megaport has the data centres that the spec names",
        Why = "An order names a data centre by Megaport's number; a name that its list does not have cannot be "
            + "ordered at.",
        Fix = "Write the name or the number of the data centre as the Megaport portal lists it.",
        Sources = [Docs.MegaportLocations],
        Find = found => found.Megaport.Sites is not { } sites ? [] :
            from named in found.Design.Routers.Where(router => router.ExistingId is null)
                .Select(router => ("megaport.location", router.Location))
                .Concat(found.Design.AwsVxcs.Select(vxc => (AwsPath(vxc), vxc.Location)))
                .DistinctBy(named => named.Location)
            where Site(sites, named.Location) is null
            select new Flaw(named.Item1, $"Megaport has no location '{named.Location}'"
                + (SiteNames.Question(sites, site => site.Named, named.Location) is { } question
                    ? $"; {question}" : "")),
    };

    public static readonly AheadCheck McrIsOffered = new()
    {
        Id = "SL642",
        Severity = Severity.Error,
        Title = "The data centre offers an MCR of this speed in this zone",
        Why = "Not every data centre has room for an MCR, and its two zones can offer different speeds.",
        Fix = "Choose another megaport.location, megaport.diversityZone or megaport.mcr.speed.",
        Sources = [Docs.Mcr],
        Find = found => from router in found.Design.Routers
                        where found.Makes(router.Key.On("megaport/mcr"))
                        let site = Site(found.Megaport.Sites ?? [], router.Location)
                        where site is not null && !site.Zones.Any(zone => Fits(zone.Key, router.DiversityZone)
                            && zone.Value.Contains(router.SpeedMbps))
                        select new Flaw("megaport.location",
                            $"{site.Name} offers no MCR of {router.SpeedMbps} Mbps"
                            + (router.DiversityZone is { } wanted ? $" in zone {wanted}" : "") + Offers(site)),
    };

    public static readonly AheadCheck AwsPortIsThere = new()
    {
        Id = "SL643",
        Severity = Severity.Error,
        Title = "AWS has a port for hosted connections to the region at that data centre",
        Why = "The VXC to AWS ends on a port of AWS. Where none serves the region, the VXC cannot be ordered, and an "
            + "MCR that "
            + "stands already has nobody to talk to.",
        Fix = "Set megaport.awsLocation to a data centre with such a port.",
        Sources = [Docs.MegaportAws],
        Find = found => from vxc in found.Design.AwsVxcs
                        let ports = found.Megaport.AwsPorts
                        where found.Makes(vxc.Key.On("megaport/aws-vxc")) && ports is not null
                        let site = Site(found.Megaport.Sites ?? [], vxc.Location)
                        where site is not null && !ports.Any(port => port.SiteId == site.Id
                            && Fits(port.Zone, vxc.DiversityZone) && port.MostMbps >= vxc.RateMbps)
                        select new Flaw(AwsPath(vxc),
                            $"no AWS port for {found.Design.Aws.ConnectionRegion} at {site.Name}"
                            + (vxc.DiversityZone is { } zone ? $", zone {zone}," : "") + $" takes {vxc.RateMbps} Mbps"
                            + Others(found, vxc.RateMbps)),
    };

    public static readonly AheadCheck OrderIsTaken = new()
    {
        Id = "SL644",
        Severity = Severity.Error,
        Title = "Megaport would take the order",
        Why = "Megaport judges an order without placing it: capacity of the zone, the account's markets and rights, "
            + "the values. A refusal there is a refusal of the order itself, minutes later.",
        Fix = "Do what Megaport says, or choose another data centre, zone or speed.",
        Sources = [Docs.MegaportOrders],
        Find = found => from order in found.Megaport.Orders
                        where order.Refusal is not null
                        select new Flaw(order.Path, $"Megaport would refuse {order.Id}: {order.Refusal}"),
    };

    private static string AwsPath(AwsVxcDesign vxc) =>
        vxc.Location == vxc.Router.Location ? "megaport.location" : "megaport.awsLocation";

    private static string Offers(SiteFound site)
    {
        var offers = string.Join("; ", site.Zones.Where(zone => zone.Value.Count > 0)
            .Select(zone => $"{zone.Key}: {string.Join(", ", zone.Value)}"));
        return offers.Length > 0 ? $" (it offers {offers})" : " (it offers none at all)";
    }

    private static string Others(FoundAhead found, int rateMbps)
    {
        var others = (found.Megaport.Sites ?? []).Where(site => found.Megaport.AwsPorts!.Any(port =>
                port.SiteId == site.Id && port.MostMbps >= rateMbps))
            .Select(site => site.Name).Order(StringComparer.Ordinal).Take(8).ToList();
        return others.Count > 0 ? $"; there is one at {string.Join(", ", others)}"
            : "; Megaport has none for that region anywhere: is it the region of the Direct Connect location "
                + "(aws.connectionRegion)?";
    }

    private static SiteFound? Site(IReadOnlyList<SiteFound> sites, string written) =>
        SiteNames.Find(sites, site => site.Named, written);

    private static bool Fits(string? zone, string? wanted) =>
        wanted is null || string.IsNullOrEmpty(zone) || zone.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}

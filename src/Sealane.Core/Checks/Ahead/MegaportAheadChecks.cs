using System.Globalization;
using Sealane.Core.Spec;

namespace Sealane.Core.Checks.Ahead;

/// <summary>SL641-643: what Megaport says before anything is ordered there.</summary>
public static class MegaportAheadChecks
{
    private const string Mcr = "megaport/mcr";
    private const string AwsVxc = "megaport/aws-vxc";

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
            from named in new[] { ("megaport.location", found.Design.Megaport.Location), ("megaport.awsLocation",
                found.Design.Megaport.AwsLocation) }
                .DistinctBy(named => named.Item2)
            where Site(sites, named.Item2) is null
            select new Flaw(named.Item1, $"Megaport has no location '{named.Item2}'" + Near(sites, named.Item2)),
    };

    public static readonly AheadCheck McrIsOffered = new()
    {
        Id = "SL642",
        Severity = Severity.Error,
        Title = "The data centre offers an MCR of this speed in this zone",
        Why = "Not every data centre has room for an MCR, and its two zones can offer different speeds.",
        Fix = "Choose another megaport.location, megaport.diversityZone or megaport.mcr.speed.",
        Sources = [Docs.Mcr],
        Find = found =>
        {
            var design = found.Design.Megaport;
            if (found.Megaport.Sites is not { } sites || !found.Makes(Mcr) || Site(sites, design.Location)
                is not { } site
                || site.Zones.Any(zone => Fits(zone.Key, design.DiversityZone)
                    && zone.Value.Contains(design.McrSpeedMbps)))
            {
                return [];
            }
            var offers = string.Join("; ", site.Zones.Where(zone => zone.Value.Count > 0)
                .Select(zone => $"{zone.Key}: {string.Join(", ", zone.Value)}"));
            return
            [
                new("megaport.location", $"{site.Name} offers no MCR of {design.McrSpeedMbps} Mbps"
                    + (design.DiversityZone is { } wanted ? $" in zone {wanted}" : "")
                    + (offers.Length > 0 ? $" (it offers {offers})" : " (it offers none at all)")),
            ];
        },
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
        Find = found =>
        {
            var design = found.Design.Megaport;
            if (found.Megaport is not { Sites: { } sites, AwsPorts: { } ports } || !found.Makes(AwsVxc)
                || Site(sites, design.AwsLocation) is not { } site
                || ports.Any(port => port.SiteId == site.Id && Fits(port.Zone, design.DiversityZone)
                    && port.MostMbps >= design.AwsRateMbps))
            {
                return [];
            }
            var others = sites.Where(other => ports.Any(port => port.SiteId == other.Id
                && port.MostMbps >= design.AwsRateMbps))
                .Select(other => other.Name).Order(StringComparer.Ordinal).Take(8).ToList();
            return
            [
                new(design.AwsLocation == design.Location ? "megaport.location" : "megaport.awsLocation",
                    $"no AWS port for {found.Design.Aws.ConnectionRegion} at {site.Name}"
                    + (design.DiversityZone is { } zone ? $", zone {zone}," : "") + $" takes {design.AwsRateMbps} Mbps"
                    + (others.Count > 0
                        ? $"; there is one at {string.Join(", ", others)}"
                        : $"; Megaport has none for that region anywhere: is it the region of the Direct Connect "
                            + $"location "
                            + "(aws.connectionRegion)?")),
            ];
        },
    };

    private static SiteFound? Site(IReadOnlyList<SiteFound> sites, string written) =>
        sites.FirstOrDefault(site => site.Id.ToString(CultureInfo.InvariantCulture) == written)
        ?? sites.FirstOrDefault(site => string.Equals(site.Name, written, StringComparison.OrdinalIgnoreCase));

    /// <summary>By spelling, else by a word that both have: people write the metro, or half a name.</summary>
    private static string Near(IReadOnlyList<SiteFound> sites, string written)
    {
        var words = written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 2).ToList();
        var alike = Nearest.To(written, [.. sites.Select(site => site.Name)]) is { } near ? [near] : sites
            .Where(site => words.Exists(word => site.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
                || string.Equals(site.Metro, word, StringComparison.OrdinalIgnoreCase)))
            .Select(site => site.Name).Take(5).ToList();
        return alike.Count > 0 ? $"; did you mean {string.Join(" or ", alike)}?" : "";
    }

    private static bool Fits(string? zone, string? wanted) =>
        wanted is null || string.IsNullOrEmpty(zone) || zone.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}

using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Which of AWS's ports a hosted connection is ordered on.</summary>
public static class AwsPort
{
    /// <summary>The best-ranked port that fits; ties by uid, so that two plans choose the same.</summary>
    /// <param name="zone">Null: any diversity zone.</param>
    public static PartnerPort Choose(
        IReadOnlyList<PartnerPort> ports, IReadOnlyList<Location> locations, string region, string awsLocation,
        string? zone, int rateMbps)
    {
        var place = McrPlace.Find(locations, awsLocation);
        // Hosted-VIF ports of connect type AWS stand in the same list; ordering there gives the wrong thing (#36).
        var regional =
            ports.Where(port => Serves(port, region)).ToList();
        return regional
            .Where(port => port.LocationId == place.Id
                && (zone is null || port.DiversityZone is null or ""
                    || port.DiversityZone.Equals(zone, StringComparison.OrdinalIgnoreCase))
                && (port.MaxVxcSpeed ?? int.MaxValue) >= rateMbps)
            .OrderBy(port => port.Rank ?? int.MaxValue).ThenBy(port => port.ProductUid, StringComparer.Ordinal)
            .FirstOrDefault() ?? throw None(regional, locations, place, region, zone, rateMbps);
    }

    /// <summary>Whether hosted connections to the region can be ordered on the port.</summary>
    internal static bool Serves(PartnerPort port, string region) =>
        port is { ConnectType: "AWSHC", ProductUid.Length: > 0 } && port.VxcPermitted != false
        && port.Title?.TrimEnd().EndsWith($"({region})", StringComparison.OrdinalIgnoreCase) == true;

    private static CloudError None(
        IReadOnlyList<PartnerPort> regional, IReadOnlyList<Location> locations, Location place, string region,
        string? zone, int rateMbps)
    {
        var others = locations.Where(location => regional.Any(port => port.LocationId == location.Id))
            .Select(location => location.Name).Order(StringComparer.Ordinal).Take(8).ToList();
        return new(
            Cloud.Megaport, "GET partner/megaports", CloudErrorKind.Invalid, null, null,
            $"no AWS hosted-connection port for {region} at {place.Name}{(zone is null ? "" : $", zone {zone}")} "
                + $"takes {rateMbps} Mbps",
            advice: others.Count > 0
                ? $"set megaport.awsLocation to one of: {string.Join(", ", others)}"
                : "check aws.connectionRegion: Megaport has no hosted-connection port for that region");
    }
}

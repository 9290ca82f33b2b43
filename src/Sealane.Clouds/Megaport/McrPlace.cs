using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Places;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Where an MCR can stand: the data centre of the spec, and its zones that offer the speed.</summary>
internal static class McrPlace
{
    public static Location Find(IReadOnlyList<Location> all, string written)
    {
        if (SiteNames.Find(all, Named, written) is { Id: not null } found)
        {
            return found;
        }
        throw new CloudError(
            Cloud.Megaport, "GET locations", CloudErrorKind.Invalid, null, null,
            $"Megaport has no location '{written}'",
            advice: SiteNames.Question(all, Named, written)
                ?? "give the name or the number of a data centre as the portal lists it");

        static NamedSite Named(Location place) => new(place.Id, place.Name, place.Metro);
    }

    /// <summary>The zones to try, in order. Advertised speed is no promise: validation decides.</summary>
    public static IReadOnlyList<string> Zones(Location location, int speedMbps, string? wanted)
    {
        var zones = new List<(string Name, DiversityZone? Zone)> { ("red", location.DiversityZones?.Red),
            ("blue", location.DiversityZones?.Blue) }
            .Where(zone => zone.Zone?.McrSpeedMbps.Contains(speedMbps) == true)
            .Select(zone => zone.Name)
            .Where(zone => wanted is null || zone.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return zones.Count > 0 ? zones : throw new CloudError(
            Cloud.Megaport, "GET locations", CloudErrorKind.Invalid, null, null,
            $"{location.Name} offers no MCR of {speedMbps} Mbps{(wanted is null ? "" : $" in zone {wanted}")}",
            advice: "choose another megaport.location, megaport.diversityZone or megaport.mcr.speed");
    }

    /// <summary>The zone that a router is not in: Megaport never works on both at once
    /// (docs.megaport.com, port diversity). Null where Megaport does not say.</summary>
    public static string? Across(McrProduct router) => router.DiversityZone?.ToLowerInvariant() switch
    {
        "red" => "blue",
        "blue" => "red",
        _ => null,
    };
}

using System.Globalization;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>Where an MCR can stand: the data centre of the spec, and its zones that offer the speed.</summary>
internal static class McrPlace
{
    /// <summary>By number or by name, whatever the case.</summary>
    public static Location Find(IReadOnlyList<Location> all, string written)
    {
        var found = all.FirstOrDefault(place => place.Id?.ToString(CultureInfo.InvariantCulture) == written)
            ?? all.FirstOrDefault(place => string.Equals(place.Name, written, StringComparison.OrdinalIgnoreCase));
        if (found is { Id: not null })
        {
            return found;
        }
        var near = all.Where(place => place.Name is not null && Words(written).Any(word =>
                place.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
                || string.Equals(place.Metro, word, StringComparison.OrdinalIgnoreCase)))
            .Select(place => place.Name).Take(5).ToList();
        throw new CloudError(
            Cloud.Megaport, "GET locations", CloudErrorKind.Invalid, null, null,
            $"Megaport has no location '{written}'",
            advice: near.Count > 0
                ? $"did you mean one of: {string.Join(", ", near)}"
                : "give the name or the number of a data centre as the portal lists it");
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

    private static IEnumerable<string> Words(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 2);
}

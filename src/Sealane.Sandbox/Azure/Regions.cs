using Sealane.Core.Places;

namespace Sealane.Sandbox.Azure;

/// <param name="Name">Normalised name as it stands in ids and bodies.</param>
/// <param name="HasZones">Public IPs there must, elsewhere must not, name zones.</param>
internal sealed record Region(string Name, string DisplayName, bool HasZones)
{
    public static IReadOnlyList<Region> All { get; } =
        [.. KnownPlaces.AzureRegions.Places.Select(place => new Region(place.Name, place.DisplayName, place.HasZones))];

    /// <summary>Takes <c>Australia East</c> for <c>australiaeast</c>, as ARM does.</summary>
    public static Region? Find(string? written)
    {
        var name = written?.Replace(" ", "", StringComparison.Ordinal);
        return All.FirstOrDefault(region => ResourceId.Same(region.Name, name));
    }
}

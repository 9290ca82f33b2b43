using Sealane.Core.Places;

namespace Sealane.Sandbox.Azure;

/// <summary>An ExpressRoute peering location of Megaport, and the regions that a Local circuit there may
/// reach.</summary>
internal sealed record PeeringLocation(string Name, IReadOnlyList<string> LocalRegions)
{
    public const string Provider = "Megaport";

    public static IReadOnlyList<PeeringLocation> All { get; } =
    [
        .. KnownPlaces.Azure.Places.Where(place => place.Megaport).Select(place => new PeeringLocation(place.Name,
        [
            .. place.LocalRegions.Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(region => Region.Find(region)?.Name).OfType<string>(),
        ])),
    ];

    public static PeeringLocation? Find(string? name) => All.FirstOrDefault(location => location.Name == name);
}

namespace Sealane.Sandbox.Azure;

/// <summary>An ExpressRoute peering location of Megaport, and the region that a Local circuit there may
/// reach.</summary>
/// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-locations-providers; the Metro ones are in its
/// page about ExpressRoute Metro.</remarks>
internal sealed record PeeringLocation(string Name, string? LocalRegion)
{
    public const string Provider = "Megaport";

    public static IReadOnlyList<PeeringLocation> All { get; } =
    [
        new("Amsterdam", "westeurope"), new("Amsterdam Metro", "westeurope"), new("Atlanta", null),
        new("Auckland", null), new("Chicago", "northcentralus"), new("Dallas", null), new("Denver", null),
        new("Dublin", "northeurope"), new("Frankfurt", "germanywestcentral"), new("Geneva", null),
        new("Hong Kong SAR", "eastasia"), new("Hong Kong2", "eastasia"), new("Las Vegas", null),
        new("London", "uksouth"), new("London2", "uksouth"), new("Los Angeles", null), new("Madrid", "spaincentral"),
        new("Melbourne", "australiasoutheast"), new("Miami", null), new("Minneapolis", null), new("Montreal", null),
        new("Munich", null), new("New York", null), new("Osaka", "japanwest"), new("Oslo", "norwayeast"),
        new("Paris", "francecentral"), new("Perth", null), new("Phoenix", "westus3"), new("Quebec City", "canadaeast"),
        new("San Antonio", "southcentralus"), new("Seattle", "westus2"), new("Silicon Valley", "westus"),
        new("Singapore", "southeastasia"), new("Singapore2", "southeastasia"), new("Singapore Metro", "southeastasia"),
        new("Stavanger", null), new("Stockholm", "swedencentral"), new("Sydney", "australiaeast"),
        new("Sydney2", "australiaeast"), new("Tokyo", "japaneast"), new("Tokyo2", "japaneast"),
        new("Toronto", "canadacentral"), new("Washington DC", "eastus"), new("Washington DC2", "eastus"),
        new("Zurich", "switzerlandnorth"),
    ];

    public static PeeringLocation? Find(string? name) => All.FirstOrDefault(location => location.Name == name);
}

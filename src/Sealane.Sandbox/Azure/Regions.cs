namespace Sealane.Sandbox.Azure;

/// <param name="Name">Normalised name as it stands in ids and bodies.</param>
/// <param name="HasZones">Public IPs there must, elsewhere must not, name zones.</param>
/// <remarks>https://learn.microsoft.com/azure/reliability/regions-list</remarks>
internal sealed record Region(string Name, string DisplayName, bool HasZones)
{
    public static IReadOnlyList<Region> All { get; } =
    [
        new("australiacentral", "Australia Central", false),
        new("australiaeast", "Australia East", true),
        new("australiasoutheast", "Australia Southeast", false),
        new("brazilsouth", "Brazil South", true),
        new("canadacentral", "Canada Central", true),
        new("canadaeast", "Canada East", false),
        new("centralindia", "Central India", true),
        new("centralus", "Central US", true),
        new("eastasia", "East Asia", true),
        new("eastus", "East US", true),
        new("eastus2", "East US 2", true),
        new("francecentral", "France Central", true),
        new("germanywestcentral", "Germany West Central", true),
        new("italynorth", "Italy North", true),
        new("japaneast", "Japan East", true),
        new("japanwest", "Japan West", true),
        new("koreacentral", "Korea Central", true),
        new("newzealandnorth", "New Zealand North", true),
        new("northcentralus", "North Central US", false),
        new("northeurope", "North Europe", true),
        new("norwayeast", "Norway East", true),
        new("polandcentral", "Poland Central", true),
        new("southafricanorth", "South Africa North", true),
        new("southcentralus", "South Central US", true),
        new("southeastasia", "Southeast Asia", true),
        new("southindia", "South India", false),
        new("spaincentral", "Spain Central", true),
        new("swedencentral", "Sweden Central", true),
        new("switzerlandnorth", "Switzerland North", true),
        new("uaenorth", "UAE North", true),
        new("uksouth", "UK South", true),
        new("ukwest", "UK West", false),
        new("westcentralus", "West Central US", false),
        new("westeurope", "West Europe", true),
        new("westus", "West US", false),
        new("westus2", "West US 2", true),
        new("westus3", "West US 3", true),
    ];

    /// <summary>Takes <c>Australia East</c> for <c>australiaeast</c>, as ARM does.</summary>
    public static Region? Find(string? written)
    {
        var name = written?.Replace(" ", "", StringComparison.Ordinal);
        return All.FirstOrDefault(region => ResourceId.Same(region.Name, name));
    }
}

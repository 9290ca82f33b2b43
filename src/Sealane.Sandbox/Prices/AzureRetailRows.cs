namespace Sealane.Sandbox.Prices;

/// <summary>A row of Azure's retail prices.</summary>
internal sealed record RetailRow(
    string Service, string Product, string Sku, string Meter, string Region, string Unit, decimal Dollars)
{
    public string Type { get; init; } = "Consumption";
    public string Since { get; init; } = "2024-07-01T00:00:00Z";
    public bool IsPrimary { get; init; } = true;
    public decimal From { get; init; }
}

/// <summary>
/// What Azure's list has of what a link is billed, and beside it everything that looks like it. Prices as public
/// readers of the list saw them (https://github.com/jcvib/tco-calculator, July 2026;
/// https://github.com/infracost/infracost); those of VpnGw2AZ to 5AZ and ErGw2AZ, and how the tier Local is named,
/// were not read.
/// </summary>
internal static class AzureRetailRows
{
    private const string ExpressRoute = "ExpressRoute";
    private const string Hour = "1 Hour";
    private static readonly string[] Sizes =
        ["50 Mbps", "100 Mbps", "200 Mbps", "500 Mbps", "1 Gbps", "2 Gbps", "5 Gbps", "10 Gbps"];
    private static readonly string[] Regions =
        ["australiaeast", "australiasoutheast", "eastus", "westeurope", "japaneast", "japanwest", "brazilsouth"];

    public static IReadOnlyList<RetailRow> All { get; } =
    [
        .. Zone(1, 0.025m,
            [55, 110, 145, 290, 436, 872, 2180, 3400], [130, 200, 295, 690, 1186, 2372, 5180, 6400],
            [300, 575, 1150, 2750, 5700, 11400, 25650, 51300], [375, 675, 1300, 3150, 6450, 12900, 28650, 54300]),
        .. Zone(2, 0.05m,
            [55, 100, 145, 290, 436, 872, 2180, 3400], [155, 275, 445, 1090, 1886, 3122, 5180, 6400],
            [610, 1230, 2300, 5200, 8700, 17400, 41000, 82000], [710, 1405, 2600, 6000, 10150, 19650, 44000, 85000]),
        .. Regions.SelectMany(Gateways),
        new("Virtual Network", "IP Addresses", "Standard", "Standard IPv4 Static Public IP", "Global", Hour, 0.005m),
        new("Virtual Network", "IP Addresses", "Basic", "Basic IPv4 Static Public IP", "Global", Hour, 0.0036m),
        new("Virtual Network", "IP Addresses", "Global", "Global IPv4 Static Public IP", "Global", Hour, 0.01m),
        new("Virtual Network", "Public IP Prefix", "Standard", "Standard IPv4 Static Public IP", "Global", Hour,
            0.006m),
        new("Virtual Network", "Virtual Network Peering", "Intra-Region", "Intra-Region Ingress", "Global", "1 GB",
            0.01m),
    ];

    private static IEnumerable<RetailRow> Zone(
        int zone, decimal outbound, int[] standard, int[] premium, int[] unlimited, int[] premiumUnlimited) =>
    [
        .. Sizes.Index().SelectMany(size => new[]
        {
            Circuit(zone, size.Item, "Standard", "Metered", standard[size.Index]),
            Circuit(zone, size.Item, "Premium", "Metered", premium[size.Index]),
            Circuit(zone, size.Item, "Standard", "Unlimited", unlimited[size.Index]),
            Circuit(zone, size.Item, "Premium", "Unlimited", premiumUnlimited[size.Index]),
            Outbound(zone, size.Item, outbound),
        }),
        // What it cost before, what it will cost, what testers pay, and copies that are nobody's.
        Circuit(zone, "50 Mbps", "Standard", "Metered", 51) with { Since = "2019-01-01T00:00:00Z" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 99) with { Since = "2099-01-01T00:00:00Z" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 40) with { Type = "DevTestConsumption" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 33) with { Type = "Reservation" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 44) with { IsPrimary = false },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 45) with { From = 10 },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 46) with { Product = "ExpressRoute Direct" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 47) with { Sku = "50 Mbps Metered Data Trial" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 48) with { Unit = "1/Year" },
        Circuit(zone, "50 Mbps", "Standard", "Metered", 0),
        Outbound(zone, "50 Mbps", outbound / 2) with { From = 10240 },
        new(ExpressRoute, ExpressRoute, "1 Gbps Local", "Local Unlimited Data 1 Gbps Circuit", $"Zone {zone}",
            "1/Month", zone == 1 ? 1200 : 1600),
    ];

    private static RetailRow Circuit(int zone, string size, string tier, string billing, decimal price) => new(
        ExpressRoute, ExpressRoute, $"{size} {billing} Data", $"{tier} {billing} Data {size} Circuit", $"Zone {zone}",
        "1/Month", price);

    private static RetailRow Outbound(int zone, string size, decimal price) => new(
        ExpressRoute, ExpressRoute, $"{size} Metered Data", "Metered Data - Data Transfer Out", $"Zone {zone}", "1 GB",
        price);

    private static IEnumerable<RetailRow> Gateways(string region)
    {
        RetailRow Of(string service, string product, string sku, string meter, decimal price) =>
            new(service, product, sku, meter, region, Hour, price);
        return
        [
            Of(ExpressRoute, "ExpressRoute Gateway", "ErGw1AZ", "ErGw1AZ Gateway", 0.361m),
            Of(ExpressRoute, "ExpressRoute Gateway", "ErGw3AZ", "ErGw3AZ Gateway", 2.151m),
            Of(ExpressRoute, "ExpressRoute Gateway", "ErGwScale", "ErGwScale Unit", 0.21m),
            Of(ExpressRoute, "ExpressRoute Gateway", "ErGw1AZ", "ErGw1AZ Gateway", 0.33m)
                with
            { IsPrimary = false },
            Of(ExpressRoute, "ExpressRoute Standard Gateway", "Standard", "Standard Gateway", 0.19m),
            Of(ExpressRoute, "ExpressRoute High Performance Gateway", "High Performance", "High Performance Gateway",
                0.49m),
            Of(ExpressRoute, "Virtual WAN", "ErGw1AZ", "ErGw1AZ Gateway", 0.42m),
            Of("VPN Gateway", "VPN Gateway", "VpnGw1AZ", "VpnGw1AZ", 0.21m),
            Of("VPN Gateway", "VPN Gateway", "VpnGw1AZ", "S2S Connection", 0.015m),
            Of("VPN Gateway", "VPN Gateway", "VpnGw1", "VpnGw1", 0.19m),
            Of("VPN Gateway", "VPN Gateway", "VpnGw2", "VpnGw2", 0.49m),
            Of("VPN Gateway", "VPN Gateway", "Basic", "Basic Gateway", 0.036m),
            Of("VPN Gateway", "VPN Gateway", "VpnGw1AZ", "VpnGw1AZ", 0.17m) with { Type = "DevTestConsumption" },
            Of("VPN Gateway", "VPN Gateway", "VpnGw1AZ", "P2S Connection", 0.01m),
        ];
    }
}

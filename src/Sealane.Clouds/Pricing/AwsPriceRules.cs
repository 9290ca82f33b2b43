using System.Globalization;
using Sealane.Core.Pricing;

namespace Sealane.Clouds.Pricing;

/// <summary>A product of AWS's price list with one of its prices.</summary>
/// <param name="Attributes">Of the product, by name; what is absent is empty.</param>
internal sealed record AwsPriceRow(string Family, Func<string, string> Attributes, string Unit, decimal Dollars)
{
    public string UsageType => Attributes("usagetype");
    public string Operation => Attributes("operation");

    /// <summary>Whether the usage type is this, or ends in it: a region's prefix stands before it, in most
    /// regions.</summary>
    public bool IsUsage(string usage) => UsageType.Equals(usage, StringComparison.OrdinalIgnoreCase)
        || UsageType.EndsWith($"-{usage}", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Where an item stands in AWS's lists, and by what it is told from its neighbours.</summary>
/// <param name="Offer">The offer's code: the list that has it.</param>
/// <param name="Fits">Every condition at once: rows of another product differ in one of them only.</param>
internal sealed record AwsPriceRule(string Offer, PriceUnit Unit, Func<AwsPriceRow, bool> Fits)
{
    private const string DirectConnect = "AWSDirectConnect";
    private const string Vpc = "AmazonVPC";

    /// <summary>Null for what no list has.</summary>
    /// <remarks>Usage types: https://aws.amazon.com/directconnect/faqs/ (HCPortUsage), and
    /// https://github.com/aws-samples/networking-costs-calculator for the rest.</remarks>
    public static AwsPriceRule? Of(PriceItem item) => item.Key.Split('/') switch
    {
        ["dx-hosted-port", var mbps] => new(DirectConnect, PriceUnit.Hour, row =>
            row.Attributes("connectionType") == "Hosted" && row.Operation == "CreateDirectConnectPort"
            && item.Sites.Any(site => row.IsUsage($"{site}-HCPortUsage:{Capacity(mbps)}"))),
        ["dx-transfer-out"] => new(DirectConnect, PriceUnit.Gigabyte, row =>
            row.Family == "Data Transfer" && row.Attributes("fromRegionCode") == item.Place
            && IsOutbound(row.Attributes("transferType"))
            // What leaves by a private or transit VIF; public ones have no such end.
            && item.Sites.Any(site => row.IsUsage($"{site}-DataXfer-Out:dc.3"))),
        ["tgw-attachment", var kind] => new(Vpc, PriceUnit.Hour, row =>
            row.IsUsage("TransitGateway-Hours") && IsTransitGateway(row, item.Place, kind)),
        ["tgw-data", var kind] => new(Vpc, PriceUnit.Gigabyte, row =>
            row.IsUsage("TransitGateway-Bytes") && IsTransitGateway(row, item.Place, kind)),
        ["vpn-connection"] => new(Vpc, PriceUnit.Hour, row =>
            row.Family == "Cloud Connectivity" && row.Operation == "CreateVpnConnection"
            && IsRegion(row, item.Place) && row.IsUsage("VPN-Usage-Hours:ipsec.1")),
        _ => null,
    };

    public bool IsUnit(string written) => Unit == PriceUnit.Hour
        ? written.ToLowerInvariant() is "hrs" or "hour" or "hours"
        : written.ToLowerInvariant() is "gb" or "gigabytes";

    private static bool IsTransitGateway(AwsPriceRow row, string region, string kind) =>
        row.Attributes("group") == "AWSTransitGateway" && IsRegion(row, region)
        && row.Operation == kind switch
        {
            "vpc" => "TransitGatewayVPC",
            "vpn" => "TransitGatewayVPN",
            _ => "TransitGatewayDirectConnect",
        };

    private static bool IsRegion(AwsPriceRow row, string region) => row.Attributes("regionCode") == region;

    private static bool IsOutbound(string transfer) =>
        transfer.StartsWith("IntraRegion Outbound", StringComparison.Ordinal)
        || transfer.StartsWith("InterRegion Outbound", StringComparison.Ordinal);

    /// <summary>50 is 50M, and 1000 is 1G.</summary>
    private static string Capacity(string mbps) =>
        int.TryParse(mbps, CultureInfo.InvariantCulture, out var rate) && rate >= 1000 && rate % 1000 == 0
            ? $"{rate / 1000}G" : $"{mbps}M";
}

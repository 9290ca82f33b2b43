using System.Text.Json.Nodes;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Pricing;

/// <summary>
/// What tells a row from its neighbours. Beside the right row stands one that differs in a single member and costs
/// something else: a rule that forgets that member finds two figures, and says so.
/// </summary>
public sealed class PriceRulesTests
{
    private const string Port = """
        {"usagetype":"APS2-EqSY3-HCPortUsage:50M","connectionType":"Hosted","operation":"CreateDirectConnectPort",
         "family":"Direct Connect","unit":"Hrs","price":"0.0300000000"}
        """;

    private const string Out = """
        {"usagetype":"APS2-EqSY3-DataXfer-Out:dc.3","family":"Data Transfer","transferType":"IntraRegion Outbound",
         "fromRegionCode":"ap-southeast-2","unit":"GB","price":"0.0420000000"}
        """;

    private const string Attachment = """
        {"usagetype":"APS2-TransitGateway-Hours","group":"AWSTransitGateway","operation":"TransitGatewayVPN",
         "regionCode":"ap-southeast-2","unit":"hour","price":"0.0700000000"}
        """;

    private const string Data = """
        {"usagetype":"APS2-TransitGateway-Bytes","group":"AWSTransitGateway","operation":"TransitGatewayDirectConnect",
         "regionCode":"ap-southeast-2","unit":"GigaBytes","price":"0.0200000000"}
        """;

    private const string Vpn = """
        {"usagetype":"APS2-VPN-Usage-Hours:ipsec.1","family":"Cloud Connectivity","operation":"CreateVpnConnection",
         "regionCode":"ap-southeast-2","unit":"Hrs","price":"0.0500000000"}
        """;

    [Theory]
    [InlineData("dx-hosted-port/50", Port, "usagetype", "APS2-EqSY3-PortUsage:50M")]
    [InlineData("dx-hosted-port/50", Port, "usagetype", "APS2-EqSY3-HCPortUsage:500M")]
    [InlineData("dx-hosted-port/50", Port, "usagetype", "APS2-GSS56-HCPortUsage:50M")]
    [InlineData("dx-hosted-port/50", Port, "usagetype", "APS2-EqSY3-HCPortUsage:50M-Resold")]
    [InlineData("dx-hosted-port/50", Port, "connectionType", "Dedicated")]
    [InlineData("dx-hosted-port/50", Port, "operation", "CreateDirectConnectSiteLink")]
    [InlineData("dx-hosted-port/50", Port, "unit", "Quantity")]
    [InlineData("dx-hosted-port/50", Port, "price", "0.0000000000")]
    [InlineData("dx-hosted-port/50", Port, "term", "Reserved")]
    [InlineData("dx-hosted-port/50", Port, "from", "2099-01-01T00:00:00Z")]
    [InlineData("dx-transfer-out", Out, "usagetype", "APS2-EqSY3-DataXfer-Out")]
    [InlineData("dx-transfer-out", Out, "usagetype", "APS2-EqDC2-DataXfer-Out:dc.3")]
    [InlineData("dx-transfer-out", Out, "family", "Direct Connect")]
    [InlineData("dx-transfer-out", Out, "transferType", "IntraRegion Inbound")]
    [InlineData("dx-transfer-out", Out, "fromRegionCode", "eu-west-1")]
    [InlineData("dx-transfer-out", Out, "unit", "Hrs")]
    [InlineData("tgw-attachment/vpn", Attachment, "operation", "TransitGatewayVPC")]
    [InlineData("tgw-attachment/vpn", Attachment, "operation", "TransitGatewayConnect")]
    [InlineData("tgw-attachment/vpn", Attachment, "group", "AWSTransitGatewayMulticast")]
    [InlineData("tgw-attachment/vpn", Attachment, "regionCode", "us-east-1")]
    [InlineData("tgw-attachment/vpn", Attachment, "usagetype", "APS2-TransitGateway-Hours-Extra")]
    [InlineData("tgw-attachment/vpn", Attachment, "unit", "Month")]
    [InlineData("tgw-data/dx", Data, "operation", "TransitGatewayPeering")]
    [InlineData("tgw-data/dx", Data, "usagetype", "APS2-TransitGateway-Hours")]
    [InlineData("tgw-data/dx", Data, "regionCode", "us-east-1")]
    [InlineData("vpn-connection", Vpn, "usagetype", "APS2-VPN-large-Usage-Hours:ipsec.1")]
    [InlineData("vpn-connection", Vpn, "usagetype", "APS2-VPN-concentrator-site-Usage-Hours:ipsec.1")]
    [InlineData("vpn-connection", Vpn, "usagetype", "APS2-ClientVPN-Usage-Hours:ipsec.1")]
    [InlineData("vpn-connection", Vpn, "operation", "CreateVpnConnectionAccelerated")]
    [InlineData("vpn-connection", Vpn, "family", "VpcEndpoint")]
    [InlineData("vpn-connection", Vpn, "regionCode", "us-east-1")]
    public async Task Of_AWS_only_the_row_that_fits_in_every_member(string key, string row, string member, string other)
    {
        var item = Canned.Item(Cloud.Aws, key, "ap-southeast-2");
        var right = JsonNode.Parse(row)!.AsObject();
        var wrong = right.DeepClone().AsObject();
        wrong["price"] = "0.0010000000";
        wrong[member] = other;
        var line = await Canned.Line(Canned.Offer(right, wrong), item);
        Assert.True(line.Quote is not null, line.Why);
        Assert.Equal(decimal.Parse((string)right["price"]!, System.Globalization.CultureInfo.InvariantCulture),
            line.Quote.Amount);
        Assert.True(line.Quote is { IsLive: true, Currency: "USD" });
        Assert.Equal(new DateOnly(2026, 11, 25), line.Quote.Date);
        Assert.Contains("of 2026-11-20", line.Quote.Source);
        // Alone the wrong one is no price at all.
        var none = await Canned.Line(
            Canned.Offer(wrong, new() { ["usagetype"] = "x", ["unit"] = "Hrs", ["price"] = "1" }), item);
        Assert.Null(none.Quote);
        Assert.Equal("AWS's price list has no price of it", none.Why);
    }

    [Theory]
    [InlineData("dx-hosted-port/1000", "EqSY3-HCPortUsage:1G")]
    [InlineData("dx-hosted-port/25000", "NDCM1-HCPortUsage:25G")]
    [InlineData("dx-hosted-port/500", "aps2-eqsy3-hcportusage:500m")]
    public async Task A_port_is_found_by_its_capacity_with_a_prefix_and_without(string key, string usage)
    {
        var row = JsonNode.Parse(Port)!.AsObject();
        row["usagetype"] = usage;
        Assert.NotNull((await Canned.Line(Canned.Offer(row), Canned.Item(Cloud.Aws, key, "ap-southeast-2"))).Quote);
    }

    [Fact]
    public async Task Several_figures_are_no_figure_and_the_smallest_is_not_taken()
    {
        var (one, other) = (JsonNode.Parse(Port)!.AsObject(), JsonNode.Parse(Port)!.AsObject());
        other["usagetype"] = "APS2-NDCM1-HCPortUsage:50M";
        var item = Canned.Item(Cloud.Aws, "dx-hosted-port/50", "ap-southeast-2");
        Assert.Equal(0.03m, (await Canned.Line(Canned.Offer(one, other), item)).Quote?.Amount);
        other["price"] = "0.0290000000";
        var line = await Canned.Line(Canned.Offer(one, other), item);
        Assert.Null(line.Quote);
        Assert.Equal("several matches in AWS's price list: 0.029, 0.03", line.Why);
    }

    private const string Circuit = """
        {"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":55,"armRegionName":"Zone 2",
         "effectiveStartDate":"2024-07-01T00:00:00Z","meterName":"Standard Metered Data 50 Mbps Circuit",
         "productName":"ExpressRoute","skuName":"50 Mbps Metered Data","serviceName":"ExpressRoute",
         "unitOfMeasure":"1/Month","type":"Consumption","isPrimaryMeterRegion":true}
        """;

    private const string FiftyMbps = "er-circuit/Standard/MeteredData/50";

    private const string Gateway = """
        {"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0.361,"armRegionName":"Zone 2",
         "effectiveStartDate":"2024-07-01T00:00:00Z","meterName":"ErGw1AZ Gateway",
         "productName":"ExpressRoute Gateway","skuName":"ErGw1AZ","serviceName":"ExpressRoute",
         "unitOfMeasure":"1 Hour","type":"Consumption","isPrimaryMeterRegion":true}
        """;

    private const string VpnGateway = """
        {"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0.21,"armRegionName":"Zone 2",
         "effectiveStartDate":"2024-07-01T00:00:00Z","meterName":"VpnGw1AZ","productName":"VPN Gateway",
         "skuName":"VpnGw1AZ","serviceName":"VPN Gateway","unitOfMeasure":"1 Hour","type":"Consumption",
         "isPrimaryMeterRegion":true}
        """;

    private const string Address = """
        {"currencyCode":"USD","tierMinimumUnits":0,"retailPrice":0.005,"armRegionName":"Zone 2",
         "effectiveStartDate":"2024-07-01T00:00:00Z","meterName":"Standard IPv4 Static Public IP",
         "productName":"IP Addresses","skuName":"Standard","serviceName":"Virtual Network","unitOfMeasure":"1 Hour",
         "type":"Consumption","isPrimaryMeterRegion":true}
        """;

    [Theory]
    [InlineData(FiftyMbps, Circuit, "meterName", "\"Premium Metered Data 50 Mbps Circuit\"")]
    [InlineData(FiftyMbps, Circuit, "meterName", "\"Standard Metered Data 500 Mbps Circuit\"")]
    [InlineData(FiftyMbps, Circuit, "meterName", "\"standard metered data 50 mbps circuit\"")]
    [InlineData(FiftyMbps, Circuit, "skuName", "\"50 Mbps Unlimited Data\"")]
    [InlineData(FiftyMbps, Circuit, "productName", "\"ExpressRoute Direct\"")]
    [InlineData(FiftyMbps, Circuit, "serviceName", "\"Virtual WAN\"")]
    [InlineData(FiftyMbps, Circuit, "armRegionName", "\"Zone 1\"")]
    [InlineData(FiftyMbps, Circuit, "armRegionName", "\"US Gov Zone 2\"")]
    [InlineData(FiftyMbps, Circuit, "type", "\"DevTestConsumption\"")]
    [InlineData(FiftyMbps, Circuit, "type", "\"Reservation\"")]
    [InlineData(FiftyMbps, Circuit, "isPrimaryMeterRegion", "false")]
    [InlineData(FiftyMbps, Circuit, "tierMinimumUnits", "1")]
    [InlineData(FiftyMbps, Circuit, "unitOfMeasure", "\"1/Year\"")]
    [InlineData(FiftyMbps, Circuit, "currencyCode", "\"AUD\"")]
    [InlineData(FiftyMbps, Circuit, "effectiveStartDate", "\"2099-01-01T00:00:00Z\"")]
    [InlineData(FiftyMbps, Circuit, "retailPrice", "0")]
    [InlineData("er-gateway/ErGw1AZ", Gateway, "productName", "\"ExpressRoute Standard Gateway\"")]
    [InlineData("er-gateway/ErGw1AZ", Gateway, "meterName", "\"ErGw3AZ Gateway\"")]
    [InlineData("er-gateway/ErGw1AZ", Gateway, "unitOfMeasure", "\"1 GB\"")]
    [InlineData("vpn-gateway/VpnGw1AZ", VpnGateway, "meterName", "\"S2S Connection\"")]
    [InlineData("vpn-gateway/VpnGw1AZ", VpnGateway, "skuName", "\"VpnGw1\"")]
    [InlineData("public-ip", Address, "skuName", "\"Global\"")]
    [InlineData("public-ip", Address, "productName", "\"Public IP Prefix\"")]
    [InlineData("public-ip", Address, "meterName", "\"Basic IPv4 Static Public IP\"")]
    public async Task Of_Azure_only_the_row_that_fits_in_every_member(
        string key, string row, string member, string other)
    {
        var item = Canned.Item(Cloud.Azure, key, "Zone 2");
        var right = JsonNode.Parse(row)!.AsObject();
        var wrong = right.DeepClone().AsObject();
        wrong["retailPrice"] = 0.001m;
        wrong[member] = JsonNode.Parse(other);
        var line = await Canned.Line(Page(right, wrong), item);
        Assert.True(line.Quote is not null, line.Why);
        Assert.Equal((decimal)right["retailPrice"]!, line.Quote.Amount);
        Assert.Null((await Canned.Line(Page(wrong), item)).Quote);
    }

    [Fact]
    public async Task The_newest_price_in_force_counts_and_two_of_one_day_are_several()
    {
        var item = Canned.Item(Cloud.Azure, "er-circuit/Standard/MeteredData/50", "Zone 2");
        var (now, before) = (JsonNode.Parse(Circuit)!.AsObject(), JsonNode.Parse(Circuit)!.AsObject());
        before["effectiveStartDate"] = "2019-01-01T00:00:00Z";
        before["retailPrice"] = 51;
        Assert.Equal(55, (await Canned.Line(Page(before, now), item)).Quote?.Amount);
        before["effectiveStartDate"] = now["effectiveStartDate"]!.DeepClone();
        Assert.Equal("several matches in Azure's retail prices: 51, 55",
            (await Canned.Line(Page(before, now), item)).Why);
    }

    [Fact]
    public async Task An_address_has_its_regions_price_before_the_worlds()
    {
        var item = Canned.Item(Cloud.Azure, "public-ip", "australiaeast");
        var (own, all) = (JsonNode.Parse(Address)!.AsObject(), JsonNode.Parse(Address)!.AsObject());
        (own["armRegionName"], all["armRegionName"], all["retailPrice"]) = ("australiaeast", "Global", 0.004m);
        Assert.Equal(0.005m, (await Canned.Line(Page(all, own), item)).Quote?.Amount);
        Assert.Equal(0.004m, (await Canned.Line(Page(all), item)).Quote?.Amount);
    }

    private static string Page(params JsonObject[] rows) => new JsonObject
    {
        ["Items"] = new JsonArray([.. rows.Select(row => row.DeepClone())]),
        ["NextPageLink"] = "",
    }.ToJsonString();
}

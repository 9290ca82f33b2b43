using Sealane.Core.Design;
using Sealane.Core.Places;
using Sealane.Core.Reconcile;

namespace Sealane.Core.Pricing;

/// <summary>Gigabytes of payload a month, and how much larger they are inside ESP.</summary>
/// <param name="Expansion">1.04 for full packets (1500 of 1446 bytes), about 1.1 for small ones.</param>
public sealed record Traffic(decimal AwsToAzure, decimal AzureToAws, decimal Expansion = 1.05m)
{
    public static Traffic None { get; } = new(0, 0);
}

/// <summary>
/// What the vendors bill for a link, worked out from the resources that say of themselves that they are billed:
/// whatever of them a topology has more of is counted more often.
/// </summary>
public static class BillOfMaterials
{
    /// <summary>What a transit gateway attaches here, as the price books tell them apart.</summary>
    public static IReadOnlyList<string> Attachments { get; } = ["vpc", "vpn", "dx"];

    /// <summary>Of the resources that Sealane makes: what the user names as existing is on somebody's bill
    /// already.</summary>
    public static IEnumerable<PriceItem> Of(ResourceGraph graph, NetworkDesign design, Traffic traffic) =>
    [
        .. Of(graph.Resources.Where(resource => resource is { Billed: true, IsMade: true }), design),
        .. Flows(design, traffic),
    ];

    /// <summary>Of these, which are billed.</summary>
    internal static IEnumerable<PriceItem> Of(IEnumerable<Resource> billed, NetworkDesign design) =>
        billed.OrderBy(resource => resource.Cloud).SelectMany(resource => Of(resource, design));

    /// <summary>Of all parts that a design has, for whoever compares two designs: nobody made them.</summary>
    internal static IEnumerable<PriceItem> Parts(NetworkDesign design) =>
        Rules(design).Select(rule => Item(rule, rule.Of.Split('/')[0] switch
        {
            "megaport" => Cloud.Megaport,
            "aws" => Cloud.Aws,
            _ => Cloud.Azure,
        }, rule.Of));

    private static IEnumerable<PriceItem> Of(Resource resource, NetworkDesign design)
    {
        var rules = Rules(design).Where(rule => rule.Of == resource.Id).ToList();
        // Billed, and nothing is known of how: the sum says 'at least'.
        return rules.Count == 0 ? [new(
            resource.Id, resource.Cloud, resource.Title, resource.Id, "", PriceUnit.Month, 1)]
            : rules.Select(rule => Item(rule, resource.Cloud, resource.Title));
    }

    private static PriceItem Item(Rule rule, Cloud cloud, string title) => new(
        rule.Of, cloud, $"{title}{rule.Detail}", rule.Key, rule.Place, rule.Unit,
        rule.Unit == PriceUnit.Hour ? PriceSheet.HoursAMonth : 1)
    {
        TermMonths = rule.TermMonths,
        Sites = rule.Sites,
    };

    /// <summary>What each part of the design is billed by.</summary>
    private static IEnumerable<Rule> Rules(NetworkDesign design) =>
    [
        .. design.Routers.Select(router => Term(router.Contract, Rule.Monthly(router.Key.On("megaport/mcr"),
            $"mcr/{router.SpeedMbps}", Market(router.Location), $", {router.SpeedMbps} Mbps"),
                router.Location)),
        .. design.AwsVxcs.Select(vxc => Term(vxc.Contract, Rule.Monthly(vxc.Key.On("megaport/aws-vxc"),
            $"vxc-on-ramp/{vxc.RateMbps}", Market(vxc.Location), $", {vxc.RateMbps} Mbps"),
                vxc.Router.Location, vxc.Location)),
        .. design.AzureVxcs.Select(vxc => Term(vxc.Contract, Rule.Monthly(vxc.Key.On("megaport/azure-vxc"),
            $"vxc-on-ramp/{vxc.RateMbps}", Market(vxc.Router.Location), $", {vxc.RateMbps} Mbps"),
                vxc.Router.Location, vxc.Circuit.PeeringLocation)),
        .. design.AwsVxcs.Select(vxc => Rule.Hourly(vxc.Key.On("aws/hosted-connection"),
            $"dx-hosted-port/{vxc.RateMbps}", design.Aws.ConnectionRegion, $", {vxc.RateMbps} Mbps")
                with
            { Sites = DirectConnectSites(design) }),
        .. design.Vpcs.Select(vpc => Attachment(vpc.Key.On("aws/vpc-attachment"), "vpc", design)),
        Attachment("aws/dx-association", "dx", design),
        .. design.VpnConnections.SelectMany(vpn => new[]
        {
            Rule.Hourly(vpn.Key.On("aws/vpn-connection"), "vpn-connection", design.Aws.Region),
            Attachment(vpn.Key.On("aws/vpn-connection"), "vpn", design),
        }),
        .. design.Circuits.Select(circuit => Rule.Monthly(circuit.Key.On("azure/circuit"),
            $"er-circuit/{circuit.Tier}/{circuit.Family}/{circuit.BandwidthMbps}", Zone(circuit),
            $", {circuit.BandwidthMbps} Mbps {circuit.Tier} {circuit.Family}")),
        Rule.Hourly("azure/er-gateway", $"er-gateway/{design.ExpressRouteGateway.Sku}", design.Azure.Region,
            $" {design.ExpressRouteGateway.Sku}"),
        Rule.Hourly("azure/vpn-gateway", $"vpn-gateway/{design.VpnGateway.Sku}", design.Azure.Region,
            $" {design.VpnGateway.Sku}"),
        .. design.VpnGateway.Instances.Select(instance =>
            Rule.Hourly(instance.Key.On("azure/public-ip"), "public-ip", design.Azure.Region)),
    ];

    private static Rule Attachment(string id, string kind, NetworkDesign design) =>
        Rule.Hourly(id, $"tgw-attachment/{kind}", design.Aws.Region, " (transit gateway attachment)");

    private sealed record Rule(string Of, string Key, string Place, PriceUnit Unit, string Detail)
    {
        public int? TermMonths { get; init; }
        public IReadOnlyList<string> Sites { get; init; } = [];

        public static Rule Hourly(string id, string key, string place, string detail = "") =>
            new(id, key, place, PriceUnit.Hour, detail);

        public static Rule Monthly(string id, string key, string place, string detail) =>
            new(id, key, place, PriceUnit.Month, detail);
    }

    /// <summary>
    /// Each gigabyte enters the transit gateway once, at the sender's cost; a private-IP VPN adds nothing to what its
    /// Direct Connect attachment costs. What comes in is free in both clouds.
    /// </summary>
    private static IEnumerable<PriceItem> Flows(NetworkDesign design, Traffic traffic)
    {
        PriceItem Data(Cloud cloud, string title, string key, string place, decimal gigabytes) =>
            new("traffic", cloud, title, key, place, PriceUnit.Gigabyte, gigabytes)
            {
                Sites = DirectConnectSites(design),
            };
        if (traffic.AwsToAzure > 0)
        {
            yield return Data(Cloud.Aws, "AWS → Azure, into the transit gateway", "tgw-data/vpc", design.Aws.Region,
                traffic.AwsToAzure);
            yield return Data(Cloud.Aws, "AWS → Azure, out over Direct Connect", "dx-transfer-out", design.Aws.Region,
                traffic.AwsToAzure * traffic.Expansion);
        }
        if (traffic.AzureToAws > 0)
        {
            if (design.Circuits is [{ Family: "MeteredData" } circuit, ..])
            {
                yield return Data(Cloud.Azure, "Azure → AWS, out over ExpressRoute", "er-outbound", Zone(circuit),
                    traffic.AzureToAws * traffic.Expansion);
            }
            yield return Data(Cloud.Aws, "Azure → AWS, into the transit gateway", "tgw-data/dx", design.Aws.Region,
                traffic.AzureToAws * traffic.Expansion);
        }
    }

    private static string Market(string location) => KnownPlaces.FindSite(location)?.Country ?? "";

    private static string Zone(CircuitDesign circuit) =>
        KnownPlaces.FindPeering(circuit.PeeringLocation) is { } place ? $"Zone {place.Zone}" : "";

    /// <summary>
    /// The Direct Connect locations of the region: a site of Megaport does not tell which of them a connection leaves
    /// by, and their prices differ by continent, not by building.
    /// </summary>
    private static IReadOnlyList<string> DirectConnectSites(NetworkDesign design) =>
        [.. KnownPlaces.Aws.Places.Where(place => place.Region == design.Aws.ConnectionRegion)
            .Select(place => place.Code)];

    private static Rule Term(Contract contract, Rule rule, params string[] sites) => rule with
    {
        TermMonths = contract.TermMonths,
        Detail = contract.TermMonths == 1 ? rule.Detail : $"{rule.Detail}, {contract.TermMonths} months",
        Sites = sites,
    };
}

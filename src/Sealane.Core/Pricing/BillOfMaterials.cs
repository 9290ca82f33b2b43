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
    /// <summary>Of the resources that Sealane makes: what the user names as existing is on somebody's bill
    /// already.</summary>
    public static IEnumerable<PriceItem> Of(ResourceGraph graph, NetworkDesign design, Traffic traffic) =>
    [
        .. graph.Resources.Where(resource => resource is { Billed: true, IsMade: true })
            .OrderBy(resource => resource.Cloud).SelectMany(resource => Of(resource, design)),
        .. Flows(design, traffic),
    ];

    private static IEnumerable<PriceItem> Of(Resource resource, NetworkDesign design)
    {
        var (aws, azure) = (design.Aws, design.Azure);
        PriceItem Hourly(string key, string place, string? title = null) =>
            new(resource.Id, resource.Cloud, title ?? resource.Title, key, place, PriceUnit.Hour,
                PriceSheet.HoursAMonth);
        PriceItem Monthly(string key, string place, string title) =>
            new(resource.Id, resource.Cloud, title, key, place, PriceUnit.Month, 1);
        // A part's resource carries its key behind its kind.
        bool Is(PartKey key, string kind) => key.On(kind) == resource.Id;
        switch (Kind(resource.Id))
        {
            case "megaport/mcr":
                var router = design.Routers.First(part => Is(part.Key, "megaport/mcr"));
                return [Term(Monthly($"mcr/{router.SpeedMbps}", Market(router.Location),
                    $"{resource.Title}, {router.SpeedMbps} Mbps"), design)];
            case "megaport/aws-vxc":
                var leg = design.AwsVxcs.First(part => Is(part.Key, "megaport/aws-vxc"));
                return [Term(Monthly($"vxc-on-ramp/{leg.RateMbps}", Market(leg.Location),
                    $"{resource.Title}, {leg.RateMbps} Mbps"), design)];
            case "megaport/azure-vxc":
                var vxc = design.AzureVxcs.First(part => Is(part.Key, "megaport/azure-vxc"));
                return [Term(Monthly($"vxc-on-ramp/{vxc.RateMbps}", Market(vxc.Router.Location),
                    $"{resource.Title}, {vxc.RateMbps} Mbps"), design)];
            case "aws/hosted-connection":
                var rate = design.AwsVxcs.First(part => Is(part.Key, "aws/hosted-connection")).RateMbps;
                return [Hourly($"dx-hosted-port/{rate}", aws.ConnectionRegion, $"{resource.Title}, {rate} Mbps")];
            case "azure/circuit":
                var circuit = design.Circuits.First(part => Is(part.Key, "azure/circuit"));
                return [Monthly($"er-circuit/{circuit.Tier}/{circuit.Family}/{circuit.BandwidthMbps}", Zone(circuit),
                    $"{resource.Title}, {circuit.BandwidthMbps} Mbps {circuit.Tier} {circuit.Family}")];
        }
        return Kind(resource.Id) switch
        {
            "aws/vpc-attachment" or "aws/dx-association" => [Hourly("tgw-attachment", aws.Region,
                $"{resource.Title} (transit gateway attachment)")],
            "aws/vpn-connection" =>
            [
                Hourly("vpn-connection", aws.Region),
                Hourly("tgw-attachment", aws.Region, $"{resource.Title} (transit gateway attachment)"),
            ],
            "azure/er-gateway" => [Hourly($"er-gateway/{design.ExpressRouteGateway.Sku}", azure.Region,
                $"{resource.Title} {design.ExpressRouteGateway.Sku}")],
            "azure/vpn-gateway" => [Hourly($"vpn-gateway/{design.VpnGateway.Sku}", azure.Region,
                $"{resource.Title} {design.VpnGateway.Sku}")],
            "azure/public-ip" => [Hourly("public-ip", azure.Region)],
            // Billed, and nothing is known of how: the sum says 'at least'.
            _ => [Monthly(resource.Id, "", resource.Title)],
        };
    }

    /// <summary>
    /// Each gigabyte enters the transit gateway once, at the sender's cost; a private-IP VPN adds nothing to what its
    /// Direct Connect attachment costs. What comes in is free in both clouds.
    /// </summary>
    private static IEnumerable<PriceItem> Flows(NetworkDesign design, Traffic traffic)
    {
        PriceItem Data(Cloud cloud, string title, string key, string place, decimal gigabytes) =>
            new("traffic", cloud, title, key, place, PriceUnit.Gigabyte, gigabytes);
        if (traffic.AwsToAzure > 0)
        {
            yield return Data(Cloud.Aws, "AWS → Azure, into the transit gateway", "tgw-data", design.Aws.Region,
                traffic.AwsToAzure);
            yield return Data(Cloud.Aws, "AWS → Azure, out over Direct Connect", "dx-transfer-out", design.Aws.Region,
                traffic.AwsToAzure * traffic.Expansion);
        }
        if (traffic.AzureToAws > 0)
        {
            // Which circuit of several carries it is not known beforehand: the first stands for all.
            if (design.Circuits[0] is { Family: "MeteredData" } circuit)
            {
                yield return Data(Cloud.Azure, "Azure → AWS, out over ExpressRoute", "er-outbound", Zone(circuit),
                    traffic.AzureToAws * traffic.Expansion);
            }
            yield return Data(Cloud.Aws, "Azure → AWS, into the transit gateway", "tgw-data", design.Aws.Region,
                traffic.AzureToAws * traffic.Expansion);
        }
    }

    /// <summary>A part's key stands behind its kind: <c>aws/vpn-connection-blue</c>, <c>azure/circuit-2</c>.</summary>
    private static string Kind(string id) =>
        Kinds.Where(kind => id == kind || id.StartsWith($"{kind}-", StringComparison.Ordinal))
            .MaxBy(kind => kind.Length) ?? id;

    private static readonly string[] Kinds =
    [
        "megaport/mcr", "megaport/aws-vxc", "megaport/azure-vxc", "aws/hosted-connection", "aws/vpc-attachment",
        "aws/dx-association", "aws/vpn-connection", "azure/circuit", "azure/er-gateway", "azure/vpn-gateway",
        "azure/public-ip",
    ];

    private static string Market(string location) => KnownPlaces.FindSite(location)?.Country ?? "";

    private static string Zone(CircuitDesign circuit) =>
        KnownPlaces.FindPeering(circuit.PeeringLocation) is { } place ? $"Zone {place.Zone}" : "";

    /// <summary>The same share off on every Megaport product that was read: 12 months 16.67 %, 24 20.83 %, 36 25
    /// %.</summary>
    private static PriceItem Term(PriceItem item, NetworkDesign design) => design.Megaport.Contract.TermMonths switch
    {
        1 => item,
        12 => item with { Quantity = 1 - 0.1667m, Title = $"{item.Title}, 12 months" },
        24 => item with { Quantity = 1 - 0.2083m, Title = $"{item.Title}, 24 months" },
        36 => item with { Quantity = 0.75m, Title = $"{item.Title}, 36 months" },
        // Longer terms exist, and no price of one was seen.
        var months => item with { Key = $"{item.Key}/{months}", Title = $"{item.Title}, {months} months" },
    };
}

namespace Sealane.Core.Checks;

/// <summary>SL401-406: what Azure's gateways can be today.</summary>
public static class GatewaySkuChecks
{
    private static readonly string[] VpnSkus = ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"];
    private static readonly string[] ExpressRouteSkus = ["ErGw1AZ", "ErGw2AZ", "ErGw3AZ"];
    private static readonly string[] DatedExpressRouteSkus = ["Standard", "HighPerformance", "UltraPerformance"];

    public static readonly DesignCheck VpnSkuTakesPrivateAddress = new()
    {
        Id = "SL401",
        Severity = Severity.Error,
        Title = "The VPN gateway's SKU can be created and takes IPsec on its private address",
        Why = "Azure refuses new gateways without availability zones (NonAzSkusNotAllowedForVPNGateway), and "
            + "documents private addresses over ExpressRoute for VpnGw1AZ to VpnGw5AZ only. The refusal comes when "
            + "the gateway is made, not when a template is validated.",
        Fix = "Write the SKU's zone-redundant form: VpnGw1AZ instead of the guide's VpnGw1.",
        Sources = [Docs.VpnGatewaySkuRetirement, Docs.VpnGatewaySkus, Docs.PrivatePeeringVpn],
        Find = design => VpnSkus.Contains(design.VpnGateway.Sku)
            ? []
            : [new("azure.vpnGateway.sku", VpnSkus.Contains(design.VpnGateway.Sku + "AZ")
                ? $"{design.VpnGateway.Sku} can no longer be created; {design.VpnGateway.Sku}AZ takes its "
                    + $"place"
                : $"{design.VpnGateway.Sku} is not one of {string.Join(", ", VpnSkus)}"
                    + Nearest.Hint(design.VpnGateway.Sku, VpnSkus))],
    };

    public static readonly DesignCheck GenerationFitsSku = new()
    {
        Id = "SL402",
        Severity = Severity.Error,
        Title = "The VPN gateway's generation exists for its SKU",
        Why = "VpnGw1AZ exists in Generation1 only, VpnGw4AZ and VpnGw5AZ in Generation2 only. "
            + "The generation cannot be changed later, and a resize stays within it.",
        Fix = "Write the other generation or another SKU.",
        Sources = [Docs.VpnGatewaySkus],
        Find = design => (design.VpnGateway.Sku, design.VpnGateway.Generation) is
            ("VpnGw1AZ", "Generation2") or ("VpnGw4AZ" or "VpnGw5AZ", "Generation1")
                ? [new("azure.vpnGateway.generation",
                    $"{design.VpnGateway.Sku} does not exist in {design.VpnGateway.Generation}")]
                : [],
    };

    public static readonly DesignCheck ExpressRouteSkuCarriesIpsec = new()
    {
        Id = "SL403",
        Severity = Severity.Error,
        Title = "The ExpressRoute gateway's SKU exists and carries IPsec",
        Why = "ErGwScale does not support IPsec over ExpressRoute, according to the gateways' page.",
        Fix = "Write ErGw1AZ, ErGw2AZ or ErGw3AZ.",
        Sources = [Docs.ExpressRouteGateways],
        Find = design => ExpressRouteSkus.Contains(design.ExpressRouteGateway.Sku)
            || DatedExpressRouteSkus.Contains(design.ExpressRouteGateway.Sku)
            ? []
            : [new("azure.expressRouteGateway.sku", design.ExpressRouteGateway.Sku == "ErGwScale"
                ? "ErGwScale does not support IPsec over ExpressRoute"
                : $"{design.ExpressRouteGateway.Sku} is not one of {string.Join(", ", ExpressRouteSkus)}"
                    + Nearest.Hint(design.ExpressRouteGateway.Sku, [.. ExpressRouteSkus, .. DatedExpressRouteSkus]))],
    };

    public static readonly DesignCheck ExpressRouteSkuIsCurrent = new()
    {
        Id = "SL404",
        Severity = Severity.Warning,
        Title = "The ExpressRoute gateway's SKU is zone-redundant",
        Why = "The SKUs without zones can still be created, but stand in one place: its failure or maintenance takes "
            + "the link down, and a change to a zone-redundant SKU later is a migration.",
        Fix = "Write ErGw1AZ for Standard, ErGw2AZ for HighPerformance, ErGw3AZ for UltraPerformance.",
        Sources = [Docs.ExpressRouteGateways],
        Find = design => DatedExpressRouteSkus.Contains(design.ExpressRouteGateway.Sku)
            ? [new("azure.expressRouteGateway.sku", $"{design.ExpressRouteGateway.Sku} has no availability zones")]
            : [],
    };

    public static readonly DesignCheck PublicIpHasZones = new()
    {
        Id = "SL405",
        Severity = Severity.Warning,
        Title = "The VPN gateway's public IP has zones",
        Why = "Where a region has zones, Azure refuses the gateway without them "
            + "(VmssVpnGatewayPublicIpsMustHaveZonesConfigured); they cannot be added to an existing address. Only "
            + "in a region without zones they must be left out.",
        Fix = "Leave azure.vpnGateway.zones out; in a region without zones silence this with that reason.",
        Sources = [Docs.VpnGatewaySkus, Docs.PrivatePeeringVpn],
        Find = design => design.VpnGateway is { Zones.Count: 0, ExistingId: null }
            ? [new("azure.vpnGateway.zones",
                $"the public IP has no zones: right only if {design.Azure.Region} has none")]
            : [],
    };

    public static readonly DesignCheck OneCustomBgpAddress = new()
    {
        Id = "SL406",
        Severity = Severity.Note,
        Title = "An active-standby VPN gateway has one custom BGP address",
        Why = "Azure's pages say one custom APIPA address for an active-standby gateway. The guide puts two on it, "
            + "one for each tunnel, and it works there; each connection then names its own address. verify looks at "
            + "both sessions after the build.",
        Fix = "Write azure.vpnGateway.mode: active-active, which Microsoft documents for AWS; or nothing while verify "
            + "is "
            + "content: then silence this.",
        Sources = [Docs.AzureToAws, Docs.AzureBgp, Docs.Guide],
        Find = design => design.VpnGateway.Instances.Count == 1 && design.Tunnels.Count > 1
            ? [new("tunnels", $"{design.Tunnels.Count} custom BGP addresses on a gateway that is not active-active")]
            : [],
    };
}

using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>A gateway as the service shows it.</summary>
internal static class GatewayBody
{
    public static void Show(ShowCall show, ArmResource gateway, JsonObject properties)
    {
        var vpn = properties.Text("gatewayType") == VirtualNetworkGateways.Vpn;
        foreach (var (index, configuration) in properties.Items("ipConfigurations").OfType<JsonObject>().Index())
        {
            configuration["id"] = ConfigurationId(gateway, configuration);
            configuration["etag"] = gateway.Etag;
            configuration["type"] = $"{gateway.Type}/ipConfigurations";
            var inner = configuration["properties"] as JsonObject ?? [];
            inner["provisioningState"] = gateway.State;
            inner["privateIPAllocationMethod"] ??= "Dynamic";
            if (vpn && Instance(gateway, index).Text("private") is { } address
                && properties.Flag("enablePrivateIpAddress"))
            {
                inner["privateIPAddress"] = address;
            }
            configuration["properties"] = inner;
        }
        if (properties["sku"] is JsonObject sku)
        {
            sku["tier"] ??= sku.Text("name");
            sku["capacity"] = 2;
        }
        properties["bgpSettings"] = vpn ? VpnBgp(show, gateway, properties) : ExpressRouteBgp(gateway);
        if (!vpn && show.State.Variants.NoBgpSettings)
        {
            properties.Remove("bgpSettings");
        }
        properties["packetCaptureDiagnosticState"] = "None";
        properties["isMigrateToCSES"] = false;
        if (!vpn)
        {
            properties["virtualNetworkGatewayMigrationStatus"] =
                new JsonObject { ["state"] = "None", ["phase"] = "None" };
        }
    }

    public static string ConfigurationId(ArmResource gateway, JsonNode? configuration) =>
        $"{gateway.Id}/ipConfigurations/{configuration.Text("name")}";

    /// <summary>Custom addresses that the customer gave to one IP configuration.</summary>
    public static IReadOnlyList<string> CustomAddresses(ArmResource gateway, string configurationId) =>
    [
        .. gateway.Properties.Items("bgpSettings", "bgpPeeringAddresses")
            .Where(peer => ResourceId.Same(peer.Text("ipconfigurationId"), configurationId))
            .SelectMany(peer => peer.Texts("customBgpIpAddresses")),
    ];

    public static long Asn(ArmResource gateway) => gateway.Properties.Number("bgpSettings", "asn")
        ?? Bgp.DefaultGatewayAsn;

    public static JsonNode? Instance(ArmResource gateway, int index) => gateway.Facts.Items("instances")
        .ElementAtOrDefault(index);

    private static JsonObject ExpressRouteBgp(ArmResource gateway) => new()
    {
        ["asn"] = Bgp.DefaultGatewayAsn,
        ["bgpPeeringAddress"] = GatewayAddresses.BgpPeeringAddress(gateway) ?? "",
        ["peerWeight"] = 0,
    };

    private static JsonObject VpnBgp(ShowCall show, ArmResource gateway, JsonObject properties)
    {
        var peers = properties.Items("ipConfigurations").Select((configuration, index) =>
        {
            var id = ConfigurationId(gateway, configuration);
            var publicIp = show.State.Find(configuration.Text("properties", "publicIPAddress", "id"))
                ?.Facts.Text("ipAddress");
            var instance = Instance(gateway, index);
            var endpoints =
                new[] { publicIp, properties.Flag("enablePrivateIpAddress") ? instance.Text("private") : null };
            return (JsonNode)new JsonObject
            {
                ["ipconfigurationId"] = id,
                ["defaultBgpIpAddresses"] = Json.Array(instance.Text("bgp") is { } bgp ? [bgp] : []),
                ["customBgpIpAddresses"] = Json.Array(CustomAddresses(gateway, id)),
                ["tunnelIpAddresses"] = Json.Array(instance is null ? [] : endpoints.OfType<string>()),
            };
        });
        return new()
        {
            ["asn"] = Asn(gateway),
            ["bgpPeeringAddress"] = GatewayAddresses.BgpPeeringAddress(gateway) ?? "",
            ["peerWeight"] = 0,
            ["bgpPeeringAddresses"] = new JsonArray([.. peers]),
        };
    }
}

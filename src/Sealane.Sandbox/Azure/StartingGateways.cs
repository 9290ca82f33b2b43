using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Sandbox.Azure;

/// <summary>The gateways that a spec names as existing, as their owners made them, and the subnet in which they
/// stand.</summary>
internal static class StartingGateways
{
    /// <summary>Apart from the addresses that are given later.</summary>
    private static readonly Prefix Pool = Prefix.Parse("20.70.0.0/16");

    public static void Add(AzureState state, NetworkDesign design, string region)
    {
        if (design.ExpressRouteGateway.ExistingId is { } expressRoute)
        {
            Add(state, design, region, expressRoute, _ => ExpressRoute(design.ExpressRouteGateway));
        }
        if (design.VpnGateway.ExistingId is { } vpn)
        {
            Add(state, design, region, vpn, home => Vpn(state, design.VpnGateway, home, region));
        }
    }

    private static void Add(
        AzureState state, NetworkDesign design, string region, string existing,
        Func<ResourceId, JsonObject> properties)
    {
        if (existing.Split('/') is not [_, _, var subscription, _, var group, _, _, _, var name])
        {
            return;
        }
        if (state.FindGroup(subscription, group) is null)
        {
            StartingAzure.AddGroup(state, subscription, group, region);
        }
        var subnet = Subnet(state, design);
        ResourceId id = new(subscription, group, ["virtualNetworkGateways", name]);
        var body = properties(id);
        foreach (var configuration in body.Items("ipConfigurations").OfType<JsonObject>())
        {
            var inner = configuration["properties"] as JsonObject ?? [];
            inner["privateIPAllocationMethod"] = "Dynamic";
            inner["subnet"] = new JsonObject { ["id"] = subnet.ToString() };
            configuration["properties"] = inner;
        }
        body["natRules"] = new JsonArray();
        body["virtualNetworkGatewayPolicyGroups"] = new JsonArray();
        StartingAzure.Add(state, id, region, body);
        Kinds.GatewayAddresses.Assign(state, state.Resources[^1]);
    }

    private static ResourceId Subnet(AzureState state, NetworkDesign design)
    {
        var vnet = design.Vnets[0];
        IReadOnlyList<Prefix> prefixes = vnet.Prefixes is { Count: > 0 } named ? named : [StandIn.OfVnet(0)];
        var workload = StartingAzure.Workload(prefixes, vnet.GatewaySubnet);
        var taken = vnet.GatewaySubnet ?? Enumerable.Range(0, 256)
            .Select(piece => new Prefix(prefixes[0].Host((long)piece << 5), 27))
            .First(piece => prefixes[0].Contains(piece) && !piece.Overlaps(workload));
        var subnet = StartingAzure.IdOf(design.Azure, vnet).Child("subnets", "GatewaySubnet");
        return state.Find(subnet.ToString()) is not null ? subnet : StartingAzure.Add(state, subnet, null, new()
        {
            ["addressPrefix"] = taken.ToString(),
            ["delegations"] = new JsonArray(),
            ["privateEndpointNetworkPolicies"] = "Disabled",
            ["privateLinkServiceNetworkPolicies"] = "Enabled",
        });
    }

    private static JsonObject ExpressRoute(ExpressRouteGatewayDesign gateway) => new()
    {
        ["gatewayType"] = "ExpressRoute",
        ["vpnType"] = "RouteBased",
        ["sku"] = Sku(gateway.Sku),
        ["ipConfigurations"] = new JsonArray(new JsonObject { ["name"] = "default" }),
        ["enableBgp"] = false,
        ["activeActive"] = false,
        ["adminState"] = "Enabled",
        ["resiliencyModel"] = "SingleHomed",
    };

    /// <summary>As the portal makes one for branches over the internet: BGP at its default addresses, no private
    /// address. Names of configurations as there
    /// (learn.microsoft.com/azure/vpn-gateway/tutorial-create-gateway-portal).</summary>
    private static JsonObject Vpn(AzureState state, VpnGatewayDesign gateway, ResourceId self, string region)
    {
        var names = gateway.Instances.Select((_, index) => index == 0 ? "default" : "activeActive").ToList();
        return new()
        {
            ["gatewayType"] = "Vpn",
            ["vpnType"] = "RouteBased",
            ["vpnGatewayGeneration"] = gateway.Generation,
            ["sku"] = Sku(gateway.Sku),
            ["ipConfigurations"] = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["properties"] = new JsonObject
                {
                    ["publicIPAddress"] = new JsonObject { ["id"] = PublicIp(state, self, name, region).ToString() },
                },
            })]),
            ["enableBgp"] = true,
            ["activeActive"] = gateway.Instances.Count > 1,
            ["enablePrivateIpAddress"] = false,
            ["disableIPSecReplayProtection"] = false,
            ["enableBgpRouteTranslationForNat"] = false,
            ["allowRemoteVnetTraffic"] = false,
            ["allowVirtualWanTraffic"] = false,
            ["bgpSettings"] = new JsonObject
            {
                ["asn"] = gateway.Asn,
                ["bgpPeeringAddresses"] = new JsonArray([.. names.Select(name => (JsonNode)new JsonObject
                {
                    ["ipconfigurationId"] = $"{self}/ipConfigurations/{name}",
                    ["customBgpIpAddresses"] = new JsonArray(),
                })]),
            },
        };
    }

    private static ResourceId PublicIp(AzureState state, ResourceId gateway, string configuration, string region)
    {
        ResourceId id = new(gateway.Subscription, gateway.ResourceGroup,
            ["publicIPAddresses", $"{gateway.Name}-{configuration}-ip"]);
        StartingAzure.Add(state, id, region, new()
        {
            ["publicIPAllocationMethod"] = "Static",
            ["publicIPAddressVersion"] = "IPv4",
            ["idleTimeoutInMinutes"] = 4,
        });
        var address = state.Resources[^1];
        address.Body["sku"] = new JsonObject { ["name"] = "Standard", ["tier"] = "Regional" };
        if (Region.Find(region) is { HasZones: true })
        {
            address.Body["zones"] = Json.Array(["1", "2", "3"]);
        }
        address.Facts["ipAddress"] = Pool.Host(4 + state.Sequence).ToString();
        return id;
    }

    private static JsonObject Sku(string name) => new() { ["name"] = name, ["tier"] = name };
}

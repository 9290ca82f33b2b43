using static Sealane.Core.Spec.Keys.KeyShapes;

namespace Sealane.Core.Spec.Keys;

internal static class AzureKeys
{
    private static readonly string[] VpnGatewaySkus = ["VpnGw1AZ", "VpnGw2AZ", "VpnGw3AZ", "VpnGw4AZ", "VpnGw5AZ"];

    private static readonly string[] ExpressRouteGatewaySkus =
        ["ErGw1AZ", "ErGw2AZ", "ErGw3AZ", "Standard", "HighPerformance", "UltraPerformance"];

    public static IReadOnlyList<SpecKey> All { get; } =
    [
        Section("azure", "The Azure side: subscription, resource group and the existing VNet; names and sizes of what "
            + "is made there.")
            with { Required = true },
        Text("azure.tenant", TextForms.Guid, "01234567-89ab-cdef-0123-456789abcdef",
            "Default: the tenant of the credentials."),
        Text("azure.profile", TextForms.Word, "network",
            "One of several service principals: with network, AZURE_CLIENT_ID_NETWORK and so on. Default: the usual "
                + "search."),
        Text("azure.subscription", TextForms.Guid, "00000000-1111-2222-3333-444444444444", "The subscription's GUID.")
            with { Required = true },
        Text("azure.resourceGroup", TextForms.ResourceGroup, "rg-sydney", "Used when it exists, made when not.")
            with { Required = true },
        Text("azure.region", TextForms.AzureRegion, "australiaeast", "Region of the VNet and the gateways.")
            with { Required = true },
        new("azure.tags", SpecKeyKind.TextMap,
            "Tags on Azure's objects alone, besides those of tags, such as a policy of the subscription may demand. "
            + "Of two with one name this one counts. One that is missing is put back; others are left alone.")
        {
            Names = TextForms.AzureTagName, Form = TextForms.AzureTagValue, Example = "Owner=net,CostCenter=42",
            MaxItems = 40, NumberIsFine = true,
        },
        Text("azure.vnet", TextForms.Vnet, "vnet-app",
            "The existing VNet: its name in the resource group, or its full id in another group of the subscription.")
            with { Required = true },
        List("azure.cidrs", TextForms.Prefix, "10.2.0.0/16",
            "The VNet's address space. Default: as found in the subscription; named here, the checks can use it "
                + "offline."),
        Text("azure.gatewaySubnet", TextForms.Prefix, "10.2.0.0/24",
            "Prefix of the subnet named GatewaySubnet, /27 or larger (guide step 11). Default: the existing one, or "
                + "the first free /27."),
        .. Parts("azure.spokes", "Further VNets of the tenant that use the gateways of azure.vnet over a "
            + "peering: "
            + "each protected and proved like it. A peering that is there already is used."),
        Text("azure.spokes[].vnet", TextForms.Vnet, "vnet-data",
            "The existing VNet: its name in the resource group, or its full id in another group or subscription.")
            with { Required = true },
        List("azure.spokes[].cidrs", TextForms.Prefix, "10.6.0.0/16",
            "Its address space. Default: as found in the subscription; named here, the checks can use it offline."),
        Section("azure.circuit", "The ExpressRoute circuit (guide step 9)."),
        Text("azure.circuit.name", TextForms.AzureName, "er-core", "Default: <name>-er."),
        Text("azure.circuit.peeringLocation", TextForms.Label, "Tokyo",
            "Where the circuit meets Megaport, as Azure's catalogue spells it. The default fits australiaeast only.")
            with { Default = "Sydney" },
        Number("azure.circuit.bandwidth", 1, 100_000, "100",
            "Mbps. Default: the smallest circuit that carries megaport.bandwidth. It can be raised later, never "
                + "lowered.")
            with { Numbers = [50, 100, 200, 500, 1000, 2000, 5000, 10000], JudgedByCheck = true },
        Word("azure.circuit.tier", ["Standard", "Premium", "Local"], "Premium",
            "Standard reaches the regions of one geopolitical area, Premium all, Local the peering location's own.")
            with { Default = "Standard", JudgedByCheck = true },
        Word("azure.circuit.family", ["MeteredData", "UnlimitedData"], "UnlimitedData",
            "MeteredData can become UnlimitedData later, not the other way round.") with { Default = "MeteredData" },
        Section("azure.secondCircuit",
            "The second circuit (resilience: locations). Its bandwidth, tier and family are the first's."),
        Text("azure.secondCircuit.name", TextForms.AzureName, "er-core-2", "Default: <name>-er-second."),
        Text("azure.secondCircuit.peeringLocation", TextForms.Label, "Sydney2",
            "Where it meets Megaport: another peering location than the first's. Default: the first's."),
        Text("azure.secondCircuit.connectionName", TextForms.AzureName, "er-conn-2",
            "Name of its connection to the gateway. Default: <name>-er-connection-second."),
        .. Parts("azure.circuits", "Further circuits, written out; not together with resilience. What one does not "
            + "say is the first's."),
        Text("azure.circuits[].name", TextForms.AzureName, "er-core-west", "Default: <name>-er-KEY."),
        Text("azure.circuits[].peeringLocation", TextForms.Label, "Sydney2",
            "Where it meets Megaport: another peering location than the first's. Default: the first's."),
        Text("azure.circuits[].connectionName", TextForms.AzureName, "er-conn-west",
            "Name of its connection to the gateway. Default: <name>-er-connection-KEY."),
        Text("azure.circuits[].primary", TextForms.Prefix, "192.168.201.16/30",
            "The /30 of its primary path. Default: one in 192.168.112.0/21 that its key chooses."),
        Text("azure.circuits[].secondary", TextForms.Prefix, "192.168.201.20/30",
            "The /30 of its secondary path. Default: the one after."),
        Section("azure.expressRouteGateway", "The ExpressRoute gateway (guide steps 11 and 12)."),
        Text("azure.expressRouteGateway.id", TextForms.GatewayId,
            "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-hub/providers/Microsoft.Network/"
                + "virtualNetworkGateways/ergw-hub",
            "The gateway that azure.vnet has already (a VNet takes one): used beside its other circuits, never "
                + "changed, never deleted."),
        Text("azure.expressRouteGateway.name", TextForms.AzureName, "ergw-core", "Default: <name>-ergw."),
        Word("azure.expressRouteGateway.sku", ExpressRouteGatewaySkus, "ErGw2AZ", "SKU. ErGwScale cannot carry IPsec.")
            with { Default = "ErGw1AZ", JudgedByCheck = true },
        Text("azure.expressRouteGateway.connectionName", TextForms.AzureName, "er-conn",
            "Name of the connection between circuit and gateway. Default: <name>-er-connection."),
        Section("azure.vpnGateway", "The VPN gateway (guide steps 14 and 15)."),
        Text("azure.vpnGateway.id", TextForms.GatewayId,
            "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-hub/providers/Microsoft.Network/"
                + "virtualNetworkGateways/vpngw-hub",
            "The gateway that azure.vnet has already (a VNet takes one): used beside its other connections, never "
                + "deleted. Its private address is switched on and BGP addresses are added; destroy takes back both."),
        Text("azure.vpnGateway.name", TextForms.AzureName, "vpngw-core", "Default: <name>-vpngw."),
        Word("azure.vpnGateway.sku", VpnGatewaySkus, "VpnGw2AZ", "SKU: only these take IPsec on their private address.")
            with { Default = "VpnGw1AZ", JudgedByCheck = true },
        Word("azure.vpnGateway.generation", ["Generation1", "Generation2"], "Generation2",
            "Fixed for the gateway's life. VpnGw1AZ is Generation1 only, VpnGw4AZ and VpnGw5AZ are Generation2 only.")
            with { Default = "Generation1" },
        Asn("azure.vpnGateway.asn", "65010", "ASN of the gateway's BGP speaker.") with { Default = "65515" },
        Text("azure.vpnGateway.publicIpName", TextForms.AzureName, "pip-vpngw",
            "The gateway needs a public IP for its control plane even with private tunnels. Default: <name>-vpngw-ip."),
        Text("azure.vpnGateway.secondPublicIpName", TextForms.AzureName, "pip-vpngw-2",
            "Of the second instance (mode: active-active). Default: <name>-vpngw-ip-second."),
        Word("azure.vpnGateway.mode", ["active-standby", "active-active"], "active-active",
            "active-active: both instances carry, each with a private address and two tunnels of its own. Default: "
                + "active-active with resilience routers or locations, else active-standby."),
        new("azure.vpnGateway.zones", SpecKeyKind.TextList,
            "Availability zones of the public IP. An empty list only in a region without zones.")
        {
            Words = ["1", "2", "3"], Form = TextForms.Word, Example = "1", Default = "1,2,3", NumberIsFine = true,
            MaxItems = 3,
        },
    ];
}

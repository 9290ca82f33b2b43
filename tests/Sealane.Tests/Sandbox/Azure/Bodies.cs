using System.Text.Json.Nodes;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>Bodies as the guide's values make them, and ways to spoil one.</summary>
internal static class Bodies
{
    private const string Network = AzureSandbox.Network;

    public const string GatewaySubnet = """{"properties":{"addressPrefix":"10.2.0.0/24"}}""";

    public const string Circuit = """
        {"location":"australiaeast","sku":{"name":"Standard_MeteredData","tier":"Standard","family":"MeteredData"},
         "properties":{"serviceProviderProperties":{"serviceProviderName":"Megaport","peeringLocation":"Sydney","bandwidthInMbps":50}}}
        """;

    public const string ExpressRouteGateway = $$$$"""
        {"location":"australiaeast","properties":{"gatewayType":"ExpressRoute","sku":{"name":"ErGw1AZ","tier":"ErGw1AZ"},
         "ipConfigurations":[{"name":"default","properties":{"subnet":{"id":"{{{{AzureSandbox.GatewaySubnet}}}}"}}}]}}
        """;

    public const string PublicIp = """
        {"location":"australiaeast","sku":{"name":"Standard","tier":"Regional"},"zones":["1","2","3"],
         "properties":{"publicIPAllocationMethod":"Static","publicIPAddressVersion":"IPv4"}}
        """;

    public const string VpnGateway = $$$$"""
        {"location":"australiaeast","tags":{"sealane":"sydney"},"properties":{
         "gatewayType":"Vpn","vpnType":"RouteBased","vpnGatewayGeneration":"Generation1",
         "sku":{"name":"VpnGw1AZ","tier":"VpnGw1AZ"},"activeActive":false,"enableBgp":true,"enablePrivateIpAddress":true,
         "ipConfigurations":[{"name":"default","properties":{"privateIPAllocationMethod":"Dynamic",
            "subnet":{"id":"{{{{AzureSandbox.GatewaySubnet}}}}"},"publicIPAddress":{"id":"{{{{Network}}}}/publicIPAddresses/pip"}}}],
         "bgpSettings":{"asn":65515,"bgpPeeringAddresses":[{"ipconfigurationId":"{{{{AzureSandbox.VpnConfiguration}}}}",
            "customBgpIpAddresses":["169.254.21.2","169.254.22.2"]}]}}}
        """;

    public const string ExpressRouteConnection = $$$"""
        {"location":"australiaeast","properties":{"connectionType":"ExpressRoute",
         "virtualNetworkGateway1":{"id":"{{{Network}}}/virtualNetworkGateways/ergw","properties":{}},
         "peer":{"id":"{{{Network}}}/expressRouteCircuits/er1"},"routingWeight":0,"enableBgp":false}}
        """;

    public static string LocalGateway(int tunnel) => $$$$"""
        {"location":"australiaeast","properties":{"gatewayIpAddress":"{{{{(tunnel == 1 ? "10.254.1.18" : "10.254.1.80")}}}}",
         "localNetworkAddressSpace":{"addressPrefixes":[]},
         "bgpSettings":{"asn":65534,"bgpPeeringAddress":"169.254.2{{{{tunnel}}}}.1","peerWeight":0}}}
        """;

    public static string Tunnel(int tunnel) => $$$"""
        {"location":"australiaeast","properties":{"connectionType":"IPsec","connectionProtocol":"IKEv2","connectionMode":"Default",
         "virtualNetworkGateway1":{"id":"{{{AzureSandbox.VpnGateway}}}","properties":{}},
         "localNetworkGateway2":{"id":"{{{Network}}}/localNetworkGateways/lng-{{{tunnel}}}","properties":{}},
         "sharedKey":"key.of.tunnel.{{{tunnel}}}","useLocalAzureIpAddress":true,"enableBgp":true,
         "gatewayCustomBgpIpAddresses":[{"ipConfigurationId":"{{{AzureSandbox.VpnConfiguration}}}","customBgpIpAddress":"169.254.2{{{tunnel}}}.2"}],
         "usePolicyBasedTrafficSelectors":false,"dpdTimeoutSeconds":30,"routingWeight":0,
         "ipsecPolicies":[{"saLifeTimeSeconds":3600,"saDataSizeKilobytes":102400000,"ipsecEncryption":"GCMAES256",
            "ipsecIntegrity":"GCMAES256","ikeEncryption":"AES256","ikeIntegrity":"SHA256","dhGroup":"DHGroup14","pfsGroup":"PFS2048"}]}}
        """;

    /// <summary>
    /// The body with one member changed: <c>properties/sku/name="VpnGw1"</c>; without a value the member goes. Numbers
    /// are
    /// places in arrays.
    /// </summary>
    public static string With(string body, string change)
    {
        var root = JsonNode.Parse(body)!;
        var (path, value) = change.IndexOf('=', StringComparison.Ordinal) is var at && at < 0
            ? (change.Split('/'), null)
            : (change[..at].Split('/'), JsonNode.Parse(change[(at + 1)..]));
        var owner = path.SkipLast(1)
            .Aggregate(root, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        if (value is null)
        {
            owner.AsObject().Remove(path[^1]);
        }
        else
        {
            owner[path[^1]] = value;
        }
        return root.ToJsonString();
    }
}

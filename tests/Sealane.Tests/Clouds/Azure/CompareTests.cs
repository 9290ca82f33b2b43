using System.Net;
using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>What each difference takes. The observed side is the contract's answer with one text replaced.</summary>
public sealed class CompareTests
{
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private async Task<Change> Compare(string id, string contractName, string find, string replace,
        NetworkDesign? design = null)
    {
        var contract = AzureContract.Read(contractName);
        var key = AzureContract.Read("get-shared-key");
        Assert.Contains(find, contract.Reply, StringComparison.Ordinal);
        var reply = contract.Reply.Replace(find, replace, StringComparison.Ordinal);
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, reply)
            .Answer("GET", key.Path, HttpStatusCode.OK, key.Reply);
        var resource = AzureResources.All(design ?? AzureSample.Design, _arm.Client(), AzureSample.Keys)
            .Single(r => r.Id == id);
        var known = new Known().With("aws/vpn-connection", new GuideTunnels());
        var observed = (await resource.Look(known, _ct))!;
        return observed.Compare(known);
    }

    [Theory]
    [InlineData("put-circuit", "azure/circuit", "\"bandwidthInMbps\":50", "\"bandwidthInMbps\":100",
        ChangeKind.Replace)]
    [InlineData("put-circuit", "azure/circuit", "\"bandwidthInMbps\":50", "\"bandwidthInMbps\":20", ChangeKind.InPlace)]
    [InlineData("put-circuit", "azure/circuit", "\"peeringLocation\":\"Sydney\"", "\"peeringLocation\":\"Sydney2\"",
        ChangeKind.Replace)]
    [InlineData("put-circuit", "azure/circuit", "\"tier\":\"Standard\"", "\"tier\":\"Premium\"", ChangeKind.InPlace)]
    [InlineData("put-circuit", "azure/circuit", "\"tier\":\"Standard\"", "\"tier\":\"Local\"", ChangeKind.Replace)]
    [InlineData("put-circuit", "azure/circuit", "\"family\":\"MeteredData\"", "\"family\":\"UnlimitedData\"",
        ChangeKind.Replace)]
    [InlineData("put-circuit", "azure/circuit", "\"tier\":\"Standard\"", "\"tier\":\"STANDARD\"", ChangeKind.None)]
    [InlineData("put-er-gateway", "azure/er-gateway", "ErGw1AZ", "ErGw2AZ", ChangeKind.Replace)]
    [InlineData("put-er-gateway", "azure/er-gateway", "ErGw1AZ", "Standard", ChangeKind.Replace)]
    [InlineData("put-er-gateway", "azure/er-gateway",
        "resourceGroups/rg-sydney/providers/Microsoft.Network/virtualNetworks",
        "resourcegroups/RG-SYDNEY/providers/microsoft.network/virtualNetworks", ChangeKind.None)]
    [InlineData("put-er-connection", "azure/er-connection", "expressRouteCircuits/sydney-er",
        "expressRouteCircuits/other", ChangeKind.Replace)]
    [InlineData("put-public-ip", "azure/public-ip", "[\"1\",\"2\",\"3\"]", "[\"3\",\"1\",\"2\"]", ChangeKind.None)]
    [InlineData("put-public-ip", "azure/public-ip", ",\"zones\":[\"1\",\"2\",\"3\"]", "", ChangeKind.None)]
    [InlineData("put-public-ip", "azure/public-ip", "[\"1\",\"2\",\"3\"]", "[\"1\"]", ChangeKind.Refused)]
    [InlineData("put-public-ip", "azure/public-ip", "[\"1\",\"2\",\"3\"]", "[\"4\"]", ChangeKind.Replace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "VpnGw1AZ", "VpnGw2AZ", ChangeKind.InPlace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "VpnGw1AZ", "VpnGw1", ChangeKind.Replace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "Generation1", "Generation2", ChangeKind.Replace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "\"enablePrivateIpAddress\":true",
        "\"enablePrivateIpAddress\":false", ChangeKind.InPlace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "\"asn\":65515", "\"asn\":65010", ChangeKind.InPlace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "\"169.254.21.2\",\"169.254.22.2\"", "\"169.254.21.2\"",
        ChangeKind.InPlace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "\"169.254.21.2\",\"169.254.22.2\"",
        "\"169.254.22.2\",\"169.254.21.2\"", ChangeKind.None)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "publicIPAddresses/sydney-vpngw-ip", "publicIPAddresses/other",
        ChangeKind.Replace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "\"provisioningState\":\"Succeeded\",\"resourceGuid\"",
        "\"provisioningState\":\"Failed\",\"resourceGuid\"", ChangeKind.InPlace)]
    [InlineData("put-vpn-gateway", "azure/vpn-gateway", "\"provisioningState\":\"Succeeded\",", "", ChangeKind.None)]
    [InlineData("put-local-network-gateway", "azure/local-gateway-1", "10.254.1.18", "10.254.1.99", ChangeKind.InPlace)]
    [InlineData("put-local-network-gateway", "azure/local-gateway-1", "\"asn\":65534", "\"asn\":64512",
        ChangeKind.InPlace)]
    [InlineData("put-local-network-gateway", "azure/local-gateway-1", "\"addressPrefixes\":[]",
        "\"addressPrefixes\":[\"10.1.0.0/16\"]", ChangeKind.InPlace)]
    [InlineData("put-local-network-gateway", "azure/local-gateway-1", "\"location\":\"australiaeast\"",
        "\"location\":\"westeurope\"", ChangeKind.Replace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"useLocalAzureIpAddress\":true",
        "\"useLocalAzureIpAddress\":false", ChangeKind.InPlace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"customBgpIpAddress\":\"169.254.21.2\"",
        "\"customBgpIpAddress\":\"169.254.22.2\"", ChangeKind.InPlace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"ipsecEncryption\":\"GCMAES256\"",
        "\"ipsecEncryption\":\"None\"", ChangeKind.InPlace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"dhGroup\":\"DHGroup14\"",
        "\"dhGroup\":\"DHGroup2048\"", ChangeKind.None)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"dhGroup\":\"DHGroup14\"", "\"dhGroup\":\"DHGroup2\"",
        ChangeKind.InPlace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"dpdTimeoutSeconds\":30", "\"dpdTimeoutSeconds\":45",
        ChangeKind.InPlace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"connectionMode\":\"Default\"",
        "\"connectionMode\":\"ResponderOnly\"", ChangeKind.InPlace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "localNetworkGateways/sydney-lng-1",
        "localNetworkGateways/other", ChangeKind.Replace)]
    [InlineData("put-vpn-connection", "azure/vpn-connection-1", "\"connectionProtocol\":\"IKEv2\"",
        "\"connectionProtocol\":\"IKEv1\"", ChangeKind.Replace)]
    public async Task A_difference_takes(string contract, string id, string find, string replace, ChangeKind kind)
    {
        var change = await Compare(id, contract, find, replace);
        Assert.Equal(kind, change.Kind);
        Assert.True(kind == ChangeKind.None || change.Differences.Count > 0);
    }

    [Fact]
    public async Task An_expressroute_gateway_grows_in_place() => Assert.Equal(
        ChangeKind.InPlace,
        (await Compare("azure/er-gateway", "put-er-gateway", "ErGw1AZ", "ErGw1AZ",
            AzureSample.With(azure => azure with { ExpressRouteGateway = new() { Sku = "ErGw2AZ" } }))).Kind);

    [Fact]
    public async Task A_wrong_pre_shared_key_is_a_difference_that_shows_no_key()
    {
        var key = AzureContract.Read("get-shared-key");
        _arm.Answer("GET", key.Path, HttpStatusCode.OK, """{"value":"somebody-elses-key"}""");
        var change = await Compare("azure/vpn-connection-1", "put-vpn-connection", "IPsec", "IPsec");
        Assert.Equal(ChangeKind.InPlace, change.Kind);
        Assert.Equal(["pre-shared key differs"], change.Differences);
        Assert.Contains("the other carries", change.Traffic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_who_may_not_see_the_key_can_still_compare_the_rest()
    {
        var key = AzureContract.Read("get-shared-key");
        _arm.Answer("GET", key.Path, HttpStatusCode.Forbidden,
            """{"error":{"code":"AuthorizationFailed","message":"no"}}""");
        Assert.Equal(ChangeKind.None,
            (await Compare("azure/vpn-connection-1", "put-vpn-connection", "IPsec", "IPsec")).Kind);
    }

    [Theory]
    [InlineData("10.2.0.0/16", null, ChangeKind.None)]
    [InlineData("10.2.0.0/16", "10.2.0.0/16", ChangeKind.None)]
    [InlineData("10.2.0.0/16", "10.3.0.0/16", ChangeKind.Refused)]
    public async Task The_vnet_must_have_the_prefixes_that_the_spec_names(string seen, string? named, ChangeKind kind)
    {
        const string Id = AzureSample.Network + "/virtualNetworks/vnet-app";
        _arm.Answer("GET", Id, HttpStatusCode.OK,
            $$"""{"id":"{{Id}}","location":"australiaeast","properties":{"addressSpace":{"addressPrefixes":["{{seen}}","fd00::/48"]},"subnets":[]} }""");
        var design = AzureSample.With(azure => azure with { Cidrs = named is null ? [] : [named] });
        var vnet = _arm.The<Vnet>(design);
        var observed = (await vnet.Observe(new Known(), _ct))!;
        Assert.Equal([Prefix.Parse(seen)], observed.Prefixes);
        Assert.Equal(kind, vnet.Seen(observed).Compare(new Known()).Kind);
    }

    [Theory]
    // The first free /27 from the bottom, the existing subnet, or what the spec says.
    [InlineData(null, "workload=10.2.1.0/24", "10.2.0.0/27")]
    [InlineData(null, "workload=10.2.0.0/24", "10.2.1.0/27")]
    [InlineData(null, "a=10.2.0.0/28;b=10.2.0.64/26", "10.2.0.32/27")]
    [InlineData(null, "a=10.2.0.0/24;GatewaySubnet=10.2.9.0/26", "10.2.9.0/26")]
    [InlineData("10.2.7.0/24", "workload=10.2.0.0/24", "10.2.7.0/24")]
    public void The_gateway_subnet_gets_its_prefix(string? named, string subnets, string expected)
    {
        var design = AzureSample.With(azure => azure with { GatewaySubnet = named });
        Assert.Equal(Prefix.Parse(expected), _arm.The<GatewaySubnet>(design).Derive(VnetWith(subnets)).Prefix);
    }

    [Fact]
    public void A_full_vnet_is_said_to_be_full()
    {
        var error = Assert.Throws<CloudError>(() => _arm.The<GatewaySubnet>()
            .Derive(VnetWith("all=10.2.0.0/16")));
        Assert.Contains("no free /27", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"addressPrefix\":\"10.2.0.0/24\"", null, ChangeKind.None)]
    [InlineData("\"addressPrefix\":\"10.2.0.0/24\"", "10.2.0.0/26", ChangeKind.Refused)]
    [InlineData("\"addressPrefix\":\"10.2.0.0/28\"", null, ChangeKind.Refused)]
    [InlineData("\"addressPrefix\":\"10.2.0.0/24\",\"networkSecurityGroup\":{\"id\":\"/nsg\"}", null,
        ChangeKind.Refused)]
    public async Task An_existing_gateway_subnet_is_used_or_refused(string properties, string? named, ChangeKind kind)
    {
        const string Id = AzureSample.Network + "/virtualNetworks/vnet-app/subnets/GatewaySubnet";
        _arm.Answer("GET", Id, HttpStatusCode.OK, $$"""{"id":"{{Id}}","properties":{ {{properties}} } }""");
        var design = AzureSample.With(azure => azure with { GatewaySubnet = named });
        var subnet = _arm.The<GatewaySubnet>(design);
        var known = VnetWith("workload=10.2.1.0/24");
        var observed = (await subnet.Observe(known, _ct))!;
        Assert.Equal(kind, subnet.Seen(observed).Compare(known).Kind);
    }

    private static Known VnetWith(string subnets) => new Known().With("azure/vnet", new Vnet.Observed(
        new ArmObject("/vnet-app", new JsonObject(), "Succeeded", null), [Prefix.Parse("10.2.0.0/16")],
        [.. subnets.Split(';').Select(text => text.Split('='))
            .Select(part => new Vnet.Subnet(part[0], [Prefix.Parse(part[1])]))]));
}

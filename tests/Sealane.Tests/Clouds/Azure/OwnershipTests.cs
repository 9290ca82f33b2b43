using System.Net;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>Law 4: what Sealane did not make it neither changes nor deletes, and it knows so from the clouds
/// alone.</summary>
public sealed class OwnershipTests
{
    private const string Address = AzureSample.Network + "/publicIPAddresses/sydney-vpngw-ip";
    private const string Subnet = AzureSample.Network + "/virtualNetworks/vnet-app/subnets/GatewaySubnet";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("publicIPAddresses/sydney-vpngw-ip", "azure/public-ip")]
    [InlineData("expressRouteCircuits/sydney-er", "azure/circuit")]
    [InlineData("virtualNetworkGateways/sydney-ergw", "azure/er-gateway")]
    [InlineData("virtualNetworkGateways/sydney-vpngw", "azure/vpn-gateway")]
    [InlineData("connections/sydney-er-connection", "azure/er-connection")]
    [InlineData("localNetworkGateways/sydney-lng-2", "azure/local-gateway-2")]
    [InlineData("connections/sydney-tunnel-2", "azure/vpn-connection-2")]
    public async Task An_object_of_our_name_without_our_tag_stops_the_run_with_advice(string path, string id)
    {
        var full = $"{AzureSample.Network}/{path}";
        _arm.Answer("GET", full, HttpStatusCode.OK,
            $$"""{"id":"{{full}}","tags":{"sealane":"other"},"properties":{"provisioningState":"Succeeded"} }""");
        var resource = AzureResources.All(AzureSample.Design, _arm.Client(), AzureSample.Keys).Single(r => r.Id == id);
        var error = await Assert.ThrowsAsync<CloudError>(() =>
            resource.Look(new Known(), _ct));
        Assert.Contains("belongs to the link other", error.Message, StringComparison.Ordinal);
        Assert.Contains("sealane adopt", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_existing_resource_group_is_used_and_not_ours()
    {
        _arm.Answer("GET", AzureSample.Group, HttpStatusCode.OK,
            $$"""{"id":"{{AzureSample.Group}}","properties":{"provisioningState":"Succeeded"} }""");
        var resource = _arm.The<ResourceGroup>();
        var observed = (await resource.Observe(new Known(), _ct))!;
        Assert.True(resource.IsReady(observed));
        Assert.False(resource.IsOurs(observed));
        Assert.Equal(ChangeKind.None, resource.Seen(observed).Compare(new Known()).Kind);
        await Assert.ThrowsAsync<CloudError>(() => resource.Delete(observed, _ct));
        Assert.DoesNotContain(_arm.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task Our_resource_group_stays_when_a_stranger_moved_in()
    {
        _arm.Answer("GET", AzureSample.Group, HttpStatusCode.OK, AzureSample.Ours(AzureSample.Group, "{}"))
            .Answer("GET", AzureSample.Group + "/resources", HttpStatusCode.OK, """{"value":[]}""")
            .Answer("GET", AzureSample.Group + "/resources", HttpStatusCode.OK,
                """{"value":[{"name":"vm","tags":{}}]}""");
        var resource = _arm.The<ResourceGroup>();
        var observed = (await resource.Observe(new Known(), _ct))!;
        Assert.True(resource.IsOurs(observed));
        var error = await Assert.ThrowsAsync<CloudError>(() => resource.Delete(observed, _ct));
        Assert.Contains("it stays", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_arm.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task A_gateway_subnet_that_we_make_is_marked_first_on_the_public_ip_and_keeps_its_tags()
    {
        _arm.Answer("GET", Address, HttpStatusCode.OK, AzureSample.Ours(Address, "{}"))
            .Answer("PATCH", Address, HttpStatusCode.OK, "{}")
            .Answer("PUT", Subnet, HttpStatusCode.Created, "{}");
        await _arm.The<GatewaySubnet>().Create(new(Subnet, Address, Prefix.Parse("10.2.0.0/27"), false), _ct);
        Assert.Equal(["GET", "PATCH", "PUT"], _arm.Requests.Select(request => request.Method));
        Assert.Equal("""{"tags":{"sealane":"sydney","sealane-gateway-subnet":"10.2.0.0/27"}}""",
            _arm.BodyOf("PATCH", Address).ToJsonString());
        Assert.Equal("""{"properties":{"addressPrefix":"10.2.0.0/27"}}""", _arm.BodyOf("PUT", Subnet).ToJsonString());
    }

    [Theory]
    [InlineData(true, "", true)]
    [InlineData(false, "", false)]
    // Our own gateways may still be in it, in ARM's other casing; anybody else's may not.
    [InlineData(true, "/virtualnetworkgateways/SYDNEY-VPNGW/ipConfigurations/default", true)]
    [InlineData(true, "/virtualNetworkGateways/other/ipConfigurations/default", false)]
    public async Task A_gateway_subnet_is_ours_only_when_marked_and_without_strangers(bool marked, string occupant,
        bool ours)
    {
        var inside = occupant.Length == 0 ? "" : $$"""{"id":"{{AzureSample.Network}}{{occupant}}"}""";
        var mark = marked ? ",\"sealane-gateway-subnet\":\"10.2.0.0/24\"" : "";
        _arm.Answer("GET", Subnet, HttpStatusCode.OK,
            $$"""{"id":"{{Subnet}}","properties":{"addressPrefixes":["10.2.0.0/24"],"ipConfigurations":[{{inside}}]} }""")
            .Answer("GET", Address, HttpStatusCode.OK,
                $$"""{"id":"{{Address}}","tags":{"sealane":"sydney"{{mark}} } }""");
        var resource = _arm.The<GatewaySubnet>();
        var observed = (await resource.Observe(new Known(), _ct))!;
        Assert.Equal(ours, resource.IsOurs(observed));
        Assert.Equal(Prefix.Parse("10.2.0.0/24"), observed.Prefix);
    }

    [Fact]
    public async Task A_missing_vnet_is_an_error_that_says_where_to_look()
    {
        var resource = _arm.The<Vnet>();
        Assert.False(resource.IsMade);
        var error = await Assert.ThrowsAsync<CloudError>(() => resource.Observe(new Known(), _ct));
        Assert.Equal(CloudErrorKind.NotFound, error.Kind);
        Assert.Contains("azure.vnet", error.Advice, StringComparison.Ordinal);
    }
}

using Sealane.Sandbox.Azure;
using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>POST actions and the other reads below a resource.</summary>
public sealed class ActionTests
{
    private const string Peering = $"{Network}/expressRouteCircuits/er1/peerings/AzurePrivatePeering";
    private readonly AzureSandbox _azure = new();

    [Theory]
    [InlineData($"{VpnGateway}/getBgpPeerStatus", "value")]
    [InlineData($"{VpnGateway}/GETLEARNEDROUTES", "value")]
    [InlineData($"{VpnGateway}/getAdvertisedRoutes?api-version=2025-05-01&peer=169.254.21.1", "value")]
    [InlineData($"{VpnGateway}/getEffectiveRoutes?api-version=2025-09-01", "value")]
    [InlineData($"{VpnGateway}/reset", "properties")]
    [InlineData($"{Network}/virtualNetworkGateways/ergw/getLearnedRoutes", "value")]
    [InlineData(
        $"{Network}/virtualNetworkGateways/ergw/getRoutesInformation?api-version=2025-05-01&attemptRefresh=true",
        "routeSets")]
    [InlineData($"{Network}/virtualNetworkGateways/ergw/getResiliencyInformation", "components")]
    [InlineData($"{Peering}/routeTables/primary", "value")]
    [InlineData($"{Peering}/routeTablesSummary/secondary", "value")]
    [InlineData($"{Peering}/arpTables/primary", "value")]
    [InlineData($"{Network}/networkInterfaces/workload-nic/effectiveRouteTable", "value")]
    [InlineData($"{Network}/connections/tunnel-1/sharedkey/reset", "keyLength")]
    public async Task An_action_is_accepted_and_its_result_fetched(string path, string member)
    {
        await _azure.Build(23);
        var body = path.EndsWith("sharedkey/reset", StringComparison.Ordinal) ? """{"keyLength":20}""" : null;

        var accepted = _azure.Send("POST", path, body);

        Assert.Equal(202, accepted.Status);
        Assert.NotNull(accepted.Header("Azure-AsyncOperation"));
        var location = accepted.Header("Location")!["https://management.azure.com".Length..];
        Assert.Equal(202, _azure.Send("GET", location).Status);
        // A reset ends when the standby has taken over.
        await _azure.Pass(TimeSpan.FromMinutes(1));
        var result = _azure.Send("GET", $"{location}&peer=ignored");
        Assert.Equal(200, result.Status);
        Assert.NotNull(result.Body[member]);
    }

    [Theory]
    [InlineData("POST", $"{VpnGateway}/getEffectiveRoutes", 404, "InvalidResourceType",
        "the action came with 2025-09-01")]
    [InlineData("POST", $"{VpnGateway}/getAdvertisedRoutes", 400, "InvalidRequestFormat", "the peer must be named")]
    [InlineData("POST", $"{VpnGateway}/getRoutesInformation", 400,
        "VirtualNetworkGatewayTypeNotSupportedForConnectionType", "for ExpressRoute only")]
    [InlineData("POST", $"{VpnGateway}/reset?api-version=2025-05-01&gatewayVip=203.0.113.1", 400,
        "VirtualNetworkGatewayVipInvalid", "no instance has that address")]
    [InlineData("GET", $"{VpnGateway}/getLearnedRoutes", 405, "HttpMethodNotSupported", "actions are posted")]
    [InlineData("POST", $"{Peering}/routeTables/tertiary", 404, "InvalidResourceType", "there are two paths")]
    public async Task An_action_can_be_refused(string method, string path, int status, string code, string reason)
    {
        await _azure.Build(23);

        var reply = _azure.Send(method, path);

        Assert.True((reply.Status, reply.Code) == (status, code), $"{reason}: {reply.Status} {reply.Body}");
    }

    [Fact]
    public async Task A_gateway_that_is_not_up_yet_tells_nothing()
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        _azure.Send("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway);

        Assert.Equal("ReferencedResourceNotProvisioned",
            _azure.Send("POST", $"{Network}/virtualNetworkGateways/ergw/getLearnedRoutes").Code);
    }

    [Fact]
    public async Task A_connection_can_be_reset_and_asked_for_its_security_associations()
    {
        await _azure.Build(23);

        Assert.Equal(200, (await _azure.Do("POST", $"{Network}/connections/tunnel-1/resetconnection")).Status);
        Assert.Equal("[]",
            (await _azure.Do("POST", $"{Network}/connections/tunnel-1/getikesas")).Body.GetValue<string>());
    }

    [Fact]
    public async Task User_defined_routes_win_over_the_services_own_at_a_nic()
    {
        await _azure.Must("PUT", $"{Network}/routeTables/udr", """
            {"location":"australiaeast","properties":{"routes":[
             {"name":"to-aws","properties":{"addressPrefix":"10.0.0.0/8","nextHopType":"VirtualNetworkGateway"}}]}}
            """);
        await _azure.Must("PUT", $"{Network}/virtualNetworks/vnet-app/subnets/workload", $$$$"""
            {"properties":{"addressPrefix":"10.2.1.0/24","routeTable":{"id":"{{{{Network}}}}/routeTables/udr"}}}
            """);

        var rows = (await _azure.Do("POST", $"{Network}/networkInterfaces/workload-nic/effectiveRouteTable"))
            .Body["value"]!.AsArray()
            .Select(row => $"{row!["addressPrefix"]![0]} {row["source"]} {row["state"]} {row["nextHopType"]}").ToList();

        Assert.Contains("10.0.0.0/8 User Active VirtualNetworkGateway", rows);
        Assert.Contains("10.0.0.0/8 Default Invalid None", rows);
        Assert.Contains("10.2.0.0/16 Default Active VnetLocal", rows);
        Assert.Equal([new AzureRoute("to-aws", Core.Prefix.Parse("10.0.0.0/8"), "VirtualNetworkGateway", null)],
            _azure.World.Azure.ReadVnets()[0].Subnets.Single(subnet => subnet.Name == "workload").Routes);
        Assert.Equal("RouteTableInUse", _azure.Send("DELETE", $"{Network}/routeTables/udr").Code);
    }

    [Theory]
    [InlineData("/tenants", "tenantId")]
    [InlineData("/subscriptions", "subscriptionId")]
    [InlineData($"/subscriptions/{Subscription}/locations", "displayName")]
    [InlineData($"/subscriptions/{Subscription}/providers", "registrationState")]
    [InlineData($"/subscriptions/{Subscription}/resourcegroups", "location")]
    [InlineData($"/subscriptions/{Subscription}/resources", "type")]
    [InlineData(
        $"{Group}/resources?api-version=2021-04-01&$filter=resourceType%20eq%20'Microsoft.Network/virtualNetworks'",
        "type")]
    [InlineData($"/subscriptions/{Subscription}/providers/Microsoft.Network/expressRouteServiceProviders",
        "properties")]
    [InlineData($"/subscriptions/{Subscription}/providers/Microsoft.Network/virtualNetworks", "etag")]
    [InlineData($"{Network}/virtualNetworks/vnet-app/subnets", "etag")]
    public void Lists_answer_with_values(string path, string member) =>
        Assert.NotNull(_azure.Send("GET", path).Body["value"]![0]![member]);

    [Fact]
    public async Task The_statistics_of_a_circuit_that_is_not_connected_are_zero()
    {
        await _azure.Build(9);

        Assert.Equal(0, _azure.Send("GET", $"{Peering}/stats").Body["primarybytesIn"]!.GetValue<int>());
        Assert.Equal(0,
            _azure.Send("GET", $"{Network}/expressRouteCircuits/er1/stats").Body["primarybytesOut"]!.GetValue<int>());
    }
}

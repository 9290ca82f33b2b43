using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>What keeps an object from being deleted, and the order that works.</summary>
public sealed class DeletionTests
{
    private readonly AzureSandbox _azure = new();

    [Theory]
    [InlineData(GatewaySubnet, "InUseSubnetCannotBeDeleted")]
    [InlineData($"{Network}/virtualNetworks/vnet-app", "InUseSubnetCannotBeDeleted")]
    [InlineData($"{Network}/publicIPAddresses/pip", "PublicIPAddressCannotBeDeleted")]
    [InlineData(VpnGateway, "VirtualNetworkGatewayCannotBeDeleted")]
    [InlineData($"{Network}/virtualNetworkGateways/ergw", "VirtualNetworkGatewayCannotBeDeleted")]
    [InlineData($"{Network}/localNetworkGateways/lng-1", "LocalNetworkGatewayInUse")]
    [InlineData($"{Network}/expressRouteCircuits/er1", "ExpressRouteCircuitInUse")]
    [InlineData($"{Network}/expressRouteCircuits/er1/peerings/AzurePrivatePeering", "ExpressRouteCircuitPeeringInUse")]
    public async Task What_is_in_use_stays(string path, string code)
    {
        await _azure.Build(23);

        var reply = _azure.Send("DELETE", path);

        Assert.Equal((400, code), (reply.Status, reply.Code));
        Assert.Equal("Succeeded", _azure.Send("GET", path).State);
    }

    [Fact]
    public async Task A_vnet_put_that_forgets_a_subnet_in_use_is_refused()
    {
        await _azure.Build(11);

        Assert.Equal("InUseSubnetCannotBeDeleted", _azure.Send("PUT", $"{Network}/virtualNetworks/vnet-app", """
            {"location":"australiaeast","properties":{"addressSpace":{"addressPrefixes":["10.2.0.0/16"]},
             "subnets":[{"name":"workload","properties":{"addressPrefix":"10.2.1.0/24"}}]}}
            """).Code);
    }

    [Fact]
    public async Task A_circuit_goes_only_after_its_provider_let_it_go()
    {
        const string path = $"{Network}/expressRouteCircuits/er1";
        await _azure.Must("PUT", path, Bodies.Circuit);
        _azure.ProvisionCircuit();

        var failed = await _azure.Do("DELETE", path);

        Assert.Equal(("Failed", "ConflictError"), (failed.Body["status"]!.GetValue<string>(), failed.Code));
        Assert.Equal("Succeeded", _azure.Send("GET", path).State);
        await _azure.Must("DELETE", $"{path}/peerings/AzurePrivatePeering");
        var key = _azure.World.Azure.ReadCircuits()[0].ServiceKey!;
        Assert.False(_azure.World.Azure.HasPrivatePeering(key));
        _azure.World.Azure.SetProviderState(_azure.World, key, "NotProvisioned");
        await _azure.Must("DELETE", path);
        Assert.Equal(404, _azure.Send("GET", path).Status);
    }

    [Fact]
    public async Task In_the_right_order_everything_goes_and_the_world_is_as_before()
    {
        var before = Ids();
        await _azure.Build(23);
        var key = _azure.World.Azure.ReadCircuits()[0].ServiceKey!;

        foreach (var path in new[]
        {
            "connections/tunnel-1", "connections/tunnel-2", "localNetworkGateways/lng-1", "localNetworkGateways/lng-2",
            "virtualNetworkGateways/vpngw", "publicIPAddresses/pip", "connections/er1-conn",
            "virtualNetworkGateways/ergw",
            "expressRouteCircuits/er1/peerings/AzurePrivatePeering", "virtualNetworks/vnet-app/subnets/GatewaySubnet",
        })
        {
            await _azure.Must("DELETE", $"{Network}/{path}");
        }
        _azure.World.Azure.SetProviderState(_azure.World, key, "NotProvisioned");
        await _azure.Must("DELETE", $"{Network}/expressRouteCircuits/er1");

        Assert.Equal(before, Ids());
        string[] Ids() => [.. _azure.World.Azure.Resources.Select(resource => resource.Id)];
    }

    [Fact]
    public async Task References_of_a_deleted_gateway_can_linger()
    {
        await _azure.Build(15);
        _azure.World.Azure.Lags = new() { ReferencesOfDeletedGateways = TimeSpan.FromSeconds(45) };
        await _azure.Must("DELETE", VpnGateway);

        Assert.Equal("PublicIPAddressCannotBeDeleted", _azure.Send("DELETE", $"{Network}/publicIPAddresses/pip").Code);
        await _azure.Pass(TimeSpan.FromSeconds(46));
        Assert.Equal(202, _azure.Send("DELETE", $"{Network}/publicIPAddresses/pip").Status);
    }

    [Fact]
    public async Task A_new_circuit_can_hide_for_a_while()
    {
        _azure.World.Azure.Lags = new() { NewCircuits = TimeSpan.FromSeconds(60) };
        await _azure.Must("PUT", $"{Network}/expressRouteCircuits/er1", Bodies.Circuit);

        Assert.Equal("ResourceNotFound", _azure.Send("GET", $"{Network}/expressRouteCircuits/er1").Code);
        await _azure.Pass(TimeSpan.FromSeconds(61));
        Assert.Equal(200, _azure.Send("GET", $"{Network}/expressRouteCircuits/er1").Status);
    }

    [Fact]
    public async Task A_resource_group_takes_all_with_it_but_a_circuit_that_is_provisioned()
    {
        await _azure.Build(9);
        var group = Group.Replace("rg-sydney", "RG-Sydney", StringComparison.Ordinal);

        Assert.Equal("ConflictError", (await _azure.Do("DELETE", group)).Code);
        Assert.Equal(204, _azure.Send("HEAD", group).Status);
        _azure.World.Azure.SetProviderState(_azure.World, _azure.World.Azure.ReadCircuits()[0].ServiceKey!,
            "NotProvisioned");
        var deleting = _azure.Send("DELETE", group);
        Assert.Equal((202, "ResourceGroupBeingDeleted"),
            (deleting.Status, _azure.Send("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp).Code));
        await _azure.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(404, _azure.Send("HEAD", group).Status);
        Assert.Empty(_azure.World.Azure.Resources);
    }
}

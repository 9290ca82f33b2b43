using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>A gateway on a circuit of another subscription: what its owner authorizes, and what is refused.</summary>
public sealed class AuthorizationTests
{
    private const string Other = "0e0e0e0e-0000-4000-8000-0000000000aa";
    private const string Circuit = $"{Network}/expressRouteCircuits/er1";

    /// <summary>Of the gateways' subscription: the circuit is the other one's.</summary>
    private static string Theirs(string circuit) => circuit.Replace(Subscription, Other, StringComparison.Ordinal);

    private readonly AzureSandbox _azure = new();

    private async Task Stand()
    {
        _azure.World.Azure.OtherSubscriptions.Add(Other);
        await _azure.Must("PUT", Theirs(Group), """{"location":"australiaeast"}""");
        foreach (var name in new[] { "er1", "er2" })
        {
            await _azure.Must("PUT", Theirs($"{Network}/expressRouteCircuits/{name}"), Bodies.Circuit);
        }
        _azure.ProvisionCircuit();
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        await _azure.Must("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway);
    }

    private static string Body(string? key) => Bodies.ExpressRouteConnection
        .Replace(Circuit, Theirs(Circuit), StringComparison.Ordinal)
        .Replace("\"routingWeight\"", key is null ? "\"routingWeight\"" : $"\"authorizationKey\":\"{key}\","
            + "\"routingWeight\"", StringComparison.Ordinal);

    private async Task<string> Key(string circuit, string name)
    {
        var path = $"{Theirs($"{Network}/expressRouteCircuits/{circuit}")}/authorizations/{name}";
        await _azure.Must("PUT", path, """{"properties":{}}""");
        var shown = _azure.Send("GET", path).Properties!;
        Assert.Equal("Available", (string?)shown["authorizationUseStatus"]);
        Assert.Null(shown["connectionResourceUri"]);
        return (string)shown["authorizationKey"]!;
    }

    [Fact]
    public async Task Each_authorization_is_for_one_connection_of_one_circuit()
    {
        await Stand();
        var (one, other) = (await Key("er1", "one"), await Key("er2", "other"));
        const string connection = $"{Network}/connections/er1-conn";
        Assert.Equal("ExpressRouteAuthorizationKeyRequired", _azure.Send("PUT", connection, Body(null)).Code);
        Assert.Equal("ExpressRouteAuthorizationKeyInvalid", _azure.Send("PUT", connection, Body(other)).Code);
        Assert.Equal("ExpressRouteAuthorizationKeyInvalid",
            _azure.Send("PUT", connection, Body("0a0a0a0a-0000-4000-8000-0000000000bb")).Code);
        await _azure.Must("PUT", connection, Body(one));
        Assert.Equal(new string('*', one.Length),
            (string?)_azure.Send("GET", connection).Properties!["authorizationKey"]);
        var shown = _azure.Send("GET", $"{Theirs(Circuit)}/authorizations/one").Properties!;
        Assert.Equal(("InUse", connection),
            ((string?)shown["authorizationUseStatus"], (string?)shown["connectionResourceUri"]));
        // The same connection may be written again, with its key and not with what is shown of it.
        await _azure.Must("PUT", connection, Body(one));
        Assert.Equal("ExpressRouteAuthorizationKeyInvalid",
            _azure.Send("PUT", connection, Body(new string('*', one.Length))).Code);
        Assert.Equal("ExpressRouteAuthorizationKeyAlreadyRedeemed",
            _azure.Send("PUT", $"{connection}-2", Body(one)).Code);
        // Also where the connection is gone.
        await _azure.Must("DELETE", connection);
        Assert.Equal("ExpressRouteAuthorizationKeyAlreadyRedeemed", _azure.Send("PUT", connection, Body(one)).Code);
    }

    /// <summary>What was redeemed is taken back with it.</summary>
    [Fact]
    public async Task A_withdrawn_authorization_takes_its_connection_along()
    {
        await Stand();
        const string connection = $"{Network}/connections/er1-conn";
        await _azure.Must("PUT", connection, Body(await Key("er1", "one")));
        await _azure.Must("DELETE", $"{Theirs(Circuit)}/authorizations/one");
        Assert.Equal(404, _azure.Send("GET", connection).Status);
    }

    /// <summary>In its own subscription a circuit needs none; roles are each subscription's own.</summary>
    [Fact]
    public async Task Whoever_redeems_joins_without_a_right_on_the_circuit()
    {
        await Stand();
        var key = await Key("er1", "one");
        _azure.World.Azure.RolesElsewhere[Other] = [];
        Assert.Equal("AuthorizationFailed", _azure.Send("GET", Theirs(Circuit)).Code);
        Assert.Equal(200, _azure.Send("GET", $"{Network}/virtualNetworkGateways/ergw").Status);
        Assert.Equal("LinkedAuthorizationFailed",
            _azure.Send("PUT", $"{Network}/connections/er1-conn", Body(null)).Code);
        await _azure.Must("PUT", $"{Network}/connections/er1-conn", Body(key));
    }

    /// <summary>A gateway can be in another group than its VNet, and not in another subscription.</summary>
    [Fact]
    public async Task A_gateway_stands_in_no_subnet_of_another_subscription()
    {
        await Stand();
        await _azure.Must("PUT", Theirs($"{Network}/virtualNetworks/vnet-app"),
            """{"location":"australiaeast","properties":{"addressSpace":{"addressPrefixes":["10.9.0.0/16"]}}}""");
        await _azure.Must("PUT", Theirs(GatewaySubnet), """{"properties":{"addressPrefix":"10.9.0.0/24"}}""");
        Assert.Equal("InvalidResourceReference", _azure.Send("PUT", $"{Network}/virtualNetworkGateways/ergw-2",
            Bodies.ExpressRouteGateway.Replace(GatewaySubnet, Theirs(GatewaySubnet), StringComparison.Ordinal)).Code);
        await _azure.Must("DELETE", $"{Network}/virtualNetworkGateways/ergw");
        await _azure.Must("PUT", $"{Group}-2", """{"location":"australiaeast"}""");
        await _azure.Must("PUT", $"{Group}-2/providers/Microsoft.Network/virtualNetworkGateways/ergw",
            Bodies.ExpressRouteGateway);
    }
}

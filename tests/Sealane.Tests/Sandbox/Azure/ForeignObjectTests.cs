using Sealane.Core;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>What other teams have beside the link in Azure: made by ARM's own calls and read back from both
/// ends.</summary>
public sealed class ForeignObjectTests
{
    private const string Vnets = $"{AzureSandbox.Network}/virtualNetworks";
    private const string Subnet = $"{Vnets}/vnet-app/subnets/workload";
    private readonly AzureSandbox _azure = new();

    [Fact]
    public async Task A_security_group_shows_its_rules_the_services_own_and_where_it_is_used()
    {
        const string Group = $"{AzureSandbox.Network}/networkSecurityGroups/nsg";
        await _azure.Must("PUT", Group, """
            {"location":"australiaeast","properties":{"securityRules":[{"name":"no-aws","properties":{"protocol":"*",
             "sourcePortRange":"*","destinationPortRange":"*","sourceAddressPrefix":"10.1.0.0/16",
             "destinationAddressPrefix":"*","access":"Deny","priority":100,"direction":"Inbound"}}]}}
            """);
        await _azure.Must("PUT", Subnet, $$$$$"""
            {"properties":{"addressPrefix":"10.2.1.0/24","networkSecurityGroup":{"id":"{{{{{Group}}}}}"}}}
            """);
        var group = _azure.Send("GET", Group).Body["properties"]!;
        Assert.Equal("Deny", (string?)group["securityRules"]![0]!["properties"]!["access"]);
        Assert.Equal(6, group["defaultSecurityRules"]!.AsArray().Count);
        Assert.Equal(Subnet, (string?)group["subnets"]![0]!["id"]);
        Assert.Equal("InUseNetworkSecurityGroupCannotBeDeleted", (await _azure.Do("DELETE", Group)).Code());
        Assert.Equal("SecurityRuleInvalidPriority", (await _azure.Do("PUT", $"{Group}/securityRules/first",
            """{"properties":{"protocol":"*","access":"Allow","priority":99,"direction":"Inbound"}}""")).Code());
        Assert.Equal("NetworkSecurityGroupCannotBeAttachedToGatewaySubnet", (await _azure.Do("PUT",
            AzureSandbox.GatewaySubnet,
            $$$$$"""{"properties":{"addressPrefix":"10.2.0.0/24","networkSecurityGroup":{"id":"{{{{{Group}}}}}"}}}"""))
                .Code());
    }

    [Fact]
    public async Task A_nat_gateway_is_listed_with_its_subnets()
    {
        const string Gateway = $"{AzureSandbox.Network}/natGateways/nat";
        await _azure.Must("PUT", Gateway, """{"location":"australiaeast","sku":{"name":"Standard"},"properties":{}}""");
        await _azure.Must("PUT", Subnet,
            $$$$$"""{"properties":{"addressPrefix":"10.2.1.0/24","natGateway":{"id":"{{{{{Gateway}}}}}"}}}""");
        Assert.Equal(Subnet, (string?)_azure.Send("GET", Gateway).Body["properties"]!["subnets"]![0]!["id"]);
    }

    [Fact]
    public async Task A_peering_is_read_with_the_flags_and_address_spaces_of_both_ends()
    {
        await _azure.Must("PUT", $"{Vnets}/spoke", """
            {"location":"australiaeast","properties":{"addressSpace":{"addressPrefixes":["10.3.0.0/16"]}}}
            """);
        Assert.Equal("RemoteVnetHasNoGateways", (await _azure.Do("PUT", $"{Vnets}/spoke/virtualNetworkPeerings/to-hub",
            $$$$$"""
            {"properties":{"remoteVirtualNetwork":{"id":"{{{{{Vnets}}}}}/vnet-app"},"useRemoteGateways":true}}
            """)).Code());
        await _azure.Build(14);
        await _azure.Must("PUT", $"{Vnets}/vnet-app/virtualNetworkPeerings/to-spoke", $$$$$"""
            {"properties":{"remoteVirtualNetwork":{"id":"{{{{{Vnets}}}}}/spoke"},"allowVirtualNetworkAccess":true,
             "allowGatewayTransit":true}}
            """);
        Assert.Equal(("Initiated", true, false), Read("vnet-app/virtualNetworkPeerings/to-spoke"));
        await _azure.Must("PUT", $"{Vnets}/spoke/virtualNetworkPeerings/to-hub", $$$$$"""
            {"properties":{"remoteVirtualNetwork":{"id":"{{{{{Vnets}}}}}/vnet-app"},"allowVirtualNetworkAccess":true,
             "useRemoteGateways":true}}
            """);
        Assert.Equal(("Connected", true, false), Read("vnet-app/virtualNetworkPeerings/to-spoke"));
        Assert.Equal(("Connected", false, true), Read("spoke/virtualNetworkPeerings/to-hub"));
        var far = _azure.Send("GET", $"{Vnets}/spoke/virtualNetworkPeerings/to-hub").Body["properties"]!;
        Assert.Equal(("10.3.0.0/16", "10.2.0.0/16"), (
            (string?)far["localAddressSpace"]!["addressPrefixes"]![0],
            (string?)far["remoteVirtualNetworkAddressSpace"]!["addressPrefixes"]![0]));

        (string?, bool, bool) Read(string path)
        {
            var peering = _azure.Send("GET", $"{Vnets}/{path}").Body["properties"]!;
            return ((string?)peering["peeringState"], (bool)peering["allowGatewayTransit"]!,
                (bool)peering["useRemoteGateways"]!);
        }
    }

    [Fact]
    public async Task A_route_server_stands_in_its_subnet_and_lists_its_peers()
    {
        const string Server = $"{AzureSandbox.Network}/virtualHubs/ars";
        await _azure.Must("PUT", $"{Vnets}/vnet-app/subnets/RouteServerSubnet",
            """{"properties":{"addressPrefix":"10.2.7.0/27"}}""");
        await _azure.Must("PUT", Server,
            """{"location":"australiaeast","properties":{"sku":"Standard","allowBranchToBranchTraffic":true}}""");
        Assert.Equal("RouteServerSubnetNameInvalid", (await _azure.Do("PUT", $"{Server}/ipConfigurations/one",
            $$$$$"""{"properties":{"subnet":{"id":"{{{{{Subnet}}}}}"}}}""")).Code());
        await _azure.Must("PUT", $"{Server}/ipConfigurations/one",
            $$$$$"""{"properties":{"subnet":{"id":"{{{{{Vnets}}}}}/vnet-app/subnets/RouteServerSubnet"}}}""");
        await _azure.Must("PUT", $"{Server}/bgpConnections/nva",
            """{"properties":{"peerAsn":65010,"peerIp":"10.2.1.9"}}""");
        var listed = _azure.Send("GET", $"{AzureSandbox.Network}/virtualHubs").Body["value"]![0]!["properties"]!;
        Assert.Equal(("Provisioned", true, "10.2.7.4", 65515), ((string?)listed["routingState"],
            (bool)listed["allowBranchToBranchTraffic"]!, (string?)listed["virtualRouterIps"]![0],
            (int)listed["virtualRouterAsn"]!));
        Assert.Equal($"{Server}/bgpConnections/nva", (string?)listed["bgpConnections"]![0]!["id"]);
        var learned = await _azure.Do("POST", $"{Server}/bgpConnections/nva/learnedRoutes");
        Assert.Empty(learned.Body["RouteServiceRole_IN_0"]!.AsArray());
    }

    [Fact]
    public async Task An_authorization_shows_whether_another_subscription_uses_it()
    {
        await _azure.Build(9);
        const string Path = $"{AzureSandbox.Network}/expressRouteCircuits/er1/authorizations/partner";
        await _azure.Must("PUT", Path, """{"properties":{}}""");
        var authorization = _azure.Send("GET", Path).Body["properties"]!;
        Assert.Equal("Available", (string?)authorization["authorizationUseStatus"]);
        Assert.True(Guid.TryParse((string?)authorization["authorizationKey"], out _));
        CircuitAuthorizations.Redeem(_azure.World, _azure.World.Azure.Find(Path)!, "/subscriptions/other/x");
        var circuit = _azure.Send("GET", $"{AzureSandbox.Network}/expressRouteCircuits/er1").Body["properties"]!;
        Assert.Equal("InUse", (string?)circuit["authorizations"]![0]!["properties"]!["authorizationUseStatus"]);
    }

    [Fact]
    public async Task Global_Reach_is_listed_at_both_ends()
    {
        await _azure.Build(12);
        const string Peering = $"{AzureSandbox.Network}/expressRouteCircuits/er1/peerings/AzurePrivatePeering";
        const string There = "/subscriptions/0e0e0e0e-0000-4000-8000-0000000000aa/resourceGroups/x/providers/"
            + "Microsoft.Network/expressRouteCircuits/er9/peerings/AzurePrivatePeering";
        static string Body(string peer, string prefix, string more) => "{\"properties\":{"
            + $"\"expressRouteCircuitPeering\":{{\"id\":\"{Peering}\"}},"
            + $"\"peerExpressRouteCircuitPeering\":{{\"id\":\"{peer}\"}},\"addressPrefix\":\"{prefix}\"{more}}}}}";
        const string Key = ",\"authorizationKey\":\"0e0e0e0e-0000-4000-8000-0000000000bb\"";
        Assert.Equal(400, (await _azure.Do("PUT", $"{Peering}/connections/x", Body(There, "10.0.8.0/30", Key))).Status);
        Assert.Equal(400, (await _azure.Do("PUT", $"{Peering}/connections/x", Body(There, "10.0.8.0/29", ""))).Status);

        await _azure.Must("PUT", $"{Peering}/connections/x", Body(There, "10.0.8.0/29", Key));

        var shown = Assert.Single(_azure.Send("GET", Peering).Body["properties"]!["connections"]!.AsArray())!;
        Assert.Equal(("x", "Connected", new string('*', 36)), ((string?)shown["name"],
            (string?)shown["properties"]!["circuitConnectionStatus"],
            (string?)shown["properties"]!["authorizationKey"]));
        // The other end, were it here, lists it as a peered connection.
        _azure.World.Azure.Find($"{Peering}/connections/x")!.Properties["peerExpressRouteCircuitPeering"]!["id"] =
            Peering;
        Assert.Single(_azure.Send("GET", Peering).Body["properties"]!["peeredConnections"]!.AsArray());
    }

    /// <summary>Megaport is shown the private peering alone, whatever else the circuit has.</summary>
    [Fact]
    public async Task Microsoft_peering_stands_beside_the_private_one()
    {
        await _azure.Build(9);
        await _azure.Must("PUT", $"{AzureSandbox.Network}/expressRouteCircuits/er1/peerings/MicrosoftPeering", """
            {"properties":{"peeringType":"MicrosoftPeering","peerASN":65020,"primaryPeerAddressPrefix":"203.0.113.0/30",
             "secondaryPeerAddressPrefix":"203.0.113.4/30","vlanId":200,
             "microsoftPeeringConfig":{"advertisedPublicPrefixes":["198.51.100.0/24"]}}}
            """);
        var circuit = _azure.World.Azure.ReadCircuits()[0];
        Assert.Equal(133937, circuit.PrivatePeering!.PeerAsn);
        Assert.Equal(133937, Assert.Single(_azure.World.Azure.FindCircuit(circuit.ServiceKey!)!.Peerings).PeerAsn);
        Assert.Equal(["AzurePrivatePeering", "MicrosoftPeering"],
            _azure.Send("GET", $"{AzureSandbox.Network}/expressRouteCircuits/er1/peerings").Body["value"]!.AsArray()
                .Select(peering => (string)peering!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_branch_with_static_prefixes_is_a_connection_of_the_same_gateway()
    {
        await _azure.Build(15);
        await _azure.Must("PUT", $"{AzureSandbox.Network}/localNetworkGateways/branch", """
            {"location":"australiaeast","properties":{"gatewayIpAddress":"203.0.113.77",
             "localNetworkAddressSpace":{"addressPrefixes":["10.1.1.0/24"]}}}
            """);
        await _azure.Must("PUT", $"{AzureSandbox.Network}/connections/branch", $$$$$"""
            {"location":"australiaeast","properties":{"connectionType":"IPsec","sharedKey":"another.key",
             "virtualNetworkGateway1":{"id":"{{{{{AzureSandbox.VpnGateway}}}}}","properties":{}},
             "localNetworkGateway2":{"id":"{{{{{AzureSandbox.Network}}}}}/localNetworkGateways/branch","properties":{}}}}
            """);
        var connections = _azure.Send("GET", $"{AzureSandbox.VpnGateway}/connections").Body["value"]!.AsArray();
        Assert.Equal("branch", (string?)Assert.Single(connections)!["name"]);
        Assert.Equal([Prefix.Parse("10.1.1.0/24")],
            _azure.World.Azure.ReadConnections()
                .Single(connection => connection.LocalGateway?.AddressSpace.Count > 0).LocalGateway!.AddressSpace);
    }
}

file static class Answers
{
    public static string? Code(this Reply reply) => (string?)reply.Body["error"]?["code"];
}

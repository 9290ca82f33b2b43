using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>What others make around the link's VNet.</summary>
internal static class AzureChanges
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> All { get; } =
    [
        ("a route table on a subnet", RouteTable),
        ("a peered VNet", PeeredVnet),
        ("a branch on the VPN gateway", Branch),
        ("a Route Server", RouteServer),
        ("a summary of the gateways' prefixes", Summary),
        ("another VNet on the circuit", OtherVnetOnCircuit),
        ("a second address space of the VNet", SecondSpace),
        ("a gateway of another subscription on the circuit", OtherSubscription),
        ("a circuit joined by Global Reach", GlobalReach),
    ];

    private const string Elsewhere =
        "/subscriptions/0e0e0e0e-0000-4000-8000-0000000000aa/resourceGroups/other/providers/Microsoft.Network";

    private static ArmResource Vnet(Hand hand) => hand.World.Azure("virtualNetworks", "vnet-app");

    private static string Provider(Hand hand) => Vnet(hand).Id[..(Vnet(hand).Id.IndexOf("Microsoft.Network",
        StringComparison.Ordinal) + "Microsoft.Network".Length)];

    private static JsonObject Text(string json) => JsonNode.Parse(json.Replace('\'', '"'))!.AsObject();

    private static void RouteTable(Hand hand, Dice dice)
    {
        var id = $"{Provider(hand)}/routeTables/rt-{dice.Tag()}";
        var type = dice.One(["None", "VirtualAppliance", "VirtualNetworkGateway", "Internet", "VnetLocal"]);
        var hop = type == "VirtualAppliance" ? ",'nextHopIpAddress':'10.9.9.9'" : "";
        var route = dice.Chance(0.8) ? $"{{'name':'one','properties':{{'addressPrefix':'{dice.One(["10.1.0.0/16",
            "10.1.5.0/24", "0.0.0.0/0", "10.77.0.0/16", "10.2.1.0/24"])}','nextHopType':'{type}'{hop}}}}}" : "";
        var off = dice.Chance(0.2) ? "true" : "false";
        if (hand.Put(id, Text($"{{'location':'{Vnet(hand).Location}','properties':{{'disableBgpRoutePropagation':{off},"
            + $"'routes':[{route}]}}}}")))
        {
            var name = dice.Chance(0.8) ? "workload" : "GatewaySubnet";
            hand.World.Azure("subnets", name).Body["properties"]!["routeTable"] = new JsonObject { ["id"] = id };
            hand.World.Touch();
        }
    }

    private static void PeeredVnet(Hand hand, Dice dice)
    {
        var id = $"{Provider(hand)}/virtualNetworks/vnet-{dice.Tag()}";
        var cidr = dice.One(["10.3.0.0/16", "10.77.0.0/16", "10.1.0.0/17", "10.1.5.0/24"]);
        var transit = dice.Chance(0.5) ? "true" : "false";
        if (hand.Put(id, Text($"{{'location':'{Vnet(hand).Location}','properties':{{'addressSpace':{{'addressPrefixes':"
                + $"['{cidr}']}}}}}}"))
            && Peer(Vnet(hand).Id, id, $"'allowGatewayTransit':{transit}"))
        {
            Peer(id, Vnet(hand).Id, $"'useRemoteGateways':{transit}");
        }

        bool Peer(string from, string to, string flag) => hand.Put(
            $"{from}/virtualNetworkPeerings/to-{to.Split('/')[^1]}",
            Text($"{{'properties':{{'allowVirtualNetworkAccess':true,{flag},"
                + $"'remoteVirtualNetwork':{{'id':'{to}'}}}}}}"));
    }

    private static void Branch(Hand hand, Dice dice)
    {
        var local = $"{Provider(hand)}/localNetworkGateways/lng-{dice.Tag()}";
        var gateway = hand.World.Azure.Resources.First(one => one.Name == "sydney-vpngw").Id;
        if (hand.Put(local, Text($"{{'location':'{Vnet(hand).Location}','properties':{{'gatewayIpAddress':'203.0.113."
            + $"{dice.Next(1, 250)}','localNetworkAddressSpace':{{'addressPrefixes':['{dice.One(["10.99.0.0/16",
                "10.1.1.0/24", "10.1.0.0/16", "10.0.0.0/8"])}']}}}}}}")))
        {
            var selectors = dice.Chance(0.3) ? ",'usePolicyBasedTrafficSelectors':true,'trafficSelectorPolicies':["
                + "{'localAddressRanges':['10.2.0.0/16'],'remoteAddressRanges':['10.99.0.0/16']}]" : "";
            hand.Put($"{Provider(hand)}/connections/branch-{dice.Tag()}", Text($"{{'location':'{Vnet(hand).Location}',"
                + $"'properties':{{'connectionType':'IPsec','virtualNetworkGateway1':{{'id':'{gateway}'}},"
                + $"'localNetworkGateway2':{{'id':'{local}'}},'sharedKey':'branchkey0123456789'{selectors}}}}}"));
        }
    }

    private static void RouteServer(Hand hand, Dice dice)
    {
        var subnet = $"{Vnet(hand).Id}/subnets/RouteServerSubnet";
        var server = $"{Provider(hand)}/virtualHubs/rs-{dice.Tag()}";
        var address = $"{Provider(hand)}/publicIPAddresses/pip-{dice.Tag()}";
        var branch = dice.Chance(0.5) ? "true" : "false";
        if (hand.Put(subnet, Text("{'properties':{'addressPrefix':'10.2.250.0/26'}}"))
            && hand.Put(address, Text($"{{'location':'{Vnet(hand).Location}','sku':{{'name':'Standard'}},"
                + "'properties':{'publicIPAllocationMethod':'Static'}}"))
            && hand.Put(server, Text($"{{'location':'{Vnet(hand).Location}','properties':{{'sku':'Standard',"
                + $"'allowBranchToBranchTraffic':{branch}}}}}"))
            && hand.Put($"{server}/ipConfigurations/one", Text($"{{'properties':{{'subnet':{{'id':'{subnet}'}},"
                + $"'publicIPAddress':{{'id':'{address}'}}}}}}"))
            && dice.Chance(0.5))
        {
            hand.Put($"{server}/bgpConnections/nva",
                Text("{'properties':{'peerAsn':65100,'peerIp':'10.2.1.77'}}"));
        }
    }

    private static void Summary(Hand hand, Dice dice)
    {
        Vnet(hand).Properties["summarizedGatewayPrefixes"] = Text(
            $"{{'addressPrefixes':['{dice.One(["10.2.0.0/15", "10.0.0.0/8", "10.2.0.0/24"])}']}}");
        hand.World.Touch();
    }

    private static void SecondSpace(Hand hand, Dice dice)
    {
        Vnet(hand).Properties["addressSpace"]!["addressPrefixes"]!.AsArray()
            .Add(dice.One(["10.66.0.0/16", "10.67.0.0/24"]));
        hand.World.Touch();
    }

    // The owner of the circuit gives an authorization; what redeems it is in nobody's sight here.
    private static void OtherSubscription(Hand hand, Dice dice)
    {
        var id = $"{hand.World.Azure.ReadCircuits()[0].Id}/authorizations/auth-{dice.Tag()}";
        if (hand.Put(id, Text("{'properties':{}}")) && dice.Chance(0.8))
        {
            CircuitAuthorizations.Redeem(hand.World, hand.World.Azure.Find(id)!,
                $"{Elsewhere}/connections/conn-{dice.Tag()}",
                Enumerable.Range(0, dice.Next(1, 3)).Select(_ => dice.Prefix()));
        }
    }

    // Its /29 lies apart from the links' own: Azure asks for one that is used nowhere else.
    private static void GlobalReach(Hand hand, Dice dice)
    {
        var peering = $"{hand.World.Azure.ReadCircuits()[0].Id}/peerings/AzurePrivatePeering";
        var id = $"{peering}/connections/reach-{dice.Tag()}";
        if (!hand.Put(id, Text($"{{'properties':{{'expressRouteCircuitPeering':{{'id':'{peering}'}},"
            + $"'peerExpressRouteCircuitPeering':{{'id':'{Elsewhere}/expressRouteCircuits/cir-{dice.Tag()}/peerings/"
            + $"AzurePrivatePeering'}},'addressPrefix':'192.168.{dice.Next(200, 250)}.0/29',"
            + "'authorizationKey':'0a0a0a0a-0000-4000-8000-0000000000bb'}}")))
        {
            return;
        }
        for (var routes = dice.Next(0, 3); routes > 0; routes--)
        {
            CircuitConnections.Announce(hand.World, hand.World.Azure.Find(id)!, dice.Prefix(),
                dice.One<long[]>([[65020], [65020, 65021], [12076, 65020], [hand.World.Megaport.Mcrs[0].Asn]]));
        }
    }

    private static void OtherVnetOnCircuit(Hand hand, Dice dice) =>
        ConnectedVnet(hand, dice.One(["10.5.0.0/16", "10.1.0.0/16", "10.1.5.0/24"]), $"{dice.Tag()}", circuit: null);

    /// <summary>A VNet of another team with a gateway of its own on a circuit; null: on the link's.</summary>
    public static void ConnectedVnet(Hand hand, string prefix, string tag, string? circuit)
    {
        // Its gateway took half an hour to come; what counts is that it stands.
        var name = $"vnet-{tag}";
        var own = hand.World.Azure.Resources.First(one => one.Name == "sydney-ergw");
        var id = $"{Provider(hand)}/virtualNetworks/{name}";
        if (!hand.Put(id, Text($"{{'location':'{Vnet(hand).Location}','properties':{{'addressSpace':{{"
            + $"'addressPrefixes':['{prefix}']}}}}}}")))
        {
            return;
        }
        var connection = hand.World.Azure.Resources.First(one => one.Type.EndsWith("/connections",
            StringComparison.OrdinalIgnoreCase) && one.Properties["peer"] is not null);
        var gateway = AzureNeighbours.Copy(own, $"ergw-{name}");
        gateway.Body["properties"]!["ipConfigurations"]![0]!["properties"]!["subnet"]!["id"] =
            $"{id}/subnets/GatewaySubnet";
        var joined = AzureNeighbours.Copy(connection, $"conn-{name}");
        joined.Body["properties"]!["virtualNetworkGateway1"] = new JsonObject { ["id"] = gateway.Id };
        if (circuit is not null)
        {
            joined.Body["properties"]!["peer"] = new JsonObject { ["id"] = circuit };
        }
        hand.World.Azure.Resources.AddRange([gateway, joined]);
        hand.World.Touch();
    }
}

using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>What others order and set at Megaport, as their hands leave it.</summary>
internal static class MegaportChanges
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> All { get; } =
    [
        ("a VXC on the second path", (hand, dice) => Once(hand, "second-path", () =>
        {
            hand.World.SecondPath(hand.World.Megaport.Mcrs[0].Id);
            if (dice.Chance(0.5))
            {
                Alike(hand, "second-path", hand.World.AzureVxc());
            }
        })),
        ("a second hosted connection on the same gateway", (hand, dice) => Once(hand, "other-aws", () =>
        {
            hand.World.SecondAwsSide(hand.World.Megaport.Mcrs[0].Id, hand.World.Aws.DxGateways[0].Id);
            if (dice.Chance(0.5))
            {
                Alike(hand, "other-aws", hand.World.AwsVxc());
            }
        })),
        ("a second way of another team", (hand, _) => Once(hand, "second-path",
            () => Once(hand, "other-aws", hand.World.SecondWay))),
        ("a filter list taken off a session", Unfiltered),
        ("a static route on the MCR", StaticRoute),
        ("a private virtual interface on a virtual private gateway", PrivateInterface),
        ("IPv6 on the way and at both ends", Ipv6),
        ("another circuit on the MCR", AnotherCircuit),
    ];

    // The way past every transit gateway: hosted connection, private VIF, virtual private gateway, subnet tables.
    private static void PrivateInterface(Hand hand, Dice dice) => Once(hand, "other-aws", () =>
    {
        var vpc = hand.World.Aws.Vpcs[0].Id;
        var gateway = hand.World.Aws.VpnGateways.Find(one => one.IsAttached && one.VpcId == vpc)?.Id;
        if (gateway is null && hand.Ec2("CreateVpnGateway", "Type=ipsec.1", "vpnGateway/vpnGatewayId") is { } made)
        {
            hand.Pass(10);
            hand.Ec2("AttachVpnGateway", $"VpnGatewayId={gateway = made}&VpcId={vpc}", "attachment/state");
            hand.Pass(30);
        }
        if (hand.World.Aws.VpnGateways.Find(one => one.Id == gateway) is { IsAttached: true } standing)
        {
            hand.World.SecondAwsSide(
                hand.World.Megaport.Mcrs[0].Id, null, standing, behindDxGateway: dice.Chance(0.6));
            if (dice.Chance(0.7))
            {
                var table = dice.One([.. hand.World.Aws.VpcRouteTables.Where(one => one.VpcId == vpc)]).Id;
                hand.Ec2("EnableVgwRoutePropagation", $"GatewayId={standing.Id}&RouteTableId={table}");
            }
        }
    });

    private static void Once(Hand hand, string vxc, Action order)
    {
        if (!hand.World.Megaport.Vxcs.Exists(one => one.Name == vxc))
        {
            order();
            hand.World.Touch();
            hand.Pass(30);
        }
    }

    // As careful as the link itself: the same lists on the new session.
    private static void Alike(Hand hand, string name, Vxc own)
    {
        var (port, model) = (hand.World.Megaport.Vxcs.First(one => one.Name == name).Interfaces[0],
            own.Interfaces[0].BgpConnections[0]);
        port.BgpConnections =
        [
            .. port.BgpConnections.Select(session => session with
            {
                ImportWhitelist = model.ImportWhitelist,
                ExportWhitelist = model.ExportWhitelist,
            }),
        ];
    }

    private static void Unfiltered(Hand hand, Dice dice)
    {
        var import = dice.Chance(0.5);
        SessionChanges.One(hand, dice, session => import ? session with { ImportWhitelist = null }
            : session with { ExportWhitelist = null });
    }

    private static void StaticRoute(Hand hand, Dice dice)
    {
        var port = SessionChanges.Port(hand, dice);
        var prefix = Prefix.Parse(dice.One(["10.1.0.0/16", "10.2.0.0/16", "10.1.5.0/24", "10.77.0.0/16"]));
        port.Routes = [.. port.Routes, new(prefix, port.BgpConnections[0].PeerAddress, null)];
        hand.World.Touch();
    }

    // Three of the four are no way: a hole it is only where all are there.
    private static void Ipv6(Hand hand, Dice dice)
    {
        if (dice.Chance(0.85))
        {
            hand.Ec2("AssociateVpcCidrBlock",
                $"VpcId={hand.World.Aws.Vpcs[0].Id}&AmazonProvidedIpv6CidrBlock=true", "vpcId");
        }
        if (dice.Chance(0.85))
        {
            hand.World.Azure("virtualNetworks", "vnet-app").Properties["addressSpace"]!["addressPrefixes"]!.AsArray()
                .Add("fd00:db8:2::/48");
        }
        if (dice.Chance(0.85))
        {
            hand.Dx("CreateBGPPeer", $"{{'virtualInterfaceId':'{hand.World.Aws.Vifs[0].Id}',"
                + "'newBGPPeer':{'asn':133937,'addressFamily':'ipv6'}}");
        }
        if (dice.Chance(0.85))
        {
            var peering = hand.World.Azure.Find(
                $"{hand.World.Azure.ReadCircuits()[0].Id}/peerings/AzurePrivatePeering")!;
            peering.Properties["ipv6PeeringConfig"] = JsonNode.Parse("""
                {"primaryPeerAddressPrefix": "fd00:db8:1::/126", "secondaryPeerAddressPrefix": "fd00:db8:1::4/126"}
                """);
        }
        hand.World.Touch();
        hand.Pass(30);
    }

    // Their circuit with their VNet on the link's router: what it announces meets the link's sessions.
    private static void AnotherCircuit(Hand hand, Dice dice) => Once(hand, "another-circuit", () =>
    {
        var (world, own) = (hand.World, hand.World.AzureVxc());
        var first = world.Azure.ReadCircuits()[0].Id;
        var key = world.Uuid("another-circuit");
        var circuit = AzureNeighbours.Copy(world.Azure.Find(first)!, "another-circuit");
        (circuit.Facts["serviceKey"], circuit.Facts["stag"]) = (key, 77);
        var peering = AzureNeighbours.Copy(world.Azure.Find($"{first}/peerings/AzurePrivatePeering")!,
            "AzurePrivatePeering", under: circuit);
        peering.Properties["primaryPeerAddressPrefix"] = "192.168.40.0/30";
        peering.Properties["secondaryPeerAddressPrefix"] = "192.168.40.4/30";
        world.Azure.Resources.AddRange([circuit, peering]);
        AzureChanges.ConnectedVnet(
            hand, dice.One(["10.5.0.0/16", "10.1.0.0/16", "10.1.5.0/24"]), $"{dice.Tag()}", circuit.Id);
        world.OtherCircuit(key, Prefix.Parse("192.168.40.0/30"), Prefix.Parse("192.168.40.4/30"));
        if (dice.Chance(0.4))
        {
            Alike(hand, "another-circuit", own);
        }
    });
}

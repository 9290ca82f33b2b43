using Sealane.Sandbox.Aws;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>What others make in the link's VPC.</summary>
internal static class VpcChanges
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> All { get; } =
    [
        ("a virtual private gateway with a VPN", VpnGateway),
        ("a peering of the VPC", Peering),
        ("a subnet with a route table of its own", OwnTable),
        ("a NAT gateway", (hand, dice) => Route(hand, dice, Nat(hand))),
        ("an internet gateway", (hand, dice) => Route(hand, dice, Internet(hand))),
        ("an appliance in the VPC", (hand, dice) => Route(hand, dice, Appliance(hand))),
        ("a route by prefix list", ByList),
        ("a second address block of the VPC", SecondBlock),
    ];

    private static Vpc Vpc(Hand hand) => hand.World.Aws.Vpcs[0];

    private static string Subnet(Hand hand) => hand.World.Aws.Subnets.First(one => one.VpcId == Vpc(hand).Id).Id;

    private static VpcRouteTable Table(Hand hand, Dice dice) =>
        dice.One([.. hand.World.Aws.VpcRouteTables.Where(one => one.VpcId == Vpc(hand).Id)]);

    private static void Route(Hand hand, Dice dice, string? target, string? table = null, string? prefix = null)
    {
        if (target is not null)
        {
            var member = target.Split('-')[0] switch
            {
                "tgw" => "TransitGatewayId",
                "nat" => "NatGatewayId",
                "pcx" => "VpcPeeringConnectionId",
                "eni" => "NetworkInterfaceId",
                _ => "GatewayId",
            };
            var to = prefix ?? dice.One(["0.0.0.0/0", "0.0.0.0/0", "10.2.1.0/24", "10.0.0.0/8", "10.77.0.0/16"]);
            var name = to.StartsWith("pl-", StringComparison.Ordinal) ? "DestinationPrefixListId"
                : "DestinationCidrBlock";
            hand.Ec2("CreateRoute", $"RouteTableId={table ?? Table(hand, dice).Id}&{name}={to}&{member}={target}");
        }
        hand.Pass(5);
    }

    private static string? Nat(Hand hand)
    {
        var id = hand.Ec2("CreateNatGateway", $"SubnetId={Subnet(hand)}&ConnectivityType=private",
            "natGateway/natGatewayId");
        hand.Pass(20);
        return id;
    }

    private static string? Internet(Hand hand)
    {
        var id = hand.World.Aws.InternetGateways.Find(one => one.VpcId == Vpc(hand).Id)?.Id;
        if (id is null && (id = hand.Ec2("CreateInternetGateway", "", "internetGateway/internetGatewayId")) is not null)
        {
            hand.Ec2("AttachInternetGateway", $"InternetGatewayId={id}&VpcId={Vpc(hand).Id}");
        }
        return id;
    }

    private static string? Appliance(Hand hand) =>
        hand.Ec2("CreateNetworkInterface", $"SubnetId={Subnet(hand)}", "networkInterface/networkInterfaceId");

    private static void VpnGateway(Hand hand, Dice dice)
    {
        if (hand.Ec2("CreateVpnGateway", "Type=ipsec.1", "vpnGateway/vpnGatewayId") is not { } gateway)
        {
            return;
        }
        hand.Pass(10);
        hand.Ec2("AttachVpnGateway", $"VpnGatewayId={gateway}&VpcId={Vpc(hand).Id}", "attachment/state");
        hand.Pass(30);
        if (dice.Chance(0.7))
        {
            hand.Ec2("EnableVgwRoutePropagation", $"GatewayId={gateway}&RouteTableId={Table(hand, dice).Id}");
        }
        if (dice.Chance(0.7) && hand.Ec2("CreateCustomerGateway",
            $"Type=ipsec.1&BgpAsn=65020&IpAddress=198.51.100.{dice.Next(1, 250)}",
            "customerGateway/customerGatewayId") is { } customer)
        {
            hand.Pass(10);
            var vpn = hand.Ec2("CreateVpnConnection", $"Type=ipsec.1&CustomerGatewayId={customer}"
                + $"&VpnGatewayId={gateway}&Options.StaticRoutesOnly=true", "vpnConnection/vpnConnectionId");
            hand.Pass(30);
            if (vpn is not null)
            {
                hand.Ec2("CreateVpnConnectionRoute",
                    $"VpnConnectionId={vpn}&DestinationCidrBlock={dice.One(["10.2.1.0/24", "10.77.0.0/16"])}");
            }
        }
        if (dice.Chance(0.3))
        {
            Route(hand, dice, gateway);
        }
    }

    private static void Peering(Hand hand, Dice dice)
    {
        if (hand.Ec2("CreateVpc", $"CidrBlock={dice.One(["10.77.0.0/16", "10.2.1.0/24", "10.2.0.0/20"])}", "vpc/vpcId")
            is { } other && hand.Ec2("CreateVpcPeeringConnection", $"VpcId={Vpc(hand).Id}&PeerVpcId={other}",
                "vpcPeeringConnection/vpcPeeringConnectionId") is { } peering)
        {
            hand.Pass(5);
            hand.Ec2("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={peering}");
            hand.Pass(5);
            Route(hand, dice, peering);
        }
    }

    private static void OwnTable(Hand hand, Dice dice)
    {
        if (hand.Ec2("CreateSubnet", $"VpcId={Vpc(hand).Id}&CidrBlock=10.1.{dice.Next(200, 250)}.0/24"
                + $"&AvailabilityZone={hand.Region}a", "subnet/subnetId") is { } subnet
            && hand.Ec2("CreateRouteTable", $"VpcId={Vpc(hand).Id}", "routeTable/routeTableId") is { } table)
        {
            hand.Ec2("AssociateRouteTable", $"RouteTableId={table}&SubnetId={subnet}");
            for (var routes = dice.Next(0, 3); routes > 0; routes--)
            {
                var target = dice.Next(0, 4) switch
                {
                    0 => Internet(hand),
                    1 => Appliance(hand),
                    _ => hand.World.Aws.TransitGateways[0].Id,
                };
                Route(hand, dice, target, table, dice.One(["10.2.0.0/16", "10.2.1.0/24", "0.0.0.0/0", "10.0.0.0/8"]));
            }
        }
    }

    private static void ByList(Hand hand, Dice dice)
    {
        if (MakeList(hand, dice) is { } list)
        {
            Route(hand, dice, dice.Chance(0.5) ? Appliance(hand) : hand.World.Aws.TransitGateways[0].Id, null, list);
        }
    }

    public static string? MakeList(Hand hand, Dice dice)
    {
        var list = hand.Ec2("CreateManagedPrefixList", $"PrefixListName=list-{dice.Tag()}&MaxEntries=5"
            + $"&AddressFamily=IPv4&Entry.1.Cidr={dice.Prefix()}&Entry.2.Cidr=192.0.2.0/24", "prefixList/prefixListId");
        hand.Pass(5);
        return list;
    }

    private static void SecondBlock(Hand hand, Dice dice)
    {
        hand.Ec2("AssociateVpcCidrBlock",
            $"VpcId={Vpc(hand).Id}&CidrBlock={dice.One(["100.64.0.0/20", "10.9.0.0/16"])}");
        hand.Pass(10);
    }
}

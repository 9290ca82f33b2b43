using Sealane.Sandbox.Aws;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>What others hang on the link's transit gateway, and what they set in its tables.</summary>
internal static class AwsChanges
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> All { get; } =
    [
        ("a VPC on the transit gateway", ForeignVpc),
        ("a VPC of another account on the transit gateway", AccountVpc),
        ("a Connect appliance on the transit gateway", Connect),
        ("a peering of the transit gateway", Peering),
        ("a VPN over the internet on the transit gateway", Vpn),
        ("a static route of the transit gateway", StaticRoute),
        ("a prefix list in a table of the transit gateway", PrefixList),
        ("a propagation on the transit gateway", Propagation),
        ("a prefix allowed on the Direct Connect gateway", Allowed),
    ];

    private static TransitGateway Gateway(Hand hand) => hand.World.Aws.TransitGateways[0];

    private static string Table(Hand hand, Dice dice) =>
        dice.One([.. hand.World.Aws.RouteTables
            .Where(one => one.TransitGatewayId == Gateway(hand).Id && one.IsLive)]).Id;

    private static void ForeignVpc(Hand hand, Dice dice)
    {
        var cidr = dice.Block();
        if (hand.Ec2("CreateVpc", $"CidrBlock={cidr}", "vpc/vpcId") is not { } vpc
            || hand.Ec2("CreateSubnet", $"VpcId={vpc}&CidrBlock={cidr[..cidr.LastIndexOf('/')]}/24&AvailabilityZone="
                + $"{hand.Region}a", "subnet/subnetId") is not { } subnet)
        {
            return;
        }
        Attached(hand, dice, hand.Ec2("CreateTransitGatewayVpcAttachment",
            $"TransitGatewayId={Gateway(hand).Id}&VpcId={vpc}&SubnetIds.1={subnet}",
            "transitGatewayVpcAttachment/transitGatewayAttachmentId"));
    }

    private static void AccountVpc(Hand hand, Dice dice)
    {
        var attachment = hand.World.Aws.AttachFromAnotherAccount(
            hand.World, Gateway(hand).Id, "444455556666", $"vpc-0{dice.Tag()}000000000000", dice.Block());
        hand.Ec2("AcceptTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={attachment}");
        Attached(hand, dice, attachment);
    }

    private static void Connect(Hand hand, Dice dice)
    {
        var vpc = hand.World.Attachment("vpc").Id;
        var id = hand.Ec2("CreateTransitGatewayConnect",
            $"TransportTransitGatewayAttachmentId={vpc}&Options.Protocol=gre",
            "transitGatewayConnect/transitGatewayAttachmentId");
        if (hand.World.Aws.Attachments.Find(one => one.Id == id) is { } connect)
        {
            // What the appliance says over BGP no call can set.
            connect.Prefixes = [dice.Block()];
            Attached(hand, dice, id);
        }
    }

    private static void Peering(Hand hand, Dice dice) => Attached(hand, dice, hand.Ec2(
        "CreateTransitGatewayPeeringAttachment", $"TransitGatewayId={Gateway(hand).Id}"
        + $"&PeerTransitGatewayId=tgw-0{dice.Tag()}000000000000&PeerAccountId=444455556666&PeerRegion=eu-west-1",
        "transitGatewayPeeringAttachment/transitGatewayAttachmentId"), propagates: false);

    private static void Vpn(Hand hand, Dice dice)
    {
        var customer = hand.Ec2("CreateCustomerGateway", $"Type=ipsec.1&BgpAsn=65010&IpAddress=203.0.113."
            + $"{dice.Next(1, 250)}", "customerGateway/customerGatewayId");
        hand.Pass(10);
        var vpn = customer is null ? null : hand.Ec2("CreateVpnConnection",
            $"Type=ipsec.1&CustomerGatewayId={customer}&TransitGatewayId={Gateway(hand).Id}",
            "vpnConnection/vpnConnectionId");
        hand.Pass(30);
        Attached(hand, dice, hand.World.Aws.Attachments.Find(one => one.ResourceId == vpn && vpn is not null)?.Id);
    }

    private static void Attached(Hand hand, Dice dice, string? attachment, bool propagates = true)
    {
        hand.Pass(30);
        if (attachment is null)
        {
            return;
        }
        if (dice.Chance(0.7))
        {
            hand.Ec2("AssociateTransitGatewayRouteTable",
                $"TransitGatewayAttachmentId={attachment}&TransitGatewayRouteTableId={Table(hand, dice)}");
        }
        if (propagates && dice.Chance(0.8))
        {
            hand.Ec2("EnableTransitGatewayRouteTablePropagation",
                $"TransitGatewayAttachmentId={attachment}&TransitGatewayRouteTableId={Table(hand, dice)}");
        }
        if (dice.Chance(propagates ? 0.2 : 0.7))
        {
            hand.Ec2("CreateTransitGatewayRoute", $"DestinationCidrBlock={dice.Prefix()}"
                + $"&TransitGatewayRouteTableId={Table(hand, dice)}&TransitGatewayAttachmentId={attachment}");
        }
        hand.Pass(30);
    }

    private static void StaticRoute(Hand hand, Dice dice)
    {
        var target = dice.Chance(0.25) ? "Blackhole=true" : "TransitGatewayAttachmentId=" + dice.One(
            [.. hand.World.Aws.Attachments.Where(one => one.TransitGatewayId == Gateway(hand).Id && one.IsUsable)]).Id;
        hand.Ec2("CreateTransitGatewayRoute",
            $"DestinationCidrBlock={dice.Prefix()}&TransitGatewayRouteTableId={Table(hand, dice)}&{target}");
    }

    private static void PrefixList(Hand hand, Dice dice)
    {
        if (VpcChanges.MakeList(hand, dice) is { } list)
        {
            var attachment = dice.One([.. hand.World.Aws.Attachments
                .Where(one => one.TransitGatewayId == Gateway(hand).Id && one.IsUsable)]).Id;
            hand.Ec2("CreateTransitGatewayPrefixListReference", $"PrefixListId={list}"
                + $"&TransitGatewayRouteTableId={Table(hand, dice)}&TransitGatewayAttachmentId={attachment}");
            hand.Pass(10);
        }
    }

    private static void Propagation(Hand hand, Dice dice)
    {
        var attachment = dice.One([.. hand.World.Aws.Attachments
            .Where(one => one.TransitGatewayId == Gateway(hand).Id && one.IsUsable)]).Id;
        hand.Ec2("EnableTransitGatewayRouteTablePropagation",
            $"TransitGatewayAttachmentId={attachment}&TransitGatewayRouteTableId={Table(hand, dice)}");
        hand.Pass(10);
    }

    private static void Allowed(Hand hand, Dice dice)
    {
        hand.Dx("UpdateDirectConnectGatewayAssociation", $"{{'associationId':'{hand.World.Aws.DxAssociations[0].Id}',"
            + $"'addAllowedPrefixesToDirectConnectGateway':[{{'cidr':'{dice.One(["10.1.0.0/16", "10.1.5.0/24",
                "10.77.0.0/16"])}'}}]}}");
        hand.Pass(60);
    }
}

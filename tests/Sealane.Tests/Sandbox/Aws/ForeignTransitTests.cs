using Sealane.Core;
using Sealane.Sandbox.World.Net;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>What other teams hang on the transit gateway and on Direct Connect: made, listed, told apart.</summary>
public sealed class ForeignTransitTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task Every_kind_of_attachment_is_in_one_list()
    {
        var link = await AwsLink.Vpn(_aws);
        await AwsLink.VpcAttachment(_aws, link.TransitGateway);
        var connect = _aws.Ec2("CreateTransitGatewayConnect",
            $"TransportTransitGatewayAttachmentId={link.Transport}&Options.Protocol=gre")
            .Need("transitGatewayConnect/transitGatewayAttachmentId");
        var peering = _aws.Ec2("CreateTransitGatewayPeeringAttachment",
            $"TransitGatewayId={link.TransitGateway}&PeerTransitGatewayId=tgw-0feedfacefeedface&PeerAccountId=444455556666"
            + "&PeerRegion=eu-west-1").Need("transitGatewayPeeringAttachment/transitGatewayAttachmentId");
        var shared = _aws.State.AttachFromAnotherAccount(
            _aws.World, link.TransitGateway, "777788889999", "vpc-0feedfacefeedface", "10.2.1.0/24");
        Assert.Equal("pendingAcceptance", Attachment(shared, "state"));
        await _aws.Wait(7);
        Assert.Equal("pendingAcceptance", Attachment(shared, "state"));
        _aws.Ec2("AcceptTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={shared}")
            .Need("transitGatewayVpcAttachment/state");
        await _aws.Wait(3);

        var listed = _aws.Ec2("DescribeTransitGatewayAttachments",
            $"Filter.1.Name=transit-gateway-id&Filter.1.Value.1={link.TransitGateway}");
        Assert.Equal(["connect", "direct-connect-gateway", "peering", "vpc", "vpc", "vpn"],
            listed.All("transitGatewayAttachments/item/resourceType").Order(StringComparer.Ordinal));
        Assert.Equal(("available", link.Transport), (Attachment(connect, "state"), Attachment(connect, "resourceId")));
        Assert.Equal(("available", "444455556666"),
            (Attachment(peering, "state"), Attachment(peering, "resourceOwnerId")));
        Assert.Equal(("available", "777788889999"),
            (Attachment(shared, "state"), Attachment(shared, "resourceOwnerId")));
        Assert.Equal("eu-west-1", _aws.Ec2("DescribeTransitGatewayPeeringAttachments")
            .Need("transitGatewayPeeringAttachments/item/accepterTgwInfo/region"));
        Assert.Equal(link.Transport, _aws.Ec2("DescribeTransitGatewayConnects")
            .Need("transitGatewayConnectSet/item/transportTransitGatewayAttachmentId"));
        Assert.Contains(shared,
            _aws.Ec2("DescribeTransitGatewayVpcAttachments")
                .All("transitGatewayVpcAttachments/item/transitGatewayAttachmentId"));
        Assert.Equal("IncorrectState",
            _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={link.TransitGateway}").Code);
    }

    [Fact]
    public async Task A_table_refers_to_prefix_lists()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var attachment = await AwsLink.VpcAttachment(_aws, gateway);
        var table = await AwsLink.RouteTable(_aws, gateway, "shared");
        var list = _aws.Ec2("CreateManagedPrefixList",
            "PrefixListName=azure&MaxEntries=2&AddressFamily=IPv4&Entry.1.Cidr=10.2.0.0/16")
                .Need("prefixList/prefixListId");
        var both = $"TransitGatewayRouteTableId={table}&PrefixListId={list}";
        Assert.Equal("InvalidParameterCombination", _aws.Ec2("CreateTransitGatewayPrefixListReference", both).Code);
        _aws.Ec2("CreateTransitGatewayPrefixListReference", $"{both}&TransitGatewayAttachmentId={attachment}")
            .Need("transitGatewayPrefixListReference/state");
        var got = _aws.Ec2("GetTransitGatewayPrefixListReferences", $"TransitGatewayRouteTableId={table}");
        Assert.Equal((list, attachment, "false"), (
            got.Need("transitGatewayPrefixListReferenceSet/item/prefixListId"),
            got.Need("transitGatewayPrefixListReferenceSet/item/transitGatewayAttachment/transitGatewayAttachmentId"),
            got.Need("transitGatewayPrefixListReferenceSet/item/blackhole")));
        Assert.Contains(AwsBoxes.TransitGateways(_aws.State).SelectMany(each => each.RouteTables)
            .Single(each => each.Id == table).PrefixLists, reference => reference.AttachmentId == attachment);
        _aws.Ec2("DeleteTransitGatewayPrefixListReference", both).Need("transitGatewayPrefixListReference/state");
        Assert.Empty(_aws.Ec2("GetTransitGatewayPrefixListReferences", $"TransitGatewayRouteTableId={table}")
            .All("transitGatewayPrefixListReferenceSet/item"));
    }

    [Fact]
    public async Task Vifs_of_every_type_are_listed_with_what_they_end_on()
    {
        var vgw = _aws.Ec2("CreateVpnGateway", "Type=ipsec.1&AmazonSideAsn=64520").Need("vpnGateway/vpnGatewayId");
        var one = _aws.Dx("CreatePrivateVirtualInterface", New(await Connection(1),
            "newPrivateVirtualInterface", 1, $",'virtualGatewayId':'{vgw}'"));
        Assert.Equal(("private", vgw, "64520"), (one.Need("virtualInterfaceType"), one.Need("virtualGatewayId"),
            one.Need("amazonSideAsn")));
        var two = _aws.Dx("CreatePublicVirtualInterface", New(await Connection(2),
            "newPublicVirtualInterface", 2, ",'routeFilterPrefixes':[{'cidr':'198.51.100.0/24'}]"));
        Assert.Equal(("public", "7224", "198.51.100.0/24"),
            (two.Need("virtualInterfaceType"), two.Need("amazonSideAsn"),
            two.Need("routeFilterPrefixes/0/cidr")));
        var dx = await AwsLink.DxGateway(_aws);
        var three = _aws.Dx("CreatePrivateVirtualInterface", New(await Connection(3),
            "newPrivateVirtualInterface", 3, $",'directConnectGatewayId':'{dx}','mtu':9001"));
        Assert.Equal((dx, "9001"), (three.Need("directConnectGatewayId"), three.Need("mtu")));
        Assert.Equal(["private", "private", "public"], _aws.Dx("DescribeVirtualInterfaces").Json["virtualInterfaces"]!
            .AsArray().Select(vif => (string)vif!["virtualInterfaceType"]!).Order(StringComparer.Ordinal));
        Assert.Equal("PrivateVirtualInterface",
            _aws.Dx("DescribeDirectConnectGatewayAttachments", $"{{'directConnectGatewayId':'{dx}'}}")
                .Need("directConnectGatewayAttachments/0/attachmentType"));
        Assert.Equal(vgw, _aws.Dx("DescribeVirtualGateways").Need("virtualGateways/0/virtualGatewayId"));
        Assert.Equal(400, _aws.Dx("CreatePrivateVirtualInterface", New(await Connection(4),
            "newPrivateVirtualInterface", 4, ",'virtualGatewayId':'vgw-0123456789abcdef0'")).Status);
    }

    [Fact]
    public async Task A_direct_connect_gateway_has_virtual_private_gateways_or_transit_gateways()
    {
        var dx = await AwsLink.DxGateway(_aws);
        var vgw = _aws.Ec2("CreateVpnGateway", "Type=ipsec.1&AmazonSideAsn=64520").Need("vpnGateway/vpnGatewayId");
        var made = _aws.Dx("CreateDirectConnectGatewayAssociation",
            $"{{'directConnectGatewayId':'{dx}','gatewayId':'{vgw}'}}");
        Assert.Equal("virtualPrivateGateway", made.Need("directConnectGatewayAssociation/associatedGateway/type"));
        var transit = await AwsLink.TransitGateway(_aws);
        var second = _aws.Dx("CreateDirectConnectGatewayAssociation",
            $"{{'directConnectGatewayId':'{dx}','gatewayId':'{transit}',"
            + "'addAllowedPrefixesToDirectConnectGateway':[{'cidr':'10.254.1.0/24'}]}");
        Assert.Equal(400, second.Status);
        Assert.Contains("both", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_routes_of_a_vif_are_told_by_direction_prefix_and_path()
    {
        var vif = await AwsLink.Vif(_aws, await AwsLink.Connection(_aws), await AwsLink.DxGateway(_aws));
        Assert.Equal(0, Routes("").Count("routes"));
        _aws.Net.VifRows[vif] =
        [
            new(Prefix.Parse("10.2.0.6/32"), true, [133937, 12076], AwsBench.Start),
            new(Prefix.Parse("10.254.1.0/24"), false, [64550], AwsBench.Start),
        ];
        Assert.Equal(2, Routes("").Count("routes"));
        var accepted = Routes("'routeDirection':'accepted'");
        Assert.Equal(("10.2.0.6/32", "accepted", "seq", "12076"), (accepted.Need("routes/0/cidr"),
            accepted.Need("routes/0/routeDirection"), accepted.Need("routes/0/asPath/0/pathType"),
            accepted.Need("routes/0/asPath/0/path/1")));
        Assert.Equal("10.254.1.0/24", Routes("'routeDirection':'advertised'").Need("routes/0/cidr"));
        Assert.Equal(1, Routes("'asPath':[12076]").Count("routes"));
        Assert.Equal(0, Routes("'cidrs':['10.2.0.0/16']").Count("routes"));
        Assert.Equal(0, Routes("'addressFamily':'ipv6'").Count("routes"));
        Assert.Equal(400, Routes("'routeDirection':'sideways'").Status);

        DxReply Routes(string filters) =>
            _aws.Dx("ListVirtualInterfaceRoutes", $"{{'virtualInterfaceId':'{vif}','filters':{{{filters}}}}}");
    }

    private string? Attachment(string id, string member) =>
        _aws.Ec2("DescribeTransitGatewayAttachments", $"TransitGatewayAttachmentIds.1={id}")
            .Text($"transitGatewayAttachments/item/{member}");

    private async Task<string> Connection(int number)
    {
        var id = _aws.State.OfferHostedConnection(
            _aws.World, AwsBench.Account, $"other-{number}", AwsBench.Region, "EqSY3", 50, 400 + number);
        _ = _aws.Dx("ConfirmConnection", $"{{'connectionId':'{id}'}}").Need("connectionState");
        await _aws.Wait(6);
        return id;
    }

    private static string New(string connection, string member, int number, string more) =>
        $"{{'connectionId':'{connection}','{member}':{{'virtualInterfaceName':'vif-{number}','vlan':{400 + number},"
        + $"'asn':133937,'authKey':'secret-key'{more}}}}}";
}

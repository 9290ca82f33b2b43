using System.Xml.XPath;
using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.World.Net;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>
/// What other teams have in the VPC: made by AWS's own calls, listed as AWS lists it, named by routes.
/// </summary>
public sealed class ForeignVpcTests
{
    private readonly AwsBench _aws = new();

    private string Main => _aws.State.VpcRouteTables.First(table => table.Main).Id;
    private string Subnet => _aws.State.Subnets[0].Id;

    [Fact]
    public void An_internet_gateway_is_attached_and_routed_to()
    {
        var id = _aws.Ec2("CreateInternetGateway").Need("internetGateway/internetGatewayId");
        Assert.Equal("InvalidGatewayID.NotFound", Route("0.0.0.0/0", $"GatewayId={id}"));
        _aws.Ec2("AttachInternetGateway", $"InternetGatewayId={id}&VpcId={AwsBench.Vpc}").Need("return");
        Assert.Null(Route("0.0.0.0/0", $"GatewayId={id}"));
        var listed = _aws.Ec2("DescribeInternetGateways",
            $"Filter.1.Name=attachment.vpc-id&Filter.1.Value.1={AwsBench.Vpc}");
        Assert.Equal((id, "available"), (listed.Need("internetGatewaySet/item/internetGatewayId"),
            listed.Need("internetGatewaySet/item/attachmentSet/item/state")));
        Assert.Equal("active", State($"gatewayId='{id}'"));
        Assert.Equal("DependencyViolation", _aws.Ec2("DeleteInternetGateway", $"InternetGatewayId={id}").Code);
        _aws.Ec2("DetachInternetGateway", $"InternetGatewayId={id}&VpcId={AwsBench.Vpc}").Need("return");
        Assert.Equal("blackhole", State($"gatewayId='{id}'"));
        _aws.Ec2("DeleteInternetGateway", $"InternetGatewayId={id}").Need("return");
        Assert.Equal("InvalidInternetGatewayID.NotFound",
            _aws.Ec2("DescribeInternetGateways", $"InternetGatewayId.1={id}").Code);
    }

    [Theory]
    [InlineData("ConnectivityType=private", null)]
    [InlineData("AllocationId=eipalloc-0123456789abcdef0", null)]
    [InlineData("ConnectivityType=public", "MissingParameter")]
    [InlineData("ConnectivityType=private&AllocationId=eipalloc-0123456789abcdef0", "InvalidParameterCombination")]
    public async Task A_nat_gateway_has_an_interface_in_its_subnet(string parameters, string? code)
    {
        var made = _aws.Ec2("CreateNatGateway", $"SubnetId={Subnet}&{parameters}");
        Assert.Equal(code, made.Code);
        if (code is null)
        {
            var id = made.Need("natGateway/natGatewayId");
            Assert.Equal("pending", made.Need("natGateway/state"));
            await _aws.Wait(3);
            var eni = _aws.Ec2("DescribeNetworkInterfaces", "Filter.1.Name=interface-type&Filter.1.Value.1=natGateway");
            Assert.Equal((Subnet, "in-use"), (eni.Need("networkInterfaceSet/item/subnetId"),
                eni.Need("networkInterfaceSet/item/status")));
            Assert.Null(Route("0.0.0.0/0", $"NatGatewayId={id}"));
            Assert.Equal("active", State($"natGatewayId='{id}'"));
            _aws.Ec2("DeleteNatGateway", $"NatGatewayId={id}").Need("natGatewayId");
            Assert.Equal("blackhole", State($"natGatewayId='{id}'"));
            Assert.Equal("deleting", _aws.Ec2("DescribeNatGateways").Need("natGatewaySet/item/state"));
        }
    }

    [Fact]
    public async Task A_virtual_private_gateway_propagates_the_static_routes_of_its_vpn()
    {
        var id = _aws.Ec2("CreateVpnGateway", "Type=ipsec.1&AmazonSideAsn=64520").Need("vpnGateway/vpnGatewayId");
        Assert.Equal("Gateway.NotAttached", Propagate("Enable").Code);
        var attached = _aws.Ec2("AttachVpnGateway", $"VpnGatewayId={id}&VpcId={AwsBench.Vpc}");
        Assert.Equal("attached", attached.Need("attachment/state"));
        Propagate("Enable").Need("return");
        Assert.Equal(id, Table("propagatingVgwSet/item/gatewayId"));
        var listed =
            _aws.Ec2("DescribeVpnGateways", $"Filter.1.Name=attachment.vpc-id&Filter.1.Value.1={AwsBench.Vpc}");
        Assert.Equal((id, "64520"), (listed.Need("vpnGatewaySet/item/vpnGatewayId"),
            listed.Need("vpnGatewaySet/item/amazonSideAsn")));

        var customer = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&BgpAsn=65010&IpAddress=203.0.113.9")
            .Need("customerGateway/customerGatewayId");
        await _aws.Wait(1);
        var made = _aws.Ec2("CreateVpnConnection",
            $"Type=ipsec.1&CustomerGatewayId={customer}&VpnGatewayId={id}&Options.StaticRoutesOnly=true");
        var vpn = made.Need("vpnConnection/vpnConnectionId");
        Assert.Equal((id, null),
            (made.Need("vpnConnection/vpnGatewayId"), made.Text("vpnConnection/transitGatewayId")));
        await _aws.Wait(8);
        _aws.Ec2("CreateVpnConnectionRoute", $"VpnConnectionId={vpn}&DestinationCidrBlock=10.2.0.0/16").Need("return");
        Assert.Equal("EnableVgwRoutePropagation", Table("routeSet/item[destinationCidrBlock='10.2.0.0/16']/origin"));
        var box = Assert.Single(AwsBoxes.VirtualPrivateGateways(_aws.State));
        Assert.Equal((id, AwsBench.Vpc), (box.Id, box.VpcId));
        Assert.Equal([Main], box.PropagatesTo);
        Assert.Equal([Prefix.Parse("10.2.0.0/16")], box.VpnPrefixes);
        Propagate("Disable").Need("return");
        Assert.Null(Table("routeSet/item[destinationCidrBlock='10.2.0.0/16']/origin"));
        Assert.Equal("IncorrectState", _aws.Ec2("DeleteVpnGateway", $"VpnGatewayId={id}").Code);

        Ec2Reply Propagate(string verb) =>
            _aws.Ec2($"{verb}VgwRoutePropagation", $"GatewayId={id}&RouteTableId={Main}");
    }

    [Fact]
    public async Task A_peering_shows_the_other_sides_blocks_once_it_is_active()
    {
        var other = _aws.Ec2("CreateVpc", "CidrBlock=10.2.0.0/16").Need("vpc/vpcId");
        var id = _aws.Ec2("CreateVpcPeeringConnection", $"VpcId={AwsBench.Vpc}&PeerVpcId={other}")
            .Need("vpcPeeringConnection/vpcPeeringConnectionId");
        await _aws.Wait(1);
        Assert.Equal("pending-acceptance", Peering("status/code"));
        Assert.Null(Peering("accepterVpcInfo/cidrBlock"));
        Assert.Equal("InvalidVpcPeeringConnectionID.NotFound", Route("10.2.0.0/16", $"VpcPeeringConnectionId={id}"));
        _aws.Ec2("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={id}")
            .Need("vpcPeeringConnection/status/code");
        Assert.Equal(("active", "10.2.0.0/16"), (Peering("status/code"), Peering("accepterVpcInfo/cidrBlock")));
        Assert.Null(Route("10.2.0.0/16", $"VpcPeeringConnectionId={id}"));
        Assert.Equal("active", State($"vpcPeeringConnectionId='{id}'"));
        _aws.Ec2("DeleteVpcPeeringConnection", $"VpcPeeringConnectionId={id}").Need("return");
        Assert.Equal("blackhole", State($"vpcPeeringConnectionId='{id}'"));

        string? Peering(string path) =>
            _aws.Ec2("DescribeVpcPeeringConnections").Text($"vpcPeeringConnectionSet/item/{path}");
    }

    [Fact]
    public async Task Overlapping_vpcs_cannot_be_peered()
    {
        var other = _aws.Ec2("CreateVpc", "CidrBlock=10.1.128.0/17").Need("vpc/vpcId");
        var id = _aws.Ec2("CreateVpcPeeringConnection", $"VpcId={AwsBench.Vpc}&PeerVpcId={other}")
            .Need("vpcPeeringConnection/vpcPeeringConnectionId");
        await _aws.Wait(1);
        Assert.Equal("failed", _aws.Ec2("AcceptVpcPeeringConnection", $"VpcPeeringConnectionId={id}")
            .Need("vpcPeeringConnection/status/code"));
    }

    [Fact]
    public void An_appliances_interface_is_a_target_of_routes()
    {
        var id = _aws.Ec2("CreateNetworkInterface", $"SubnetId={Subnet}&Description=firewall")
            .Need("networkInterface/networkInterfaceId");
        _aws.Ec2("ModifyNetworkInterfaceAttribute", $"NetworkInterfaceId={id}&SourceDestCheck.Value=false")
            .Need("return");
        Assert.Null(Route("10.2.0.0/16", $"NetworkInterfaceId={id}"));
        // Nothing runs behind it: AWS calls such a route a blackhole.
        Assert.Equal("blackhole", State($"networkInterfaceId='{id}'"));
        Assert.Equal("false", _aws.Ec2("DescribeNetworkInterfaces", $"NetworkInterfaceId.1={id}")
            .Need("networkInterfaceSet/item/sourceDestCheck"));
    }

    [Fact]
    public void A_route_can_name_a_prefix_list()
    {
        var igw = _aws.Ec2("CreateInternetGateway").Need("internetGateway/internetGatewayId");
        _aws.Ec2("AttachInternetGateway", $"InternetGatewayId={igw}&VpcId={AwsBench.Vpc}").Need("return");
        var made = _aws.Ec2("CreateManagedPrefixList",
            "PrefixListName=azure&MaxEntries=2&AddressFamily=IPv4&Entry.1.Cidr=10.2.0.0/16&Entry.1.Description=VNet");
        var id = made.Need("prefixList/prefixListId");
        _aws.Ec2("CreateRoute", $"RouteTableId={Main}&DestinationPrefixListId={id}&GatewayId={igw}").Need("return");
        Assert.Equal(id, Table("routeSet/item[gatewayId!='local']/destinationPrefixListId"));
        var changed = _aws.Ec2("ModifyManagedPrefixList",
            $"PrefixListId={id}&CurrentVersion=1&AddEntry.1.Cidr=10.3.0.0/16&RemoveEntry.1.Cidr=10.2.0.0/16");
        Assert.Equal("2", changed.Need("prefixList/version"));
        Assert.Equal(["10.3.0.0/16"],
            _aws.Ec2("GetManagedPrefixListEntries", $"PrefixListId={id}").All("entrySet/item/cidr"));
        // Packets for it leave the model's sight, whatever shorter route there is to the transit gateway.
        Assert.Contains(new VpcRoute(Prefix.Parse("10.3.0.0/16"), VpcRouteTarget.InternetGateway, igw),
            AwsBoxes.Vpcs(_aws.State).Single().RouteTables.Single(table => table.Id == Main).Routes);
        Assert.Equal("PrefixListVersionMismatch", _aws.Ec2("ModifyManagedPrefixList",
            $"PrefixListId={id}&CurrentVersion=1&AddEntry.1.Cidr=10.4.0.0/16").Code);
        Assert.Equal("DependencyViolation", _aws.Ec2("DeleteManagedPrefixList", $"PrefixListId={id}").Code);
    }

    [Fact]
    public void A_subnet_gets_a_table_of_its_own_and_loses_it()
    {
        var subnet = _aws.Ec2("CreateSubnet", $"VpcId={AwsBench.Vpc}&CidrBlock=10.1.9.0/24").Need("subnet/subnetId");
        Assert.Equal("InvalidSubnet.Conflict",
            _aws.Ec2("CreateSubnet", $"VpcId={AwsBench.Vpc}&CidrBlock=10.1.9.0/25").Code);
        Assert.Equal("InvalidSubnet.Range",
            _aws.Ec2("CreateSubnet", $"VpcId={AwsBench.Vpc}&CidrBlock=10.9.0.0/24").Code);
        var table = _aws.Ec2("CreateRouteTable", $"VpcId={AwsBench.Vpc}").Need("routeTable/routeTableId");
        var association = _aws.Ec2("AssociateRouteTable", $"RouteTableId={table}&SubnetId={subnet}")
            .Need("associationId");
        var listed = _aws.Ec2("DescribeRouteTables",
            $"Filter.1.Name=association.subnet-id&Filter.1.Value.1={subnet}");
        Assert.Equal((table, association), (listed.Need("routeTableSet/item/routeTableId"),
            listed.Need("routeTableSet/item/associationSet/item/routeTableAssociationId")));
        Assert.Equal("DependencyViolation", _aws.Ec2("DeleteRouteTable", $"RouteTableId={table}").Code);
        _aws.Ec2("DisassociateRouteTable", $"AssociationId={association}").Need("return");
        _aws.Ec2("DeleteRouteTable", $"RouteTableId={table}").Need("return");
        _aws.Ec2("DeleteSubnet", $"SubnetId={subnet}").Need("return");
    }

    [Fact]
    public void A_gateways_own_table_is_listed_as_its_association()
    {
        var igw = _aws.Ec2("CreateInternetGateway").Need("internetGateway/internetGatewayId");
        _aws.Ec2("AttachInternetGateway", $"InternetGatewayId={igw}&VpcId={AwsBench.Vpc}").Need("return");
        var table = _aws.Ec2("CreateRouteTable", $"VpcId={AwsBench.Vpc}").Need("routeTable/routeTableId");
        _aws.Ec2("AssociateRouteTable", $"RouteTableId={table}&GatewayId={igw}").Need("associationId");
        Assert.Equal(igw, _aws.Ec2("DescribeRouteTables",
            $"Filter.1.Name=association.gateway-id&Filter.1.Value.1={igw}")
            .Need("routeTableSet/item/associationSet/item/gatewayId"));
    }

    /// <summary>The code of the refusal, or null.</summary>
    private string? Route(string destination, string target) =>
        _aws.Ec2("CreateRoute", $"RouteTableId={Main}&DestinationCidrBlock={destination}&{target}").Code;

    private string? State(string target) => Table($"routeSet/item[{target}]/state");

    private string? Table(string path) => _aws.Ec2("DescribeRouteTables", $"RouteTableId.1={Main}")
        .Root.XPathSelectElement($"routeTableSet/item/{path}")?.Value;
}

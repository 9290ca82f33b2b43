using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Direct Connect: gateways, associations, hosted connections, transit VIFs.</summary>
public class DirectConnectTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task A_gateway_is_global_and_carries_its_tags()
    {
        var reply = _aws.Dx("CreateDirectConnectGateway",
            "{'directConnectGatewayName':'dxgw','amazonSideAsn':64550,'tags':[{'key':'Name','value':'dxgw'}]}");
        var id = reply.Need("directConnectGateway/directConnectGatewayId");
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id);
        Assert.Equal("application/x-amz-json-1.1", reply.Wire.ContentType);
        await _aws.Wait(1);
        var elsewhere = _aws.Dx("DescribeDirectConnectGateways", $"{{'directConnectGatewayId':'{id}'}}", "eu-west-1");
        Assert.Equal(("available", "64550", "Name"),
            (elsewhere.Text("directConnectGateways/0/directConnectGatewayState"),
            elsewhere.Text("directConnectGateways/0/amazonSideAsn"),
            elsewhere.Text("directConnectGateways/0/tags/0/key")));
        Assert.Equal("new",
            _aws.Dx("UpdateDirectConnectGateway",
                $"{{'directConnectGatewayId':'{id}','newDirectConnectGatewayName':'new'}}")
            .Need("directConnectGateway/directConnectGatewayName"));
    }

    [Fact]
    public void Unknown_ids_give_empty_lists_except_for_connections()
    {
        Assert.Equal(0,
            _aws.Dx("DescribeDirectConnectGateways", "{'directConnectGatewayId':'x'}").Count("directConnectGateways"));
        Assert.Equal(0, _aws.Dx("DescribeDirectConnectGatewayAssociations", "{'directConnectGatewayId':'x'}")
            .Count("directConnectGatewayAssociations"));
        Assert.Equal(0,
            _aws.Dx("DescribeVirtualInterfaces", "{'virtualInterfaceId':'dxvif-x'}").Count("virtualInterfaces"));
        var unknown = _aws.Dx("DescribeConnections", "{'connectionId':'dxcon-x'}");
        Assert.Equal((400, "DirectConnectClientException", "Could not find Connection with ID dxcon-x"),
            (unknown.Status, unknown.Type, unknown.Message));
    }

    [Theory]
    [InlineData("MakeCoffee", "{}", "UnknownOperationException")]
    [InlineData("DescribeConnections", "[]", "SerializationException")]
    [InlineData("DescribeConnections", "{", "SerializationException")]
    [InlineData("DescribeConnections", "{'connectionId':5}", "SerializationException")]
    [InlineData("DescribeConnections", "{'colour':'red'}", "DirectConnectClientException")]
    [InlineData("DescribeConnections", "{'maxResults':101}", "DirectConnectClientException")]
    [InlineData("DescribeConnections", "{'nextToken':'abc'}", "DirectConnectClientException")]
    [InlineData("CreateDirectConnectGateway", "{}", "DirectConnectClientException")]
    [InlineData("CreateDirectConnectGateway", "{'directConnectGatewayName':'a','amazonSideAsn':1}",
        "DirectConnectClientException")]
    [InlineData("CreateDirectConnectGateway", "{'directConnectGatewayName':'a','tags':[{'key':'x'},{'key':'x'}]}",
        "DuplicateTagKeysException")]
    [InlineData("CreateDirectConnectGateway", "{'directConnectGatewayName':'a','tags':[{'value':'x'}]}",
        "DirectConnectClientException")]
    [InlineData("DescribeDirectConnectGatewayAssociations", "{}", "DirectConnectClientException")]
    [InlineData("DeleteVirtualInterface", "{'virtualInterfaceId':'dxvif-x'}", "DirectConnectClientException")]
    public void A_request_that_is_wrong_is_told_so(string operation, string json, string type)
    {
        var reply = _aws.Dx(operation, json);
        Assert.Equal((400, type), (reply.Status, reply.Type));
    }

    [Fact]
    public void Lists_come_in_pages()
    {
        for (var count = 0; count < 5; count++)
        {
            _ = _aws.Dx("CreateDirectConnectGateway", "{'directConnectGatewayName':'same'}")
                .Need("directConnectGateway/directConnectGatewayId");
        }
        var first = _aws.Dx("DescribeDirectConnectGateways", "{'maxResults':3}");
        var second =
            _aws.Dx("DescribeDirectConnectGateways", $"{{'maxResults':3,'nextToken':'{first.Need("nextToken")}'}}");
        Assert.Equal((3, 2), (first.Count("directConnectGateways"), second.Count("directConnectGateways")));
        Assert.Null(second.Text("nextToken"));
    }

    [Fact]
    public async Task An_association_takes_its_time_and_brings_an_attachment()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var reply = _aws.Dx("CreateDirectConnectGatewayAssociation",
            $"{{'directConnectGatewayId':'{dxGateway}','gatewayId':'{gateway}','addAllowedPrefixesToDirectConnectGateway':[{{'cidr':'10.254.1.0/24'}}]}}");
        Assert.Equal("associating", reply.Need("directConnectGatewayAssociation/associationState"));
        Assert.Equal(("transitGateway", AwsBench.Region),
            (reply.Text("directConnectGatewayAssociation/associatedGateway/type"),
            reply.Text("directConnectGatewayAssociation/associatedGateway/region")));
        Assert.Equal("pending", Attachment(dxGateway));
        var association = _aws.State.DxAssociations.Single();
        Assert.Empty(association.Announced);
        await _aws.Wait(16);
        Assert.Equal("available", Attachment(dxGateway));
        Assert.Equal("10.254.1.0/24", association.Announced.Single().ToString());

        var updated = _aws.Dx("UpdateDirectConnectGatewayAssociation",
            $"{{'associationId':'{association.Id}','addAllowedPrefixesToDirectConnectGateway':[{{'cidr':'10.1.0.0/16'}}],'removeAllowedPrefixesToDirectConnectGateway':[{{'cidr':'10.254.1.0/24'}}]}}");
        Assert.Equal("updating", updated.Need("directConnectGatewayAssociation/associationState"));
        Assert.Equal("10.254.1.0/24", association.Announced.Single().ToString());
        Assert.Equal(400,
            _aws.Dx("UpdateDirectConnectGatewayAssociation", $"{{'associationId':'{association.Id}'}}").Status);
        await _aws.Wait(11);
        Assert.Equal("10.1.0.0/16", association.Announced.Single().ToString());

        _ = _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{association.Id}'}}")
            .Need("directConnectGatewayAssociation/associationState");
        while (association.State == "disassociating")
        {
            await _aws.Wait(0.2);
        }
        Assert.Equal("disassociated", association.State);
        Assert.Equal("deleting", Attachment(dxGateway));
        var early = _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={gateway}");
        Assert.Contains("has non-deleted DirectConnect Gateway Attachments", early.Message, StringComparison.Ordinal);
        await _aws.Wait(3);
        Assert.Equal(200, _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={gateway}").Status);
    }

    [Fact]
    public async Task An_association_that_cannot_be_is_refused()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var sameAsn = await AwsLink.DxGateway(_aws, "same", 65534);
        string? Message(string dx, string tgw, string prefixes = "[{'cidr':'10.254.1.0/24'}]",
            string region = AwsBench.Region) =>
            _aws.Dx("CreateDirectConnectGatewayAssociation",
                $"{{'directConnectGatewayId':'{dx}','gatewayId':'{tgw}','addAllowedPrefixesToDirectConnectGateway':{prefixes}}}", region).Message;
        Assert.Contains("same Amazon side ASN", Message(sameAsn, gateway), StringComparison.Ordinal);
        Assert.Contains("does not exist", Message("x", gateway), StringComparison.Ordinal);
        Assert.Contains("does not exist", Message(dxGateway, "tgw-0123456789abcdef0"), StringComparison.Ordinal);
        Assert.Contains("does not exist in eu-west-1", Message(dxGateway, gateway, region: "eu-west-1"),
            StringComparison.Ordinal);
        Assert.Contains("At least one allowed prefix", Message(dxGateway, gateway, "[]"), StringComparison.Ordinal);
        Assert.Contains("invalid format", Message(dxGateway, gateway, "[{'cidr':'ten'}]"), StringComparison.Ordinal);
        var many = "["
            + string.Join(',', Enumerable.Range(0, 201).Select(n => $"{{'cidr':'10.{AwsBench.Number(n)}.0.0/16'}}"))
            + "]";
        Assert.Contains("limit", Message(dxGateway, gateway, many), StringComparison.Ordinal);
        await AwsLink.Associate(_aws, dxGateway, gateway);
        Assert.Contains("already", Message(dxGateway, gateway), StringComparison.Ordinal);
        var second = await AwsLink.TransitGateway(_aws);
        Assert.Contains("overlap", Message(dxGateway, second, "[{'cidr':'10.254.0.0/16'}]"), StringComparison.Ordinal);
        var malformed = _aws.Dx("DeleteDirectConnectGatewayAssociation", "{'associationId':'ga-123'}");
        Assert.Equal("Association ID ga-123 has an invalid format.", malformed.Message);
    }

    [Fact]
    public async Task A_gateway_in_use_seems_to_go_and_comes_back()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var (association, _) = await AwsLink.Associate(_aws, dxGateway, gateway);
        var delete = $"{{'directConnectGatewayId':'{dxGateway}'}}";
        Assert.Equal("deleting",
            _aws.Dx("DeleteDirectConnectGateway", delete).Need("directConnectGateway/directConnectGatewayState"));
        await _aws.Wait(5);
        var back = _aws.Dx("DescribeDirectConnectGateways", delete);
        Assert.Equal("available", back.Need("directConnectGateways/0/directConnectGatewayState"));
        Assert.NotNull(back.Text("directConnectGateways/0/stateChangeError"));
        _ = _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{association}'}}")
            .Need("directConnectGatewayAssociation");
        await _aws.Wait(11);
        _ = _aws.Dx("DeleteDirectConnectGateway", delete).Need("directConnectGateway");
        await _aws.Wait(1);
        Assert.Equal(0, _aws.Dx("DescribeDirectConnectGateways", delete).Count("directConnectGateways"));
    }

    [Fact]
    public async Task A_hosted_connection_is_offered_accepted_and_withdrawn()
    {
        var id = _aws.State.OfferHostedConnection(_aws.World, AwsBench.Account, "sydney-aws", AwsBench.Region, "EqSY3",
            1000, 331);
        Assert.Matches("^dxcon-[a-z0-9]{8}$", id);
        var offered = _aws.Dx("DescribeConnections");
        Assert.Equal(("ordering", "1Gbps", "331", "Megaport", "EqSY3"),
            (offered.Text("connections/0/connectionState"), offered.Text("connections/0/bandwidth"),
            offered.Text("connections/0/vlan"), offered.Text("connections/0/partnerName"),
            offered.Text("connections/0/location")));
        Assert.Equal(0, _aws.Dx("DescribeConnections", region: "eu-west-1").Count("connections"));
        var confirm = $"{{'connectionId':'{id}'}}";
        Assert.Equal("pending", _aws.Dx("ConfirmConnection", confirm).Need("connectionState"));
        Assert.Equal(400, _aws.Dx("ConfirmConnection", confirm).Status);
        await _aws.Wait(6);
        Assert.Equal("available", _aws.Dx("DescribeConnections", confirm).Need("connections/0/connectionState"));
        Assert.Equal("renamed", _aws.Dx("UpdateConnection", $"{{'connectionId':'{id}','connectionName':'renamed'}}")
            .Need("connectionName"));
        Assert.Contains(_aws.Dx("DescribeLocations").Json["locations"]!.AsArray(),
            l => l!["locationCode"]!.ToString() == "EqSY3");

        _aws.State.WithdrawHostedConnection(_aws.World, id);
        await _aws.Wait(2);
        Assert.Equal("deleted", _aws.Dx("DescribeConnections", confirm).Need("connections/0/connectionState"));
    }

    [Fact]
    public async Task A_transit_vif_is_down_until_its_session_is_up()
    {
        var dxGateway = await AwsLink.DxGateway(_aws);
        var connection = await AwsLink.Connection(_aws);
        var reply = _aws.Dx("CreateTransitVirtualInterface", AwsLink.NewVif(connection, dxGateway));
        var id = reply.Need("virtualInterface/virtualInterfaceId");
        Assert.Equal(("pending", "pending", "down"), (reply.Text("virtualInterface/virtualInterfaceState"),
            reply.Text("virtualInterface/bgpPeers/0/bgpPeerState"),
            reply.Text("virtualInterface/bgpPeers/0/bgpStatus")));
        Assert.Equal(("133937", "secret-key", "64550", "1500"),
            (reply.Text("virtualInterface/asn"), reply.Text("virtualInterface/authKey"),
            reply.Text("virtualInterface/amazonSideAsn"), reply.Text("virtualInterface/mtu")));
        Assert.Equal("attaching", AttachmentState(id));
        await _aws.Wait(7);
        Assert.Equal("down", VifState(id));
        Assert.Equal("attached", AttachmentState(id));
        _aws.Net.SessionsUp.Add(id);
        Assert.Equal("available", VifState(id));
        Assert.Equal("up", Vif(id).Text("virtualInterfaces/0/bgpPeers/0/bgpStatus"));
        Assert.True(_aws.State.HasVirtualInterface(connection));
        Assert.Equal(400, _aws.Dx("DeleteConnection", $"{{'connectionId':'{connection}'}}").Status);

        Assert.Equal("deleting",
            _aws.Dx("DeleteVirtualInterface", $"{{'virtualInterfaceId':'{id}'}}").Need("virtualInterfaceState"));
        await _aws.Wait(7);
        Assert.Equal("deleted", VifState(id));
        Assert.False(_aws.State.HasVirtualInterface(connection));
        await _aws.Wait(16);
        Assert.Equal(0, Vif(id).Count("virtualInterfaces"));
    }

    [Theory]
    [InlineData("'vlan':332", "VLAN")]
    [InlineData("'mtu':9000", "MTU")]
    [InlineData("'authKey':'short'", "authentication key")]
    [InlineData("'amazonAddress':'192.168.100.0/30'", "Amazon Address is address 0 on its subnet.")]
    [InlineData("'amazonAddress':'192.168.101.2/30'", "Amazon Address and Customer Address must be in the same CIDR")]
    [InlineData("'amazonAddress':'192.168.100.1/30'", "must be different")]
    [InlineData("'asn':4200000000", "BGP ASN -94967296 must have value greater than or equal to 1")]
    [InlineData("'asnLong':4294967295", "BGP ASN")]
    [InlineData("'directConnectGatewayId':'x'", "does not exist")]
    [InlineData("'addressFamily':'ipx'", "Address family")]
    [InlineData("'colour':'red'", "not a member")]
    public async Task A_vif_that_cannot_be_is_refused(string changed, string message)
    {
        var dxGateway = await AwsLink.DxGateway(_aws);
        var connection = await AwsLink.Connection(_aws);
        // A repeated member is not JSON that every reader takes, so the changed one replaces its namesake.
        var name = changed.Split(':')[0];
        var json = System.Text.RegularExpressions.Regex.Replace(AwsLink.NewVif(connection, dxGateway),
            $",?{name}:('[^']*'|[0-9]+)", "");
        var reply = _aws.Dx("CreateTransitVirtualInterface",
            json.Replace("}}", $",{changed}}}}}", StringComparison.Ordinal));
        Assert.Contains(message, reply.Message, StringComparison.Ordinal);
        Assert.Empty(_aws.State.Vifs);
    }

    [Fact]
    public async Task A_hosted_connection_carries_one_vif_and_only_when_available()
    {
        var dxGateway = await AwsLink.DxGateway(_aws);
        var offered = _aws.State.OfferHostedConnection(_aws.World, AwsBench.Account, "early", AwsBench.Region, "EqSY3",
            50, 331);
        Assert.Contains("must be available",
            _aws.Dx("CreateTransitVirtualInterface", AwsLink.NewVif(offered, dxGateway)).Message,
            StringComparison.Ordinal);
        var connection = await AwsLink.Connection(_aws);
        await AwsLink.Vif(_aws, connection, dxGateway);
        Assert.Contains("already has a virtual interface",
            _aws.Dx("CreateTransitVirtualInterface", AwsLink.NewVif(connection, dxGateway)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_left_out_of_a_vif_aws_fills_in()
    {
        var dxGateway = await AwsLink.DxGateway(_aws);
        var connection = await AwsLink.Connection(_aws);
        var reply = _aws.Dx("CreateTransitVirtualInterface",
            $"{{'connectionId':'{connection}','newTransitVirtualInterface':{{"
            + $"'virtualInterfaceName':'v','vlan':331,'asnLong':4200000000,'directConnectGatewayId':'{dxGateway}'}}}}");
        Assert.StartsWith("169.254.", reply.Need("virtualInterface/amazonAddress"), StringComparison.Ordinal);
        Assert.NotEmpty(reply.Need("virtualInterface/authKey"));
        Assert.Equal(("0", "4200000000"), (reply.Text("virtualInterface/asn"), reply.Text("virtualInterface/asnLong")));
    }

    [Fact]
    public async Task A_vif_changes_its_mtu_with_an_interruption_and_its_name_without()
    {
        var id = await AwsLink.Vif(_aws, await AwsLink.Connection(_aws), await AwsLink.DxGateway(_aws));
        Assert.Equal("down",
            _aws.Dx("UpdateVirtualInterfaceAttributes", $"{{'virtualInterfaceId':'{id}','virtualInterfaceName':'new'}}")
            .Need("virtualInterfaceState"));
        Assert.Equal("pending",
            _aws.Dx("UpdateVirtualInterfaceAttributes", $"{{'virtualInterfaceId':'{id}','mtu':8500}}")
            .Need("virtualInterfaceState"));
        await _aws.Wait(6);
        Assert.Equal("down", VifState(id));
    }

    [Fact]
    public async Task A_second_peer_is_of_the_other_address_family()
    {
        var id = await AwsLink.Vif(_aws, await AwsLink.Connection(_aws), await AwsLink.DxGateway(_aws));
        Assert.Equal(400,
            _aws.Dx("CreateBGPPeer",
                $"{{'virtualInterfaceId':'{id}','newBGPPeer':{{'asn':133937,'addressFamily':'ipv4'}}}}").Status);
        var reply = _aws.Dx("CreateBGPPeer",
            $"{{'virtualInterfaceId':'{id}','newBGPPeer':{{'asn':133937,'addressFamily':'ipv6'}}}}");
        var peer = reply.Need("virtualInterface/bgpPeers/1/bgpPeerId");
        Assert.Single(_aws.Dx("DeleteBGPPeer", $"{{'virtualInterfaceId':'{id}','bgpPeerId':'{peer}'}}")
            .Json["virtualInterface"]!["bgpPeers"]!.AsArray());
        var last = _aws.Dx("DeleteBGPPeer", $"{{'virtualInterfaceId':'{id}','asn':133937}}");
        Assert.Equal(400, last.Status);
        Assert.Single(_aws.State.Vifs.Single().Peers);
        Assert.Contains("<bgp_asn>133937</bgp_asn>",
            _aws.Dx("DescribeRouterConfiguration", $"{{'virtualInterfaceId':'{id}'}}").Need("customerRouterConfig"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failover_test_holds_the_session_down()
    {
        var id = await AwsLink.Vif(_aws, await AwsLink.Connection(_aws), await AwsLink.DxGateway(_aws));
        var vif = $"{{'virtualInterfaceId':'{id}'}}";
        Assert.Equal(400, _aws.Dx("StartBgpFailoverTest", vif).Status);
        _aws.Net.SessionsUp.Add(id);
        var started = _aws.Dx("StartBgpFailoverTest", $"{{'virtualInterfaceId':'{id}','testDurationInMinutes':10}}");
        Assert.Equal("IN_PROGRESS", started.Need("virtualInterfaceTest/status"));
        Assert.Equal("testing", VifState(id));
        Assert.Equal("down", Vif(id).Text("virtualInterfaces/0/bgpPeers/0/bgpStatus"));
        await _aws.Wait(11);
        Assert.Equal("available", VifState(id));
        Assert.Equal("COMPLETED",
            _aws.Dx("ListVirtualInterfaceTestHistory", vif).Need("virtualInterfaceTestHistory/0/status"));
        Assert.Equal("180", _aws.Dx("StartBgpFailoverTest", vif).Need("virtualInterfaceTest/testDurationInMinutes"));
        Assert.Equal("STOPPED", _aws.Dx("StopBgpFailoverTest", vif).Need("virtualInterfaceTest/status"));
        Assert.Equal("available", VifState(id));
    }

    [Fact]
    public async Task Tags_are_kept_by_arn()
    {
        var id = await AwsLink.DxGateway(_aws);
        var arn = $"arn:aws:directconnect::{AwsBench.Account}:dx-gateway/{id}";
        Assert.Equal("{}",
            _aws.Dx("TagResource", $"{{'resourceArn':'{arn}','tags':[{{'key':'sealane','value':'sydney'}}]}}")
            .Wire.Body);
        Assert.Equal("sydney",
            _aws.Dx("DescribeTags", $"{{'resourceArns':['{arn}']}}").Need("resourceTags/0/tags/0/value"));
        _ = _aws.Dx("UntagResource", $"{{'resourceArn':'{arn}','tagKeys':['sealane']}}");
        Assert.Null(_aws.Dx("DescribeTags", $"{{'resourceArns':['{arn}']}}").Text("resourceTags/0/tags/0"));
        Assert.Equal(400, _aws.Dx("DescribeTags", "{'resourceArns':['arn:aws:directconnect::1:dxvif/x']}").Status);
    }

    [Theory]
    [InlineData(Fault.Throttled, 400, "ThrottlingException")]
    [InlineData(Fault.ServerError, 500, "DirectConnectServerException")]
    public void Faults_are_said_in_its_words(Fault fault, int status, string type)
    {
        var reply = new DxReply(_aws.Face.Say(fault, AwsSigner.Json("DescribeConnections", "{}")));
        Assert.Equal((status, type), (reply.Status, reply.Type));
    }

    private string? Attachment(string dxGateway) => _aws.Ec2("DescribeTransitGatewayAttachments",
        $"Filter.1.Name=resource-id&Filter.1.Value.1={dxGateway}").Text("transitGatewayAttachments/item/state");

    private DxReply Vif(string id) => _aws.Dx("DescribeVirtualInterfaces", $"{{'virtualInterfaceId':'{id}'}}");

    private string? VifState(string id) => Vif(id).Text("virtualInterfaces/0/virtualInterfaceState");

    private string? AttachmentState(string id) =>
        _aws.Dx("DescribeDirectConnectGatewayAttachments", $"{{'virtualInterfaceId':'{id}'}}")
        .Text("directConnectGatewayAttachments/0/attachmentState");
}

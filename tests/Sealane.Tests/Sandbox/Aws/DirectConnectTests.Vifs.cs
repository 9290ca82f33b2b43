namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Transit VIFs: what is refused, what is filled in, what can be changed.</summary>
public partial class DirectConnectTests
{
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
}

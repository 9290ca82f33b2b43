namespace Sealane.Tests.Sandbox.Megaport;

public class AwsVxcTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void The_order_offers_a_hosted_connection_whose_id_shows_later_than_live()
    {
        var mcr = _world.LiveMcr();
        var port = _world.AwsPort();
        // Of the first VXC of this world the id shows at once, by chance.
        _world.LiveMcr("another");
        var buy = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Aws(mcr, port)));
        var line = buy.Json!["data"]![0]!;
        var uid = line["vxcJTechnicalServiceUid"]!.GetValue<string>();
        Assert.Equal($"VXC [{uid}] created.", buy.Json["message"]!.GetValue<string>());
        Assert.Equal("DEPLOYABLE", line["vxc"]!["provisioningStatus"]!.GetValue<string>());
        Assert.Null(line["technicalServiceUid"]);
        Assert.Empty(_world.Aws.Calls);

        var states = new List<string>();
        bool liveWithoutId = false, idSeen = false;
        for (var i = 0; i < 220; i++)
        {
            var vxc = _world.Data("GET", $"/v2/product/{uid}");
            var state = vxc["provisioningStatus"]!.GetValue<string>();
            var id = vxc["resources"]!["csp_connection"]!.AsArray()
                .Single(c => c!["connectType"]!.GetValue<string>() == "AWSHC")!["connectionId"]?.GetValue<string>();
            states.Add(state);
            liveWithoutId |= state == "LIVE" && id is null;
            idSeen |= id == "dxcon-fgabcd12";
            Assert.True(id is null || state == "LIVE");
            _world.Wait(1);
        }
        Assert.Equal(["DEPLOYABLE", "CONFIGURED", "LIVE"], states.Distinct());
        Assert.True(liveWithoutId && idSeen);
        var vlan = _world.Data("GET", $"/v2/product/{uid}")["bEnd"]!["vlan"]!.GetValue<int>();
        Assert.InRange(vlan, 2, 4093);
        Assert.Equal([$"offer 111122223333 sydney-aws ap-southeast-2 EqSY3 50 vlan {vlan}"], _world.Aws.Calls);
    }

    [Fact]
    public void A_read_shows_both_ends_and_the_interfaces_as_ordered()
    {
        var mcr = _world.LiveMcr();
        var list = _world.PrefixList(mcr);
        var port = _world.AwsPort();
        var uid = _world.LiveVxc(Orders.Aws(
            mcr, port, $"\"password\":\"Md5key123\",\"importWhitelist\":{list},\"exportWhitelist\":{list},\"unknown\":1"));
        var vxc = _world.Data("GET", $"/v2/product/{uid}");
        Assert.Equal(mcr, vxc["aEnd"]!["productUid"]!.GetValue<string>());
        Assert.Equal(port, vxc["bEnd"]!["productUid"]!.GetValue<string>());
        var router = vxc["resources"]!["csp_connection"]!.AsArray()
            .Single(c => c!["connectType"]!.GetValue<string>() == "VROUTER")!;
        var session = router["interfaces"]![0]!["bgpConnections"]![0]!;
        Assert.Equal("192.168.100.1/30", router["interfaces"]![0]!["ipAddresses"]![0]!.GetValue<string>());
        Assert.Equal("Md5key123", session["password"]!.GetValue<string>());
        Assert.Equal(list, session["importWhitelist"]!.GetValue<int>());
        Assert.Equal(list, session["exportWhitelist"]!.GetValue<int>());
        Assert.Equal("PRIV_CLOUD", session["peerType"]!.GetValue<string>());
        Assert.Null(session["unknown"]);
        // The same VXC hangs in the list under its MCR and nowhere else.
        var products = _world.Data("GET", "/v2/products").AsArray();
        Assert.Equal(uid, products.Single()!["associatedVxcs"]![0]!["productUid"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("rateLimit", "75", "Invalid rate limit for an AWS hosted connection")]
    [InlineData("rateLimit", "2000", "Invalid rate limit")]
    [InlineData("rateLimit", "0", "Invalid rate limit")]
    [InlineData("aEnd.vlan", "1", "VLAN 1 not available on MEGAPORT service")]
    [InlineData("aEnd.partnerConfig.interfaces.0.ipAddresses", """["192.168.100.1"]""", "Invalid subnet mask")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.localIpAddress", "\"192.168.100.9\"",
        "Invalid customer IP address")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.peerIpAddress", "\"192.168.200.2\"",
        "IP addresses must be in the same network")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.peerIpAddress", "\"x\"", "Invalid Amazon IP address")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.peerAsn", "0", "Invalid ASN")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.peerAsn", "\"many\"", "Invalid value for peerAsn")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.exportWhitelist", "4711",
        "Prefix list 4711 does not exist on this MCR")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.asPathPrependCount", "11",
        "AS path prepend count must be between 0 and 10")]
    [InlineData("aEnd.partnerConfig.interfaces.0.bgpConnections.0.peerType", "\"FRIEND\"", "Invalid peer type")]
    [InlineData("aEnd.partnerConfig.interfaces.0.ipRoutes", """[{"prefix":"10.0.0.1/32","nextHop":"10.9.9.9"}]""",
        "Next hop of a static route")]
    [InlineData("bEnd.productUid", "\"b9013d35-0000-4000-8000-00000000a001\"", "Valid B-End is required")]
    [InlineData("bEnd.partnerConfig", null, "Missing AWS object")]
    [InlineData("bEnd.partnerConfig.connectType", "\"AWS\"", "Missing AWS object")]
    [InlineData("bEnd.partnerConfig.ownerAccount", "\"459329291\"", "Invalid AWS account number 459329291")]
    [InlineData("bEnd.partnerConfig.ownerAccount", "111122223333", "Invalid AWS account number")]
    public void A_wrong_order_is_refused_in_megaports_words(string member, string? value, string problem)
    {
        var order = Orders.With(Orders.Aws(_world.LiveMcr(), _world.AwsPort()), $"associatedVxcs.0.{member}", value);
        var answer = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(order));
        Assert.Equal(400, answer.Status);
        Assert.Contains(problem, answer.Json!["data"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(_world.State.Vxcs);
    }

    [Fact]
    public void A_port_for_hosted_vifs_takes_the_order_and_gives_no_hosted_connection()
    {
        var mcr = _world.LiveMcr();
        var port = _world.State.PartnerPorts.First(p =>
            p is { ConnectType: "AWS", LocationId: 2, Region: "ap-southeast-2" });
        var order = Orders.With(
            Orders.Aws(mcr, port.Uid), "associatedVxcs.0.bEnd.partnerConfig",
            """{"connectType":"AWS","type":"private","ownerAccount":"111122223333","asn":133937,"name":"x"}""");
        var uid = _world.LiveVxc(order);
        var end = _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]!.AsArray()[1]!;
        Assert.Equal("AWS", end["connectType"]!.GetValue<string>());
        Assert.StartsWith("dxvif-", end["vif_id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(_world.Aws.Calls);
    }

    [Fact]
    public void An_order_waits_for_its_mcr()
    {
        var mcr = _world.Data("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr()))[0]!["technicalServiceUid"]!
            .GetValue<string>();
        var answer = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Aws(mcr, _world.AwsPort())));
        Assert.Equal(400, answer.Status);
        _world.Wait(130);
        Assert.Equal(200,
            _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Aws(mcr, _world.AwsPort()))).Status);
    }

    [Fact]
    public void It_is_cancelled_after_the_vif_and_leaves_no_end_behind()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        _world.Aws.HasVif = true;
        var held = _world.Ask("POST", $"/v3/product/{uid}/action/CANCEL_NOW");
        Assert.Equal(400, held.Status);
        Assert.Contains("virtual interface", held.Text, StringComparison.Ordinal);
        _world.Aws.HasVif = false;
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{uid}/action/CANCEL_NOW").Status);
        var after = _world.Data("GET", $"/v2/product/{uid}");
        Assert.Equal("DECOMMISSIONED", after["provisioningStatus"]!.GetValue<string>());
        Assert.Empty(after["resources"]!["vll"]!.AsArray());
        Assert.False(after["resources"]!.AsObject().ContainsKey("csp_connection"));
        Assert.Equal("withdraw dxcon-fgabcd12", _world.Aws.Calls[^1]);
    }

    [Fact]
    public void A_cancel_at_the_end_of_term_can_be_taken_back()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{uid}/action/CANCEL").Status);
        Assert.Equal("CANCELLED", _world.Data("GET", $"/v2/product/{uid}")["provisioningStatus"]!.GetValue<string>());
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{uid}/action/UN_CANCEL").Status);
        Assert.Equal("LIVE", _world.Data("GET", $"/v2/product/{uid}")["provisioningStatus"]!.GetValue<string>());
        Assert.Equal(400, _world.Ask("POST", $"/v3/product/{uid}/action/DANCE").Status);
    }
}

namespace Sealane.Tests.Sandbox.Megaport;

public class AzureVxcTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void With_full_peer_data_megaport_makes_both_ends()
    {
        var mcr = _world.LiveMcr();
        var uid = _world.LiveVxc(Orders.Azure(mcr, _world.AzurePort()));
        Assert.Equal(
            ["Provisioning", "Provisioned", "peering 133937 192.168.101.0/30 192.168.101.4/30 vlan 100 key Md5key123"],
            _world.Azure.Calls);
        var ends = _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]!.AsArray();
        var router = ends.Single(e => e!["connectType"]!.GetValue<string>() == "VROUTER")!["interfaces"]![0]!;
        Assert.Equal("192.168.101.1/30", router["ipAddresses"]![0]!.GetValue<string>());
        Assert.Equal(100, router["vlan"]!.GetValue<int>());
        var session = router["bgpConnections"]![0]!;
        Assert.Equal(12076, session["peerAsn"]!.GetValue<long>());
        Assert.Equal("192.168.101.2", session["peerIpAddress"]!.GetValue<string>());
        Assert.Equal("Md5key123", session["password"]!.GetValue<string>());
        var azure = ends.Single(e => e!["connectType"]!.GetValue<string>() == "AZURE")!;
        Assert.Equal(3289, azure["vlan"]!.GetValue<int>());
        // Text in the order, a number on read.
        Assert.Equal(133937, azure["peers"]![0]!["peer_asn"]!.GetValue<long>());
        var ports = _world.Data("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}")["megaports"]!.AsArray();
        Assert.Equal(_world.State.Vxcs.Single().Number, ports[0]!["vxc"]!.GetValue<int>());
        Assert.Null(ports[1]!["vxc"]);
    }

    [Fact]
    public void The_secondary_port_takes_the_secondary_subnet()
    {
        var mcr = _world.LiveMcr();
        _world.LiveVxc(Orders.Azure(mcr, _world.AzurePort()));
        _world.LiveVxc(Orders.Azure(mcr, _world.AzurePort("secondary")));
        Assert.Equal("192.168.101.5/30", _world.State.Vxcs[1].Interfaces.Single().Addresses.Single().ToString());
        Assert.Single(_world.Azure.Peerings);
    }

    [Fact]
    public void With_a_bare_peer_megaport_chooses_everything()
    {
        _world.LiveVxc(Orders.Azure(_world.LiveMcr(), _world.AzurePort(), """{"type":"private"}"""));
        var peering = _world.Azure.Peerings.Single();
        Assert.Equal(133937, peering.PeerAsn);
        Assert.Equal(30, peering.Primary.Length);
        Assert.NotEqual(peering.Primary, peering.Secondary);
        Assert.Equal(peering.Primary.Host(1),
            _world.State.Vxcs.Single().Interfaces.Single().Addresses.Single().Address);
    }

    [Fact]
    public void Without_peers_the_vxc_is_bare()
    {
        _world.LiveVxc(Orders.Azure(_world.LiveMcr(), _world.AzurePort(), ""));
        Assert.Empty(_world.Azure.Peerings);
        Assert.Empty(_world.State.Vxcs.Single().Interfaces);
        Assert.Equal("Provisioned", _world.Azure.State);
    }

    [Theory]
    [InlineData("""{"vlan":0,"partnerConfig":{"complete":true,"awsAuto":true,"azureAuto":true}}""", "192.168.101.1/30")]
    [InlineData("""{"vlan":0,"partnerConfig":{"interfaces":[{"ipAddresses":["192.168.101.1/30"],"vlan":200}]}}""",
        "192.168.101.1/30")]
    [InlineData("""{"vlan":0,"partnerConfig":{"interfaces":[]}}""", null)]
    public void An_a_end_in_the_order_switches_the_automatic_one_off(string aEnd, string? address)
    {
        _world.LiveVxc(Orders.Azure(_world.LiveMcr(), _world.AzurePort(), Orders.FullPeer, aEnd));
        var interfaces = _world.State.Vxcs.Single().Interfaces;
        Assert.Equal(address, interfaces.SingleOrDefault()?.Addresses.Single().ToString());
        Assert.Equal(aEnd.Contains("azureAuto", StringComparison.Ordinal) ? 1 : 0,
            interfaces.Sum(i => i.BgpConnections.Count));
        Assert.Single(_world.Azure.Peerings);
    }

    [Theory]
    [InlineData("""{"type":"private","peer_asn":"133937","primary_subnet":"192.168.101.0/30"}""",
        "Azure: missing primary_subnet or secondary_subnet, Azure: invalid vlan, Validation of b_csp_request failed")]
    [InlineData(
        """{"type":"private","peer_asn":"0","primary_subnet":"192.168.101.0/30","secondary_subnet":"192.168.101.4/30","vlan":100}""",
        "Invalid ASN, Validation of b_csp_request failed")]
    [InlineData("""{"type":"microsoft"}""", "Only private peerings are for sale here")]
    public void Half_a_peer_is_refused(string peer, string problem)
    {
        var answer = _world.Ask(
            "POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Azure(_world.LiveMcr(), _world.AzurePort(), peer)));
        Assert.Equal(400, answer.Status);
        Assert.Equal(problem, answer.Json!["data"]!.GetValue<string>());
    }

    [Fact]
    public void A_taken_port_and_a_rate_above_the_circuit_are_refused()
    {
        var mcr = _world.LiveMcr();
        var port = _world.AzurePort();
        var wide = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Azure(mcr, port, rate: 100)));
        Assert.Contains("greater than the bandwidth of the circuit", wide.Text, StringComparison.Ordinal);
        _world.LiveVxc(Orders.Azure(mcr, port));
        var taken = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Azure(mcr, port)));
        Assert.Equal(400, taken.Status);
        Assert.Contains("VXC goes to an Azure port that is already taken", taken.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_waits_until_megaport_has_noticed_that_the_peering_is_gone()
    {
        var uid = _world.LiveVxc(Orders.Azure(_world.LiveMcr(), _world.AzurePort()));
        var held = _world.Ask("POST", $"/v3/product/{uid}/action/CANCEL_NOW");
        Assert.Equal(400, held.Status);
        Assert.EndsWith(
            "has an attached peering connection that must be removed in Azure first",
            held.Json!["message"]!.GetValue<string>(), StringComparison.Ordinal);

        _world.Azure.Peerings.Clear();
        _world.World.Touch();
        _world.Wait(19);
        Assert.Equal(400, _world.Ask("POST", $"/v3/product/{uid}/action/CANCEL_NOW").Status);
        _world.Wait(181);
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{uid}/action/CANCEL_NOW").Status);
        Assert.Equal("Deprovisioning", _world.Azure.State);
        _world.Wait(121);
        Assert.Equal("NotProvisioned", _world.Azure.State);
        Assert.Null(_world.Data("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}")["megaports"]![0]!["vxc"]);
    }
}

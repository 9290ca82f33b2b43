using System.Text.Json.Nodes;

namespace Sealane.Tests.Sandbox.Megaport;

public class VxcEditTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void The_interface_list_is_replaced_and_shows_later()
    {
        var mcr = _world.LiveMcr();
        var list = _world.PrefixList(mcr);
        var uid = _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort(), "\"password\":\"Md5key123\""));
        var reply = _world.Ask("PUT", $"/v3/product/vxc/{uid}", Config(Orders.AwsInterface(
            $"\"exportWhitelist\":{list}",
            """[{"prefix":"10.254.1.18/32","description":"aws tunnel 1","nextHop":"192.168.100.2"}]""")));
        Assert.Equal($"Product [{uid}] has been updated", reply.Json!["message"]!.GetValue<string>());
        Assert.Empty(Interface(uid)["ipRoutes"]!.AsArray());
        Assert.Equal("Md5key123", Interface(uid)["bgpConnections"]![0]!["password"]!.GetValue<string>());

        _world.Wait(61);
        Assert.Equal("10.254.1.18/32", Interface(uid)["ipRoutes"]![0]!["prefix"]!.GetValue<string>());
        Assert.Equal(list, Interface(uid)["bgpConnections"]![0]!["exportWhitelist"]!.GetValue<int>());
        // What was not sent again is gone.
        Assert.Null(Interface(uid)["bgpConnections"]![0]!["password"]);
        Assert.Equal("LIVE", _world.Data("GET", $"/v2/product/{uid}")["provisioningStatus"]!.GetValue<string>());
    }

    [Fact]
    public void Of_several_changes_the_last_one_wins()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        for (var i = 1; i <= 9; i++)
        {
            _world.Ask("PUT", $"/v3/product/vxc/{uid}", Config(Orders.AwsInterface($"\"medOut\":{i}")));
        }
        _world.Wait(120);
        Assert.Equal(9, Interface(uid)["bgpConnections"]![0]!["medOut"]!.GetValue<int>());
        Assert.Empty(_world.State.Edits);
    }

    [Theory]
    [InlineData("""{"bEndVlan":100}""", 403, "Only B end owner can change B VLAN ")]
    [InlineData("""{"rateLimit":100}""", 400, "cannot be changed")]
    [InlineData("""{"term":5}""", 400, "Invalid term")]
    [InlineData("""{"aEndVlan":1}""", 400, "VLAN 1 not available")]
    [InlineData("""{"bEndConfig":{}}""", 400, "Only the virtual router end can be changed")]
    [InlineData(
        """{"aEndConfig":{"interfaces":[{"ipAddresses":["192.168.100.1/30"],"bgpConnections":{"peerAsn":1,"localIpAddress":"192.168.100.1","peerIpAddress":"192.168.100.2","importWhitelist":4711}}]}}""",
        400, "Prefix list 4711 does not exist")]
    [InlineData(
        """{"aEndConfig":{"interfaces":[{"ipAddresses":["192.168.100.1/30"],"bgpConnections":{"peerAsn":64550,"localAsn":64550,"localIpAddress":"192.168.100.1","peerIpAddress":"192.168.100.2"}}]}}""",
        400, "iBGP and eBGP")]
    [InlineData("{", 400, "The body is not JSON")]
    [InlineData("[]", 200, "")]
    public void What_cannot_be_changed_is_refused_as_a_whole(string body, int status, string text)
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        var before = _world.Data("GET", $"/v2/product/{uid}").ToJsonString();
        var answer = _world.Ask("PUT", $"/v3/product/vxc/{uid}", body);
        Assert.Equal(status, answer.Status);
        Assert.Contains(text, answer.Text, StringComparison.Ordinal);
        _world.Wait(61);
        Assert.Equal(before, _world.Data("GET", $"/v2/product/{uid}").ToJsonString());
    }

    [Fact]
    public void Scalars_that_are_not_sent_stay()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        Assert.Equal(200, _world.Ask("PUT", $"/v3/product/vxc/{uid}", """{"name":"other","shutdown":true}""").Status);
        var vxc = _world.Data("GET", $"/v2/product/{uid}");
        Assert.Equal("other", vxc["productName"]!.GetValue<string>());
        Assert.True(vxc["shutdown"]!.GetValue<bool>());
        Assert.Equal("net", vxc["costCentre"]!.GetValue<string>());
        Assert.Equal("192.168.100.1/30", Interface(uid)["ipAddresses"]![0]!.GetValue<string>());
    }

    [Fact]
    public void An_account_with_approvals_answers_202_and_changes_nothing()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        _world.State.Variants.ApprovalRequired = true;
        var answer = _world.Ask("PUT", $"/v3/product/vxc/{uid}", """{"name":"other"}""");
        Assert.Equal(202, answer.Status);
        Assert.Equal("Request accepted and pending for approval", answer.Json!["message"]!.GetValue<string>());
        Assert.Equal("sydney-aws", _world.State.Vxcs.Single().Name);
    }

    private static string Config(string json) => $$$"""{"aEndConfig":{"interfaces":[{{{json}}}]}}""";

    private JsonNode Interface(string uid) => _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]!
        .AsArray()
        .Single(c => c!["connectType"]!.GetValue<string>() == "VROUTER")!["interfaces"]![0]!;
}

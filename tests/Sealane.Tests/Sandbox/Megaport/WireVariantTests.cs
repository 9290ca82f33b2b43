using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Megaport;

public class WireVariantTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void Single_elements_can_be_bare()
    {
        _world.State.Variants.SingleElementsAreBare = true;
        var mcr = _world.LiveMcr();
        var uid = _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort()));
        var session = _world.State.Vxcs.Single();
        var ends = _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]!;
        // Megaport's own client reads a bare end of a VXC, and a list of sessions only as a list.
        Assert.Equal(JsonValueKind.Array, ends[0]!["interfaces"]![0]!["bgpConnections"]!.GetValueKind());
        session.Interfaces = [];
        ends = _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]!;
        Assert.Equal("AWSHC", ends["connectType"]!.GetValue<string>());
    }

    [Fact]
    public void Passwords_can_be_hidden()
    {
        _world.State.Variants.PasswordsAreHidden = true;
        var uid = _world.LiveVxc(Orders.Azure(_world.LiveMcr(), _world.AzurePort()));
        Assert.DoesNotContain("Md5key123", _world.Ask("GET", $"/v2/product/{uid}").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_details_can_be_a_list()
    {
        _world.State.Variants.ErrorDataIsList = true;
        var answer = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy("{}"));
        Assert.Equal(JsonValueKind.Array, answer.Json!["data"]!.GetValueKind());
    }

    [Fact]
    public void A_new_product_can_appear_late()
    {
        _world.State.Variants.ListLagSeconds = 10;
        var uid = _world.Data("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr()))[0]!["technicalServiceUid"]!
            .GetValue<string>();
        Assert.Empty(_world.Data("GET", "/v2/products").AsArray());
        Assert.Equal(400, _world.Ask("GET", $"/v2/product/{uid}").Status);
        _world.Wait(10);
        Assert.Single(_world.Data("GET", "/v2/products").AsArray());
    }

    [Fact]
    public void The_far_port_can_be_another_than_ordered()
    {
        _world.State.Variants.PartnerPortIsSwapped = true;
        var port = _world.AwsPort();
        _world.LiveVxc(Orders.Aws(_world.LiveMcr(), port));
        var got = _world.State.PartnerPorts.Single(p => p.Uid == _world.State.Vxcs.Single().BPortUid);
        var ordered = _world.State.PartnerPorts.Single(p => p.Uid == port);
        Assert.NotEqual(port, got.Uid);
        Assert.Equal((ordered.LocationId, ordered.DiversityZone), (got.LocationId, got.DiversityZone));
    }

    [Fact]
    public void The_first_cancel_can_roll_back()
    {
        _world.State.Variants.FirstCancelRollsBack = true;
        var mcr = _world.LiveMcr();
        var first = _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW");
        Assert.Equal(500, first.Status);
        Assert.Contains("rollback-only", first.Text, StringComparison.Ordinal);
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW").Status);
    }

    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 200)]
    public void Capacity_can_be_missing_on_validate_or_only_on_buy(bool validate, int validated)
    {
        _world.State.Variants.NoCapacityOnValidate = validate;
        _world.State.Variants.NoCapacityOnBuy = !validate;
        Assert.Equal(validated, _world.Ask("POST", "/v3/networkdesign/validate", $"[{Orders.Mcr()}]").Status);
        var buy = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr()));
        Assert.Equal("No available capacity for this request", buy.Json!["message"]!.GetValue<string>());
    }

    [Fact]
    public void An_order_can_get_stuck()
    {
        _world.State.Variants.OrdersGetStuck = true;
        var mcr = _world.LiveMcr();
        _world.Wait(36000);
        Assert.Equal("DEPLOYABLE", _world.State.FindMcr(mcr)!.State);
    }

    [Theory]
    [InlineData(false, "5")]
    [InlineData(true, "Mon, 02 Mar 2026 08:00:05 GMT")]
    public void A_throttled_reply_says_when_to_come_back(bool asDate, string value)
    {
        _world.State.Variants.RetryAfterIsDate = asDate;
        var face = new MegaportFace(_world.World);
        var reply = face.Say(Fault.Throttled, null!);
        Assert.Equal(429, reply.Status);
        Assert.Equal(("Retry-After", value), reply.Headers.Single());
        Assert.Equal("text/plain", face.Say(Fault.ServerError, null!).ContentType);
    }

    [Fact]
    public void Members_without_a_value_can_be_left_out()
    {
        var uid = _world.LiveMcr();
        Assert.Contains("\"secondaryName\":null", _world.Ask("GET", $"/v2/product/{uid}").Text,
            StringComparison.Ordinal);
        _world.State.Variants.EmptyMembersAreAbsent = true;
        Assert.DoesNotContain("null", _world.Ask("GET", $"/v2/product/{uid}").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_of_a_session_that_are_not_set_can_be_null()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        Assert.False(Session().ContainsKey("medIn"));
        _world.State.Variants.AbsentMembersAreNull = true;
        Assert.True(Session().TryGetPropertyValue("medIn", out var med) && med is null);

        JsonObject Session() => _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]![0]!
            ["interfaces"]![0]!["bgpConnections"]![0]!.AsObject();
    }

    [Fact]
    public void Partner_ports_can_have_the_spellings_of_an_older_answer()
    {
        _world.State.Variants.PartnerPortsAreOld = true;
        var port = _world.Data("GET", "/v2/dropdowns/partner/megaports")[0]!.AsObject();
        Assert.True(port.ContainsKey("vxcpermitted") && port.ContainsKey("lag_id"));
        Assert.False(port.ContainsKey("vxcPermitted"));
    }

    [Fact]
    public void The_looking_glass_can_be_silent()
    {
        var uid = _world.LiveMcr();
        _world.State.Variants.LookingGlassIsSilent = true;
        var answer = _world.Ask("GET", $"/v2/product/mcr2/{uid}/diagnostics/routes/bgp?async=true");
        Assert.Equal((200, ""), (answer.Status, answer.Text));
    }
}

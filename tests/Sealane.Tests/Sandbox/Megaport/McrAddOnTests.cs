using System.Text.Json.Nodes;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>What is bought with an MCR is shown again, and what the router never gets is not.</summary>
public sealed class McrAddOnTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void An_add_on_of_the_order_is_listed_with_the_router()
    {
        const string AddOns = ",\"addOns\":[{\"addOnType\":\"IP_SEC\",\"tunnelCount\":20}]";
        var bought = _world.Data("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr(extra: AddOns)));
        var uid = (string)bought[0]!["technicalServiceUid"]!;
        var addOn = Assert.Single(_world.Data("GET", $"/v2/product/{uid}")["addOns"]!.AsArray())!;
        Assert.Equal((20, "IP_SEC"), ((int)addOn["tunnelCount"]!, (string?)addOn["addOnType"]));

        var path = $"/v3/product/{uid}/addon/{(string?)addOn["addOnUid"]}";
        Assert.Equal(400, _world.Ask("PUT", path, Body(15)).Status);
        Assert.Equal(200, _world.Ask("PUT", path, Body(0)).Status);
        Assert.Empty(_world.Data("GET", $"/v2/product/{uid}")["addOns"]!.AsArray());
        Assert.Equal(404, _world.Ask("PUT", path, Body(10)).Status);
    }

    [Fact]
    public void An_add_on_can_be_bought_later_and_only_once()
    {
        var uid = _world.LiveMcr();
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{uid}/addon", Body(10)).Status);
        Assert.Equal(400, _world.Ask("POST", $"/v3/product/{uid}/addon", Body(10)).Status);
        Assert.Equal(10, (int)_world.Data("GET", "/v2/products")[0]!["addOns"]![0]!["tunnelCount"]!);
    }

    [Theory]
    [InlineData("[{\"addOnType\":\"IP_SEC\",\"tunnelCount\":11}]", "Invalid tunnel count 11")]
    [InlineData("[{\"addOnType\":\"NAT\"}]", "Invalid add-on type NAT")]
    public void An_add_on_that_is_not_for_sale_is_refused(string addOns, string problem)
    {
        var answer = _world.Ask(
            "POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr(extra: $",\"addOns\":{addOns}")));
        Assert.Equal((400, problem), (answer.Status, answer.Json!["data"]!.GetValue<string>()));
    }

    /// <summary>terraform-provider-megaport #452: the key exists in no request model and is discarded.</summary>
    [Fact]
    public void Bfd_of_an_interface_is_discarded_and_that_of_a_session_needs_none()
    {
        var mcr = _world.LiveMcr();
        var with = Interface(_world.LiveVxc(Orders.Aws(mcr, _world.AwsPort())));
        Assert.Null(with["bfd"]);
        Assert.True((bool)with["bgpConnections"]![0]!["bfdEnabled"]!);
        var without = Orders.With(
            Orders.Aws(mcr, _world.AwsPort("blue")), "associatedVxcs.0.aEnd.partnerConfig.interfaces.0.bfd", null);
        Assert.True((bool)Interface(_world.LiveVxc(without))["bgpConnections"]![0]!["bfdEnabled"]!);
    }

    private JsonNode Interface(string uid) =>
        _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]![0]!["interfaces"]![0]!;

    private static string Body(int tunnels) => $$"""{"addOnType":"IP_SEC","tunnelCount":{{tunnels}}}""";
}

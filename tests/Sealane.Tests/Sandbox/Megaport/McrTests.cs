namespace Sealane.Tests.Sandbox.Megaport;

public class McrTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void An_mcr_goes_from_deployable_over_configured_to_live()
    {
        var buy = _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr()));
        var uid = buy.Json!["data"]![0]!["technicalServiceUid"]!.GetValue<string>();
        Assert.Equal($"MCR [{uid}] created.", buy.Json["message"]!.GetValue<string>());
        var seen = new List<string>();
        for (var i = 0; i < 130; i++)
        {
            var state = _world.Data("GET", $"/v2/product/{uid}")["provisioningStatus"]!.GetValue<string>();
            if (seen.LastOrDefault() != state)
            {
                seen.Add(state);
            }
            _world.Wait(1);
        }
        Assert.Equal(["DEPLOYABLE", "CONFIGURED", "LIVE"], seen);
        var mcr = _world.Data("GET", $"/v2/product/{uid}");
        Assert.True(mcr["liveDate"]!.GetValue<long>() > mcr["createDate"]!.GetValue<long>());
        Assert.Equal("red", mcr["diversityZone"]!.GetValue<string>());
        Assert.Equal(133937, mcr["resources"]!["virtual_router"]!["mcrAsn"]!.GetValue<long>());
        Assert.Empty(mcr["associatedVxcs"]!.AsArray());
    }

    [Fact]
    public void The_older_buy_takes_the_bare_list_and_every_buy_is_a_new_service()
    {
        Assert.Equal(200, _world.Ask("POST", "/v3/networkdesign/buy", $"[{Orders.Mcr()}]").Status);
        Assert.Equal(200, _world.Ask("POST", "/v3/networkdesign/buy", $"[{Orders.Mcr()}]").Status);
        var names = _world.Data("GET", "/v2/products").AsArray().Select(p => p!["productName"]!.GetValue<string>());
        Assert.Equal(["sydney-mcr", "sydney-mcr"], names);
    }

    [Theory]
    [InlineData("productName", "\"\"", "Invalid product name")]
    [InlineData("term", "2", "Invalid term")]
    [InlineData("term", null, "Invalid term")]
    [InlineData("locationId", "999", "Invalid location")]
    [InlineData("locationId", "83", "Invalid location")]
    [InlineData("portSpeed", "500", "MCR speed 500 is not available at Equinix SY1 (red)")]
    [InlineData("portSpeed", "100000", "MCR speed 100000 is not available at Equinix SY1 (red)")]
    [InlineData("config", """{"mcrAsn":0}""", "Invalid ASN")]
    [InlineData("config", """{"diversityZone":"green"}""", "Invalid diversity zone")]
    [InlineData("productType", "\"MVE\"", "Invalid product type")]
    [InlineData("resourceTags", """[{"key":"","value":"x"}]""", "Resource tag keys must not be empty")]
    [InlineData("portSpeed", "[]", "Invalid value for portSpeed")]
    public void A_wrong_order_is_refused_by_validate_and_buy_alike(string member, string? value, string problem)
    {
        var order = Orders.With(Orders.Mcr(), member, value);
        foreach (var answer in new[]
        {
            _world.Ask("POST", "/v3/networkdesign/validate", $"[{order}]"),
            _world.Ask("POST", "/v4/networkdesign/buy", Orders.Buy(order)),
        })
        {
            Assert.Equal(400, answer.Status);
            Assert.Contains(problem, answer.Json!["data"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.NotNull(answer.Json["trace_id"]);
        }
        Assert.Empty(_world.State.Mcrs);
    }

    [Fact]
    public void Validation_prices_every_line_and_orders_nothing()
    {
        var lines = _world.Data("POST", "/v3/networkdesign/validate", $"[{Orders.Mcr()}]").AsArray();
        Assert.True(lines.Single()!["price"]!["monthlyRate"]!.GetValue<decimal>() > 0);
        Assert.Null(lines.Single()!["error"]);
        Assert.Empty(_world.State.Mcrs);
    }

    [Fact]
    public void The_asn_is_133937_and_the_zone_chosen_when_the_order_says_nothing()
    {
        _world.Data("POST", "/v4/networkdesign/buy", Orders.Buy(
            Orders.With(Orders.With(Orders.Mcr(), "config", "{}"), "portSpeed", "100000")));
        Assert.Equal(133937, _world.State.Mcrs.Single().Asn);
        Assert.Equal("blue", _world.State.Mcrs.Single().DiversityZone);
    }

    [Fact]
    public void An_update_that_leaves_the_cost_centre_out_erases_it()
    {
        var mcr = _world.LiveMcr();
        Assert.Equal("net", _world.Data("GET", $"/v2/product/{mcr}")["costCentre"]!.GetValue<string>());
        var answer =
            _world.Ask("PUT", $"/v2/product/mcr2/{mcr}", """{"name":"renamed","asn":64512,"ProductID":"ignored"}""");
        Assert.Equal($"Product [{mcr}] has been updated", answer.Json!["message"]!.GetValue<string>());
        var after = _world.Data("GET", $"/v2/product/{mcr}");
        Assert.Equal("", after["costCentre"]!.GetValue<string>());
        Assert.Equal("renamed", after["productName"]!.GetValue<string>());
        Assert.Equal(64512, after["resources"]!["virtual_router"]!["mcrAsn"]!.GetValue<long>());
    }

    [Fact]
    public void The_asn_stays_while_a_vxc_is_attached()
    {
        var mcr = _world.LiveMcr();
        _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort()));
        var answer = _world.Ask("PUT", $"/v2/product/mcr2/{mcr}", """{"asn":64512}""");
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("Cannot update ASN while VXCs are attached", answer.Json!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_are_read_and_replaced_apart_from_the_product()
    {
        var mcr = _world.LiveMcr();
        Assert.Equal("sydney",
            _world.Data("GET", $"/v2/product/{mcr}/tags")["resourceTags"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(200,
            _world.Ask("PUT", $"/v2/product/{mcr}/tags", """{"resourceTags":[{"key":"a","value":"b"}]}""").Status);
        var tags = _world.Data("GET", $"/v2/product/{mcr}/tags")["resourceTags"]!.AsArray();
        Assert.Equal("a", tags.Single()!["key"]!.GetValue<string>());
        Assert.Equal(400, _world.Ask("PUT", $"/v2/product/{mcr}/tags", """{"resourceTags":[{"key":""}]}""").Status);
    }

    [Fact]
    public void A_locked_service_is_neither_changed_nor_cancelled()
    {
        var mcr = _world.LiveMcr();
        Assert.True(_world.Data("POST", $"/v2/product/{mcr}/lock")["locked"]!.GetValue<bool>());
        Assert.Equal(403, _world.Ask("PUT", $"/v2/product/mcr2/{mcr}", "{}").Status);
        Assert.Equal(403, _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW").Status);
        Assert.False(_world.Data("DELETE", $"/v2/product/{mcr}/lock")["locked"]!.GetValue<bool>());
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW").Status);
    }

    [Fact]
    public void Cancelling_ends_it_at_once_and_only_once()
    {
        var mcr = _world.LiveMcr();
        var answer = _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW?safeDelete=true");
        Assert.Equal($"Action [CANCEL_NOW Service {mcr}] has been done.", answer.Json!["message"]!.GetValue<string>());
        Assert.False(answer.Json.AsObject().ContainsKey("data"));
        Assert.Equal("DECOMMISSIONED",
            _world.Data("GET", $"/v2/product/{mcr}")["provisioningStatus"]!.GetValue<string>());
        Assert.Single(_world.Data("GET", "/v2/products").AsArray());
        Assert.Empty(_world.Data("GET", "/v2/products?provisioningStatus=LIVE").AsArray());
        Assert.Equal(409, _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW").Status);
        Assert.Equal(409, _world.Ask("POST", $"/v3/product/{mcr}/action/UN_CANCEL").Status);
        Assert.Empty(_world.State.Billed);
    }

    [Fact]
    public void A_plain_cancel_is_not_for_mcrs()
    {
        var mcr = _world.LiveMcr();
        var answer = _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL");
        Assert.Equal(409, answer.Status);
        Assert.Equal("Action [CANCEL] not allowed for product type: MCR2", answer.Json!["message"]!.GetValue<string>());
    }

    [Fact]
    public void Safe_delete_refuses_while_a_vxc_is_attached_and_without_it_the_vxc_goes_too()
    {
        var mcr = _world.LiveMcr();
        var vxc = _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort()));
        Assert.Equal(409, _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW?safeDelete=true").Status);
        Assert.Equal(200, _world.Ask("POST", $"/v3/product/{mcr}/action/CANCEL_NOW").Status);
        Assert.Equal("DECOMMISSIONED",
            _world.Data("GET", $"/v2/product/{vxc}")["provisioningStatus"]!.GetValue<string>());
        Assert.Contains("withdraw dxcon-fgabcd12", _world.Aws.Calls);
    }

    [Theory]
    [InlineData(false, 400)]
    [InlineData(true, 404)]
    public void A_product_that_does_not_exist_is_said_in_either_status(bool as404, int status)
    {
        _world.State.Variants.NotFoundIs404 = as404;
        var answer = _world.Ask("GET", "/v2/product/5d0c3f1e-0000-4000-8000-0000000000c1");
        Assert.Equal(status, answer.Status);
        Assert.StartsWith("Could not find a service with UID", answer.Json!["message"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }
}

namespace Sealane.Tests.Sandbox.Megaport;

public class CatalogueTests
{
    [Fact]
    public void Locations_carry_the_published_members_and_filter_by_status_without_case()
    {
        var world = new MegaportWorld();
        var all = world.Data("GET", "/v3/locations").AsArray();
        var sy1 = all.Single(l => l!["id"]!.GetValue<int>() == 2)!;
        Assert.Equal("Equinix SY1", sy1["name"]!.GetValue<string>());
        Assert.Equal("Sydney", sy1["metro"]!.GetValue<string>());
        Assert.Contains(1000,
            sy1["diversityZones"]!["red"]!["mcrSpeedMbps"]!.AsArray().Select(s => s!.GetValue<int>()));
        var active = world.Data("GET", "/v3/locations?locationStatuses=active&locationStatuses=RESTRICTED").AsArray();
        Assert.True(active.Count < all.Count);
        Assert.All(active, l => Assert.Contains(l!["status"]!.GetValue<string>(), new[] { "Active", "Restricted" }));
    }

    [Theory]
    [InlineData("Equinix SY1", 2)]
    [InlineData("equinix ty2", 61)]
    [InlineData("82", 82)]
    public void A_location_that_the_design_names_is_the_catalogues_own(string name, int id)
    {
        var world = new MegaportWorld(spec => spec with { Megaport = spec.Megaport with { Location = name } });
        Assert.Contains(world.State.PartnerPorts, port => port.LocationId == id && port.ConnectType == "AWSHC");
        Assert.Equal(13, world.State.Locations.Count);
    }

    [Theory]
    [InlineData("My Data Centre")]
    [InlineData("4711")]
    public void An_unknown_location_is_added_with_everything_that_the_link_needs(string name)
    {
        var world = new MegaportWorld(spec => spec with
        {
            Aws = spec.Aws with { Region = "xx-north-9" },
            Azure = spec.Azure with { Circuit = new() { PeeringLocation = "Nowhere" } },
            Megaport = spec.Megaport with { Location = name },
        });
        var added = world.State.Locations.Single(l => l.Id == 4711 || l.Name == name);
        Assert.Contains(
            world.State.PartnerPorts,
            p => p is { ConnectType: "AWSHC", Region: "xx-north-9", VxcPermitted: true } && p.LocationId == added.Id);
        Assert.Equal(2, world.State.AzurePorts.Count(p => p.PeeringLocation == "Nowhere" && p.LocationId == added.Id));
    }

    [Fact]
    public void Partner_ports_of_a_region_exist_in_both_zones_among_decoys()
    {
        var world = new MegaportWorld();
        var all = world.Data("GET", "/v2/dropdowns/partner/megaports").AsArray();
        var hosted = world.Data("GET", "/v2/dropdowns/partner/megaports?connectType=AWSHC&vxcPermitted=true").AsArray();
        Assert.True(hosted.Count < all.Count);
        Assert.All(hosted, p => Assert.Equal("AWSHC", p!["connectType"]!.GetValue<string>()));
        var sydney = hosted.Where(p => p!["locationId"]!.GetValue<int>() == 2
            && p["title"]!.GetValue<string>() == "Asia Pacific (Sydney) (ap-southeast-2)").ToList();
        Assert.Equal(2, sydney.Count(p => p!["diversityZone"]!.GetValue<string>() == "red"));
        Assert.Equal(2, sydney.Count(p => p!["diversityZone"]!.GetValue<string>() == "blue"));
        Assert.Contains(all, p => p!["connectType"]!.GetValue<string>() == "AWS");
        Assert.Equal(all.Count, all.Select(p => p!["productUid"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public void An_mcr_that_the_design_names_exists_already()
    {
        var world = new MegaportWorld(spec => spec with
        {
            Megaport = spec.Megaport with { Mcr = new() { Id = "5d0c3f1e-0000-4000-8000-0000000000c1", Asn = 64999 } },
        });
        var mcr = world.Data("GET", "/v2/product/5d0c3f1e-0000-4000-8000-0000000000c1");
        Assert.Equal("LIVE", mcr["provisioningStatus"]!.GetValue<string>());
        Assert.Equal(64999, mcr["resources"]!["virtual_router"]!["mcrAsn"]!.GetValue<long>());
    }

    [Fact]
    public void A_service_key_shows_circuit_and_ports()
    {
        var world = new MegaportWorld();
        var key = world.Data("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}");
        Assert.Equal(50, key["bandwidth"]!.GetValue<int>());
        Assert.Equal(3289, key["vlan"]!.GetValue<int>());
        Assert.Equal(["primary", "secondary"], key["megaports"]!.AsArray().Select(p => p!["type"]!.GetValue<string>()));
        Assert.All(key["megaports"]!.AsArray(), p => Assert.Null(p!["vxc"]));
    }

    [Theory]
    [InlineData("6543", "Invalid service_key length '6543'")]
    [InlineData("e3b0c442-0000-4000-8000-000000000000", "No ExpressRoute circuit was found for the service_key")]
    public void A_wrong_service_key_is_refused(string key, string data)
    {
        var answer = new MegaportWorld().Ask("GET", $"/v2/secure/azure/{key}");
        Assert.Equal(400, answer.Status);
        Assert.Equal(data, answer.Json!["data"]!.GetValue<string>());
    }

    [Fact]
    public void A_circuit_made_a_moment_ago_is_not_known_yet()
    {
        var world = new MegaportWorld();
        world.Azure.CreatedAt = world.World.Now;
        Assert.Equal(400, world.Ask("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}").Status);
        world.Wait(90);
        Assert.Equal(200, world.Ask("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}").Status);
    }

    [Theory]
    [InlineData("""{"productType":"MCR2","locationId":2,"speed":1000,"term":1,"currency":"AUD"}""", 200)]
    [InlineData("""{"productType":"VXC","aLocationId":2,"bLocationId":5,"speed":50,"term":12,"connectType":"AWSHC"}""",
        200)]
    [InlineData("""{"productType":"VXC","aLocationId":2,"bLocationId":999,"speed":50}""", 400)]
    [InlineData("""{"productType":"IX","speed":50}""", 400)]
    public void Prices_are_told_for_what_is_sold(string body, int status)
    {
        var answer = new MegaportWorld().Ask("POST", "/v4/pricebook/product", body);
        Assert.Equal(status, answer.Status);
        if (status == 200)
        {
            Assert.True(answer.Json!["data"]!["monthlyRate"]!.GetValue<decimal>() > 0);
            Assert.Equal("CORE", answer.Json["data"]!["prices"]![0]!["chargeReason"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Approvals_are_paged_and_notices_are_empty()
    {
        var world = new MegaportWorld();
        var approvals = world.Ask("GET", "/v3/order_approvals?status=PENDING&pageNumber=1&pageSize=50");
        Assert.Equal("50", approvals.Header("Pagination-Limit"));
        Assert.Equal("0", approvals.Header("Pagination-Total-Count"));
        Assert.Empty(world.Data("GET", "/ens/v1/status/maintenance?state=Scheduled").AsArray());
        Assert.Empty(world.Data("GET", "/ens/v1/status/outage?state=Ongoing").AsArray());
    }
}

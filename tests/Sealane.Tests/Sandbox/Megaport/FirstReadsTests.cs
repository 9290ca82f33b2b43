using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>What every tool asks of Megaport before it does anything.</summary>
public sealed class FirstReadsTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void Network_regions_name_every_country_that_has_locations()
    {
        var countries = _world.Data("GET", "/v2/networkRegions")[0]!["countries"]!.AsArray();
        Assert.Equal(_world.State.Locations.Select(location => location.Market).Distinct().Order(),
            countries.Select(country => country!["prefix"]!.GetValue<string>()).Order());
        Assert.Equal(_world.State.Locations.Count, countries.Sum(country => country!["siteCount"]!.GetValue<int>()));
    }

    [Fact]
    public void The_company_pays_in_a_market()
    {
        var market = Assert.Single(_world.Data("GET", "/v2/market").AsArray())!;
        Assert.Equal(("AUD", JsonValueKind.Number),
            (market["currencyEnum"]!.GetValue<string>(), market["firstPartyId"]!.GetValueKind()));
    }

    [Theory]
    [InlineData("srcLocation=2&year=26&month=1", 200, 12)]
    [InlineData("srcLocation=99999&year=26&month=1", 200, 0)]
    [InlineData("srcLocation=2&year=2026&month=1", 400, 0)]
    [InlineData("srcLocation=2&year=26&month=13", 400, 0)]
    [InlineData("year=26&month=1", 400, 0)]
    public void Round_trips_are_medians_of_a_month(string query, int status, int rows)
    {
        var answer = _world.Ask("GET", $"/v2/locations/rtt?{query}");
        Assert.Equal((status, rows), (answer.Status, (answer.Json!["data"] as JsonArray)?.Count ?? 0));
    }

    [Fact]
    public void Round_trips_are_the_same_both_ways_and_absent_in_staging()
    {
        Assert.Equal(Median(2, 61), Median(61, 2));
        Assert.True(Median(2, 3) < Median(2, 61));
        _world.State.Staging = true;
        Assert.Empty(_world.Data("GET", "/v2/locations/rtt?srcLocation=2&year=26&month=1").AsArray());

        double Median(int from, int to) => _world
            .Data("GET", $"/v2/locations/rtt?srcLocation={from}&year=26&month=1").AsArray()
            .Single(row => row!["dstLocation"]!.GetValue<int>() == to)!["medianRTT"]!.GetValue<double>();
    }

    [Fact]
    public void A_service_key_is_made_listed_read_changed_and_ends()
    {
        Assert.Empty(_world.Data("GET", "/v2/service/key").AsArray());
        var mcr = _world.LiveMcr();
        var end = _world.World.Now.AddMinutes(30).ToUnixTimeMilliseconds();
        var made = _world.Data("POST", "/v2/service/key",
            $$$"""
            {"productUid":"{{{mcr}}}","singleUse":true,"vlan":3,"maxSpeed":500,"active":true,
             "validFor":{"start":0,"end":{{{end}}}}}
            """);
        var key = made["key"]!.GetValue<string>();
        Assert.True(made["valid"]!.GetValue<bool>());
        Assert.Single(_world.Data("GET", $"/v2/service/key?productIdOrUid={mcr}").AsArray());
        Assert.Empty(_world.Data("GET", $"/v2/service/key?productIdOrUid={Guid.Empty}").AsArray());
        _world.Data("PUT", "/v2/service/key", $$"""{"key":"{{key}}","singleUse":false,"active":true}""");
        var read = _world.Data("GET", $"/v2/service/key?key={key}");
        Assert.Equal((false, false, 3, mcr), (read["singleUse"]!.GetValue<bool>(), read["expired"]!.GetValue<bool>(),
            read["vlan"]!.GetValue<int>(), read["productUid"]!.GetValue<string>()));
        _world.Wait(TimeSpan.FromMinutes(31).TotalSeconds);
        Assert.True(_world.Data("GET", $"/v2/service/key?key={key}")["expired"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("""{"singleUse":true,"maxSpeed":500}""")]
    [InlineData("""{"productUid":"MCR","singleUse":true}""")]
    [InlineData("""{"productUid":"00000000-0000-4000-8000-000000000000"}""")]
    public void A_service_key_without_a_port_or_vlan_is_refused(string body) =>
        Assert.Equal(400, _world.Ask("POST", "/v2/service/key",
            body.Replace("MCR", _world.LiveMcr(), StringComparison.Ordinal)).Status);

    [Fact]
    public void No_order_waits_for_approval_and_the_pages_are_in_the_headers()
    {
        var answer = _world.Ask("GET", "/v3/order_approvals?status=PENDING&pageNumber=1&pageSize=10");
        Assert.Equal((200, 0, "0", "10"), (answer.Status, answer.Json!["data"]!.AsArray().Count,
            answer.Header("Pagination-Total-Count"), answer.Header("Pagination-Limit")));
    }
}

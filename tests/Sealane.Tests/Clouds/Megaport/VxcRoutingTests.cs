using System.Text.Json.Nodes;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class VxcRoutingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Contract AwsVxc(string key) => Contract.Read("get-aws-vxc", ("secret", key));

    private static Contract AzureVxc => Contract.Read(
        "get-azure-vxc", ("secret", Link.ServiceKey.Reveal()), ("secret2", Link.Keys.AzureBgp(PartKey.None).Reveal()));

    [Fact]
    public async Task Static_routes_are_one_put_that_carries_everything_with_the_key_put_back()
    {
        var put = Contract.Read("update-vxc-routes", ("secret", Link.Keys.AwsBgp(PartKey.None).Reveal()));
        // As read: the key masked by the vendor, or not shown. What is written is ours.
        using var fake = new FakeMegaport().Says(AwsVxc("********")).Says(put);
        var routes = fake.The<VxcRoutes>(id: "megaport/aws-routes");
        await routes.Create(routes.Derive(Link.Built()), Stop);
        put.IsSaidBy(fake.Writes.Single());
    }

    [Fact]
    public async Task Filters_of_the_azure_session_keep_its_addresses_vlan_and_key()
    {
        using var fake = new FakeMegaport().Says(AzureVxc).Data($"PUT /v3/product/vxc/{FakeMegaport.AzureVxc}", "{}");
        var filters = fake.The<VxcFilters>(id: "megaport/azure-filters");
        var seen = await filters.Observe(Link.Built(), Stop);
        var desired = filters.Derive(Link.Built());
        var change = filters.Compare(desired, seen!);
        Assert.Equal(["import list none → 2821", "export list none → 2822", "BFD off → on"], change.Differences);
        await filters.Update(desired, seen!, Stop);
        var wanted = JsonNode.Parse($$"""
            {"aEndConfig":{"interfaces":[{"ipAddresses":["192.168.101.1/30"],"ipRoutes":[],"vlan":100,"bgpConnections":[
             {"peerAsn":12076,"localIpAddress":"192.168.101.1","peerIpAddress":"192.168.101.2",
              "password":"{{Link.Keys.AzureBgp(PartKey.None).Reveal()}}","shutdown":false,"bfdEnabled":true,
              "importWhitelist":2821,"exportWhitelist":2822}]}]} }
            """);
        Assert.True(JsonNode.DeepEquals(wanted, JsonNode.Parse(fake.Writes.Single().Body)), fake.Writes.Single().Body);
    }

    /// <summary>A list that drops lets through all that it does not name.</summary>
    [Fact]
    public void A_filter_that_is_set_takes_the_list_that_drops_off_its_side_alone()
    {
        var session = new BgpConnection { ImportBlacklist = 5, ExportBlacklist = 6 };
        Assert.Equal(session with { ImportWhitelist = 7, ImportBlacklist = null }, AEnd.Filtered(session, 7, null));
        Assert.Equal(session with { ExportWhitelist = 8, ExportBlacklist = null }, AEnd.Filtered(session, null, 8));
    }

    [Fact]
    public async Task The_aws_session_has_its_filters_from_the_order()
    {
        using var fake = new FakeMegaport().Says(AwsVxc("k"));
        var filters = fake.The<VxcFilters>(id: "megaport/aws-filters");
        var seen = await filters.Observe(Link.Built(), Stop);
        Assert.True(filters.IsReady(seen!));
        Assert.Equal(ChangeKind.None, filters.Compare(filters.Derive(Link.Built()), seen!).Kind);
    }

    [Fact]
    public async Task A_session_that_is_not_shown_yet_is_waited_for()
    {
        using var fake = new FakeMegaport()
            .Data($"GET /v2/product/{FakeMegaport.AzureVxc}", """{"provisioningStatus":"LIVE"}""");
        var filters = fake.The<VxcFilters>(id: "megaport/azure-filters");
        Assert.False(filters.IsReady((await filters.Observe(Link.Built(), Stop))!));
        var error = await Assert.ThrowsAsync<CloudError>(() =>
            filters.Create(filters.Derive(Link.Built()), Stop));
        Assert.Equal(CloudErrorKind.Busy, error.Kind);
    }

    [Fact]
    public async Task Routes_towards_azure_use_the_peer_that_megaport_chose()
    {
        using var fake = new FakeMegaport().Says(AzureVxc);
        var routes = fake.The<VxcRoutes>(id: "megaport/azure-routes");
        var seen = await routes.Observe(Link.Built(), Stop);
        var change = routes.Compare(routes.Derive(Link.Built()), seen!);
        Assert.Equal("static routes {} → {10.2.0.6/32 via 192.168.101.2}", Assert.Single(change.Differences));
    }

    [Fact]
    public async Task A_foreign_static_route_is_a_difference()
    {
        using var fake = new FakeMegaport().Data($"GET /v2/product/{FakeMegaport.AwsVxc}", """
            {"provisioningStatus":"LIVE","resources":{"csp_connection":{"connectType":"VROUTER","interfaces":[{
             "ipRoutes":[{"prefix":"10.254.1.18/32","nextHop":"192.168.100.2"},{"prefix":"10.254.1.80/32","nextHop":"192.168.100.2"},{"prefix":"10.1.0.0/16","nextHop":"192.168.100.2"}],
             "bgpConnections":[{"importWhitelist":2819,"exportWhitelist":2820,"exportBlacklist":7}]}]}}}
            """);
        var routes = fake.The<VxcRoutes>(id: "megaport/aws-routes");
        var seen = await routes.Observe(Link.Built(), Stop);
        Assert.Equal(ChangeKind.InPlace, routes.Compare(routes.Derive(Link.Built()), seen!).Kind);
        var filters = fake.The<VxcFilters>(id: "megaport/aws-filters");
        Assert.Equal(["export deny list 7 → none"],
            filters.Compare(filters.Derive(Link.Built()), seen!).Differences);
    }

    [Fact]
    public async Task Routing_goes_with_its_vxc_and_nothing_is_sent_to_delete_it()
    {
        using var fake = new FakeMegaport().Says(AwsVxc("k"));
        foreach (var resource in MegaportResources.All(Link.Design(), fake.Client, Link.Keys)
            .Where(each => each is VxcFilters or VxcRoutes && each.Id.Contains("aws", StringComparison.Ordinal)))
        {
            var seen = await resource.Look(Link.Built(), Stop);
            await seen!.Delete(Stop);
            Assert.True(resource.GoesWithItsNeeds);
        }
        Assert.Empty(fake.Writes);
    }
}

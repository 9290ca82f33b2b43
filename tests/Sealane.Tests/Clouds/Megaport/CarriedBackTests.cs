using System.Text.Json.Nodes;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Tests.Clouds.Http;

namespace Sealane.Tests.Clouds.Megaport;

/// <summary>
/// An update of a VXC replaces its interfaces and an update of a prefix list its entries: what somebody made by hand
/// and
/// Sealane does not know goes back as it came.
/// </summary>
public sealed class CarriedBackTests
{
    /// <summary>What an MCR can do besides a link: github.com/megaport/megaportgo, vxc_types.go.</summary>
    private const string ByHand = """
        {"packetFilterIn":77,"packetFilterOut":78,"interfaceType":"subInterface","description":"by hand",
         "ipSecTunnelOptions":{
          "sourceIpAddress":"192.0.2.1","destinationIpAddress":"192.0.2.2","preSharedKey":"{{psk}}"},
         "dhcpPools":{"network":"192.168.1.0/24","startIpAddress":"192.168.1.10","endIpAddress":"192.168.1.20"}}
        """;

    private const string Psk = "a-key-of-somebody-else";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("filters", false)]
    [InlineData("filters", true)]
    [InlineData("routes", false)]
    [InlineData("routes", true)]
    [InlineData("session", false)]
    [InlineData("session", true)]
    public async Task What_is_not_known_of_an_interface_goes_back_with_every_edit(string edit, bool listsOfOneAreBare)
    {
        var contract = Contract.Read("get-aws-vxc", ("secret", "********"));
        var envelope = JsonNode.Parse(contract.ReplyBody)!;
        var router = envelope["data"]!["resources"]!["csp_connection"]!.AsArray()[0]!;
        var face = router["interfaces"]![0]!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(ByHand.Replace("{{psk}}", Psk,
            StringComparison.Ordinal))!.AsObject())
        {
            face[name] = value?.DeepClone();
        }
        var session = face["bgpConnections"]![0]!.AsObject();
        session["multihop"] = 3;
        face["ipRoutes"] = new JsonArray(new JsonObject
        {
            ["prefix"] = "10.254.1.18/32",
            ["nextHop"] = "192.168.100.2",
            ["description"] = "AWS tunnel 1",
        });
        var planted = Planted.Everywhere(face);
        if (listsOfOneAreBare)
        {
            foreach (var name in new[] { "bgpConnections", "ipRoutes", "ipAddresses" })
            {
                face[name] = face[name]![0]!.DeepClone();
            }
        }
        using var fake = new FakeMegaport().On($"{contract.Method} {contract.Target}", 200, Planted.Text(envelope))
            .Data($"PUT /v3/product/vxc/{FakeMegaport.AwsVxc}", "{}");
        await Edit(edit, fake);

        var sent = fake.Writes.Single();
        Assert.Equal(planted, Planted.In(sent.Body));
        var written = JsonNode.Parse(sent.Body)!["aEndConfig"]!["interfaces"]![0]!;
        Assert.Equal((77, 78, 3), (
            (int)written["packetFilterIn"]!, (int)written["packetFilterOut"]!,
                (int)written["bgpConnections"]![0]!["multihop"]!));
        Assert.Equal(Psk, (string?)written["ipSecTunnelOptions"]!["preSharedKey"]);
        Assert.Equal("192.168.1.0/24", (string?)written["dhcpPools"]![0]!["network"]);
        Assert.Equal(Link.Keys.AwsBgp(PartKey.None).Reveal(), (string?)written["bgpConnections"]![0]!["password"]);
        // -1 says that there is none, and is refused in an update.
        Assert.Null(written["vlan"]);
        Assert.Null(written["natIpAddresses"]);
        Counts.Say($"{edit}: {planted} unknown members");
    }

    /// <summary>
    /// The write path knows bfdEnabled of a session only; a BFD of the interface may be echoed or thrown away
    /// (github.com/megaport/terraform-provider-megaport, pull request 452).
    /// </summary>
    [Theory]
    [InlineData("""{"txInterval":300,"rxInterval":300,"multiplier":3}""", true)]
    [InlineData("{}", true)]
    [InlineData(null, true)]
    [InlineData("""{"txInterval":300,"rxInterval":300,"multiplier":3}""", false)]
    [InlineData(null, false)]
    public async Task Every_edit_switches_bfd_on_whether_or_not_the_interface_shows_one(string? ofInterface,
        bool ofSession)
    {
        var contract = Contract.Read("get-aws-vxc", ("secret", "k"));
        var envelope = JsonNode.Parse(contract.ReplyBody)!;
        var face = envelope["data"]!["resources"]!["csp_connection"]![0]!["interfaces"]![0]!.AsObject();
        face.Remove("bfd");
        if (ofInterface is not null)
        {
            face["bfd"] = JsonNode.Parse(ofInterface);
        }
        face["bgpConnections"]![0]!["bfdEnabled"] = ofSession;
        using var fake = new FakeMegaport().On($"{contract.Method} {contract.Target}", 200, Planted.Text(envelope))
            .Data($"PUT /v3/product/vxc/{FakeMegaport.AwsVxc}", "{}");
        await Edit("filters", fake);
        var written = JsonNode.Parse(fake.Writes.Single().Body)!["aEndConfig"]!["interfaces"]![0]!;
        Assert.True((bool)written["bgpConnections"]![0]!["bfdEnabled"]!);
        Assert.True(JsonNode.DeepEquals(ofInterface is null ? null : JsonNode.Parse(ofInterface), written["bfd"]));

        var filters = fake.The<VxcFilters>();
        var change = filters.Compare(
            filters.Derive(Link.Built()), (await filters.Observe(Link.Built(), Stop))!);
        Assert.Equal(
            ofSession ? [] : ["BFD off → on"],
            change.Differences.Where(line => line.Contains("bfd", StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task What_is_not_known_of_a_prefix_list_goes_back()
    {
        var read = JsonNode.Parse("""
            {"id":2822,"description":"sydney Azure-Export","addressFamily":"IPv4","entries":[
             {"action":"permit","prefix":"10.254.1.18/32","ge":"32","le":"32"},
             {"action":"permit","prefix":"192.0.2.1/32"}]}
            """)!;
        var planted = Planted.Everywhere(read);
        using var fake = new FakeMegaport()
            .Data($"GET /v2/product/mcr2/{FakeMegaport.Mcr}/prefixList/2822", Planted.Text(read))
            .Data($"PUT /v2/product/mcr2/{FakeMegaport.Mcr}/prefixList/2822", "{}");
        var entries = fake.The<PrefixListEntries>(id: "megaport/azure-export-entries");
        await entries.Create(entries.Derive(Link.Built()), Stop);
        var sent = fake.Writes.Single();
        // The list and the entry that stays; the placeholder's place is taken by another prefix.
        Assert.Equal((3, 2), (planted, Planted.In(sent.Body)));
        var body = JsonNode.Parse(sent.Body)!;
        Assert.Null(body["id"]);
        Assert.Equal(
            ["10.254.1.18/32", "10.254.1.80/32"],
            body["entries"]!.AsArray().Select(entry => (string?)entry!["prefix"]));
        // Bounds that are not asked for go, and so do those that a reply writes as text.
        Assert.All(body["entries"]!.AsArray(), entry => Assert.Null(entry!["ge"]));
    }

    [Fact]
    public async Task A_key_that_is_carried_back_is_in_no_error()
    {
        var contract = Contract.Read("get-aws-vxc", ("secret", "k"));
        var envelope = JsonNode.Parse(contract.ReplyBody)!;
        envelope["data"]!["resources"]!["csp_connection"]![0]!["interfaces"]![0]!["ipSecTunnelOptions"] =
            new JsonObject { ["preSharedKey"] = Psk };
        using var fake = new FakeMegaport().On($"{contract.Method} {contract.Target}", 200, Planted.Text(envelope))
            .On($"PUT /v3/product/vxc/{FakeMegaport.AwsVxc}", 400, $$"""{"message":"Validation failed: {{Psk}}"}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => Edit("filters", fake));
        Assert.DoesNotContain(Psk, error.ToString(), StringComparison.Ordinal);
    }

    private static Task Edit(string what, FakeMegaport fake)
    {
        switch (what)
        {
            case "filters":
                var filters = fake.The<VxcFilters>(id: "megaport/aws-filters");
                return filters.Create(filters.Derive(Link.Built()), Stop);
            case "routes":
                var routes = fake.The<VxcRoutes>(id: "megaport/aws-routes");
                return routes.Create(routes.Derive(Link.Built()), Stop);
            default:
                var vxc = fake.The<AwsVxc>();
                var other = Link.AwsVxc with
                {
                    Interfaces = [Link.AwsVxc.Interfaces[0] with { IpAddresses = ["192.168.100.5/30"] }],
                };
                return vxc.Update(vxc.Derive(Link.Built()), other, Stop);
        }
    }
}

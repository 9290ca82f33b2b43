using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class VxcTests
{
    private const string Mcr = $"GET /v2/product/{FakeMegaport.Mcr}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static Contract AwsVxc => Contract.Read("get-aws-vxc", ("secret", Link.Keys.AwsBgp(PartKey.None).Reveal()));

    private static Contract AzureVxc => Contract.Read(
        "get-azure-vxc", ("secret", Link.ServiceKey.Reveal()), ("secret2", Link.Keys.AzureBgp(PartKey.None).Reveal()));

    [Fact]
    public async Task The_aws_vxc_is_ordered_with_session_key_and_both_filters_on_the_best_port()
    {
        var buy = Contract.Read("buy-aws-vxc", ("secret", Link.Keys.AwsBgp(PartKey.None).Reveal()));
        using var fake = new FakeMegaport().Says(Contract.Read("partner-ports")).Says(Contract.Read("locations"))
            .Data("POST /v3/networkdesign/validate", "[]").Says(buy);
        var vxc = fake.The<AwsVxc>();
        await vxc.Create(vxc.Derive(Link.Built()), Stop);
        buy.IsSaidBy(fake.Writes.Single());
    }

    [Theory]
    [InlineData("ap-southeast-2", null, "Equinix SY1", 50, "b9013d35-0000-4000-8000-00000000a001")]
    [InlineData("ap-southeast-2", "blue", "Equinix SY1", 50, "b9013d35-0000-4000-8000-00000000a002")]
    [InlineData("ap-southeast-2", "red", "3", 500, "b9013d35-0000-4000-8000-00000000a003")]
    [InlineData("eu-west-1", null, "Equinix SY1", 50, "b9013d35-0000-4000-8000-00000000c001")]
    public async Task A_port_is_chosen(string region, string? zone, string location, int rate, string uid)
    {
        using var fake = new FakeMegaport().Says(Contract.Read("partner-ports")).Says(Contract.Read("locations"));
        var ports = await fake.Client.AwsHostedConnectionPorts(Stop);
        Assert.Equal(uid,
            AwsPort.Choose(ports, await fake.Client.Locations(Stop), region, location, zone, rate).ProductUid);
    }

    [Fact]
    public async Task A_region_without_a_port_at_the_location_names_the_places_that_have_one()
    {
        using var fake = new FakeMegaport().Says(Contract.Read("partner-ports")).Says(Contract.Read("locations"));
        var ports = await fake.Client.AwsHostedConnectionPorts(Stop);
        var all = await fake.Client.Locations(Stop);
        var slow = Assert.Throws<CloudError>(() => AwsPort.Choose(ports, all, "ap-southeast-2", "3", null, 2000));
        Assert.Equal("set megaport.awsLocation to one of: Equinix SY1, Global Switch Sydney West", slow.Advice);
        var none = Assert.Throws<CloudError>(() => AwsPort.Choose(ports, all, "us-east-1", "2", null, 50));
        Assert.Contains("aws.connectionRegion", none.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_aws_vxc_is_found_under_its_mcr_and_read()
    {
        using var fake = new FakeMegaport()
            .Data(Mcr, $$"""{"associatedVxcs":[{"productUid":"{{FakeMegaport.AwsVxc}}","productName":"sydney-aws","provisioningStatus":"LIVE"}]}""")
            .Data($"GET /v2/product/{FakeMegaport.AwsVxc}/tags",
                """{"resourceTags":[{"key":"sealane","value":"sydney"}]}""").Says(AwsVxc);
        var vxc = fake.The<AwsVxc>();
        var seen = await vxc.Observe(Link.Built(), Stop);
        Assert.Equal(("dxcon-fg1234ab", 314, "192.168.100.2", 2820),
            (seen!.ConnectionId, seen.BVlan, seen.Session!.PeerIpAddress, seen.Session.ExportWhitelist));
        Assert.True(vxc.IsReady(seen));
        Assert.Equal([], vxc.Compare(vxc.Derive(Link.Built()), seen).Differences);
        Assert.DoesNotContain(Link.Keys.AwsBgp(PartKey.None).Reveal(),
            seen.ToString() + string.Join(' ', vxc.View(seen).Facts!),
            StringComparison.Ordinal);
        Assert.Null(await fake.The<AwsVxc>()
            .Observe(Link.Built().Without("megaport/mcr"), Stop));
    }

    [Fact]
    public async Task A_vxc_whose_name_was_changed_in_the_spec_is_renamed_and_not_ordered_again()
    {
        using var fake = new FakeMegaport()
            .Data(Mcr, $$"""{"associatedVxcs":[{"productUid":"{{FakeMegaport.AwsVxc}}","productName":"sydney-aws"},{"productUid":"{{FakeMegaport.AzureVxc}}","productName":"sydney-azure"},{"productUid":"x","productName":"other"}]}""")
            .Data("GET /v2/product/x/tags", "null").Says(AwsVxc).Says(AzureVxc)
            .Data($"PUT /v3/product/vxc/{FakeMegaport.AwsVxc}", "{}");
        foreach (var uid in new[] { FakeMegaport.AwsVxc, FakeMegaport.AzureVxc })
        {
            fake.Data($"GET /v2/product/{uid}/tags", """{"resourceTags":[{"key":"sealane","value":"sydney"}]}""");
        }
        var design = Link.Design(spec => spec with { AwsVxcName = "new-name" });
        var vxc = fake.The<AwsVxc>(design);
        var seen = await vxc.Observe(Link.Built(), Stop);
        var change = vxc.Compare(vxc.Derive(Link.Built()), seen!);
        Assert.Equal((ChangeKind.InPlace, "name sydney-aws → new-name"),
            (change.Kind, Assert.Single(change.Differences)));
        await vxc.Update(vxc.Derive(Link.Built()), seen!, Stop);
        Assert.Equal("""{"name":"new-name","costCentre":""}""", fake.Writes.Single().Body);
    }

    public static TheoryData<string, string, bool> Variants => new()
    {
        { "no end configuration yet", """{"provisioningStatus":"DEPLOYABLE","resources":{"vll":[]}}""", false },
        { "resources as an empty list", """{"provisioningStatus":"LIVE","resources":[]}""", false },
        { "one bare end",
            """{"provisioningStatus":"LIVE","bEnd":{"vlan":"314"},"resources":{"csp_connection":{"connectType":"AWSHC","connectionId":"dxcon-1"}}}""", false },
        { "id later than LIVE",
            """{"provisioningStatus":"LIVE","bEnd":{"vlan":314},"resources":{"csp_connection":[{"connectType":"AWSHC"},{"connectType":"VROUTER","interfaces":{"bgpConnections":{"peerAsn":"64550"}}}]}}""", false },
        { "bare interface and session",
            """{"provisioningStatus":"CONFIGURED","bEnd":{"vlan":314},"resources":{"csp_connection":[{"connectType":"awshc","connectionId":"dxcon-1"},{"connectType":"VROUTER","interfaces":{"ipRoutes":{},"bgpConnections":{"peerAsn":"64550"}}}]},"vxcApproval":[],"novel":{"a":1}}""", true },
        { "no VLAN yet",
            """{"provisioningStatus":"LIVE","bEnd":{"vlan":null},"resources":{"csp_connection":[{"connectType":"AWSHC","connectionId":"dxcon-1"},{"connectType":"VROUTER","interfaces":[{"bgpConnections":[{}]}]}]}}""", false },
        { "other case",
            """{"ProvisioningStatus":"LIVE","bend":{"VLAN":314},"Resources":{"CSP_connection":[{"connecttype":"AWSHC","connectionID":"dxcon-1"},{"connectType":"VROUTER","interfaces":[{"bgpconnections":[{}]}]}]}}""", true },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Every_form_of_a_vxc_is_read(string form, string data, bool ready)
    {
        using var fake = new FakeMegaport().Data($"GET /v2/product/{FakeMegaport.AwsVxc}", data);
        var product = await fake.Client.Product(FakeMegaport.AwsVxc, Stop);
        Assert.True(ready == fake.The<AwsVxc>().IsReady(VxcProduct.Of(FakeMegaport.AwsVxc, product!)),
            form);
    }

    public static TheoryData<string, VxcProduct, ChangeKind> AwsComparisons => new()
    {
        { "as ordered", Link.AwsVxc, ChangeKind.None },
        { "on another port of the same place", Link.AwsVxc with { PartnerPort = "another" }, ChangeKind.None },
        { "key not shown", Session(Link.AwsVxc, key: null), ChangeKind.None },
        { "key shown as stars", Session(Link.AwsVxc, key: "********"), ChangeKind.None },
        { "other key", Session(Link.AwsVxc, key: "another"), ChangeKind.InPlace },
        { "other rate", Link.AwsVxc with { RateMbps = 100 }, ChangeKind.Replace },
        { "other account", Link.AwsVxc with { OwnerAccount = "999922223333" }, ChangeKind.Replace },
        { "cost centre", Link.AwsVxc with { CostCentre = "x" }, ChangeKind.InPlace },
        { "longer contract", Link.AwsVxc with { TermMonths = 12 }, ChangeKind.None },
        { "not configured yet", Link.AwsVxc with { Interfaces = [], OwnerAccount = null, RateMbps = null },
            ChangeKind.None },
    };

    [Theory]
    [MemberData(nameof(AwsComparisons))]
    public void An_observed_aws_vxc_is_compared(string reason, VxcProduct observed, ChangeKind kind)
    {
        using var fake = new FakeMegaport();
        var vxc = fake.The<AwsVxc>();
        var change = vxc.Compare(vxc.Derive(Link.Built()), observed);
        Assert.True(kind == change.Kind, $"{reason}: {change.Kind} {string.Join("; ", change.Differences)}");
    }

    [Fact]
    public async Task The_azure_vxc_is_ordered_by_service_key_with_the_full_peering_and_no_router_side()
    {
        var buy = Contract.Read("buy-azure-vxc", ("secret", Link.ServiceKey.Reveal()),
            ("secret2", Link.Keys.AzureBgp(PartKey.None).Reveal()));
        using var fake = new FakeMegaport().Says(Contract.Read("azure-key", ("secret", Link.ServiceKey.Reveal())))
            .Data("POST /v3/networkdesign/validate", "[]").Says(buy);
        var vxc = fake.The<AzureVxc>();
        await vxc.Create(vxc.Derive(Link.Built()), Stop);
        buy.IsSaidBy(fake.Writes.Single());
    }

    [Theory]
    [InlineData(404, """{"message":"no such key"}""", CloudErrorKind.Busy)]
    [InlineData(400, """{"message":"Invalid service_key length '6543'"}""", CloudErrorKind.Invalid)]
    [InlineData(200, """{"data":{"bandwidth":50,"megaports":[]}}""", CloudErrorKind.Busy)]
    [InlineData(200, """{"data":{"bandwidth":50,"megaports":{"type":"primary","productUid":"p","vxc":186002}}}""",
        CloudErrorKind.Exists)]
    [InlineData(200, """{"data":{"bandwidth":20,"megaports":[{"type":"primary","productUid":"p","vxc":0}]}}""",
        CloudErrorKind.Invalid)]
    public async Task A_service_key_that_cannot_be_used_says_whether_to_wait(int status, string body,
        CloudErrorKind kind)
    {
        using var fake = new FakeMegaport().On($"GET /v2/secure/azure/{Link.ServiceKey.Reveal()}", status, body);
        var vxc = fake.The<AzureVxc>();
        var error = await Assert.ThrowsAsync<CloudError>(() =>
            vxc.Create(vxc.Derive(Link.Built()), Stop));
        Assert.Equal(kind, error.Kind);
        Assert.Empty(fake.Writes);
    }

    [Fact]
    public async Task The_azure_vxc_is_read_with_the_session_that_megaport_made()
    {
        using var fake = new FakeMegaport().Says(AzureVxc);
        var seen = VxcProduct.Of(FakeMegaport.AzureVxc, (await fake.Client.Product(FakeMegaport.AzureVxc, Stop))!);
        var vxc = fake.The<AzureVxc>();
        Assert.True(vxc.IsReady(seen));
        Assert.Equal((50, "192.168.101.2", "133937"),
            (seen.CircuitMbps, seen.Session!.PeerIpAddress, seen.Peer!.PeerAsn));
        Assert.Equal([], vxc.Compare(vxc.Derive(Link.Built()), seen).Differences);
        Assert.DoesNotContain("beef", seen.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, VxcProduct, int, ChangeKind> AzureComparisons => new()
    {
        { "as ordered", Link.AzureVxc, 50, ChangeKind.None },
        { "Microsoft took the first host", Addresses("192.168.101.2", "192.168.101.1"), 50, ChangeKind.None },
        { "session elsewhere", Addresses("192.168.9.1", "192.168.9.2"), 50, ChangeKind.Replace },
        { "slower than wanted", Link.AzureVxc with { RateMbps = 20 }, 50, ChangeKind.InPlace },
        { "circuit too small", Link.AzureVxc, 100, ChangeKind.Refused },
        { "another circuit", Link.AzureVxc with { ServiceKey = new("another") }, 50, ChangeKind.Replace },
        { "key in another case", Link.AzureVxc with { ServiceKey = new(Link.ServiceKey.Reveal().ToUpperInvariant()) },
            50, ChangeKind.None },
        { "other subnet", Link.AzureVxc with { Peer = new() { PrimarySubnet = "192.168.7.0/30" } }, 50,
            ChangeKind.Replace },
        { "bare", Link.AzureVxc with { Peer = null, ServiceKey = null, Interfaces = [] }, 50, ChangeKind.None },
    };

    [Theory]
    [MemberData(nameof(AzureComparisons))]
    public void An_observed_azure_vxc_is_compared(string reason, VxcProduct observed, int rate, ChangeKind kind)
    {
        using var fake = new FakeMegaport();
        var vxc = fake.The<AzureVxc>();
        var desired = vxc.Derive(Link.Built()) with { RateMbps = rate };
        var change = vxc.Compare(desired, observed);
        Assert.True(kind == change.Kind, $"{reason}: {change.Kind} {string.Join("; ", change.Differences)}");
    }

    [Fact]
    public async Task A_rate_change_is_one_small_update_that_touches_no_interface()
    {
        using var fake = new FakeMegaport().Data($"PUT /v3/product/vxc/{FakeMegaport.AzureVxc}", "{}");
        var vxc = fake.The<AzureVxc>();
        await vxc.Update(vxc.Derive(Link.Built()),
            Link.AzureVxc with { RateMbps = 20, CostCentre = "old" }, Stop);
        Assert.Equal("""{"rateLimit":50,"costCentre":""}""", fake.Writes.Single().Body);
    }

    [Theory]
    [InlineData(400, "circuit has an attached peering connection that must be removed in Azure first",
        CloudErrorKind.Busy)]
    [InlineData(400, "whatever it says while a VIF exists", CloudErrorKind.Busy)]
    [InlineData(500, "Transaction silently rolled back because it has been marked as rollback-only",
        CloudErrorKind.Busy)]
    [InlineData(403, "no", CloudErrorKind.Denied)]
    public async Task A_cancel_that_comes_too_early_is_repeated_later(int status, string text, CloudErrorKind kind)
    {
        using var fake = new FakeMegaport().On($"POST /v3/product/{FakeMegaport.AwsVxc}/action/CANCEL_NOW", status,
            $$"""{"message":"{{text}}" }""").Says(AwsVxc);
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.The<AwsVxc>()
            .Delete(Link.AwsVxc, Stop));
        Assert.Equal(kind, error.Kind);
    }

    [Fact]
    public async Task A_cancelled_vxc_is_no_longer_there()
    {
        using var fake = new FakeMegaport()
            .Data(Mcr, $$"""{"associatedVxcs":{"productUid":"{{FakeMegaport.AwsVxc}}","productName":"sydney-aws","provisioningStatus":"CANCELLED"} }""");
        Assert.Null(await fake.The<AwsVxc>().Observe(Link.Built(), Stop));
    }

    private static VxcProduct Session(VxcProduct vxc, string? key) => vxc with
    {
        Interfaces =
            [vxc.Interfaces[0]
                with { BgpConnections = [vxc.Session! with { Password = key is null ? null : new Secret(key) }] }],
    };

    private static VxcProduct Addresses(string mcr, string peer) => Link.AzureVxc with
    {
        Interfaces =
            [new() { IpAddresses = [$"{mcr}/30"],
                BgpConnections = [new() { LocalIpAddress = mcr, PeerIpAddress = peer }] }],
    };
}

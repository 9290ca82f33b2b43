using Sealane.Clouds.Megaport;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class McrTests
{
    private const string Product = $"GET /v2/product/{FakeMegaport.Mcr}";
    private const string Tags = $"GET /v2/product/{FakeMegaport.Mcr}/tags";
    private const string Listed =
        $$"""[{"productUid":"{{FakeMegaport.Mcr}}","productName":"sydney-mcr","productType":"MCR2","provisioningStatus":"LIVE"}]""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_mcr_is_found_by_exact_name_and_tag_among_everything_else()
    {
        using var fake = new FakeMegaport().Says(Contract.Read("get-mcr"))
            .Data("GET /v2/products", $$"""
                [{"productUid":"p1","productName":"sydney-mcr","productType":"MEGAPORT","provisioningStatus":"LIVE"},
                 {"productUid":"p2","productName":"Sydney-MCR","productType":"MCR2","provisioningStatus":"LIVE"},
                 {"productUid":"p3","productName":"sydney-mcr","productType":"MCR2","provisioningStatus":"DECOMMISSIONED"},
                 {"productUid":"p4","productName":"sydney-mcr","productType":"MCR2","provisioningStatus":"LIVE"},
                 {"productUid":"{{FakeMegaport.Mcr}}","productName":"sydney-mcr","productType":"MCR2","provisioningStatus":"LIVE"}]
                """)
            .Data("GET /v2/product/p4/tags", """{"resourceTags":[{"key":"sealane","value":"melbourne"}]}""")
            .Data(Tags, """{"resourceTags":[{"key":"sealane","value":"sydney"}]}""");
        var mcr = fake.The<Mcr>();
        var seen = await mcr.Observe(new Link.Known(), Stop);
        Assert.Equal(Link.Mcr with { VxcNames = seen!.VxcNames, Created = seen.Created }, seen);
        Assert.True(mcr.IsReady(seen));
        Assert.Equal(ChangeKind.None, mcr.Compare(mcr.Derive(new Link.Known()), seen).Kind);
        Assert.Empty(fake.Writes);

        var before = fake.All.Count;
        await mcr.Observe(new Link.Known(), Stop);
        Assert.Equal(before + 1, fake.All.Count);
    }

    [Theory]
    [InlineData("""{"resourceTags":[]}""", 0, CloudErrorKind.Doubtful)]
    [InlineData("null", 0, CloudErrorKind.Doubtful)]
    [InlineData("null", 1772323170000, CloudErrorKind.Busy)]
    public async Task An_mcr_of_that_name_without_a_tag_is_not_taken_and_not_ordered_again(string tags, long created,
        CloudErrorKind kind)
    {
        using var fake = new FakeMegaport()
            .Data("GET /v2/products", Listed.Replace("}", $",\"createDate\":{created}}}", StringComparison.Ordinal))
            // Nothing that it carries bears the tag either.
            .Data(Product, $$"""{"productUid":"{{FakeMegaport.Mcr}}","associatedVxcs":[]}""")
            .Data(Tags, tags);
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.The<Mcr>()
            .Observe(new Link.Known(), Stop));
        Assert.Equal(kind, error.Kind);
        Assert.Contains("sealane adopt", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_mcrs_of_this_link_stop_everything()
    {
        using var fake = new FakeMegaport()
            .Data("GET /v2/products",
                """[{"productUid":"a","productName":"sydney-mcr","productType":"MCR2"},{"productUid":"b","productName":"sydney-mcr","productType":"MCR2"}]""")
            .Data("GET /v2/product/a/tags", """{"resourceTags":[{"key":"sealane","value":"sydney"}]}""")
            .Data("GET /v2/product/b/tags", """{"resourceTags":{"key":"sealane","value":"sydney"}}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.The<Mcr>()
            .Observe(new Link.Known(), Stop));
        Assert.Equal(CloudErrorKind.Doubtful, error.Kind);
        Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_mcr_is_validated_and_then_ordered_once_and_remembered()
    {
        var buy = Contract.Read("buy-mcr");
        using var fake = new FakeMegaport().Says(Contract.Read("locations"))
            .Data("POST /v3/networkdesign/validate", "[]").Says(buy)
            .Says(Contract.Read("get-mcr")).Data(Tags, """{"resourceTags":[]}""")
            .Data("GET /v2/products", "[]").Data("GET /v2/products", Listed);
        var mcr = fake.The<Mcr>();
        await mcr.Create(mcr.Derive(new Link.Known()), Stop);
        buy.IsSaidBy(fake.Writes.Single());
        Assert.Equal(["GET locations", "POST networkdesign/validate", "POST networkdesign/buy"],
            fake.Calls.Select(sent => sent.Operation));

        // Not listed for a moment after the order, so no other run could find it: not there yet, and found without
        // its tag later.
        Assert.Null(await mcr.Observe(new Link.Known(), Stop));
        Assert.NotNull(await mcr.Observe(new Link.Known(), Stop));
    }

    [Fact]
    public async Task A_full_zone_is_left_for_the_other_one_unless_the_spec_names_it()
    {
        using var fake = new FakeMegaport().Says(Contract.Read("locations"))
            .On("POST /v3/networkdesign/validate", 400, """{"message":"No available capacity for this request"}""")
            .Data("POST /v3/networkdesign/validate", "[]").Says(Contract.Read("buy-mcr"));
        var mcr = fake.The<Mcr>();
        await mcr.Create(mcr.Derive(new Link.Known()), Stop);
        Assert.Contains("\"diversityZone\":\"blue\"", fake.Writes.Single().Body, StringComparison.Ordinal);

        using var named = new FakeMegaport().Says(Contract.Read("locations"))
            .On("POST /v3/networkdesign/validate", 400, """{"message":"No available capacity for this request"}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => named.The<Mcr>().Create(
            named.The<Mcr>(Link.Design(spec => spec with { DiversityZone = "red" })).Derive(new Link.Known()), Stop));
        Assert.Equal(CloudErrorKind.Quota, error.Kind);
        Assert.Empty(named.Writes);
    }

    [Theory]
    [InlineData("Equinix SY9", 1000, "did you mean Equinix SY1")]
    [InlineData("3", 5000, "choose another megaport.location")]
    public async Task A_place_that_cannot_hold_the_mcr_is_said_before_anything_is_ordered(string location, int speed,
        string advice)
    {
        using var fake = new FakeMegaport().Says(Contract.Read("locations"));
        var design = Link.Design(spec => spec with { Location = location, Mcr = new() { SpeedMbps = speed } });
        var mcr = fake.The<Mcr>(design);
        var error = await Assert.ThrowsAsync<CloudError>(() => mcr.Create(mcr.Derive(new Link.Known()), Stop));
        Assert.Equal(CloudErrorKind.Invalid, error.Kind);
        Assert.StartsWith(advice, error.Advice, StringComparison.Ordinal);
    }

    public static TheoryData<string, McrProduct, ChangeKind> Comparisons => new()
    {
        { "as ordered", Link.Mcr, ChangeKind.None },
        { "still being provisioned", Link.Mcr with { Asn = null, DiversityZone = null, LocationName = null },
            ChangeKind.None },
        { "other speed", Link.Mcr with { SpeedMbps = 2500 }, ChangeKind.Replace },
        { "other ASN", Link.Mcr with { Asn = 64999 }, ChangeKind.Replace },
        { "other place", Link.Mcr with { LocationId = 3, LocationName = "Global Switch" }, ChangeKind.Replace },
        { "cost centre", Link.Mcr with { CostCentre = "net-ops" }, ChangeKind.InPlace },
        { "longer contract running", Link.Mcr with { TermMonths = 12 }, ChangeKind.Refused },
    };

    [Theory]
    [MemberData(nameof(Comparisons))]
    public void An_observed_mcr_is_compared(string reason, McrProduct observed, ChangeKind kind)
    {
        using var fake = new FakeMegaport();
        var mcr = fake.The<Mcr>();
        var change = mcr.Compare(mcr.Derive(new Link.Known()), observed);
        Assert.True(kind == change.Kind, $"{reason}: {change.Kind} {string.Join("; ", change.Differences)}");
    }

    [Fact]
    public async Task An_update_sends_the_cost_centre_again()
    {
        using var fake = new FakeMegaport().Data($"PUT /v2/product/mcr2/{FakeMegaport.Mcr}", "{}");
        var mcr = fake.The<Mcr>(Link.Design(spec => spec with { CostCentre = "net", Term = 12 }));
        await mcr.Update(mcr.Derive(new Link.Known()), Link.Mcr, Stop);
        Assert.Equal("""{"name":"sydney-mcr","costCentre":"net","term":12}""", fake.Writes.Single().Body);
    }

    [Fact]
    public async Task An_existing_mcr_is_used_by_uid_and_its_asn_must_be_known()
    {
        using var fake = new FakeMegaport().Says(Contract.Read("get-mcr"));
        var design = Link.Design(spec => spec with { Mcr = new() { Id = FakeMegaport.Mcr, Asn = 64999 } });
        var mcr = fake.The<Mcr>(design);
        Assert.False(mcr.IsMade);
        var seen = await mcr.Observe(new Link.Known(), Stop);
        Assert.Equal(ChangeKind.Refused, mcr.Compare(mcr.Derive(new Link.Known()), seen!).Kind);
    }

    [Theory]
    [InlineData(404, """{"message":"MCR not found","data":""}""", CloudErrorKind.NotFound)]
    [InlineData(200, """{"data":{"productType":"MEGAPORT","provisioningStatus":"LIVE"}}""", CloudErrorKind.Invalid)]
    [InlineData(200, """{"data":{"productType":"MCR2","provisioningStatus":"DECOMMISSIONED"}}""",
        CloudErrorKind.NotFound)]
    public async Task An_existing_mcr_that_is_none_is_an_error(int status, string body, CloudErrorKind kind)
    {
        using var fake = new FakeMegaport().On(Product, status, body);
        var design = Link.Design(spec => spec with { Mcr = new() { Id = FakeMegaport.Mcr } });
        var error = await Assert.ThrowsAsync<CloudError>(() => fake.The<Mcr>(design)
            .Observe(new Link.Known(), Stop));
        Assert.Equal(kind, error.Kind);
        Assert.Contains("megaport.mcr.uid", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_mcr_is_deleted_safely_and_waits_for_what_is_attached()
    {
        var cancel = Contract.Read("cancel-now");
        using var fake = new FakeMegaport().Says(cancel);
        await fake.The<Mcr>().Delete(Link.Mcr, Stop);
        cancel.IsSaidBy(fake.Writes.Single());

        using var attached = new FakeMegaport()
            .On($"POST {cancel.Target}", 400, """{"message":"has services attached"}""").Says(Contract.Read("get-mcr"));
        var error = await Assert.ThrowsAsync<CloudError>(() => attached.The<Mcr>().Delete(Link.Mcr, Stop));
        Assert.Equal((CloudErrorKind.Busy, "has services attached"), (error.Kind, error.Message));

        using var gone = new FakeMegaport().On($"POST {cancel.Target}", 409, "")
            .Data(Product, """{"provisioningStatus":"DECOMMISSIONED"}""");
        await gone.The<Mcr>().Delete(Link.Mcr, Stop);

        using var locked = new FakeMegaport();
        error = await Assert.ThrowsAsync<CloudError>(() => locked.The<Mcr>()
            .Delete(Link.Mcr with { Locked = true }, Stop));
        Assert.Equal(CloudErrorKind.Invalid, error.Kind);
    }
}

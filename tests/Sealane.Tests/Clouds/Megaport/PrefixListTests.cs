using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

public class PrefixListTests
{
    private const string Lists = $"GET /v2/product/mcr2/{FakeMegaport.Mcr}/prefixLists";
    private const string One = $"GET /v2/product/mcr2/{FakeMegaport.Mcr}/prefixList/2822";
    private const string Index =
        """[{"id":2819,"description":"sydney AWS-Import","addressFamily":"IPv4"},{"id":"2822","description":"sydney Azure-Export","addressFamily":"IPv4"}]""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_made_closed()
    {
        var contract = Contract.Read("create-prefix-list");
        using var fake = new FakeMegaport().Says(contract);
        var list = fake.The<PrefixList>(id: "megaport/azure-export");
        await list.Create(list.Derive(Link.Built()), Stop);
        contract.IsSaidBy(fake.Writes.Single());
    }

    [Fact]
    public async Task A_list_is_found_by_description_and_two_of_them_stop_everything()
    {
        using var fake = new FakeMegaport().Data(Lists, Index)
            .Data(One, """{"id":2822,"entries":{"action":"permit","prefix":"192.0.2.1/32"}}""");
        var list = fake.The<PrefixList>(id: "megaport/azure-export");
        var seen = await list.Observe(Link.Built(), Stop);
        Assert.Equal((2822, "192.0.2.1/32"), (seen!.ListId, Assert.Single(seen.Entries).Prefix));
        Assert.Null(await list.Observe(Link.Built().Without("megaport/mcr"), Stop));

        using var twice = new FakeMegaport()
            .Data(Lists, Index.Replace("AWS-Import", "Azure-Export", StringComparison.Ordinal));
        var error = await Assert.ThrowsAsync<CloudError>(
            () => twice.The<PrefixList>(id: "megaport/azure-export").Observe(Link.Built(), Stop));
        Assert.Contains("2819, 2822", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_in_use_is_busy_and_a_missing_one_is_deleted()
    {
        using var used = new FakeMegaport()
            .On($"DELETE /v2/product/mcr2/{FakeMegaport.Mcr}/prefixList/2822", 409, """{"message":"in use"}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => used.The<PrefixList>(id: "megaport/azure-export")
            .Delete(Link.List(2822, "n"), Stop));
        Assert.Equal(CloudErrorKind.Busy, error.Kind);
        using var gone = new FakeMegaport().On(
            $"DELETE /v2/product/mcr2/{FakeMegaport.Mcr}/prefixList/2822", 404,
            """{"message":"Prefix list not found"}""");
        await gone.The<PrefixList>(id: "megaport/azure-export").Delete(Link.List(2822, "n"), Stop);
    }

    [Fact]
    public async Task Entries_open_a_list_for_the_tunnel_endpoints_in_one_put()
    {
        var contract = Contract.Read("update-prefix-list");
        using var fake = new FakeMegaport().Says(contract).Data(Lists, Index)
            .Data(One, """{"id":2822,"entries":[{"action":"permit","prefix":"192.0.2.1/32"}]}""")
            .Data(One, """{"id":2822,"entries":[{"action":"permit","prefix":"10.254.1.80/32","le":"32"},{"action":"permit","prefix":"10.254.1.18/32"}]}""");
        var entries = fake.The<PrefixListEntries>(id: "megaport/azure-export-entries");
        var desired = entries.Derive(Link.Built());
        var closed = await entries.Observe(Link.Built(), Stop);
        var change = entries.Compare(desired, closed!);
        Assert.Equal((ChangeKind.InPlace, "permits {192.0.2.1/32} → {10.254.1.18/32, 10.254.1.80/32}"),
            (change.Kind, Assert.Single(change.Differences)));
        await entries.Update(desired, closed!, Stop);
        contract.IsSaidBy(fake.Writes.Single());

        var open = await entries.Observe(Link.Built(), Stop);
        Assert.True(entries.IsReady(open!));
        Assert.Equal(ChangeKind.None, entries.Compare(desired, open!).Kind);
    }

    [Theory]
    [InlineData("aws-import", "10.254.1.18/32 10.254.1.80/32")]
    [InlineData("aws-export", "10.2.0.6/32")]
    [InlineData("azure-import", "10.2.0.6/32")]
    [InlineData("azure-export", "10.254.1.18/32 10.254.1.80/32")]
    public void Each_list_permits_the_endpoints_that_pass_it(string name, string permitted)
    {
        using var fake = new FakeMegaport();
        var entries = MegaportResources.All(Link.Design(), fake.Client, Link.Keys).OfType<PrefixListEntries>()
            .Single(each => each.Id == $"megaport/{name}-entries");
        Assert.Equal(permitted, string.Join(' ', entries.Derive(Link.Built()).Endpoints));
    }

    [Theory]
    [InlineData("permit", "10.2.0.6/32", null, null, "10.2.0.6/32")]
    [InlineData("permit", "10.2.0.6/32", 32, 32, "10.2.0.6/32")]
    [InlineData("Permit", "10.2.0.0/16", 16, null, "10.2.0.0/16")]
    [InlineData("permit", "10.2.0.0/16", null, 32, "10.2.0.0/16 le 32")]
    [InlineData("deny", "10.2.0.6/32", null, null, "deny 10.2.0.6/32")]
    public void Entries_are_compared_in_one_form(string action, string prefix, int? ge, int? le, string shown) =>
        Assert.Equal(shown,
            PrefixListBody.Show(new PrefixFilterEntry { Action = action, Prefix = prefix, Ge = ge, Le = le }));

    [Fact]
    public async Task Entries_are_absent_until_both_list_and_endpoints_are_there_and_go_with_their_list()
    {
        using var fake = new FakeMegaport().Data(Lists, Index).Data(One, """{"id":2822,"entries":[]}""");
        var entries = fake.The<PrefixListEntries>(id: "megaport/azure-export-entries");
        Assert.Null(await entries.Observe(Link.Built().Without("megaport/azure-export"), Stop));
        Assert.Null(await entries.Observe(Link.Built().Without("aws/vpn-connection"), Stop));
        var seen = await entries.Observe(Link.Built(), Stop);
        await entries.Delete(seen!, Stop);
        Assert.True(entries.GoesWithItsNeeds);
        Assert.Empty(fake.Writes);
    }
}

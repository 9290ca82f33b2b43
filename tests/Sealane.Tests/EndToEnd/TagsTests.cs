using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Azure.Authorization;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>Tags of the spec, in all three clouds: there from the first call on, changed in place, others' left
/// alone.</summary>
public sealed class TagsTests
{
    private const string Owner = "Owner";

    private static Link Tagged => new Link(File.ReadAllText(Repository.PathOf("examples", "sydney.yaml")))
        .Edit("name: sydney\n", "name: sydney\ntags:\n  Owner: net\n  Cost Center: \"42\"\n");

    [Fact]
    public async Task They_are_on_every_object_that_is_made_and_on_no_other()
    {
        using var link = Tagged;
        (await link.Run("plan")).Exits(0);
        var before = All(link.World()).Select(tagged => tagged.What).ToHashSet();
        link.Tamper(world => world.Azure.Policies =
            [DenyPolicy.RequireTag(Owner), DenyPolicy.RequireTag("Cost Center")]);
        await link.Apply();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        var all = All(link.World());
        Assert.Equal(
            all.Where(tagged => !before.Contains(tagged.What)).Select(tagged => tagged.What),
            all.Where(tagged => tagged.Get(Owner) == "net" && tagged.Get("Cost Center") == "42")
                .Select(tagged => tagged.What));
        // Eight in EC2, three in Direct Connect, nine in Azure; a router and two cross connects.
        Assert.Equal(23, all.Count - before.Count);
        await link.IsEncrypted();
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    [Fact]
    public async Task One_that_is_missing_or_differs_is_put_right_in_place_and_others_stay()
    {
        using var link = Tagged;
        await link.Apply();
        var standing = Inventory.Of(link.World());
        link.Tamper(world =>
        {
            foreach (var (tagged, index) in All(world).Where(tagged => tagged.Get(Owner) is not null)
                .Select((tagged, index) => (tagged, index)))
            {
                tagged.Set("Theirs", "kept");
                tagged.Set(Owner, index % 2 == 0 ? "someone" : null);
            }
        });
        var plan = (await link.Run("plan", "--exit-code")).Exits(1).Output;
        Assert.Contains("tag Owner someone → net", plan);
        await Put("net");
        link.Edit("  Owner: net\n", "  Owner: cloud\n");
        await Put("cloud");
        // What no longer stands in the spec is nobody's to take away.
        link.Edit("  Owner: cloud\n", "");
        await link.IsUnchanged();

        async Task Put(string value)
        {
            var done = (await link.Apply()).Done;
            Assert.Equal((0, 0), ((int)done["created"]!, (int)done["deleted"]!));
            await link.IsUnchanged();
            Assert.Equal(standing, Inventory.Of(link.World()));
            Assert.All(All(link.World()).Where(tagged => tagged.Get("Theirs") is not null),
                tagged => Assert.Equal((tagged.What, value, "kept"),
                    (tagged.What, tagged.Get(Owner), tagged.Get("Theirs"))));
        }
    }

    private sealed record Bearer(string What, Func<string, string?> Get, Action<string, string?> Set);

    private static List<Bearer> All(SandboxWorld world) => All(world.Aws, world.Azure, world.Megaport);

    private static List<Bearer> All(StoredWorld world) => All(world.Aws, world.Azure, world.Megaport);

    private static List<Bearer> All(AwsState aws, AzureState azure, MegaportState megaport) =>
    [
        .. from it in aws.Taggable().Select(it => it.Object).Concat(aws.DxGateways).Concat(aws.Vifs)
               .Concat(aws.Connections).DistinctBy(it => it.Id)
           where it.IsLive
           select new Bearer(it.Id, it.Tags.GetValueOrDefault,
               (key, value) => { it.Tags.Remove(key); if (value is not null) { it.Tags[key] = value; } }),
        .. from it in azure.Resources
           where it.Body["tags"] is not null
           select new Bearer(it.Id, key => (string?)it.Body["tags"]![key], (key, value) =>
           {
               it.Body["tags"]!.AsObject().Remove(key);
               if (value is not null) { it.Body["tags"]![key] = value; }
           }),
        .. from it in megaport.Mcrs.Concat<Product>(megaport.Vxcs)
           where !it.Ended
           select new Bearer($"{it.ProductType} {it.Id}", key => it.Tags.Find(tag => tag.Key == key)?.Value,
               (key, value) => it.Tags = [.. it.Tags.Where(tag => tag.Key != key),
                   .. value is null ? [] : new[] { new ResourceTag(key, value) }]),
    ];
}

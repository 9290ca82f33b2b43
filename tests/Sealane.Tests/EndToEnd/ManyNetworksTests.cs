namespace Sealane.Tests.EndToEnd;

/// <summary>Several VPCs on one transit gateway: each is protected, proved and taken away like the first.</summary>
public sealed class ManyNetworksTests
{
    private const string Ops = """
            - key: ops
              vpc: vpc-0c1b2c3d4e5f60718
              subnets: [subnet-0c1b2c3d4e5f60001]
              cidrs: [10.5.0.0/16]

        """;

    private static Link Many => Link.Example("many-networks");

    [Fact]
    public async Task Every_pair_of_networks_is_encrypted_and_destroy_leaves_what_was_there()
    {
        using var link = Many;
        await ManyPairs.Live(link, from vpc in new[] { "10.1.128.1", "10.3.0.9", "10.4.255.1", "10.5.7.7" }
                                   from pair in new[] { (vpc, "10.2.128.1"), ("10.2.128.1", vpc) }
                                   select pair);
    }

    [Fact]
    public async Task A_vpc_joins_a_living_link_and_leaves_it_and_nothing_else_is_touched()
    {
        using var link = Many.Edit(Ops, "");
        await link.Apply();
        var standing = Made(link);
        link.Edit("\nazure:\n", $"{Ops}\nazure:\n");
        var joins = (await link.Apply()).Done;
        Assert.Equal((3, 0, 0), ((int)joins["created"]!, (int)joins["updated"]!, (int)joins["deleted"]!));
        Assert.Equal((0, 0), ((double)joins["clearSeconds"]!, (double)joins["outageSeconds"]!));
        await link.IsEncrypted();
        await link.IsUnchanged();

        // Another key for it is the same VPC under another name.
        link.Edit("key: ops", "key: tools").Edit("\nazure:\n", "moved: [{from: ops, to: tools}]\nazure:\n");
        await link.IsUnchanged();
        link.Edit("key: tools", "key: ops").Edit("moved: [{from: ops, to: tools}]\n", "");

        // Taken out of the file and forgotten, it is told.
        var whole = File.ReadAllText(link.Spec);
        link.Edit(Ops, "");
        Assert.Contains("list it there with gone: true", (await link.Run("plan")).Exits(1).All);
        link.Write(whole);
        link.Edit("key: ops\n", "key: ops\n      gone: true\n");
        await link.ApplyAgain();
        await link.IsEncrypted();
        link.Edit(Ops.Replace("key: ops\n", "key: ops\n      gone: true\n", StringComparison.Ordinal), "");
        await link.IsUnchanged();
        Assert.Equal(standing, Made(link));
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    [Fact]
    public async Task What_is_wrong_with_the_third_vpc_alone_is_seen()
    {
        using var link = Many;
        await link.Apply();
        link.Tamper(world =>
        {
            var attachment = world.Aws.Attachments.Single(it => it.ResourceId == "vpc-0c1b2c3d4e5f60718");
            Assert.Equal(1, world.Aws.RouteTables.Count(table => table.Propagations.Remove(attachment.Id)));
        });
        Assert.NotEqual("encrypted", (string?)(await link.Verify()).Exits(1).Json["verdict"]);
        await link.Apply();
        await link.IsEncrypted();
    }

    /// <summary>What stands, without the networks that were there before.</summary>
    private static IEnumerable<string> Made(Link link) => Inventory.Of(link.World()).Where(line =>
        !line.StartsWith("vpc ", StringComparison.Ordinal) && !line.StartsWith("subnet ", StringComparison.Ordinal)
        && !line.StartsWith("route table ", StringComparison.Ordinal));
}

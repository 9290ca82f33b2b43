using System.Text.Json;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// <c>adopt</c> and <c>disown</c>: the only way in which an object that exists becomes the link's, or ceases to be.
/// </summary>
public sealed class HandoverTests
{
    private static readonly string[] Names = ["Name", "sealane"];

    /// <summary>Objects of each kind, their ids, and who takes both marks away.</summary>
    private static readonly Dictionary<string, Func<SandboxWorld, string>> Bare = new()
    {
        ["aws/transit-gateway"] = world => Strip(world.Aws.TransitGateways.Single()),
        ["aws/customer-gateway"] = world => Strip(world.Aws.CustomerGateways.Single()),
        ["aws/vpn-connection"] = world => Strip(world.Aws.VpnConnections.Single()),
        ["aws/vpc-attachment"] = world => Strip(world.Aws.Attachments.Single(it => it.ResourceType == "vpc")),
        ["aws/transport-route-table"] = world => Strip(world.Aws.RouteTables.Single(
            table => table.Tags["Name"].EndsWith("transport", StringComparison.Ordinal))),
        ["aws/dx-gateway"] = world =>
        {
            var gateway = world.Aws.DxGateways.Single();
            gateway.Name = "renamed";
            return Strip(gateway);
        },
        ["aws/transit-vif"] = world =>
        {
            var vif = world.Aws.Vifs.Single();
            vif.Name = "renamed";
            return Strip(vif);
        },
        ["megaport/mcr"] = world => Strip(world.Megaport.Mcrs.Single()),
        ["megaport/aws-vxc"] = world => Strip(world.Megaport.Vxcs[0]),
        ["megaport/azure-vxc"] = world => Strip(world.Megaport.Vxcs[1]),
        ["azure/vpn-gateway"] = world => Give(world, "sydney-vpngw", "other"),
        ["azure/circuit"] = world => Give(world, "sydney-er", "other"),
        ["azure/public-ip"] = world => Give(world, "sydney-vpngw-ip", "other"),
    };

    public static TheoryData<string> Kinds => [.. Bare.Keys];

    /// <summary>What lost both marks, or bears another link's, is the link's again, and nothing was built
    /// beside.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_bears_no_mark_is_adopted(string id)
    {
        using var link = await Link.Built("sydney");
        var standing = Inventory.Of(link.World());
        string? cloudId = null;
        link.Tamper(world => cloudId = Bare[id](world));
        (await link.Run("plan", "--exit-code")).Exits(1);
        var from = id.StartsWith("azure", StringComparison.Ordinal) ? ["--from", "other"] : Array.Empty<string>();
        var run = (await link.Run("adopt", [id, cloudId!, "--yes", "--format", "json", .. from])).Exits(0);
        Assert.Equal(("adopted", true), ((string?)run.Json["result"], (bool)run.Json["changed"]!));
        await link.IsUnchanged();
        Assert.Equal(standing, Inventory.Of(link.World()));
        Assert.Contains("nothing to do", (await link.Run("adopt", id, cloudId!, "--yes")).Exits(0).Output);
    }

    /// <summary>Two of a kind stop every change of it; which one is meant is said by a person.</summary>
    [Fact]
    public async Task Of_two_the_one_that_is_given_away_is_left_alone_from_then_on()
    {
        using var link = await Link.Built("sydney");
        var twin = "";
        link.Tamper(world =>
        {
            var copy = JsonSerializer.SerializeToNode(world.Megaport.Mcrs.Single())!;
            copy["Id"] = twin = "0badf00d-0000-4000-8000-000000000001";
            var second = copy.Deserialize<Sealane.Sandbox.Megaport.Mcr>()!;
            world.Megaport.Mcrs.Add(second);
        });
        var plan = (await link.Run("plan")).Exits(1);
        Assert.Contains("doubtful: megaport/mcr: ", plan.Error);
        Assert.Contains("megaport/mcr CLOUD-ID", plan.Error);
        var given = (await link.Run("disown", "megaport/mcr", twin, "--yes")).Exits(0);
        Assert.Contains("destroy leaves it", given.Output);
        await link.IsUnchanged();
        await link.Destroy();
        Assert.Equal([twin], link.World().Megaport.Mcrs.Where(mcr => !mcr.Ended).Select(mcr => mcr.Id));
    }

    /// <summary>What is given away is nobody's, also under its old name, and is taken back by the same way.</summary>
    [Theory]
    [InlineData("azure/local-gateway-1")]
    [InlineData("aws/dx-gateway")]
    [InlineData("aws/customer-gateway")]
    public async Task What_was_given_away_is_neither_changed_nor_destroyed_until_it_is_adopted(string id)
    {
        using var link = await Link.Built("sydney");
        var cloudId = await CloudIdOf(link, id);
        (await link.Run("disown", id, cloudId, "--yes")).Exits(0);
        Assert.Contains($"doubtful: {id}: ", (await link.Run("plan")).Exits(1).Error);
        Assert.Contains("is not this link's", (await link.Run("disown", id, cloudId, "--yes")).Exits(1).Error);
        (await link.Run("adopt", id, cloudId, "--yes")).Exits(0);
        await link.IsUnchanged();
        (await link.Run("disown", id, cloudId, "--yes")).Exits(0);
        (await link.Run("destroy", "--yes", "--format", "jsonl")).Exits(3);
        Assert.Contains(cloudId, AllIds(link.World()));
    }

    /// <summary>A run on another machine stops it; what a run of this machine left behind outlives it, for it knows of
    /// orders.</summary>
    [Theory]
    [InlineData("gone", 1)]
    [InlineData("rehearsal", 0)]
    public async Task Marks_are_written_under_the_claim_on_the_link(string holder, int exits)
    {
        using var link = await Link.Built("sydney");
        link.Tamper(world => LeftClaim.Of(world, holder));
        var router = link.World().Megaport.Mcrs.Single().Id;
        var run = (await link.Run("disown", "megaport/mcr", router, "--yes")).Exits(exits);
        Assert.Equal(exits == 1, run.Error.Contains("another run works on link sydney: sealane apply",
            StringComparison.Ordinal));
        Assert.Equal(exits == 1 ? "sydney" : "disowned by sydney",
            link.World().Megaport.Mcrs.Single().Tags.Single(tag => tag.Key == "sealane").Value);
        Assert.True(LeftClaim.Stands(link));
    }

    [Theory]
    [InlineData("aws/transit-gatway", "tgw-1", "did you mean aws/transit-gateway?")]
    [InlineData("aws/vpc", "vpc-0a1b2c3d4e5f60718", "is named in the spec, so it is used and never ours")]
    [InlineData("megaport/aws-filters", "1", "bears no marks of its own")]
    [InlineData("aws/transit-gateway", "tgw-00000000000000000", "there is no Transit gateway tgw-00000000000000000")]
    [InlineData("aws/customer-gateway", "aws/transit-gateway", "there is no Customer gateway ")]
    [InlineData("megaport/aws-vxc", "megaport/azure-vxc", "there is no VXC to AWS Direct Connect ")]
    [InlineData("azure/vpn-gateway", "azure/er-gateway", "Azure cannot rename: by its name in the spec ")]
    [InlineData("aws/workload-route-table", "aws/transport-route-table", " is aws/transport-route-table of this link")]
    public async Task What_cannot_change_hands_is_refused_with_the_reason(string id, string cloudId, string why)
    {
        using var link = await Link.Built("sydney");
        var before = link.World();
        var asked = cloudId.Contains('/', StringComparison.Ordinal) ? await CloudIdOf(link, cloudId) : cloudId;
        var run = await link.Run("adopt", id, asked, "--yes");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("error: ", run.Error);
        Assert.Contains("fix: ", run.Error);
        Assert.Contains(why, run.Error);
        Assert.Equal(Inventory.Of(before), Inventory.Of(link.World()));
        await link.IsUnchanged();
    }

    /// <summary>Of another link it is taken only where that link is named; nobody is asked in a pipe.</summary>
    [Fact]
    public async Task Another_links_object_is_taken_only_by_name_and_never_without_a_yes()
    {
        using var link = await Link.Built("sydney");
        string? cloudId = null;
        link.Tamper(world => cloudId = Give(world, "sydney-lng-1", "other"));
        Assert.Contains("bears the tag sealane=other",
            (await link.Run("adopt", "azure/local-gateway-1", cloudId!, "--yes")).Exits(1).Error);
        Assert.Contains("bears the tag sealane=other",
            (await link.Run("adopt", "azure/local-gateway-1", cloudId!, "--yes", "--from", "third")).Exits(1).Error);
        Assert.Contains("--yes", (await link.Run("adopt", "azure/local-gateway-1", cloudId!, "--from", "other"))
            .Error);
        Assert.Equal("other", (string?)link.World().Azure.Resources.Single(it => it.Name == "sydney-lng-1")
            .Body["tags"]!["sealane"]);
        (await link.Run("adopt", "azure/local-gateway-1", cloudId!, "--yes", "--from", "other")).Exits(0);
        await link.IsUnchanged();
    }

    private static async Task<string> CloudIdOf(Link link, string id) => (string)(await link.Run(
        "status", "--format", "json")).Json["objects"]!.AsArray().Single(it => (string?)it!["id"] == id)!["cloudId"]!;

    private static IEnumerable<string> AllIds(StoredWorld world) =>
        world.Aws.Taggable().Where(it => it.Object.IsLive).Select(it => it.Object.Id)
            .Concat(world.Aws.DxGateways.Select(it => it.Id)).Concat(world.Azure.Resources.Select(it => it.Id));

    private static string Strip(AwsObject it)
    {
        Names.ToList().ForEach(name => it.Tags.Remove(name));
        return it.Id;
    }

    private static string Strip(Sealane.Sandbox.Megaport.Product it)
    {
        (it.Tags, it.Name) = ([], "renamed");
        return it.Id;
    }

    private static string Give(SandboxWorld world, string name, string link)
    {
        var it = world.Azure.Resources.Single(it => it.Name == name);
        it.Body["tags"]!["sealane"] = link;
        return it.Id;
    }
}

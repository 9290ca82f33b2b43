using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Of every object in turn one of its marks (name, tag) is taken away, or one setting changed: destroy removes it with
/// the rest in one run. The links with two of everything: SEALANE_LONG=1.
/// </summary>
public sealed class MarksTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";

    public static TheoryData<string> Examples => Long ? ["sydney", "two-routers"] : ["sydney"];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task One_mark_left_is_enough_to_be_destroyed(string example)
    {
        using var link = await Link.Built(example);
        await All(link, [.. Marks(link.World()).Select(mark => (mark.What, (Action<SandboxWorld>)(world =>
            Marks(world).Single(other => other.What == mark.What).Take())))]);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_changed_setting_is_no_hindrance(string example)
    {
        using var link = await Link.Built(example);
        await All(link,
        [
            .. AllMistakes.List.Where(mistake => !mistake.ByOthers).Select(mistake =>
                (mistake.Name, (Action<SandboxWorld>)(world => mistake.Make(new(world, link.Design))))),
            .. Settings(link.World()).Select(setting => (setting.What, (Action<SandboxWorld>)(world =>
                Settings(world).Single(other => other.What == setting.What).Take()))),
        ]);
    }

    /// <summary>What is lost is put back where it was, and nothing is built beside it.</summary>
    [Fact]
    public async Task A_lost_mark_is_put_back_by_apply()
    {
        using var link = await Link.Built("sydney");
        var standing = Inventory.Of(link.World());
        // What AWS attaches by itself is found by what it belongs to, and bears our tag for people only.
        foreach (var mark in Marks(link.World()).Select(mark => mark.What)
            .Where(what => !what.Contains("tgw-attach-", StringComparison.Ordinal))
            .Where((_, index) => Long || index % 4 == 0))
        {
            link.Tamper(world => Marks(world).Single(other => other.What == mark).Take());
            (await link.Run("plan", "--exit-code")).Exits(1);
            (await link.Run("apply", "--yes")).Exits(0);
            Assert.Equal(standing, Inventory.Of(link.World()));
            Assert.Contains(Marks(link.World()), other => other.What == mark);
            await link.IsUnchanged();
        }
    }

    /// <summary>
    /// Both marks of an object are gone, and what hangs on it bears its own: it is named with what it carries, and
    /// nothing else stays but what it stands on.
    /// </summary>
    [Theory]
    [InlineData("aws/transit-gateway", "transit gateway renamed")]
    [InlineData("aws/customer-gateway", "customer gateway renamed")]
    [InlineData("aws/dx-gateway", "direct connect gateway renamed")]
    [InlineData("megaport/mcr", "mcr renamed", "prefix list")]
    public async Task Without_any_mark_it_is_named_and_nothing_else_stays(string id, params string[] stays)
    {
        using var link = await Link.Built("sydney");
        link.Tamper(world => Bare(world, id));
        Assert.Contains($"doubtful: {id}: ", (await link.Run("plan")).Exits(1).Error);
        Assert.Contains($"error: {id}: ", (await link.Run("destroy", "--yes")).Exits(3).Error);
        var left = Inventory.Of(link.World()).Except(Inventory.Of(Sealane.Cli.Rehearsal.New(link.Design, null)));
        Assert.Equal([], left.Where(line => !stays.Any(stay => line.StartsWith(stay, StringComparison.Ordinal))));
    }

    private static void Bare(SandboxWorld world, string id)
    {
        switch (id)
        {
            case "aws/transit-gateway":
                world.Aws.TransitGateways.Single().Tags = new() { ["Name"] = "renamed" };
                break;
            case "aws/customer-gateway":
                world.Aws.CustomerGateways.Single().Tags = new() { ["Name"] = "renamed" };
                break;
            case "aws/dx-gateway":
                world.Aws.DxGateways.Single().Tags = [];
                world.Aws.DxGateways.Single().Name = "renamed";
                break;
            default:
                world.Megaport.Mcrs.Single().Tags = [];
                world.Megaport.Mcrs.Single().Name = "renamed";
                break;
        }
    }

    private static async Task All(Link link, IReadOnlyList<(string What, Action<SandboxWorld> Hand)> cases)
    {
        var before = Inventory.Of(Sealane.Cli.Rehearsal.New(link.Design, null));
        var built = Directory.GetFiles(link.WorldDirectory).ToDictionary(file => file, File.ReadAllBytes);
        var bad = new List<string>();
        // Every second one, for time.
        foreach (var (what, hand) in cases.Where((_, at) => Long || at % 2 == 0))
        {
            Directory.GetFiles(link.WorldDirectory).ToList().ForEach(File.Delete);
            built.ToList().ForEach(file => File.WriteAllBytes(file.Key, file.Value));
            link.Tamper(hand);
            var run = await link.Run("destroy", "--yes", "--format", "jsonl");
            var left = Inventory.Of(link.World()).Except(before).ToList();
            // Two of the mistakes open the way by themselves.
            var opened = !what.StartsWith("open-", StringComparison.Ordinal)
                && (double)run.Done["clearSeconds"]! > 0;
            if (run.ExitCode != 0 || left.Count > 0 || opened)
            {
                bad.Add($"{what}: exit {run.ExitCode}, left {string.Join(", ", left)}\n{run.Error}");
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{link.Design.Name}: destroyed with the rest in one run: {cases.Count - bad.Count} of {cases.Count}");
        Assert.Equal([], bad);
    }

    private static IReadOnlyList<(string What, Action Take)> Settings(SandboxWorld world) => Settings(
        world.Aws, world.Azure, world.Megaport);

    private static IReadOnlyList<(string What, Action Take)> Settings(StoredWorld world) => Settings(
        world.Aws, world.Azure, world.Megaport);

    /// <summary>A setting of each object that a hand can change.</summary>
    private static IReadOnlyList<(string What, Action Take)> Settings(
        AwsState aws, Sealane.Sandbox.Azure.AzureState azure, MegaportState megaport) =>
    [
        .. from it in azure.Resources
           where it.Body["tags"]?["sealane"] is not null
           select ($"state of {it.Name}", (Action)(() => it.State = "Failed")),
        .. from it in megaport.Vxcs
           where !it.Ended
           select ($"shutdown of {it.Name}", (Action)(() => it.Shutdown = true)),
        .. from it in megaport.Mcrs.Concat<Product>(megaport.Vxcs)
           where !it.Ended
           select ($"cost centre of {it.Name}", (Action)(() => it.CostCentre = "another")),
        .. from it in aws.RouteTables
           where it.IsLive
           select ($"propagations of {it.Id}", (Action)(() => it.Propagations.Clear())),
        .. from it in aws.RouteTableAssociations
           select ($"association {it.Id}", (Action)(() => aws.RouteTableAssociations.Remove(it))),
        .. from it in aws.VpcRouteTables
           where it.Routes.Count > 0
           select ($"routes of {it.Id}", (Action)(() => it.Routes.Clear())),
    ];

    /// <summary>Every mark that an object of the link bears.</summary>
    private static IReadOnlyList<(string What, Action Take)> Marks(SandboxWorld world) => Marks(
        world.Aws, world.Azure, world.Megaport);

    private static IReadOnlyList<(string What, Action Take)> Marks(StoredWorld world) => Marks(
        world.Aws, world.Azure, world.Megaport);

    private static IReadOnlyList<(string What, Action Take)> Marks(
        AwsState aws, Sealane.Sandbox.Azure.AzureState azure, MegaportState megaport) =>
    [
        .. from it in aws.Taggable().Select(it => it.Object).Concat(aws.DxGateways).Concat(aws.Vifs)
           where it.Tags.ContainsKey("sealane") && it.IsLive
           select ($"tag of {it.Id}", (Action)(() => it.Tags.Remove("sealane"))),
        .. from it in aws.Taggable().Select(it => it.Object)
           where it.Tags.ContainsKey("sealane") && it.Tags.ContainsKey("Name") && it.IsLive
           select ($"name of {it.Id}", (Action)(() => it.Tags["Name"] = "renamed")),
        .. from it in aws.DxGateways
           where it.Name != "renamed"
           select ($"name of {it.Id}", (Action)(() => it.Name = "renamed")),
        .. from it in aws.Vifs
           where it.Name != "renamed"
           select ($"name of {it.Id}", (Action)(() => it.Name = "renamed")),
        .. from it in azure.Resources
           where it.Body["tags"]?["sealane"] is not null
           select ($"tag of {it.Name}", (Action)(() => it.Body["tags"]!.AsObject().Remove("sealane"))),
        .. from it in megaport.Mcrs.Concat<Product>(megaport.Vxcs)
           where !it.Ended && it.Tags.Count > 0
           select ($"tag of {it.ProductType} {it.Id}", (Action)(() => it.Tags = [])),
        .. from it in megaport.Mcrs.Concat<Product>(megaport.Vxcs)
           where !it.Ended && it.Name != "renamed"
           select ($"name of {it.ProductType} {it.Id}", (Action)(() => it.Name = "renamed")),
    ];
}

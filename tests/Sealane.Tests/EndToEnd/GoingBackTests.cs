using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>From the guide's link to a preset and back, one apply each: what the spec no longer has goes when what
/// remains is up.</summary>
public sealed class GoingBackTests
{
    private const string Name = "name: sydney\n";

    /// <summary>Some in every run; all with SEALANE_LONG.</summary>
    public static TheoryData<string, string, bool> Ways => Environment.GetEnvironmentVariable("SEALANE_LONG") is null
        ? new() { { "routers", "locations", false }, { "routers", "paths", false } }
        : new()
        {
            { "paths", "single", false }, { "routers", "single", false }, { "locations", "single", true },
            { "routers", "locations", false }, { "locations", "routers", true }, { "paths", "routers", false },
            { "routers", "paths", false }, { "locations", "paths", true },
        };

    /// <param name="stays">Whether another circuit carries meanwhile, so that nothing is down at any time.</param>
    [Theory]
    [MemberData(nameof(Ways))]
    public async Task One_apply_leads_from_each_preset_to_another(string from, string to, bool stays)
    {
        using var link = Link.Sydney.Edit(Name, $"{Name}resilience: {from}\n");
        await link.Apply();
        await link.Later(TimeSpan.FromMinutes(5));
        await Becomes(link, from, to, stays);
        if (Environment.GetEnvironmentVariable("SEALANE_LONG") is null)
        {
            return;
        }
        // What stands is what a link has that never was another.
        using var fresh = Link.Sydney.Edit(Name, $"{Name}resilience: {to}\n");
        await fresh.Apply();
        Assert.Equal(Inventory.Of(fresh.World()), Inventory.Of(link.World()));
        Assert.Empty((JsonArray)(await link.Destroy()).Done["stillBilled"]!);
    }

    [Fact]
    public async Task The_guides_link_becomes_two_locations_and_the_guides_link_again_and_carries_all_the_time()
    {
        using var link = Link.Sydney.Edit(Name, $"{Name}resilience: single\n");
        await link.Apply();
        await Becomes(link, "single", "locations", true);
        await Becomes(link, "locations", "single", true);
        Assert.Empty((JsonArray)(await link.Destroy()).Done["stillBilled"]!);
        Assert.Empty(link.World().Megaport.Billed);
    }

    /// <summary>A spec of less takes all of it down, also what only the other one had.</summary>
    [Fact]
    public async Task A_destroy_by_the_smaller_spec_leaves_nothing_of_the_larger_one()
    {
        using var link = Link.Sydney.Edit(Name, $"{Name}resilience: locations\n");
        await link.Apply();
        link.Edit("resilience: locations\n", "");
        var done = (await link.Destroy()).Done;
        Assert.Empty((JsonArray)done["stillBilled"]!);
        Assert.Empty(link.World().Megaport.Billed);
        Assert.DoesNotContain(Inventory.Of(link.World()), line => line.Contains("second", StringComparison.Ordinal));
    }

    /// <summary>A router with its cross connects and circuit, and a cross connect on the router that stays.</summary>
    [Fact]
    public async Task A_written_part_that_is_gone_is_found_and_taken_away()
    {
        static string Parts(string gone) => $"""

              circuits:
                - key: west
                  peeringLocation: Sydney2{gone}
            megaport:
              routers:
                - key: blue
                  location: NextDC Sydney S1{gone}
              awsVxcs:
                - key: blue
                  router: blue{gone}
                - key: more{gone}
              azureVxcs:
                - key: west
                  router: blue
                  circuit: west
                  path: primary{gone}

            """;
        using var link = Link.Sydney.Edit("\nmegaport:\n", Parts(""));
        await link.Apply();
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        link.Edit(Parts(""), Parts("\n      gone: true"));
        Assert.Equal(0, (double)(await link.ApplyAgain()).Done["clearSeconds"]!);
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();
        // What stands is what a link has that never had them.
        using var fresh = Link.Sydney;
        await fresh.Apply();
        Assert.Equal(Inventory.Of(fresh.World()), Inventory.Of(link.World()));
        Assert.Empty((JsonArray)(await link.Destroy()).Done["stillBilled"]!);
    }

    public static TheoryData<string> Kinds => ["router", "cross connect to AWS", "cross connect to Azure", "circuit"];

    /// <summary>Another key in the file would order the part again, or give what stands other networks.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Another_key_is_refused_and_as_moved_it_changes_nothing(string kind)
    {
        static string Parts(string router, string aws, string azure, string circuit) => $"""

              circuits:
                - key: {circuit}
                  peeringLocation: Sydney2
            megaport:
              routers:
                - key: {router}
                  location: NextDC Sydney S1
              awsVxcs:
                - key: {aws}
                  router: {router}
              azureVxcs:
                - key: {azure}
                  router: {router}
                  circuit: {circuit}
                  path: primary

            """;
        string Other(string of) => of == kind ? "green" : "blue";
        var (now, then) = (Parts("blue", "blue", "blue", "blue"), Parts(Other("router"),
            Other("cross connect to AWS"), Other("cross connect to Azure"), Other("circuit")));
        using var link = Link.Sydney.Edit("\nmegaport:\n", now);
        await link.Apply();
        await link.Later(TimeSpan.FromMinutes(5));
        var before = Inventory.Of(link.World());
        link.Edit(now, then);
        var refused = (await link.Run("apply", ["--yes", .. link.Agreed])).Exits(kind == "circuit" ? 3 : 1);
        Assert.Contains("moved:", refused.Output + refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, Inventory.Of(link.World()));
        link.Edit("\nmegaport:\n", "\nmoved:\n  - from: blue\n    to: green\nmegaport:\n");
        await link.IsUnchanged();
        await link.IsEncrypted();
        Assert.Equal(before, Inventory.Of(link.World()));
        Assert.Empty((JsonArray)(await link.Destroy()).Done["stillBilled"]!);
        Assert.Empty(link.World().Megaport.Billed);
    }

    [Fact]
    public async Task What_goes_is_told_and_asked_for()
    {
        using var link = Link.Sydney.Edit(Name, $"{Name}resilience: locations\n");
        await link.Apply();
        var before = Inventory.Of(link.World());
        link.Edit("resilience: locations\n", "");
        var plan = (await link.Run("plan")).Exits(0).Output;
        Golden.Check(Repository.PathOf("tests", "designs", "two-locations", "going-back.txt"), plan);
        var refused = (await link.Run("apply", "--yes", "--replace", "megaport/azure-vxc")).Exits(1);
        Assert.Contains("the spec no longer has", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--remove", refused.Error, StringComparison.Ordinal);
        var wrong = (await link.Run("apply", "--yes", "--replace", "megaport/azure-vxc", "--remove", "1")).Exits(1);
        Assert.Contains("--remove", wrong.Error, StringComparison.Ordinal);
        link.Edit(Name, $"{Name}protect: true\n");
        Assert.Contains("protect: true", (await link.Run("apply", ["--yes", .. link.Agreed, "--remove", "20"])).Exits(1)
            .Error, StringComparison.Ordinal);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    private static async Task Becomes(Link link, string from, string to, bool stays)
    {
        link.Edit($"resilience: {from}\n", $"resilience: {to}\n");
        var told = (double)(await link.Run("plan", "--format", "json")).Json["outageSeconds"]!;
        var done = (await link.ApplyAgain()).Done;
        var (down, took, critical) = ((double)done["outageSeconds"]!, (double)done["virtualSeconds"]!,
            (double)done["criticalPathSeconds"]!);
        TestContext.Current.TestOutputHelper?.WriteLine($"{from} to {to}: {took} s, critical path {critical} s; down "
            + $"{down} s, told before {told} s; {done["deleted"]} deleted");
        Assert.Equal((0, stays), ((double)done["clearSeconds"]!, down == 0 && stays));
        // What was told is what happened, and a fifth of it more at most.
        Assert.InRange(told, down, 1.2 * down);
        Assert.InRange(took / critical, 1, 1.02);
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();
    }
}

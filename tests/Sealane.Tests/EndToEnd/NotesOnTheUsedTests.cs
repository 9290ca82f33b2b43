using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A link without a circuit of its own has nothing of its own that could say what used objects were: that stands on
/// these themselves, beside the tags of their owners and of other links.
/// </summary>
public sealed class NotesOnTheUsedTests
{
    /// <summary>Each with what its note stands on.</summary>
    public static TheoryData<string, string> Kinds => new()
    {
        { "association", DifferingObjects.Gateway },
        { "block", DifferingObjects.Gateway },
        { "subnets", "tgw-attach-0aaaabbbbccccdddd" },
        { "peering", "vnet-app vnet-data vpngw-hub" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_an_object_was_stands_on_it_until_all_is_as_it_was(string kind, string bearers)
    {
        using var link = await DifferingObjects.WithoutCircuit(kind);
        link.Tamper(world => Mark(world, kind));
        var (theirs, inventory, tags) = (Theirs(link), Inventory.Of(link.World()), Tags(link));
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Contains(DifferingObjects.Kinds[kind], plan);

        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.True(DifferingObjects.Has(link.World(), kind));
        Assert.Superset(tags.ToHashSet(), Tags(link).ToHashSet());
        Assert.Equal(bearers.Split(' '), Notes(link).Select(tag => tag.Split(' ')[0]).Distinct());

        File.Delete(Path.Combine(link.WorldDirectory, $"{link.Design.Name}.journal.jsonl"));
        var done = (await link.Destroy()).Done;
        Assert.Equal((0, 0), ((int)done["clearSeconds"]!, done["leftForOthers"]!.AsArray().Count));
        Assert.Equal(theirs, Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
        Assert.Equal(tags, Tags(link));
    }

    /// <summary>Cut before and after the object is changed, and before and after the tags are taken away.</summary>
    [Theory]
    [InlineData("block", Cut.DeathBefore, 1, Cut.DeathBefore, 2)]
    [InlineData("block", Cut.DeathAfter, 1, Cut.DeathAfter, 2)]
    [InlineData("peering", Cut.DeathBefore, 2, Cut.DeathAfter, 2)]
    public async Task It_outlasts_a_death(string kind, Cut up, int atUp, Cut down, int atDown)
    {
        using var link = await DifferingObjects.WithoutCircuit(kind);
        var (theirs, inventory) = (Theirs(link), Inventory.Of(link.World()));
        Assert.True(await UsedInPlaceTests.Ends(link, up, atUp, rig => rig.Apply(), IsOfUsed) >= atUp);
        await link.Apply();
        await link.IsUnchanged();
        Assert.True(await UsedInPlaceTests.Ends(link, down, atDown, rig => rig.Destroy(), IsOfUsed) >= atDown);
        await link.Destroy();
        Assert.Equal(theirs, Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    /// <summary>No circuit of the link's own refuses to go while it bears a note.</summary>
    [Theory]
    [InlineData("block", "changeUsed: [aws/transit-gateway]\n")]
    [InlineData("subnets", "changeUsed: [aws/vpc-attachment]\n")]
    [InlineData("peering", "changeUsed: [azure/hub-peering-data, azure/spoke-peering-data]\n")]
    public async Task A_spec_that_asks_for_it_no_more_is_no_reason_to_forget(string kind, string asks)
    {
        using var link = await DifferingObjects.WithoutCircuit(kind);
        var (theirs, inventory, tags) = (Theirs(link), Inventory.Of(link.World()), Tags(link));
        await link.Apply();
        link.Edit(asks, "");
        await link.Destroy();
        Assert.Equal(theirs, Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
        Assert.Equal(tags, Tags(link));
    }

    /// <summary>Asked before anything is ordered: whoever may not write it down changes nothing.</summary>
    [Theory]
    [InlineData("block", "ec2:DeleteTags")]
    [InlineData("peering", "Microsoft.Resources/tags/write")]
    public async Task Without_the_right_to_tag_nothing_is_begun(string kind, string right)
    {
        using var link = await DifferingObjects.WithoutCircuit(kind);
        link.Tamper(world =>
        {
            world.Aws.Policy = """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},
                 {"Effect":"Deny","Action":"ec2:DeleteTags","Resource":"*"}]}
                """;
            world.Azure.Roles =
                ["""{"Actions":["*"],"NotActions":["Microsoft.Resources/tags/write"]}"""];
        });
        var inventory = Inventory.Of(link.World());
        Assert.Contains(right, (await link.Run("apply", "--yes")).Exits(1).All);
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    /// <summary>A circuit that was given away still tells what it was told while it was the link's own.</summary>
    [Fact]
    public async Task A_circuit_that_was_given_away_still_tells()
    {
        using var link = await DifferingObjects.Of("block");
        await link.Apply();
        var circuit = link.World().Azure.Resources.Single(one =>
            one.Id.Contains("/expressRouteCircuits/", StringComparison.OrdinalIgnoreCase) && one.ParentId is null);
        (await link.Run("disown", "azure/circuit", circuit.Id, "--yes")).Exits(0);
        link.Write(File.ReadAllText(link.Spec) + $"existing: {{ azure/circuit: {circuit.Id} }}\n");
        await link.Destroy();
        Assert.Empty(DifferingObjects.Company(link.World()).Cidrs);
        Assert.DoesNotContain(Tags(link), tag => tag.Contains("sealane-used-", StringComparison.Ordinal));
    }

    /// <summary>What becomes the link's own is not restored any more, and bears no note of it.</summary>
    [Fact]
    public async Task What_is_adopted_bears_no_note_any_more()
    {
        using var link = await DifferingObjects.WithoutCircuit("block");
        await link.Apply();
        link.Edit($"    id: {DifferingObjects.Gateway}\n", "").Edit("changeUsed: [aws/transit-gateway]\n", "");
        (await link.Run("adopt", "aws/transit-gateway", DifferingObjects.Gateway, "--yes")).Exits(0);
        Assert.Empty(Notes(link));
        Assert.Equal([DifferingObjects.Block], DifferingObjects.Company(link.World()).Cidrs);
    }

    private static void Mark(SandboxWorld world, string kind)
    {
        if (kind == "peering")
        {
            foreach (var vnet in world.Azure.Resources.Where(one => one.Id.Split('/')[^2] == "virtualNetworks"))
            {
                vnet.Body["tags"] = new JsonObject
                {
                    ["cost"] = "team",
                    ["sealane-used-azure-hub-peering-data.other"] = "another link's",
                };
            }
            return;
        }
        foreach (var own in world.Aws.TransitGateways)
        {
            own.Tags["sealane-used-aws-transit-gateway.other"] = "another link's";
        }
    }

    private static bool IsOfUsed(HttpRequestMessage call) => UsedInPlaceTests.IsOfUsedObjects(call)
        || (call.Options.TryGetValue(Sealane.Clouds.Http.CallOptions.Operation, out var operation)
            && (operation == "ec2:DeleteTags" || operation.EndsWith("/tags/default", StringComparison.Ordinal)));

    private static IReadOnlyList<string> Theirs(Link link) =>
        RandomMix.Members(link.World(), DifferingObjects.Ids);

    private static IEnumerable<string> Notes(Link link) => Tags(link)
        .Where(tag => tag.Contains($".{link.Design.Name}=", StringComparison.Ordinal));

    /// <summary>All that is written on anything: <c>vnet-app cost=team</c>.</summary>
    private static IReadOnlyList<string> Tags(Link link)
    {
        var world = link.World();
        var aws = world.Aws.TransitGateways.Where(one => one.State == "available").Select(one => (one.Id, one.Tags))
            .Concat(world.Aws.Attachments.Where(one => one.State == "available").Select(one => (one.Id, one.Tags)))
            .SelectMany(one => one.Tags.Select(tag => $"{one.Id} {tag.Key}={tag.Value}"));
        var azure = from one in world.Azure.Resources
                    from tag in one.Body["tags"] as JsonObject ?? []
                    select $"{one.Id.Split('/')[^1]} {tag.Key}={tag.Value}";
        return [.. aws.Concat(azure).Order(StringComparer.Ordinal)];
    }
}

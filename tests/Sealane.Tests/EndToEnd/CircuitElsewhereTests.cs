using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.Replay;
using Sealane.Tests.Docs;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>A circuit of another subscription, which its owner lets the link use by the key of an
/// authorization.</summary>
public sealed class CircuitElsewhereTests
{
    internal const string Other = "bbbbbbbb-1111-2222-3333-444444444444";
    internal const string Circuit = $"/subscriptions/{Other}/resourceGroups/rg-network/providers/Microsoft.Network/"
        + "expressRouteCircuits/er-company";

    private const string Theirs = "/subscriptions/0e0e0e0e-0000-4000-8000-0000000000aa/resourceGroups/x/providers/"
        + "Microsoft.Network/connections/theirs";

    internal static Link Elsewhere(string generation = "1")
    {
        var link = Link.Example("minimal");
        link.Write(File.ReadAllText(link.Spec) + $"existing:\n  azure/circuit: {Circuit}\n"
            + $"secrets:\n  authorizationKey: \"env:ER_KEY\"\n  generation: {generation}\n");
        return link;
    }

    private static readonly Lazy<Task<byte[]>> Built = new(async () =>
    {
        using var link = Elsewhere();
        await link.Apply();
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    });

    /// <summary>The link as it stands after <c>apply</c>; built once for all tests.</summary>
    private static async Task<Link> Standing()
    {
        var link = Elsewhere();
        Directory.CreateDirectory(link.WorldDirectory);
        await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), await Built.Value);
        return link;
    }

    private static string Key(Link link) =>
        Secrets.Authorizations(link.Design)[LinkKeys.LabelOfAuthorization(PartKey.None)].Reveal();

    private static ArmResource Found(Link link) => link.World().Azure.Find(Circuit)!;

    private static IReadOnlyList<ArmResource> Authorizations(Link link) =>
        [.. CircuitAuthorizations.Of(link.World().Azure, Found(link))];

    /// <summary>All that is shown of it but its etag and where its provider stands.</summary>
    private static string Shown(Link link) => Found(link).Body.ToJsonString() + string.Concat(
        link.World().Azure.Resources.Where(one => one.ParentId == Circuit).Select(one => one.Name).Order());

    /// <summary>The rights of docs/azure-role-circuit.json in the circuit's subscription are enough, and each is
    /// needed.</summary>
    [Fact]
    public async Task A_link_is_built_on_it_proved_and_taken_from_it_with_the_documented_rights()
    {
        using var link = Elsewhere();
        (await link.Run("plan")).Exits(0);
        var role = File.ReadAllText(Repository.PathOf("docs", "azure-role-circuit.json"));
        link.Tamper(world =>
        {
            LeastPrivilegeTests.Writer(world);
            world.Azure.RolesElsewhere[Other] = [role];
        });
        var (before, calls) = (Shown(link), new List<Exchange>());
        foreach (var verb in new[] { "plan", "apply", "verify", "destroy" })
        {
            var log = Path.Combine(link.Root, $"{verb}.log");
            string[] agreed = verb is "apply" or "destroy" ? ["--yes"] : [];
            var run = (await link.Run(verb, [.. agreed, "--wire-log", log])).Exits(0);
            calls.AddRange(Recording.Load([log]));
            if (verb == "apply")
            {
                await link.IsEncrypted();
                await link.IsUnchanged();
                Assert.Null(Found(link).Body["tags"]);
                var redeemed = Assert.Single(Authorizations(link));
                Assert.EndsWith("/connections/minimal-er-connection", redeemed.Facts["usedBy"]!.GetValue<string>());
            }
            else if (verb == "destroy")
            {
                Assert.Contains("Used, and left as it was: azure/circuit", run.Output);
                Assert.Contains("another apply needs the key of another", run.Output);
            }
        }
        Assert.Equal(before, Shown(link));
        Assert.DoesNotContain(link.World().Azure.Resources, one => one.Name == "minimal-er-connection");
        Assert.Contains("its authorization minimal-1 was redeemed already",
            Plain((await link.Run("plan")).Exits(1).All));
        var actions = calls.Where(call => call.Cloud == "azure"
                && call.Path.StartsWith($"/subscriptions/{Other}/", StringComparison.OrdinalIgnoreCase))
            .Select(Grants.ActionOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase);
        Assert.Equal(JsonNode.Parse(role)!["Actions"]!.AsArray().Select(action => (string?)action), actions);
    }

    /// <summary>A key is redeemed once: told before anything is ordered, where the circuit shows its keys.</summary>
    [Fact]
    public async Task A_key_that_was_redeemed_is_not_redeemed_again()
    {
        using var link = Elsewhere();
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => CircuitAuthorizations.Redeem(world, CircuitAuthorizations.Of(
            world.Azure, world.Azure.Find(Circuit)!).Single(), Theirs));
        var before = Inventory.Of(link.World());
        var apply = (await link.Run("apply", "--yes")).Exits(1);
        Assert.Contains("its authorization minimal-1 was redeemed already: have the circuit's owner make another "
            + "authorization", Plain(apply.All));
        Assert.DoesNotContain(Key(link), apply.All, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, Inventory.Of(link.World()));
        // The owner gives another.
        link.Edit("generation: 1", "generation: 2");
        (await link.Run("plan")).Exits(0);
    }

    [Fact]
    public async Task The_key_is_nowhere_but_on_the_wire()
    {
        using var link = Elsewhere();
        var said = new List<string>();
        foreach (var command in new[]
        {
            "plan --format json --wire-log LOG", "apply --yes --format jsonl --wire-log LOG",
            "verify --evidence BUNDLE", "destroy --yes",
        })
        {
            var parts = command.Replace("BUNDLE", Path.Combine(link.Root, "bundle"), StringComparison.Ordinal)
                .Replace("LOG", Path.Combine(link.Root, $"{said.Count}.log"), StringComparison.Ordinal).Split(' ');
            var run = (await link.Run(parts[0], parts[1..])).Exits(0);
            said.Add(run.All);
        }
        said.AddRange(Directory.EnumerateFiles(link.Root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "world.json").Select(File.ReadAllText));
        Assert.Contains(said, text => text.Contains("\"authorizationKey\"", StringComparison.Ordinal));
        Assert.All(said, text => Assert.DoesNotContain(Key(link), text, StringComparison.OrdinalIgnoreCase));
        // It was there to be found.
        Assert.Contains(Key(link), await File.ReadAllTextAsync(Path.Combine(link.WorldDirectory, "world.json"),
            TestContext.Current.CancellationToken));
    }

    /// <summary>What cannot be read of it is not known: nothing is built, and nothing is proved.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_circuit_that_may_not_be_read_is_no_evidence(bool refused)
    {
        using var link = await Standing();
        link.Tamper(world =>
        {
            if (refused)
            {
                world.Azure.RolesElsewhere[Other] = [];
            }
            else
            {
                world.Azure.LagBehind(world, TimeSpan.FromDays(9), Circuit, heldBy: null);
            }
        });
        var plan = (await link.Run("plan")).Exits(3);
        Assert.Contains("docs/azure-role-circuit.json", plan.All);
        var verify = await link.Verify();
        Assert.Equal("unproven", (string?)verify.Json["verdict"]);
        Assert.Contains("grant Microsoft.Network/expressRouteCircuits/read", verify.Output);
        var checks = verify.Json["checks"]!.AsArray().ToDictionary(row => (string)row!["id"]!,
            row => (string?)row!["status"]);
        Assert.Equal(("unknown", "unknown"), (checks["SL903"], checks["SL904"]));
    }

    /// <summary>Its own edge tables are a right of their own: without it what the edge knows is not known.</summary>
    [Fact]
    public async Task Who_only_reads_the_circuit_is_shown_no_tables()
    {
        using var link = await Standing();
        var role = JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", "azure-role-circuit.json")))!;
        role["NotActions"] = new JsonArray("Microsoft.Network/expressRouteCircuits/peerings/routeTables/action",
            "Microsoft.Network/expressRouteCircuits/peerings/delete");
        link.Tamper(world => world.Azure.RolesElsewhere[Other] = [role.ToJsonString()]);
        var verify = await link.Verify();
        Assert.Equal("unproven", (string?)verify.Json["verdict"]);
        Assert.Contains("routeTables/action", verify.Output);
        // The peering came with the link's cross connect, and goes with it: found out before the first deletion.
        var before = Inventory.Of(link.World());
        var destroy = (await link.Run("destroy", "--yes")).Exits(1);
        Assert.Contains($"on {Circuit} the identity may not: Microsoft.Network/expressRouteCircuits/peerings/delete",
            destroy.Error);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>The own one counts as nobody else's; what others have redeemed does.</summary>
    [Fact]
    public async Task Others_on_the_circuit_are_told_from_the_link()
    {
        using var link = await Standing();
        // Without next hops a row that another gateway sends cannot be told from the link's own.
        static HttpMessageHandler NoHops(HttpMessageHandler wire) => new Tampered(wire, edit: (call, reply) =>
            call.Contains("operationResults", StringComparison.OrdinalIgnoreCase)
                ? reply.Replace("\"nextHop\":", "\"hop\":", StringComparison.Ordinal) : reply);
        var sight = await Sight.Of(link, NoHops);
        Assert.Empty(Assert.Single(sight.Evidence.Network.Circuits).ForeignPrefixes);
        link.Tamper(world =>
        {
            CircuitAuthorizations.Give(world.Azure, ResourceId.Read(Circuit)!, "other-team",
                "0a0a0a0a-0000-4000-8000-0000000000bb");
            CircuitAuthorizations.Redeem(world, CircuitAuthorizations.Of(world.Azure, world.Azure.Find(Circuit)!)
                .Last(), Theirs, "10.55.0.0/16");
        });
        sight = await Sight.Of(link);
        Assert.Equal("10.55.0.0/16", $"{Assert.Single(sight.Evidence.Network.Circuits[0].ForeignPrefixes)}");
        Assert.NotEqual("10.55.0.0/16", string.Join(' ', (await Sight.Of(link, NoHops)).Evidence.Network.Circuits[0]
            .ForeignPrefixes));
        // With the peering would go what they have: nothing is deleted.
        var before = Inventory.Of(link.World());
        var destroy = (await link.Run("destroy", "--yes")).Exits(1);
        Assert.Contains("by authorization other-team", destroy.Error);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>The owner takes the authorization back, and with it the connection.</summary>
    [Fact]
    public async Task A_withdrawn_authorization_is_named()
    {
        using var link = await Standing();
        var mistake = SingleFailures.Of(link.Design).Single(one => one.Text.StartsWith("authorization ",
            StringComparison.Ordinal));
        link.Tamper(world => mistake.Make(new LinkInWorld(world, link.Design)));
        Assert.Empty(Authorizations(link));
        var verify = await link.Verify();
        Assert.Equal("down", (string?)verify.Json["verdict"]);
        Assert.Contains("connection absent", verify.Output);
        link.Tamper(world => CircuitAuthorizations.Give(world.Azure, ResourceId.Read(Circuit)!, "another",
            "0a0a0a0a-0000-4000-8000-0000000000bb"));
        Assert.Contains("none of its authorizations has the key that the spec refers to",
            Plain((await link.Run("plan")).Exits(1).All));
        link.Edit("generation: 1", "generation: 2");
        Assert.Contains("azure/er-connection", (await link.Run("plan")).Exits(0).Output);
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null,
        StringSplitOptions.RemoveEmptyEntries));
}

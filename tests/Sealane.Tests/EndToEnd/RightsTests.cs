using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Authorization;
using Sealane.Sandbox.World;
using Sealane.Tests.Docs;

namespace Sealane.Tests.EndToEnd;

/// <summary>What the credentials may do is asked before anything is paid for, and before anything is deleted.</summary>
public sealed class RightsTests
{
    private static readonly JsonArray Statements = Json("aws-policy.json")["Statement"]!.AsArray();

    private static IEnumerable<string> Aws => Statements.SelectMany(statement => Texts(statement!["Action"]!))
        .Where(action => action.StartsWith("ec2:", StringComparison.Ordinal)
            || action.StartsWith("directconnect:", StringComparison.Ordinal))
        .Where(action => !Grants.AwsReads.Contains(action)
            // Needed where a VPC or Direct Connect lies in another account: SharedGatewayTests and
            // ConnectivityAccountTests.
            && action != "ec2:AcceptTransitGatewayVpcAttachment"
            // Needed where what is others' is changed and no circuit is the link's own: NotesOnTheUsedTests.
            && action != "ec2:DeleteTags"
            && !action.EndsWith("AssociationProposal", StringComparison.Ordinal));

    private static IEnumerable<string> Azure => Texts(Json("azure-role.json")["Actions"]!).Where(action =>
        action.StartsWith("Microsoft.Network/", StringComparison.Ordinal)
        && (action.EndsWith("/write", StringComparison.Ordinal)
            || action.EndsWith("/join/action", StringComparison.Ordinal)
            || action.EndsWith("/peer/action", StringComparison.Ordinal)));

    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 };

    /// <summary>Every second one, for time; all with SEALANE_LONG=1.</summary>
    [Fact]
    public async Task With_one_right_to_write_missing_nothing_is_paid_for()
    {
        using var link = Link.Example("hub-and-spoke");
        (await link.Run("plan")).Exits(0);
        link.Tamper(LeastPrivilegeTests.Writer);
        var before = Written(link);
        var (tried, silent) = (0, new List<string>());
        foreach (var action in Aws.Concat(Azure).Where((_, index) => Long || index % 2 == 0))
        {
            link.Tamper(world => Without(world, action));
            var run = await link.Run("apply", "--yes");
            if (run.ExitCode != 1 || !run.Error.Contains(action, StringComparison.Ordinal)
                || Written(link) != before)
            {
                silent.Add($"{action}: {run.ExitCode} {run.Error}");
            }
            // Whoever only plans need not have it, and is told. (Of every fourth, for time.)
            if (tried++ % 4 == 0 && await link.Run("plan") is var plan
                && (plan.ExitCode != 0 || !plan.Error.Contains(" warning SL6", StringComparison.Ordinal)))
            {
                silent.Add($"{action}: plan {plan.ExitCode} {plan.Error}");
            }
        }
        Assert.Equal([], silent);
        Counts.Say($"{tried} of {tried} rights to write missing one at a time: refused, nothing made");
        link.Tamper(LeastPrivilegeTests.Writer);
        await link.Apply();
    }

    /// <summary>IAM's simulator knows users, groups and roles: of others nothing is known, which is said.</summary>
    [Fact]
    public async Task An_identity_that_the_simulator_does_not_know_is_told()
    {
        const string Note = "no answer to what the identity's policies in AWS allow";
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Aws.Identity = "federated-user/x");
        Assert.Contains(Note, (await link.Run("plan")).Exits(0).Error);
        Assert.Contains(Note, (await link.Run("apply", "--yes")).Exits(0).Error);
        var destroy = (await link.Run("destroy", "--yes")).Exits(0).Error;
        Assert.Contains(Note, destroy);
        Assert.Contains(":federated-user/x is neither", destroy);
    }

    /// <summary>What Azure would deny in its turn, when an MCR and cross connects are paid for.</summary>
    [Theory]
    [InlineData("a tag", "the policy require-owner denies Microsoft.Network/publicIPAddresses")]
    [InlineData("another region", "the policy eu-only denies Microsoft.Network/expressRouteCircuits")]
    [InlineData("no public addresses", "the policy no-public denies Microsoft.Network/publicIPAddresses: "
        + "azure/public-ip")]
    [InlineData("no local gateways", "the policy no-vpn denies Microsoft.Network/localNetworkGateways: "
        + "azure/local-gateway-1, azure/local-gateway-2")]
    [InlineData("no subnets", "the policy no-subnets denies Microsoft.Network/virtualNetworks/subnets: "
        + "azure/gateway-subnet")]
    public async Task What_a_policy_denies_is_found_out_before_anything_is_paid_for(string policy, string says)
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Policies.Add(policy switch
        {
            "a tag" => DenyPolicy.RequireTag("Owner"),
            "another region" => new("eu-only", Locations: ["westeurope"]),
            "no public addresses" => new("no-public", Types: ["Microsoft.Network/publicIPAddresses"]),
            "no subnets" => new("no-subnets", Types: ["Microsoft.Network/virtualNetworks/subnets"]),
            _ => new("no-vpn", Types: ["Microsoft.Network/localNetworkGateways"]),
        }));
        var before = Written(link);
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.Contains($" error SL611: {says}", run.Error);
        }
        Assert.Equal(before, Written(link));
    }

    /// <summary>A policy that does not show is met in its turn: then nothing more is paid for.</summary>
    [Fact]
    public async Task A_policy_that_does_not_show_ends_the_run_in_order()
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Policies.Add(
            new("no-public", Types: ["Microsoft.Network/publicIPAddresses"], IsInherited: true)));
        var run = (await link.Run("apply", "--yes")).Exits(3);
        Assert.Contains("RequestDisallowedByPolicy", run.Error);
        link.Tamper(world => world.Azure.Policies.Clear());
        await link.Apply();
        await link.IsEncrypted();
    }

    [Fact]
    public async Task A_key_that_only_reads_plans_and_orders_nothing()
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Megaport.Variants.KeyOnlyReads = true);
        var before = Written(link);
        Assert.Contains(" warning SL645: ", (await link.Run("plan")).Exits(0).Error);
        Assert.Contains(" error SL645: ", (await link.Run("apply", "--yes")).Exits(1).Error);
        Assert.Equal(before, Written(link));
    }

    [Theory]
    [InlineData("resource group")]
    [InlineData("subscription")]
    [InlineData("VNet")]
    public async Task A_lock_that_makes_read_only_is_found_out(string where)
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Locks.Add(new(Scope(world, where), "audit", ManagementLock.ReadOnly)));
        var before = Written(link);
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.Contains(" error SL610: the lock audit makes ", run.Error);
        }
        Assert.Equal(before, Written(link));
    }

    /// <summary>A lock on somebody else's object in the group, and one that only forbids deletion.</summary>
    [Fact]
    public async Task Locks_of_others_and_locks_on_deletion_hold_up_no_order()
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Locks.AddRange(
        [
            new($"{Scope(world, "resource group")}/providers/Microsoft.Compute/virtualMachines/theirs", "a",
                ManagementLock.ReadOnly),
            new(Scope(world, "resource group"), "keep", ManagementLock.CanNotDelete),
        ]));
        await link.Apply();
        // And destroy is refused before its first deletion, with the lock's name and the way out.
        var before = Written(link);
        var refused = (await link.Run("destroy", "--yes")).Exits(1);
        Assert.Contains("the lock keep", refused.Error);
        Assert.Contains("nothing was deleted", refused.Error);
        Assert.Equal(before, Written(link));
        link.Tamper(world => world.Azure.Locks.Clear());
        (await link.Run("destroy", "--yes")).Exits(0);
    }

    [Fact]
    public async Task With_one_right_to_delete_missing_nothing_is_deleted()
    {
        using var link = await Link.Built("hub-and-spoke");
        link.Tamper(LeastPrivilegeTests.Writer);
        var before = Written(link);
        var (tried, silent) = (0, new List<string>());
        foreach (var action in DeletesAsked)
        {
            link.Tamper(world => Without(world, action));
            var run = await link.Run("destroy", "--yes");
            if (run.ExitCode != 1 || !run.Error.Contains(action, StringComparison.Ordinal)
                || Written(link) != before)
            {
                silent.Add($"{action}: {run.ExitCode} {run.Error}");
            }
            tried++;
        }
        Assert.Equal([], silent);
        Counts.Say($"{tried} of {tried} rights to delete missing one at a time: refused, nothing deleted");
        link.Tamper(LeastPrivilegeTests.Writer);
        (await link.Run("destroy", "--yes")).Exits(0);
    }

    /// <summary>The simulator, asked about all objects, denies what a policy allows for one: there is a way
    /// on.</summary>
    [Fact]
    public async Task Whoever_knows_the_policies_better_than_the_simulator_goes_on()
    {
        using var link = await Link.Built("minimal");
        link.Tamper(world => Without(world, "directconnect:DeleteDirectConnectGateway"));
        Assert.Contains("silence SL624", (await link.Run("destroy", "--yes")).Exits(1).Error);
        link.Write(File.ReadAllText(link.Spec)
            + "\nsilence:\n  - { check: SL624, reason: the policy names this very gateway }\n");

        var run = (await link.Run("destroy", "--yes")).Exits(3);

        Assert.Contains("SL624 is silenced", run.Error);
        Assert.Contains("AccessDenied", run.Error);
        link.Tamper(LeastPrivilegeTests.Writer);
        (await link.Run("destroy", "--yes")).Exits(0);
    }

    private static IEnumerable<string> DeletesAsked => Aws.Where(action =>
            action.Contains(":Delete", StringComparison.Ordinal))
        .Concat(Texts(Json("azure-role.json")["Actions"]!).Where(action =>
            action.StartsWith("Microsoft.Network/", StringComparison.Ordinal)
            && action.EndsWith("/delete", StringComparison.Ordinal)));

    private static string Written(Link link) => string.Join('\n', Inventory.Of(link.World()));

    private static void Without(SandboxWorld world, string action)
    {
        LeastPrivilegeTests.Writer(world);
        world.Aws.Policy = world.Aws.Policy!.Replace($"\"{action}\"", "\"ec2:Nothing\"", StringComparison.Ordinal);
        world.Azure.Roles = [world.Azure.Roles![0].Replace($"\"{action}\"", "\"a/b/read\"", StringComparison.Ordinal)];
    }

    private static string Scope(SandboxWorld world, string where)
    {
        var subscription = $"/subscriptions/{world.Azure.Subscription}";
        return where switch
        {
            "subscription" => subscription,
            "VNet" => world.Azure.Resources.Single(it => it.Name == "vnet-app").Id,
            _ => $"{subscription}/resourceGroups/rg-sydney",
        };
    }

    private static JsonObject Json(string file) =>
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("docs", file)))!.AsObject();

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(text => text!.GetValue<string>());
}

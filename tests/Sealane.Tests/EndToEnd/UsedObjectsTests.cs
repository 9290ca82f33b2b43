namespace Sealane.Tests.EndToEnd;

/// <summary>
/// <c>existing</c>: objects of every kind that stand already are used by the clouds' ids. They are looked at and
/// judged, and never made, changed, marked or deleted.
/// </summary>
public sealed class UsedObjectsTests
{
    /// <summary>A link that stands and bears no mark, and the spec that uses all of it.</summary>
    private static async Task<Link> Whole()
    {
        var link = await Link.Built("minimal");
        var status = (await link.Run("status", "--format", "json")).Json;
        link.Tamper(ByOthers.Unmark);
        var ids = ByOthers.Gateways(status);
        // The public address goes with the gateway that is used.
        link.Write(ByOthers.Using(File.ReadAllText(link.Spec), status, name => name != "azure/public-ip"));
        return link
            .Edit("azure:\n", $"  transitGateway: {{ id: {ids["aws/transit-gateway"]} }}\n"
                + $"  directConnectGateway: {{ id: {ids["aws/dx-gateway"]} }}\nazure:\n")
            .Edit("  vnet: vnet-app\n", "  vnet: vnet-app\n"
                + $"  expressRouteGateway: {{ id: {ids["azure/er-gateway"]} }}\n"
                + $"  vpnGateway: {{ id: {ids["azure/vpn-gateway"]} }}\n")
            .Edit("  bandwidth: 50\n", $"  bandwidth: 50\n  mcr: {{ uid: {ids["megaport/mcr"]} }}\n");
    }

    [Fact]
    public async Task A_link_of_others_is_judged_and_nothing_of_it_is_touched()
    {
        using var link = await Whole();
        var before = WorldText(link);
        await link.IsUnchanged();
        await link.IsEncrypted();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        var gone = (await link.Run("destroy", "--yes")).Exits(0);
        Assert.Contains("Used, and left as it was: ", gone.Output);
        Assert.Contains("aws/vpn-connection vpn-", gone.Output);
        Assert.Equal(before, WorldText(link));
    }

    /// <summary>Under an id that nothing has, nothing is made in its place.</summary>
    [Fact]
    public async Task What_is_not_there_is_refused_for_each_kind_before_anything_is_done()
    {
        using var link = await Whole();
        var spec = File.ReadAllLines(link.Spec).ToList();
        var start = spec.IndexOf("existing:") + 1;
        var before = WorldText(link);
        for (var at = start; at < spec.Count && spec[at].Length > 0; at++)
        {
            var name = spec[at].Trim().Split(':')[0];
            var changed = spec.ToList();
            changed[at] = spec[at][..^1] + (spec[at][^1] == '9' ? '8' : '9');
            link.Write(string.Join('\n', changed));
            var run = await link.Run("plan", "--format", "json");
            if (name == "azure/circuit")
            {
                // The cross connect that is used leads to a circuit that the spec does not have: no further look.
                Assert.Contains("its circuit is not in", run.Exits(1).Error);
                continue;
            }
            Assert.True(run.Output.Length > 0, $"{name}: {run.Error}");
            var plan = run.Exits(1).Json;
            var step = plan["steps"]!.AsArray().Single(step => (string?)step!["id"] == name)!;
            Assert.Equal("refuse", (string?)step["action"]);
            Assert.Contains("there is no ", step.ToJsonString());
        }
        Assert.Equal(before, WorldText(link));
    }

    /// <summary>A lock on a used object is judged by what is there, and not closed by us.</summary>
    [Fact]
    public async Task What_differs_is_told_with_its_consequence_and_left()
    {
        using var link = await Whole();
        link.Tamper(world => world.Aws.DxAssociations.Single().AllowedPrefixes.Add("10.1.0.0/16"));
        var before = WorldText(link);
        var apply = await link.Run("apply", "--yes");
        Assert.Equal(1, apply.ExitCode);
        Assert.Contains("allowed prefixes {10.1.0.0/16, 10.254.1.0/24} → {10.254.1.0/24}", apply.All);
        Assert.Contains("or make it this link's with sealane adopt", Plain(apply.All));
        Assert.Equal(before, WorldText(link));
        Assert.Contains("10.1.0.0/16", link.World().Aws.DxAssociations.Single().AllowedPrefixes);
        var verdict = (await link.Run("verify", "--strict", "--format", "json")).Exits(1).Json;
        Assert.Equal("fail", (string?)verdict["checks"]!.AsArray().First(row => (string?)row!["id"] == "SL909")!
            ["status"]);
    }

    /// <summary>What is ours stays as long as a used object stands on it: to delete it would take that down.</summary>
    [Fact]
    public async Task Nothing_is_deleted_from_under_a_used_object()
    {
        using var link = await Link.Built("minimal");
        var status = (await link.Run("status", "--format", "json")).Json;
        link.Tamper(world => world.Aws.VpnConnections.Single().Tags.Clear());
        link.Write(ByOthers.Using(File.ReadAllText(link.Spec), status, name => name == "aws/vpn-connection"));
        await link.IsUnchanged();
        var run = await link.Run("destroy", "--yes");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("aws/vpn-connection is built on it, and is used: it stays", Plain(run.All));
        var world = link.World();
        Assert.Equal("available", world.Aws.VpnConnections.Single().State);
        Assert.Equal("available", world.Aws.CustomerGateways.Single().State);
        Assert.Equal("associated", world.Aws.DxAssociations.Single().State);
        Assert.DoesNotContain(world.Azure.Resources, it => it.Name == "minimal-tunnel-1");
    }

    /// <summary>A circuit of another team carries the link, and is afterwards as it was.</summary>
    [Fact]
    public async Task A_link_is_built_on_a_used_circuit_and_taken_from_it()
    {
        using var link = await Link.Built("minimal");
        var status = (await link.Run("status", "--format", "json")).Json;
        link.Tamper(world => world.Azure.Resources.Single(it => it.Name == "minimal-er").Body.Remove("tags"));
        link.Write(ByOthers.Using(File.ReadAllText(link.Spec), status, name => name == "azure/circuit"));
        Assert.Contains("Used, and left as it was: azure/circuit",
            (await link.Run("destroy", "--yes")).Exits(0).Output);
        var before = Circuit(link);
        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Null(System.Text.Json.Nodes.JsonNode.Parse(Circuit(link))!["tags"]);
        await link.Destroy();
        Assert.Equal(before, Circuit(link));
    }

    /// <summary>The VPC hangs on the company's transit gateway already, in a table of its own: both are used.</summary>
    [Fact]
    public async Task A_link_is_built_on_a_used_transit_gateway_with_its_attachment_and_table()
    {
        using var link = await Link.Built("minimal");
        var status = (await link.Run("status", "--format", "json")).Json;
        link.Tamper(world =>
        {
            world.Aws.TransitGateways.Single().Tags.Clear();
            world.Aws.Attachments.Single(it => it.ResourceType == "vpc").Tags.Clear();
            world.Aws.RouteTables.Single(it => it.Tags["Name"] == "minimal-workload").Tags.Clear();
        });
        link.Write(ByOthers.Using(File.ReadAllText(link.Spec), status,
            name => name is "aws/vpc-attachment" or "aws/workload-route-table"));
        var gateway = ByOthers.Gateways(status)["aws/transit-gateway"];
        link.Edit("azure:\n", $"  transitGateway: {{ id: {gateway} }}\nazure:\n");
        await link.IsUnchanged();
        (await link.Run("destroy", "--yes")).Exits(0);
        var before = WorldText(link);
        Assert.Contains("attachment vpc", before);
        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Empty(link.World().Aws.Attachments.Single(it => it.ResourceType == "vpc" && it.IsLive).Tags);
        await link.Destroy();
        Assert.Equal(before, WorldText(link));
    }

    private static string Circuit(Link link) =>
        link.World().Azure.Resources.Single(it => it.Name == "minimal-er").Body.ToJsonString();

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null,
        StringSplitOptions.RemoveEmptyEntries));

    private static string WorldText(Link link) => string.Join('\n', Inventory.Of(link.World()));
}

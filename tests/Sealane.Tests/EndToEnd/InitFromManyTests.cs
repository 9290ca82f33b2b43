using System.Text.Json.Nodes;
using Sealane.Core.Checks;
using Sealane.Core.Design;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// <c>init --from</c> reads a link of several of anything, none of which bears a mark of ours: the spec that it writes
/// describes what stands, so that nothing is made beside it and nothing is replaced.
/// </summary>
public sealed class InitFromManyTests
{
    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>
            {
                { "two-locations", "two routers, two circuits, four cross connects to Azure, four tunnels" },
                { "hub-and-spoke", "two VPCs, and a hub with two spokes" },
            };
            if (IsLong)
            {
                data.Add("two-routers", "both routers on one circuit");
                data.Add("two-paths", "one router, both paths");
                data.Add("many-networks", "three VPCs");
            }
            return data;
        }
    }

    /// <summary>More of them with SEALANE_LONG=1.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public Task An_example_is_read_used_and_adopted(string name, string reason) => Reads(Text(name), reason, true);

    /// <summary>Mixes that nobody wrote. A rehearsal derives keys by the parts' own words, which no cloud tells: there
    /// they differ, and nothing else does.</summary>
    [Fact]
    public async Task Random_topologies_are_read()
    {
        var read = 0;
        for (var seed = 0; read < (IsLong ? 40 : 2); seed++)
        {
            var text = RandomTopology.Of(seed).Text;
            var design = Designer.Design(Core.Spec.SpecReader.Read("spec", text).Spec!);
            if (!DesignChecks.Run(design).HasErrors && !design.OtherAccounts.Any()
                && design.TransitGateway.ExistingId is null && design.Routers.Count > 1)
            {
                await Reads(text, $"seed {seed}", false);
                read++;
            }
        }
    }

    private static bool IsLong => Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";

    private static string Text(string example) => File.ReadAllText(Repository.PathOf("examples", $"{example}.yaml"));

    /// <summary>What hangs on an end and leads to nothing is told and left out, whatever it is.</summary>
    [Fact]
    public async Task What_is_no_part_of_the_link_is_told()
    {
        using var link = new Link(Text("two-locations"));
        var design = link.Design;
        await link.Apply();
        link.Tamper(world =>
        {
            ByOthers.Unmark(world);
            var copy = System.Text.Json.JsonSerializer.SerializeToNode(world.Aws.Vifs[0])!;
            (copy["Id"], copy["ConnectionId"]) = ("dxvif-0000aaaa", "dxcon-ffaaaaaa");
            world.Aws.Vifs.Add(System.Text.Json.JsonSerializer.Deserialize<Sealane.Sandbox.Aws.DxVif>(copy)!);
        });
        File.Delete(link.Spec);
        (await Init(link, design)).Exits(0);
        Assert.Contains("# NOTE: dxvif-0000aaaa of the Direct Connect gateway is no part of a way",
            File.ReadAllText(link.Spec));
        Assert.Equal(2, link.Design.AwsVxcs.Count);
        await link.IsUnchanged();

        // Where AWS takes several, what Azure pins is what there is; where the ends do not meet, nothing is guessed.
        link.Tamper(world =>
        {
            var tunnel = world.Aws.VpnConnections[0].Tunnels[0].Options;
            tunnel.Phase1Encryption = ["AES128", "AES256"];
            tunnel.Phase2Encryption = ["AES128"];
        });
        File.Delete(link.Spec);
        (await Init(link, design)).Exits(0);
        Assert.Contains("# NOTE: ipsec.phase2Encryption: the tunnels differ in it", File.ReadAllText(link.Spec));
        Assert.Contains("phase1Encryption: \"AES256\"", File.ReadAllText(link.Spec));
        Assert.DoesNotContain("phase2Encryption: \"", File.ReadAllText(link.Spec));
    }

    /// <summary>Azure's names are for life: theirs have nothing to do with the link's, nor has their
    /// suite.</summary>
    private static void Differ(Link link)
    {
        var design = link.Design;
        link.Write($"{File.ReadAllText(link.Spec)}\ntunnels:\n{string.Concat(design.Tunnels.Select(tunnel =>
            $"  - {{ localGatewayName: far-{tunnel.Number}, connectionName: wire-{tunnel.Number} }}\n"))}"
            + """
            ipsec:
              phase1Encryption: AES128
              phase1Integrity: SHA2-384
              phase1DhGroup: 20
              phase2Encryption: AES256
              phase2Integrity: SHA2-256
              phase2DhGroup: 19
              phase2LifetimeSeconds: 1800
              dpdTimeoutSeconds: 45

            """);
    }

    private static Task<Shell> Init(Link link, NetworkDesign design) => link.Run("init", "--from",
        string.Join(",", design.Vpcs.Select(vpc => vpc.Id).Concat(design.Vnets.Select(vnet => Id(design, vnet.Name)))),
        "--name", design.Name, "--aws-region", design.Aws.Region);

    private static async Task Reads(string text, string reason, bool adopts)
    {
        using var link = new Link(text);
        Differ(link);
        var design = link.Design;
        await link.Apply();
        link.Tamper(ByOthers.Unmark);
        var before = Inventory.Of(link.World());
        File.Delete(link.Spec);

        var init = await Init(link, design);

        Assert.True(init.ExitCode == 0, $"{reason}: {init.All}\n{(File.Exists(link.Spec)
            ? File.ReadAllText(link.Spec) : "")}");
        var spec = File.ReadAllText(link.Spec);
        Assert.DoesNotContain("QUESTION", spec);
        Assert.DoesNotContain("is not in this file", spec);
        Assert.Equal(
            (design.Routers.Count, design.Circuits.Count, design.AwsVxcs.Count, design.AzureVxcs.Count,
                design.Vpcs.Count, design.Vnets.Count, design.Tunnels.Count),
            (link.Design.Routers.Count, link.Design.Circuits.Count, link.Design.AwsVxcs.Count,
                link.Design.AzureVxcs.Count, link.Design.Vpcs.Count, link.Design.Vnets.Count,
                link.Design.Tunnels.Count));
        Assert.Equal(design.Ipsec, link.Design.Ipsec);
        Assert.Equal(before, Inventory.Of(link.World()));

        var plan = await link.Run("plan", "--format", "json");
        Assert.All(plan.Json["steps"]!.AsArray(), step => Assert.True(IsLeft(step!, adopts), $"{reason}: {step}"));
        Assert.Equal(before, Inventory.Of(link.World()));
        if (!adopts)
        {
            return;
        }
        await link.IsEncrypted();
        await link.IsUnchanged();

        (await link.Run("adopt", "--all", "--yes")).Exits(0);
        Assert.DoesNotContain("existing:", File.ReadAllText(link.Spec));
        var steps = (await link.Run("plan", "--format", "json")).Exits(0).Json["steps"]!.AsArray();
        Assert.DoesNotContain(steps, step => (string?)step!["action"] is "replace" or "refuse" or "delete");
        Assert.Equal(0, (int)(await link.Apply()).Done["deleted"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
        if (design.Vnets.Count > 1)
        {
            // A peering bears no mark and cannot be renamed: it stays theirs, and a spoke's use of the gateways too.
            Assert.Contains("switch 'use remote gateways' off", (await link.Run("destroy", "--yes")).Exits(1).All);
            return;
        }
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
        Assert.Empty(link.World().Megaport.Billed);
    }

    private static bool IsLeft(JsonNode step, bool wholly) => (string?)step["action"] is "keep"
        || (!wholly && (string?)step["action"] == "wait")
        || (!wholly && (string?)step["action"] == "refuse" && step["differences"]!.AsArray().All(line =>
            ((string?)line)!.Contains("key", StringComparison.Ordinal)
                || ((string?)line)!.Contains("used as it is", StringComparison.Ordinal)));

    private static string Id(NetworkDesign design, string vnet) => $"/subscriptions/{design.Azure.Subscription}"
        + $"/resourceGroups/{design.Azure.ResourceGroup}/providers/Microsoft.Network/virtualNetworks/{vnet}";
}

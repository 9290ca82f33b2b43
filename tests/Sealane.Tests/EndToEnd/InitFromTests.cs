namespace Sealane.Tests.EndToEnd;

/// <summary>
/// <c>init --from</c> reads a link that was built in the guide's order and bears no mark of ours and, but for Azure, no
/// name of ours; <c>adopt --all</c> makes it the link's.
/// </summary>
public sealed class InitFromTests
{
    private const string Networks = "vpc-0a1b2c3d4e5f60718,/subscriptions/00000000-1111-2222-3333-444444444444/"
        + "resourceGroups/rg-sydney/providers/Microsoft.Network/virtualNetworks/vnet-app";

    /// <summary>With other numbers than the defaults, and other names in Azure, where they are for life.</summary>
    private static async Task<Link> ByHand()
    {
        var link = Link.Sydney;
        link.Write(File.ReadAllText(link.Spec).Replace("192.168.100.", "192.168.77.", StringComparison.Ordinal)
            .Replace("192.168.101.", "192.168.78.", StringComparison.Ordinal)
            .Replace("64550", "64600", StringComparison.Ordinal)
            .Replace("sydney-", "theirs-", StringComparison.Ordinal));
        (await link.Run("apply", "--order", "guide", "--yes", "--format", "jsonl")).Exits(0);
        link.Tamper(ByOthers.Unmark);
        return link;
    }

    private static Task<Shell> From(Link link, params string[] more) => link.Run(
        "init", ["--from", Networks, "--name", "sydney", "--aws-region", "ap-southeast-2", .. more]);

    [Fact]
    public async Task A_link_by_hand_is_read_told_adopted_mended_and_removed()
    {
        using var link = await ByHand();
        var before = Inventory.Of(link.World());
        File.Delete(link.Spec);
        var init = await From(link);
        Assert.True(init.ExitCode == 0, init.All);
        Assert.Contains($"Next: sealane plan {link.Spec} --sandbox={link.Sandbox}", init.Output);
        var spec = File.ReadAllText(link.Spec);
        Assert.DoesNotContain("QUESTION", spec);
        foreach (var told in new[]
        {
            "192.168.77.1/30", "192.168.78.0/30", "64600", "theirs-ergw", "169.254.21.0/30", "10.254.1.0/24",
            "tgw-attach-", "dxvif-", "cgw-", "vpn-", "expressRouteCircuits", "localNetworkGateways",
        })
        {
            Assert.Contains(told, spec);
        }
        Assert.Equal(before, Inventory.Of(link.World()));

        // Nothing is replaced; what a law demands is told, and not done to what is not ours.
        var plan = (await link.Run("plan")).Exits(1);
        Assert.DoesNotContain("replace", string.Join('\n', plan.Output.Split('\n')
            .Where(line => line.Contains(" replace ", StringComparison.Ordinal))));
        Assert.Contains("allowed prefixes {10.1.0.0/16, 10.254.1.0/24} → {10.254.1.0/24}", plan.Output);
        Assert.Equal(1, (await link.Run("apply", "--yes")).ExitCode);
        Assert.Equal(before, Inventory.Of(link.World()));

        var adopted = await link.Run("adopt", "--all", "--yes");
        Assert.True(adopted.ExitCode == 0, adopted.All);
        Assert.DoesNotContain("existing:", File.ReadAllText(link.Spec));
        var steps = (await link.Run("plan", "--format", "json")).Exits(0).Json["steps"]!.AsArray();
        Assert.DoesNotContain(steps, step => (string?)step!["action"] is "replace" or "refuse" or "delete");
        Assert.Equal(0, (int)(await link.Apply()).Done["deleted"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
        Assert.DoesNotContain(Inventory.Of(link.World()), line => line.StartsWith("mcr", StringComparison.Ordinal)
            || line.StartsWith("vxc", StringComparison.Ordinal) || line.StartsWith("vpn", StringComparison.Ordinal)
            || line.StartsWith("transit", StringComparison.Ordinal)
            || line.Contains("Gateways ", StringComparison.Ordinal)
            || line.StartsWith("expressRouteCircuits", StringComparison.Ordinal));
    }

    /// <summary>Of two that could be it none is chosen, and a file that is there is left.</summary>
    [Fact]
    public async Task Several_are_told_one_is_picked_by_its_id_and_nothing_is_overwritten()
    {
        using var link = await ByHand();
        string? first = null;
        link.Tamper(world =>
        {
            first = world.Aws.Vifs.Single().Id;
            var copy = System.Text.Json.JsonSerializer.SerializeToNode(world.Aws.Vifs.Single())!;
            copy["Id"] = "dxvif-0000aaaa";
            world.Aws.Vifs.Add(System.Text.Json.JsonSerializer.Deserialize<Sealane.Sandbox.Aws.DxVif>(copy)!);
        });
        File.Delete(link.Spec);
        var init = (await From(link)).Exits(1);
        Assert.Contains($"which transit VIF of the Direct Connect gateway is the link's: ", init.Output);
        Assert.Contains("dxvif-0000aaaa", init.Output);
        var spec = File.ReadAllText(link.Spec);
        Assert.Contains("# QUESTION: which transit VIF", spec);
        Assert.DoesNotContain("aws/transit-vif", spec);
        (await From(link)).Exits(2);
        Assert.Equal(spec, File.ReadAllText(link.Spec));
        File.Delete(link.Spec);
        var picked = await link.Run("init", "--from", $"{Networks},{first}", "--name", "sydney", "--aws-region",
            "ap-southeast-2");
        Assert.True(picked.ExitCode == 0, picked.All);
        Assert.Contains($"aws/transit-vif: \"{first}\"", File.ReadAllText(link.Spec));
    }
}

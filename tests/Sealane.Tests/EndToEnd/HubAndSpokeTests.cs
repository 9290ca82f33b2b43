using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>VNets that use the gateways of the first one: peered on both sides, protected, proved and taken away like
/// it.</summary>
public sealed class HubAndSpokeTests
{
    private const string Data = "    - key: data\n      vnet: vnet-data\n      cidrs: [10.6.0.0/16, 10.7.0.0/16]\n";

    private static Link HubAndSpoke => Link.Example("hub-and-spoke");

    [Fact]
    public async Task Every_pair_of_networks_is_encrypted_and_destroy_leaves_what_was_there()
    {
        using var link = HubAndSpoke;
        await ManyPairs.Live(link, from spoke in new[] { "10.2.128.1", "10.6.0.9", "10.7.255.1", "10.8.1.1" }
                                   from pair in new[] { (spoke, "10.1.128.1"), ("10.3.7.7", spoke) }
                                   select pair);
    }

    [Fact]
    public async Task A_spoke_joins_a_living_link_and_leaves_it_and_nothing_else_is_touched()
    {
        using var link = HubAndSpoke.Edit(Data, "");
        await link.Apply();
        var standing = Peerings(link.World().Azure);
        link.Edit("  spokes:\n", $"  spokes:\n{Data}");
        var joins = (await link.Apply()).Done;
        // Two sides of a peering; the routes of each VPC gain its prefixes.
        Assert.Equal((2, 2, 0), ((int)joins["created"]!, (int)joins["updated"]!, (int)joins["deleted"]!));
        Assert.Equal((0, 0), ((double)joins["clearSeconds"]!, (double)joins["outageSeconds"]!));
        await link.IsEncrypted();
        await link.IsUnchanged();
        var gone = Data.Replace("key: data\n", "key: data\n      gone: true\n", StringComparison.Ordinal);
        link.Edit(Data, gone);
        await link.ApplyAgain();
        await link.IsEncrypted();
        link.Edit(gone, "");
        await link.IsUnchanged();
        Assert.Equal(standing, Peerings(link.World().Azure));
    }

    /// <summary>Both clouds prefer the transport for an equal prefix, and so does every spoke.</summary>
    [Fact]
    public async Task A_spoke_that_leaks_is_seen()
    {
        using var link = HubAndSpoke;
        await link.Apply();
        (await Shell.Run("sandbox", "break", link.Spec, "open-azure-to-aws", $"--sandbox={link.Sandbox}")).Exits(0);
        var verify = (await link.Verify()).Exits(1).Json;
        Assert.Equal("clear", (string?)verify["verdict"]);
        Assert.Contains(verify["flows"]!.AsArray(), flow => (string?)flow!["verdict"] == "clear"
            && ((string?)flow["source"])!.StartsWith("10.6.", StringComparison.Ordinal));
        await link.Apply();
        await link.IsEncrypted();
    }

    [Fact]
    public async Task A_peering_that_is_there_is_used_and_neither_changed_nor_deleted()
    {
        using var link = HubAndSpoke;
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => Theirs(world, transit: false));
        var refused = (await link.Run("apply", "--yes")).Exits(1).All;
        Assert.Contains("corp-to-data", refused);
        Assert.Empty(link.World().Megaport.Billed);
        link.Tamper(world => Theirs(world, transit: true));
        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Contains("the VNet vnet-data uses the gateways over its peering", (await link.Run("destroy", "--yes"))
            .Exits(1).All);
        link.Tamper(world =>
            world.Azure.Resources.RemoveAll(it => it.Name.StartsWith("corp-", StringComparison.Ordinal)));
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    [Fact]
    public async Task A_vnet_that_uses_the_gateways_of_another_hub_is_refused_before_anything_is_paid_for()
    {
        using var link = HubAndSpoke;
        (await link.Run("plan")).Exits(0);
        link.Tamper(world =>
            Peer(world, "vnet-ops", "to-other", $"{Vnet(world, "vnet-ops")}-hub", "useRemoteGateways"));
        Assert.Contains("vnet-ops uses the gateways of vnet-ops-hub over its peering to-other",
            (await link.Run("apply", "--yes")).Exits(1).All);
        Assert.Empty(link.World().Megaport.Billed);
    }

    private static void Theirs(SandboxWorld world, bool transit)
    {
        world.Azure.Resources.RemoveAll(it => it.Name.StartsWith("corp-", StringComparison.Ordinal));
        Peer(world, "vnet-app", "corp-to-data", Vnet(world, "vnet-data"), "allowGatewayTransit", transit);
        Peer(world, "vnet-data", "corp-to-app", Vnet(world, "vnet-app"), "useRemoteGateways", transit);
    }

    private static void Peer(SandboxWorld world, string near, string name, string far, string flag, bool on = true)
    {
        var vnet = world.Azure.Resources.Single(it => it.Name == near);
        world.Azure.Resources.Add(new()
        {
            Id = $"{vnet.Id}/virtualNetworkPeerings/{name}",
            Type = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
            Name = name,
            ResourceGroup = vnet.ResourceGroup,
            ParentId = vnet.Id,
            State = "Succeeded",
            Works = true,
            Body = new()
            {
                ["properties"] = new JsonObject
                {
                    ["allowVirtualNetworkAccess"] = true,
                    [flag] = on,
                    ["remoteVirtualNetwork"] = new JsonObject { ["id"] = far },
                },
            },
        });
    }

    private static string Vnet(SandboxWorld world, string name) =>
        world.Azure.Resources.Single(it => it.Name == name).Id;

    private static IReadOnlyList<string> Peerings(AzureState azure) =>
    [
        .. azure.Resources.Where(it => it.Type.EndsWith("/virtualNetworkPeerings", StringComparison.Ordinal))
            .Select(it => it.Id).Order(StringComparer.Ordinal),
    ];
}

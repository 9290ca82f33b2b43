namespace Sealane.Tests.EndToEnd;

/// <summary>The VNet with the gateways in another resource group than the link's own, by its full id.</summary>
public sealed class HubElsewhereTests
{
    private const string Group = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/";
    private const string Networks = "/providers/Microsoft.Network/virtualNetworks/";

    private static Link Elsewhere => Link.Example("minimal")
        .Edit("vnet: vnet-app", $"vnet: {Group}rg-hub{Networks}vnet-app");

    private static IReadOnlyList<string> In(Link link, string group) => [.. link.World().Azure.Resources
        .Where(one => one.Id.StartsWith($"{Group}{group}/", StringComparison.Ordinal))
        .Select(one => $"{one.Id[(Group.Length + group.Length)..]} {one.Body.ToJsonString()}").Order()];

    /// <summary>By <c>init --from</c>, and made the link's; with SEALANE_LONG=1.</summary>
    [Fact]
    public async Task A_link_in_it_is_read_again()
    {
        if (Environment.GetEnvironmentVariable("SEALANE_LONG") is not { Length: > 0 })
        {
            return;
        }
        using var link = Elsewhere;
        (await link.Run("plan")).Exits(0);
        var before = In(link, "rg-hub");
        await link.Apply();
        var (vpc, region) = (link.Design.Vpcs[0].Id, link.Design.Aws.Region);
        link.Tamper(ByOthers.Unmark);
        File.Delete(link.Spec);
        (await link.Run("init", "--from", $"{vpc},{Group}rg-hub{Networks}vnet-app", "--name", "minimal",
            "--aws-region", region)).Exits(0);
        Assert.Equal(($"{Group}rg-hub{Networks}vnet-app", "rg-sydney"),
            (link.Design.Vnets[0].FullId, link.Design.Azure.ResourceGroup));
        await link.IsUnchanged();
        (await link.Run("adopt", "--all", "--yes")).Exits(0);
        await link.IsEncrypted();
        await link.Destroy();
        // A subnet bears no mark: what was read by its looks stays, and nothing else does.
        Assert.Equal([$"{Networks}vnet-app/subnets/GatewaySubnet"], In(link, "rg-hub").Except(before)
            .Select(one => one.Split(' ')[0]));
        Assert.Empty(In(link, "rg-sydney"));
    }

    /// <summary>What is made stands in the link's group; the VNet gets its GatewaySubnet, and loses it again.</summary>
    [Fact]
    public async Task A_link_is_built_in_it_and_taken_from_it()
    {
        using var link = Elsewhere;
        (await link.Run("plan")).Exits(0);
        var before = In(link, "rg-hub");
        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal([$"{Networks}vnet-app/subnets/GatewaySubnet"], In(link, "rg-hub").Except(before)
            .Select(one => one.Split(' ')[0]));
        Assert.DoesNotContain(In(link, "rg-sydney"), one => one.StartsWith(Networks, StringComparison.Ordinal));
        await link.Destroy();
        Assert.Equal(before, In(link, "rg-hub"));
        Assert.Empty(In(link, "rg-sydney"));
    }

    /// <summary>The rights are asked where they are needed, and a lock there is found.</summary>
    [Fact]
    public async Task A_lock_on_its_group_is_found_before_anything_is_made()
    {
        using var link = Elsewhere;
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Locks.Add(new($"{Group}rg-hub", "audit",
            Sealane.Sandbox.Azure.Authorization.ManagementLock.ReadOnly)));
        var before = Inventory.Of(link.World());
        Assert.Contains(" error SL610: the lock audit makes ", (await link.Run("apply", "--yes")).Exits(1).Error);
        Assert.Equal(before, Inventory.Of(link.World()));
    }
}

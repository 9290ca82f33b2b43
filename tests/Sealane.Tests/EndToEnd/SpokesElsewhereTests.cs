namespace Sealane.Tests.EndToEnd;

/// <summary>Spokes of another subscription of the tenant and of another resource group, named by their full
/// ids.</summary>
public sealed class SpokesElsewhereTests
{
    private const string Elsewhere = "/subscriptions/aaaaaaaa-1111-2222-3333-444444444444/resourceGroups/rg-sydney/"
        + "providers/Microsoft.Network/virtualNetworks/vnet-data";

    /// <summary>Of the hub's own name.</summary>
    private const string OtherGroup = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-ops/"
        + "providers/Microsoft.Network/virtualNetworks/vnet-app";

    private static Link Spread => Link.Example("hub-and-spoke").Edit("vnet: vnet-data", $"vnet: {Elsewhere}")
        .Edit("vnet: vnet-ops", $"vnet: {OtherGroup}");

    [Fact]
    public async Task Every_pair_of_networks_is_encrypted_and_destroy_leaves_what_was_there()
    {
        using var link = Spread;
        await ManyPairs.Live(link, from spoke in new[] { "10.2.128.1", "10.6.0.9", "10.7.255.1", "10.8.1.1" }
                                   from pair in new[] { (spoke, "10.1.128.1"), ("10.3.7.7", spoke) }
                                   select pair);
        var azure = link.World().Azure;
        Assert.Contains(azure.Resources, one => one.Id == Elsewhere);
        Assert.DoesNotContain(azure.Resources, one => one.Type.EndsWith("Peerings", StringComparison.Ordinal));
    }

    /// <summary>A VNet of that name in the link's own group is another one, and nothing is written there.</summary>
    [Fact]
    public async Task Only_the_one_that_is_named_is_peered_and_init_reads_it_again()
    {
        using var link = Spread;
        var design = link.Design;
        await link.Apply();
        var near = link.World().Azure.Resources.Where(one => one.Type.EndsWith("Peerings", StringComparison.Ordinal))
            .Select(one => one.ParentId).Distinct().ToList();
        Assert.Equal(3, near.Count);
        Assert.Contains(Elsewhere, near);
        Assert.Contains(OtherGroup, near);
        link.Tamper(ByOthers.Unmark);
        File.Delete(link.Spec);
        var hub = OtherGroup.Replace("rg-ops", "rg-sydney", StringComparison.Ordinal);
        (await link.Run("init", "--from", string.Join(",",
            design.Vpcs.Select(vpc => vpc.Id).Append(OtherGroup).Append(Elsewhere).Append(hub)), "--name",
            design.Name, "--aws-region", design.Aws.Region)).Exits(0);
        Assert.Equal([null, OtherGroup, Elsewhere], link.Design.Vnets.Select(vnet => vnet.FullId));
        await link.IsUnchanged();
        await link.IsEncrypted();
    }

    /// <summary>The same VNet by its name and by its full id stands in the file twice.</summary>
    [Fact]
    public void A_full_id_in_the_links_own_group_is_the_name()
    {
        using var link = Link.Example("hub-and-spoke").Edit("vnet: vnet-data",
            $"vnet: {OtherGroup.Replace("rg-ops", "RG-Sydney", StringComparison.Ordinal)}");
        Assert.Contains(Core.Checks.DesignChecks.Run(link.Design).Findings, finding => finding.Check.Id == "SL517");
        Assert.All(link.Design.Vnets, vnet => Assert.Null(vnet.FullId));
    }
}

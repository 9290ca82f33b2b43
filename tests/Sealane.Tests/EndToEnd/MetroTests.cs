namespace Sealane.Tests.EndToEnd;

/// <summary>A circuit in a Metro location: one circuit, two buildings.</summary>
public sealed class MetroTests
{
    private const string Subnet = "  gatewaySubnet: 10.2.0.0/24\n";
    private const string Metro = Subnet + "  circuit:\n    peeringLocation: Singapore Metro\n";

    [Fact]
    public async Task Its_two_paths_end_in_two_buildings()
    {
        using var link = Link.Example("two-paths").Edit(Subnet, Metro)
            .Edit("  region: australiaeast\n", "  region: southeastasia\n");
        (await Shell.Run("check", link.Spec)).Exits(0);
        await link.Apply();
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();

        var megaport = link.World().Megaport;
        Assert.Equal(["Equinix SG1", "Global Switch Tai Seng"], megaport.Vxcs.Where(vxc => vxc.Azure is not null)
            .OrderBy(vxc => vxc.Azure!.Path).Select(vxc =>
                megaport.Locations.Single(location => location.Id == vxc.BLocationId).Name));
        Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);
    }

    [Fact]
    public async Task A_second_circuit_in_one_of_the_two_is_told()
    {
        using var link = Link.Example("two-locations").Edit("Location: Sydney\n", "Location: Singapore Metro\n")
            .Edit("Sydney2", "Singapore2");
        Assert.Contains("SL510: Singapore Metro and Singapore2 have a building in common",
            (await Shell.Run("check", link.Spec)).Exits(0).Output);
    }

    /// <summary>A circuit keeps its place for life.</summary>
    [Fact]
    public async Task A_circuit_that_stands_elsewhere_is_replaced_and_not_without_a_word()
    {
        using var link = await Link.Built("two-paths");
        link.Edit(Subnet, Metro);
        var plan = (await link.Run("plan", "--format", "json")).Json;
        Assert.Equal("replace", (string?)plan["steps"]!.AsArray()
            .Single(step => (string?)step!["id"] == "azure/circuit")!["action"]);
    }
}

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Every kind of change to a living link: the plan says what it takes and what it does to traffic, apply does it, the
/// link is encrypted again and at no moment let anything through in the clear.
/// </summary>
public sealed class ChangeTests
{
    /// <summary>Edits of sydney.yaml, and the steps that the plan must contain.</summary>
    public static TheoryData<string, string, string, string> Changes => new()
    {
        {
            "new keys", "  generation: 1\n", "  generation: 2\n",
            "update megaport/aws-vxc, replace megaport/azure-vxc, replace aws/transit-vif, update aws/vpn-connection, "
            + "update azure/vpn-connection-1, update azure/vpn-connection-2"
        },
        { "a larger circuit", "Sydney\n    bandwidth: 50 ", "Sydney\n    bandwidth: 200 ", "update azure/circuit" },
        { "another way of billing", "family: MeteredData", "family: UnlimitedData", "update azure/circuit" },
        { "another tier", "tier: Standard", "tier: Premium", "update azure/circuit" },
        { "a larger MTU", "mtu: 1500", "mtu: 8500", "update aws/transit-vif" },
        {
            "a cost centre", "  term: 1 ", "  costCentre: net-ops\n  term: 1 ",
            "update megaport/mcr, update megaport/aws-vxc, update megaport/azure-vxc"
        },
        { "a longer term", "  term: 1 ", "  term: 12 ",
            "update megaport/mcr, update megaport/aws-vxc, update megaport/azure-vxc" },
        { "the guide's routes in the workload table", "isolation: auto", "isolation: propagated",
            "update aws/dx-attachment-routing" },
        {
            "allowed prefixes in two halves", "allowedPrefixes: [10.254.1.0/24]",
            "allowedPrefixes: [10.254.1.0/25, 10.254.1.128/25]",
            "update aws/dx-association"
        },
        { "a larger ExpressRoute gateway", "sku: ErGw1AZ", "sku: ErGw2AZ", "update azure/er-gateway" },
        { "a larger VPN gateway", "sku: VpnGw1AZ", "sku: VpnGw2AZ", "update azure/vpn-gateway" },
        {
            "a stronger group", "phase1DhGroup: 14", "phase1DhGroup: 20",
            "update aws/vpn-connection, update azure/vpn-connection-1, update azure/vpn-connection-2"
        },
        {
            "shorter lives of keys", "phase2LifetimeSeconds: 3600", "phase2LifetimeSeconds: 1800",
            "update aws/vpn-connection, update azure/vpn-connection-1, update azure/vpn-connection-2"
        },
        {
            "another timeout of dead peers", "dpdTimeoutSeconds: 30", "dpdTimeoutSeconds: 45",
            "update aws/vpn-connection, update azure/vpn-connection-1, update azure/vpn-connection-2"
        },
        { "another name of the MCR", "name: sydney-mcr", "name: core-mcr", "update megaport/mcr" },
        { "another name of the VXC to AWS", "name: sydney-aws ", "name: core-aws ", "update megaport/aws-vxc" },
        { "another name of the VXC to Azure", "name: sydney-azure ", "name: core-azure ", "update megaport/azure-vxc" },
        {
            "another ASN of the VPN gateway", "asn: 65515", "asn: 65010",
            "update azure/vpn-gateway, replace aws/customer-gateway, replace aws/vpn-connection, replace "
                + "azure/local-gateway-1"
        },
        {
            "other addresses in a tunnel", "insideCidr: 169.254.21.0/30", "insideCidr: 169.254.21.8/30",
            "replace aws/vpn-connection, replace azure/local-gateway-1, replace azure/vpn-connection-1"
        },
        { "another VLAN of the private peering", "vlan: 100", "vlan: 200",
            "replace megaport/azure-vxc, replace azure/er-connection" },
        { "other addresses towards Azure", "primary: 192.168.101.0/30", "primary: 192.168.102.0/30",
            "replace megaport/azure-vxc" },
        {
            "other addresses towards AWS", "mcr: 192.168.100.1/30\n    amazon: 192.168.100.2/30",
            "mcr: 192.168.110.1/30\n    amazon: 192.168.110.2/30", "update megaport/aws-vxc, replace aws/transit-vif"
        },
        { "another ASN of the Direct Connect gateway", "asn: 64550", "asn: 64551",
            "replace aws/dx-gateway, replace aws/transit-vif" },
        { "another ASN of the transit gateway", "asn: 65534", "asn: 65533",
            "replace aws/transit-gateway, replace aws/vpn-connection" },
        { "another ASN of the MCR", "asn: 133937", "asn: 64700",
            "replace megaport/mcr, replace megaport/aws-vxc, replace megaport/azure-vxc" },
        { "a faster MCR", "speed: 1000", "speed: 2500",
            "replace megaport/mcr, replace aws/transit-vif, replace azure/er-connection" },
        { "another place", "  location: Equinix SY1 ", "  location: Equinix SY3 ", "replace megaport/mcr" },
        { "another zone", "diversityZone: red", "diversityZone: blue", "replace megaport/mcr" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_is_planned_made_and_proved(string what, string old, string changed, string steps)
    {
        using var link = await Link.Built("sydney");
        link.Edit(old, changed);
        await IsPlannedMadeAndProved(link, what, steps);
    }

    [Fact]
    public async Task A_faster_link_needs_a_faster_circuit()
    {
        using var link = await Link.Built("sydney");
        link.Edit("# guide 6\n  bandwidth: 50 ", "# guide 6\n  bandwidth: 200 ")
            .Edit("Sydney\n    bandwidth: 50 ", "Sydney\n    bandwidth: 200 ");
        await IsPlannedMadeAndProved(link, "bandwidth",
            "update azure/circuit, update megaport/azure-vxc, replace megaport/aws-vxc, replace aws/transit-vif");
    }

    [Fact]
    public async Task Another_network_for_the_tunnels_endpoints()
    {
        using var link = await Link.Built("sydney");
        link.Edit("cidr: 10.254.1.0/24", "cidr: 10.254.2.0/24")
            .Edit("allowedPrefixes: [10.254.1.0/24]", "allowedPrefixes: [10.254.2.0/24]");
        await IsPlannedMadeAndProved(link, "cidr", "replace aws/transit-gateway");
    }

    [Fact]
    public async Task Another_generation_of_the_vpn_gateway()
    {
        using var link = await Link.Built("sydney");
        link.Edit("generation: Generation1", "generation: Generation2").Edit("sku: VpnGw1AZ", "sku: VpnGw2AZ");
        await IsPlannedMadeAndProved(link, "generation", "replace azure/vpn-gateway, replace aws/customer-gateway");
    }

    [Fact]
    public async Task The_modes_of_isolation_follow_each_other_in_place()
    {
        using var link = await Link.Built("sydney");
        foreach (var (from, to, changes) in new[] { ("auto", "isolated", false), ("isolated", "propagated", true),
            ("propagated", "isolated", true) })
        {
            link.Edit($"isolation: {from}", $"isolation: {to}");
            Assert.Equal(changes ? 1 : 0, (await link.Run("plan", "--exit-code")).ExitCode);
            var done = (await link.Apply()).Done;
            Assert.Equal((0, changes ? 1 : 0), ((int)done["clearSeconds"]!, (int)done["writes"]!));
            await link.IsEncrypted();
            await link.IsUnchanged();
        }
    }

    /// <summary>What cannot be changed is refused before anything is done, with the reason.</summary>
    [Theory]
    [InlineData("gatewaySubnet: 10.2.0.0/24", "gatewaySubnet: 10.2.3.0/24", "prefix 10.2.0.0/24 → 10.2.3.0/24")]
    [InlineData("cidrs: [10.1.0.0/16]", "cidrs: [10.1.0.0/16, 10.9.0.0/16]", "10.9.0.0/16")]
    public async Task What_cannot_be_changed_is_refused(string old, string changed, string because)
    {
        using var link = await Link.Built("sydney");
        link.Edit(old, changed);
        var plan = (await link.Run("plan")).Exits(1).Output;
        Assert.Contains(" ! ", plan);
        Assert.Contains(because, plan);
        Assert.Contains(because, (await link.Apply(exits: 1)).Error);
        Assert.Equal(Inventory.Of(link.World()), Whole.Standing);
    }

    /// <summary>
    /// A name by which an object is found cannot change while it lives: a second one would be ordered beside the first.
    /// Plan, apply and destroy say so and do nothing.
    /// </summary>
    [Theory]
    [InlineData("name: sydney-er  ", "name: core-er  ")]
    [InlineData("name: sydney-ergw", "name: core-ergw")]
    [InlineData("connectionName: sydney-er-connection", "connectionName: core-er-connection")]
    [InlineData("name: sydney-vpngw  ", "name: core-vpngw  ")]
    [InlineData("publicIpName: sydney-vpngw-ip", "publicIpName: core-ip")]
    [InlineData("localGatewayName: sydney-lng-1", "localGatewayName: core-lng-1")]
    [InlineData("connectionName: sydney-tunnel-2", "connectionName: core-tunnel-2")]
    public async Task A_name_that_finds_the_object_is_not_changed_on_a_living_one(string old, string changed)
    {
        using var link = await Link.Built("sydney");
        link.Edit(old, changed);
        foreach (var verb in new[] { "plan", "apply", "destroy" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(3);
            Assert.Contains("put the old name back", run.Error);
            Assert.Contains(old.Split(' ')[1], run.Error);
            Assert.Equal(Whole.Standing, Inventory.Of(link.World()));
        }
        link.Edit(changed, old);
        await link.IsUnchanged();
        Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);
    }

    /// <summary>At AWS the tag finds the object too, so that its name can follow the spec.</summary>
    [Theory]
    [InlineData("name: sydney-dxgw", "name: core-dxgw")]
    [InlineData("name: sydney-tgw", "name: core-tgw")]
    [InlineData("name: sydney-cgw", "name: core-cgw")]
    [InlineData("name: sydney-vpn  ", "name: core-vpn  ")]
    public async Task A_name_at_aws_is_changed_in_place(string old, string changed)
    {
        using var link = await Link.Built("sydney");
        link.Edit(old, changed);
        Assert.Contains(
            $"name {old.Split(' ')[1]} → {changed.Split(' ')[1]}", (await link.Run("plan")).Exits(0).Output);
        Assert.Equal((0, 1), await Count(link, "--yes"));
        await link.IsUnchanged();
        await link.IsEncrypted();
        Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);

        static async Task<(int, int)> Count(Link link, string yes)
        {
            var done = (await link.Run("apply", yes, "--format", "jsonl")).Exits(0).Done;
            return ((int)done["created"]!, (int)done["updated"]!);
        }
    }

    [Fact]
    public async Task A_shorter_term_is_refused()
    {
        using var link = Link.Sydney;
        link.Edit("  term: 1 ", "  term: 12 ");
        await link.Apply();
        link.Edit("  term: 12 ", "  term: 1 ");
        Assert.Contains("a running contract cannot be made shorter", (await link.Apply(exits: 1)).Error);
    }

    private static async Task IsPlannedMadeAndProved(Link link, string what, string steps)
    {
        var plan = (await link.Run("plan", "--format", "json")).Exits(0).Json["steps"]!.AsArray();
        foreach (var step in steps.Split(", "))
        {
            var (action, id) = (step.Split(' ')[0], step.Split(' ')[1]);
            var planned = plan.Single(entry => (string?)entry!["id"] == id)!;
            Assert.True((string?)planned["action"] == action,
                $"{what}: {id} is to {planned["action"]}, expected to {action}");
            Assert.NotEmpty((string)planned["traffic"]!);
            Assert.NotEmpty(planned["differences"]!.AsArray());
        }
        var replaced = plan.Where(step => (string?)step!["action"] == "replace").ToList();
        Assert.All(replaced, step => Assert.Contains("down", (string?)step!["traffic"]));

        var done = (await link.Apply()).Done;
        Assert.Equal("applied", (string?)done["result"]);
        Assert.Equal(0, (double)done["clearSeconds"]!);
        Assert.True((int)done["writes"]! > 0);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        var down = (await link.Destroy()).Done;
        Assert.Equal(("destroyed", 0, 0),
            ((string?)down["result"], down["stillBilled"]!.AsArray().Count, (int)down["clearSeconds"]!));
    }
}

using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>What stops traffic is seen by the plan, repaired in place by apply, and no hindrance to destroy.</summary>
public sealed class RepairTests
{
    private static readonly Dictionary<string, (Action<SandboxWorld> Hand, string Line)> Stops = new()
    {
        ["the cross connect to AWS is shut down"] =
            (world => Vxc(world, "aws").Shutdown = true, "shutdown True → False"),
        ["the cross connect to Azure is shut down"] =
            (world => Vxc(world, "azure").Shutdown = true, "shutdown True → False"),
        ["the session to AWS is shut down"] = (world => Sessions(world, "aws"), "BGP shutdown True → False"),
        ["the session to Azure is shut down"] = (world => Sessions(world, "azure"), "BGP shutdown True → False"),
        ["AWS lets less through than goes by the tunnels"] =
            (world => world.Aws.VpnConnections.Single().LocalIpv4Cidr = "10.2.0.0/16",
                "network on Azure's side 10.2.0.0/16 → 0.0.0.0/0"),
        ["the router announces nothing to AWS"] = (world => Export(world, "aws"), "BGP export policy deny → permit"),
        ["the router announces nothing to Azure"] =
            (world => Export(world, "azure"), "BGP export policy deny → permit"),
        ["the VPN gateway's private address is off"] =
            (world => Gateway(world, "Vpn")["enablePrivateIpAddress"] = false, "private addresses False → True"),
        ["the ExpressRoute gateway is switched off"] =
            (world => Gateway(world, "ExpressRoute")["adminState"] = "Disabled", "admin state Disabled → Enabled"),
        ["the circuit has failed"] = (world => Fails(world, "expressRouteCircuits"), "Failed → Succeeded"),
        ["a connection has failed"] = (world => Fails(world, "connections"), "Failed → Succeeded"),
        ["a local gateway has failed"] = (world => Fails(world, "localNetworkGateways"), "Failed → Succeeded"),
        ["the public IP has failed"] = (world => Fails(world, "publicIPAddresses"), "Failed → Succeeded"),
    };

    public static TheoryData<string> Hands => [.. Stops.Keys];

    /// <summary>Accepted, and ended without effect (public labs show both codes as the end of an operation).</summary>
    [Theory]
    [InlineData("AnotherOperationInProgress", DeletionHeaders.Both)]
    [InlineData("RetryableError", DeletionHeaders.LocationOnly)]
    [InlineData("RetryableError", DeletionHeaders.OperationOnly)]
    public async Task A_deletion_that_ends_for_a_reason_that_passes_is_asked_for_again(
        string code, DeletionHeaders headers)
    {
        using var link = await Link.Built("minimal");
        link.Tamper(world =>
        {
            world.Azure.Variants.Deletion = headers;
            world.Azure.Mishaps.AddRange(world.Azure.Resources
                .Where(resource => resource.Type.EndsWith("/connections", StringComparison.OrdinalIgnoreCase))
                .Select(resource => new Mishap(resource.Id, "Failed", code, "It is to be tried again.")));
        });
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
        Assert.Empty(link.World().Azure.Mishaps);
    }

    [Theory]
    [MemberData(nameof(Hands))]
    public async Task What_stops_traffic_is_repaired_in_place(string what)
    {
        var (hand, line) = Stops[what];
        using var link = await Link.Built("minimal");
        link.Tamper(hand);
        var plan = (await link.Run("plan", "--exit-code")).Exits(1).Output;
        Assert.Contains(line, plan);
        Assert.DoesNotContain("to replace", plan);
        (await link.Run("apply", "--yes")).Exits(0);
        await link.IsUnchanged();
        await link.IsEncrypted();
        await link.Destroy();
        Assert.Empty(link.World().Megaport.Billed);
    }

    /// <summary>The gateway's own machines show in the subnet, under a group that nobody else sees.</summary>
    [Fact]
    public async Task The_gateway_subnet_goes_although_hidden_interfaces_stand_in_it()
    {
        using var link = Link.Sydney;
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        await link.Apply();
        link.Tamper(world => world.Azure.Variants.HiddenInterfacesAreListed = true);
        Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>A destroy that was stopped has taken the peering away, which only an order brings back.</summary>
    [Fact]
    public async Task A_link_whose_peering_is_gone_gets_another_cross_connect()
    {
        using var link = await Link.Built("minimal");
        await link.Later(TimeSpan.FromHours(1), world => world.Azure.Resources.RemoveAll(it =>
            it.Id.Contains("/peerings/", StringComparison.Ordinal)
            || it.Name.EndsWith("er-connection", StringComparison.Ordinal)));
        var plan = (await link.Run("plan")).Exits(0).Output.ReplaceLineEndings(" ");
        Assert.Contains("Not known: megaport/azure-vxc: the circuit shows no private peering", plan);
        (await link.Run("apply", "--yes", "--replace", "azure/private-peering", "--replace", "megaport/azure-vxc"))
            .Exits(0);
        await link.IsEncrypted();
    }

    /// <summary>Its cross connects and the hosted connection go with it; the virtual interface does not.</summary>
    [Fact]
    public async Task A_router_that_was_cancelled_in_the_portal_orphans_nothing()
    {
        foreach (var again in new[] { false, true })
        {
            using var link = Link.Example("minimal");
            (await link.Run("plan")).Exits(0);
            var before = Inventory.Of(link.World());
            await link.Apply();
            await link.Later(TimeSpan.FromHours(1), Cancel);
            if (again)
            {
                Assert.Contains("--replace aws/transit-vif", (await link.Run("plan")).Exits(0).Output);
                await link.Apply();
                await link.IsEncrypted();
                Assert.Single(link.World().Aws.Vifs, vif => vif.IsLive);
            }
            Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);
            Assert.Equal(before, Inventory.Of(link.World()));
            Assert.DoesNotContain(link.World().Aws.Vifs, vif => vif.IsLive);
        }
    }

    private static void Cancel(SandboxWorld world)
    {
        foreach (var vxc in world.Megaport.Vxcs.Where(vxc => !vxc.Ended))
        {
            Sealane.Sandbox.Megaport.Provisioning.End(world, vxc);
        }
        var mcr = world.Megaport.Mcrs.Single();
        world.Megaport.PrefixLists.RemoveAll(list => list.McrUid == mcr.Id);
        world.Enter(mcr, "DECOMMISSIONED");
        mcr.EndedAt = world.Now;
    }

    private static Sealane.Sandbox.Megaport.Vxc Vxc(SandboxWorld world, string end) =>
        world.Megaport.Vxcs.Single(it => it.Name.EndsWith(end, StringComparison.Ordinal));

    private static void Sessions(SandboxWorld world, string end)
    {
        foreach (var face in Vxc(world, end).Interfaces)
        {
            face.BgpConnections = [.. face.BgpConnections.Select(session => session with { Shutdown = true })];
        }
    }

    private static void Export(SandboxWorld world, string end)
    {
        foreach (var face in Vxc(world, end).Interfaces)
        {
            face.BgpConnections = [.. face.BgpConnections.Select(session => session with { ExportPolicy = "deny" })];
        }
    }

    private static System.Text.Json.Nodes.JsonNode Gateway(SandboxWorld world, string type) => world.Azure.Resources
        .Select(it => it.Body["properties"]!).Single(it => (string?)it["gatewayType"] == type);

    private static void Fails(SandboxWorld world, string type) =>
        world.Azure.Resources.First(it => it.Type.EndsWith(type, StringComparison.Ordinal)).State = "Failed";

    /// <summary>A person deletes the hosted connection in the console: it does not come back by waiting.</summary>
    [Fact]
    public async Task A_hosted_connection_that_was_deleted_is_told_at_once_with_the_way_out()
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world =>
        {
            world.Aws.Vifs.Clear();
            world.Aws.Connections.ForEach(connection => connection.State = "deleted");
        });
        var started = link.World().Now;
        var run = (await link.Run("apply", "--yes")).Exits(3);
        Assert.Contains("was deleted at AWS", run.Error);
        Assert.Contains("cancel that VXC at Megaport and apply again", run.Error);
        Assert.InRange(link.World().Now - started, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }
}

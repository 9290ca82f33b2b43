using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// What people do in portals to a link that stood: <c>verify</c> must say no, name the check and the culprit, and
/// <c>apply</c> must mend it.
/// </summary>
public sealed class BrokenWorldTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task A_wrong_pre_shared_key_at_azures_end(int tunnel) => IsCaughtAndMended(
        world => Connection(world, tunnel).SharedKey = "someOtherKey1234567890",
        "encrypted", ["SL920", "SL921", "SL930"], $"azure/vpn-connection-{tunnel}: pre-shared key differs",
        $"tunnel {tunnel}: DOWN");

    /// <summary>No cloud makes such a gateway; an answer may well leave its configurations out.</summary>
    [Theory]
    [InlineData("sydney-vpngw")]
    [InlineData("sydney-ergw")]
    public async Task A_gateway_that_stands_in_no_subnet_ends_no_command_with_a_defect(string name)
    {
        using var link = await Link.Built("sydney");
        link.Tamper(world => world.Azure.Resources.Single(it => it.Name == name)
            .Body["properties"]!["ipConfigurations"] = new System.Text.Json.Nodes.JsonArray());
        foreach (var verb in new[] { "plan", "verify", "status" })
        {
            var run = await link.Run(verb);
            Assert.True(run.ExitCode is 0 or 1, $"{verb}: {run.ExitCode} {run.Error}");
        }
        Assert.NotEqual("encrypted", (string?)(await link.Verify()).Json["verdict"]);
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    [Fact]
    public Task A_wrong_pre_shared_key_at_awss_end() => IsCaughtAndMended(
        world => world.Aws.VpnConnections.Single().Tunnels[0].Options.PreSharedKey = "someOtherKey1234567890",
        "encrypted", ["SL920", "SL921", "SL930"], "pre-shared key", "tunnel 1: DOWN");

    [Fact]
    public Task A_missing_static_route_to_azures_tunnel_endpoint() => IsCaughtAndMended(
        world => AEnd(world, "sydney-azure").Routes.Clear(),
        "down", ["SL906", "SL907", "SL920", "SL921", "SL930"], "lacks 10.2.0.6/32", "megaport/azure-routes");

    [Fact]
    public Task A_missing_static_route_to_one_of_awss_tunnel_endpoints() => IsCaughtAndMended(
        world => AEnd(world, "sydney-aws").Routes.RemoveAt(0),
        "encrypted", ["SL906", "SL908", "SL930"], "static routes of the MCR lacks 10.254.1.", "megaport/aws-routes");

    [Fact]
    public Task No_import_filter_towards_aws() => IsCaughtAndMended(
        world => Filters(world, "sydney-aws", import: false),
        "encrypted", ["SL902", "SL930"], "the MCR learned 10.254.1.0/24", "megaport/aws-filters");

    [Fact]
    public Task No_import_filter_towards_azure() => IsCaughtAndMended(
        world => Filters(world, "sydney-azure", import: false),
        "encrypted", ["SL902", "SL930"], "the MCR learned 10.2.0.0/16", "megaport/azure-filters");

    /// <summary>The import filters still hold, so the MCR has nothing more to announce: only the filter itself is
    /// missing.</summary>
    [Fact]
    public Task No_export_filter_towards_aws() => IsCaughtAndMended(
        world => Filters(world, "sydney-aws", export: false), "encrypted", ["SL930"],
        "megaport/aws-filters: export list none");

    [Fact]
    public Task No_export_filter_towards_azure() => IsCaughtAndMended(
        world => Filters(world, "sydney-azure", export: false), "encrypted", ["SL930"],
        "megaport/azure-filters: export list none");

    [Fact]
    public Task No_filter_towards_aws_at_all() => IsCaughtAndMended(
        world =>
        {
            Filters(world, "sydney-aws", import: false, export: false);
            Filters(world, "sydney-azure", import: false);
        },
        "encrypted", ["SL902", "SL907", "SL930"], "announced to AWS also 10.2.0.0/16", "megaport/aws-filters");

    [Fact]
    public Task No_filter_towards_azure_at_all() => IsCaughtAndMended(
        world =>
        {
            Filters(world, "sydney-azure", import: false, export: false);
            Filters(world, "sydney-aws", import: false);
        },
        "encrypted", ["SL902", "SL908", "SL930"], "announced to Azure also 10.254.1.0/24", "megaport/azure-filters");

    [Fact]
    public Task The_vpc_prefix_allowed_on_the_direct_connect_gateway() => IsCaughtAndMended(
        world => Allow(world, "10.1.0.0/16"),
        "encrypted", ["SL909", "SL930"], "allowed prefixes include 10.1.0.0/16", "aws/dx-association");

    /// <summary>All three locks from AWS to Azure open: traffic does flow in the clear, and the verdict says
    /// so.</summary>
    [Fact]
    public Task Every_lock_of_the_guide_open_is_clear() => IsCaughtAndMended(
        world =>
        {
            Filters(world, "sydney-aws", import: false, export: false);
            Filters(world, "sydney-azure", import: false, export: false);
            Allow(world, "10.1.0.0/16");
            var direct = world.Aws.Attachments.Single(it => it.ResourceType == "direct-connect-gateway").Id;
            var workload = WorkloadTable(world);
            workload.Propagations.Add(direct);
        },
        "clear", ["SL902", "SL907", "SL908", "SL909", "SL922", "SL930"], "10.2.0.0/16", "10.1.0.0/16");

    [Fact]
    public Task A_wrong_asn_in_the_local_network_gateway() => IsCaughtAndMended(
        world => Azure(world, "sydney-lng-1").Body["properties"]!["bgpSettings"]!["asn"] = 65000,
        "encrypted", ["SL921", "SL923", "SL924", "SL930"], "169.254.21.1", "azure/local-gateway-1: ");

    [Fact]
    public Task A_deleted_azure_connection() => IsCaughtAndMended(
        world => world.Azure.Resources.Remove(Connection(world, 1)),
        "encrypted", ["SL920", "SL921", "SL930"], "absent: azure/vpn-connection-1", "tunnel 1: absent");

    [Fact]
    public Task Both_azure_connections_deleted() => IsCaughtAndMended(
        world =>
        {
            world.Azure.Resources.Remove(Connection(world, 1));
            world.Azure.Resources.Remove(Connection(world, 2));
        },
        "down", ["SL920", "SL921", "SL922", "SL930"], "azure/vpn-connection-1, azure/vpn-connection-2",
        "no route over the VPN to 10.2.0.0/16");

    [Fact]
    public Task A_propagation_into_the_transport_table() => IsCaughtAndMended(
        world =>
        {
            var vpc = world.Aws.Attachments.Single(it => it.ResourceType == "vpc").Id;
            world.Aws.RouteTables.Single(table => table != WorkloadTable(world)).Propagations.Add(vpc);
        },
        "encrypted", ["SL910", "SL930"], "the transport table has 10.1.0.0/16", "aws/");

    private static async Task IsCaughtAndMended(
        Action<SandboxWorld> hand, string verdict, string[] failing, params string[] evidence)
    {
        using var link = await Link.Built("sydney");
        link.Tamper(hand);

        var report = (await link.VerifyStrictly()).Exits(1).Json;
        var failed = report["checks"]!.AsArray().Where(check => (string?)check!["status"] is "fail" or "degraded")
            .ToList();
        Assert.Equal(verdict, (string?)report["verdict"]);
        Assert.Superset(failing.ToHashSet(), failed.Select(check => (string)check!["id"]!).ToHashSet());
        var told = string.Join("\n", failed.Select(check => (string?)check!["evidence"]));
        Assert.All(evidence, part => Assert.Contains(part, told));
        (await link.Run("plan", "--exit-code")).Exits(1);

        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        (await link.Destroy()).Exits(0);
    }

    private static ArmResource Azure(SandboxWorld world, string name) =>
        world.Azure.Resources.Single(it => it.Name == name);

    private static ArmResource Connection(SandboxWorld world, int tunnel) => Azure(world, $"sydney-tunnel-{tunnel}");

    private static McrInterface AEnd(SandboxWorld world, string vxc) =>
        world.Megaport.Vxcs.Single(it => it.Name == vxc && !it.Ended).Interfaces.Single();

    private static Sealane.Sandbox.Aws.TransitGatewayRouteTable WorkloadTable(SandboxWorld world)
    {
        var vpc = world.Aws.Attachments.Single(it => it.ResourceType == "vpc").Id;
        var association = world.Aws.RouteTableAssociations.Single(it => it.AttachmentId == vpc);
        return world.Aws.RouteTables.Single(table => table.Id == association.RouteTableId);
    }

    private static void Allow(SandboxWorld world, string prefix)
    {
        var association = world.Aws.DxAssociations.Single();
        association.AllowedPrefixes.Add(prefix);
        association.AnnouncedPrefixes.Add(prefix);
    }

    /// <summary>Takes filters off the sessions of a VXC, as in the portal's "Edit BGP".</summary>
    private static void Filters(SandboxWorld world, string vxc, bool import = true, bool export = true)
    {
        var connections = AEnd(world, vxc).BgpConnections;
        for (var i = 0; i < connections.Count; i++)
        {
            var old = connections[i];
            connections[i] = new()
            {
                PeerAsn = old.PeerAsn,
                LocalAsn = old.LocalAsn,
                LocalAddress = old.LocalAddress,
                PeerAddress = old.PeerAddress,
                Password = old.Password,
                Description = old.Description,
                ExportPolicy = old.ExportPolicy,
                PeerType = old.PeerType,
                ImportWhitelist = import ? old.ImportWhitelist : null,
                ExportWhitelist = export ? old.ExportWhitelist : null,
            };
        }
    }
}

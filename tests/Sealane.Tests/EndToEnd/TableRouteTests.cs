using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>What others write into the transit gateway's tables that are the link's own.</summary>
public sealed class TableRouteTests
{
    /// <summary>Static routes in the link's own tables win over what is announced: those that divert go.</summary>
    [Theory]
    [InlineData("aws/workload-route-table", "10.2.0.0/16", true)]
    [InlineData("aws/workload-route-table", "10.2.7.0/24", true)]
    [InlineData("aws/workload-route-table", "10.1.0.0/16", true)]
    [InlineData("aws/workload-route-table", "172.31.0.0/16", false)]
    [InlineData("aws/workload-route-table", "0.0.0.0/0", false)]
    [InlineData("aws/transport-route-table", "10.1.0.0/16", true)]
    [InlineData("aws/transport-route-table", "172.31.0.0/16", true)]
    public async Task A_static_route_in_a_table_of_the_link(string table, string prefix, bool goes)
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world => Routes(world, table).Add(new()
        {
            Destination = prefix,
            AttachmentId = world.Aws.Attachments.First(it => it.ResourceType == "direct-connect-gateway").Id,
        }));
        Assert.Equal(goes, (await link.Run("plan")).Exits(0).Output.Contains($"route {prefix} to tgw-attach-",
            StringComparison.Ordinal));
        var done = (await link.Apply()).Done;
        Assert.Equal(goes ? 1 : 0, (int)done["writes"]!);
        Assert.Equal(!goes, Routes(link.World().Wake(new Core.Reconcile.VirtualClock(link.World().Now)), table)
            .Exists(route => route.Destination == prefix));
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        if (goes)
        {
            await link.IsEncrypted();
        }
    }

    /// <summary>What drops packets leaks none, and somebody may mean it: told, left, and gone with the table.</summary>
    [Fact]
    public async Task A_blackhole_in_a_table_of_the_link()
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world => Routes(world, "aws/workload-route-table").Add(new() { Destination = "10.2.0.0/16" }));
        Assert.Contains("Note: aws/workload-route-table: it drops what goes to 10.2.0.0/16",
            (await link.Run("plan")).Exits(0).Output);
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        Assert.NotEqual(0, (await link.Run("verify")).ExitCode);
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    /// <summary>Each entry of a prefix list that a table refers to is a static route, and goes with the reference; the
    /// list is others'.</summary>
    [Theory]
    [InlineData("aws/workload-route-table", "10.2.0.0/16", true)]
    [InlineData("aws/workload-route-table", "172.31.0.0/16", false)]
    [InlineData("aws/transport-route-table", "172.31.0.0/16", true)]
    public async Task A_prefix_list_in_a_table_of_the_link(string table, string prefix, bool goes)
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world => Refer(world, table, prefix, world.Aws.Attachments.First(it =>
            it.ResourceType == "direct-connect-gateway").Id));
        Assert.Equal(goes, (await link.Run("plan")).Exits(0).Output.Contains(
            $"route {prefix} of the prefix list pl-0aaaabbbbccccdddd to tgw-attach-", StringComparison.Ordinal));
        Assert.Equal(goes ? 1 : 0, (int)(await link.Apply()).Done["writes"]!);
        Assert.Equal(goes ? 0 : 1, link.World().Aws.RouteTables.Sum(it => it.PrefixListReferences.Count));
        Assert.Single(link.World().Aws.PrefixLists);
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        if (goes)
        {
            await link.IsEncrypted();
        }
    }

    [Fact]
    public async Task A_prefix_list_that_drops()
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world => Refer(world, "aws/workload-route-table", "10.2.0.0/16", null));
        Assert.Contains("it drops what goes to 10.2.0.0/16 of the prefix list pl-0aaaabbbbccccdddd",
            (await link.Run("plan")).Exits(0).Output);
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    /// <summary>In the VPC's own tables: what is narrower wins and is told, what is equal loses.</summary>
    [Theory]
    [InlineData("10.2.7.0/24", true, true)]
    [InlineData("10.2.7.0/24", false, true)]
    [InlineData("10.2.0.0/16", true, false)]
    [InlineData("172.31.0.0/16", true, false)]
    public async Task A_route_of_others_in_the_table_of_the_vpc(string prefix, bool byList, bool told)
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world =>
        {
            List(world, prefix);
            world.Aws.VpcRouteTables.First(table => table.Routes.Count > 0).Routes.Add(new()
            {
                Destination = byList ? "pl-0aaaabbbbccccdddd" : prefix,
                TargetId = "eni-0aaaabbbbccccdddd",
            });
        });
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Equal(told, plan.Contains($"leads {prefix} to eni-0aaaabbbbccccdddd"
            + (byList ? " by the prefix list pl-0aaaabbbbccccdddd" : ""), StringComparison.Ordinal));
        Assert.Contains("No changes", plan);
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    private static void List(SandboxWorld world, string prefix) => world.Aws.PrefixLists.Add(new()
    {
        Id = "pl-0aaaabbbbccccdddd",
        Region = world.Aws.TransitGateways[0].Region,
        State = "create-complete",
        Name = "company",
        AddressFamily = "IPv4",
        MaxEntries = 10,
        Entries = [new(prefix, null)],
    });

    private static void Refer(SandboxWorld world, string table, string prefix, string? attachment)
    {
        List(world, prefix);
        Table(world, table).PrefixListReferences.Add(new()
        {
            PrefixListId = "pl-0aaaabbbbccccdddd",
            AttachmentId = attachment,
        });
    }

    private static TransitGatewayRouteTable Table(SandboxWorld world, string table) =>
        world.Aws.RouteTables.Single(it =>
        it.Tags["Name"].EndsWith(table == "aws/workload-route-table" ? "workload" : "transport",
            StringComparison.Ordinal));

    private static List<TransitGatewayStaticRoute> Routes(SandboxWorld world, string table) =>
        Table(world, table).StaticRoutes;
}

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

    private static List<TransitGatewayStaticRoute> Routes(SandboxWorld world, string table)
    {
        var name = table == "aws/workload-route-table" ? "workload" : "transport";
        return world.Aws.RouteTables.Single(it => it.Tags["Name"].EndsWith(name, StringComparison.Ordinal))
            .StaticRoutes;
    }
}

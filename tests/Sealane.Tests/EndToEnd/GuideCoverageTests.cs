using System.Text.Json.Nodes;
using Sealane.Core.Checks.Live;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Everything that the guide sets up has its place here: take a resource out of the graph and one of these tests fails.
/// https://github.com/Mark-Austen/mcr-aws-azure-private-ip-vpn
/// </summary>
public sealed class GuideCoverageTests
{
    /// <summary>The guide's list "In this guide the following resources are deployed".</summary>
    public static TheoryData<string, string> Rows => new()
    {
        { "Megaport Cloud Router (MCR)", "megaport/mcr" },
        { "Megaport Virtual Cross Connect (VXC) to AWS Direct Connect Hosted Connection",
            "megaport/aws-vxc aws/hosted-connection" },
        { "Megaport Virtual Cross Connect (VXC) to Azure ExpressRoute", "megaport/azure-vxc azure/private-peering" },
        { "AWS Direct Connect Gateway", "aws/dx-gateway" },
        { "AWS Direct Connect Transit VIF", "aws/transit-vif" },
        { "AWS Transit Gateway", "aws/transit-gateway" },
        { "AWS VPN - Customer Gateway", "aws/customer-gateway" },
        { "AWS Site-to-Site VPN", "aws/vpn-connection" },
        { "AWS Direct Connect Gateway to Transit Gateway association", "aws/dx-association" },
        { "AWS Transit Gateway attachment to VPC", "aws/vpc-attachment aws/vpc-attachment-routing" },
        { "AWS Transit Gateway attachment to Direct Connect Gateway", "aws/dx-association aws/dx-attachment-routing" },
        { "AWS Transit Gateway attachment to VPN", "aws/vpn-connection aws/vpn-attachment-routing" },
        { "Azure ExpressRoute Circuit", "azure/circuit" },
        { "Azure ExpressRoute Virtual Network Gateway", "azure/er-gateway" },
        { "Azure ExpressRoute to ExpressRoute Virtual Gateway Connection", "azure/er-connection" },
        { "Azure VPN Virtual Network Gateway", "azure/vpn-gateway azure/public-ip" },
        { "Azure VNet Gateway Subnet", "azure/gateway-subnet" },
        { "Azure Local Gateway", "azure/local-gateway-1 azure/local-gateway-2" },
        { "Azure VPN Virtual Network Gateway Connections", "azure/vpn-connection-1 azure/vpn-connection-2" },
    };

    /// <summary>The guide's 24 steps: what does them, or, by an id <c>SL…</c>, what looks whether they hold.</summary>
    public static TheoryData<int, string> Steps => new()
    {
        { 1, "aws/dx-gateway" },
        { 2, "aws/transit-gateway" },
        { 3, "aws/dx-association aws/dx-attachment-routing" },
        { 4, "aws/vpc-attachment aws/vpc-attachment-routing aws/vpc-routes" },
        { 5, "megaport/mcr" },
        { 6, "megaport/aws-vxc" },
        { 7, "aws/hosted-connection aws/transit-vif" },
        { 8, "SL901 SL902" },
        { 9, "azure/resource-group azure/circuit" },
        { 10, "megaport/azure-vxc azure/private-peering" },
        { 11, "azure/gateway-subnet azure/er-gateway" },
        { 12, "azure/er-connection" },
        { 13, "SL903 SL904 SL905" },
        { 14, "azure/public-ip azure/vpn-gateway" },
        { 15, "azure/vpn-gateway" },
        { 16, "aws/customer-gateway" },
        { 17, "aws/vpn-connection aws/vpn-attachment-routing" },
        { 18, "megaport/aws-routes megaport/azure-routes SL906" },
        {
            19, "megaport/aws-import megaport/aws-export megaport/azure-import megaport/azure-export "
            + "megaport/aws-import-entries megaport/aws-export-entries megaport/azure-import-entries "
                + "megaport/azure-export-entries "
            + "megaport/aws-filters megaport/azure-filters SL907 SL908"
        },
        { 20, "azure/local-gateway-1" },
        { 21, "azure/local-gateway-2" },
        { 22, "azure/vpn-connection-1" },
        { 23, "azure/vpn-connection-2" },
        { 24, "aws/tunnels SL920 SL921 SL922 SL923 SL924" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Each_resource_of_the_guide_is_made(string row, string ids)
    {
        var plan = await PlanOf();
        Assert.All(ids.Split(' '), id => Assert.True(plan.ContainsKey(id), $"{row}: there is no {id}"));
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public async Task Each_step_of_the_guide_has_what_does_it(int step, string ids)
    {
        var plan = await PlanOf();
        var live = AllLiveChecks.List.ToDictionary(check => check.Id, check => check.GuideStep);
        foreach (var id in ids.Split(' '))
        {
            if (id.StartsWith("SL", StringComparison.Ordinal))
            {
                Assert.Equal(step, live.GetValueOrDefault(id));
            }
            else
            {
                Assert.True(plan.TryGetValue(id, out var steps), $"step {step}: there is no {id}");
                Assert.Contains(step, steps);
            }
        }
    }

    [Fact]
    public async Task Whatever_names_a_step_of_the_guide_stands_in_the_table()
    {
        var table = Steps.SelectMany(row => row.Data.Item2.Split(' ').Select(id => (row.Data.Item1, id))).ToHashSet();
        var plan = await PlanOf();
        Assert.All(plan.SelectMany(entry => entry.Value.Select(step => (step, entry.Key))),
            named => Assert.Contains(named, table));
        Assert.All(AllLiveChecks.List.Where(check => check.GuideStep is not null),
            check => Assert.Contains((check.GuideStep!.Value, check.Id), table));
        Assert.Equal(Enumerable.Range(1, 24), Steps.Select(row => row.Data.Item1));
        Assert.Equal(19, Rows.Count);
    }

    private static async Task<Dictionary<string, List<int>>> PlanOf()
    {
        using var link = Link.Sydney;
        return (await link.Run("plan", "--format", "json")).Exits(0).Json["steps"]!.AsArray().ToDictionary(
            step => (string)step!["id"]!, step => step!["guideSteps"]!.AsArray().Select(Number).ToList());
    }

    private static int Number(JsonNode? node) => (int)node!;
}

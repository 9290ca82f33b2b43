using Sealane.Clouds.Evidence;

namespace Sealane.Tests.Evidence;

/// <summary>
/// With one permission withheld at a time: what could hide a packet makes the link unproven by name, anything else is
/// listed as not read, and what is clear stays clear.
/// </summary>
public sealed class WithheldTests
{
    public static TheoryData<string> Calls =>
        [.. AllReaders.List.SelectMany(reader => reader.Questions).Select(question => question.Call).Distinct()];

    /// <summary>How a call looks on the wire; what a plain link has no reason to ask has none.</summary>
    private static readonly Dictionary<string, string[]> Wire = new()
    {
        ["GET virtualNetworks"] = ["/virtualNetworks/vnet-app?"],
        ["GET virtualNetworkGateways/connections"] = ["-vpngw/connections?"],
        ["GET virtualNetworkGateways"] = ["GET ", "/virtualNetworkGateways/sydney-vpngw?"],
        ["GET connections"] = ["GET ", "/connections/sydney-tunnel-1?"],
        ["GET localNetworkGateways"] = ["GET ", "/localNetworkGateways/"],
        ["GET expressRouteCircuits"] = ["GET ", "/expressRouteCircuits/sydney-er?"],
        ["POST peerings/routeTables"] = ["/routeTables/primary"],
        ["POST getLearnedRoutes"] = ["/getLearnedRoutes"],
        ["POST getBgpPeerStatus"] = ["/getBgpPeerStatus"],
        ["POST getAdvertisedRoutes"] = ["/getAdvertisedRoutes"],
        ["POST effectiveRouteTable"] = ["/effectiveRouteTable"],
        ["GET product (MCR)"] = ["GET /v2/product/MCR "],
        ["GET product (VXC)"] = ["GET /v2/product/VXC "],
        ["GET mcr2/prefixList"] = ["/prefixList/"],
        ["GET diagnostics/routes/ip"] = ["/diagnostics/routes/ip"],
        ["GET diagnostics/routes/bgp"] = ["/diagnostics/routes/bgp?"],
        ["GET diagnostics/routes/bgp/neighbor"] = ["/diagnostics/routes/bgp/neighbor"],
        ["GET secure/azure"] = ["/v2/secure/azure/"],
        ["GET products"] = ["GET /v2/products"],
        ["GET routeTables"] = ["GET ", "/routeTables/"],
        ["GET virtualNetworks (peered)"] = ["/virtualNetworks/vnet-spoke?"],
        ["GET virtualHubs"] = ["/virtualHubs/"],
        ["ec2:DescribeVpnConnections (of a virtual private gateway)"] = ["vpn-gateway-id"],
        ["directconnect:DescribeDirectConnectGatewayAssociations (of a virtual private gateway)"] =
            ["DescribeDirectConnectGatewayAssociations", "\"associatedGatewayId\":\"vgw-"],
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_is_refused_is_named(string call)
    {
        using var link = await Sight.Sydney();
        var world = link.World();
        var (mcr, vxc) = (world.Megaport.Mcrs[0].Id, world.Megaport.Vxcs[0].Id);
        var marks = Wire.GetValueOrDefault(call) ?? [call.Contains("directconnect:", StringComparison.Ordinal)
            ? $"OvertureService.{Name(call)} " : $"Action={Name(call)}&"];
        Tampered? wire = null;
        var sight = await Sight.Of(link, inner => wire = new(inner, sent => marks.All(mark => sent.Contains(
            mark.Replace("MCR", mcr, StringComparison.Ordinal).Replace("VXC", vxc, StringComparison.Ordinal),
            StringComparison.Ordinal))));
        var asked = wire!.Refused > 0;
        var unread = sight.Evidence.Readings.Where(row => row.Question.Call == call && row.Answer != Answer.Read)
            .ToList();
        if (!asked)
        {
            // Only what a route names, or what another VNet or Route Server would have.
            Assert.Contains(call, new[]
            {
                "ec2:DescribeVpcPeeringConnections", "ec2:GetManagedPrefixListEntries", "GET routeTables",
                "GET virtualNetworks (peered)", "GET virtualHubs",
                "ec2:DescribeVpnConnections (of a virtual private gateway)",
                "directconnect:DescribeDirectConnectGatewayAssociations (of a virtual private gateway)",
            });
            return;
        }
        Assert.NotEmpty(unread);
        Assert.All(unread, row => Assert.Equal(Answer.Refused, row.Answer));
        if (unread.Exists(row => row.IsHole))
        {
            Assert.Equal("unproven", sight.Word);
            Assert.Contains(sight.Judgement.Holes, hole => hole.Id.StartsWith(call, StringComparison.Ordinal));
            Assert.Contains("grant ", string.Join('\n', sight.Judgement.Reasons));
        }
    }

    [Theory]
    [InlineData("Action=SearchTransitGatewayRoutes&")]
    [InlineData("OvertureService.ListVirtualInterfaceRoutes ")]
    [InlineData("/getLearnedRoutes")]
    [InlineData("/diagnostics/routes/bgp")]
    [InlineData("Action=DescribeVpnConnections&")]
    public async Task What_is_clear_stays_clear(string mark)
    {
        using var link = await Sight.Sydney(Neighbours.SecondWay);
        var sight = await Sight.Of(link,
            inner => new Tampered(inner, sent => sent.Contains(mark, StringComparison.Ordinal)));
        Assert.Equal("clear", sight.Word);
    }

    private static string Name(string call) => call.Split(':')[1].Split(' ')[0];
}

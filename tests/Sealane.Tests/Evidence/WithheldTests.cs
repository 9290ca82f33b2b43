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
        using var link = await Sight.Sydney(BusyWorld.Make);
        var (sight, refused) = await Without(call, link);
        Assert.True(refused > 0, $"{call} was never asked");
        var unread = sight.Evidence.Readings.Where(row => row.Question.Call == call && row.Answer != Answer.Read)
            .ToList();
        Assert.NotEmpty(unread);
        Assert.All(unread, row => Assert.Equal(Answer.Refused, row.Answer));
        if (unread.Exists(row => row.IsHole))
        {
            Assert.Equal("unproven", sight.Word);
            Assert.Contains(sight.Judgement.Holes, hole => hole.Id.StartsWith(call, StringComparison.Ordinal));
            Assert.Contains("grant ", string.Join('\n', sight.Judgement.Reasons));
        }
        else
        {
            // Listed, with what to grant, and no hole.
            var verified = new Sealane.Cli.Verified(sight.Verification, sight.Evidence.Readings);
            Assert.Contains(verified.Unread, line => line.StartsWith($"{call} of ", StringComparison.Ordinal)
                && line.Contains("refused; grant ", StringComparison.Ordinal));
            Assert.DoesNotContain(sight.Judgement.Holes, hole => hole.Id.StartsWith(call, StringComparison.Ordinal));
        }
    }

    /// <summary>Where what is withheld hides the leak itself, it cannot be seen; but nothing is ever called
    /// well.</summary>
    [Theory]
    [MemberData(nameof(Calls))]
    public async Task What_is_clear_is_never_called_better_than_unproven(string call)
    {
        using var link = await Sight.Sydney(Neighbours.SecondWay);
        var (sight, _) = await Without(call, link);
        Assert.Contains(sight.Word, new[] { "clear", "unproven" });
    }

    [Theory]
    [InlineData("Action=SearchTransitGatewayRoutes&")]
    [InlineData("OvertureService.ListVirtualInterfaceRoutes ")]
    [InlineData("/getLearnedRoutes")]
    [InlineData("/getBgpPeerStatus")]
    [InlineData("/getAdvertisedRoutes")]
    [InlineData("/effectiveRouteTable")]
    [InlineData("/routeTables/primary")]
    [InlineData("/diagnostics/routes/ip")]
    [InlineData("/diagnostics/routes/bgp")]
    [InlineData("/prefixList/")]
    [InlineData("/localNetworkGateways/")]
    [InlineData("Action=DescribeVpnConnections&")]
    [InlineData("Action=DescribeCustomerGateways&")]
    [InlineData("Action=DescribeVpnGateways&")]
    public async Task What_is_clear_stays_clear(string mark)
    {
        using var link = await Sight.Sydney(Neighbours.SecondWay);
        var sight = await Sight.Of(link,
            inner => new Tampered(inner, sent => sent.Contains(mark, StringComparison.Ordinal)));
        Assert.Equal("clear", sight.Word);
    }

    private static async Task<(Sight Sight, int Refused)> Without(string call, EndToEnd.Link link)
    {
        var world = link.World();
        var (mcr, vxc) = (world.Megaport.Mcrs[0].Id, world.Megaport.Vxcs[0].Id);
        var marks = Wire.GetValueOrDefault(call) ?? [call.Contains("directconnect:", StringComparison.Ordinal)
            ? $"OvertureService.{Name(call)} " : $"Action={Name(call)}&"];
        Tampered? wire = null;
        var sight = await Sight.Of(link, inner => wire = new(inner, sent => marks.All(mark => sent.Contains(
            mark.Replace("MCR", mcr, StringComparison.Ordinal).Replace("VXC", vxc, StringComparison.Ordinal),
            StringComparison.Ordinal))));
        return (sight, wire!.Refused);
    }

    private static string Name(string call) => call.Split(':')[1].Split(' ')[0];
}

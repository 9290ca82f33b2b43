using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>Ways that a run of mutants showed to be followed by no test.</summary>
public sealed partial class ForeignTests
{
    /// <summary>Whatever is at its other end: nothing of the link's owner tells.</summary>
    [Fact]
    public void A_VPN_connection_of_a_virtual_private_gateway_leads_out_of_sight()
    {
        var network = Routed(new(Prefix.Parse("10.2.1.0/24"), VpcRouteTarget.VirtualPrivateGateway, "vgw")) with
        {
            VirtualPrivateGateways =
                [new() { Id = "vgw", VpcId = "vpc", VpnPrefixes = [Prefix.Parse("10.2.0.0/16")] }],
        };

        Assert.Equal(LinkWord.Unproven, Word(network));
        Assert.Contains(GuideNetwork.Prove(network).Flows, flow =>
            flow.Reason.Contains("a VPN connection of the virtual private gateway", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "192.168.101.2")]
    [InlineData(true, "192.168.101.9")]
    public void A_path_carries_when_it_is_up_and_has_the_address_that_the_MCR_calls(bool up, string address)
    {
        var circuit = s_link.Circuits[0];
        Assert.Equal(LinkWord.Down, Word(s_link with
        {
            Circuits =
            [
                circuit with
                {
                    Paths = [circuit.Paths[0] with { Up = up, MicrosoftAddress = Ipv4.Parse(address) }],
                },
            ],
        }));
    }
}

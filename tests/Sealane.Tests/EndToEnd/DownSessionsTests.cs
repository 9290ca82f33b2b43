using Sealane.Core.Reconcile;
using Sealane.Core.Routing;
using Sealane.Sandbox.Megaport;

namespace Sealane.Tests.EndToEnd;

/// <summary>The sandbox's own rules: what two ends do not agree about takes their session down, and what goes over it,
/// and nothing else.</summary>
public sealed class DownSessionsTests
{
    private const int Tunnel = 1;

    // The one way of the tunnels.
    private const int ToAws = 2 | Tunnel;
    private const int ToAzure = 4 | Tunnel;

    private static readonly Dictionary<string, (Action<LinkInWorld> Hand, int Down)> Hands = new()
    {
        ["nothing"] = (_ => { }, 0),
        ["another VLAN at Megaport than at AWS"] = (link => link.AwsVxc.BVlan++, ToAws),
        ["another inner VLAN at the MCR than at Microsoft"] = (link => link.AzureVxc.Interfaces[0].Vlan++, ToAzure),
        ["AWS waits and Azure initiates"] = (link => link.AwsTunnel(1).Options.StartupAction = "add", 0),
        ["both ends of a tunnel wait"] = (link =>
        {
            link.AwsTunnel(1).Options.StartupAction = "add";
            link.AzureConnection(1).Properties["connectionMode"] = "ResponderOnly";
            link.World.Azure.Stamp(link.World, link.AzureConnection(1));
        }, Tunnel),
        ["another key in Azure"] = (link => link.AwsTunnel(1).Options.PreSharedKey += "x", Tunnel),
        ["the session is shut down"] = (link => Session(link, session => session with { Shutdown = true }), ToAws),
        ["the MCR expects another AS"] = (link => Session(link, session => session with { PeerAsn = 64999 }), ToAws),
    };

    public static TheoryData<string> Names => [.. Hands.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_two_ends_do_not_agree_about_takes_their_session_down(string name)
    {
        using var link = await Evidence.Sight.Sydney();
        await link.Later(TimeSpan.FromMinutes(15), world => Hands[name].Hand(new(world, link.Design)));

        var stored = link.World();
        var network = stored.Wake(new VirtualClock(stored.Now)).Network;
        var vxcs = stored.Megaport.Vxcs.ToDictionary(vxc => vxc.Name, vxc => vxc.Id);
        var (aws, azure, tunnels) = (Up(network, vxcs["sydney-aws"]), Up(network, vxcs["sydney-azure"]),
            network.Tunnels.All(tunnel => tunnel.Up));
        var down = Hands[name].Down;
        Assert.Equal(((down & ToAws) != ToAws, (down & ToAzure) != ToAzure, (down & Tunnel) == 0),
            (aws, azure, tunnels));
    }

    private static bool Up(Network network, string vxc) => network.Mcrs.Single().Interfaces
        .Single(port => port.VxcId == vxc).Sessions.Single() is { Up: true, Shutdown: false };

    private static void Session(LinkInWorld link, Func<McrBgpConnection, McrBgpConnection> change)
    {
        var port = link.AwsVxc.Interfaces[0];
        port.BgpConnections = [.. port.BgpConnections.Select(change)];
    }
}

using Sealane.Core;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Running;

/// <summary>What runs in a lab, as its daemons say.</summary>
/// <param name="Boxes">In the order of the plan; hosts and VPCs have no daemons.</param>
public sealed record LabStatus(string Name, IReadOnlyList<BoxStatus> Boxes)
{
    /// <summary>Every session established and every tunnel carrying.</summary>
    public bool IsUp => Boxes.All(
        box => box.Sessions.All(session => session.State == "Established") && box.Tunnel is null or { Carries: true });

    public static LabStatus Of(LabRun lab)
    {
        var routes = new Routes(lab);
        return new(lab.Files.Name, [.. lab.Plan.Boxes.Select(box => new BoxStatus(
            box.Name, box.Stands, box.Frr is null ? [] : Sessions(lab, routes, box.Name), box.Charon is null ? null
                : Tunnel(lab, box.Name)))]);
    }

    private static List<SessionStatus> Sessions(LabRun lab, Routes routes, string box)
    {
        IReadOnlyDictionary<Ipv4, string> states;
        try
        {
            states = routes.Sessions(box);
        }
        catch (LabError)
        {
            states = new Dictionary<Ipv4, string>();
        }
        return [.. lab.Plan[box].Frr!.Peers.Select(
            peer => new SessionStatus(peer, Whose(lab, peer), states.GetValueOrDefault(peer, "no bgpd")))];
    }

    private static TunnelStatus Tunnel(LabRun lab, string box)
    {
        try
        {
            using var vici = lab.Vici(box);
            var all = Ike.List(vici);
            var best = all.FirstOrDefault(one => one.Carries) ?? (all.Count > 0 ? all[0] : null);
            return best is null ? new("no IKE SA", "", "", 0, 0) : new(
                best.Carries ? "ESTABLISHED, INSTALLED" : best.State, best.Suite,
                best.Children.Count > 0 ? best.Children[0].Suite : "",
                best.Children.Sum(child => child.BytesIn), best.Children.Sum(child => child.BytesOut));
        }
        catch (LabError)
        {
            return new("no charon", "", "", 0, 0);
        }
    }

    private static string Whose(LabRun lab, Ipv4 address) => new LabTrace(lab).BoxOf(address);
}

/// <param name="Tunnel">Of a tunnel's end.</param>
public sealed record BoxStatus(string Name, string Stands, IReadOnlyList<SessionStatus> Sessions, TunnelStatus? Tunnel);

/// <param name="State"><c>Established</c>, <c>Active</c> …, as bgpd writes it.</param>
public sealed record SessionStatus(Ipv4 Peer, string Box, string State);

/// <param name="State">States of IKE and ESP association, as charon writes them.</param>
/// <param name="IkeSuite">What was negotiated.</param>
public sealed record TunnelStatus(string State, string IkeSuite, string EspSuite, long BytesIn, long BytesOut)
{
    public bool Carries => State == "ESTABLISHED, INSTALLED";
}

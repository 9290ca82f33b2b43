using Sealane.Lab.Model;
using Sealane.Lab.Plan;
using Sealane.Lab.Running;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Verify;

/// <summary>IKE and ESP with what was negotiated, BGP in the tunnels, routes at both ends. Guide steps 20 to
/// 24.</summary>
internal sealed class TunnelChecks(LabRun lab)
{
    private static readonly TimeSpan s_ike = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan s_session = TimeSpan.FromSeconds(4);
    private readonly Routes _routes = new(lab);

    public async Task<IReadOnlyList<LabFinding>> Run(CancellationToken ct)
    {
        var states = await Task.WhenAll(lab.Network.Tunnels.Select(tunnel => Task.Run(() => Tunnel(tunnel), ct)))
            .ConfigureAwait(false);
        var sessions = await Task.WhenAll(lab.Network.Tunnels.Select(tunnel => Session(tunnel, ct)))
            .ConfigureAwait(false);
        return [.. states, .. sessions, .. Routes()];
    }

    private LabFinding Tunnel(LabTunnel tunnel)
    {
        var what = $"tunnel {tunnel.Number}: {tunnel.AwsOutside} and {Instance(tunnel)}, IKE and ESP";
        using var aws = lab.Vici(Compiler.AwsEnd(tunnel.Number));
        using var azure = lab.Vici(Compiler.AzureEnd(tunnel.Number));
        var both = (Carrying(aws), Carrying(azure));
        var reason = both is (not null, not null) ? "" : Ike.Initiate(azure, s_ike);
        both = reason.Length > 0 ? both : (Carrying(aws), Carrying(azure));
        if (both is (not null, { } there))
        {
            return new("tunnels", what, true, $"IKE {there.Suite}; ESP {there.Children[0].Suite}");
        }
        var (cause, fix) = Cause(tunnel, reason);
        return new("tunnels", what, false, "no security association that carries", cause, fix);
    }

    // In charon's own words: it says what the peer answered.
    private static (string Cause, string Fix) Cause(LabTunnel tunnel, string reason) =>
        reason.Contains("AUTHENTICATION_FAILED", StringComparison.Ordinal)
            ? ($"the pre-shared keys differ: {reason}",
                $"set one key at both ends of tunnel {tunnel.Number} (guide steps 17 and 22)")
        : reason.Contains("NO_PROPOSAL_CHOSEN", StringComparison.Ordinal)
            ? ($"the ends offer no common suite: {reason}", $"pin one suite at both ends of tunnel {tunnel.Number}")
        : reason.Contains("not found", StringComparison.Ordinal)
            ? ("the Azure end has no such connection",
                $"make the connection of tunnel {tunnel.Number} (guide steps 22 and 23)")
        : ($"the peer does not answer: {(reason.Length > 0 ? reason : "no reply")}",
            "see the transport above: a static route, a filter or a session is missing");

    private async Task<LabFinding> Session(LabTunnel tunnel, CancellationToken ct)
    {
        var what = $"tunnel {tunnel.Number}: BGP {tunnel.AwsInside} and {tunnel.AzureInside}";
        string State() => _routes.Sessions("tgw").GetValueOrDefault(tunnel.AzureInside, "no session");
        var azure = $"vpn-gateway-{tunnel.Instance}";
        bool Agree() => _routes.ExpectEachOther("tgw", tunnel.AzureInside, azure, tunnel.AwsInside);
        bool Refused() => Neighbour(azure, tunnel.AwsInside).Contains("Bad Peer AS", StringComparison.Ordinal);
        // A refused session says so only after its next attempt.
        await lab.Until(() => State() == "Established" || Refused(), s_session, ct).ConfigureAwait(false);
        var state = State();
        return !Agree() || (state != "Established" && Refused())
            ? new("tunnels", what, false, state, "an end expects another ASN",
                "compare the ASN of the local network gateway (guide step 20)")
            : state == "Established" ? new("tunnels", what, true, state)
            : new("tunnels", what, false, state, "nobody answers inside the tunnel", "is the tunnel up?");
    }

    private string Neighbour(string box, Core.Ipv4 peer)
    {
        using var vty = lab.Vty(box, "bgpd");
        return vty.Say($"show bgp neighbors {peer}").Answer;
    }

    private IEnumerable<LabFinding> Routes()
    {
        foreach (var prefix in lab.Network.VnetPrefixes)
        {
            yield return Route("tgw", prefix, row =>
                row.Interfaces.All(name => name.StartsWith("vti", StringComparison.Ordinal)), "the tunnels");
        }
        var gateways = lab.Network.Instances.Select(one => Compiler.InstanceAddress(lab.Network, one.Number))
            .ToHashSet();
        foreach (var prefix in lab.Network.VpcPrefixes)
        {
            yield return Route("vnet", prefix, row => row.NextHops.All(gateways.Contains), "the VPN gateway");
        }
    }

    private LabFinding Route(string box, Core.Prefix prefix, Func<FibRoute, bool> right, string way)
    {
        var row = _routes.Fib(box).Where(one => one.Protocol == "bgp" && one.Prefix.Contains(prefix))
            .MaxBy(one => one.Prefix.Length);
        var what = $"{box}: {prefix} over {way} (guide step 24)";
        return row is null ? new("routes", what, false, "no route", "neither the tunnels nor the transport brings it",
            "see the tunnels above")
            : right(row) ? new("routes", what, true, $"{row.Prefix} on {string.Join(' ', row.Interfaces)}")
            : new("routes", what, false,
                $"{row.Prefix} on {string.Join(' ', row.Interfaces)} via {string.Join(' ', row.NextHops)}",
                "the clear path is preferred", "close the locks above");
    }

    private Core.Ipv4 Instance(LabTunnel tunnel) =>
        lab.Network.Instances.First(one => one.Number == tunnel.Instance).Address;

    private static SecurityAssociation? Carrying(Vici vici) => Ike.List(vici).FirstOrDefault(one => one.Carries);
}

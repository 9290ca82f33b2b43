using Sealane.Core;
using Sealane.Lab.Model;
using Sealane.Lab.Running;

namespace Sealane.Lab.Verify;

/// <summary>The transport: links, BGP sessions, static routes. Guide steps 7, 8, 13 and 18.</summary>
internal sealed class TransportChecks(LabRun lab)
{
    private const string Area = "transport";
    private readonly Routes _routes = new(lab);

    public async Task<IReadOnlyList<LabFinding>> Run(CancellationToken ct)
    {
        var findings = new List<LabFinding>();
        findings.AddRange(lab.Network.Routers.SelectMany(Overlaps));
        foreach (var (router, leg) in lab.Network.Legs)
        {
            findings.Add(await Session(router, leg, ct).ConfigureAwait(false));
            findings.AddRange(Statics(router, leg));
        }
        return findings;
    }

    // The addresses are asked of the router, not of the design: a link typed wrongly shows only there.
    private IEnumerable<LabFinding> Overlaps(LabRouter router)
    {
        using var vty = lab.Vty(router.Box, "zebra");
        var found = vty.Json("show interface json").EnumerateObject()
            .Where(one => router.Legs.Any(leg => leg.Name == one.Name)
                && one.Value.TryGetProperty("ipAddresses", out _))
            .SelectMany(one => one.Value.GetProperty("ipAddresses").EnumerateArray()
                .Select(address => (Leg: one.Name,
                    Net: InterfaceAddress.Parse(address.GetProperty("address").GetString()!))))
            .ToList();
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var other in found.Skip(i + 1).Where(other => other.Net.Network.Overlaps(found[i].Net.Network)))
            {
                yield return new(Area, $"{router.Box}: links in networks of their own", false,
                    $"{found[i].Leg} has {found[i].Net}, {other.Leg} has {other.Net}",
                    $"duplicate /30: {found[i].Leg} and {other.Leg} share {found[i].Net.Network}",
                    "give each link a /30 of its own (guide steps 7 and 10)");
            }
        }
    }

    private async Task<LabFinding> Session(LabRouter router, LabLeg leg, CancellationToken ct)
    {
        var what = $"{router.Box}: BGP with {leg.FarBox} ({leg.FarAddress})";
        var state = _routes.Sessions(router.Box).GetValueOrDefault(leg.FarAddress, "no session");
        if (!_routes.ExpectEachOther(router.Box, leg.FarAddress, leg.FarBox, leg.McrAddress.Address))
        {
            return new(Area, what, false, state, "an end expects another ASN", "compare the ASNs at both ends");
        }
        if (state == "Established")
        {
            return new(Area, what, true, state);
        }
        var (cause, fix) = await Why(router, leg, state, ct).ConfigureAwait(false);
        return new(Area, what, false, state, cause, fix);
    }

    private async Task<(string Cause, string Fix)> Why(LabRouter router, LabLeg leg, string state, CancellationToken ct)
    {
        if (state == "no session")
        {
            return ("the router has no such neighbour: its link has other addresses than the design",
                "compare the link's /30 at both ends");
        }
        if (state.StartsWith("Idle (Admin", StringComparison.Ordinal))
        {
            return ("the session is shut down on the MCR", "enable it");
        }
        var before = (Kernel.Md5(lab, router.Box), Kernel.Md5(lab, leg.FarBox));
        // Both ends try again every second; a dropped segment shows as a counter that moves.
        await lab.Until(() => (Kernel.Md5(lab, router.Box), Kernel.Md5(lab, leg.FarBox)) != before,
            TimeSpan.FromSeconds(4), ct)
            .ConfigureAwait(false);
        var after = (Near: Kernel.Md5(lab, router.Box), Far: Kernel.Md5(lab, leg.FarBox));
        if (after.Near.Wrong > before.Item1.Wrong || after.Far.Wrong > before.Item2.Wrong)
        {
            return ("the BGP keys differ: the kernel drops segments with a wrong MD5 signature",
                "set one key at both ends (guide step 7)");
        }
        if (after.Near.OneSided > before.Item1.OneSided || after.Far.OneSided > before.Item2.OneSided)
        {
            return ("only one end has a BGP key: the kernel drops segments without signature",
                "set one key at both ends (guide step 7)");
        }
        using var vty = lab.Vty(router.Box, "bgpd");
        return vty.Say($"show bgp neighbors {leg.FarAddress}").Answer.Contains("Bad Peer AS", StringComparison.Ordinal)
            ? ("an end expects another ASN", "compare the ASNs at both ends")
            : ("nobody answers at the other end", "is the VXC up, and the peer's address right?");
    }

    private IEnumerable<LabFinding> Statics(LabRouter router, LabLeg leg)
    {
        var fib = _routes.Fib(router.Box);
        foreach (var route in leg.Statics)
        {
            var found = fib.FirstOrDefault(row => row.Prefix == route.Prefix && row.Protocol == "static");
            var good = found is not null && found.NextHops.Contains(route.NextHop);
            yield return new(Area, $"{router.Box}: static route to {route.Prefix}", good,
                good ? $"via {route.NextHop}" : found is null ? "absent" : $"via {string.Join(' ', found.NextHops)}",
                good ? "" : found is null ? $"no static route to {route.Prefix} is active"
                    : "another next hop than the design's",
                good ? "" : $"add {route.Prefix} via {route.NextHop} on {leg.Name} (guide step 18)");
        }
    }
}

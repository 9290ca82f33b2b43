using Sealane.Core.Routing;
using Sealane.Lab.Plan;
using Sealane.Lab.Running;

namespace Sealane.Judge;

/// <summary>One configuration in daemons and in the model: every row and every flow compared.</summary>
internal sealed class Trial(LabRun lab, RoutingTables tables, Packets packets)
{
    private static readonly TimeSpan s_sessions = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1.5);

    public int Rows { get; private set; }
    public int Flows { get; private set; }

    /// <summary>
    /// The one named difference: FRR sends a route back to the peer that it came from, and the model's MCR does not.
    /// RFC 4271 lets a router do either, because the peer finds its own ASN in the path and drops it (section 9.1.2).
    /// </summary>
    public int BackToSenders { get; private set; }

    /// <summary>What differs, a line each, with the side that has it.</summary>
    public async Task<List<string>> Run(CancellationToken ct)
    {
        var expected = ModelRows.Of(lab.Network, tables);
        if (!await lab.Until(() => Sessions().All(expected.Contains), s_sessions, ct).ConfigureAwait(false))
        {
            foreach (var router in lab.Plan.Routers)
            {
                new Routes(lab).Nudge(router.Name);
            }
            await lab.Until(() => Sessions().All(expected.Contains), s_sessions, ct).ConfigureAwait(false);
        }
        await Settle.Run(lab, s_sessions, ct).ConfigureAwait(false);
        var found = Compare(expected);
        for (var look = 0; look < 2 && found.Count > 0; look++)
        {
            // A session that came a moment ago may still bring its routes.
            await Task.Delay(s_again, lab.Time, ct).ConfigureAwait(false);
            await Settle.Run(lab, s_sessions, ct).ConfigureAwait(false);
            found = Compare(expected);
        }
        foreach (var from in Packets.Hosts(lab).ToList())
        {
            foreach (var to in Packets.Hosts(lab).Where(to => to[..4] != from[..4]).ToList())
            {
                Flows++;
                var trace = Tracer.Trace(tables, lab.Address(from), lab.Address(to));
                var verdict = trace.Verdict.ToString().ToLowerInvariant()
                    + (trace.Exposed && trace.Verdict == Verdict.Down ? ", exposed" : "");
                var shown = await packets.Send(lab, from, lab.Address(to), trace.Verdict != Verdict.Down, ct)
                    .ConfigureAwait(false);
                if (shown != verdict)
                {
                    found.Add($"flow {from} to {to}: model {verdict}, packets {shown}");
                }
            }
        }
        return found;
    }

    private List<string> Compare(SortedSet<string> expected)
    {
        var had = new DaemonRows(lab).All();
        Rows = had.Union(expected).Count();
        var named = had.Except(expected).Where(row => BackToSender(row, had)).ToList();
        // With AS override the sender does not find its ASN, and keeps the route as its last choice.
        named.AddRange(had.Except(expected).Where(row => Kept(row, named)).ToList());
        BackToSenders = named.Count;
        had.ExceptWith(named);
        return [.. expected.Except(had).Select(row => "model only:   " + row), .. had.Except(expected)
            .Select(row => "daemons only: " + row)];
    }

    // "mcr to PEER: PREFIX …" whose best path came from that very peer.
    private static bool BackToSender(string row, SortedSet<string> had)
    {
        var words = row.Split(' ');
        return words.Length > 3 && words[1] == "to"
            && had.Any(other => other.EndsWith(" best", StringComparison.Ordinal)
            && other.StartsWith($"{words[0]} bgp {words[3]} from {words[2].TrimEnd(':')} ", StringComparison.Ordinal));
    }

    // "msee-primary PREFIX from MCR path …", not best, of what that MCR sent back.
    private bool Kept(string row, List<string> named)
    {
        var words = row.Split(' ');
        return words.Length > 3 && words[2] == "from" && words[^1] != "best" && lab.Network.Legs.Any(one =>
            one.Leg.FarBox == words[0] && one.Router.Box == words[3] && named.Exists(sent =>
                sent.StartsWith($"{words[3]} to {one.Leg.FarAddress}: {words[1]} ", StringComparison.Ordinal)));
    }

    // The rows that tell which sessions stand; tables are compared when these agree.
    private IEnumerable<string> Sessions()
    {
        var routes = new Routes(lab);
        foreach (var router in lab.Network.Routers)
        {
            var states = routes.Sessions(router.Box);
            foreach (var leg in router.Legs)
            {
                yield return $"{router.Box} session {leg.FarAddress} "
                    + (states.GetValueOrDefault(leg.FarAddress) == "Established" ? "up" : "down");
            }
        }
        var inside = routes.Sessions("tgw");
        foreach (var tunnel in lab.Network.Tunnels)
        {
            yield return $"tunnel {Compiler.Device(tunnel.Number)} bgp "
                + (inside.GetValueOrDefault(tunnel.AzureInside) == "Established" ? "up" : "down");
        }
    }
}

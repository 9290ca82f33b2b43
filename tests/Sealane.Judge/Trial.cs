using Sealane.Core.Routing;
using Sealane.Lab.Plan;
using Sealane.Lab.Running;

namespace Sealane.Judge;

/// <summary>One configuration in daemons and in the model: every row and every flow compared.</summary>
internal sealed class Trial(LabRun lab, RoutingTables tables, Packets packets, CorpusCase? corpus)
{
    /// <summary>
    /// Marks the two kinds of row that are counted apart, where the model follows both of two ways and a router can go
    /// one. A gateway's route inside a peered VNet: that the peering wins is documented, the opposite is seen in labs.
    /// And a learned route equal to what the gateway announces itself (a summary, an allowed prefix): a router keeps
    /// its own, and nobody says what the clouds do.
    /// https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
    /// </summary>
    public const string CountedApart = " apart";

    // Longer than a session needs that was told something new, shorter than the timers of one that waits.
    private static readonly TimeSpan s_comes = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan s_sessions = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1.5);

    /// <summary>The model's rows, without those that are counted apart.</summary>
    public SortedSet<string> Expected { get; } = ModelRows.Of(lab.Network, tables);
    public int Rows { get; private set; }
    public int Flows { get; private set; }
    public int Named { get; private set; }

    /// <summary>What differs, a line each, with the side that has it.</summary>
    public async Task<List<string>> Run(CancellationToken ct)
    {
        Named = Expected.RemoveWhere(row => row.EndsWith(CountedApart, StringComparison.Ordinal));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            if (await lab.Until(() => Sessions().All(Expected.Contains), attempt == 0 ? s_comes : s_sessions, ct)
                .ConfigureAwait(false))
            {
                break;
            }
            foreach (var router in lab.Plan.Routers)
            {
                new Routes(lab).Nudge(router.Name);
            }
        }
        await Settle.Run(lab, s_sessions, ct).ConfigureAwait(false);
        var found = Compare();
        for (var look = 0; look < 2 && found.Count > 0; look++)
        {
            // A session that came a moment ago may still bring its routes.
            await Task.Delay(s_again, lab.Time, ct).ConfigureAwait(false);
            await Settle.Run(lab, s_sessions, ct).ConfigureAwait(false);
            found = Compare();
        }
        foreach (var from in Packets.Hosts(lab).ToList())
        {
            foreach (var to in Packets.Hosts(lab).Where(to => to[..4] != from[..4]).ToList())
            {
                Flows++;
                if (await Flow(from, to, ct).ConfigureAwait(false) is { } wrong)
                {
                    found.Add(wrong);
                }
            }
        }
        return found;
    }

    private async Task<string?> Flow(string from, string to, CancellationToken ct)
    {
        var trace = Tracer.Trace(tables, lab.Address(from), lab.Address(to));
        var verdict = trace.Verdict.ToString().ToLowerInvariant()
            + (trace.Exposed && trace.Verdict == Verdict.Down ? ", exposed" : "");
        if (corpus?.Verdict(lab.Address(from), lab.Address(to)) is { } told && told != verdict)
        {
            return $"flow {from} to {to}: the corpus says {told}, the model of the lab's network {verdict}";
        }
        var shown = "";
        for (var look = 0; look < 3 && shown != verdict; look++)
        {
            if (look > 0)
            {
                // A session that fell and came again since the tables were compared.
                await Task.Delay(s_again, lab.Time, ct).ConfigureAwait(false);
                await Settle.Run(lab, s_sessions, ct).ConfigureAwait(false);
            }
            shown = await packets.Send(lab, from, lab.Address(to), trace.Verdict != Verdict.Down, ct)
                .ConfigureAwait(false);
        }
        return shown == verdict ? null
            : $"flow {from} to {to}: model {verdict}, packets {shown}; the model's way:\n{TraceText.Of(trace)}";
    }

    private List<string> Compare()
    {
        var had = new DaemonRows(lab).All();
        Rows = had.Union(Expected).Count() + Named;
        return [.. Expected.Except(had).Select(row => "model only:   " + row), .. had.Except(Expected)
            .Select(row => "daemons only: " + row)];
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

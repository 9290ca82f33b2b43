namespace Sealane.Core.Routing;

/// <summary>The locks of one direction.</summary>
/// <param name="Delivery">Changes until a packet arrives over the transport outside ESP.</param>
/// <param name="Exposure">Changes until a packet enters the MCR outside ESP, delivered or dropped later. Never
/// more.</param>
public sealed record DirectionLocks(LockCount Delivery, LockCount Exposure);

/// <summary>
/// Counts locks with every tunnel down, when nothing competes with a leak: what does not leak then does not leak ever,
/// because the transport's tables do not depend on the tunnels. Where several VXCs exist, each of them is also taken
/// down.
/// </summary>
/// <remarks>
/// A set of changes is judged as another one was where every table that a packet asked is the same in both: most
/// mistakes change a table that no packet of that direction asks.
/// </remarks>
internal sealed class LockCounter
{
    private const byte Delivered = 1, Exposed = 2, All = 3;

    // Each with the VXC that is down besides the tunnels.
    private readonly List<(Network Network, string? Vxc)> _bases;
    private readonly Flows _flows;
    private readonly IReadOnlyList<ConfigChange> _changes;
    private readonly Dictionary<(FlowDirection, string), byte> _known = [];
    private readonly Dictionary<(int Start, string Set), TransportOfSet> _transports = [];
    private readonly Dictionary<(int Start, FlowDirection, string Set), List<Judgement>> _judged = [];
    private readonly TableNumbers _numbers = new();

    // Changes of the transport come first in the list.
    private readonly int _transportChanges;
    private readonly IReadOnlyList<List<string>?> _touches;

    public LockCounter(Network network, Protected prefixes)
    {
        var down = network.Without(Failures.AllTunnels(network).Ids) with { Assume = Undocumented.All };
        var vxcs = network.Mcrs.SelectMany(mcr => mcr.Interfaces).Select(i => i.VxcId).Distinct().ToList();
        _bases = [(down, null)];
        if (vxcs.Count > 2)
        {
            _bases.AddRange(vxcs.Select(vxc => (down.Without(vxc), (string?)vxc)));
        }
        _flows = new(network, prefixes);
        _changes = ConfigChanges.Of(network, prefixes);
        while (_transportChanges < _changes.Count
            && !RoutingTables.SameTransport(down, _changes[_transportChanges].Apply(down)))
        {
            _transportChanges++;
        }
        _touches = [.. _changes.Select(change => Touches(down, change.Apply(down)))];
    }

    /// <summary>What came of a set of changes, and what the packets asked on their way.</summary>
    private sealed record Judgement(byte Open, Asked Asked, int[] Numbers);

    public DirectionLocks Of(FlowDirection direction) => new(Count(direction, Delivered), Count(direction, Exposed));

    private LockCount Count(FlowDirection direction, byte what)
    {
        var (smallest, tried) = new LockSearch(_changes.Count, set => (Open(direction, set) & what) != 0).Smallest();
        return new(smallest?.Count, smallest is null ? [] : [.. smallest.Select(index => _changes[index].Text)], tried);
    }

    private byte Open(FlowDirection direction, bool[] set)
    {
        var key = (direction, Key(set));
        if (!_known.TryGetValue(key, out var open))
        {
            for (var start = 0; start < _bases.Count && open != All; start++)
            {
                open |= Judge(direction, start, set);
            }
            _known[key] = open;
        }
        return open;
    }

    // Changes of transit gateways are taken up as they matter: one that touches nothing that a packet asked on its way
    // leaves every packet's way as it is, because no table of the transport depends on a transit gateway's.
    private byte Judge(FlowDirection direction, int start, bool[] set)
    {
        var transport = Transport(start, set);
        var taken = new bool[set.Length];
        while (true)
        {
            var (open, asked, _) = Judged(direction, start, transport, taken);
            var more = false;
            for (var i = _transportChanges; i < set.Length; i++)
            {
                if (set[i] && !taken[i] && (_touches[i] is null || _touches[i]!.Exists(asked.Gateways.Contains)))
                {
                    taken[i] = more = true;
                }
            }
            if (!more)
            {
                return open;
            }
        }
    }

    private Judgement Judged(FlowDirection direction, int start, TransportOfSet transport, bool[] taken)
    {
        var set = Key(taken.AsSpan(_transportChanges));
        if (!_judged.TryGetValue((start, direction, set), out var alike))
        {
            _judged[(start, direction, set)] = alike = [];
        }
        foreach (var judged in alike)
        {
            if (transport.Holds(judged.Asked.Tables, judged.Numbers))
            {
                return judged;
            }
        }
        var tables = transport.Under(set, network => Changed(network, taken, _transportChanges, taken.Length));
        byte open = 0;
        var asked = new Asked();
        _flows.Visit(tables, direction, asked, outcome =>
        {
            open |= outcome.Verdict == Verdict.Clear ? Delivered : (byte)0;
            open |= outcome.Exposed ? Exposed : (byte)0;
        });
        alike.Add(new(open, asked, transport.Numbers(asked.Tables)));
        return alike[^1];
    }

    private TransportOfSet Transport(int start, bool[] all)
    {
        var (before, vxc) = _bases[start];
        var set = all[.._transportChanges];
        for (var i = 0; i < set.Length; i++)
        {
            set[i] &= vxc is null || _changes[i].VxcId != vxc;
        }
        var key = (start, Key(set));
        if (!_transports.TryGetValue(key, out var transport))
        {
            _transports.TryGetValue((start, Key(new bool[set.Length])), out var like);
            _transports[key] = transport = new(() => Changed(before, set, 0, set.Length), like, _numbers);
        }
        return transport;
    }

    private Network Changed(Network network, bool[] set, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            network = set[i] ? _changes[i].Apply(network) : network;
        }
        return network;
    }

    // 15 to a character.
    private static string Key(ReadOnlySpan<bool> set) => string.Create((set.Length + 14) / 15, set, (text, bits) =>
    {
        text.Clear();
        for (var i = 0; i < bits.Length; i++)
        {
            text[i / 15] |= bits[i] ? (char)(1 << (i % 15)) : '\0';
        }
    });

    /// <summary>Tables and attachments of transit gateways that a change touches; null: it is no such change.</summary>
    private static List<string>? Touches(Network before, Network after)
    {
        if (after with { TransitGateways = before.TransitGateways } != before)
        {
            return null;
        }
        var touched = new List<string>();
        foreach (var (old, now) in before.TransitGateways.Zip(after.TransitGateways).Where(pair =>
            !ReferenceEquals(pair.First, pair.Second)))
        {
            foreach (var (one, other) in old.Attachments.Zip(now.Attachments).Where(pair =>
                !ReferenceEquals(pair.First, pair.Second)))
            {
                touched.Add(one.Id);
                touched.AddRange(one.PropagatesTo.Except(other.PropagatesTo));
                touched.AddRange(other.PropagatesTo.Except(one.PropagatesTo));
            }
            touched.AddRange(old.RouteTables.Zip(now.RouteTables)
                .Where(pair => !ReferenceEquals(pair.First, pair.Second)).Select(pair => pair.First.Id));
        }
        return touched;
    }
}

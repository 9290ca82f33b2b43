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
internal sealed class LockCounter
{
    private const byte AwsDelivered = 1, AzureDelivered = 2, AwsExposed = 4, AzureExposed = 8, All = 15;

    // Each with the VXC that is down besides the tunnels.
    private readonly List<(Network Network, string? Vxc)> _bases;
    private readonly Flows _flows;
    private readonly IReadOnlyList<ConfigChange> _changes;
    private readonly Dictionary<string, byte> _known = [];
    private readonly Dictionary<string, Transported> _solved = [];
    private readonly Dictionary<(string Others, int Start), Dictionary<long[], Transported>> _alike = [];
    private readonly ForwardingKey _key = new();
    private readonly List<RoutingTables> _empty = [];
    private readonly int _transportChanges;

    private readonly IReadOnlyList<List<string>?> _touches;

    // Whether a change of the transport is one of an MCR's settings alone.
    private readonly bool[] _ofMcr;

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
        _ofMcr = [.. _changes.Take(_transportChanges)
            .Select(change => RoutingTables.SameTransport(down, change.Apply(down) with { Mcrs = down.Mcrs }))];
    }

    /// <summary>A solution of the transport, which stands for all sets of changes that forward alike on it, and what is
    /// known of it under changes of the transit gateways.</summary>
    private sealed class Transported(RoutingTables tables)
    {
        public RoutingTables Tables { get; } = tables;
        public Dictionary<string, (byte Open, HashSet<string> Asked)> BySet { get; } = [];
    }

    public DirectionLocks Of(FlowDirection direction) => direction == FlowDirection.AwsToAzure
        ? new(Count(AwsDelivered), Count(AwsExposed)) : new(Count(AzureDelivered), Count(AzureExposed));

    private LockCount Count(byte what)
    {
        var (smallest, tried) = new LockSearch(_changes.Count, set => (Open(set) & what) != 0).Smallest();
        return new(smallest?.Count, smallest is null ? [] : [.. smallest.Select(index => _changes[index].Text)], tried);
    }

    private byte Open(bool[] set)
    {
        var key = Key(set);
        if (!_known.TryGetValue(key, out var open))
        {
            for (var start = 0; start < _bases.Count && open != All; start++)
            {
                open |= Judge(Solved(start, set), set);
            }
            _known[key] = open;
        }
        return open;
    }

    // Changes of the transport come first in the list. Sets that agree in those share its solution, and those whose
    // tables come out the same share everything that follows.
    private Transported Solved(int start, bool[] all)
    {
        var (before, vxc) = _bases[start];
        var set = all[.._transportChanges];
        for (var i = 0; i < set.Length; i++)
        {
            set[i] &= vxc is null || _changes[i].VxcId != vxc;
        }
        var key = $"{start} {Key(set)}";
        if (!_solved.TryGetValue(key, out var solved))
        {
            var network = Changed(before, set, 0, _transportChanges);
            var first = start < _empty.Count ? _empty[start] : null;
            var tables = first is null ? RoutingTables.Solve(network) : first.With(network);
            if (first is null)
            {
                _empty.Add(tables);
            }
            var others = string.Create(_transportChanges, set, (text, bits) =>
            {
                for (var i = 0; i < text.Length; i++)
                {
                    text[i] = bits[i] && !_ofMcr[i] ? '1' : '0';
                }
            });
            if (!_alike.TryGetValue((others, start), out var alike))
            {
                _alike[(others, start)] = alike = new(ForwardingKey.Same);
            }
            var forwarding = _key.Of(tables.Transport);
            if (!alike.TryGetValue(forwarding, out solved))
            {
                alike[forwarding] = solved = new(tables);
            }
            _solved[key] = solved;
        }
        return solved;
    }

    // Changes of transit gateways are taken up as they matter: one that touches nothing that a packet asked on its way
    // leaves every packet's way as it is, because no table of the transport depends on a transit gateway's.
    private byte Judge(Transported solved, bool[] set)
    {
        var taken = new bool[set.Length];
        set.AsSpan(0, _transportChanges).CopyTo(taken);
        while (true)
        {
            var (open, asked) = Judged(solved, taken);
            var more = false;
            for (var i = _transportChanges; i < set.Length; i++)
            {
                if (set[i] && !taken[i] && (_touches[i] is null || _touches[i]!.Exists(asked.Contains)))
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

    private (byte Open, HashSet<string> Asked) Judged(Transported solved, bool[] set)
    {
        var key = Key(set.AsSpan(_transportChanges));
        if (!solved.BySet.TryGetValue(key, out var judged))
        {
            var network = Changed(solved.Tables.Network, set, _transportChanges, set.Length);
            var asked = new HashSet<string>(StringComparer.Ordinal);
            var tables = ReferenceEquals(network, solved.Tables.Network) ? solved.Tables : solved.Tables.With(network);
            solved.BySet[key] = judged = (Judge(tables, asked), asked);
        }
        return judged;
    }

    private Network Changed(Network network, bool[] set, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            network = set[i] ? _changes[i].Apply(network) : network;
        }
        return network;
    }

    private static string Key(ReadOnlySpan<bool> set) => string.Create(set.Length, set, (text, bits) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = bits[i] ? '1' : '0';
        }
    });

    private byte Judge(RoutingTables tables, HashSet<string> asked)
    {
        byte open = 0;
        _flows.Visit(tables, (direction, _, _, outcome) =>
        {
            var aws = direction == FlowDirection.AwsToAzure;
            open |= outcome.Verdict == Verdict.Clear ? aws ? AwsDelivered : AzureDelivered : (byte)0;
            open |= outcome.Exposed ? aws ? AwsExposed : AzureExposed : (byte)0;
        }, asked: asked);
        return open;
    }

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

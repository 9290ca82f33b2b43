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

    private readonly List<Network> _bases;
    private readonly Flows _flows;
    private readonly IReadOnlyList<ConfigChange> _changes;
    private readonly Dictionary<string, byte> _known = [];
    private readonly Dictionary<string, RoutingTables> _solved = [];
    private readonly int _transportChanges;

    public LockCounter(Network network, Protected prefixes)
    {
        var down = network.Without(Failures.AllTunnels(network).Ids) with { Assume = Undocumented.All };
        var vxcs = network.Mcrs.SelectMany(mcr => mcr.Interfaces).Select(i => i.VxcId).Distinct().ToList();
        _bases = [down];
        if (vxcs.Count > 2)
        {
            _bases.AddRange(vxcs.Select(vxc => down.Without(vxc)));
        }
        _flows = new(network, prefixes);
        _changes = ConfigChanges.Of(network, prefixes);
        while (_transportChanges < _changes.Count
            && !RoutingTables.SameTransport(down, _changes[_transportChanges].Apply(down)))
        {
            _transportChanges++;
        }
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
        var key = Key(set, set.Length);
        if (!_known.TryGetValue(key, out var open))
        {
            for (var start = 0; start < _bases.Count && open != All; start++)
            {
                open |= Judge(Solved(start, set));
            }
            _known[key] = open;
        }
        return open;
    }

    // Changes of the transport come first in the list. Sets that agree in those share its solution.
    private RoutingTables Solved(int start, bool[] set)
    {
        var key = $"{start} {Key(set, _transportChanges)}";
        if (!_solved.TryGetValue(key, out var tables))
        {
            _solved[key] = tables = RoutingTables.Solve(Changed(_bases[start], set, 0, _transportChanges));
        }
        var network = Changed(tables.Network, set, _transportChanges, set.Length);
        return ReferenceEquals(network, tables.Network) ? tables : tables.With(network);
    }

    private Network Changed(Network network, bool[] set, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            network = set[i] ? _changes[i].Apply(network) : network;
        }
        return network;
    }

    private static string Key(bool[] set, int length) => string.Create(length, set, (text, bits) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = bits[i] ? '1' : '0';
        }
    });

    private byte Judge(RoutingTables tables)
    {
        byte open = 0;
        _flows.Visit(tables, (direction, _, _, outcome) =>
        {
            var aws = direction == FlowDirection.AwsToAzure;
            open |= outcome.Verdict == Verdict.Clear ? aws ? AwsDelivered : AzureDelivered : (byte)0;
            open |= outcome.Exposed ? aws ? AwsExposed : AzureExposed : (byte)0;
        });
        return open;
    }
}

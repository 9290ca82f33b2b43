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
        var key = string.Create(set.Length, set, (text, bits) =>
        {
            for (var i = 0; i < bits.Length; i++)
            {
                text[i] = bits[i] ? '1' : '0';
            }
        });
        if (!_known.TryGetValue(key, out var open))
        {
            foreach (var start in _bases)
            {
                var network = start;
                for (var i = 0; i < set.Length; i++)
                {
                    network = set[i] ? _changes[i].Apply(network) : network;
                }
                open |= Judge(RoutingTables.Solve(network));
                if (open == All)
                {
                    break;
                }
            }
            _known[key] = open;
        }
        return open;
    }

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

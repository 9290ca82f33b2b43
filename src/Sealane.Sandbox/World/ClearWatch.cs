using Sealane.Core.Routing;

namespace Sealane.Sandbox.World;

/// <summary>
/// Asks after every single change of the world whether a packet between VPC and VNet would cross the transport outside
/// ESP, delivered at the far end or dropped there, and adds up for how long. Zero is the only good value.
/// </summary>
public sealed class ClearWatch
{
    private readonly SandboxWorld _world;
    private DateTimeOffset? _clearSince;
    private TimeSpan _total;

    public ClearWatch(SandboxWorld world)
    {
        _world = world;
        Look(world.Now);
        world.Changed += Look;
    }

    /// <summary>How long clear traffic was possible since the watch began.</summary>
    public TimeSpan Total => _total + (_clearSince is { } since ? _world.Now - since : TimeSpan.Zero);

    /// <summary>The first moment at which it was, for a message.</summary>
    public DateTimeOffset? FirstClear { get; private set; }

    private void Look(DateTimeOffset at)
    {
        var network = _world.Network;
        var vpcs = network.Vpcs.SelectMany(vpc => vpc.Prefixes).ToList();
        var vnets = network.Vnets.SelectMany(vnet => vnet.Prefixes).ToList();
        var clear = network.Tunnels.Length + network.Mcrs.Length > 0 && Proof.Judge(network, vpcs, vnets).Any(flow => flow.Verdict == Verdict.Clear || flow.Exposed);
        if (clear)
        {
            _clearSince ??= at;
            FirstClear ??= at;
        }
        else if (_clearSince is { } since)
        {
            _total += at - since;
            _clearSince = null;
        }
    }
}

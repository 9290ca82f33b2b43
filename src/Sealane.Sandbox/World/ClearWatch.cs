using System.Text.Json.Nodes;
using Sealane.Core.Routing;

namespace Sealane.Sandbox.World;

/// <summary>A time during which a packet between VPC and VNet could cross the transport outside ESP.</summary>
/// <param name="Until">The moment at which it was over, or that of the question while it lasts.</param>
public sealed record ClearWindow(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeSpan Length => Until - From;
}

/// <summary>How long clear traffic was possible since the world began: kept in its file, so that it counts from the
/// last known time to the next, also between commands.</summary>
public sealed class ClearTime
{
    /// <summary>Of windows that are closed.</summary>
    public TimeSpan Before { get; set; }

    /// <summary>Since when it is possible; null: it is not.</summary>
    public DateTimeOffset? Since { get; set; }

    public TimeSpan Total(DateTimeOffset now) => Before + (Since is { } since ? now - since : TimeSpan.Zero);

    internal void Look(DateTimeOffset at, bool clear)
    {
        if (clear)
        {
            Since ??= at;
        }
        else if (Since is { } since)
        {
            Before += at - since;
            Since = null;
        }
    }
}

/// <summary>
/// Asks after every single change of the world whether a packet between VPC and VNet would cross the transport outside
/// ESP, delivered at the far end or dropped there, and keeps from when to when. No window at all is the only good
/// answer.
/// </summary>
public sealed class ClearWatch
{
    private readonly SandboxWorld _world;
    private readonly List<ClearWindow> _closed = [];
    private DateTimeOffset? _clearSince;
    private RoutingTables? _judged;
    private bool _clear;
    private TimeSpan _down;
    private DateTimeOffset? _downSince;
    private bool _carries;
    private bool _carried;

    public ClearWatch(SandboxWorld world)
    {
        _world = world;
        Look(world.Now);
        world.Changed += Look;
    }

    /// <summary>In the order of their time.</summary>
    public IReadOnlyList<ClearWindow> Windows =>
        _clearSince is { } since ? [.. _closed, new(since, _world.Now)] : [.. _closed];

    /// <summary>How long not all packets arrived, once they had, since the watch began.</summary>
    public TimeSpan Outage => _down + (_downSince is { } since ? _world.Now - since : TimeSpan.Zero);

    /// <summary>How long clear traffic was possible since the watch began.</summary>
    public TimeSpan Total => TimeSpan.FromTicks(Windows.Sum(window => window.Length.Ticks));

    /// <summary>World time now, since when clear traffic is possible, and how long it was since the world
    /// began.</summary>
    public JsonObject ToJson() => new()
    {
        ["now"] = _world.Now,
        ["clearSince"] = _world.Clear.Since,
        ["clearSeconds"] = _world.Clear.Total(_world.Now).TotalSeconds,
    };

    private void Look(DateTimeOffset at)
    {
        if (_judged != _world.Tables)
        {
            _judged = _world.Tables;
            var flows = Flows(_judged);
            _clear = flows.Any(flow => flow.Verdict == Verdict.Clear || flow.Exposed);
            _carries = flows.Count > 0 && flows.All(flow => flow.Verdict < Verdict.Down);
        }
        LookForOutage(at, _carries);
        _world.Clear.Look(at, _clear);
        if (_clear)
        {
            _clearSince ??= at;
        }
        else if (_clearSince is { } since)
        {
            _closed.Add(new(since, at));
            _clearSince = null;
        }
    }

    private static IReadOnlyList<Flow> Flows(RoutingTables tables)
    {
        var network = tables.Network;
        return network.Tunnels.Length + network.Mcrs.Length == 0 ? []
            : Proof.Judge(tables, [.. network.Vpcs.SelectMany(vpc => vpc.Prefixes)],
                [.. network.Vnets.SelectMany(vnet => vnet.Prefixes)]);
    }

    private void LookForOutage(DateTimeOffset at, bool carries)
    {
        if (carries && _downSince is { } since)
        {
            _down += at - since;
            _downSince = null;
        }
        else if (!carries && _carried)
        {
            _downSince ??= at;
        }
        _carried |= carries;
    }
}

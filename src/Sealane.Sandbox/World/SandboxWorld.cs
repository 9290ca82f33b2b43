using System.Security.Cryptography;
using System.Text;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World.Net;

namespace Sealane.Sandbox.World;

/// <summary>
/// One reality that the three simulated clouds share: what exists in each, one time, one chance. Nothing happens
/// between
/// requests; <see cref="Advance"/> lets all that is due happen in the order of its time.
/// </summary>
public sealed class SandboxWorld
{
    private readonly TimeProvider _clock;
    private readonly long _clockStart;
    private readonly DateTimeOffset _bornAt;
    private readonly NetworkView _view;
    private bool _settling;

    /// <summary>Nothing is due before this moment; what was looked through once is not looked through at each
    /// call.</summary>
    private DateTimeOffset _soonest = DateTimeOffset.MinValue;

    public SandboxWorld(TimeProvider clock, long seed, DateTimeOffset now, AwsState aws, AzureState azure,
        MegaportState megaport,
        SessionState? sessions = null, ClearTime? clear = null)
    {
        _clock = clock;
        _clockStart = clock.GetTimestamp();
        _bornAt = now;
        Seed = seed;
        Now = now;
        Aws = aws;
        Azure = azure;
        Megaport = megaport;
        Sessions = sessions ?? new();
        Clear = clear ?? new();
        _view = new(this);
    }

    /// <summary>All requests of all clouds are answered one after the other.</summary>
    public Lock Gate { get; } = new();
    public long Seed { get; }
    public AwsState Aws { get; }
    public AzureState Azure { get; }
    public MegaportState Megaport { get; }

    /// <summary>BGP sessions and IPsec tunnels: up, down or on their way.</summary>
    public SessionState Sessions { get; }

    /// <summary>Rules of routing that these clouds do not keep, though the model expects them to.</summary>
    internal Core.Routing.RoutingRules Ignore { get; set; }

    /// <summary>How long clear traffic was possible, as far as a <see cref="ClearWatch"/> looked.</summary>
    public ClearTime Clear { get; }

    /// <summary>Sessions, tunnels and routes that follow from what is configured.</summary>
    public INetworkView Net => _view;

    /// <summary>The same configuration as boxes of the routing model.</summary>
    public Core.Routing.Network Network => Tables.Network;

    /// <summary>What follows from it; the same object for as long as nothing changes that routing sees.</summary>
    public Core.Routing.RoutingTables Tables => _view.Tables;

    /// <summary>World time; moves only in <see cref="Advance"/>.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Counts the changes of configuration; what follows from time alone counts as well.</summary>
    public long Version { get; private set; }

    /// <summary>Told after every change of the world, at the world time of the change.</summary>
    public event Action<DateTimeOffset>? Changed;

    private IEnumerable<ICloudState> Clouds => [Aws, Azure, Megaport, Sessions];

    /// <summary>Lets everything happen that is due by now.</summary>
    public void Advance()
    {
        var now = _bornAt + _clock.GetElapsedTime(_clockStart);
        while (_soonest <= now && NextDue(now) is var (cloud, entity, transition))
        {
            entity.Coming.Remove(transition);
            Now = transition.At > Now ? transition.At : Now;
            if (transition.State == Transition.Gone)
            {
                cloud.Remove(entity);
            }
            else
            {
                entity.State = transition.State;
                entity.ChangedAt = Now;
                cloud.Reached(this, entity, transition.State);
            }
            if (entity.AnswersOnly)
            {
                Changed?.Invoke(Now);
            }
            else
            {
                Touch();
            }
        }
        Now = now > Now ? now : Now;
    }

    /// <summary>To be called after every change of configuration: sessions, tunnels and routes follow from
    /// it.</summary>
    public void Touch()
    {
        if (_settling)
        {
            return;
        }
        Version++;
        _settling = true;
        try
        {
            Net.Settle();
        }
        finally
        {
            _settling = false;
        }
        Changed?.Invoke(Now);
    }

    /// <summary>Waits on the world's clock.</summary>
    internal Task Wait(TimeSpan time, CancellationToken ct) => Task.Delay(time, _clock, ct);

    /// <summary>The entity enters a state now; what was to come is forgotten.</summary>
    public void Enter(Entity entity, string state)
    {
        entity.Coming.Clear();
        entity.State = state;
        entity.ChangedAt = Now;
    }

    /// <summary>The entity will enter a state after a while, counted from the last transition already
    /// planned.</summary>
    public void Then(Entity entity, TimeSpan delay, string state)
    {
        var at = (entity.Coming.Count > 0 ? entity.Coming[^1].At : Now) + delay;
        entity.Coming.Add(new(at, state));
        _soonest = at < _soonest ? at : _soonest;
    }

    /// <summary>How long this takes for this object in this world: the same for the same seed and key.</summary>
    public TimeSpan Take(Duration duration, string key)
    {
        var share = Chance($"{duration.Name}/{key}");
        return duration.Least + TimeSpan.FromTicks((long)((duration.Most - duration.Least).Ticks * share));
    }

    /// <summary>A number in [0, 1) that depends on the seed and the key alone.</summary>
    public double Chance(string key) => (BitConverter.ToUInt64(Hash(key)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Lower-case hexadecimal digits that depend on the seed and the key alone; ids are made of
    /// them.</summary>
    public string Hex(string key, int digits) => Convert.ToHexStringLower(Hash(key))[..digits];

    /// <summary>Lower-case letters and digits, for ids such as <c>dxcon-fgabcd12</c>.</summary>
    public string Alphanumeric(string key, int length) =>
        string.Concat(Hash(key).Take(length).Select(b => "abcdefghijklmnopqrstuvwxyz0123456789"[b % 36]));

    public string Uuid(string key) => Uuids.Of(Hash(key));

    private byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}:{key}"));

    private (ICloudState Cloud, Entity Entity, Transition Transition)? NextDue(DateTimeOffset now)
    {
        (ICloudState, Entity, Transition)? next = null;
        _soonest = DateTimeOffset.MaxValue;
        foreach (var cloud in Clouds)
        {
            foreach (var entity in cloud.Entities)
            {
                if (entity.Coming is [var transition, ..] && transition.At < _soonest)
                {
                    (next, _soonest) = ((cloud, entity, transition), transition.At);
                }
            }
        }
        return _soonest <= now ? next : null;
    }
}

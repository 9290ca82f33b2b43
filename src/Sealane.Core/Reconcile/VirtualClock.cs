namespace Sealane.Core.Reconcile;

/// <summary>
/// Time that jumps: when every participant of a run waits, the clock moves to the earliest timer and fires that one
/// alone. So an hour takes a second, participants take turns in an order that depends on nothing but their waits, and a
/// run repeats exactly. A participant is a piece of sequential work that waits on this clock and on nothing else.
/// </summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _ticks = start.UtcTicks;
    private long _order;
    private int _participants;
    private int _waiting;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>Counts the caller as a participant of a virtual run; does nothing on a real clock.</summary>
    public static IDisposable? Enter(TimeProvider clock) => (clock as VirtualClock)?.Enter();

    public IDisposable Enter()
    {
        lock (_gate)
        {
            _participants++;
        }
        return new Participant(this);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Pump()
    {
        VirtualTimer? due = null;
        lock (_gate)
        {
            while (_participants > 0 && _waiting >= _participants && _timers.TryDequeue(out var timer, out var key))
            {
                if (timer.Key != key)
                {
                    continue;
                }
                Interlocked.Exchange(ref _ticks, Math.Max(key.Due, _ticks));
                timer.Key = null;
                _waiting--;
                due = timer;
                break;
            }
        }
        due?.Fire();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _participants--;
        }
        Pump();
    }

    private sealed class Participant(VirtualClock clock) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                clock.Leave();
            }
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public (long Due, long Order)? Key { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Disarm();
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    var key = (clock._ticks + Math.Max(dueTime.Ticks, 0), clock._order++);
                    Key = key;
                    clock._timers.Enqueue(this, key);
                    clock._waiting++;
                }
            }
            clock.Pump();
            return true;
        }

        public void Fire() => ThreadPool.UnsafeQueueUserWorkItem(static t => t.Run(), this, preferLocal: false);

        private void Run() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                Disarm();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Disarm()
        {
            if (Key is not null)
            {
                Key = null;
                clock._waiting--;
            }
        }
    }
}

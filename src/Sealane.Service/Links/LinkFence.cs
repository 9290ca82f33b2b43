using Sealane.Core.Reconcile;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>A call that would change a cloud was held back.</summary>
internal sealed class NotSent(string why, Exception? inner = null)
    : HttpRequestException($"nothing was sent: {why}", inner);

/// <summary>
/// The right to write to a link as its keeper has it. The records grant it, together with each order that is written
/// down, for <see cref="Lasts"/>; what changes a cloud leaves within that time or not at all. Whoever takes it from a
/// writer that did not give it back waits for as long before he changes anything, and then for the cloud's lag: so
/// nothing of the one before can arrive unseen.
/// </summary>
/// <remarks>Both count on their own clocks and compare no dates. A process that was stopped sees on waking how long
/// that was, unless it is stopped between the last question and the network.</remarks>
internal sealed class LinkFence : IOneWriter, IDisposable
{
    /// <summary>Longer than a request waits for its connection on a good day, and short beside a cloud's lag.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(5);

    private readonly Store _store;
    private readonly TimeProvider _clock;
    private readonly Fence _fence;
    private readonly bool _wasHeld;
    private readonly long _taken;
    private readonly Lock _gate = new();
    private (long Tick, DateTimeOffset Date) _granted;

    /// <param name="store">Asked at once; what is at work waits for a database that is away.</param>
    public LinkFence(Store store, string link, string holder, string? owner, TimeProvider clock)
    {
        (_store, Owner, _clock) = (store.Patient, owner, clock);
        var asked = Now();
        (_fence, _wasHeld) = store.TakeFence(link, holder, asked.Date);
        _taken = clock.GetTimestamp();
        _granted = asked;
    }

    public string? Owner { get; }
    public Fence Held => _fence;

    /// <summary>For who writes under it.</summary>
    public Store Records => _store;

    /// <summary>What is at work; stopped when the records cannot be reached.</summary>
    public CancellationTokenSource? Work { get; set; }

    /// <summary>Why it was stopped: the work goes on once the records can be reached.</summary>
    public RecordsDown? Down { get; private set; }

    public IJournal Journal() => new Intended(this);

    public HttpMessageHandler Guard(HttpMessageHandler far) => new OrderGuard(far, this);

    /// <summary>Until nothing of the writer before can leave any more.</summary>
    public Task Alone(CancellationToken ct)
    {
        var left = _wasHeld ? Lasts - _clock.GetElapsedTime(_taken) : TimeSpan.Zero;
        return left > TimeSpan.Zero ? Task.Delay(left, _clock, ct) : Task.CompletedTask;
    }

    /// <summary>Asks the records anew where half the time is over.</summary>
    /// <exception cref="NotSent">It may not go out.</exception>
    public void RequireToSend()
    {
        if (Left < Lasts / 2)
        {
            Granted(_ => _store.Confirm(_fence));
        }
        RequireStill();
    }

    /// <exception cref="NotSent">It may not go out.</exception>
    public void RequireStill()
    {
        if (_fence.Lost.IsCancellationRequested || Left <= TimeSpan.Zero)
        {
            throw new NotSent($"the right to write to {_fence.Link} is over");
        }
    }

    /// <summary>The records could not be reached for long: the run stops in order and goes on later.</summary>
    public void Stop(RecordsDown why)
    {
        Down = why;
        Work?.Cancel();
    }

    /// <summary>Begins a piece of work, which begins with no trouble.</summary>
    public void Begin(CancellationTokenSource work) => (Work, Down) = (work, null);

    /// <summary>Nothing of this writer is on its way any more: the next one need not wait for that.</summary>
    public void GiveBack()
    {
        try
        {
            _store.GiveBack(_fence);
        }
        catch (RecordsDown)
        {
            // Then it waits.
        }
    }

    public void Dispose() => _fence.Dispose();

    /// <summary>By the clock that shows more: one stands still while a machine sleeps, the other can be set.</summary>
    private TimeSpan Left
    {
        get
        {
            lock (_gate)
            {
                var (ticks, dates) = (_clock.GetElapsedTime(_granted.Tick), Now().Date - _granted.Date);
                return Lasts - (ticks > dates ? ticks : dates);
            }
        }
    }

    private (long Tick, DateTimeOffset Date) Now() => (_clock.GetTimestamp(), _clock.GetUtcNow());

    /// <summary>What the records grant counts from before they were asked.</summary>
    /// <exception cref="NotSent">They refused it, or could not be asked.</exception>
    private void Granted(Action<DateTimeOffset> ask)
    {
        var asked = Now();
        try
        {
            ask(asked.Date);
        }
        catch (RecordsDown down)
        {
            Stop(down);
            throw new NotSent(down.Message, down);
        }
        catch (FenceLost lost)
        {
            throw new NotSent(lost.Message, lost);
        }
        lock (_gate)
        {
            _granted = asked.Tick > _granted.Tick ? asked : _granted;
        }
    }

    /// <summary>The journal of a session in the records.</summary>
    private sealed class Intended(LinkFence of) : IJournal
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, DateTimeOffset> _open = of._store.Intents(of._fence.Link)
            .ToDictionary(intent => intent.Id, intent => intent.At, StringComparer.Ordinal);

        public IReadOnlyDictionary<string, DateTimeOffset> Open
        {
            get
            {
                lock (_gate)
                {
                    return _open.ToDictionary(StringComparer.Ordinal);
                }
            }
        }

        public void Begin(string id, StepAction action, DateTimeOffset at)
        {
            try
            {
                of.Granted(asked => of._store.Intend(of._fence, id, action.ToString(), at, asked + Lasts));
            }
            catch (NotSent refused)
            {
                throw new OperationCanceledException(refused.Message, refused);
            }
            lock (_gate)
            {
                _open[id] = at;
            }
        }

        public void End(string id, DateTimeOffset at)
        {
            lock (_gate)
            {
                if (!_open.ContainsKey(id))
                {
                    return;
                }
            }
            try
            {
                of._store.Fulfilled(of._fence, id);
            }
            catch (RecordsDown down)
            {
                // An intent that stays open costs the next run a second look, and nothing else.
                of.Stop(down);
                return;
            }
            catch (FenceLost)
            {
                return;
            }
            lock (_gate)
            {
                _open.Remove(id);
            }
        }
    }
}

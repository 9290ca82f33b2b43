using System.Text.Json;
using Sealane.Cli.Output;
using Sealane.Cli.Watch;
using Sealane.Core;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>
/// The work of a link's grain, off its thread: the watch without end, and one run after the other. A look and a run of
/// one link are told apart by their sessions; two runs never are at work at once.
/// </summary>
internal sealed class LinkKeeper : IAsyncDisposable
{
    private static readonly WatchEnd Endless = new([], null, false);

    private readonly Keeping _keeping;
    private readonly LinkFence _fence;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _end;
    private CancellationTokenSource _look;
    private readonly Task _watch;
    private int _looks;

    // What could not be written down while the records were away.
    private readonly List<WatchEvent> _untold = [];
    private Task _run = Task.CompletedTask;
    private bool _waits;
    private (long Id, CancellationTokenSource Stop)? _current;

    public LinkKeeper(Keeping keeping, SpecRow spec, ILogger log)
    {
        (_keeping, _log) = (keeping, log);
        _fence = new(keeping.Store, spec.Link, keeping.Holder, keeping.Owner, TimeProvider.System);
        Link = new(keeping.Options, keeping.Folder, _fence, spec, keeping.Accounts,
            seen => keeping.Store.Seen(_fence.Held, seen));
        State = Remembered();
        _end = CancellationTokenSource.CreateLinkedTokenSource(keeping.Stopping, _fence.Held.Lost);
        _look = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        _watch = Task.Run(Watch);
    }

    public FleetLink Link { get; }
    public WatchState State { get; }
    public long Version => Link.Version;

    /// <summary>Another one keeps the link; this one does nothing any more.</summary>
    public bool IsOver => _end.IsCancellationRequested;

    private Store Store => _keeping.Patient;
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Works off what the records ask for, after what is at work now: it may have read them already.</summary>
    public void GoOn()
    {
        lock (_gate)
        {
            if (!_waits && !_end.IsCancellationRequested)
            {
                (_waits, _run) = (true, After(_run));
            }
        }
    }

    /// <summary>Ends the wait of the watch, which begins anew with all evidence.</summary>
    public void LookNow()
    {
        lock (_gate)
        {
            if (!_end.IsCancellationRequested)
            {
                _look.Cancel();
            }
        }
    }

    public void Stop(long run)
    {
        lock (_gate)
        {
            if (_current is { } current && current.Id == run)
            {
                current.Stop.Cancel();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _keeping.End(this);
        await _end.CancelAsync().ConfigureAwait(false);
        Task run;
        lock (_gate)
        {
            run = _run;
        }
        await Task.WhenAll(_watch, run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _fence.GiveBack();
        Link.Dispose();
        _look.Dispose();
        _end.Dispose();
        _fence.Dispose();
    }

    private async Task Watch()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await new Watcher(Link, _keeping.Options.Pace, Endless, new(HashCode.Combine(Link.Name)), Told, State,
                    () => Told([])).Run(_look.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_look.IsCancellationRequested)
            {
                lock (_gate)
                {
                    _look.Dispose();
                    _look = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
                }
            }
            catch (FenceLost)
            {
                Log.Taken(_log, Link.Name);
            }
            catch (Exception error)
            {
                Log.WatchEnded(_log, Link.Name, error);
                await Task.Delay(_keeping.Options.Pace.Bulk, _end.Token).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private WatchState Remembered()
    {
        var (name, limit) = (Link.Name, _keeping.Options.Pace.Stale);
        return _keeping.Store.Memory(name) is { } kept && JsonSerializer.Deserialize<WatchMemory>(kept) is { } memory
            ? WatchState.Resume(name, limit, Now, memory) : new(name, limit, Now);
    }

    /// <summary>Writes down what is known after each look, with what has changed by it.</summary>
    private void Told(IReadOnlyList<WatchEvent> changes)
    {
        var looks = State.Figures.Full + State.Figures.Failed;
        _untold.AddRange(changes);
        _keeping.Store.Looked(_fence.Held, State.Verdict, State.Figures.EvidenceFrom,
            JsonSerializer.Serialize(State.Memory), Now, looks - _looks,
            [.. _untold.Select(change => HistoryRow.Of(Link.Name, change))]);
        _looks = looks;
        _untold.Clear();
        foreach (var change in changes)
        {
            Log.Changed(_log, Link.Name, Plain.Line(change.Id), Plain.Line(change.Was ?? ""),
                Plain.Line(change.Is ?? "no more"));
        }
        _keeping.Bell.Ring();
        MendByPolicy();
    }

    /// <summary>What differs is put right where the policy says so; a run for it that is open or that brought nothing
    /// a while ago is enough.</summary>
    private void MendByPolicy()
    {
        if (State.Figures.Bulk is not { } bulk || Store.Link(Link.Name)?.Policy != Policies.Repair
            || bulk.Objects.Values.All(look => look.Differences.Count == 0))
        {
            return;
        }
        var last = Store.Runs(Link.Name, 20).FirstOrDefault(run => run.Kind == "repair");
        if (Store.OpenRuns(Link.Name).Count > 0 || (last is { State: not RunStates.Done, EndedAt: { } at }
            && Now - at < _keeping.Options.Pace.Full))
        {
            return;
        }
        _keeping.Store.AskRun(Link.Name, "repair", Version, "policy", null, Now);
        GoOn();
    }

    private async Task After(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            _waits = false;
        }
        await WorkOff().ConfigureAwait(false);
    }

    private async Task WorkOff()
    {
        while (!_end.IsCancellationRequested && Next() is { } run)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
            lock (_gate)
            {
                _current = (run.Id, stop);
            }
            _fence.Begin(stop);
            try
            {
                await (run.State != RunStates.Asked ? CarryOut(run, stop.Token)
                    : LinkBundle.Kinds.Contains(run.Kind) ? MakeBundle(run, stop.Token) : PlanIt(run, stop.Token))
                    .ConfigureAwait(false);
            }
            catch (Exception error) when (IsForOthers || error is FenceLost or RecordsDown)
            {
                // The process ends, another silo has the link, or the database is away: the records say where to go on.
                Log.LeftOff(_log, run.Id, Link.Name, error.Message);
                return;
            }
            catch (Exception error)
            {
                End(run, Ended.By(error, broken => Log.RunBroke(_log, run.Id, Link.Name, broken)));
            }
            finally
            {
                lock (_gate)
                {
                    _current = null;
                }
                _keeping.Bell.Ring();
            }
        }
    }

    private bool IsForOthers => _end.IsCancellationRequested || _fence.Down is not null;

    /// <summary>What was begun before what was agreed to, and that before questions.</summary>
    private RunRow? Next()
    {
        var open = Store.OpenRuns(Link.Name);
        return open.FirstOrDefault(run => run.State == RunStates.Running)
            ?? open.FirstOrDefault(run => run.State == RunStates.Approved)
            ?? open.FirstOrDefault(run => run.State == RunStates.Asked);
    }

    private async Task PlanIt(RunRow run, CancellationToken ct)
    {
        var planned = await LinkWork.Plan(Link, run.Kind, ct).ConfigureAwait(false);
        if (planned.Plan is null)
        {
            End(run, new(RunStates.Refused, planned.Said));
        }
        else if (planned.IsEmpty || run.Kind == "plan")
        {
            Store.KeepPlan(_fence.Held, run.Id, planned.Plan);
            End(run, new(RunStates.Done, planned.IsEmpty ? "nothing is to be done" : planned.Said));
        }
        else if (Store.Planned(_fence.Held, run.Id, planned.Plan, planned.Consent, planned.Said))
        {
            Log.RunIs(_log, run.Id, Link.Name, run.Kind, RunStates.Waiting, planned.Said);
            if (run.Kind == "repair" && planned.IsHarmless && Store.ApproveRun(run.Id, "policy", Now))
            {
                Store.Audit("policy", "approve", Link.Name, $"run {run.Id}: {run.Kind}", Now);
            }
        }
    }

    /// <summary>It changes nothing, so nobody approves it; one that was cut short is made again.</summary>
    private async Task MakeBundle(RunRow run, CancellationToken ct) => End(run, await LinkBundle.Make(Link, run.Kind,
        files => Store.KeepBundle(_fence.Held, run.Id, files.ToJsonString(Json.Line)), ct).ConfigureAwait(false));

    private async Task CarryOut(RunRow run, CancellationToken ct)
    {
        if (run.Version != Version)
        {
            End(run, new(RunStates.Refused, $"it was agreed to with version {run.Version} of the spec, and now it is "
                + $"{Version}"));
            return;
        }
        var begun = run.State == RunStates.Running;
        if (!begun && !Store.BeginRun(_fence.Held, run.Id))
        {
            return;
        }
        Store.Audit("service", begun ? "go on" : "begin", Link.Name, $"run {run.Id}: {run.Kind}", Now);
        _keeping.Bell.Ring();
        var ended = await LinkWork.CarryOut(Link, run, begun, new RunEvents(Store, _fence, run.Id, _keeping.Bell), ct)
            .ConfigureAwait(false);
        if (IsForOthers && ended.State != RunStates.Done)
        {
            Log.LeftOff(_log, run.Id, Link.Name, ended.Said);
            return;
        }
        End(run, ended);
        LookNow();
    }

    private void End(RunRow run, Ended ended)
    {
        var said = Plain.Lines(ended.Said);
        if (Store.EndRun(_fence.Held, run.Id, ended.State, said, ended.Result?.ToJsonString(Json.Line), Now))
        {
            Store.Audit("service", "end", Link.Name, $"run {run.Id}: {run.Kind} is {ended.State}", Now);
            Log.RunIs(_log, run.Id, Link.Name, run.Kind, ended.State, said);
        }
    }
}

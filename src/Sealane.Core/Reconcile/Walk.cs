using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Sealane.Core.Reconcile;

/// <summary>One run over the graph.</summary>
/// <param name="slack">How much later than planned each may be ready without the run ending later; none where nobody
/// has planned.</param>
internal sealed class Walk(
    ResourceGraph graph, TimeProvider clock, IJournal journal, IEventSink events, Known known,
    Orders orders, IReadOnlyDictionary<string, TimeSpan>? slack = null)
{
    private readonly Stepper _stepper = Stepper.For(
        clock, journal, events, known, orders, slack ?? FrozenDictionary<string, TimeSpan>.Empty);
    private readonly ConcurrentDictionary<string, StepAction> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StepFailed> _failures = new();
    private readonly ConcurrentQueue<TurnTaken> _turns = new();
    private readonly long _start = clock.GetTimestamp();

    public async Task<RunReport> Apply(Plan plan, CancellationToken stop)
    {
        if (plan.Steps.All(step => step.Action != StepAction.Replace))
        {
            await Run(Turns(graph.Resources, graph.Before, Step), stop).ConfigureAwait(false);
            return Report(0, stop);
        }
        Known found;
        using (VirtualClock.Enter(clock))
        {
            found = await Survey.Take(graph, stop).ConfigureAwait(false);
        }
        var first = new Replacement(plan, found);
        var (going, coming) = (With(found), With(found));
        await Run(
        [
            .. first.Withdrawing.Select(resource => new Turn(going, Led(resource.Id), resource, [],
                going._stepper.Apply)),
            .. first.Leaving.Select(resource => new Turn(going, Gone(resource.Id), resource,
                first.Withdrawing.Select(other => Led(other.Id)).Concat(first.BeforeLeaving(resource.Id).Select(Gone)),
                going.Leave)),
            .. graph.Resources.Where(resource => first.AtOnce.Contains(resource.Id)).Select(resource => new Turn(
                coming, Back(resource.Id), resource,
                first.Leaving.Select(other => Gone(other.Id)).Concat(graph.Before(resource.Id).Select(Back)),
                coming.Again)),
            .. graph.Resources.Where(resource => !first.IsOver(resource.Id)).Select(resource => new Turn(
                this, resource.Id, resource, graph.Before(resource.Id).Concat(first.Awaits(resource.Id)
                    .Select(other => other.Back ? Back(other.Id) : Gone(other.Id))), Step)),
        ], stop).ConfigureAwait(false);
        foreach (var id in coming._done.Where(entry => entry.Value == StepAction.Create).Select(entry => entry.Key))
        {
            _done[id] = StepAction.Create;
        }
        foreach (var failure in going._failures.Concat(coming._failures))
        {
            _failures.Enqueue(failure);
        }
        return Report(going._done.Values.Count(action => action == StepAction.Delete), stop);

        static string Led(string id) => $"{id}, led away from";
        static string Gone(string id) => $"{id}, gone";
        static string Back(string id) => $"{id}, made again";
    }

    private Walk With(Known seen) => new(graph, clock, journal, events, seen, orders);

    private async Task<StepAction> Leave(Resource resource, CancellationToken stop)
    {
        var action = await Delete(resource, stop).ConfigureAwait(false);
        known.Set(resource.Id, null);
        return action;
    }

    /// <summary>Whatever was seen of it is no more: it may have gone with what it stood on.</summary>
    private Task<StepAction> Again(Resource resource, CancellationToken stop)
    {
        known.Set(resource.Id, null);
        return _stepper.Apply(resource, stop);
    }

    public async Task<RunReport> Destroy(CancellationToken stop)
    {
        var ours = graph.Resources
            .Where(resource => Survey.ToDelete(resource, known)).Reverse().ToList();
        var held = HeldByDoubts();
        var used = graph.Resources.Where(resource => resource.UsedId is not null && known[resource.Id] is not null)
            .Select(resource => resource.Id).ToList();
        foreach (var resource in ours)
        {
            var because = held.TryGetValue(resource.Id, out var doubtful)
                ? $"{doubtful} is built on it, and cannot be told to be ours"
                : used.Find(graph.BuiltOn(resource.Id).Contains) is { } standing
                ? $"{standing} is built on it, and is used: it stays" : null;
            if (because is not null)
            {
                held[resource.Id] = because;
                events.Emit(new StepSkipped(clock.GetUtcNow(), resource.Id, because));
            }
        }
        ours.RemoveAll(resource => held.ContainsKey(resource.Id));
        await Run(Turns(ours, graph.AllBehind, Delete), stop).ConfigureAwait(false);
        if (_failures.IsEmpty && !stop.IsCancellationRequested)
        {
            // What the vendor removes by itself must be seen to be gone before anybody says so.
            var following = graph.Resources
                .Where(resource => resource.IsMade && resource.GoesWithItsNeeds && resource.Billed
                    && known[resource.Id] is not null).ToList();
            await Run(Turns(following, _ => [], _stepper.AwaitAbsence), stop).ConfigureAwait(false);
        }
        return Report(0, stop);
    }

    /// <summary>The plan holds nothing to do: the survey that it was made from was the look to take.</summary>
    public RunReport Keep()
    {
        foreach (var resource in graph.Resources)
        {
            _done[resource.Id] = StepAction.Keep;
            events.Emit(new StepDone(clock.GetUtcNow(), resource.Id, StepAction.Keep, TimeSpan.Zero, null,
                known[resource.Id]!.View));
        }
        return Report(0, CancellationToken.None);
    }

    private Task<StepAction> Step(Resource resource, CancellationToken stop) =>
        !resource.Retires ? _stepper.Apply(resource, stop)
        : resource.GoesWithItsNeeds ? _stepper.AwaitAbsence(resource, stop) : Delete(resource, stop);

    private Task<StepAction> Delete(Resource resource, CancellationToken stop) => _stepper.Delete(
        resource, Users(resource).Any(_done.ContainsKey) ? resource.HeldAfterwards : TimeSpan.Zero, stop);

    /// <summary>What is deleted before it.</summary>
    private IEnumerable<string> Users(Resource resource) => resource is not Retired retired
        ? graph.AllBehind(resource.Id)
        : retired.After.Select(other => other.Id).Where(id => graph[id].Retires).Concat(retired.Under);

    /// <summary>What a doubtful object is built on: the clouds would refuse to delete it, after minutes of trying. AWS
    /// and Azure know nothing of one another; Megaport stands on both.</summary>
    private Dictionary<string, string> HeldByDoubts()
    {
        var held = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (doubtful, why) in known.Doubts)
        {
            Fail(new(clock.GetUtcNow(), doubtful, why.Describe(), why));
            var cloud = graph[doubtful].Cloud;
            foreach (var resource in graph.Resources.Where(resource => graph.BuiltOn(resource.Id).Contains(doubtful)
                && (resource.Cloud == cloud || Cloud.Megaport == cloud || resource.Cloud == Cloud.Megaport)))
            {
                held.TryAdd(resource.Id, doubtful);
            }
        }
        return held;
    }

    private RunReport Report(int deletedBefore, CancellationToken stop) => new(
        !_failures.IsEmpty ? RunResult.Failed : stop.IsCancellationRequested ? RunResult.Interrupted : RunResult.Done,
        _done.Values.Count(action => action == StepAction.Create),
        _done.Values.Count(action => action == StepAction.Update),
        _done.Values.Count(action => action is StepAction.Keep or StepAction.Wait),
        deletedBefore + _done.Values.Count(action => action == StepAction.Delete),
        clock.GetElapsedTime(_start),
        [.. _failures],
        known)
    {
        Turns = [.. _turns],
    };

    private IReadOnlyList<Turn> Turns(IEnumerable<Resource> resources, Func<string, IEnumerable<string>> before,
        Func<Resource, CancellationToken, Task<StepAction>> step) =>
        [.. resources.Select(resource => new Turn(this, resource.Id, resource, before(resource.Id), step))];

    /// <summary>Gives each its turn when all of what is before it and takes part is done.</summary>
    private async Task Run(IReadOnlyList<Turn> turns, CancellationToken stop)
    {
        var gate = new Lock();
        var keys = turns.Select(turn => turn.Key).ToHashSet(StringComparer.Ordinal);
        var waits = turns.ToDictionary(turn => turn.Key,
            turn => turn.Before.Where(keys.Contains).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var open = waits.ToDictionary(entry => entry.Key, entry => entry.Value.ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        var running = 0;
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        void StartReady()
        {
            foreach (var turn in turns.Where(turn => open.TryGetValue(turn.Key, out var left) && left.Count == 0)
                .ToList())
            {
                open.Remove(turn.Key);
                running++;
                _ = RunOne(turn, VirtualClock.Enter(clock));
            }
            if (running == 0)
            {
                finished.TrySetResult();
            }
        }

        async Task RunOne(Turn turn, IDisposable? participant)
        {
            using var leave = participant;
            // Takes its place in the queue of a virtual clock, so that steps that become ready together take turns.
            await Task.Delay(TimeSpan.FromMilliseconds(1), clock, CancellationToken.None).ConfigureAwait(false);
            bool success;
            var began = clock.GetUtcNow();
            try
            {
                success = await turn.Walk.Try(turn.Resource, turn.Step, stop).ConfigureAwait(false);
            }
            catch (Exception broken)
            {
                // Not a refusal but a mistake of ours: the run ends with it instead of waiting for ever.
                finished.TrySetException(broken);
                throw;
            }
            lock (gate)
            {
                running--;
                if (success)
                {
                    _turns.Enqueue(new(turn.Key, turn.Resource.Id, waits[turn.Key], began, clock.GetUtcNow()));
                    foreach (var left in open.Values)
                    {
                        left.Remove(turn.Key);
                    }
                }
                StartReady();
            }
        }

        using (VirtualClock.Enter(clock))
        {
            lock (gate)
            {
                StartReady();
            }
        }
        await finished.Task.ConfigureAwait(false);
        foreach (var turn in turns.Where(turn => open.ContainsKey(turn.Key)))
        {
            events.Emit(new StepSkipped(clock.GetUtcNow(), turn.Resource.Id,
                stop.IsCancellationRequested ? "the run was stopped"
                    : $"waits for {string.Join(", ", open[turn.Key])}"));
        }
    }

    private async Task<bool> Try(Resource resource, Func<Resource, CancellationToken, Task<StepAction>> step,
        CancellationToken stop)
    {
        try
        {
            stop.ThrowIfCancellationRequested();
            _done[resource.Id] = await step(resource, stop).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            events.Emit(new StepSkipped(clock.GetUtcNow(), resource.Id, "the run was stopped"));
        }
        catch (StepHeldBack held)
        {
            events.Emit(new StepSkipped(clock.GetUtcNow(), resource.Id, held.Message));
        }
        catch (CloudError error)
        {
            Fail(new(clock.GetUtcNow(), resource.Id, error.Describe(), error));
        }
        catch (StepRefused refused)
        {
            Fail(new(clock.GetUtcNow(), resource.Id, refused.Message, null));
        }
        return false;
    }

    private void Fail(StepFailed failure)
    {
        _failures.Enqueue(failure);
        orders.Note(failure);
        events.Emit(failure);
    }
}

/// <summary>A step of a run.</summary>
/// <param name="Walk">Which keeps what was done and what was refused.</param>
/// <param name="Key">One resource can have several turns: to go, to be made again, to be looked at.</param>
/// <param name="Before">The keys of what must be done first.</param>
internal sealed record Turn(
    Walk Walk, string Key, Resource Resource, IEnumerable<string> Before,
    Func<Resource, CancellationToken, Task<StepAction>> Step);

/// <summary>An order that is not placed because of what was refused elsewhere.</summary>
internal sealed class StepHeldBack(string message) : Exception(message);

/// <summary>A step that ends without a cloud's error: refused, failed by its own state, or out of time.</summary>
public sealed class StepRefused(string message) : Exception(message);

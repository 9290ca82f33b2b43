using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>One run over the graph.</summary>
internal sealed class Walk(
    ResourceGraph graph, TimeProvider clock, IJournal journal, IEventSink events, Known known,
    Orders orders)
{
    private readonly Stepper _stepper = Stepper.For(clock, journal, events, known, orders);
    private readonly ConcurrentDictionary<string, StepAction> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StepFailed> _failures = new();
    private readonly long _start = clock.GetTimestamp();

    public async Task<RunReport> Apply(IReadOnlySet<string> replaced, CancellationToken stop)
    {
        var first = replaced.Count > 0 ? await Replace(replaced, stop).ConfigureAwait(false) : null;
        if (_failures.IsEmpty)
        {
            await Run(
                [.. graph.Resources.Where(resource => first?.Gone.Contains(resource.Id) != true)],
                graph.Before, Step, stop).ConfigureAwait(false);
        }
        foreach (var id in first?.Made ?? [])
        {
            _done[id] = StepAction.Create;
        }
        return Report((first?.Deleted ?? 0) + _done.Values.Count(action => action == StepAction.Delete), stop);
    }

    /// <summary>
    /// What is replaced goes first, last built first, before anything of the new is made; with it what the spec no
    /// longer has and would stand in the way of the new.
    /// </summary>
    /// <returns>How many were deleted, what need not go again, and what was made again.</returns>
    private async Task<(int Deleted, IReadOnlySet<string> Gone, IReadOnlyList<string> Made)?> Replace(
        IReadOnlySet<string> replaced, CancellationToken stop)
    {
        Known survey;
        using (VirtualClock.Enter(clock))
        {
            survey = await Survey.Take(graph, stop).ConfigureAwait(false);
        }
        var going = new Walk(graph, clock, journal, events, survey, orders);
        IReadOnlyList<Resource> leaving =
        [
            .. graph.Resources.Where(resource => replaced.Contains(resource.Id)).Reverse(),
            .. graph.Resources.OfType<Retired>().Where(retired => retired.Under.Overlaps(replaced)),
        ];
        var withdrawing = graph.Withdrawing(leaving.Select(resource => resource.Id), survey);
        await going.Run(withdrawing, _ => [], going._stepper.Apply, stop).ConfigureAwait(false);
        await going.Run(leaving, id => graph[id] is Retired retired ? retired.Under
            : graph.AllBehind(id).Where(behind => !graph[behind].Retires), going.Delete, stop).ConfigureAwait(false);
        var deleted = going._done.Values.Count(action => action == StepAction.Delete);
        foreach (var resource in leaving)
        {
            survey.Set(resource.Id, null);
        }
        IReadOnlyList<string> made = [];
        if (going._failures.IsEmpty && !stop.IsCancellationRequested)
        {
            made = await going.Restore(replaced, stop).ConfigureAwait(false);
        }
        foreach (var failure in going._failures)
        {
            _failures.Enqueue(failure);
        }
        return (deleted, leaving.Where(resource => resource.Retires).Concat(withdrawing)
            .Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal), made);
    }

    /// <summary>
    /// Where the same run takes something away or adds something, what is replaced is made again with all that was on
    /// it at once: it does not stay down until a gateway has been changed.
    /// </summary>
    private async Task<IReadOnlyList<string>> Restore(IReadOnlySet<string> replaced, CancellationToken stop)
    {
        var again = replaced.SelectMany(graph.BuiltOn).Concat(replaced).ToHashSet(StringComparer.Ordinal);
        if (!graph.Resources.Any(resource => resource.Retires
            || (known[resource.Id] is null && !again.Contains(resource.Id))))
        {
            return [];
        }
        foreach (var id in again)
        {
            known.Set(id, null);
        }
        // What also stands on something that is still to come waits for it.
        while (again.RemoveWhere(id =>
            !graph.Needs(id).All(need => again.Contains(need) || known[need] is not null)) > 0)
        {
        }
        _done.Clear();
        await Run([.. graph.Resources.Where(resource => again.Contains(resource.Id))], graph.Before, _stepper.Apply,
            stop).ConfigureAwait(false);
        return [.. _done.Where(entry => entry.Value == StepAction.Create).Select(entry => entry.Key)];
    }

    public async Task<RunReport> Destroy(CancellationToken stop)
    {
        var ours = graph.Resources
            .Where(resource => Survey.ToDelete(resource, known)).Reverse().ToList();
        var held = HeldByDoubts();
        foreach (var (id, because) in held.Where(entry => ours.Exists(resource => resource.Id == entry.Key)))
        {
            events.Emit(new StepSkipped(clock.GetUtcNow(), id,
                $"{because} is built on it, and cannot be told to be ours"));
        }
        ours.RemoveAll(resource => held.ContainsKey(resource.Id));
        await Run(ours, graph.AllBehind, Delete, stop).ConfigureAwait(false);
        if (_failures.IsEmpty && !stop.IsCancellationRequested)
        {
            // What the vendor removes by itself must be seen to be gone before anybody says so.
            var following = graph.Resources
                .Where(resource => resource.IsMade && resource.GoesWithItsNeeds && resource.Billed
                    && known[resource.Id] is not null).ToList();
            await Run(following, _ => [], _stepper.AwaitAbsence, stop).ConfigureAwait(false);
        }
        return Report(_done.Values.Count(action => action == StepAction.Delete), stop);
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

    private RunReport Report(int deleted, CancellationToken stop) => new(
        !_failures.IsEmpty ? RunResult.Failed : stop.IsCancellationRequested ? RunResult.Interrupted : RunResult.Done,
        _done.Values.Count(action => action == StepAction.Create),
        _done.Values.Count(action => action == StepAction.Update),
        _done.Values.Count(action => action is StepAction.Keep or StepAction.Wait),
        deleted,
        clock.GetElapsedTime(_start),
        [.. _failures],
        known);

    /// <summary>Runs each resource when all of <paramref name="before"/> that takes part is done.</summary>
    private async Task Run(
        IReadOnlyList<Resource> resources, Func<string, IEnumerable<string>> before,
        Func<Resource, CancellationToken, Task<StepAction>> step, CancellationToken stop)
    {
        var gate = new Lock();
        var open = resources.ToDictionary(
            resource => resource.Id,
            resource => before(resource.Id).Where(id => resources.Any(other => other.Id == id))
                .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal);
        var running = 0;
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        void StartReady()
        {
            foreach (var resource in resources.Where(resource => open.TryGetValue(resource.Id, out var left)
                && left.Count == 0).ToList())
            {
                open.Remove(resource.Id);
                running++;
                _ = RunOne(resource, VirtualClock.Enter(clock));
            }
            if (running == 0)
            {
                finished.TrySetResult();
            }
        }

        async Task RunOne(Resource resource, IDisposable? turn)
        {
            using var leave = turn;
            // Takes its place in the queue of a virtual clock, so that steps that become ready together take turns.
            await Task.Delay(TimeSpan.FromMilliseconds(1), clock, CancellationToken.None).ConfigureAwait(false);
            bool success;
            try
            {
                success = await Try(resource, step, stop).ConfigureAwait(false);
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
                    foreach (var left in open.Values)
                    {
                        left.Remove(resource.Id);
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
        foreach (var id in resources.Select(resource => resource.Id).Where(open.ContainsKey))
        {
            events.Emit(new StepSkipped(clock.GetUtcNow(), id,
                stop.IsCancellationRequested ? "the run was stopped" : $"waits for {string.Join(", ", open[id])}"));
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

/// <summary>An order that is not placed because of what was refused elsewhere.</summary>
internal sealed class StepHeldBack(string message) : Exception(message);

/// <summary>A step that ends without a cloud's error: refused, failed by its own state, or out of time.</summary>
public sealed class StepRefused(string message) : Exception(message);

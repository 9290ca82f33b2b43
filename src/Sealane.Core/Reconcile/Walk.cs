using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>One run over the graph.</summary>
internal sealed class Walk(
    ResourceGraph graph, TimeProvider clock, IJournal journal, IEventSink events, Known known,
    Orders orders)
{
    private readonly Stepper _stepper = new(clock, journal, events, known, orders);
    private readonly ConcurrentDictionary<string, StepAction> _done = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<StepFailed> _failures = new();
    private readonly long _start = clock.GetTimestamp();

    public async Task<RunReport> Apply(IReadOnlySet<string> replaced, CancellationToken stop)
    {
        var deleted = new List<string>();
        if (replaced.Count > 0)
        {
            // What is replaced goes first, last built first, before anything of the new is made.
            Known survey;
            using (VirtualClock.Enter(clock))
            {
                survey = await Survey.Take(graph, stop).ConfigureAwait(false);
            }
            var going = new Walk(graph, clock, journal, events, survey, orders);
            await going.Run(
                [.. graph.Resources.Where(resource => replaced.Contains(resource.Id)).Reverse()],
                graph.AllBehind, going.Delete, stop).ConfigureAwait(false);
            deleted.AddRange(going._done.Keys);
            foreach (var failure in going._failures)
            {
                _failures.Enqueue(failure);
            }
        }
        if (_failures.IsEmpty)
        {
            await Run(graph.Resources, graph.Before, _stepper.Apply, stop).ConfigureAwait(false);
        }
        return Report(deleted.Count, stop);
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

    private Task<StepAction> Delete(Resource resource, CancellationToken stop) => _stepper.Delete(
        resource, graph.AllBehind(resource.Id).Any(_done.ContainsKey) ? resource.HeldAfterwards : TimeSpan.Zero, stop);

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

using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;
using Sealane.Sandbox.World.Mistakes;

namespace Sealane.Cli.Soak;

/// <summary>What a soak can be told to do without, to see that somebody notices.</summary>
[Flags]
internal enum Without
{
    Nothing = 0,
    Look = 1,
    Claim = 2,
    Wait = 4,
    Order = 8,
    Lease = 16,
    Questions = 32,
}

/// <param name="Violation">What must never happen and did; null where nothing did.</param>
/// <param name="Looks">How many changes of the world were looked at.</param>
internal sealed record SoakResult(string? Violation, long Looks, long Calls, int Runs);

/// <summary>Many lives in figures.</summary>
internal sealed record SoakTotal(int Lives, int Runs, long Calls, long Looks)
{
    public SoakTotal And(SoakResult life) =>
        new(Lives + 1, Runs + life.Runs, Calls + life.Calls, Looks + life.Looks);

    public override string ToString() =>
        $"{Lives} lives, {Runs} runs, {Calls} calls, looked at {Looks} changes of the world";
}

/// <summary>
/// One link's life under misfortune: the runs of a history, then calm, in which it must come up, have nothing left to
/// do and go away without a trace.
/// </summary>
internal sealed class SoakLife : IDisposable
{
    /// <summary>How often a person runs a command again before giving up.</summary>
    private const int Patience = 5;
    private const int OthersGateways = 5;

    private readonly NetworkSpec _spec;
    private readonly SandboxWorld _world;
    private readonly VirtualClock _clock;
    private readonly SoakWatch _watch;
    private readonly Faces _faces;
    private readonly Without _without;
    private readonly DirectoryInfo _disk = Directory.CreateTempSubdirectory("sealane-soak-");
    private readonly Dictionary<string, SoakJournal> _journals = new(StringComparer.Ordinal);
    private int _keys = 1;
    private int _runs;

    private SoakLife(NetworkSpec spec, long seed, Without without)
    {
        _spec = spec;
        _without = without;
        var stored = Rehearsal.New(Designer.Design(spec), seed);
        _clock = new(stored.Now);
        _world = stored.Wake(_clock);
        _watch = new(_world);
        _faces = Rehearsal.Faces(_world, () => _world.Now);
    }

    public static async Task<SoakResult> Live(
        NetworkSpec spec, long seed, IReadOnlyList<SoakItem> history, Without without = Without.Nothing)
    {
        using var life = new SoakLife(spec, seed, without);
        await life.Live(history).ConfigureAwait(false);
        return new(life._watch.Violation, life._watch.Looks, life._watch.Calls, life._runs);
    }

    private async Task Live(IReadOnlyList<SoakItem> history)
    {
        var before = SoakStock.Of(_world);
        var befalls = new List<SoakItem>();
        foreach (var item in history)
        {
            switch (item)
            {
                case RunItem run:
                    await Run(run, befalls).ConfigureAwait(false);
                    befalls.Clear();
                    break;
                case QuotaItem:
                    Others(present: true);
                    break;
                case JournalLostItem:
                    _journals.Clear();
                    break;
                case HandItem hand:
                    Make(AllMistakes.Find(hand.Mistake)!);
                    break;
                default:
                    befalls.Add(item);
                    break;
            }
            if (_watch.Violation is not null)
            {
                return;
            }
        }
        await Calm(before).ConfigureAwait(false);
    }

    private async Task Calm(IReadOnlyList<string> before)
    {
        Others(present: false);
        new Chaos(FaultPlan.None, TimeSpan.Zero).Arm(_world);
        var up = await Again(new(false, _keys), report => report.Result == RunResult.Done && report.IsSettled)
            .ConfigureAwait(false);
        if (up is not null)
        {
            _watch.Tell($"does not come up: {up}");
            return;
        }
        var down = await Again(new(true, _keys), report => report.Result == RunResult.Done).ConfigureAwait(false);
        var left = SoakStock.Of(_world).Except(before).ToList();
        if (down is not null || left.Count > 0)
        {
            _watch.Tell($"does not go away: {down} {string.Join(", ", left)}");
        }
    }

    /// <returns>Why it never was as wanted; null when it was.</returns>
    private async Task<string?> Again(RunItem run, Func<SoakOutcome, bool> wanted)
    {
        var told = "";
        for (var i = 0; i < Patience; i++)
        {
            // Whoever runs a command again has looked whether the other machine's run is no more.
            var outcome = await One(run, [], "one", takeOver: i > 0).ConfigureAwait(false);
            if (wanted(outcome))
            {
                return null;
            }
            told = outcome.Told;
        }
        return told;
    }

    private async Task Run(RunItem run, IReadOnlyList<SoakItem> befalls)
    {
        _keys = run.Keys;
        if (befalls.OfType<LagItem>().LastOrDefault() is { } lag)
        {
            new Chaos(FaultPlan.None, TimeSpan.FromSeconds(lag.Seconds)).Arm(_world);
        }
        var twin = befalls.OfType<TwinItem>().LastOrDefault();
        var runs = new List<Task<SoakOutcome>>();
        // No time passes before both have begun, so that the history repeats exactly.
        using (_clock.Enter())
        {
            runs.Add(One(run, befalls, "one", takeOver: false, twin?.Milliseconds ?? 0));
            if (twin is not null)
            {
                runs.Add(Later(twin, () =>
                    One(run, [], twin.SameMachine ? "one" : "two", takeOver: false, twin.Theirs)));
            }
        }
        await Task.WhenAll(runs).ConfigureAwait(false);
    }

    private async Task<SoakOutcome> Later(TwinItem twin, Func<Task<SoakOutcome>> run)
    {
        using (_clock.Enter())
        {
            await Task.Delay(TimeSpan.FromSeconds(twin.LaterSeconds), _clock).ConfigureAwait(false);
        }
        return await run().ConfigureAwait(false);
    }

    private async Task<SoakOutcome> One(
        RunItem run, IReadOnlyList<SoakItem> befalls, string machine, bool takeOver, int milliseconds = 0)
    {
        Interlocked.Increment(ref _runs);
        Lease? lease = null;
        try
        {
            lease = _without.HasFlag(Without.Lease) ? null
                : Lease.Take(Path.Combine(_disk.FullName, $"{machine}.lease"), "a run", _clock);
            SoakJournal? journal;
            lock (_journals)
            {
                if (!_journals.TryGetValue(machine, out journal))
                {
                    _journals[machine] = journal = new(remembers: !_without.HasFlag(Without.Wait));
                }
            }
            var design = Designer.Design(_spec with { Secrets = _spec.Secrets with { Generation = run.Keys } });
            using var process = new SoakProcess(design, _world, _clock, _faces, _watch, befalls, journal, machine,
                takeOver, _without, TimeSpan.FromMilliseconds(milliseconds));
            return await process.Run(run.Destroys).ConfigureAwait(false);
        }
        catch (LinkBusy busy)
        {
            return new(null, false, busy.Message);
        }
        finally
        {
            lease?.Dispose();
        }
    }

    /// <summary>Not every history has built what a mistake is made with.</summary>
    private void Make(Mistake mistake)
    {
        try
        {
            mistake.Make(new(_world, Designer.Design(_spec)));
        }
        catch (MistakeError)
        {
            // Then nothing is done by hand either.
        }
    }

    private void Others(bool present)
    {
        lock (_world.Gate)
        {
            var mine = _world.Aws.TransitGateways.Exists(it => it.Tags.ContainsKey(LinkTag.Key));
            _world.Aws.TransitGateways.RemoveAll(it => it.Id.StartsWith("tgw-others", StringComparison.Ordinal));
            if (present)
            {
                _world.Aws.TransitGateways.AddRange(Enumerable.Range(0, OthersGateways)
                    .Select(number => new Sealane.Sandbox.Aws.TransitGateway
                    {
                        Id = $"tgw-others{number}",
                        Region = _spec.Aws.Region,
                        State = "available",
                        Tags = new() { ["Name"] = $"others-{number}" },
                    }));
            }
            _watch.Forewarned = present && !mine;
            _world.Touch();
        }
    }

    public void Dispose() => _disk.Delete(recursive: true);
}

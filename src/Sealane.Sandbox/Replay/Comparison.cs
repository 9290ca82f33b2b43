using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Replay;

/// <summary>A difference that a whole recording shows, with the first place where it does and how often.</summary>
public sealed record Difference(string Operation, Unlike What, string FirstPlace, int Times);

/// <summary>What came of a comparison.</summary>
/// <param name="Played">Exchanges whose requests were put to the sandbox.</param>
/// <param name="Skipped">Exchanges about logging in.</param>
public sealed record ComparisonReport(int Played, int Skipped, IReadOnlyList<Difference> Differences);

/// <summary>
/// Puts the requests of a recording to a sandbox world, at the distances in time at which they were made, and compares the
/// answers by shape, states and codes. Ids that the two chose differently are translated. A state is a difference when the
/// recording shows it and the sandbox never does: how long things take is chance in both.
/// </summary>
public sealed class Comparison
{
    /// <summary>A cloud that was faster than the sandbox: its answer is waited for so many times, so long each.</summary>
    private const int MostWaits = 240;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly StepClock _clock;
    private readonly Caller _caller;
    private readonly Counterparts _names = new();
    private readonly Dictionary<(string Operation, Unlike What), (string Place, int Times)> _found = [];
    private readonly Dictionary<(string Operation, string Path, string Value), (string Place, int Times)> _recordedStates = [];
    private readonly HashSet<(string Operation, string Path, string Value)> _ownStates = [];
    private readonly HashSet<(string Operation, string What)> _hopeless = [];
    private TimeSpan _ahead;

    /// <param name="clock">The one that <paramref name="world"/> lives by.</param>
    public Comparison(SandboxWorld world, Faces faces, StepClock clock, string region)
    {
        _clock = clock;
        _caller = new(world, faces, clock, region);
    }

    public ComparisonReport Run(IReadOnlyList<Exchange> recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        var played = recording.Where(exchange => !exchange.IsLogin && exchange.Cloud.Length > 0).ToList();
        var start = _clock.GetUtcNow();
        var first = played.Select(exchange => exchange.Read).FirstOrDefault(read => read is not null);
        foreach (var exchange in played)
        {
            if (exchange.Read is { } read && first is { } zero)
            {
                _clock.MoveTo(start + (read - zero) + _ahead);
            }
            Play(exchange);
        }
        var states = _recordedStates.Where(state => !_ownStates.Contains(state.Key)).Select(state => new Difference(
            state.Key.Operation, new(Unlikeness.State, state.Key.Path, state.Key.Value, "never said"), state.Value.Place, state.Value.Times));
        return new(played.Count, recording.Count - played.Count,
            [.. _found.Select(found => new Difference(found.Key.Operation, found.Key.What, found.Value.Place, found.Value.Times)).Concat(states)
                .OrderBy(difference => difference.Operation, StringComparer.Ordinal).ThenBy(difference => difference.What.Kind)
                .ThenBy(difference => difference.What.Path, StringComparer.Ordinal)]);
    }

    private void Play(Exchange exchange)
    {
        var request = _names.Translate(exchange);
        var reply = _caller.Ask(request);
        for (var waits = 0; waits < MostWaits && WorthWaiting(exchange, reply) is { } why; waits++)
        {
            if (waits == MostWaits - 1)
            {
                _hopeless.Add((exchange.Operation, why));
                break;
            }
            _clock.MoveBy(Wait);
            _ahead += Wait;
            reply = _caller.Ask(request);
        }
        _names.Learn(exchange, reply.Body, reply.Headers);
        Judge(exchange, reply);
    }

    /// <summary>What the sandbox may still come to say, for it says it later than the recording; null when it is alike or past hope.</summary>
    private string? WorthWaiting(Exchange exchange, WireReply reply)
    {
        if (exchange.ReplyStatus is >= 200 and < 300 && reply.Status is 400 or 404 or 409 or 423)
        {
            var why = $"{exchange.ReplyStatus} for {reply.Status}";
            return _hopeless.Contains((exchange.Operation, why)) ? null : why;
        }
        return null;
    }

    private void Judge(Exchange exchange, WireReply reply)
    {
        var operation = $"{exchange.Cloud} {exchange.Operation}";
        if (exchange.ReplyStatus != reply.Status)
        {
            Note(operation, new(Unlikeness.Status, "", $"{exchange.ReplyStatus}", $"{reply.Status}"), exchange.Place);
        }
        var (wanted, found) = (BodyShape.Read(exchange.ReplyBody), BodyShape.Read(reply.Body));
        foreach (var (path, value) in BodyShape.States(wanted))
        {
            var key = (operation, path, value);
            _recordedStates[key] = _recordedStates.TryGetValue(key, out var before) ? (before.Place, before.Times + 1) : (exchange.Place, 1);
        }
        _ownStates.UnionWith(BodyShape.States(found).Select(state => (operation, state.Path, state.Value)));
        // The members of an error are compared with an error's only.
        if (exchange.ReplyStatus >= 400 == reply.Status >= 400)
        {
            foreach (var unlike in BodyShape.Differences(wanted, found).Where(unlike => unlike.Kind != Unlikeness.State))
            {
                Note(operation, unlike, exchange.Place);
            }
        }
    }

    private void Note(string operation, Unlike what, string place) =>
        _found[(operation, what)] = _found.TryGetValue((operation, what), out var before) ? (before.Place, before.Times + 1) : (place, 1);
}

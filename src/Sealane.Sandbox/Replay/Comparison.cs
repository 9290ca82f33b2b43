using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Replay;

/// <summary>A difference that a whole recording shows, with the first place where it does and how often.</summary>
public sealed record Difference(string Operation, Unlike What, string FirstPlace, int Times);

/// <summary>What came of a comparison.</summary>
/// <param name="Played">Exchanges whose requests were put to the sandbox.</param>
/// <param name="Skipped">Exchanges about logging in.</param>
public sealed record ComparisonReport(int Played, int Skipped, IReadOnlyList<Difference> Differences);

/// <summary>
/// Puts the requests of a recording to a sandbox world, at the distances in time at which they were made, and compares
/// the
/// answers by shape, states and codes. Ids that the two chose differently are translated. A read counts with all that
/// was
/// ever said to it: how long things take, and so which state a poll meets, is chance in both.
/// </summary>
public sealed class Comparison
{
    /// <summary>A cloud that was faster than the sandbox: its answer is waited for so many times, so long
    /// each.</summary>
    private const int MostWaits = 80;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    private readonly StepClock _clock;
    private readonly Caller _caller;
    private readonly Counterparts _names = new();
    private readonly Vocabulary _recorded = new();
    private readonly Vocabulary _own = new();
    private readonly Dictionary<(string Operation, Unlike What), (string Place, int Times)> _refusals = [];
    private readonly HashSet<(string Operation, string What)> _hopeless = [];

    /// <summary>What the sandbox has said to each request: a state that lies behind it does not come again.</summary>
    private readonly HashSet<(string Request, string Path, string Value)> _behind = [];

    /// <summary>What was refused once in the recording and granted later, and by the sandbox at once.</summary>
    private readonly Dictionary<string, WireReply> _early = [];
    private readonly HashSet<string> _granted = [];
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
        _granted.UnionWith(played.Where(exchange => !IsRead(exchange) && IsGranted(exchange.ReplyStatus))
            .Select(RequestKey.Of));
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
        return new(played.Count, recording.Count - played.Count,
            [.. _refusals.Select(found =>
                new Difference(found.Key.Operation, found.Key.What, found.Value.Place, found.Value.Times))
                .Concat(_recorded.UnlikeIn(_own))
                .OrderBy(difference => difference.Operation, StringComparer.Ordinal)
                    .ThenBy(difference => difference.What.Kind)
                .ThenBy(difference => difference.What.Path, StringComparer.Ordinal)]);
    }

    private void Play(Exchange exchange)
    {
        var key = RequestKey.Of(exchange);
        if (_early.TryGetValue(key, out var early))
        {
            if (IsGranted(exchange.ReplyStatus))
            {
                _early.Remove(key);
                Take(exchange, key, early);
            }
            return;
        }
        var request = _names.Translate(exchange);
        var reply = _caller.Ask(request);
        if (!IsRead(exchange) && !IsGranted(exchange.ReplyStatus) && IsGranted(reply.Status) && _granted.Contains(key))
        {
            _early[key] = reply;
            return;
        }
        for (var waits = 0; WorthWaiting(exchange, key, reply) is { } why; waits++)
        {
            if (waits == MostWaits)
            {
                _hopeless.Add((exchange.Operation, why));
                break;
            }
            _clock.MoveBy(Wait);
            _ahead += Wait;
            reply = _caller.Ask(request);
        }
        Take(exchange, key, reply);
    }

    private void Take(Exchange exchange, string key, WireReply reply)
    {
        _names.Learn(exchange, reply.Body, reply.Headers);
        _behind.UnionWith(BodyShape.Words(BodyShape.Read(reply.Body)).Select(word => (key, word.Path, word.Value)));
        Judge(exchange, reply);
    }

    /// <summary>What the sandbox may still come to say, for it says it later than the recording; null when it is alike
    /// or past hope.</summary>
    private string? WorthWaiting(Exchange exchange, string key, WireReply reply)
    {
        IEnumerable<string> whys = IsGranted(exchange.ReplyStatus) && reply.Status is 400 or 404 or 409 or 423
            || IsRead(exchange) && exchange.ReplyStatus == 404 && IsGranted(reply.Status)
            || exchange.ReplyStatus == 200 && reply.Status == 202
                ? [$"{exchange.ReplyStatus} for {reply.Status}"]
            : !IsRead(exchange) ? []
            : BodyShape.Words(BodyShape.Read(exchange.ReplyBody)).Except(BodyShape.Words(BodyShape.Read(reply.Body)))
                .Where(word => !_behind.Contains((key, word.Path, word.Value)))
                    .Select(word => $"{word.Path} {word.Value}");
        return whys.FirstOrDefault(why => !_hopeless.Contains((exchange.Operation, why)));
    }

    private static bool IsGranted(int status) => status is >= 200 and < 300;

    private static bool IsRead(Exchange exchange) => exchange.Method == "GET" || exchange.Cloud == "aws"
        && exchange.Operation[(exchange.Operation.IndexOf(':', StringComparison.Ordinal) + 1)..] is var action
        && (action.StartsWith("Describe", StringComparison.Ordinal)
            || action.StartsWith("Get", StringComparison.Ordinal)
            || action.StartsWith("Search", StringComparison.Ordinal));

    private void Judge(Exchange exchange, WireReply reply)
    {
        var operation = $"{exchange.Cloud} {exchange.Operation}";
        var (wanted, found) = (BodyShape.Read(exchange.ReplyBody), BodyShape.Read(reply.Body));
        if (!IsRead(exchange) && exchange.ReplyStatus != reply.Status)
        {
            var what = (operation, new Unlike(Unlikeness.Status, "", $"{exchange.ReplyStatus}", $"{reply.Status}"));
            _refusals[what] = _refusals.TryGetValue(what, out var before) ? (before.Place, before.Times + 1)
                : (exchange.Place, 1);
        }
        _recorded.Add(operation, exchange.ReplyStatus, wanted, exchange.Place);
        _own.Add(operation, reply.Status, found, exchange.Place);
    }
}

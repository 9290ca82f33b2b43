using System.Globalization;
using Sealane.Clouds.Announced;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Watch;

/// <summary>A change of one thing that is watched.</summary>
/// <param name="Was">Null: it was not there, or nothing was known.</param>
/// <param name="Is">Null: it is no more, or as it should be again.</param>
/// <param name="EvidenceFrom">When the oldest evidence of the verdict was read; null: none was yet.</param>
internal sealed record WatchEvent(
    string Link, long Number, DateTimeOffset At, string Id, string? Was, string? Is, IReadOnlyList<string> Detail,
    DateTimeOffset? EvidenceFrom);

/// <summary>What outlives the process that watches.</summary>
/// <param name="Bulk">The look at the link's own objects when the verdict was given.</param>
/// <param name="EvidenceFrom">When the oldest evidence of the verdict was read.</param>
/// <param name="Number">Of the last change that was told.</param>
internal sealed record WatchMemory(
    IReadOnlyList<WatchItem> Items, BulkLook? Bulk, DateTimeOffset? EvidenceFrom, long Number);

/// <summary>The figures of a watch at one moment, for whoever reads them from outside.</summary>
/// <param name="Announced">With what was known before of clouds that did not tell; null: nobody asked yet.</param>
internal sealed record WatchFigures(
    string Verdict, bool IsStale, Verified? Last, BulkLook? Bulk, DateTimeOffset? EvidenceFrom, int Full, int BulkOnly,
    int Failed, Announcements? Announced);

/// <summary>
/// What is known of a watched link, and how it may change: all evidence gives or renews a verdict, anything less can
/// only
/// take one away, and time takes it away by itself.
/// </summary>
/// <param name="limit">How old the oldest evidence of a verdict may be.</param>
/// <param name="begun">Until something was read, age counts from here.</param>
internal sealed class WatchState(string link, TimeSpan limit, DateTimeOffset begun)
{
    public const string Stale = "unproven (stale)";
    public const string Changed = "unproven (changed)";
    public const string Unread = "unproven (not read yet)";

    private const string Sweep = "sweep";
    private const string CloudOf = "cloud ";
    private static readonly WatchItem[] NoItems = [];

    private Dictionary<string, WatchItem> _items = new(StringComparer.Ordinal)
    {
        [WatchItems.Verdict] = new(WatchItems.Verdict, Unread),
    };

    private long _number;
    private BulkLook? _bulk;
    private Verified? _last;
    private Announcements? _announced;
    private DateTimeOffset? _evidence;
    private (int Full, int Bulk, int Failed) _sweeps;

    /// <summary>What a watch knew that is no more, for the next one: the verdict goes on growing old, and what differs
    /// now from what was proved takes it away.</summary>
    public static WatchState Resume(string link, TimeSpan limit, DateTimeOffset begun, WatchMemory memory) =>
        new(link, limit, begun)
        {
            _items = memory.Items.ToDictionary(item => item.Id, StringComparer.Ordinal),
            _bulk = memory.Bulk,
            _evidence = memory.EvidenceFrom,
            _number = memory.Number,
        };

    public WatchMemory Memory => new([.. _items.Values], _bulk, _evidence, _number);

    public string Verdict => _items[WatchItems.Verdict].Value;

    /// <summary>The last judgement that all evidence gave; null before the first.</summary>
    public Verified? Last => _last;

    /// <summary>How long the last look of each kind took, <c>full</c> or <c>bulk</c>.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Took { get; private set; } = new Dictionary<string, TimeSpan>();

    /// <summary>When the verdict is nobody's knowledge any more.</summary>
    public DateTimeOffset StaleAt => (_evidence ?? begun) + limit;

    public WatchFigures Figures => new(Verdict, Verdict == Stale, _last, _bulk, _evidence, _sweeps.Full, _sweeps.Bulk,
        _sweeps.Failed, _announced);

    /// <summary>Things that a bulk look saw otherwise than when the verdict was given.</summary>
    public IReadOnlyList<string> ChangedSinceProof(BulkLook bulk) => _bulk is { } then ? bulk.ChangedSince(then) : [];

    public void Lasted(bool full, TimeSpan time) =>
        Took = new Dictionary<string, TimeSpan>(Took) { [full ? "full" : "bulk"] = time };

    public IReadOnlyList<WatchEvent> TookBulk(BulkLook bulk, DateTimeOffset now)
    {
        _sweeps.Bulk++;
        // That all evidence could not be read stays so until it can.
        return Apply(With([.. Silent(bulk.Silent), .. _items.TryGetValue(Sweep, out var vain) ? [vain] : NoItems]),
            now);
    }

    /// <param name="began">Before the first question of it was asked: its oldest evidence.</param>
    public IReadOnlyList<WatchEvent> TookFull(BulkLook bulk, Verified full, DateTimeOffset began, DateTimeOffset now)
    {
        var silent = full.Silent.Concat(bulk.Silent).Distinct().Order().ToList();
        // What is seen to be clear is clear, whatever else was not read.
        if (silent.Count > 0 && full.Verification.Judgement.Word != LinkWord.Clear)
        {
            _sweeps.Failed++;
            var worse = Worse(full).Concat(ChangedSinceProof(bulk)).ToList();
            var items = With(Silent(silent));
            return Apply(worse.Count > 0 ? Revoked(items, worse) : items, now);
        }
        _sweeps.Full++;
        (_bulk, _last, _evidence) = (bulk, full, began);
        return Apply(WatchItems.Of(full).Concat(WatchItems.Of(bulk, now)).Concat(Silent(silent))
            .Concat(_items.Values.Where(item => AnnouncedItems.Is(item.Id)))
            .DistinctBy(item => item.Id).ToDictionary(item => item.Id, StringComparer.Ordinal), now);
    }

    /// <summary>It neither gives a verdict nor takes one away.</summary>
    public IReadOnlyList<WatchEvent> TookAnnounced(Announcements told, DateTimeOffset now)
    {
        _announced = told.After(_announced ?? Announcements.None);
        return Apply(_items.Values.Where(item => !AnnouncedItems.Is(item.Id))
            .Concat(AnnouncedItems.Of(_announced, Verdict == Stale ? null : _last, now))
            .DistinctBy(item => item.Id).ToDictionary(item => item.Id, StringComparer.Ordinal), now);
    }

    /// <summary>A look that brought nothing: no verdict is given, and none is taken away but by time.</summary>
    /// <param name="saw">What a bulk look saw before it; null where that failed too.</param>
    public IReadOnlyList<WatchEvent> FailedFull(BulkLook? saw, string cause, DateTimeOffset now)
    {
        _sweeps.Failed++;
        var items = With([.. Silent(saw?.Silent ?? []), new(Sweep, "brought nothing", cause)]);
        var changed = saw is null ? [] : ChangedSinceProof(saw);
        return Apply(changed.Count > 0 ? Revoked(items, changed) : items, now);
    }

    /// <summary>What time alone does.</summary>
    public IReadOnlyList<WatchEvent> Passed(DateTimeOffset now)
    {
        if (now < StaleAt || Verdict == Stale)
        {
            return [];
        }
        var before = _last is { } judged ? WatchItems.Word(judged.Verification.Judgement) : Verdict;
        var items = new Dictionary<string, WatchItem>(_items, StringComparer.Ordinal)
        {
            [WatchItems.Verdict] = new(WatchItems.Verdict, Stale, _evidence is not null
                ? string.Create(CultureInfo.InvariantCulture,
                    $"last known: {before}, from evidence of {_evidence:yyyy-MM-dd HH:mm:ss}Z")
                : "nothing was ever read"),
        };
        return Apply(items, now);
    }

    /// <summary>All items as they are, but for the clouds that are silent and sweeps that bring nothing.</summary>
    private Dictionary<string, WatchItem> With(IEnumerable<WatchItem> trouble)
    {
        var items = _items.Where(item => !IsTrouble(item.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var item in trouble)
        {
            items[item.Id] = item;
        }
        return items;
    }

    private static bool IsTrouble(string id) =>
        id == Sweep || id.StartsWith(CloudOf, StringComparison.Ordinal);

    private static IEnumerable<WatchItem> Silent(IEnumerable<Cloud> clouds) =>
        clouds.Select(cloud => new WatchItem(CloudOf + (cloud == Cloud.Aws ? "AWS" : $"{cloud}"), "no answer",
            "until it answers, no verdict is given or renewed"));

    private static Dictionary<string, WatchItem> Revoked(
        Dictionary<string, WatchItem> items, IReadOnlyList<string> what)
    {
        items[WatchItems.Verdict] = new(WatchItems.Verdict, Changed, "not as when it was proved: "
            + string.Join(", ", what) + "; not all evidence could be read to prove it again");
        return items;
    }

    /// <summary>Checks that fail by what was read and did not when the verdict was given.</summary>
    private IEnumerable<string> Worse(Verified full)
    {
        var failed = _last is { } last
            ? Failing(last).ToHashSet(StringComparer.Ordinal) : new HashSet<string>(StringComparer.Ordinal);
        return _last is null ? [] : Failing(full).Where(id => !failed.Contains(id));
    }

    private static IEnumerable<string> Failing(Verified verified) => verified.Verification.Checks
        .Where(result => result.Status is CheckStatus.Fail or CheckStatus.Degraded).Select(result => result.Check.Id);

    private List<WatchEvent> Apply(Dictionary<string, WatchItem> items, DateTimeOffset now)
    {
        var events = items.Values.Where(item => _items.GetValueOrDefault(item.Id)?.Value != item.Value)
            .Select(item => (item.Id, Was: _items.GetValueOrDefault(item.Id)?.Value, Is: (string?)item.Value,
                item.Detail))
            .Concat(_items.Values.Where(item => !items.ContainsKey(item.Id))
                .Select(item => (item.Id, Was: (string?)item.Value, Is: (string?)null,
                    Detail: (IReadOnlyList<string>)[])))
            .OrderBy(change => change.Id != WatchItems.Verdict).ThenBy(change => change.Id, StringComparer.Ordinal)
            .Select(change => new WatchEvent(link, ++_number, now, change.Id, change.Was, change.Is, change.Detail,
                _evidence))
            .ToList();
        _items = items;
        return events;
    }
}

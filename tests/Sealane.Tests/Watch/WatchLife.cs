using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Watch;

/// <summary>
/// A long watch of a link to which things are done by chance: mistakes, repairs, clouds out of reach. Whatever is told
/// must have been so lately, and what stays must be told within two full intervals.
/// </summary>
internal sealed class WatchLife(WatchedWorld world, long seed)
{
    public static readonly WatchPace Pace =
        new(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(3), TimeSpan.FromHours(1), 0.1);

    /// <summary>Where much is to happen in few looks.</summary>
    private static readonly WatchPace Quick = Pace with { Bulk = TimeSpan.FromMinutes(8) };

    /// <summary>Other teams' crowds take their time and change nothing of what is told.</summary>
    private static readonly Mistake[] Mistakes = [.. AllMistakes.List.Where(mistake => !mistake.ByOthers)];

    private readonly Random _chance = new((int)seed);
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal)
    {
        [WatchItems.Verdict] = WatchState.Unread,
    };

    private readonly List<(DateTimeOffset From, Dictionary<string, string> Items)> _truths = [];
    private DateTimeOffset _next;
    private DateTimeOffset _calmSince;
    private DateTimeOffset? _troubled;
    private bool _clear;

    /// <summary>The last that was done, for whoever reads what is wrong.</summary>
    private string _done = "";

    /// <summary>What was told and not so when something was done last: it can have become so since, by what was done
    /// (a tunnel that comes up minutes after its route). The next truth settles it.</summary>
    private readonly Dictionary<string, WatchEvent> _doubted = new(StringComparer.Ordinal);

    public List<string> Wrong { get; } = [];
    public int Events { get; private set; }
    public int Things { get; private set; }

    /// <param name="after">Told the number of looks after each.</param>
    public async Task<WatchFigures> Watch(int sweeps, Action<int>? after = null)
    {
        var looks = 0;
        using var stop = new CancellationTokenSource();
        _truths.Add((world.Now, await world.Truth()));
        (_next, _calmSince) = (world.Now + Pace.Full * 3, world.Now);
        world.BeforeLook = async () =>
        {
            if (world.Now >= _next)
            {
                await EndOfCalm();
                await Something();
            }
            after?.Invoke(++looks);
            if (looks >= sweeps)
            {
                await stop.CancelAsync();
            }
        };
        var watcher = new Watcher(world, Quick, new([], null, false), _chance, Tell);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watcher.Run(stop.Token));
        return watcher.State.Figures;
    }

    /// <summary>What has stood for two intervals with nothing in the way is told, and nothing else is.</summary>
    private async Task EndOfCalm()
    {
        var truth = await world.Truth();
        _truths.Add((world.Now, truth));
        Wrong.AddRange(_doubted.Values.Where(change => truth.GetValueOrDefault(change.Id) != change.Is)
            .Select(change => $"{change.At:s} false: {change.Id}: {change.Was} → {change.Is}; last done: {_done}"));
        _doubted.Clear();
        if (world.IsOut || world.Silent is not null || world.Now - _calmSince < Pace.Full * 2)
        {
            return;
        }
        var told = _told.Where(item => !IsTrouble(item.Key)).ToDictionary();
        Wrong.AddRange(truth.Where(item => told.GetValueOrDefault(item.Key) != item.Value)
            .Select(item => $"{world.Now:s} missed: {item.Key} is {item.Value}, told "
                + (told.GetValueOrDefault(item.Key) ?? "nothing")));
        Wrong.AddRange(told.Keys.Except(truth.Keys).Select(id => $"{world.Now:s} told and not so: {id}"));
        if (_clear && told[WatchItems.Verdict] != "clear")
        {
            Wrong.Add($"{world.Now:s} clear by what was done, told {told[WatchItems.Verdict]}");
        }
    }

    private async Task Something()
    {
        Things++;
        (world.IsOut, world.Silent) = (false, null);
        _done = "";
        switch (_chance.Next(7))
        {
            case 0 or 1:
                _clear |= Break();
                break;
            case 2:
                _done = "mended";
                _clear &= !await world.Mend();
                break;
            case 3:
                world.IsOut = true;
                break;
            case 4:
                // Something happens while a cloud does not answer: the worst moment.
                world.Silent = (Cloud)_chance.Next(3);
                _clear |= Break();
                break;
            case 5:
                Announce();
                break;
        }
        _troubled = world.IsOut || world.Silent is not null ? null : _troubled ?? world.Now;
        _calmSince = world.Now;
        _done = $"{world.Now:s} {_done}{(world.IsOut ? "no cloud answers" : "")}{world.Silent}";
        _truths.Add((world.Now, await world.Truth()));
        _truths.RemoveRange(0, Math.Max(0, _truths.Count - 8));
        _next = world.Now + Pace.Full * (1 + (4 * _chance.NextDouble()));
    }

    /// <summary>Work weeks ahead, or the same called off: its state does not change by time.</summary>
    private void Announce()
    {
        var begins = world.Now + TimeSpan.FromDays(20 + _chance.Next(9));
        world.Announce(new($"CSS-{_chance.Next(4)}", begins, begins + TimeSpan.FromHours(4), "some", "better", false,
            [_chance.Next(3) == 0 ? "0746e9a3" : world.Megaport.Vxcs[0].Id[..8]])
        {
            CancelReason = _chance.Next(3) == 0 ? "rain" : null,
        });
        _done = "announced ";
    }

    private bool Break()
    {
        var mistake = Mistakes[_chance.Next(Mistakes.Length)];
        try
        {
            world.Break(mistake);
            _done += $"{mistake.Name} ";
            return mistake.Verdict == "clear";
        }
        catch (MistakeError)
        {
            // What it would break is broken already.
            return false;
        }
    }

    private void Tell(IReadOnlyList<WatchEvent> changes)
    {
        foreach (var change in changes)
        {
            Events++;
            if (_told.GetValueOrDefault(change.Id) != change.Was)
            {
                Wrong.Add($"{change.At:s} {change.Id} was {_told.GetValueOrDefault(change.Id)}, told {change.Was}");
            }
            if (change.Is is { } value)
            {
                _told[change.Id] = value;
            }
            else
            {
                _told.Remove(change.Id);
            }
            _doubted.Remove(change.Id);
            if (!IsSo(change))
            {
                _doubted.Add(change.Id, change);
            }
        }
    }

    private bool IsSo(WatchEvent change) =>
        IsTrouble(change.Id) || change.Is is WatchState.Stale or WatchState.Changed
            ? change.Is is null || world.IsOut || world.Silent is not null || change.At - _troubled < Pace.Stale
            : _truths.Where((truth, index) => index == _truths.Count - 1
                || _truths[index + 1].From >= change.At - (Pace.Full * 2))
                .Any(truth => truth.Items.GetValueOrDefault(change.Id) == change.Is);

    private static bool IsTrouble(string id) =>
        id == "sweep" || id.StartsWith("cloud ", StringComparison.Ordinal)
            || id.StartsWith("announcements ", StringComparison.Ordinal);
}

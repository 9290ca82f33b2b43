using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sealane.Sandbox.World.Mistakes;

namespace Sealane.Cli.Soak;

/// <summary>One piece of a history: a run, or a misfortune that befalls the next one.</summary>
/// <param name="Text">As a report tells it.</param>
internal abstract record SoakItem(string Text);

/// <param name="Keys">Generation of the link's keys: another one changes what stands.</param>
internal sealed record RunItem(bool Destroys, int Keys)
    : SoakItem(Destroys ? "destroy" : Keys == 1 ? "apply" : "apply with new keys");

/// <summary>Calls of the next run that go wrong, as <c>--chaos</c> names them.</summary>
internal sealed record FaultItem(string Kind, double Share)
    : SoakItem(string.Create(CultureInfo.InvariantCulture, $"calls go wrong: {Kind}={Share:0.000}"));

internal enum SoakEnd
{
    /// <summary>Ctrl-C.</summary>
    Stop,

    /// <summary>The process dies before the call leaves.</summary>
    Before,

    /// <summary>It dies after the cloud has carried the call out.</summary>
    After,
}

/// <param name="Call">Number of the call, or of the call that can change something.</param>
internal sealed record CutItem(SoakEnd How, int Call, bool Writes)
    : SoakItem($"{(How == SoakEnd.Stop ? "stopped" : How == SoakEnd.Before ? "killed before" : "killed after")} "
        + $"{(Writes ? "writing call" : "call")} {Call}");

internal sealed record LagItem(int Seconds) : SoakItem($"lists lag by {Seconds} s");

/// <summary>A second run of the same verb, from this machine or from another one. Between the two it matters how long
/// a call takes.</summary>
/// <param name="Milliseconds">That a call of the first takes.</param>
/// <param name="Theirs">That a call of the second takes.</param>
internal sealed record TwinItem(bool SameMachine, int LaterSeconds, int Milliseconds, int Theirs)
    : SoakItem($"another run {(SameMachine ? "on this machine" : "on another machine")} after {LaterSeconds} s; "
        + $"calls take {Milliseconds} and {Theirs} ms");

/// <summary>What a person does between two runs.</summary>
internal sealed record HandItem(string Mistake) : SoakItem($"by hand: {Mistake}");

/// <summary>The account has no room for the link's transit gateway until the end of the history.</summary>
internal sealed record QuotaItem() : SoakItem("the quota of transit gateways is used up");

internal sealed record JournalLostItem() : SoakItem("the journal is lost");

/// <summary>What happens under one seed: runs, and what befalls them.</summary>
internal static class SoakHistory
{
    private static readonly int[] Lags = [30, 90, 170];
    private static readonly int[] Laters = [0, 1, 20, 200];

    private static readonly string[] Kinds =
        ["throttle", "throttle-silent", "5xx", "408", "401", "reset", "lost", "cut", "html", "empty", "slow"];

    /// <summary>Those that take one lock away, or none: a link has more. What other teams do may be clear by itself,
    /// and
    /// stands in the way of a destroy.</summary>
    private static readonly string[] Mistakes =
    [
        .. AllMistakes.List.Where(mistake => !mistake.ByOthers).Select(mistake => mistake.Name)
            .Where(name => !name.StartsWith("open-", StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<SoakItem> Of(long seed)
    {
        var draw = new Draw(seed);
        var items = new List<SoakItem>();
        if (draw.Once(8))
        {
            items.Add(new QuotaItem());
        }
        for (var (runs, keys) = (2 + draw.Below(3), 1); runs > 0; runs--)
        {
            Befall(items, draw);
            keys += draw.Once(5) ? 1 : 0;
            items.Add(new RunItem(draw.Once(4), keys));
        }
        return items;
    }

    private static void Befall(List<SoakItem> items, Draw draw)
    {
        foreach (var kind in Kinds.Where(_ => draw.Once(6)))
        {
            items.Add(new FaultItem(kind, 0.005 + (draw.Below(30) / 1000.0)));
        }
        if (draw.Once(3))
        {
            items.Add(new LagItem(Lags[draw.Below(Lags.Length)]));
        }
        if (draw.Once(2))
        {
            var writes = draw.Once(2);
            items.Add(new CutItem((SoakEnd)draw.Below(3), 1 + draw.Below(writes ? 60 : 500), writes));
        }
        if (draw.Once(5))
        {
            items.Add(new TwinItem(draw.Once(2), Laters[draw.Below(Laters.Length)], 40 + draw.Below(310),
                40 + draw.Below(310)));
        }
        if (draw.Once(4))
        {
            items.Add(new HandItem(Mistakes[draw.Below(Mistakes.Length)]));
        }
        if (draw.Once(5))
        {
            items.Add(new JournalLostItem());
        }
    }

    /// <summary>Chance that depends on the seed alone.</summary>
    private sealed class Draw(long seed)
    {
        private int _drawn;

        public int Below(int most) => (int)(BitConverter.ToUInt64(SHA256.HashData(
            Encoding.UTF8.GetBytes($"soak/{seed}/{_drawn++}"))) % (ulong)most);

        /// <summary>Once in so many times.</summary>
        public bool Once(int times) => Below(times) == 0;
    }
}

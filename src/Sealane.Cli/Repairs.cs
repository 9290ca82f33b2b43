using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <param name="Id">Of the object.</param>
/// <param name="Member">The setting, in the words of the plan.</param>
/// <param name="Wanted">What it was set to, each time.</param>
/// <param name="Times">How often, within <see cref="Repairs.Remembered"/>.</param>
internal sealed record Fight(string Id, string Member, string Wanted, int Times, DateTimeOffset First,
    DateTimeOffset Last);

/// <summary>
/// A line for every member that a run has put right. What is put right again and again is set by somebody else, and no
/// further repair ends that: it is told. Nothing is decided by it.
/// </summary>
internal sealed class Repairs(string path, DiskTrouble disk) : IEventSink
{
    /// <summary>After so many repairs of one member to the same value it is another tool's, and no slip.</summary>
    public const int Patience = 2;

    private const string Arrow = " → ";
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _begun = new(StringComparer.Ordinal);

    /// <summary>What is older is no fight any more.</summary>
    public static TimeSpan Remembered { get; } = TimeSpan.FromDays(7);

    public void Emit(EngineEvent happened)
    {
        switch (happened)
        {
            case StepStarted { Action: StepAction.Update } started:
                _begun[started.Id!] = started.Differences;
                break;
            case StepDone { Action: StepAction.Update } done when _begun.TryRemove(done.Id!, out var differences):
                Keep(done.Id!, differences, done.At);
                break;
            default:
                break;
        }
    }

    private void Keep(string id, IReadOnlyList<string> differences, DateTimeOffset at)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Forget(at);
            File.AppendAllLines(path, differences.Select(Split).Select(each => new JsonObject
            {
                ["at"] = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["id"] = id,
                ["member"] = each.Member,
                ["wanted"] = each.Wanted,
            }.ToJsonString(Json.Line)));
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            disk.Report(path, error);
        }
    }

    /// <summary>Lines that nobody reads any more: a watch that repairs runs for years.</summary>
    private void Forget(DateTimeOffset now)
    {
        var lines = File.Exists(path) ? File.ReadAllLines(path) : [];
        var young = lines.SkipWhile(line => KeptLine.Parse(line) is not { } entry
            || KeptLine.TimeOf(entry) is not { } at || now - at >= Remembered).ToList();
        if (young.Count < lines.Length)
        {
            var fresh = $"{path}.new";
            File.WriteAllLines(fresh, young);
            File.Move(fresh, path, overwrite: true);
        }
    }

    /// <summary>Of the members that differ now those that runs have put right before.</summary>
    public static IReadOnlyList<Fight> Fights(string path, Plan plan, DateTimeOffset now)
    {
        var kept = Read(path, now);
        return
        [
            .. from step in plan.Steps
               where step.Action == StepAction.Update
               from difference in step.Change.Differences
               let each = Split(difference)
               let before = kept.GetValueOrDefault((step.Id, each.Member, each.Wanted))
               where before?.Times >= Patience
               select before,
        ];
    }

    /// <summary>What runs have put right more often than a slip needs, whether it differs now or not.</summary>
    public static IReadOnlyList<Fight> Kept(string path, DateTimeOffset now) =>
        [.. Read(path, now).Values.Where(each => each.Times >= Patience)];

    private static Dictionary<(string Id, string Member, string Wanted), Fight> Read(string path, DateTimeOffset now)
    {
        var found = new Dictionary<(string, string, string), Fight>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (KeptLine.Parse(line) is { } entry && (string?)entry["id"] is { } id
                && (string?)entry["member"] is { } member && (string?)entry["wanted"] is { } wanted
                && KeptLine.TimeOf(entry) is { } at && now - at < Remembered)
            {
                found[(id, member, wanted)] = found.TryGetValue((id, member, wanted), out var before)
                    ? before with { Times = before.Times + 1, Last = at } : new(id, member, wanted, 1, at, at);
            }
        }
        return found;
    }

    /// <summary>A difference says the member, what was seen, and what is wanted: what was seen may be another thing
    /// each time.</summary>
    private static (string Member, string Wanted) Split(string difference)
    {
        if (difference.Split(Arrow) is not [var left, var wanted])
        {
            return (difference, "");
        }
        var seen = left.EndsWith('}') ? left.LastIndexOf('{') : left.LastIndexOf(' ');
        return (seen > 0 ? left[..seen].TrimEnd() : left, wanted);
    }
}

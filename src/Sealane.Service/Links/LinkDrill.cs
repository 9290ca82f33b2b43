using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Drills;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>
/// Elements failed one after the other, as a run: asked for, agreed to, and gone on with after a crash. What is failed
/// is in the records before the call that fails it, so whoever goes on gives it back first, on whichever silo.
/// </summary>
internal sealed class LinkDrill(FleetLink link, LinkSession session, RunRow run, IEventSink events)
{
    /// <summary>A run's kind, for all elements; with a dash and its name for one.</summary>
    public const string Kind = "drill";

    private const string One = Kind + "-";
    private const string Outage = "--accept-outage ";
    private const string GiveBack = "give back";
    private const int LongestName = 80;

    private static readonly DrillWishes s_wishes = new(Drilling.UsualHold, AcceptOutage: true, null, null);

    private readonly DrillRecords _book = new(link.Fence);

    public static bool IsKind(string kind) => kind == Kind || (kind.StartsWith(One, StringComparison.Ordinal)
        && kind.Length <= LongestName && kind.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '/'));

    public static async Task<Planned> Plan(FleetLink link, LinkSession session, string kind, CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        if (new DrillRecords(link.Fence).Read() is { } left)
        {
            return new(Document(session, [Row(left.Element, GiveBack, [left.WayBack])]), [], false, false,
                $"a drill was cut off while {left.Element} was down: that is given back first, then ask again");
        }
        return await Ready(session, Names(kind), errors, ct).ConfigureAwait(false) is not { } ready
            ? new(null, [], false, false, errors.ToString().Trim())
            : new(Document(session, ready.Rows.Select(row => Row(row.Element.Id, "fail",
                [
                    DrillText.Impact(row), $"failed by: {row.Element.Means}", $"given back: {row.Element.WayBack}",
                    $"predicted: {DrillText.Predicted(row.Element)}",
                ]))), [.. ready.Rows.Where(row => !row.Carried).Select(row => Outage + row.Element.Id)],
                ready.Rows.Count == 0, false, errors.ToString().Trim());
    }

    /// <summary>Fails the elements that were agreed to and have not been yet.</summary>
    public async Task<Ended> CarryOut(CancellationToken ct)
    {
        await link.Fence.Alone(ct).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Disk.Stop);
        return await session.Holding(() => Work(stop.Token)).ConfigureAwait(false);
    }

    private async Task<Ended> Work(CancellationToken stop)
    {
        var agreed = JsonNode.Parse(run.Plan!)!["objects"]!.AsArray();
        if (_book.Read() is { } left)
        {
            var known = await session.Survey(stop).ConfigureAwait(false);
            if (await LeftDown.GiveBack(session, Drilling.All(session, known), s_wishes, _book,
                line => Tell(left.Element, line), stop).ConfigureAwait(false) is var (why, fix))
            {
                return new(RunStates.Failed, $"{why}\n  fix: {fix}");
            }
        }
        var names = agreed.Where(one => (string?)one!["action"] != GiveBack)
            .Select(one => (string)one!["id"]!).ToList();
        if (names.Count == 0)
        {
            return new(RunStates.Done, "given back");
        }
        var rows = run.Result is { } before ? JsonNode.Parse(before)!["elements"]!.AsArray() : [];
        foreach (var name in names.Except(rows.Select(row => (string)row!["element"]!)).ToList())
        {
            using var errors = new StringWriter(CultureInfo.InvariantCulture);
            if (await Ready(session, [name], errors, stop).ConfigureAwait(false) is not { Rows: [var planned] } ready)
            {
                return new(rows.Count == 0 ? RunStates.Refused : RunStates.Failed,
                    $"{errors.ToString().Trim()}\n{Held(rows, names)}", Result(rows));
            }
            var row = await new DrillRun(session, s_wishes with { AcceptOutage = run.Consent.Contains(Outage + name) },
                _book, line => Tell(name, line)).One(planned.Element, stop).ConfigureAwait(false);
            if (!row.IsGood)
            {
                var bad = $"{name}: {DrillText.Line(row)}; {Held(rows, names)}";
                rows.Add((JsonNode)row.ToJson());
                return new(stop.IsCancellationRequested ? RunStates.Stopped : RunStates.Failed, bad, Result(rows));
            }
            rows.Add((JsonNode)row.ToJson());
            link.Fence.Records.KeepResult(link.Fence.Held, run.Id, Result(rows).ToJsonString(Json.Line));
            Tell(name, DrillText.Line(row));
        }
        return new(RunStates.Done, $"{Held(rows, names)}{session.TimeWord}", Result(rows));
    }

    private static IReadOnlyList<string> Names(string kind) => kind == Kind ? [] : [kind[One.Length..]];

    private static string Held(JsonArray rows, List<string> names) => $"{rows.Count} of {names.Count} elements were "
        + "failed, held as agreed and given back";

    private static async Task<ReadyToDrill?> Ready(
        LinkSession session, IReadOnlyList<string> names, StringWriter errors, CancellationToken ct)
    {
        if (!session.PassesChecks(errors))
        {
            return null;
        }
        var known = await session.Survey(ct).ConfigureAwait(false);
        if (!await session.IsOfTheseEnds(known, errors, ct).ConfigureAwait(false)
            || await Drilling.Prepare(session, known, names, s_wishes, errors, ct).ConfigureAwait(false)
                is not { } ready)
        {
            return null;
        }
        if (ready.WhyNot(acceptOutage: true) is { } why)
        {
            errors.Line($"error: {why}; nothing was failed");
        }
        else if (ready.Refused is var (wrong, fix))
        {
            errors.Line($"error: {wrong}");
            errors.Line($"  fix: {fix}");
        }
        else
        {
            return ready;
        }
        return null;
    }

    private void Tell(string element, string line) =>
        events.Emit(new StepNote(session.Clock.GetUtcNow(), element, line));

    private static JsonObject Result(JsonArray rows) => new() { ["elements"] = rows.DeepClone() };

    private static string Document(LinkSession session, IEnumerable<JsonObject> rows) => new JsonObject
    {
        ["kind"] = "sealane drill",
        ["link"] = session.Design.Name,
        ["objects"] = new JsonArray([.. rows]),
    }.ToJsonString(Json.Line);

    private static JsonObject Row(string element, string action, string[] words) => new()
    {
        ["id"] = element,
        ["action"] = action,
        ["differences"] = new JsonArray([.. words.Select(word => (JsonNode)word)]),
    };
}

/// <summary>What is failed, in the records of the service.</summary>
internal sealed class DrillRecords(LinkFence fence) : IDrillBook
{
    public string Place => "the record of it in the service";

    public DrillRecord? Read() =>
        fence.Records.FailedByDrill(fence.Held.Link) is { } text ? DrillRecord.Parse(text) : null;

    public void Write(DrillRecord record) => fence.Records.KeepDrill(fence.Held, record.ToJson());

    public void Clear() => fence.Records.KeepDrill(fence.Held, null);
}

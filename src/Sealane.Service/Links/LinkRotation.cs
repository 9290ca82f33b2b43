using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Rotate;
using Sealane.Core.Reconcile;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>New keys one after the other, as a run: asked for, agreed to, gone on with after a crash.</summary>
internal static class LinkRotation
{
    /// <summary>Of a run's kind; then which keys.</summary>
    public const string Kind = "rotate-";

    private const string Outage = "--accept-outage ";

    public static IEnumerable<string> Kinds => Rotating.Words.Select(what => Kind + what);

    public static async Task<Planned> Plan(LinkSession session, string kind, CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        if (await Rotating.Prepare(session, kind[Kind.Length..], errors, ct).ConfigureAwait(false) is not { } ready)
        {
            return new(null, [], false, false, errors.ToString().Trim());
        }
        foreach (var silent in ready.Steps.Select(step => step.NotKnown).OfType<string>().Distinct())
        {
            errors.Line($"whether a cloud is at work on the link is not known: {silent}");
        }
        return new(new JsonObject
        {
            ["kind"] = "sealane rotate",
            ["link"] = session.Design.Name,
            ["objects"] = new JsonArray([.. ready.Steps.Select(step => (JsonNode)new JsonObject
            {
                ["id"] = step.Key.Label,
                ["action"] = "rotate",
                ["differences"] = new JsonArray([$"about {Durations.Words(step.Length)}",
                    RotationText.Impact(step, ready.Steps), .. step.Changes.Select(change => change.Id)]),
            })]),
        }.ToJsonString(Json.Line), [.. ready.Alone.Select(step => Outage + step.Key.Label)], ready.Steps.Count == 0,
            false, errors.ToString().Trim());
    }

    /// <summary>Changes the keys that were agreed to and are not changed yet.</summary>
    public static async Task<Ended> CarryOut(FleetLink link, LinkSession session, RunRow run, IEventSink events,
        CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        if (await Rotating.Prepare(session, run.Kind[Kind.Length..], errors, ct).ConfigureAwait(false) is not { } ready)
        {
            return new(RunStates.Refused, errors.ToString().Trim());
        }
        var agreed = JsonNode.Parse(run.Plan!)!["objects"]!.AsArray().Select(one => (string)one!["id"]!).ToHashSet();
        if (ready.Steps.FirstOrDefault(step => !agreed.Contains(step.Key.Label)) is { } more)
        {
            return new(RunStates.Refused, $"not as approved: {more.Key.Label} would be changed too");
        }
        await link.Fence.Alone(ct).ConfigureAwait(false);
        var begun = session.Clock.GetUtcNow();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Disk.Stop);
        var (done, stopped) = await Rotating.Change(session, ready,
            step => run.Consent.Contains(Outage + step.Key.Label),
            (_, step) => session.Engine(new Rotating.OnlyChanges(LinkWork.Readers(session, events)), step.Plan.Graph)
                .Apply(step.Plan, step.Seen, stop.Token), errors, ct).ConfigureAwait(false);
        session.CloseJournal();
        var took = session.Clock.GetUtcNow() - begun;
        var result = new JsonObject
        {
            ["keys"] = ready.Steps.Count,
            ["outageSeconds"] = session.Outage is { } time ? Math.Round(time.TotalSeconds, 3) : null,
            ["clearSeconds"] = session.ClearSeconds is { } clear ? Math.Round(clear, 3) : null,
        };
        return stopped is not null ? LinkWork.End(session, stopped, "", result)
            : done ? new(RunStates.Done, $"{ready.Steps.Count} keys changed in {Durations.Words(took)}"
                + session.TimeWord, result)
            : new(RunStates.Failed, errors.ToString().Trim(), result);
    }
}

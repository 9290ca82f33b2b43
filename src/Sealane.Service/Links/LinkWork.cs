using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>What came of working out a plan.</summary>
/// <param name="Plan">Null: it was refused.</param>
/// <param name="IsEmpty">Nothing is to be done.</param>
/// <param name="IsHarmless">It only puts settings back, orders and deletes nothing, and touches no traffic but where a
/// lock is closed again.</param>
internal sealed record Planned(string? Plan, IReadOnlyList<string> Consent, bool IsEmpty, bool IsHarmless, string Said);

/// <summary>How a run ended.</summary>
internal sealed record Ended(string State, string Said, JsonObject? Result = null)
{
    /// <summary>By something that was thrown.</summary>
    public static Ended By(Exception error, Action<Exception> tellDefect)
    {
        switch (error)
        {
            case OperationCanceledException:
                return new(RunStates.Stopped, "stopped");
            case CloudError cloud:
                return new(RunStates.Failed, cloud.Describe());
            case UsageError or LinkBusy or ClaimHeld:
                return new(RunStates.Failed, error.Message);
            default:
                tellDefect(error);
                return new(RunStates.Failed, $"a defect of Sealane: {error.GetType().Name}; the log has more");
        }
    }
}

/// <summary>What a run does with its link: the same questions in the same order as the command line asks.</summary>
internal static class LinkWork
{
    /// <summary>What apply would do, for whoever has to agree to it.</summary>
    public static Task<Planned> Plan(FleetLink link, string kind, CancellationToken ct) =>
        link.Change(link.Options(Verb(kind)), session => Verb(kind) switch
        {
            "destroy" => PlanDestroy(session, ct),
            "rotate" => LinkRotation.Plan(session, kind, ct),
            LinkDrill.Kind => LinkDrill.Plan(link, session, kind, ct),
            _ => PlanApply(session, ct),
        }, writer: false, ct);

    /// <summary>A run's kind as the command line says it.</summary>
    private static string Verb(string kind) => kind.Split('-')[0];

    private static async Task<Planned> PlanApply(LinkSession session, CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        Planned Refused() => new(null, [], false, false, errors.ToString().Trim());
        if (!session.PassesChecks(errors))
        {
            return Refused();
        }
        var known = await session.Survey(ct).ConfigureAwait(false);
        var plan = Core.Reconcile.Plan.Of(session.Graph, known);
        if (!await session.IsOfTheseEnds(known, errors, ct).ConfigureAwait(false))
        {
            return Refused();
        }
        if (plan.Refused.Any())
        {
            PlanText.Write(errors, session.Design, plan, Ink.None);
            return Refused();
        }
        await session.Prices.Ask(plan, known, book: false, ct).ConfigureAwait(false);
        if (await session.PassesAhead(plan, known, errors, ct, acts: false).ConfigureAwait(false) is null)
        {
            return Refused();
        }
        var fights = session.Fights(plan);
        // A lock that is open is worse than a session that restarts.
        var harmless = fights.Count == 0 && plan.Outage == TimeSpan.Zero && plan.Steps.All(step => !step.Changes
            || (step.Action == StepAction.Update && !step.Resource.Billed && !step.Change.Stops
                && (step.Change.Traffic == "none" || step.Resource.Closes != Locks.None)));
        var keys = KeysAtOnce.In(session, known);
        var file = PlanFile.Of(session, plan, known);
        return new(file.ToJsonString(Json.Line), Consent.Wanted(session.Design, plan, keys), plan.IsEmpty,
            harmless && !keys, string.Join('\n', fights.Select(fight =>
                $"{fight.Id}: repaired {FightText.Words(fight)}: somebody else may be setting it")
                .Append(errors.ToString().Trim()).Where(line => line.Length > 0)));
    }

    private static async Task<Planned> PlanDestroy(LinkSession session, CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        if (await Destroying.Prepare(session, errors, ct).ConfigureAwait(false) is not { } ready)
        {
            return new(null, [], false, false, errors.ToString().Trim());
        }
        var bound = Consent.Bound(ready.Ours, ready.Known, session.Clock.GetUtcNow());
        return new(new JsonObject
        {
            ["kind"] = "sealane destroy",
            ["link"] = session.Design.Name,
            ["objects"] = new JsonArray([.. Going(ready).Select(one => (JsonNode)new JsonObject
            {
                ["id"] = one.Id,
                ["cloudId"] = one.CloudId,
            })]),
            ["billedByTerm"] = new JsonArray([.. bound.Select(line => (JsonNode)line)]),
        }.ToJsonString(Json.Line), [], ready.Ours.Count == 0, false, errors.ToString().Trim());
    }

    /// <summary>Carries out what was approved, and nothing else.</summary>
    /// <param name="begun">It had begun before: what is done of it is done already.</param>
    public static Task<Ended> CarryOut(
        FleetLink link, RunRow run, bool begun, IEventSink events, CancellationToken ct)
    {
        var approved = JsonNode.Parse(run.Plan!)!.AsObject();
        var options = Agreed(link.Options(Verb(run.Kind)), run.Consent);
        return link.Change(options, session => Verb(run.Kind) switch
        {
            "destroy" => Destroy(link, session, approved, events, ct),
            "rotate" => LinkRotation.CarryOut(link, session, run, events, ct),
            LinkDrill.Kind => new LinkDrill(link, session, run, events).CarryOut(ct),
            _ => Apply(link, session, approved, begun, events, ct),
        }, writer: true, ct);
    }

    private static async Task<Ended> Apply(FleetLink link, LinkSession session, JsonObject approved, bool begun,
        IEventSink events, CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        bool IsAsApproved(Plan plan, Known seen)
        {
            var differences = begun ? Beyond(approved, plan)
                : PlanFile.Differences(approved, PlanFile.Of(session, plan, seen));
            foreach (var difference in differences)
            {
                errors.Line($"not as approved: {difference}");
            }
            return differences.Count == 0;
        }

        if (await Applying.Prepare(session, errors, IsAsApproved, ct).ConfigureAwait(false) is not { } ready)
        {
            return new(RunStates.Refused, errors.ToString().Trim());
        }
        await link.Fence.Alone(ct).ConfigureAwait(false);
        // A session that cannot write any more ends its run too; both ways it ends in order.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Disk.Stop);
        var report = await session.Engine(Readers(session, events)).Apply(ready.Plan, ready.Seen, stop.Token)
            .ConfigureAwait(false);
        session.CloseJournal();
        return End(session, report, "applied", new()
        {
            ["created"] = report.Created,
            ["updated"] = report.Updated,
            ["deleted"] = report.Deleted,
            ["unchanged"] = report.Unchanged,
        });
    }

    private static async Task<Ended> Destroy(
        FleetLink link, LinkSession session, JsonObject approved, IEventSink events, CancellationToken ct)
    {
        using var errors = new StringWriter(CultureInfo.InvariantCulture);
        if (await Destroying.Prepare(session, errors, ct).ConfigureAwait(false) is not { } ready)
        {
            return new(RunStates.Refused, errors.ToString().Trim());
        }
        var agreed = approved["objects"]!.AsArray().Select(one => ((string)one!["id"]!, (string?)one["cloudId"]))
            .ToHashSet();
        if (Going(ready).FirstOrDefault(one => !agreed.Contains(one)) is { Id: { } id })
        {
            return new(RunStates.Refused, $"not as approved: {id} would be deleted too");
        }
        await link.Fence.Alone(ct).ConfigureAwait(false);
        var relied = Destroying.LeftForOthers(ready.Known, ready.Ours);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, session.Disk.Stop);
        var report = await session.Engine(Readers(session, events)).Destroy(ready.Known, stop.Token)
            .ConfigureAwait(false);
        session.CloseJournal();
        if (stop.IsCancellationRequested)
        {
            return End(session, report, "destroyed", new() { ["deleted"] = report.Deleted });
        }
        var left = await session.Survey(ct).ConfigureAwait(false);
        var billed = Destroying.StillBilled(ready.Graph, left);
        var ended = End(session, report, "destroyed", new()
        {
            ["deleted"] = report.Deleted,
            ["stillBilled"] = new JsonArray([.. billed.Select(line => (JsonNode)line)]),
            ["leftForOthers"] = new JsonArray([.. relied.Select(line => (JsonNode)line)]),
        });
        return ended.State == RunStates.Done && billed.Count > 0
            ? ended with { State = RunStates.Failed, Said = $"still billed: {string.Join(", ", billed)}" } : ended;
    }

    private static IEnumerable<(string Id, string? CloudId)> Going(ReadyToDestroy ready) =>
        ready.Ours.Select(resource => (resource.Id, ready.Known[resource.Id]!.View.CloudId));

    /// <summary>What a run that goes on would do beyond what was approved: a step that was not in the plan, or one that
    /// takes more away than it did there.</summary>
    private static List<string> Beyond(JsonObject approved, Plan plan)
    {
        var steps = approved["plan"]!["steps"]!.AsArray().ToDictionary(step => (string)step!["id"]!,
            step => (string)step!["action"]!, StringComparer.Ordinal);
        return
        [
            .. from step in plan.Steps
               where step.Changes
               let agreed = steps.GetValueOrDefault(step.Id)
               where !May(agreed, step.Action)
               select $"{step.Id}: {PlanText.Word(step.Action)} now, {agreed ?? "not there"} then",
        ];
    }

    // A setting that waits in a plan for what it is set on is made or set once that stands.
    private static bool May(string? agreed, StepAction now) => agreed is not null && (agreed == PlanText.Word(now)
        || (now is StepAction.Update && agreed == PlanText.Word(StepAction.Create))
        || (now is StepAction.Update or StepAction.Create && agreed == PlanText.Word(StepAction.Wait))
        || (now is StepAction.Update or StepAction.Create && agreed == PlanText.Word(StepAction.Replace)));

    public static IEventSink Readers(LinkSession session, IEventSink events) =>
        new RunTime(new All([session.Receipts, session.Repairs, events]), session.Clock);

    public static Ended End(LinkSession session, RunReport report, string done, JsonObject result)
    {
        result["tookSeconds"] = Math.Round(report.Took.TotalSeconds, 3);
        result["calls"] = Runs.Calls(session);
        result["writes"] = session.Calls.Writes;
        return session.Disk.First is { } trouble ? new(RunStates.Failed, trouble, result) : report.Result switch
        {
            RunResult.Done => new(RunStates.Done,
                $"{done} in {Durations.Words(report.Took)}{session.TimeWord}", result),
            RunResult.Interrupted => new(RunStates.Stopped, "stopped; what the clouds were asked to make goes on",
                result),
            _ => new(RunStates.Failed, string.Join('\n', report.Failures.Select(failure =>
                Core.Plain.Lines($"{failure.Id}: {failure.Reason}"))), result),
        };
    }

    /// <summary>What an approver agreed to by name, as the command line takes it.</summary>
    private static LinkOptions Agreed(LinkOptions options, IReadOnlyList<string> consent)
    {
        foreach (var words in consent.Select(one => one.Split(' ')))
        {
            options = words switch
            {
                ["--replace", var id] => options with { Replace = [.. options.Replace, id] },
                ["--remove", var count] =>
                    options with { Remove = int.Parse(count, CultureInfo.InvariantCulture) },
                ["--term", var months] => options with { Term = int.Parse(months, CultureInfo.InvariantCulture) },
                ["--keys-at-once"] => options with { KeysAtOnce = true },
                // Asked of the consent itself, key by key.
                ["--accept-outage", _] => options,
                _ => throw new JsonException($"'{string.Join(' ', words)}' is nothing that can be agreed to"),
            };
        }
        return options;
    }

    private sealed class All(IReadOnlyList<IEventSink> readers) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            foreach (var reader in readers)
            {
                reader.Emit(happened);
            }
        }
    }
}

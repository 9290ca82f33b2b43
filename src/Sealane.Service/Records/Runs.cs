using System.Text.Json;

namespace Sealane.Service.Records;

/// <summary>How a run stands. What is not in <see cref="Open"/> has ended.</summary>
internal static class RunStates
{
    /// <summary>Its plan is to be worked out.</summary>
    public const string Asked = "asked";

    /// <summary>Its plan waits for an approver.</summary>
    public const string Waiting = "waiting";

    public const string Approved = "approved";

    /// <summary>It has begun, and goes on after a restart.</summary>
    public const string Running = "running";

    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>Nothing was done.</summary>
    public const string Refused = "refused";

    /// <summary>Somebody stopped it.</summary>
    public const string Stopped = "stopped";

    public static IReadOnlyList<string> Open { get; } = [Asked, Waiting, Approved, Running];
}

/// <summary>Something that is to be done to a link, from the question to its end.</summary>
/// <param name="Kind"><c>plan</c>, <c>apply</c>, <c>destroy</c> or <c>repair</c>; <c>rotate-</c> with which keys;
/// <c>drill</c>, or with one element <c>drill-ELEMENT</c>; <c>evidence</c> or <c>evidence-redacted</c>.</param>
/// <param name="Version">Of the spec that it was asked for with.</param>
/// <param name="Consent">What an approver must agree to by name.</param>
internal sealed record RunRow(long Id, string Link, string Kind, string State, long Version, string AskedBy,
    DateTimeOffset AskedAt, string? Plan, IReadOnlyList<string> Consent, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    DateTimeOffset? EndedAt, string Said, string? Result)
{
    public bool IsOpen => RunStates.Open.Contains(State);
}

internal sealed partial class Store
{
    /// <param name="key">The same key again is the same run: a caller that lost the answer may ask again.</param>
    public RunRow AskRun(string link, string kind, long version, string who, string? key, DateTimeOffset at)
    {
        return Write(now =>
        {
            now.Alone();
            if (key is not null && now.All("select * from runs where key = @key", RunOf, ("key", key)) is [var before])
            {
                return before;
            }
            return now.All("""
                insert into runs (link, kind, state, version, asked_by, asked_at, key)
                values (@link, @kind, 'asked', @version, @who, @at, @key) returning *
                """, RunOf, ("link", link), ("kind", kind), ("version", version), ("who", who), ("at", Text(at)),
                ("key", key))[0];
        });
    }

    public long? AskedWith(string key) => (long?)One("select id from runs where key = @key", ("key", key));

    public RunRow? Run(long id) => All("select * from runs where id = @id", RunOf, ("id", id)).FirstOrDefault();

    /// <summary>The newest first.</summary>
    public IReadOnlyList<RunRow> Runs(string? link, int most) => All(
        "select * from runs where link = @link or @link is null order by id desc limit @most", RunOf, ("link", link),
        ("most", most));

    /// <summary>What has not ended, the oldest first.</summary>
    public IReadOnlyList<RunRow> OpenRuns(string? link) => All("""
        select * from runs where (link = @link or @link is null)
            and state in ('asked', 'waiting', 'approved', 'running')
        order by id
        """, RunOf, ("link", link));

    public bool Planned(Fence by, long id, string plan, IReadOnlyList<string> consent, string said) => RunBy(by, """
        update runs set state = 'waiting', plan = @plan, consent = @consent, said = @said
        where id = @id and state = 'asked'
        """, ("id", id), ("plan", plan), ("consent", JsonSerializer.Serialize(consent)), ("said", said));

    public bool ApproveRun(long id, string who, DateTimeOffset at) => Run("""
        update runs set state = 'approved', approved_by = @who, approved_at = @at where id = @id and state = 'waiting'
        """, ("id", id), ("who", who), ("at", Text(at))) > 0;

    public bool BeginRun(Fence? by, long id) =>
        RunBy(by, "update runs set state = 'running' where id = @id and state = 'approved'", ("id", id));

    /// <param name="by">Null: a person ends what nobody works on.</param>
    public bool EndRun(Fence? by, long id, string state, string said, string? result, DateTimeOffset at) =>
        RunBy(by, """
        update runs set state = @state, said = @said, result = coalesce(@result, result), ended_at = @at
        where id = @id and state in ('asked', 'waiting', 'approved', 'running')
        """, ("id", id), ("state", state), ("said", said), ("result", result), ("at", Text(at)));

    /// <summary>A plan that nobody acts on is kept with its run.</summary>
    public void KeepPlan(Fence? by, long id, string plan) =>
        RunBy(by, "update runs set plan = @plan where id = @id", ("id", id), ("plan", plan));

    /// <summary>What is known before the end.</summary>
    public void KeepResult(Fence by, long id, string result) =>
        RunBy(by, "update runs set result = @result where id = @id", ("id", id), ("result", result));

    /// <param name="files">Of a bundle of evidence, as JSON.</param>
    public void KeepBundle(Fence by, long id, string files) => RunBy(by,
        "insert into bundles values (@id, @files) on conflict (run) do update set files = @files", ("id", id),
        ("files", files));

    public string? Bundle(long run) => (string?)One("select files from bundles where run = @run", ("run", run));

    public void AddEvent(Fence by, long run, string json) => RunBy(by, """
        insert into run_events select @run, coalesce(max(seq), 0) + 1, @json from run_events where run = @run
        """, ("run", run), ("json", json));

    public IReadOnlyList<(long Seq, string Json)> EventsAfter(long run, long seq) => All(
        "select seq, json from run_events where run = @run and seq > @seq order by seq limit 1000",
        row => (row.Number("seq"), row.Text("json")), ("run", run), ("seq", seq));

    /// <summary>What a drill has failed and not given back yet; null: nothing.</summary>
    public string? FailedByDrill(string link) =>
        (string?)One("select value from service where name = @name", ("name", DrillOf(link)));

    /// <param name="record">Null: it was given back.</param>
    public void KeepDrill(Fence by, string? record) => RunBy(by, record is null
        ? "delete from service where name = @name"
        : "insert into service values (@name, @value) on conflict (name) do update set value = @value",
        ("name", DrillOf(by.Link)), ("value", record));

    private static string DrillOf(string link) => $"drill/{link}";

    private static RunRow RunOf(Row row) => new(row.Number("id"), row.Text("link"), row.Text("kind"),
        row.Text("state"), row.Number("version"), row.Text("asked_by"), row.Time("asked_at"), row.Maybe("plan"),
        JsonSerializer.Deserialize<string[]>(row.Text("consent")) ?? [], row.Maybe("approved_by"),
        row.MaybeTime("approved_at"), row.MaybeTime("ended_at"), row.Text("said"), row.Maybe("result"));
}

namespace Sealane.Service.Records;

/// <summary>What the service does by itself.</summary>
internal static class Policies
{
    /// <summary>Looks, and changes nothing.</summary>
    public const string Watch = "watch";

    /// <summary>Carries out what was asked for and approved.</summary>
    public const string Approve = "approve";

    /// <summary>The same, and puts settings back by itself where that orders and deletes nothing and touches no
    /// traffic,
    /// or closes a lock again.</summary>
    public const string Repair = "repair";

    public static IReadOnlyList<string> All { get; } = [Watch, Approve, Repair];
}

/// <summary>A link of the fleet as it was last seen.</summary>
/// <param name="Evidence">When the oldest evidence of the verdict was read.</param>
/// <param name="Looks">How often all evidence was asked for, in vain or not.</param>
internal sealed record LinkRow(string Name, string Policy, long Version, DateTimeOffset Added, DateTimeOffset? Removed,
    string Verdict, DateTimeOffset? Evidence, DateTimeOffset? Looked, long Looks);

/// <summary>A version of a link's spec.</summary>
internal sealed record SpecRow(string Link, long Version, string File, string Text, string Sha256, DateTimeOffset At,
    string Who);

/// <summary>What the last look at all evidence left behind, as documents.</summary>
internal sealed record SeenRow(string Verification, string Objects, string Picture);

/// <summary>A change that was told.</summary>
internal sealed record HistoryRow(long Id, string Link, DateTimeOffset At, string Item, string? Was, string? Now,
    string Detail, DateTimeOffset? Evidence)
{
    public static HistoryRow Of(string link, Cli.Watch.WatchEvent change) => new(0, link, change.At,
        Core.Plain.Line(change.Id), change.Was is { } was ? Core.Plain.Line(was) : null,
        change.Is is { } now ? Core.Plain.Line(now) : null,
        string.Join('\n', change.Detail.Where(line => line.Length > 0).Select(Core.Plain.Line)), change.EvidenceFrom);
}

internal sealed partial class Store
{
    private const string LinkColumns =
        "name, policy, version, added, removed, verdict, evidence, looked, looks";

    public IReadOnlyList<LinkRow> Links() =>
        All($"select {LinkColumns} from links where removed is null order by name", LinkOf);

    public long CountLinks() => (long)One("select count(*) from links where removed is null")!;

    public LinkRow? Link(string name) => All($"select {LinkColumns} from links where name = @name and removed is null",
        LinkOf, ("name", name)).FirstOrDefault();

    /// <summary>A new link, or a new version of its spec; the same text again is the version that there is.</summary>
    /// <returns>The version.</returns>
    public long AddLink(string name, string? policy, string file, string text, string sha256, string who,
        DateTimeOffset at)
    {
        return Write(now =>
        {
            var last = now.All("select * from specs where link = @link order by version desc limit 1", SpecOf,
                ("link", name)).FirstOrDefault();
            var version = last?.Sha256 == sha256 ? last.Version : (last?.Version ?? 0) + 1;
            if (version != last?.Version)
            {
                now.Run("insert into specs values (@link, @version, @file, @text, @sha256, @at, @who)", ("link", name),
                    ("version", version), ("file", file), ("text", text), ("sha256", sha256), ("at", Text(at)),
                    ("who", who));
            }
            now.Run("""
                insert into links (name, policy, version, added, verdict)
                values (@name, coalesce(@policy, 'approve'), @version, @at, @verdict)
                on conflict (name) do update set version = @version, policy = coalesce(@policy, links.policy),
                    removed = null
                """, ("name", name), ("policy", policy), ("version", version), ("at", Text(at)),
                ("verdict", Cli.Watch.WatchState.Unread));
            return version;
        });
    }

    /// <summary>What was known of it is forgotten; its specs, runs and history stay.</summary>
    public void RemoveLink(string name, DateTimeOffset at) => Run("""
        update links set removed = @at, verdict = @verdict, evidence = null, memory = null, verification = null,
            objects = null, picture = null where name = @name
        """, ("name", name), ("at", Text(at)), ("verdict", Cli.Watch.WatchState.Unread));

    public void SetPolicy(string name, string policy) =>
        Run("update links set policy = @policy where name = @name", ("name", name), ("policy", policy));

    public SpecRow? Spec(string link, long version) => All(
        "select * from specs where link = @link and version = @version", SpecOf, ("link", link), ("version", version))
        .FirstOrDefault();

    /// <summary>What is known now, and the changes that led to it: both or neither.</summary>
    /// <param name="looks">Looks at all evidence since the last time, in vain or not.</param>
    /// <exception cref="FenceLost">Another writer has the link.</exception>
    public void Looked(Fence by, string verdict, DateTimeOffset? evidence, string memory, DateTimeOffset at, int looks,
        IReadOnlyList<HistoryRow> changes) => Write(now =>
        {
            Require(now, by);
            now.Run("""
                update links set verdict = @verdict, evidence = @evidence, memory = @memory, looked = @at,
                    looks = looks + @looks
                where name = @name and removed is null
                """, ("name", by.Link), ("verdict", verdict), ("evidence", evidence is { } from ? Text(from) : null),
                ("memory", memory), ("at", Text(at)), ("looks", looks));
            if (changes.Count > 0)
            {
                now.Alone();
            }
            foreach (var change in changes)
            {
                now.Run("""
                    insert into history (link, at, item, was, now, detail, evidence)
                    values (@link, @at, @item, @was, @now, @detail, @evidence)
                    """, ("link", by.Link), ("at", Text(change.At)), ("item", change.Item), ("was", change.Was),
                    ("now", change.Now), ("detail", change.Detail),
                    ("evidence", change.Evidence is { } then ? Text(then) : null));
            }
            return changes.Count;
        });

    /// <exception cref="FenceLost">Another writer has the link.</exception>
    public void Seen(Fence by, SeenRow seen) => Write(now =>
    {
        Require(now, by);
        return now.Run("""
            update links set verification = @verification, objects = @objects, picture = @picture
            where name = @name and removed is null
            """, ("name", by.Link), ("verification", seen.Verification), ("objects", seen.Objects),
            ("picture", seen.Picture));
    });

    /// <returns>Null before the first look.</returns>
    public SeenRow? Seen(string name) => All(
        "select verification, objects, picture from links where name = @name and verification is not null",
        row => new SeenRow(row.Text("verification"), row.Text("objects"), row.Text("picture")), ("name", name))
        .FirstOrDefault();

    public string? Memory(string name) => (string?)One("select memory from links where name = @name", ("name", name));

    /// <param name="link">Null: of all.</param>
    public IReadOnlyList<HistoryRow> HistoryAfter(string? link, long id, int most) => All(
        "select * from history where id > @id and (link = @link or @link is null) order by id limit @most", HistoryOf,
        ("link", link), ("id", id), ("most", most));

    /// <summary>The newest first.</summary>
    public IReadOnlyList<HistoryRow> History(string link, int most) => All(
        "select * from history where link = @link order by id desc limit @most", HistoryOf, ("link", link),
        ("most", most));

    public long LastChange() => (long)(One("select max(id) from history") ?? 0L);

    private static LinkRow LinkOf(Row row) => new(row.Text("name"), row.Text("policy"), row.Number("version"),
        row.Time("added"), row.MaybeTime("removed"), row.Text("verdict"), row.MaybeTime("evidence"),
        row.MaybeTime("looked"), row.Number("looks"));

    private static SpecRow SpecOf(Row row) => new(row.Text("link"), row.Number("version"), row.Text("file"),
        row.Text("text"), row.Text("sha256"), row.Time("at"), row.Text("who"));

    private static HistoryRow HistoryOf(Row row) => new(row.Number("id"), row.Text("link"), row.Time("at"),
        row.Text("item"), row.Maybe("was"), row.Maybe("now"), row.Text("detail"), row.MaybeTime("evidence"));
}

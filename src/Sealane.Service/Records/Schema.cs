namespace Sealane.Service.Records;

/// <summary>The tables of the records, for both databases, and what leads from one version to the next.</summary>
internal static class Schema
{
    /// <summary>Raised with <see cref="s_steps"/>; records of a newer one are not touched.</summary>
    public static int Version => s_steps.Length;

    // Never changed once it was released.
    private static readonly string[] s_steps =
    [
        """
        create table links (name text primary key, policy text not null, version {long} not null, added text not null,
            removed text, verdict text not null, evidence text, looked text, looks {long} not null default 0,
            memory text, verification text, objects text, picture text){strict};
        create table specs (link text not null, version {long} not null, file text not null, text text not null,
            sha256 text not null, at text not null, who text not null, primary key (link, version)){strict};
        create table runs (id {number}, link text not null, kind text not null,
            state text not null, version {long} not null, asked_by text not null, asked_at text not null,
            key text unique, plan text, consent text not null default '[]', approved_by text, approved_at text,
            ended_at text, said text not null default '', result text){strict};
        create index runs_of_link on runs (link, id);
        create table run_events (run {long} not null, seq {long} not null, json text not null,
            primary key (run, seq)){strict};
        create table history (id {number}, link text not null, at text not null,
            item text not null, was text, now text, detail text not null, evidence text){strict};
        create index history_of_link on history (link, id);
        create table audit (id {number}, at text not null, who text not null,
            action text not null, subject text not null, detail text not null, hash text not null){strict};
        {audit 1}
        create table reminders (grain text not null, name text not null, hash {long} not null, start text not null,
            period_ms {long} not null, etag text not null, primary key (grain, name)){strict};
        """,
        // Several writers: who may write to a link, what was ordered, who is in the cluster; and an audit log whose
        // beginning may be cut off where it says so itself.
        """
        create table fences (link text primary key, epoch {long} not null, holder text not null, seq {long} not null,
            held {long} not null, was {long} not null, at text not null){strict};
        create table intents (link text not null, id text not null, epoch {long} not null, action text not null,
            at text not null, deadline text not null, primary key (link, id)){strict};
        create table members (address text primary key, status {long} not null, suspects text not null,
            host text not null, name text not null, started text not null, alive text not null,
            etag text not null){strict};
        create table membership (version {long} not null){strict};
        insert into membership values (0);
        create table writers (slot text primary key, number {long} not null, at text not null){strict};
        create table service (name text primary key, value text not null){strict};
        create table page_keys (name text primary key, xml text not null){strict};
        create table audit_cuts (id {long} primary key, hash text not null, at text not null){strict};
        {audit 2}
        """,
        """
        create table bundles (run {long} primary key, files text not null){strict};
        """,
    ];

    /// <param name="from">The version that is there; 0: nothing.</param>
    public static string Step(int from, IReadOnlyDictionary<string, string> words)
    {
        var step = s_steps[from];
        foreach (var (word, spelled) in words)
        {
            step = step.Replace($"{{{word}}}", spelled, StringComparison.Ordinal);
        }
        return step;
    }
}

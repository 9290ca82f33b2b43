using Sealane.Service.Records;

namespace Sealane.Tests.Service.Cluster;

/// <summary>What the records do, whichever database holds them.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    protected static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal Store Store { get; private set; } = null!;

    private protected abstract Task<Database> Make();

    /// <summary>With the database's own words, past all rules of the service.</summary>
    private protected abstract Task Sql(string text);

    public async ValueTask InitializeAsync() => Store = new(await Make());

    public virtual ValueTask DisposeAsync()
    {
        Store?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_link_has_versions_of_its_spec_and_a_policy_and_is_removed_and_added_again()
    {
        Assert.Equal(1, Store.AddLink("sydney", null, "a.yaml", "one", "hash1", "olaf", At));
        Assert.Equal(1, Store.AddLink("sydney", "repair", "a.yaml", "one", "hash1", "olaf", At));
        Assert.Equal(2, Store.AddLink("sydney", null, "b.yaml", "two", "hash2", "anna", At));
        Assert.Equal(("repair", 2L), (Store.Link("sydney")!.Policy, Store.Link("sydney")!.Version));
        Assert.Equal(("one", "two"), (Store.Spec("sydney", 1)!.Text, Store.Spec("sydney", 2)!.Text));
        Store.SetPolicy("sydney", "watch");
        Store.RemoveLink("sydney", At);
        Assert.Null(Store.Link("sydney"));
        Assert.Empty(Store.Links());
        Store.AddLink("sydney", null, "b.yaml", "two", "hash2", "anna", At);
        Assert.Equal(("watch", 2L), (Store.Links().Single().Policy, Store.Links().Single().Version));
    }

    [Fact]
    public void A_run_goes_through_its_states_and_the_same_key_is_the_same_run()
    {
        var fence = Store.TakeFence("sydney", "silo", At).Fence;
        var run = Store.AskRun("sydney", "apply", 1, "olaf", "olaf/once", At);
        Assert.Equal(run.Id, Store.AskRun("sydney", "apply", 1, "olaf", "olaf/once", At).Id);
        Assert.Equal(run.Id, Store.AskedWith("olaf/once"));
        Assert.NotEqual(run.Id, Store.AskRun("sydney", "plan", 1, "olaf", null, At).Id);
        Assert.Equal(2, Store.OpenRuns("sydney").Count);
        Assert.False(Store.ApproveRun(run.Id, "anna", At));
        Assert.True(Store.Planned(fence, run.Id, "{}", ["--remove 1"], "said"));
        Assert.True(Store.ApproveRun(run.Id, "anna", At));
        Assert.True(Store.BeginRun(fence, run.Id));
        Assert.False(Store.BeginRun(fence, run.Id));
        Store.AddEvent(fence, run.Id, "1");
        Store.AddEvent(fence, run.Id, "2");
        Assert.Equal([(1L, "1"), (2L, "2")], Store.EventsAfter(run.Id, 0));
        Assert.Equal([(2L, "2")], Store.EventsAfter(run.Id, 1));
        Assert.True(Store.EndRun(fence, run.Id, RunStates.Done, "done", null, At));
        Assert.False(Store.EndRun(null, run.Id, RunStates.Failed, "again", null, At));
        var ended = Store.Run(run.Id)!;
        Assert.Equal((RunStates.Done, "anna", "--remove 1", At),
            (ended.State, ended.ApprovedBy, ended.Consent.Single(), ended.EndedAt));
        Assert.Equal([run.Id + 1, run.Id], Store.Runs("sydney", 10).Select(one => one.Id));
        Assert.Empty(Store.Runs("tokyo", 10));
    }

    [Fact]
    public void What_a_look_has_found_and_what_has_changed_by_it_is_kept()
    {
        Store.AddLink("sydney", null, "a.yaml", "one", "hash1", "olaf", At);
        var fence = Store.TakeFence("sydney", "silo", At).Fence;
        Store.Looked(fence, "encrypted", At, "memory", At.AddMinutes(1), 2,
            [new(0, "sydney", At, "verdict", null, "encrypted", "why", At)]);
        Store.Seen(fence, new("{}", "[]", "<svg/>"));
        var link = Store.Link("sydney")!;
        Assert.Equal(("encrypted", At, At.AddMinutes(1), 2L), (link.Verdict, link.Evidence, link.Looked, link.Looks));
        Assert.Equal(("memory", "<svg/>"), (Store.Memory("sydney"), Store.Seen("sydney")!.Picture));
        var change = Store.HistoryAfter(null, 0, 10).Single();
        Assert.Equal((change.Id, "verdict", null, "encrypted"), (Store.LastChange(), change.Item, change.Was,
            change.Now));
        Assert.Empty(Store.HistoryAfter("tokyo", 0, 10));
        Assert.Single(Store.History("sydney", 10));
    }

    [Fact]
    public async Task A_row_of_the_audit_log_that_was_altered_is_found_and_the_log_resists()
    {
        foreach (var who in new[] { "anna", "olaf", "abel" })
        {
            Store.Audit(who, "approve", "sydney", "run 1", At);
        }
        Assert.Equal((3, null), (Store.CheckAudit().Rows, Store.CheckAudit().Broken));
        foreach (var attack in new[] { "update audit set who = 'eve' where id = 2", "delete from audit" })
        {
            Assert.Contains("append-only", (await Assert.ThrowsAnyAsync<Exception>(() => Sql(attack))).Message);
        }
        await Sql(Store.IsShared ? "drop trigger audit_stays on audit" : "drop trigger audit_stays");
        await Sql("update audit set who = 'eve' where id = 2");
        Assert.Equal(2, Store.CheckAudit().Broken);
    }

    [Fact]
    public async Task What_is_too_old_goes_and_the_audit_log_says_so_itself()
    {
        for (var day = 0; day < 5; day++)
        {
            Store.Audit("anna", "look", "sydney", $"day {day}", At.AddDays(day));
        }
        Assert.Equal(3, Store.CutAudit(At.AddDays(2.5), At.AddDays(10)));
        Assert.Null(Store.CutAudit(At.AddDays(2.5), At.AddDays(10)));
        var check = Store.CheckAudit();
        Assert.Equal((3, 3, null), (check.Cut, check.Rows, check.Broken));
        Assert.Contains("append-only", (await Assert.ThrowsAnyAsync<Exception>(() =>
            Sql("delete from audit where id = 4"))).Message);
        Assert.Equal(5, Store.CutAudit(At.AddDays(20), At.AddDays(21)));
        check = Store.CheckAudit();
        Assert.Equal((5, 2, null), (check.Cut, check.Rows, check.Broken));
        // Somebody makes a cut of his own: what is left does not tell of it.
        await Sql("insert into audit_cuts select id, hash, at from audit where id = 6");
        await Sql("delete from audit where id = 6");
        Assert.Equal(6, Store.CheckAudit().Broken);
    }

    [Fact]
    public void Changes_and_steps_that_are_too_old_are_forgotten_and_the_last_change_is_not()
    {
        Store.AddLink("sydney", null, "a.yaml", "one", "hash1", "olaf", At);
        var fence = Store.TakeFence("sydney", "silo", At).Fence;
        Store.Looked(fence, "encrypted", At, "", At, 1,
            [.. Enumerable.Range(0, 3).Select(day => new HistoryRow(0, "sydney", At.AddDays(day), "verdict", null, "x",
                "", null))]);
        var (ended, open) = (Store.AskRun("sydney", "plan", 1, "olaf", null, At).Id,
            Store.AskRun("sydney", "plan", 1, "olaf", null, At).Id);
        Store.AddEvent(fence, ended, "1");
        Store.AddEvent(fence, open, "1");
        Store.EndRun(fence, ended, RunStates.Done, "", null, At);
        var last = Store.LastChange();
        Assert.Equal(3, Store.Forget(At.AddDays(9)));
        Assert.Equal(last, Store.HistoryAfter(null, 0, 10).Single().Id);
        Assert.Empty(Store.EventsAfter(ended, 0));
        Assert.Single(Store.EventsAfter(open, 0));
    }

    /// <summary>Records of the first version, with what stood in them.</summary>
    private protected abstract Task<Database> MakeOld(string rows);

    [Fact]
    public async Task Records_of_an_older_version_are_brought_to_this_one()
    {
        var hash = AuditRow.HashOf("", 1, "then", "anna", "look", "sydney", "");
        using var store = new Store(await MakeOld(
            $"insert into audit values (1, 'then', 'anna', 'look', 'sydney', '', '{hash}')"));
        Assert.Equal((1, null), (store.CheckAudit().Rows, store.CheckAudit().Broken));
        Assert.False(store.TakeFence("sydney", "silo", At).WasHeld);
        Assert.True(store.IsWell());
    }

    [Fact]
    public async Task Many_who_write_into_the_audit_log_at_once_break_no_chain()
    {
        await Parallel.ForAsync(0, 60, (number, _) =>
        {
            Store.Audit($"who{number}", "look", "sydney", "", At);
            return ValueTask.CompletedTask;
        });
        Assert.Equal((60, null), (Store.CheckAudit().Rows, Store.CheckAudit().Broken));
    }

    [Fact]
    public async Task Reminders_are_found_by_grain_by_name_and_by_their_part_of_the_ring()
    {
        var table = new ReminderTable(Store);
        var grain = GrainId.Parse("link/sydney");
        var entry = new ReminderEntry
        {
            GrainId = grain,
            ReminderName = "watch",
            StartAt = At.UtcDateTime,
            Period = TimeSpan.FromMinutes(1),
        };
        Assert.NotEqual(await table.UpsertRow(entry), await table.UpsertRow(entry));
        var found = (await table.ReadRow(grain, "watch"))!;
        var (etag, hash) = (found.ETag, grain.GetUniformHashCode());
        Assert.Equal((grain, "watch", At.UtcDateTime, TimeSpan.FromMinutes(1)),
            (found.GrainId, found.ReminderName, found.StartAt, found.Period));
        Assert.Single((await table.ReadRows(grain)).Reminders);
        Assert.Single((await table.ReadRows(hash - 1, hash)).Reminders);
        Assert.Empty((await table.ReadRows(hash, hash + 1)).Reminders);
        // Around zero, and the whole ring.
        Assert.Single((await table.ReadRows(hash + 1, hash)).Reminders);
        Assert.Single((await table.ReadRows(0, 0)).Reminders);
        Assert.False(await table.RemoveRow(grain, "watch", "another"));
        Assert.True(await table.RemoveRow(grain, "watch", etag!));
        Assert.Null(await table.ReadRow(grain, "watch"));
    }

    [Fact]
    public async Task Only_who_knows_the_table_of_members_as_it_is_changes_it()
    {
        var gone = 0;
        var table = new MembershipTable(Store, () => gone++);
        var silo = SiloAddress.New(System.Net.IPAddress.Loopback, 7421, 5);
        var entry = new MembershipEntry
        {
            SiloAddress = silo,
            Status = SiloStatus.Joining,
            HostName = "here",
            SiloName = "one",
            StartTime = At.UtcDateTime,
            IAmAliveTime = At.UtcDateTime,
        };
        await table.UpdateIAmAlive(entry);
        Assert.Equal(1, gone);
        var empty = (await table.ReadAll()).Version;
        Assert.True(await table.InsertRow(entry, empty.Next()));
        // The table has moved on; and one row a silo.
        Assert.False(await table.InsertRow(entry, empty.Next()));
        var now = await table.ReadAll();
        Assert.False(await table.InsertRow(entry, now.Version.Next()));
        var (row, etag) = (now.Members.Single().Item1, now.Members.Single().Item2);
        Assert.Equal((silo, SiloStatus.Joining, "here", "one"), (row.SiloAddress, row.Status, row.HostName,
            row.SiloName));
        row.Status = SiloStatus.Active;
        row.AddSuspector(silo, At.UtcDateTime);
        Assert.False(await table.UpdateRow(row, "another", now.Version.Next()));
        Assert.True(await table.UpdateRow(row, etag, now.Version.Next()));
        Assert.False(await table.UpdateRow(row, etag, now.Version.Next()));
        row.IAmAliveTime = At.AddHours(1).UtcDateTime;
        await table.UpdateIAmAlive(row);
        var read = await table.ReadRow(silo);
        var member = read.Members.Single().Item1;
        Assert.Equal((2, SiloStatus.Active, At.AddHours(1).UtcDateTime, silo, 1),
            (read.Version.Version, member.Status, member.IAmAliveTime, member.SuspectTimes!.Single().Item1, gone));
        member.Status = SiloStatus.Dead;
        Assert.True(await table.UpdateRow(member, read.Members.Single().Item2, read.Version.Next()));
        await table.CleanupDefunctSiloEntries(At.AddMinutes(30));
        Assert.Single((await table.ReadAll()).Members);
        await table.CleanupDefunctSiloEntries(At.AddHours(2));
        Assert.Empty((await table.ReadAll()).Members);
    }

    /// <summary>Of two who both believe that a link is theirs, the records listen to the younger.</summary>
    [Fact]
    public void A_writer_whose_link_was_taken_writes_nothing_more()
    {
        Store.AddLink("sydney", null, "a.yaml", "one", "hash1", "olaf", At);
        var (old, fresh) = Store.TakeFence("sydney", "silo 1", At);
        Assert.False(fresh);
        Store.Intend(old, "megaport/mcr", "Create", At, At);
        var (young, wasHeld) = Store.TakeFence("sydney", "silo 2", At);
        Assert.True(wasHeld);
        Assert.Equal(["sydney"], Store.HeldBy("silo 2"));
        Assert.Empty(Store.HeldBy("silo 1"));
        var run = Store.AskRun("sydney", "apply", 1, "olaf", null, At).Id;
        foreach (var late in new Action[]
        {
            () => Store.Confirm(old), () => Store.Intend(old, "megaport/mcr-2", "Create", At, At),
            () => Store.Fulfilled(old, "megaport/mcr"), () => Store.AddEvent(old, run, "1"),
            () => Store.EndRun(old, run, RunStates.Done, "", null, At), () => Store.KeepPlan(old, run, "{}"),
            () => Store.Looked(old, "encrypted", At, "", At, 1, []), () => Store.Seen(old, new("", "", "")),
        })
        {
            Assert.Throws<FenceLost>(late);
        }
        Assert.True(old.Lost.IsCancellationRequested);
        Assert.Equal("megaport/mcr", Store.Intents("sydney").Single().Id);
        Assert.Empty(Store.EventsAfter(run, 0));
        Assert.NotEqual("encrypted", Store.Link("sydney")!.Verdict);
        Store.Fulfilled(young, "megaport/mcr");
        Assert.Empty(Store.Intents("sydney"));
        // What was given back has nothing on its way.
        Store.GiveBack(young);
        Assert.False(Store.TakeFence("sydney", "silo 3", At).WasHeld);
    }
}

namespace Sealane.Service.Records;

/// <summary>Another writer has taken the link: this one has nothing more to say about it.</summary>
internal sealed class FenceLost(string link) : Exception($"another writer has taken {link}");

/// <summary>The right to write to a link: a number that grows each time somebody takes it, so that whoever was
/// forgotten is refused, however late he wakes.</summary>
internal sealed class Fence(string link, long epoch) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();

    public string Link => link;
    public long Epoch => epoch;

    /// <summary>The records have refused it.</summary>
    public CancellationToken Lost => _lost.Token;

    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();
}

/// <summary>An order that was begun and has not been seen to its end.</summary>
internal sealed record IntentRow(string Id, DateTimeOffset At);

internal sealed partial class Store
{
    /// <summary>Takes the right to write to a link from whoever has it.</summary>
    /// <param name="holder">Who it is, for whoever looks after the links of a silo that is gone.</param>
    /// <returns>And whether the one before did not give it back: what he began may yet arrive.</returns>
    public (Fence Fence, bool WasHeld) TakeFence(string link, string holder, DateTimeOffset at) => Write(now =>
        now.All("""
            insert into fences values (@link, 1, @holder, 0, 1, 0, @at)
            on conflict (link) do update set epoch = fences.epoch + 1, holder = @holder, was = fences.held, held = 1,
                at = @at
            returning epoch, was
            """, row => (new Fence(link, row.Number("epoch")), row.Number("was") != 0), ("link", link),
            ("holder", holder), ("at", Text(at)))[0]);

    /// <exception cref="FenceLost">Another writer has the link.</exception>
    public void Confirm(Fence by) => Write(now => Require(now, by));

    /// <summary>Nothing that was begun under it can arrive any more.</summary>
    public void GiveBack(Fence by) => Run("update fences set held = 0 where link = @link and epoch = @epoch",
        ("link", by.Link), ("epoch", by.Epoch));

    /// <summary>Links whose last writer was a silo, whether it gave them back or not.</summary>
    public IReadOnlyList<string> HeldBy(string holder) => All(
        "select link from fences where holder = @holder order by link", row => row.Text("link"),
        ("holder", holder));

    /// <summary>Writes down an order that is about to go out: it is accepted together with the right to it, or not at
    /// all.</summary>
    /// <param name="deadline">After which it does not leave.</param>
    /// <exception cref="FenceLost">Another writer has the link.</exception>
    public void Intend(Fence by, string id, string action, DateTimeOffset at, DateTimeOffset deadline) => Write(now =>
    {
        Require(now, by);
        return now.Run("""
            insert into intents values (@link, @id, @epoch, @action, @at, @deadline)
            on conflict (link, id) do update set epoch = @epoch, action = @action, at = @at, deadline = @deadline
            """, ("link", by.Link), ("id", id), ("epoch", by.Epoch), ("action", action), ("at", Text(at)),
            ("deadline", Text(deadline)));
    });

    /// <summary>The order was seen, or clearly refused.</summary>
    /// <exception cref="FenceLost">Another writer has the link.</exception>
    public void Fulfilled(Fence by, string id) => RunBy(by, "delete from intents where link = @link and id = @id",
        ("link", by.Link), ("id", id));

    public IReadOnlyList<IntentRow> Intents(string link) => All("select id, at from intents where link = @link",
        row => new IntentRow(row.Text("id"), row.Time("at")), ("link", link));

    /// <summary>What only the writer of a link may write, in one transaction with the question whether he is.</summary>
    private bool RunBy(Fence? by, string sql, params (string Name, object? Value)[] values) => Write(now =>
    {
        if (by is not null)
        {
            Require(now, by);
        }
        return now.Run(sql, values) > 0;
    });

    /// <summary>Also lets one transaction of a link at a time pass.</summary>
    private static int Require(Statements now, Fence by)
    {
        var rows = now.Run("update fences set seq = seq + 1 where link = @link and epoch = @epoch and held = 1",
            ("link", by.Link), ("epoch", by.Epoch));
        if (rows == 0)
        {
            by.Lose();
            throw new FenceLost(by.Link);
        }
        return rows;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Watch;

/// <summary>
/// Looks at a link's objects again and again until it is stopped. Nothing is kept but the last look and when each
/// object last changed, however long it runs.
/// </summary>
/// <param name="look">Never throws for what a cloud says or does not say.</param>
/// <param name="length">Ends after this time; null: when it is stopped.</param>
internal sealed class StatusWatch(
    Func<CancellationToken, Task<StatusLook>> look, TimeProvider clock, TimeSpan interval, TimeSpan? length)
{
    private readonly DateTimeOffset _begun = clock.GetUtcNow();
    private readonly Dictionary<string, DateTimeOffset> _changed = new(StringComparer.Ordinal);

    /// <summary>Null before the first look has ended.</summary>
    public StatusLook? Last { get; private set; }

    /// <summary>When the next look begins.</summary>
    public DateTimeOffset Next { get; private set; } = clock.GetUtcNow();

    /// <summary>When the object was first seen in the state that it has; null where it has been so since the first
    /// look.</summary>
    public DateTimeOffset? ChangedAt(string id) => _changed.TryGetValue(id, out var at) ? at : null;

    public async Task<int> Run(Action<StatusLook, StatusLook?> tell, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                var now = await look(ct).ConfigureAwait(false);
                var before = Last;
                Note(now, before);
                Last = now;
                Next = clock.GetUtcNow() + interval;
                tell(now, before);
                if (length is { } time && Next > _begun + time)
                {
                    return now.Unanswered.Count > 0 ? ExitCode.Cloud : ExitCode.Done;
                }
                using var turn = VirtualClock.Enter(clock);
                await Task.Delay(interval, clock, ct).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Objects that are not as they were; all of them at the first look.</summary>
    public static IReadOnlyList<(StatusRow Row, string? Was)> Changes(StatusLook now, StatusLook? before)
    {
        var was = before?.Rows.ToDictionary(row => row.Resource.Id, row => row.State, StringComparer.Ordinal) ?? [];
        return
        [
            .. now.Rows.Select(row => (Row: row, Was: was.GetValueOrDefault(row.Resource.Id)))
                .Where(row => row.Row.State != row.Was),
        ];
    }

    /// <summary>For pipes, screen readers and terminals that only append: a block where something has
    /// changed.</summary>
    public static void Write(TextWriter output, StatusLook now, StatusLook? before)
    {
        var changes = Changes(now, before);
        if (before is not null && changes.Count == 0 && now.Unanswered.SequenceEqual(before.Unanswered))
        {
            return;
        }
        output.Line(string.Create(CultureInfo.InvariantCulture,
            $"{now.At:yyyy-MM-dd HH:mm:ss}Z  {now.Link}: {now.Counts}"));
        foreach (var (row, was) in changes)
        {
            output.Line($"  {row.Resource.Id,-34} {(was is null ? "" : $"{was} → ")}{row.State}");
        }
        foreach (var unanswered in now.Unanswered)
        {
            output.Line($"  {unanswered}");
        }
        output.Flush();
    }

    /// <summary>A look as one line of JSON.</summary>
    public static JsonObject Json(StatusLook now, Func<StatusRow, JsonObject> row) => new()
    {
        ["formatVersion"] = 1,
        ["event"] = "look",
        ["name"] = now.Link,
        ["at"] = now.At.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["ready"] = now.Rows.Count(each => each.IsReady),
        ["objects"] = new JsonArray([.. now.Rows.Select(each => (JsonNode?)row(each))]),
        ["unanswered"] = new JsonArray([.. now.Unanswered.Select(text => (JsonNode?)text)]),
    };

    private void Note(StatusLook now, StatusLook? before)
    {
        if (before is null)
        {
            return;
        }
        foreach (var (row, _) in Changes(now, before))
        {
            _changed[row.Resource.Id] = now.At;
        }
        foreach (var gone in _changed.Keys.Except(now.Rows.Select(row => row.Resource.Id)).ToList())
        {
            _changed.Remove(gone);
        }
    }
}

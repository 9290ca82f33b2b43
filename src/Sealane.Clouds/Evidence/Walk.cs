using System.Collections.Concurrent;
using System.Text.Json;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// Reads by reach and not by ownership: from the protected networks along every edge over which a packet could be
/// forwarded, each object once, many at a time. A question that is not answered leaves a row in the statement of
/// completeness, and the walk goes on without it.
/// </summary>
internal sealed class Walk(AwsClients aws, ArmClient azure, MegaportClient megaport, TimeProvider clock,
    CancellationToken ct, Action<int, int>? progress = null)
{
    private int _asked;
    private int _answered;
    private readonly Lock _gate = new();
    private readonly HashSet<(string Kind, string Id)> _reached = [];
    private readonly List<Task> _running = [];
    private readonly List<Reading> _readings = [];
    private readonly Dictionary<string, Lazy<Task>> _once = new(StringComparer.OrdinalIgnoreCase);

    // Well below what the vendors allow at once: EC2 refills 20 and more reads a second, ARM 25, Megaport 500 in five
    // minutes.
    private readonly Dictionary<Cloud, SemaphoreSlim> _limits = new()
    {
        [Cloud.Aws] = new(8),
        [Cloud.Azure] = new(8),
        [Cloud.Megaport] = new(4),
    };

    private readonly ConcurrentDictionary<string, AwsClients> _eyes = new(StringComparer.Ordinal);

    /// <summary>Of the account that may see it: the link's own, unless what led to it lies in another.</summary>
    public AwsClients AwsOf(string id) => _eyes.GetValueOrDefault(id, aws);

    /// <summary>By account: the link's own, and those that its spec names beside it.</summary>
    public required IReadOnlyDictionary<string, AwsClients> Accounts { get; init; }

    /// <summary>Of the account that owns an object, where the link reaches it.</summary>
    public AwsClients? EyesOf(string? owner) => owner is null ? null : Accounts.GetValueOrDefault(owner);
    public ArmClient Azure => azure;
    public MegaportClient Megaport => megaport;
    public Seen Seen { get; } = new();

    /// <summary>Kinds of reader that are left out.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];

    /// <summary>In an order that does not depend on which answer came first.</summary>
    public IReadOnlyList<Reading> Readings =>
    [
        .. _readings.OrderBy(row => row.Question.Cloud).ThenBy(row => row.Question.Call, StringComparer.Ordinal)
            .ThenBy(row => row.Subject, StringComparer.Ordinal),
    ];

    /// <summary>Reads an object unless that has been done or is under way.</summary>
    /// <param name="eyes">Of the account that sees it, where it is not the link's own.</param>
    public void Reach(Reader reader, string? id, AwsClients? eyes = null)
    {
        if (string.IsNullOrEmpty(id) || Without.Contains(reader.Kind))
        {
            return;
        }
        See(id, eyes);
        lock (_gate)
        {
            // ARM ids come back in varying case; no other vendor's ids differ by case alone.
            if (_reached.Add((reader.Kind, id.ToLowerInvariant())))
            {
                _running.Add(Task.Run(() => reader.Read(this, id), ct));
            }
        }
    }

    /// <summary>From now on the object is asked for with the credentials of the account that sees it.</summary>
    public void See(string id, AwsClients? eyes)
    {
        if (eyes?.Account is not null)
        {
            _eyes.TryAdd(id, eyes);
        }
    }

    public bool HasReached(Reader reader, string id)
    {
        lock (_gate)
        {
            return _reached.Contains((reader.Kind, id.ToLowerInvariant()));
        }
    }

    /// <summary>Until nothing is reached any more.</summary>
    public async Task Finish()
    {
        for (; ; )
        {
            Task[] now;
            lock (_gate)
            {
                now = [.. _running];
            }
            await Task.WhenAll(now).ConfigureAwait(false);
            lock (_gate)
            {
                if (_running.Count == now.Length)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The answer, or null where there is none and a row says why.</summary>
    public async Task<T?> Ask<T>(Question question, string subject, Func<CancellationToken, Task<T?>> call)
        where T : class
    {
        var limit = _limits[question.Cloud];
        Interlocked.Increment(ref _asked);
        await limit.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            using var turn = VirtualClock.Enter(clock);
            var answer = await call(ct).ConfigureAwait(false);
            Tell(new(question, subject, Answer.Read, ""));
            return answer;
        }
        catch (CloudError error)
        {
            var (kind, why) = Unanswered.Of(error);
            Tell(new(question, subject, kind, why));
            return null;
        }
        catch (Exception error) when (error is JsonException or FormatException
            or InvalidOperationException or Http.UnreadableReply)
        {
            // Another shape than the documented one. No message: it may quote the reply.
            Tell(new(question, subject, Answer.Unreadable, "the reply has another form than documented"));
            return null;
        }
        finally
        {
            limit.Release();
            progress?.Invoke(Interlocked.Increment(ref _answered), _asked);
        }
    }

    /// <summary>Asks, and keeps the answer where there is one: what most readers do.</summary>
    public async Task<T?> Keep<TKey, T>(
        Question question, string subject, Func<CancellationToken, Task<T?>> call, IDictionary<TKey, T> found, TKey key)
        where T : class
    {
        var answer = await Ask(question, subject, call).ConfigureAwait(false);
        if (answer is not null)
        {
            found[key] = answer;
        }
        return answer;
    }

    /// <summary>For small things that several objects refer to: the first one reads, the others wait for it.</summary>
    public Task Once(string what, Func<Task> read)
    {
        lock (_gate)
        {
            if (!_once.TryGetValue(what, out var reading))
            {
                _once[what] = reading = new(() => Task.Run(read, ct));
            }
            return reading.Value;
        }
    }

    /// <summary>Says that the account that was asked is not the one that could see all of it.</summary>
    public void Unseen(Question question, string subject, string why) =>
        Tell(new(question, subject, Answer.NotOffered, why));

    /// <summary>Says that an answer, though it came, does not tell all: a row without a member, text that does not
    /// parse.</summary>
    public void Doubt(Question question, string subject, string why) =>
        Tell(new(question, subject, Answer.Unreadable, why));

    /// <summary>Doubts the answer where a row's prefix cannot be read; IPv6 rows are no rows of its IPv4
    /// half.</summary>
    public void DoubtRows(Question question, string subject, IEnumerable<string?> prefixes)
    {
        if (prefixes.FirstOrDefault(text => !Prefix.TryParse(text, out _)
            && !PrefixText.IsIpv6(text), "") is not "" and var odd)
        {
            Doubt(question, subject, $"a row's prefix cannot be read: {odd ?? "absent"}");
        }
    }

    private void Tell(Reading row)
    {
        lock (_gate)
        {
            // What is in doubt is not also read.
            if (row.Answer != Answer.Read)
            {
                _readings.RemoveAll(other => other.Question == row.Question && other.Subject == row.Subject
                    && other.Answer == Answer.Read);
            }
            _readings.Add(row);
        }
    }
}

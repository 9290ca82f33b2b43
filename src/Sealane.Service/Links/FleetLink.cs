using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Diagram;
using Sealane.Cli.Output;
using Sealane.Cli.Watch;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Service.Accounts;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>
/// A link of the fleet as the watch looks at it, and as runs open it. Against real clouds one session serves all
/// looks. A rehearsal's world belongs to whoever has it open, so there each look and each run opens it anew and they
/// take turns; its time jumps while somebody waits and stands still otherwise, so ages are counted by the real clock.
/// </summary>
internal sealed class FleetLink(
    ServeOptions serve, DataFolder folder, LinkFence fence, SpecRow spec, AllAccounts accounts, Action<SeenRow> seen)
    : IWatched, IDisposable
{
    /// <summary>So many links of a fleet are within what each vendor takes with every look asking for everything: ten
    /// make some 500 calls in five minutes at Megaport, bulk looks and full ones.</summary>
    private const int Few = 10;

    /// <summary>Another command may have a rehearsal's world open for a moment.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CallCount _calls = new();
    private readonly Dictionary<string, Dictionary<string, int>> _costs = [];
    private Kept? _kept;

    public string Name => spec.Link;
    public TimeProvider Clock => TimeProvider.System;
    public long Version => spec.Version;

    /// <summary>The right to write to it.</summary>
    public LinkFence Fence => fence;

    private bool IsRehearsal => serve.SandboxDirectory is not null;

    public CallCount Calls
    {
        get
        {
            var all = new CallCount();
            all.Add(_calls);
            if (_kept is { } kept)
            {
                all.Add(kept.Session.Calls);
            }
            return all;
        }
    }

    public Task<BulkLook> Bulk(CancellationToken ct) =>
        Look("bulk", (_, look) => Listed?.Whole(ct) ?? look.Bulk(ct), ct);

    public Task<BulkLook> Glance(CancellationToken ct) =>
        Listed is null ? Bulk(ct) : Look("glance", (_, look) => Listed?.Glance(ct) ?? look.Bulk(ct), ct);

    public Task<Verified> Full(CancellationToken ct) => Look("full", async (session, look) =>
    {
        if (IsRehearsal)
        {
            await look.Bulk(ct).ConfigureAwait(false);
        }
        // What is still coming up is waited for where waiting takes no time.
        var verified = await (IsRehearsal ? Verifying.WhenReadable(session, ct) : Verifying.Once(session, ct))
            .ConfigureAwait(false);
        seen(Documents(session, look.Seen, verified));
        return verified;
    }, ct);

    public Task<Announcements> Announced(CancellationToken ct) => Look("announced", async (_, look) =>
    {
        if (IsRehearsal)
        {
            await look.Bulk(ct).ConfigureAwait(false);
        }
        return await look.Announced(ct).ConfigureAwait(false);
    }, ct);

    /// <summary>A session of its own that may change the link; nobody looks at a rehearsal meanwhile.</summary>
    public async Task<T> Change<T>(
        LinkOptions options, Func<LinkSession, Task<T>> work, bool writer, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        if (!IsRehearsal)
        {
            _turn.Release();
        }
        try
        {
            using var session = await Open(options, writer, ct).ConfigureAwait(false);
            try
            {
                return await work(session).ConfigureAwait(false);
            }
            finally
            {
                _calls.Add(session.Calls);
            }
        }
        finally
        {
            if (IsRehearsal)
            {
                _turn.Release();
            }
        }
    }

    public LinkOptions Options(string verb) => new()
    {
        File = spec.File,
        Spec = SpecReader.Read(spec.File, spec.Text).Spec
            ?? throw new UsageError($"error: version {spec.Version} of {spec.Link} is no spec for this Sealane\n"
                + "  fix: add it again"),
        SandboxDirectory = serve.SandboxDirectory,
        StateDirectory = folder.State,
        OneWriter = fence,
        Paced = IsRehearsal ? null : near => new PacedCalls(near, Accounts, accounts, isRun: true),
        Verb = verb,
        Format = "json",
    };

    public void Dispose()
    {
        _kept?.Session.Dispose();
        _turn.Dispose();
    }

    /// <summary>Null: the link is looked at by its own calls, which see more.</summary>
    private ListedLook? Listed => fence.Records.CountLinks() > Few ? _kept?.Listed : null;

    private LinkAccounts Accounts => field ??= new(Designer.Design(Options("watch").Spec!));

    /// <param name="kind">Looks of one kind take about as many calls each time.</param>
    private async Task<T> Look<T>(string kind, Func<LinkSession, LinkUnderWatch, Task<T>> look, CancellationToken ct)
    {
        // Before the turn: a run does not wait for a look that waits.
        var taken = IsRehearsal ? [] : _costs.GetValueOrDefault(kind) ?? Usual(kind);
        await accounts.Take(taken, waits: true, ct).ConfigureAwait(false);
        using var room = await accounts.Looks.Enter(kind, _turn, ct).ConfigureAwait(false);
        if (!IsRehearsal)
        {
            var kept = _kept ??= Keep();
            var before = kept.Calls.Sent.ToDictionary();
            try
            {
                return await look(kept.Session, kept.Look).ConfigureAwait(false);
            }
            finally
            {
                var cost = kept.Calls.Sent.ToDictionary(
                    sent => sent.Key, sent => sent.Value - before.GetValueOrDefault(sent.Key));
                await accounts.Take(cost.Keys.Union(taken.Keys).ToDictionary(account => account, account =>
                    cost.GetValueOrDefault(account) - taken.GetValueOrDefault(account)), waits: false, ct)
                    .ConfigureAwait(false);
                _costs[kind] = cost;
            }
        }
        using var session = await Open(Options("watch"), writer: false, ct).ConfigureAwait(false);
        try
        {
            return await look(session, new(session)).ConfigureAwait(false);
        }
        finally
        {
            _calls.Add(session.Calls);
        }
    }

    /// <summary>Of a look that was not taken yet.</summary>
    private Dictionary<string, int> Usual(string kind) =>
        kind == "glance" ? [] : Accounts.All.ToDictionary(account => account, _ => kind == "full" ? 60 : 15);

    private Kept Keep()
    {
        PacedCalls? calls = null;
        var session = LinkSession.Open(Options("watch") with
        {
            Paced = near => calls = new(near, Accounts, accounts, isRun: false),
        });
        // Nobody sits in front of it.
        session.Reach.HushWaits();
        var look = new LinkUnderWatch(session);
        return new(session, look, new(session, look, Accounts,
            (account, marks, most) => accounts.Ask(Name, account, marks, most), accounts.Most, Clock,
            Random.Shared.Next(1000)), calls!);
    }

    private static async Task<LinkSession> Open(LinkOptions options, bool writer, CancellationToken ct)
    {
        var end = TimeProvider.System.GetUtcNow() + Patience;
        while (true)
        {
            try
            {
                return LinkSession.Open(options, writer);
            }
            catch (LinkBusy) when (options.SandboxDirectory is not null && TimeProvider.System.GetUtcNow() < end)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct).ConfigureAwait(false);
            }
        }
    }

    private static SeenRow Documents(LinkSession session, Known known, Verified verified)
    {
        var text = new StatusText(session);
        var json = VerifyJson.Of(verified.Verification, verified.Readings);
        json["price"] = PriceText.Sum(session.Prices.Sheet);
        using var picture = new StringWriter(CultureInfo.InvariantCulture);
        PictureSvg.Write(picture, LivePicture.Of(session, known, verified.Verification));
        return new(json.ToJsonString(Json.Line),
            new JsonArray([.. StatusLook.InOrder(session.Graph.Retiring(known).Resources,
                resource => StatusRow.Of(resource, known[resource.Id])).Select(row => (JsonNode)text.ToJson(row))])
                .ToJsonString(Json.Line), picture.ToString());
    }

    private sealed record Kept(LinkSession Session, LinkUnderWatch Look, ListedLook Listed, PacedCalls Calls);
}

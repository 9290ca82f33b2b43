using System.Text.Json;
using Sealane.Cli;
using Sealane.Cli.Watch;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.Watch;

/// <summary>
/// The guide's link in a world of its own, looked at as <c>watch</c> does; between two looks things are done to it, and
/// clouds can be out of reach.
/// </summary>
internal sealed class WatchedWorld : IWatched, IEventSink, IDisposable
{
    private readonly Link _link;
    private readonly LinkSession _session;
    private readonly LinkUnderWatch _inner;

    private WatchedWorld(Link link)
    {
        _link = link;
        _session = LinkSession.Open(new()
        {
            File = link.Spec,
            SandboxDirectory = link.Sandbox,
            Verb = "watch",
        });
        _inner = new(_session);
    }

    public static async Task<WatchedWorld> Sydney() => new(await Sight.Sydney());

    /// <summary>Called before every look: nothing else can see when something was done.</summary>
    public Func<Task> BeforeLook { get; set; } = () => Task.CompletedTask;

    /// <summary>No cloud answers.</summary>
    public bool IsOut { get; set; }

    /// <summary>Megaport's notices cannot be asked for.</summary>
    public bool NoNotices { get; set; }

    /// <summary>One that leaves questions open.</summary>
    public Cloud? Silent { get; set; }

    public string Name => _inner.Name;
    public TimeProvider Clock => _inner.Clock;
    public DateTimeOffset Now => Clock.GetUtcNow();

    public CallCount Calls => _inner.Calls;

    public async Task<BulkLook> Bulk(CancellationToken ct)
    {
        await BeforeLook();
        return IsOut ? new(new Dictionary<string, ObjectLook>(), [Cloud.Megaport, Cloud.Aws, Cloud.Azure])
            : await _inner.Bulk(ct);
    }

    public async Task<Verified> Full(CancellationToken ct) =>
        IsOut ? throw new CloudError(Cloud.Aws, "GetCallerIdentity", CloudErrorKind.Unavailable, 503, null, "unwell")
        : Silent is { } cloud ? await _inner.Full(ct) with { Silent = [cloud] }
        : await _inner.Full(ct);

    public async Task<Announcements> Announced(CancellationToken ct)
    {
        var told = IsOut ? Announcements.None : await _inner.Announced(ct);
        var hidden = AnnouncementReader.Asked.Where(cloud => IsOut || Silent == cloud
            || (NoNotices && cloud == Cloud.Megaport)).ToList();
        return new([.. told.All.Where(one => !hidden.Contains(one.Cloud))],
            [.. told.Untold, .. hidden.Select(one => new Untold(one, Answer.Silent, "unwell"))]);
    }

    public void Break(string mistake) => Break(AllMistakes.Find(mistake)!);

    public void Break(Mistake mistake) =>
        mistake.Make(new(_session.Reach.InProcess!.World, _session.Design));

    /// <summary>How much the simulated clouds are, written down.</summary>
    public long StoredBytes => JsonSerializer.SerializeToUtf8Bytes(
        StoredWorld.Of(_session.Reach.InProcess!.World), WorldJson.Whole).Length;

    public MegaportState Megaport => _session.Reach.InProcess!.World.Megaport;

    public void Announce(MaintenanceEvent told) => AnnouncedWork.Announce(_session.Reach.InProcess!.World, told);

    /// <summary>What <c>apply</c> does, in the same world.</summary>
    /// <returns>Whether nothing is left to do.</returns>
    public async Task<bool> Mend()
    {
        var seen = await _session.Survey(default);
        var plan = Plan.Of(_session.Graph, seen);
        return !plan.Refused.Any()
            && (await _session.Engine(this).Apply(plan, seen, default)).Result == RunResult.Done;
    }

    /// <summary>What there is to be seen, with nothing in the way.</summary>
    public async Task<Dictionary<string, string>> Truth()
    {
        var bulk = await _inner.Bulk(default);
        var full = await _inner.Full(default);
        return WatchItems.Of(full).Concat(WatchItems.Of(bulk, Now))
            .Concat(AnnouncedItems.Of(await _inner.Announced(default), null, Now)).DistinctBy(item => item.Id)
            .ToDictionary(item => item.Id, item => item.Value, StringComparer.Ordinal);
    }

    public void Emit(EngineEvent happened)
    {
    }

    public void Dispose()
    {
        _session.Dispose();
        _link.Dispose();
    }
}

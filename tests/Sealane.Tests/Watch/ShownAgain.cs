using Sealane.Cli;
using Sealane.Cli.Watch;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Watch;

/// <summary>A link of which a few looks were taken, whole, broken and clear, that are shown in turn: no cloud is asked,
/// so what grows is the watch's.</summary>
internal sealed class ShownAgain : IWatched
{
    private readonly List<(BulkLook Bulk, Verified Full, Announcements Told)> _looks = [];
    private int _at;

    public static async Task<ShownAgain> Sydney(List<WeakReference>? counted = null)
    {
        using var world = await WatchedWorld.Sydney();
        var shown = new ShownAgain { Clock = new VirtualClock(world.Now), Name = world.Name, Shown = counted };
        foreach (var mistake in new[] { null, "stop-tunnel-1", "megaport-maintenance", "open-aws-to-azure" })
        {
            if (mistake is not null)
            {
                world.Break(mistake);
            }
            shown._looks.Add((await world.Bulk(default), await world.Full(default), await world.Announced(default)));
        }
        return shown;
    }

    public required string Name { get; init; }
    public required TimeProvider Clock { get; init; }

    /// <summary>Every look is an object of its own; null: they are not counted.</summary>
    public List<WeakReference>? Shown { get; init; }
    public Action AfterLook { get; set; } = () => { };

    public CallCount Calls { get; } = new();

    public Task<BulkLook> Bulk(CancellationToken ct)
    {
        AfterLook();
        ct.ThrowIfCancellationRequested();
        return Task.FromResult(Again(_looks[++_at % _looks.Count].Bulk with { }));
    }

    public Task<Verified> Full(CancellationToken ct) => _at % 7 == 0
        ? throw new CloudError(Cloud.Aws, "GetCallerIdentity", CloudErrorKind.Unavailable, 503, null, $"unwell {_at}")
        : Task.FromResult(Again(_looks[_at % _looks.Count].Full with { }));

    public Task<Announcements> Announced(CancellationToken ct) =>
        Task.FromResult(Again(_looks[_at % _looks.Count].Told with { }));

    private T Again<T>(T look)
        where T : class
    {
        Shown?.Add(new(look));
        return look;
    }
}

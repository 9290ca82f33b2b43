using System.Diagnostics.Metrics;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Watch;

/// <summary>What is known of watched links, as figures: docs/watch.md names them.</summary>
internal sealed class WatchMeter : IDisposable
{
    public const string Name = "Sealane.Watch";

    private readonly Meter _meter = new(Name);
    private readonly Func<IReadOnlyList<(IWatched Link, WatchState State)>> _links;

    /// <param name="links">Asked at each reading: a fleet changes.</param>
    public WatchMeter(Func<IReadOnlyList<(IWatched Link, WatchState State)>> links)
    {
        _links = links;
        Gauge("sealane.link.verdict", "1 for the verdict that holds, 0 for the other three", Verdicts);
        Gauge("sealane.link.stale", "1 where the verdict is unproven because its evidence is too old",
            Each(figures => figures.IsStale ? 1 : 0));
        Gauge("sealane.link.degraded", "1 where less stands than was built",
            Last(last => last.Verification.Judgement.Degraded ? 1 : 0));
        Gauge("sealane.link.locks", "Settings that would have to be wrong to open a clear path", Locks);
        Gauge("sealane.link.up", "Tunnels, sessions and paths that are up", Redundant(of => of.Up));
        Gauge("sealane.link.built", "Tunnels, sessions and paths that there are", Redundant(of => of.All));
        Gauge("sealane.link.drift", "Objects that are not as the spec says",
            Each(figures => figures.Bulk?.Objects.Values.Count(look => look.Differences.Count > 0) ?? 0));
        Gauge("sealane.link.holes", "What could not be looked into and counts",
            Last(last => last.Verification.Judgement.Holes.Count));
        Gauge("sealane.link.maintenance", "Work and faults that a cloud tells of, on objects of the link", Announced);
        Gauge("sealane.link.announcements.read", "1 where the cloud told what it announces", Told);
        _meter.CreateObservableGauge("sealane.link.evidence.age", Ages, "s",
            "Age of the oldest evidence of the verdict");
        _meter.CreateObservableCounter("sealane.watch.sweeps", Sweeps, description: "Looks taken");
        _meter.CreateObservableGauge("sealane.watch.sweep.time", Times, "s", "How long the last look took");
        _meter.CreateObservableCounter("sealane.cloud.calls", Calls((calls, cloud) => calls.Of(cloud)),
            description: "Calls of the clouds' APIs");
        _meter.CreateObservableCounter("sealane.cloud.throttled", Calls((calls, cloud) => calls.PutOff(cloud)),
            description: "Answers that there were too many calls");
    }

    public void Dispose() => _meter.Dispose();

    private void Gauge(string name, string description, Func<IEnumerable<Measurement<int>>> values) =>
        _meter.CreateObservableGauge(name, values, description: description);

    private Func<IEnumerable<Measurement<int>>> Each(Func<WatchFigures, int> value) => () =>
        _links().Select(link => Of(value(link.State.Figures), link.Link));

    private Func<IEnumerable<Measurement<int>>> Last(Func<Verified, int> value) => () =>
        from link in _links()
        let last = link.State.Figures.Last
        where last is not null
        select Of(value(last), link.Link);

    private IEnumerable<Measurement<int>> Verdicts() =>
        from link in _links()
        let verdict = link.State.Figures.Verdict
        from word in Enum.GetValues<LinkWord>().Select(Words.Of)
        select Of(verdict.Split(',', ' ')[0] == word ? 1 : 0, link.Link, ("verdict", word));

    private IEnumerable<Measurement<int>> Locks() =>
        from link in _links()
        let proof = link.State.Figures.Last?.Verification.Proof
        where proof is not null
        from way in new[] { ("aws-to-azure", proof.AwsToAzure), ("azure-to-aws", proof.AzureToAws) }
        select Of(way.Item2.Delivery.Count ?? (LockSearch.Bound + 1), link.Link, ("direction", way.Item1));

    private Func<IEnumerable<Measurement<int>>> Redundant(Func<UpOf, int> value) => () =>
        from link in _links()
        let redundancy = link.State.Figures.Last?.Verification.Judgement.Redundancy
        where redundancy is not null
        from part in new[]
        {
            ("tunnels", redundancy.Tunnels), ("tunnel-sessions", redundancy.TunnelSessions),
            ("transport-sessions", redundancy.TransportSessions), ("paths", redundancy.Paths),
        }
        select Of(value(part.Item2), link.Link, ("part", part.Item1));

    private IEnumerable<Measurement<int>> Announced() =>
        from link in _links()
        let told = link.State.Figures.Announced
        where told is not null
        let now = link.Link.Clock.GetUtcNow()
        from cloud in AnnouncementReader.Asked
        from near in new[] { true, false }
        select Of(told.All.Count(one => one.Cloud == cloud && !one.IsCancelled && one.MayCutBetween(now, now) == near),
            link.Link, ("cloud", Word(cloud)), ("when", near ? "now" : "later"));

    private IEnumerable<Measurement<int>> Told() =>
        from link in _links()
        let told = link.State.Figures.Announced
        where told is not null
        from cloud in AnnouncementReader.Asked
        select Of(told.Untold.Any(one => one.Cloud == cloud) ? 0 : 1, link.Link, ("cloud", Word(cloud)));

    private IEnumerable<Measurement<double>> Ages() =>
        from link in _links()
        let oldest = link.State.Figures.EvidenceFrom
        where oldest is not null
        select new Measurement<double>((link.Link.Clock.GetUtcNow() - oldest.Value).TotalSeconds,
            new KeyValuePair<string, object?>("link", link.Link.Name));

    private IEnumerable<Measurement<int>> Sweeps() =>
        from link in _links()
        let figures = link.State.Figures
        from kind in new[] { ("full", figures.Full), ("bulk", figures.BulkOnly), ("failed", figures.Failed) }
        select Of(kind.Item2, link.Link, ("kind", kind.Item1));

    private IEnumerable<Measurement<double>> Times() =>
        from link in _links()
        from took in link.State.Took
        select new Measurement<double>(took.Value.TotalSeconds,
            new KeyValuePair<string, object?>("link", link.Link.Name),
            new KeyValuePair<string, object?>("kind", took.Key));

    private Func<IEnumerable<Measurement<int>>> Calls(Func<CallCount, Cloud, int> value) => () =>
        from link in _links()
        let calls = link.Link.Calls
        from cloud in Enum.GetValues<Cloud>()
        select Of(value(calls, cloud), link.Link, ("cloud", Word(cloud)));

    private static string Word(Cloud cloud) => cloud.ToString().ToLowerInvariant();

    private static Measurement<int> Of(int value, IWatched link, params (string Name, string Value)[] more) =>
        new(value,
        [new("link", link.Name), .. more.Select(tag => KeyValuePair.Create(tag.Name, (object?)tag.Value))]);
}

using System.Diagnostics.Metrics;
using Sealane.Service.Accounts;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>Figures of the service itself; those of its links are the watch's: docs/operating.md names them.</summary>
internal sealed class ServiceMeter : IDisposable
{
    public const string Name = "Sealane.Service";

    private readonly Meter _meter = new(Name);

    public ServiceMeter(Store store, AccountFigures accounts)
    {
        _meter.CreateObservableGauge("sealane.fleet.links", () => store.Links().Count,
            description: "Links of the fleet");
        _meter.CreateObservableGauge("sealane.fleet.runs", () =>
        {
            var open = store.OpenRuns(null);
            return RunStates.Open.Select(state => new Measurement<int>(open.Count(run => run.State == state),
                new KeyValuePair<string, object?>("state", state)));
        }, description: "Runs that have not ended");
        Count("sealane.account.listings", "Times that all was listed", kept => kept.Listings());
        Count("sealane.account.calls", "Calls of the clouds' APIs for that", kept => kept.Calls());
        Count("sealane.account.put.off", "Times that a cloud put calls off, and all links waited",
            kept => kept.PutOffs());

        void Count(string name, string description, Func<AccountFigures.Of, int> value) =>
            _meter.CreateObservableCounter(name, () => accounts.Kept.Select(kept => new Measurement<int>(
                value(kept.Value), new KeyValuePair<string, object?>("account", kept.Key))), description: description);
    }

    public void Dispose() => _meter.Dispose();
}

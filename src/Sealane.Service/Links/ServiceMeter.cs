using System.Diagnostics.Metrics;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>Figures of the service itself; those of its links are the watch's: docs/operating.md names them.</summary>
internal sealed class ServiceMeter : IDisposable
{
    public const string Name = "Sealane.Service";

    private readonly Meter _meter = new(Name);

    public ServiceMeter(Store store)
    {
        _meter.CreateObservableGauge("sealane.fleet.links", () => store.Links().Count,
            description: "Links of the fleet");
        _meter.CreateObservableGauge("sealane.fleet.runs", () =>
        {
            var open = store.OpenRuns(null);
            return RunStates.Open.Select(state => new Measurement<int>(open.Count(run => run.State == state),
                new KeyValuePair<string, object?>("state", state)));
        }, description: "Runs that have not ended");
    }

    public void Dispose() => _meter.Dispose();
}

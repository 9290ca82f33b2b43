using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Sealane.Cli.Watch;

/// <summary>The figures of a watch in the Prometheus format, at a port of this machine.</summary>
internal sealed class WatchMetrics : IDisposable
{
    private readonly WatchMeter _meter;
    private readonly MeterProvider _provider;

    /// <param name="host">Who may ask: a name of this machine; loopback when nothing else is said.</param>
    public WatchMetrics(IReadOnlyList<(IWatched Link, WatchState State)> links, string host, int port)
    {
        _meter = new(() => links);
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(WatchMeter.Name)
            .AddPrometheusHttpListener(options => (options.Host, options.Port) = (host, port)).Build();
    }

    public void Dispose()
    {
        _provider.Dispose();
        _meter.Dispose();
    }
}

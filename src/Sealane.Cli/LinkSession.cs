using Sealane.Cli.Commands;
using Sealane.Clouds.Http;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>Everything a command needs for one link: its design, the way to the clouds, the graph of its objects.</summary>
internal sealed class LinkSession : IDisposable
{
    private readonly CloudReach _reach;
    private readonly FileJournal _journal;

    private LinkSession(LinkOptions options, NetworkDesign design, CloudReach reach)
    {
        Options = options;
        Design = design;
        _reach = reach;
        _journal = new(Path.Combine(reach.StateDirectory, $"{design.Name}.journal.jsonl"));
        Graph = new(AllResources.Of(reach.Megaport, reach.Aws, reach.Azure, reach.Keys));
    }

    public LinkOptions Options { get; }
    public NetworkDesign Design { get; }
    public ResourceGraph Graph { get; }
    public CloudReach Reach => _reach;
    public TimeProvider Clock => _reach.Clock;
    public CallCount Calls => _reach.Calls;

    /// <summary>Says that the minutes of a rehearsal are not the user's.</summary>
    public string TimeWord => _reach.InProcess is null ? "" : " of virtual time";

    /// <summary>Seconds of this run during which the sandbox's routes let clear traffic through; null against real clouds.</summary>
    public double? ClearSeconds => _reach.InProcess?.ClearSeconds;

    public static LinkSession Open(LinkOptions options)
    {
        var spec = SpecFile.Load(options.File);
        var design = Designer.Design(spec);
        return new(options, design, CloudReach.Open(options, design));
    }

    public Engine Engine(IEventSink events) => new(Graph, Design, Clock, _journal, events);

    public async Task<Known> Survey(CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(Clock);
        // Credentials of another account would find nothing and build everything there.
        await _reach.Aws.RequireAccount(Design, ct).ConfigureAwait(false);
        return await Core.Reconcile.Survey.Take(Graph, Design, ct).ConfigureAwait(false);
    }

    /// <summary>Nothing is built from a design that its own checks call wrong.</summary>
    public bool PassesChecks(TextWriter errors)
    {
        var report = DesignChecks.Run(Design);
        if (report.HasErrors)
        {
            Output.FindingsText.Write(errors, Design.Spec.Source.File, report);
        }
        return !report.HasErrors;
    }

    public void CloseJournal() => _journal.Close();

    public DateTimeOffset? LastChangeBetween(DateTimeOffset after, DateTimeOffset until) =>
        _reach.InProcess?.LastChangeBetween(after, until);

    public void Dispose() => _reach.Dispose();
}

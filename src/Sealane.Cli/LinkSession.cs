using Sealane.Cli.Commands;
using Sealane.Clouds;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Http;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli;

/// <summary>Everything a command needs for one link: its design, the way to the clouds, the graph of its
/// objects.</summary>
internal sealed class LinkSession : IDisposable
{
    private readonly CloudReach _reach;
    private readonly FileJournal _journal;

    private LinkSession(LinkOptions options, NetworkDesign design, CloudReach reach)
    {
        Options = options;
        Design = design;
        _reach = reach;
        _journal = new(Path.Combine(reach.StateDirectory, $"{design.Name}.journal.jsonl"), reach.Disk);
        var all = AllResources.Of(design, reach.Megaport, reach.Aws, reach.Azure, reach.Keys);
        Graph = design.Link.Order == BuildOrder.Guide ? GuideOrder.Graph(all) : new(all);
    }

    public LinkOptions Options { get; }
    public NetworkDesign Design { get; }
    public ResourceGraph Graph { get; }
    public CloudReach Reach => _reach;
    public TimeProvider Clock => _reach.Clock;
    public CallCount Calls => _reach.Calls;

    /// <summary>Says that the minutes of a rehearsal are not the user's.</summary>
    public string TimeWord => _reach.InProcess is null ? "" : " of virtual time";

    /// <summary>Seconds of this run during which the sandbox's routes let clear traffic through; null against real
    /// clouds.</summary>
    public double? ClearSeconds => ClearWindows?.Sum(window => window.Length.TotalSeconds) ?? _reach.Served?.Seconds;

    /// <summary>The same as times; null against real clouds.</summary>
    public IReadOnlyList<ClearWindow>? ClearWindows => _reach.InProcess?.ClearWindows;

    /// <param name="writer">Whether the command may change the link.</param>
    public static LinkSession Open(LinkOptions options, bool writer = false)
    {
        if (options is { Order: BuildOrder.Guide, SandboxDirectory: null })
        {
            throw new UsageError("error: --order guide is for the sandbox only: between its steps 12 and 19 the "
                + "guide's link carries traffic in the clear\n"
                + $"  fix: add --sandbox to watch that happen, or leave --order guide out: "
                    + $"{(options with { Order = BuildOrder.LocksFirst }).Again("plan")}");
        }
        var design = Designer.Design(SpecFile.Load(options.File));
        design = options.Order == BuildOrder.Guide ? design.InGuideOrder() : design;
        return new(options, design, CloudReach.Open(options, design, writer));
    }

    public Engine Engine(IEventSink events) => new(Graph, Clock, _journal, events,
        new LinkClaim(_reach.Aws, Design, Clock, _reach.Owner, $"sealane {Options.Verb}{_reach.Place}",
            Options.TakeOver));

    /// <summary>Credentials of another account would find nothing and build everything there.</summary>
    public async Task RequireAccount(CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(Clock);
        await _reach.Aws.RequireAccount(Design, ct).ConfigureAwait(false);
    }

    public async Task<Known> Survey(CancellationToken ct)
    {
        await RequireAccount(ct).ConfigureAwait(false);
        using var turn = VirtualClock.Enter(Clock);
        using var look = _reach.Look.Begin();
        var known = await Core.Reconcile.Survey.Take(Graph, ct).ConfigureAwait(false);
        foreach (var (id, why) in known.Doubts)
        {
            await Console.Error.WriteLineAsync($"doubtful: {id}: {why.Describe()}").ConfigureAwait(false);
        }
        return known;
    }

    /// <summary>Nothing is built from a design that its own checks call wrong. The guide's own choices are not the
    /// spec's fault.</summary>
    public bool PassesChecks(TextWriter errors)
    {
        var report = DesignChecks.Run(Designer.Design(Design.Spec));
        if (report.HasErrors)
        {
            Output.FindingsText.Write(errors, Design.Spec.Source.File, report, Output.Ink.Error);
        }
        return !report.HasErrors;
    }

    /// <summary>What of this run could not be written down.</summary>
    public DiskTrouble Disk => _reach.Disk;

    /// <summary>Asked before anything is: an order whose intent cannot be written down is not placed.</summary>
    public void RequireWritableJournal()
    {
        try
        {
            _journal.RequireWritable();
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            throw new UsageError($"error: the journal of the run cannot be written: {error.Message}\n"
                + $"  fix: run it where {Path.GetFullPath(_reach.StateDirectory)} can be written; nothing was done");
        }
    }

    public void CloseJournal() => _journal.Close();

    public DateTimeOffset? LastChangeBetween(DateTimeOffset after, DateTimeOffset until) =>
        _reach.InProcess?.LastChangeBetween(after, until);

    public void Dispose() => _reach.Dispose();
}

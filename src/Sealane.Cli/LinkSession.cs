using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Clouds;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Clouds.Used;
using Sealane.Core;
using Sealane.Core.Checks;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli;

/// <summary>Everything a command needs for one link: its design, the way to the clouds, the graph of its
/// objects.</summary>
internal sealed class LinkSession : IDisposable
{
    private readonly CloudReach _reach;
    private readonly FileJournal? _file;
    private readonly IJournal _journal;
    private LinkPrices? _prices;

    private LinkSession(LinkOptions options, NetworkDesign design, CloudReach reach)
    {
        Options = options;
        Design = design;
        _reach = reach;
        _journal = options.OneWriter?.Journal() ?? (_file =
            new(Path.Combine(reach.StateDirectory, $"{design.Name}.journal.jsonl"), reach.Disk));
        Graph = design.Link.Order == BuildOrder.Guide
            ? GuideOrder.Graph(AllResources.Of(design, reach.Megaport, reach.Aws, reach.Azure, reach.Keys))
            : AllResources.Graph(design, reach.Megaport, reach.Aws, reach.Azure, reach.Keys);
    }

    public LinkOptions Options { get; }
    public NetworkDesign Design { get; }
    public ResourceGraph Graph { get; }
    public CloudReach Reach => _reach;
    public TimeProvider Clock => _reach.Clock;
    public CallCount Calls => _reach.Calls;

    /// <summary>Says that the minutes of a rehearsal are not the user's.</summary>
    public string TimeWord => _reach.InProcess is null ? "" : " of virtual time";

    /// <summary>What the whole link costs a month, without traffic.</summary>
    public LinkPrices Prices => _prices ??= new(Graph, Designer.Design(Design.Spec), _reach);

    /// <summary>Seconds of this run during which the sandbox's routes let clear traffic through; null against real
    /// clouds.</summary>
    public double? ClearSeconds => ClearWindows?.Sum(window => window.Length.TotalSeconds) ?? _reach.Served?.Seconds;

    /// <summary>The same as times; null against real clouds.</summary>
    public IReadOnlyList<ClearWindow>? ClearWindows => _reach.InProcess?.ClearWindows;

    /// <summary>How long of this run a link that carried did not carry; null against real clouds.</summary>
    public TimeSpan? Outage => _reach.InProcess?.Outage;

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
        var design = Designer.Design(options.Spec ?? SpecFile.Load(options.File));
        design = options.Order == BuildOrder.Guide ? design.InGuideOrder() : design;
        return new(options, design, CloudReach.Open(options, design, writer));
    }

    /// <summary>The same objects with other keys.</summary>
    public ResourceGraph GraphWith(LinkKeys keys) =>
        AllResources.Graph(Design, _reach.Megaport, _reach.Aws, _reach.Azure, keys);

    public Engine Engine(IEventSink events, ResourceGraph? graph = null) =>
        new(graph ?? Graph, Clock, _journal, events, NewClaim());

    /// <summary>
    /// One writer, on this machine and on all, while something is changed that is no order. A claim that an earlier run
    /// left behind stays as long as it alone may know of orders that lists leave out.
    /// </summary>
    /// <exception cref="ClaimHeld">Another run works on the link; nothing was done.</exception>
    public async Task<T> Holding<T>(Func<Task<T>> work)
    {
        var (claim, start) = (NewClaim(), Clock.GetTimestamp());
        ClaimTaken taken;
        using (VirtualClock.Enter(Clock))
        {
            taken = await claim.Take(CancellationToken.None).ConfigureAwait(false);
        }
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            if (taken == ClaimTaken.Fresh || Clock.GetElapsedTime(start) >= Graph.ListLag)
            {
                using var turn = VirtualClock.Enter(Clock);
                await claim.Release(CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private LinkClaim NewClaim() => new(_reach.Aws, Design, Clock, _reach.Owner,
        $"sealane {Options.Verb}{_reach.Place}", Options.TakeOver);

    /// <summary>Credentials of another account would find nothing and build everything there.</summary>
    public async Task RequireAccount(CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(Clock);
        await _reach.Aws.RequireAccount(Design, ct).ConfigureAwait(false);
    }

    private Task RequireCredentials(CancellationToken ct) => _reach.InProcess is not null ? RequireAccount(ct)
        : Logins.Require(ct, RequireAccount, _reach.Azure.Authenticate, _reach.Megaport.Authenticate);

    public Task<Known> Survey(CancellationToken ct) => Survey(Graph, ct);

    public async Task<Known> Survey(ResourceGraph graph, CancellationToken ct)
    {
        await RequireCredentials(ct).ConfigureAwait(false);
        using var turn = VirtualClock.Enter(Clock);
        using var look = _reach.Look.Begin();
        var known = await Core.Reconcile.Survey.Take(graph, ct).ConfigureAwait(false);
        foreach (var (id, why) in known.Doubts)
        {
            await Console.Error.WriteLineAsync(Plain.Lines($"doubtful: {id}: {why.Describe()}"))
                .ConfigureAwait(false);
            if (graph.Resources.FirstOrDefault(resource => resource.Id == id)?.Handover is not null)
            {
                Console.Error.Line($"  way out: {Options.Again("adopt", $" {id} CLOUD-ID")}, or the same with disown");
            }
        }
        return known;
    }

    /// <summary>Paths of which Microsoft's edge shows no table yet.</summary>
    public async Task<IReadOnlyList<string>> SilentPaths(Known known, CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(Clock);
        return await EdgeLag.Of(_reach.Azure, Design, known, ct).ConfigureAwait(false);
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
        else if (Options.SandboxDirectory is not null)
        {
            // With an account the next question is Megaport's own list; a rehearsal has nobody to ask.
            foreach (var finding in report.Findings.Where(finding => finding.Check == PlaceChecks.SiteIsKnown))
            {
                errors.Line($"{finding.Mark} {finding.Check.Severity.Word()} {finding.Check.Id}: {finding.Message}");
            }
        }
        var secrets = Design.Spec.Secrets;
        if (Options.SandboxDirectory is not null
            && (secrets.TunnelKeys.Count + secrets.AwsBgpKeys.Count + secrets.AzureBgpKeys.Count
                + secrets.AuthorizationKeys.Count > 0
                || (secrets.AwsBgpKey ?? secrets.AzureBgpKey ?? secrets.AuthorizationKey) is not null))
        {
            errors.Line("note: a rehearsal makes keys of its own: those that the spec refers to are neither read nor "
                + "judged");
        }
        return !report.HasErrors;
    }

    /// <summary>Forgets what used objects were that are the link's own now.</summary>
    /// <param name="ids">Cloud ids by the objects' names in plan and status.</param>
    public Task ForgetUsed(IReadOnlyDictionary<string, string> ids, CancellationToken ct) =>
        new UsedNotes(Design, _reach.Azure, _reach.Aws).Adopted(ids, ct);

    /// <summary>
    /// Asks what can be asked before anything is paid for, where the plan makes something; null after the reasons
    /// against it were written.
    /// </summary>
    /// <param name="acts">Whether this command acts on the plan, with these credentials.</param>
    public async Task<FoundAhead?> PassesAhead(
        Plan plan, Known known, TextWriter errors, CancellationToken ct, bool acts = true)
    {
        // What is changed on objects of others takes rights there.
        var made = plan.Steps.Where(step => step.Action is StepAction.Create or StepAction.Replace
            || step is { Action: StepAction.Update, Resource: UsedSettings })
            .Select(step => step.Resource).ToList();
        var design = Designer.Design(Design.Spec);
        if (made.Count == 0)
        {
            return new() { Design = design };
        }
        FoundAhead found;
        using (VirtualClock.Enter(Clock))
        {
            found = await new Questions(_reach.Aws, _reach.Azure, _reach.Megaport, design)
                .Ask(known, made, ct, acts)
                .ConfigureAwait(false);
        }
        if (Design.Spec.Budget.Count > 0 && !Prices.IsAsked && !Options.BookPrices)
        {
            await Prices.Ask(plan, known, book: false, ct).ConfigureAwait(false);
        }
        Prices.Take(found.Megaport.Orders);
        found = found with
        {
            Costs = [.. Prices.Sheet.Totals
                .Select(total => new CostFound(total.Currency, total.Monthly, total.IsComplete))],
        };
        var report = AheadChecks.Run(found);
        Output.AheadText.Write(errors, Design.Spec.Source.File, found, report);
        return report.HasErrors ? null : found;
    }

    /// <summary>Objects of the link's name that join other networks than the spec names: another link's.</summary>
    public async Task<bool> IsOfTheseEnds(Known known, TextWriter errors, CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(Clock);
        var others = await new OtherEnds(_reach.Aws, Design).Find(known, ct).ConfigureAwait(false);
        foreach (var other in others)
        {
            errors.Line($"error: another link is named {Design.Name}: {other.Id}: {other.What}");
        }
        if (others.Count > 0)
        {
            errors.Line("  fix: give this link a name of its own; nothing was touched");
        }
        return others.Count == 0;
    }

    /// <summary>Whether nobody else uses what is to be deleted; false after it was written who does.</summary>
    public async Task<bool> NobodyUses(
        Known known, IEnumerable<string> going, TextWriter errors, CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(Clock);
        var ids = going.ToHashSet(StringComparer.Ordinal);
        var users = await new Bystanders(_reach.Aws, _reach.Azure, _reach.Megaport, FormerParts.Of(Design))
            .Find(known, ids, ct).ConfigureAwait(false);
        var deletions = await new DeletionRights(_reach.Aws, _reach.Azure, Design).Find(known,
            [.. Graph.Whole(known).Resources.Where(resource => ids.Contains(resource.Id))], ct).ConfigureAwait(false);
        AheadText.WriteUnasked(errors, deletions.Unasked);
        users = [.. users, .. deletions.Against];
        foreach (var user in users)
        {
            errors.Line($"error: {user.Id}: {user.What}: nothing was deleted");
            errors.Line($"  fix: {user.WayOut}");
        }
        return users.Count == 0;
    }

    /// <summary>Where the receipts of paid orders are kept.</summary>
    public string ReceiptsPath => Path.Combine(_reach.StateDirectory, $"{Design.Name}.receipts.jsonl");

    /// <summary>Keeps a receipt of everything paid that a run orders.</summary>
    public IEventSink Receipts => new Receipts(ReceiptsPath, Design, Graph, Prices, _reach.Disk);

    /// <summary>Where it is kept what runs have put right.</summary>
    public string RepairsPath => Path.Combine(_reach.StateDirectory, $"{Design.Name}.repairs.jsonl");

    /// <summary>Keeps what a run puts right.</summary>
    public IEventSink Repairs => new Repairs(RepairsPath, _reach.Disk);

    /// <summary>What the plan would put right once more.</summary>
    public IReadOnlyList<Fight> Fights(Plan plan) => Cli.Repairs.Fights(RepairsPath, plan, Clock.GetUtcNow());

    /// <summary>What of this run could not be written down.</summary>
    public DiskTrouble Disk => _reach.Disk;

    /// <summary>Asked before anything is: an order whose intent cannot be written down is not placed.</summary>
    public void RequireWritableJournal()
    {
        try
        {
            _file?.RequireWritable();
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            throw new UsageError($"error: the journal of the run cannot be written: {error.Message}\n"
                + $"  fix: run it where {Path.GetFullPath(_reach.StateDirectory)} can be written; nothing was done");
        }
    }

    public void CloseJournal() => _file?.Close();

    public DateTimeOffset? LastChangeBetween(DateTimeOffset after, DateTimeOffset until) =>
        _reach.InProcess?.LastChangeBetween(after, until);

    public void Dispose() => _reach.Dispose();
}

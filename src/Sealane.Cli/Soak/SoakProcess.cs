using Sealane.Clouds;
using Sealane.Clouds.Ahead;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Soak;

/// <param name="Result">Null: the process died, or began nothing.</param>
/// <param name="IsSettled">A plan made afterwards is empty.</param>
/// <param name="Told">What it said of why not.</param>
internal sealed record SoakOutcome(RunResult? Result, bool IsSettled, string Told);

/// <summary>One process that applies or destroys, as the commands do it, on a wire that can fail.</summary>
internal sealed class SoakProcess : IEventSink, IDisposable
{
    private readonly NetworkDesign _design;
    private readonly VirtualClock _clock;
    private readonly SoakWatch _watch;
    private readonly SoakCut _wire;
    private readonly SoakCalls _calls;
    private readonly SameLook _look;
    private readonly AwsClients _aws;
    private readonly ArmClient _azure;
    private readonly MegaportClient _megaport;
    private readonly ResourceGraph _graph;
    private readonly IReadOnlyList<string> _secrets;
    private readonly Engine _engine;
    private readonly Without _without;
    private readonly bool _again;
    private readonly List<string> _told = [];

    public SoakProcess(
        NetworkDesign design, SandboxWorld world, VirtualClock clock, Faces faces, SoakWatch watch,
        IReadOnlyList<SoakItem> befalls, IJournal journal, string machine, bool takeOver, Without without,
        TimeSpan latency)
    {
        design = without.HasFlag(Without.Order) ? design.InGuideOrder() : design;
        (_design, _clock, _watch, _without, _again) = (design, clock, watch, without, takeOver);
        var chaos = Chaos.Parse(string.Join(',', befalls.OfType<FaultItem>()
            .Select(fault => FormattableString.Invariant($"{fault.Kind}={fault.Share}")).Append($"salt={machine}")));
        _calls = new(new SoakFar(new InProcessClouds(world, faces, chaos.Faults), clock, latency), watch);
        _wire = new(_calls, befalls.OfType<CutItem>().LastOrDefault());
        var context = new CloudContext(clock, new WireTap(_wire, new(), null));
        _look = context.Look;
        var keys = Secrets.Rehearsal(design.Spec);
        _secrets = [.. keys.Of(design).Select(secret => secret.Reveal())];
        _aws = new(context,
            Rehearsal.AwsCredentials(null), new()
            {
                Region = design.Aws.Region,
                ConnectionRegion = design.Aws.ConnectionRegion,
            }, Rehearsal.AwsCredentials);
        _azure = new(context, AzureCredentialSource.ClientSecret(context.Transport, world.Azure.Tenant,
            SandboxIdentity.AzureClientId, new(SandboxIdentity.AzureClientSecret),
            new("https://login.microsoftonline.com/")), null);
        _megaport = new(context, MegaportSettings.Of(design, SandboxIdentity.MegaportAccessKey,
            new(SandboxIdentity.MegaportSecretKey)));
        var all = AllResources.Of(design, _megaport, _aws, _azure, keys);
        if (without.HasFlag(Without.Look) || without.HasFlag(Without.Wait))
        {
            all = [.. all.Select(it => new Hasty(it, blind: without.HasFlag(Without.Look)))];
        }
        _graph = without.HasFlag(Without.Order) ? GuideOrder.Graph(all) : new(all);
        _engine = new(_graph, clock, journal, this, without.HasFlag(Without.Claim) ? null
            : new LinkClaim(_aws, design, clock, machine, $"a run of {machine}", takeOver));
    }

    public async Task<SoakOutcome> Run(bool destroys)
    {
        try
        {
            var known = await Survey().ConfigureAwait(false);
            var plan = Plan.Of(_graph, known);
            // Whoever runs a command again has read what the clouds do not tell, and looked.
            plan = _again ? Plan.Of(_graph, known, [.. plan.Steps.Select(step => step.Open?.Id).OfType<string>()])
                : plan;
            if (!destroys && (plan.Refused.Any() || !await MayOrder(plan, known).ConfigureAwait(false)))
            {
                return new(null, false, string.Join("; ", _told.Concat(plan.Refused.SelectMany(step =>
                    step.Change.Differences))));
            }
            var report = destroys
                ? await _engine.Destroy(known, _wire.Stopped).ConfigureAwait(false)
                : await _engine.Apply(plan, known, _wire.Stopped).ConfigureAwait(false);
            var settled = !destroys && report.Result == RunResult.Done
                && Plan.Of(_graph, await Survey().ConfigureAwait(false)).IsEmpty;
            return new(report.Result, settled, string.Join("; ", _told));
        }
        catch (Exception error) when (_wire.IsDead || error is OperationCanceledException)
        {
            return new(null, false, "killed");
        }
        catch (Exception error) when (error is ClaimHeld or CloudError)
        {
            return new(null, false, error.Message);
        }
    }

    public void Emit(EngineEvent happened)
    {
        var text = happened.ToString();
        if (_secrets.FirstOrDefault(secret => text.Contains(secret, StringComparison.Ordinal)) is not null)
        {
            _watch.Tell($"a secret stands in an event of {happened.Id}");
        }
        if (happened is StepFailed failed)
        {
            lock (_told)
            {
                _told.Add($"{failed.Id}: {failed.Reason}");
            }
            if (failed.Error?.Kind is CloudErrorKind.Invalid or CloudErrorKind.Denied or CloudErrorKind.Quota)
            {
                _calls.Refused ??= failed.Id;
            }
        }
    }

    private async Task<Known> Survey()
    {
        using var turn = _clock.Enter();
        await _aws.RequireAccount(_design, _wire.Stopped).ConfigureAwait(false);
        using var look = _look.Begin();
        return await Core.Reconcile.Survey.Take(_graph, _wire.Stopped).ConfigureAwait(false);
    }

    private async Task<bool> MayOrder(Plan plan, Known known)
    {
        var made = plan.Steps.Where(step => step.Action is StepAction.Create or StepAction.Replace)
            .Select(step => step.Resource).ToList();
        if (made.Count == 0 || _without.HasFlag(Without.Questions))
        {
            return true;
        }
        using var turn = _clock.Enter();
        var found = await new Questions(_aws, _azure, _megaport, _design).Ask(known, made, _wire.Stopped)
            .ConfigureAwait(false);
        _calls.Unanswered = found.Aws.TransitGateways is null;
        var report = AheadChecks.Run(found);
        _told.AddRange(report.Findings.Select(finding => finding.Message));
        return !report.HasErrors;
    }

    public void Dispose()
    {
        _megaport.Dispose();
        _wire.Dispose();
    }

    /// <summary>A resource that is ordered without a look, or without waiting for the lists: to see who
    /// notices.</summary>
    private sealed class Hasty(Resource inner, bool blind) : Resource(new ObjectRef(inner.Id))
    {
        private bool _asked;

        public override Cloud Cloud => inner.Cloud;
        public override string Title => inner.Title;
        public override IReadOnlyList<int> GuideSteps => inner.GuideSteps;
        public override IReadOnlyList<string> Operations => inner.Operations;
        public override IReadOnlyList<ObjectRef> Needs => inner.Needs;
        public override IReadOnlyList<ObjectRef> After => inner.After;
        public override Locks Closes => inner.Closes;
        public override Locks GuardedBy => inner.GuardedBy;
        public override TimeSpan Expected => inner.Expected;
        public override TimeSpan ExpectedDelete => inner.ExpectedDelete;
        public override TimeSpan HeldAfterwards => inner.HeldAfterwards;
        public override TimeSpan Budget => inner.Budget;
        public override TimeSpan CreateLag => TimeSpan.Zero;
        public override bool IsMade => inner.IsMade;
        public override bool GoesWithItsNeeds => inner.GoesWithItsNeeds;
        public override Making Making => inner.Making;
        public override bool Billed => inner.Billed;

        public override Task<Sighting?> Look(IKnown known, CancellationToken ct) =>
            blind && !_asked && inner.IsMade && inner.Making == Making.Created ? Task.FromResult<Sighting?>(null)
                : inner.Look(known, ct);

        public override Task Make(IKnown known, CancellationToken ct)
        {
            _asked = true;
            return inner.Make(known, ct);
        }
    }
}

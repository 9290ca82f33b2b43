using Sealane.Cli;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// One run over a link's world as the commands do it, on a wire that can fail: calls go wrong by a plan, or the run is
/// cut
/// at one of them. The world is stored afterwards, so that the commands go on with it.
/// </summary>
internal sealed class Rig : IEventSink, IDisposable
{
    private readonly Link _link;
    private readonly NetworkDesign _design;
    private readonly SandboxWorld _world;
    private readonly VirtualClock _clock;
    private readonly ClearWatch _clear;
    private readonly SameLook _look;
    private readonly CutHandler _wire;
    private readonly AwsClients _aws;
    private readonly ResourceGraph _graph;
    private readonly FileJournal _journal;
    private readonly LinkClaim _claim;

    /// <param name="at">Number of the call at which the run is cut; 0: never.</param>
    /// <param name="writes">Count the calls that can change something, and no others.</param>
    public Rig(Link link, FaultPlan? faults = null, Cut cut = Cut.Stop, int at = 0, bool writes = false)
        : this(link, Wake(link), faults, cut, at, writes)
    {
    }

    private Rig(Link link, (SandboxWorld World, VirtualClock Clock) now, FaultPlan? faults, Cut cut, int at,
        bool writes)
        : this(link, now.World, now.Clock,
            new InProcessClouds(now.World, Rehearsal.Faces(now.World, () => now.Clock.GetUtcNow()), faults), cut, at,
            writes)
    {
    }

    /// <summary>A run on a world that others may work on too.</summary>
    /// <param name="clouds">The way to it.</param>
    /// <param name="journal">Of this run's own machine; beside the world when nothing else is said.</param>
    /// <param name="run">What its claim says of it.</param>
    /// <param name="counts">Which calls <paramref name="at"/> counts, when not all or all writes.</param>
    public Rig(
        Link link, SandboxWorld world, VirtualClock clock, HttpMessageHandler clouds, Cut cut = Cut.Stop, int at = 0,
        bool writes = false, string? journal = null, string owner = "rehearsal", bool takeOver = false,
        string? run = null, Func<HttpRequestMessage, bool>? counts = null)
    {
        _link = link;
        _design = link.Design;
        (_world, _clock) = (world, clock);
        _clear = new(_world);
        _wire = new(clouds, cut, at, writes, counts);
        var transport = new WireTap(_wire, new(), null);
        var context = new CloudContext(_clock, transport);
        _look = context.Look;
        var keys = Secrets.Rehearsal(_design.Spec);
        _aws = new(context,
            Rehearsal.AwsCredentials(null), new()
            {
                Region = _design.Aws.Region,
                ConnectionRegion = _design.Aws.ConnectionRegion,
            }, Rehearsal.AwsCredentials);
        var azure = new ArmClient(context,
            AzureCredentialSource.ClientSecret(transport, _world.Azure.Tenant, SandboxIdentity.AzureClientId,
            new(SandboxIdentity.AzureClientSecret), new("https://login.microsoftonline.com/")));
        var megaport = new MegaportClient(context, MegaportSettings.Of(
            _design, SandboxIdentity.MegaportAccessKey, new(SandboxIdentity.MegaportSecretKey)));
        _graph = new(AllResources.Of(_design, megaport, _aws, azure, keys));
        _claim = new(_aws, _design, _clock, owner, run ?? $"a run of {owner}", takeOver);
        _journal = new(journal ?? Path.Combine(link.WorldDirectory, $"{_design.Name}.journal.jsonl"));
    }

    /// <summary>Why the run did nothing, when another one held the link.</summary>
    public string? Held { get; private set; }

    private static (SandboxWorld, VirtualClock) Wake(Link link)
    {
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        return (stored.Wake(clock), clock);
    }

    public int Calls => _wire.Calls;
    public double ClearSeconds => _clear.Total.TotalSeconds;

    /// <summary>The clouds' ids of what there was at the beginning, by the names in plan and status.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; private set; } = new Dictionary<string, string>();

    /// <summary>What failed and what was worth a note, for messages of tests.</summary>
    public List<string> Told { get; } = [];

    public Task<RunReport?> Apply() => Run(async (known, stop) =>
        await new Engine(_graph, _clock, _journal, this, _claim).Apply(Plan.Of(_graph, known), known, stop));

    public Task<RunReport?> Destroy() => Run(async (known, stop) =>
        await new Engine(_graph, _clock, _journal, this, _claim).Destroy(known, stop));

    public void Emit(EngineEvent happened)
    {
        if (happened is StepFailed or StepNote)
        {
            lock (Told)
            {
                Told.Add(happened is StepFailed failed ? $"{failed.Id}: {failed.Reason}" : happened.ToString());
            }
        }
    }

    public void Dispose() => _wire.Dispose();

    /// <summary>Null: the process died.</summary>
    private async Task<RunReport?> Run(Func<Known, CancellationToken, Task<RunReport>> act)
    {
        try
        {
            Known known;
            using (_clock.Enter())
            {
                await _aws.RequireAccount(_design, _wire.Stopped);
                using var look = _look.Begin();
                known = await Survey.Take(_graph, _wire.Stopped);
            }
            Ids = _graph.Resources.Where(resource => known[resource.Id]?.View.CloudId is not null)
                .ToDictionary(resource => resource.Id, resource => known[resource.Id]!.View.CloudId!);
            return await act(known, _wire.Stopped);
        }
        catch (ClaimHeld held)
        {
            Held = held.Message;
            return null;
        }
        catch (Exception death) when (_wire.IsDead || death is OperationCanceledException)
        {
            return null;
        }
        finally
        {
            WorldFile.Save(_link.WorldDirectory, _world);
        }
    }
}


using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>
/// A cloud of things with nothing but the traits that make engines fail: slow creation, objects that show up late,
/// replies lost after success, refusals that pass, names that are not unique. All by seed.
/// </summary>
internal sealed class ToyCloud(TimeProvider clock, int seed)
{
    private readonly Random _chance = new(seed);

    public List<ToyObject> Objects { get; } = [];

    public double LostReplies { get; set; }
    public double Busy { get; set; }

    /// <summary>Changes come to nothing.</summary>
    public bool Deaf { get; set; }

    /// <summary>Every change is refused for good.</summary>
    public bool Refuses { get; set; }
    public TimeSpan ListingLag { get; set; }

    /// <summary>Counts writing calls; the run is cut when it reaches <see cref="CutAt"/>.</summary>
    public int Writes { get; private set; }
    public int CutAt { get; set; } = int.MaxValue;
    public Action Cut { get; set; } = () => { };

    public int Looks { get; private set; }

    public ToyObject? Find(string name)
    {
        Looks++;
        Purge();
        return Objects.FirstOrDefault(item => item.Name == name && clock.GetUtcNow() >= item.MadeAt + ListingLag);
    }

    public void Create(string name, string value, TimeSpan time)
    {
        Write();
        Objects.Add(new(name, value, clock.GetUtcNow(), clock.GetUtcNow() + time));
        MaybeLose();
    }

    public void Update(ToyObject item, string value)
    {
        Write();
        if (Refuses)
        {
            throw new CloudError(Cloud.Aws, "toy:Update", CloudErrorKind.Invalid, 400, "InvalidValue", "no such value");
        }
        item.Value = Deaf ? item.Value : value;
        item.ReadyAt = clock.GetUtcNow() + TimeSpan.FromSeconds(30);
        MaybeLose();
    }

    /// <summary>What may not be deleted now, for something stands on it or did until a moment ago.</summary>
    public Func<ToyObject, bool> Holds { get; set; } = _ => false;
    public int Refused { get; private set; }

    public void Delete(ToyObject item)
    {
        Write();
        if (Holds(item))
        {
            Refused++;
            throw new CloudError(Cloud.Aws, "toy:Delete", CloudErrorKind.Busy, 409, "InUse", "something stands on it");
        }
        item.GoneAt = clock.GetUtcNow() + TimeSpan.FromSeconds(40);
        MaybeLose();
    }

    public bool IsReady(ToyObject item) => clock.GetUtcNow() >= item.ReadyAt;

    private void Write()
    {
        if (++Writes == CutAt)
        {
            Cut();
        }
        if (_chance.NextDouble() < Busy)
        {
            throw new CloudError(Cloud.Aws, "toy:Write", CloudErrorKind.Busy, 409, "InUse",
                "another operation is in progress");
        }
    }

    private void MaybeLose()
    {
        if (_chance.NextDouble() < LostReplies)
        {
            throw new CloudError(Cloud.Aws, "toy:Write", CloudErrorKind.Uncertain, null, null, "connection reset");
        }
    }

    private void Purge() => Objects.RemoveAll(item => item.GoneAt is { } at && clock.GetUtcNow() >= at);
}

internal sealed class ToyObject(string name, string value, DateTimeOffset madeAt, DateTimeOffset readyAt)
{
    public string Name { get; } = name;
    public string Value { get; set; } = value;
    public DateTimeOffset MadeAt { get; } = madeAt;
    public DateTimeOffset ReadyAt { get; set; } = readyAt;
    public DateTimeOffset? GoneAt { get; set; }
}

internal sealed class ToyResource(
    ToyCloud cloud, string name, IReadOnlyList<string> needs, TimeSpan time, string value = "a",
    Locks closes = Locks.None, Locks guardedBy = Locks.None)
    : Resource<string, ToyObject>(new ObjectRef<ToyObject>(name))
{
    public override Cloud Cloud => Cloud.Aws;
    public override string Title => name;
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations => [];
    public override IReadOnlyList<ObjectRef> Needs => [.. needs.Select(need => new ObjectRef(need))];
    public override TimeSpan Expected => time;
    public override Locks Closes => closes;
    public override Locks GuardedBy => guardedBy;

    /// <summary>It goes with what it is built on.</summary>
    public bool Follows { get; init; }
    public override bool GoesWithItsNeeds => Follows;

    /// <summary>The vendor bills for it.</summary>
    public bool Costs { get; init; }
    public override bool Billed => Costs;
    public TimeSpan Held { get; init; }
    public override TimeSpan HeldAfterwards => Held;

    public string Value { get; set; } = value;
    public Func<string, string, Change>? Comparer { get; set; }

    public override string Derive(IKnown known)
    {
        foreach (var need in needs)
        {
            Assert.True(cloud.IsReady(known.Get(new ObjectRef<ToyObject>(need))),
                $"{name} began before {need} was ready");
        }
        return Value;
    }

    public override Task<ToyObject?> Observe(IKnown known, CancellationToken ct) =>
        Task.FromResult(cloud.Find(name));

    public override Change Compare(string desired, ToyObject observed) =>
        Comparer?.Invoke(desired, observed.Value)
        ?? Change.InPlace(new Differences().Field("value", desired, observed.Value).Lines);

    public override Task Create(string desired, CancellationToken ct)
    {
        cloud.Create(name, desired, time);
        return Task.CompletedTask;
    }

    public override Task Update(string desired, ToyObject observed, CancellationToken ct)
    {
        cloud.Update(observed, desired);
        return Task.CompletedTask;
    }

    public override Task Delete(ToyObject observed, CancellationToken ct)
    {
        cloud.Delete(observed);
        return Task.CompletedTask;
    }

    public override bool IsReady(ToyObject observed) => cloud.IsReady(observed);

    public override ResourceView View(ToyObject observed) =>
        new(observed.GoneAt is not null ? "deleting" : cloud.IsReady(observed) ? "available" : "pending", name);
}

internal sealed class ToyJournal : IJournal
{
    private readonly Dictionary<string, DateTimeOffset> _open = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, DateTimeOffset> Open => _open;
    public void Begin(string id, StepAction action, DateTimeOffset at) => _open[id] = at;
    public void End(string id, DateTimeOffset at) => _open.Remove(id);
}

internal sealed class Recorder : IEventSink
{
    private readonly Lock _gate = new();

    public List<EngineEvent> Events { get; } = [];
    public Action<EngineEvent> Seen { get; set; } = _ => { };

    public void Emit(EngineEvent happened)
    {
        lock (_gate)
        {
            Events.Add(happened);
        }
        Seen(happened);
    }
}

using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>One look at a used object, as far as the link may change it. What a link changes is always that it adds
/// something: a block, a subnet, a flag.</summary>
/// <param name="State">The vendor's word.</param>
/// <param name="Has">Of what can be added, what is there, whoever added it.</param>
public record UsedLook(string Id, string State, IReadOnlyList<string> Has)
{
    /// <summary>Nothing is used, or nothing is there any more.</summary>
    public static UsedLook None { get; } = new("", "nothing used", []);

    /// <summary>What others rely on by now, or may, each with whose it is.</summary>
    public IReadOnlyList<(string Name, string Value)> ReliedOn { get; init; } = [];

    /// <summary>A change is on its way.</summary>
    public bool IsBusy { get; init; }
    public string? Failure { get; init; }

    /// <summary>What the answer leaves out: who changed it from that would take away what others have there.</summary>
    public string? NotShown { get; init; }

    /// <summary>Why nothing of it is taken back at all.</summary>
    public string? Untouchable { get; init; }
    public string? Console { get; init; }
}

/// <summary>
/// What the link changes in place on an object that is somebody else's, because the spec asks for it. What the object
/// was is written down first, and read back; destroy restores it, also on another machine, but for
/// what others rely on by then. Everything else of the object stays as it is.
/// </summary>
/// <param name="of">The used object's name in plan and status.</param>
public abstract class UsedSettings(string of, UsedNotes notes)
    : Resource<UsedSettings.Desired, UsedSettings.Observed>(RefOf(of))
{
    /// <summary>What the last look has read. Tags that do not show in one look are not gone: EC2's may lag
    /// (https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html).</summary>
    private UsedNote? _read;

    /// <param name="Values">What the link needs on it.</param>
    public sealed record Desired(string ObjectId, IReadOnlyList<string> Values);

    /// <param name="Note">What is written of this very object.</param>
    /// <param name="IsWritten">Something is written, be it of another one.</param>
    public sealed record Observed(UsedLook Look, UsedNote? Note, bool IsWritten)
    {
        /// <summary>What the link added and still is there.</summary>
        public IReadOnlyList<string> Standing =>
            Note is null ? [] : [.. Look.Has.Where(Note.Added.Contains)];

        /// <summary>The same without what others rely on.</summary>
        public IReadOnlyList<string> Own => Look.Untouchable is not null ? []
            : [.. Standing.Where(value => Look.ReliedOn.All(each => each.Name != value))];

        /// <summary>The link made it what it is in this respect.</summary>
        public bool Gave(string value) => Note?.Added.Contains(value) == true;
    }

    public static ObjectRef<Observed> RefOf(string of) => new($"{of}-settings");

    public override IReadOnlyList<int> GuideSteps => [];
    public sealed override IReadOnlyList<string> Operations => [.. Calls, .. notes.Operations(of, Cloud)];

    /// <summary>The object of others in Azure that is tagged with what it was; null where a circuit of the link's
    /// is.</summary>
    public string? TaggedInAzure => notes.TaggedInAzure(of);

    public override IReadOnlyList<ObjectRef> After => notes.Made;
    public override Making Making => Making.Set;
    public override TimeSpan ExpectedDelete => Expected;

    protected UsedNotes Notes => notes;

    /// <summary>But for those that write down what it was.</summary>
    protected abstract IReadOnlyList<string> Calls { get; }

    /// <summary>The object that the spec uses; null where it is not there yet, or the link's own.</summary>
    protected abstract string? ObjectOf(IKnown known);
    protected abstract IReadOnlyList<string> Values { get; }

    /// <param name="note">What is written of it.</param>
    /// <param name="known">Null while it is changed.</param>
    protected abstract Task<UsedLook?> See(string id, UsedNote? note, IKnown? known, CancellationToken ct);
    protected abstract Task Add(UsedLook look, IReadOnlyList<string> missing, CancellationToken ct);
    protected abstract Task Remove(UsedLook look, IReadOnlyList<string> own, CancellationToken ct);

    /// <summary>What happens to traffic, of others too.</summary>
    protected abstract string Impact(UsedLook look);
    protected abstract IReadOnlyList<string> Lines(UsedLook look, IReadOnlyList<string> missing);

    /// <summary>Why the change would harm others, or may; with the way out.</summary>
    protected virtual IReadOnlyList<string> Hindrances(UsedLook look, IReadOnlyList<string> missing) => [];

    /// <summary>Whether it can be a value of this object: a note that says anything else is not believed.</summary>
    protected abstract bool Knows(string value);

    /// <summary>A value for a person.</summary>
    protected abstract string Word(string value);

    protected virtual IReadOnlyList<string> Missing(IReadOnlyList<string> wanted, Observed observed) =>
        [.. wanted.Except(observed.Look.Has)];

    public sealed override Desired Derive(IKnown known) => new(ObjectOf(known) ?? "", Values);

    public sealed override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var read = await notes.Read(of, Knows, ct).ConfigureAwait(false);
        var note = read ?? _read;
        _read = read;
        var id = ObjectOf(known);
        // An earlier spec may have used another one, which still is as the link set it.
        var look = note is null ? null : await See(note.ObjectId, note, known, ct).ConfigureAwait(false);
        look ??= id is null ? null : await See(id, null, known, ct).ConfigureAwait(false);
        return look is null && note is null && id is not null ? null
            : new(look ?? UsedLook.None, look is not null && note?.IsOf(look.Id) == true ? note : null,
                note is not null);
    }

    public sealed override Change Compare(Desired desired, Observed observed)
    {
        var look = observed.Look;
        if (look == UsedLook.None
            || (observed.Note is null && (desired.ObjectId.Length == 0 || desired.Values.Count == 0)))
        {
            return Change.None;
        }
        if (!desired.ObjectId.Equals(look.Id, StringComparison.OrdinalIgnoreCase))
        {
            return Change.Refused([$"the link still uses {look.Id}: name that in the spec and destroy first, so that "
                + "it becomes again what it was"]);
        }
        if (look.Failure is not null && observed.Note is null)
        {
            return Change.Refused([$"it is {look.State}: have its owner repair it, which is to send it again as it "
                + "is"]);
        }
        var missing = Missing(desired.Values, observed);
        var lines = missing.Count == 0 ? [] : Lines(look, missing);
        // What is not shown is no sign that nothing differs.
        var hindrances = missing.Count > 0 ? Hindrances(look, missing) : [];
        return look.NotShown is { } hidden ? Change.Refused([.. lines, $"{hidden}: ask again"])
            : hindrances.Count > 0 ? Change.Refused([.. lines, .. hindrances])
            : lines.Count == 0 && look.Failure is not null
                ? Change.InPlace([$"{look.State} → repaired"], Impact(look))
            : Change.InPlace(lines, Impact(look));
    }

    public override Task Create(Desired desired, CancellationToken ct) => throw Gone(desired.ObjectId);

    public sealed override async Task Update(Desired desired, Observed observed, CancellationToken ct)
    {
        var now = await Now(desired.ObjectId, observed.Note, ct).ConfigureAwait(false)
            ?? throw Gone(desired.ObjectId);
        var missing = Missing(desired.Values, now);
        var hindrances = Hindrances(now.Look, missing);
        if (hindrances.Count > 0)
        {
            throw new StepRefused(string.Join("; ", hindrances));
        }
        RequireShown(now.Look);
        await notes.Write(of, new(desired.ObjectId, [.. now.Standing, .. missing]), ct).ConfigureAwait(false);
        // Where the note stands on the object, what was read before is not all of it any more.
        var look = notes.AreOnUsed
            ? (await Now(desired.ObjectId, null, ct).ConfigureAwait(false) ?? throw Gone(desired.ObjectId)).Look
            : now.Look;
        RequireShown(look);
        await Add(look, missing, ct).ConfigureAwait(false);
    }

    /// <summary>Restores first, and forgets what was before only when the object is seen to be at rest so.</summary>
    public sealed override async Task Delete(Observed observed, CancellationToken ct)
    {
        if ((await notes.ReadSettled(of, Knows, ct).ConfigureAwait(false) ?? observed.Note) is not { } note)
        {
            // It was seen before, and is not forgotten because it does not show: the engine looks again.
            return;
        }
        if (await Now(note.ObjectId, note, ct).ConfigureAwait(false) is { } now)
        {
            if (now.Look.IsBusy)
            {
                return;
            }
            if (now.Own.Count > 0 || now.Look.Failure is not null)
            {
                RequireShown(now.Look);
                await Remove(now.Look, now.Own, ct).ConfigureAwait(false);
                return;
            }
        }
        await notes.Forget(of, ct).ConfigureAwait(false);
        _read = null;
    }

    /// <summary>As long as something is written down there is something to restore.</summary>
    public sealed override bool IsOurs(Observed observed) => observed.IsWritten;

    public override bool IsReady(Observed observed) => observed.Look is { IsBusy: false, Failure: null };
    public override string? Failed(Observed observed) => observed.Look.Failure;

    public sealed override ResourceView View(Observed observed) => new(
        observed.Look.State, observed.Look.Id.Length == 0 ? null : observed.Look.Id, observed.Look.Console,
        observed.Note is null ? [] : [("destroy takes back", observed.Own.Count == 0 ? "nothing: others rely on it"
            : string.Join(", ", observed.Own.Select(Word)))])
    {
        Left = observed.Look.Untouchable is { } why && observed.Standing.Count > 0
            ? [$"all of it, {string.Join(", ", observed.Standing.Select(Word))}: {why}"]
            :
            [
                .. from value in observed.Standing
                   let users = observed.Look.ReliedOn.Where(each => each.Name == value)
                       .Select(each => each.Value).Distinct().ToList()
                   where users.Count > 0
                   select $"its {Word(value)}, which {string.Join(", ", users)} relies on",
            ],
    };

    /// <param name="seen">What was written when it was looked at last.</param>
    private async Task<Observed?> Now(string id, UsedNote? seen, CancellationToken ct)
    {
        var note = (await notes.ReadSettled(of, Knows, ct).ConfigureAwait(false) ?? seen) is { } written
            && written.IsOf(id) ? written : null;
        return await See(id, note, null, ct).ConfigureAwait(false) is { } look ? new(look, note, note is not null)
            : null;
    }

    private void RequireShown(UsedLook look)
    {
        if (look.NotShown is { } hidden)
        {
            throw new CloudError(Cloud, $"GET {look.Id}", CloudErrorKind.Busy, null, null, hidden);
        }
    }

    private CloudError Gone(string id) => new(Cloud, $"GET {id}", CloudErrorKind.NotFound, 404, null,
        $"{id} is not there", advice: "check what the spec uses, and run again");
}

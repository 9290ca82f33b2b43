using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>What every observed Azure object has.</summary>
public interface IArmObserved
{
    ArmObject Envelope { get; }
}

/// <summary>An object whose body is known before it is made, at least in part.</summary>
public interface IArmForetold
{
    /// <summary>Its id and what would be sent, without secrets; null where nothing is sent.</summary>
    (string Id, JsonObject Body)? Foretold(IKnown known);
}

/// <summary>What all Azure resources share: ready when <c>Succeeded</c>, deleted by id, ours by the tag
/// <c>sealane</c>.</summary>
public abstract class AzureResource<TDesired, TObserved>(ObjectRef<TObserved> self, ArmClient arm, AzureIds ids)
    : Resource<TDesired, TObserved>(self), IArmForetold
    where TDesired : class
    where TObserved : class, IArmObserved
{
    protected ArmClient Arm => arm;

    protected AzureIds Ids => ids;

    public sealed override Cloud Cloud => Cloud.Azure;

    public override Task Delete(TObserved observed, CancellationToken ct) => arm.Delete(observed.Envelope.Id, ct);

    public override bool IsReady(TObserved observed) => observed.Envelope.IsSucceeded;

    public override string? Failed(TObserved observed) => observed.Envelope.Failure;

    public override ResourceView View(TObserved observed) =>
        AzurePortal.View(observed.Envelope, StateOf(observed), Facts(observed));

    public virtual (string Id, JsonObject Body)? Foretold(IKnown known) => null;

    /// <summary>What every object of the link has, whatever else it is made of.</summary>
    protected JsonObject CommonBody => new()
    {
        ["location"] = ids.Region,
        ["tags"] = ArmJson.Tags(ids.Link.TagsInAzure()),
    };

    protected virtual string StateOf(TObserved observed) => observed.Envelope.ProvisioningState;

    protected virtual IReadOnlyList<(string Name, string Value)> Facts(TObserved observed) => [];

    /// <summary>The id that the spec gives it; null where it bears no marks of its own.</summary>
    protected virtual string? OwnId => null;

    public override IHandover? Handover => OwnId is not { } own || !IsMade ? null : new Handover<ArmObject>(
        async (id, ct) => id.Equals(own, StringComparison.OrdinalIgnoreCase)
            ? await arm.Observe(own, ct).ConfigureAwait(false) : null,
        found => found.Link, (found, ct) => Tag(found, ids.Link.TagsInAzure(), ct),
        (found, ct) => Tag(found, new Dictionary<string, string> { [LinkTag.Key] = LinkTag.DisownedBy(ids.Link.Name) },
            ct), own);

    /// <summary>The object under its id. One that this link did not make is neither adopted nor overwritten.</summary>
    protected async Task<ArmObject?> ObserveOurs(CancellationToken ct)
    {
        var id = OwnId!;
        var found = await arm.Observe(id, ct).ConfigureAwait(false);
        if (IsUsed)
        {
            return found;
        }
        if (found is null)
        {
            if (!ids.Link.IsFormer)
            {
                await RefuseRenamed(id, ct).ConfigureAwait(false);
            }
            return null;
        }
        return found.Link == ids.Link.Name ? found
            : ids.Link.IsFormer ? null
            : found.Link is null && await IsOursByName(found.Id, ct).ConfigureAwait(false) ? found
            : throw AzureErrors.Foreign(found.Id, ids.Link.Name, found.Link);
    }

    /// <summary>
    /// One mark left is enough: under our id, without the tag, while others of the link stand. What was recognized once
    /// stays recognized for the run, whatever is deleted meanwhile.
    /// </summary>
    private async Task<bool> IsOursByName(string id, CancellationToken ct)
    {
        if (arm.Unmarked.ContainsKey(id))
        {
            return true;
        }
        foreach (var other in ids.Named.Where(other => !other.Equals(id, StringComparison.OrdinalIgnoreCase)))
        {
            if ((await arm.Get(other, ct).ConfigureAwait(false)).Text("tags", LinkTag.Key) == ids.Link.Name)
            {
                return arm.Unmarked[id] = true;
            }
        }
        return false;
    }

    /// <summary>An answer that shows no tags at all says nothing of the others'.</summary>
    public override IReadOnlyList<string> LostMarks(TObserved observed) =>
        observed.Envelope.Link is null && arm.Unmarked.ContainsKey(observed.Envelope.Id)
            ? new Differences().Field<string?>($"tag {LinkTag.Key}", ids.Link.Name, null).Lines
        : observed.Envelope.Link != ids.Link.Name ? []
        : [
            .. ids.Link.TagsInAzure().Where(tag => tag.Key != LinkTag.Key)
                .OrderBy(tag => tag.Key, StringComparer.Ordinal)
                .SelectMany(tag => new Differences().Field<string?>($"tag {tag.Key}", tag.Value,
                    observed.Envelope.Tags.GetValueOrDefault(tag.Key)).Lines),
        ];

    public override Task Mark(TObserved observed, CancellationToken ct) =>
        Tag(observed.Envelope, ids.Link.TagsInAzure(), ct);

    /// <summary>PATCH replaces all tags: those of others are sent along.</summary>
    private Task Tag(ArmObject found, IReadOnlyDictionary<string, string> tags, CancellationToken ct) => arm.PatchTags(
        found.Id, found.Tags.Where(tag => !tags.ContainsKey(tag.Key)).Concat(tags).ToDictionary(), ct);

    /// <summary>
    /// An object of this link under a name that the spec does not know was made from an earlier spec. Building a second
    /// one
    /// beside it would order twice, and the first would stay on the bill.
    /// </summary>
    private async Task RefuseRenamed(string id, CancellationToken ct)
    {
        var named = ids.Named.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var sibling in await arm.List(id[..id.LastIndexOf('/')], ct).ConfigureAwait(false))
        {
            if (sibling.At("tags", LinkTag.Key).Text() == ids.Link.Name && sibling.Text("id") is { } other
                && !named.Contains(other)
                && !string.Equals(sibling.Text("properties", "provisioningState"), "Deleting",
                    StringComparison.OrdinalIgnoreCase))
            {
                throw AzureErrors.Renamed(other, id, ids.Link.Name);
            }
        }
    }

    /// <summary>An object in state <c>Failed</c> is put right by sending it again, even when no field
    /// differs.</summary>
    protected static Change OrRepair(ArmObject observed, Change change, string traffic) =>
        change.Kind == ChangeKind.None && observed.Failure is not null
            ? Change.InPlace([$"provisioningState {observed.ProvisioningState} → Succeeded"], traffic)
            : change;

    /// <summary>
    /// Changes an object in place. PUT replaces it as a whole and resets what is left out, NAT rules for instance
    /// (terraform-provider-azurerm #25690): what we want is laid over the newest version, without its read-only
    /// members.
    /// </summary>
    /// <param name="without">Members that would contradict what is wanted.</param>
    protected async Task ChangeInPlace(string id, JsonObject wanted, CancellationToken ct,
        params IReadOnlyList<string> without)
    {
        var body = await arm.Get(id, ct).ConfigureAwait(false)
            ?? throw new CloudError(Cloud.Azure, $"GET {AzureIds.NameOf(id)}", CloudErrorKind.NotFound, 404, null,
                $"{AzureIds.NameOf(id)} went away while it was to be changed", advice: "run again");
        var changed = CarriedBack.Over(ReadOnlyMembers.Without(id, body), wanted);
        foreach (var name in without)
        {
            (changed["properties"] as JsonObject)?.Remove(name);
        }
        await arm.Put(id, changed, ct, body.Text("etag")).ConfigureAwait(false);
    }
}

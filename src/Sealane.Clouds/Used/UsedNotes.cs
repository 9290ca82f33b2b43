using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>
/// What used objects were, as tags on the link's first circuit: it needs nothing but its resource group, stands within
/// minutes, is the link's own, and is deleted after all of them are restored.
/// </summary>
public sealed class UsedNotes(ArmClient arm, AzureIds ids, CircuitDesign circuit)
{
    /// <summary>Longest value of a tag
    /// (https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources).</summary>
    private const int ValueMax = 256;

    private readonly string _bearer = ids.Circuit(circuit);

    public ObjectRef Bearer => ExpressRouteCircuit.Ref(circuit);

    /// <summary>What is written of an object; null where nothing is.</summary>
    /// <param name="knows">Whether a value can be one of this object.</param>
    public async Task<UsedNote?> Read(string name, Func<string, bool>? knows, CancellationToken ct) =>
        Of(name, knows, await Tags(ct).ConfigureAwait(false));

    /// <summary>The same before anything is written: without the link's own tag the others are not all there, and a
    /// PATCH would take away what is not shown.</summary>
    public async Task<UsedNote?> ReadMarked(string name, Func<string, bool> knows, CancellationToken ct) =>
        Of(name, knows, await Marked(ct).ConfigureAwait(false));

    /// <summary>Returns when the note is seen to be written: the object is changed only then.</summary>
    public Task Write(string name, UsedNote note, CancellationToken ct) => Alone(async () =>
    {
        var wanted = note.Tags(name);
        if (wanted.Values.FirstOrDefault(value => value.Length > ValueMax) is { } tooLong)
        {
            throw new StepRefused($"what it was before cannot be written down: a tag's value takes {ValueMax} "
                + $"characters, and this has {tooLong.Length}. Nothing was changed");
        }
        var tags = await Marked(ct).ConfigureAwait(false);
        if (wanted.All(tag => tags.GetValueOrDefault(tag.Key) == tag.Value))
        {
            return;
        }
        await arm.PatchTags(_bearer, Without(tags, name).Concat(wanted).ToDictionary(), ct).ConfigureAwait(false);
        var seen = await Tags(ct).ConfigureAwait(false);
        if (wanted.Any(tag => seen.GetValueOrDefault(tag.Key) != tag.Value))
        {
            throw Busy("PATCH", $"the tags that say what the used {name} was before do not show yet");
        }
    });

    public Task Forget(string name, CancellationToken ct) => Alone(async () =>
    {
        var tags = await Marked(ct).ConfigureAwait(false);
        var rest = Without(tags, name).ToDictionary();
        if (rest.Count < tags.Count)
        {
            await arm.PatchTags(_bearer, rest, ct).ConfigureAwait(false);
        }
    });

    /// <summary>Objects that are the link's own now are not restored any more, nor is what two of them have between
    /// them.</summary>
    public async Task Adopted(IEnumerable<string> names, CancellationToken ct)
    {
        foreach (var name in names.SelectMany(name => name == TransitGateway.Ref.Id || name == DxGateway.Ref.Id
            ? [name, DxAssociation.Ref.Id] : new[] { name }).Distinct())
        {
            if (await Read(name, null, ct).ConfigureAwait(false) is not null)
            {
                await Forget(name, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One writer at a time: each sends all tags, and would take away what another has just written.</summary>
    private async Task Alone(Func<Task> write)
    {
        if (!arm.Noting.TryAdd(_bearer, true))
        {
            throw Busy("PATCH", "what another used object was is being written");
        }
        try
        {
            await write().ConfigureAwait(false);
        }
        finally
        {
            arm.Noting.TryRemove(_bearer, out _);
        }
    }

    private UsedNote? Of(string name, Func<string, bool>? knows, IReadOnlyDictionary<string, string> tags)
    {
        var link = tags.GetValueOrDefault(LinkTag.Key);
        // One that was given away, or lost its tag, still tells.
        return link is null || link == ids.Link.Name || link == LinkTag.DisownedBy(ids.Link.Name)
            ? UsedNote.Read(name, _bearer, tags, knows) : null;
    }

    private async Task<IReadOnlyDictionary<string, string>> Tags(CancellationToken ct) =>
        ArmJson.TagsOf(await arm.Get(_bearer, ct).ConfigureAwait(false));

    private async Task<IReadOnlyDictionary<string, string>> Marked(CancellationToken ct) =>
        await Tags(ct).ConfigureAwait(false) is var tags && tags.ContainsKey(LinkTag.Key) ? tags
            : throw Busy("GET", "its tags do not show");

    private static IEnumerable<KeyValuePair<string, string>> Without(
        IReadOnlyDictionary<string, string> tags, string name) => tags.Where(tag =>
            !UsedNote.TagsOf(name).Contains(tag.Key, StringComparer.OrdinalIgnoreCase));

    private CloudError Busy(string call, string what) => new(Cloud.Azure,
        $"{call} expressRouteCircuits/{AzureIds.NameOf(_bearer)}", CloudErrorKind.Busy, null, null, what);
}

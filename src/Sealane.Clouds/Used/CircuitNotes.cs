using Sealane.Clouds.Azure;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>
/// A circuit of the link's: it needs nothing but its resource group, stands within minutes, and is deleted after all
/// used objects are restored.
/// </summary>
internal sealed class CircuitNotes(ArmClient arm, string id, string link) : NoteBearer
{
    public override Cloud Cloud => Cloud.Azure;
    public override string Name => $"expressRouteCircuits/{AzureIds.NameOf(id)}";
    public override IReadOnlyList<string> Operations => ["GET expressRouteCircuits", "PATCH expressRouteCircuits"];
    public override string KeyOf(string name) => name;

    public override async Task<IReadOnlyDictionary<string, string>> Tags(CancellationToken ct) =>
        Believed(await Shown(ct).ConfigureAwait(false));

    public override async Task<IReadOnlyDictionary<string, string>> Settled(CancellationToken ct) =>
        await arm.Get(id, ct).ConfigureAwait(false) is { } there
            ? Believed(Marked(ArmJson.TagsOf(there))) : new Dictionary<string, string>();

    public override Task Put(IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        Patch(tags, tags, ct);

    public override Task Remove(IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        Patch(tags, new Dictionary<string, string>(), ct);

    private async Task<IReadOnlyDictionary<string, string>> Shown(CancellationToken ct) =>
        ArmJson.TagsOf(await arm.Get(id, ct).ConfigureAwait(false));

    /// <summary>Without the link's own tag the others are not all there, and a PATCH would take away what is not
    /// shown.</summary>
    private IReadOnlyDictionary<string, string> Marked(IReadOnlyDictionary<string, string> tags) =>
        tags.ContainsKey(LinkTag.Key) ? tags : throw Busy("GET", "its tags do not show");

    /// <summary>One that was given away, or lost its tag, still tells.</summary>
    private IReadOnlyDictionary<string, string> Believed(IReadOnlyDictionary<string, string> tags) =>
        tags.GetValueOrDefault(LinkTag.Key) is { } whose && whose != link
            && whose != LinkTag.DisownedBy(link) ? new Dictionary<string, string>() : tags;

    /// <summary>One writer at a time: each sends all tags, and would take away what another has just written.</summary>
    private async Task Patch(
        IReadOnlyDictionary<string, string> old, IReadOnlyDictionary<string, string> wanted, CancellationToken ct)
    {
        if (!arm.Noting.TryAdd(id, true))
        {
            throw Busy("PATCH", "what another used object was is being written");
        }
        try
        {
            var rest = Marked(await Shown(ct).ConfigureAwait(false))
                .Where(tag => !old.Keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase));
            await arm.PatchTags(id, rest.Concat(wanted).ToDictionary(), ct).ConfigureAwait(false);
        }
        finally
        {
            arm.Noting.TryRemove(id, out _);
        }
    }
}

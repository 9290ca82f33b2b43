using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>Tags on what is somebody else's, where the link has no circuit of its own: beside those of its owner and of
/// other links.</summary>
/// <param name="id">The used object's, or of what holds it: a peering and an association bear no tags.</param>
internal abstract class TagsOfOthers(string id, string link) : NoteBearer
{
    protected string Id => id;
    public sealed override string KeyOf(string name) => $"{name}.{link}";

    public sealed override Task<IReadOnlyDictionary<string, string>> Settled(CancellationToken ct) => Tags(ct);
}

/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html</remarks>
internal sealed class Ec2Notes(
    Ec2Client ec2, string id, string link, Func<CancellationToken, Task<IReadOnlyDictionary<string, string>?>> look)
    : TagsOfOthers(id, link)
{
    public override Cloud Cloud => Cloud.Aws;
    public override string Name => Id;
    public override IReadOnlyList<string> Operations => ["ec2:CreateTags", "ec2:DeleteTags"];

    public override async Task<IReadOnlyDictionary<string, string>> Tags(CancellationToken ct) =>
        await look(ct).ConfigureAwait(false) ?? new Dictionary<string, string>();

    public override Task Put(IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        ec2.CreateTags(Id, tags.Select(tag => (tag.Key, tag.Value)), ct);

    public override Task Remove(IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        ec2.DeleteTags(Id, tags.Keys, ct);
}

/// <remarks>https://learn.microsoft.com/rest/api/resources/tags/update-at-scope</remarks>
internal sealed class ArmNotes(ArmClient arm, string id, string link) : TagsOfOthers(id, link)
{
    public override Cloud Cloud => Cloud.Azure;
    public override string Name => string.Join('/', Id.Split('/')[^2..]);
    public override IReadOnlyList<string> Operations => ["PATCH tags"];

    public override async Task<IReadOnlyDictionary<string, string>> Tags(CancellationToken ct) =>
        ArmJson.TagsOf(await arm.Get(Id, ct).ConfigureAwait(false));

    public override Task Put(IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        arm.UpdateTags(Id, "Merge", tags, ct);

    public override Task Remove(IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        arm.UpdateTags(Id, "Delete", tags, ct);
}

using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The resource group of every Azure object of the link. Used when it is there; made, and tagged as ours, when it is
/// not.
/// </summary>
/// <remarks>API: https://learn.microsoft.com/rest/api/resources/resource-groups</remarks>
public sealed class ResourceGroup(ArmClient arm, AzureIds ids)
    : AzureResource<ResourceGroup.Desired, ResourceGroup.Observed>(Ref, arm, ids)
{
    public sealed record Desired(string Id, string Region, IReadOnlyDictionary<string, string> Tags);

    /// <param name="IsOurs">Made by this link, and holding nothing that the link did not make.</param>
    public sealed record Observed(ArmObject Envelope, bool IsOurs) : IArmObserved;

    public static ObjectRef<Observed> Ref { get; } = new("azure/resource-group");

    public override string Title => "Resource group";
    public override IReadOnlyList<int> GuideSteps => [9];
    public override IReadOnlyList<string> Operations =>
        ["GET resourceGroups", "GET resourceGroups/resources", "PUT resourceGroups", "DELETE resourceGroups"];
    public override TimeSpan Expected => TimeSpan.FromSeconds(3);
    public override TimeSpan ExpectedDelete => TimeSpan.FromMinutes(1);

    public override Desired Derive(IKnown known) =>
        new(Ids.ResourceGroup, Ids.Region, Ids.Link.TagsInAzure());

    public override async Task<Observed?> Observe(IKnown known, CancellationToken ct)
    {
        var found = await Arm.Observe(Ids.ResourceGroup, ct).ConfigureAwait(false);
        return found is null ? null : new(found, found.Link == Ids.Link.Name
            && await HoldsOnly(Ids.Link.Name, found.Id, ct).ConfigureAwait(false));
    }

    // Its region is where its metadata lives, and means nothing for what is in it.
    public override Change Compare(Desired desired, Observed observed) => Change.None;

    public override Task Create(Desired desired, CancellationToken ct) => Arm.Put(
        desired.Id, new() { ["location"] = desired.Region, ["tags"] = ArmJson.Tags(desired.Tags) }, ct);

    // Deleting a group deletes what is in it, so what is in it is looked at once more.
    public override async Task Delete(Observed observed, CancellationToken ct)
    {
        if (!observed.IsOurs || !await HoldsOnly(observed.Envelope.Link, observed.Envelope.Id, ct)
            .ConfigureAwait(false))
        {
            throw new CloudError(
                Cloud.Azure, $"DELETE resourceGroups/{AzureIds.NameOf(observed.Envelope.Id)}", CloudErrorKind.Invalid,
                null, null,
                "the resource group holds objects that Sealane did not make; it stays",
                advice: "delete it yourself if nothing in it is needed any more");
        }
        await Arm.Delete(observed.Envelope.Id, ct).ConfigureAwait(false);
    }

    public override bool IsOurs(Observed observed) => observed.IsOurs;

    private async Task<bool> HoldsOnly(string? link, string groupId, CancellationToken ct)
    {
        var held = await Arm.List($"{groupId}/resources", ct).ConfigureAwait(false);
        return held.All(item => item.Text("tags", LinkTag.Key) == link);
    }
}

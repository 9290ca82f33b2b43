using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Which of the objects that bear our name is ours. Names are not unique in AWS and creates have no idempotency key, so
/// the link's tag decides, and a doubt is never settled by guessing.
/// </summary>
internal static class AwsLookup
{
    /// <param name="named">All objects of the kind with this name, those on their way out included.</param>
    /// <param name="advice">How the user can hand a foreign object over.</param>
    /// <exception cref="CloudError">Invalid: two objects of ours, or one that bears our name and nobody's
    /// tag.</exception>
    public static T? Ours<T>(
        string operation, ObjectTags tags, IEnumerable<T> named, Func<T, string> id, Func<T, string> state,
        Func<T, string?> link, string advice)
        where T : class
    {
        var present = named.Where(item => state(item) != "deleted").ToList();
        var ours = present.Where(item => link(item) == tags.Link).ToList();
        var living = ours.Where(item => state(item) != "deleting").ToList();
        if (living.Count > 1)
        {
            throw Doubt(operation,
                $"{living.Count} objects are named {tags.Name} and tagged {LinkTag.Key}={tags.Link}: "
                + $"{string.Join(", ", living.Select(id))}; Sealane stops here and asks",
                "find out which one carries the link, then delete the other or give it away with sealane disown");
        }
        if (ours.Count > 0)
        {
            return living.Count == 1 ? living[0] : ours[0];
        }
        var foreign = present.Where(item => link(item) is null && state(item) != "deleting").ToList();
        return foreign.Count == 0 ? null : throw Doubt(operation,
            $"{string.Join(", ", foreign.Select(id))} is named {tags.Name}, but does not bear the tag "
                + $"{LinkTag.Key}={tags.Link}: "
            + "it was not made by Sealane", advice);
    }

    public static T? FirstOrNull<T>(this IReadOnlyList<T> list) where T : class => list.Count > 0 ? list[0] : null;

    public static string AdoptById(string key, string id) =>
        $"to use it, name it in the spec ({key}: {id}); to make it this link's, hand it over with sealane adopt; to "
        + "have an own one, choose another name in the spec";

    public const string AdoptOrRename = "delete or rename it, or hand it over with sealane adopt";

    public static string? Name(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault("Name");

    // An empty value is nobody's link: such an object is asked about.
    public static string? Link(IReadOnlyDictionary<string, string> tags) =>
        tags.GetValueOrDefault(LinkTag.Key) is { Length: > 0 } link ? link : null;

    /// <summary>What is on its way out is only waited for: a second request would be refused for its state.</summary>
    public static Task Delete(string? state, Func<Task> delete) =>
        state is "deleting" or "deleted" ? Task.CompletedTask : Gone(delete());

    /// <summary>A second delete of what is gone is a success.</summary>
    public static async Task Gone(Task deletion)
    {
        try
        {
            await deletion.ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            // Somebody was faster, or an earlier answer was lost.
        }
    }

    /// <summary>The same for a setting that is there already.</summary>
    public static async Task There(Task setting)
    {
        try
        {
            await setting.ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.Exists)
        {
            // Set by an earlier call whose answer was lost.
        }
    }

    internal static CloudError Doubt(string operation, string message, string advice) =>
        new(Cloud.Aws, operation, CloudErrorKind.Doubtful, null, null, message, advice: advice);
}

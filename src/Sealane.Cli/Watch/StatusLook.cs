using Sealane.Cli.Output;
using Sealane.Clouds.Evidence;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Watch;

/// <summary>One object of the link, as a look at it showed it.</summary>
/// <param name="State">The vendor's word; <c>absent</c>; <c>not read</c> where the cloud gave no answer.</param>
/// <param name="View">Null where it is absent or was not read.</param>
internal sealed record StatusRow(Resource Resource, string State, bool IsReady, bool IsRead, ResourceView? View)
{
    public const string NotRead = "not read";

    public static StatusRow Of(Resource resource, Sighting? seen) => new(resource,
        (seen?.State ?? "absent") + (resource.Retires ? ", no longer in the spec" : ""), seen?.IsReady == true, true,
        seen?.View);
}

/// <summary>All objects of the link at one moment.</summary>
/// <param name="Unanswered">What each cloud said instead of an answer; empty where all was read.</param>
internal sealed record StatusLook(
    string Link, DateTimeOffset At, IReadOnlyList<StatusRow> Rows, IReadOnlyList<string> Unanswered)
{
    /// <summary>In the order of the run: phase by phase, cloud by cloud.</summary>
    public static IReadOnlyList<StatusRow> InOrder(IEnumerable<Resource> resources, Func<Resource, StatusRow> row) =>
    [
        .. resources.OrderBy(resource => Phases.Of(resource)).ThenBy(resource => resource.Cloud).Select(row),
    ];

    /// <summary>A cloud that does not answer, or refuses, hides its objects and nothing else.</summary>
    public static async Task<StatusLook> Take(LinkSession link, CancellationToken ct)
    {
        LinkSurvey survey;
        using (VirtualClock.Enter(link.Clock))
        using (link.Reach.Look.Begin())
        {
            survey = await LinkSurvey.Take(link.Graph, ct, patient: false).ConfigureAwait(false);
        }
        var unread = survey.Unread.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return new(link.Design.Name, link.Clock.GetUtcNow(),
            InOrder(link.Graph.Retiring(survey.Known).Resources, resource => unread.Contains(resource.Id)
                ? new(resource, StatusRow.NotRead, false, false, null)
                : StatusRow.Of(resource, survey.Known[resource.Id])),
            [
                .. survey.Unread.GroupBy(row => row.Error.Cloud).Select(cloud =>
                    $"{CloudNames.Of(cloud.Key)}: {SpecFile.Plural(cloud.Count(), "object")} not read: "
                    + cloud.First().Error.Describe().Split('\n')[0]),
            ]);
    }

    /// <summary><c>41 of 44 ready</c>, with what is neither there nor read.</summary>
    public string Counts
    {
        get
        {
            var unread = Rows.Count(row => !row.IsRead);
            var absent = Rows.Count(row => row is { IsRead: true, View: null });
            return $"{Rows.Count(row => row.IsReady)} of {Rows.Count} ready"
                + (absent > 0 ? $", {absent} absent" : "") + (unread > 0 ? $", {unread} not read" : "");
        }
    }
}

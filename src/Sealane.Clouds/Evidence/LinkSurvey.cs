using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// The link's own objects, for whoever asks how they stand and not to change them: an object that may not be read is
/// not
/// known, which does not end the survey.
/// </summary>
/// <param name="Unread">Resource id and what the cloud said instead.</param>
public sealed record LinkSurvey(Known Known, IReadOnlyList<(string Id, CloudError Error)> Unread)
{
    /// <summary>Clouds that did not answer: unwell or out of reach, which is not a refusal.</summary>
    public IReadOnlyList<Cloud> Silent => [.. Unread.Where(row => Unanswered.Of(row.Error).Answer == Answer.Silent)
        .Select(row => row.Error.Cloud).Distinct()];

    /// <param name="patient">False: a cloud that was silent once, after all that a call waits, is not asked about the
    /// rest. That would be minutes for each look.</param>
    /// <param name="before">What is not <paramref name="again"/> is as it was then; null: all is looked at.</param>
    public static async Task<LinkSurvey> Take(ResourceGraph graph, CancellationToken ct, bool patient = true,
        LinkSurvey? before = null, Resource? again = null)
    {
        var known = new Known();
        var unread = new List<(string, CloudError)>();
        var silent = new Dictionary<Cloud, CloudError>();
        foreach (var resource in graph.Resources)
        {
            if (before is not null && resource != again)
            {
                known.Set(resource.Id, before.Known[resource.Id]);
                continue;
            }
            if (silent.TryGetValue(resource.Cloud, out var said))
            {
                unread.Add((resource.Id, said));
                continue;
            }
            try
            {
                known.Set(resource.Id, await resource.Look(known, ct).ConfigureAwait(false));
            }
            catch (CloudError error)
            {
                unread.Add((resource.Id, error));
                if (!patient && Unanswered.Of(error).Answer == Answer.Silent)
                {
                    silent.TryAdd(error.Cloud, error);
                }
            }
        }
        return new(known, unread);
    }
}

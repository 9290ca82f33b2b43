using Sealane.Clouds.Aws;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Announced;

/// <summary>
/// Asks the clouds what they announce. A cloud that does not tell is named and holds up nothing. Azure's notices are in
/// Service Health, and those of AWS's Direct Connect in AWS Health; neither is asked.
/// </summary>
public sealed class AnnouncementReader(NetworkDesign design, AwsClients aws, MegaportClient megaport)
{
    public static IReadOnlyList<Cloud> Asked { get; } = [Cloud.Megaport, Cloud.Aws];

    /// <param name="seen">A survey: which ids are the link's own. What it could not read may be what an announcement
    /// names.</param>
    public async Task<Announcements> Read(LinkSurvey seen, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var (all, untold) = (new List<Announcement>(), new List<Untold>());
        await Ask(Cloud.Megaport, MegaportNotices.Refs(design), (tell, missing) =>
            MegaportNotices.Read(megaport, design, seen.Known, tell, missing, ct)).ConfigureAwait(false);
        await Ask(Cloud.Aws, TunnelReplacements.Refs(design), (tell, missing) =>
            TunnelReplacements.Read(aws.Ec2, design, seen.Known, tell, missing, ct)).ConfigureAwait(false);
        return new(all, untold);

        async Task Ask(Cloud cloud, IEnumerable<ObjectRef> refs, Func<Action<Announcement>, Action<string>, Task> read)
        {
            var own = refs.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
            if (seen.Unread.FirstOrDefault(row => own.Contains(row.Id)) is { Id: { } id, Error: { } hidden })
            {
                untold.Add(Of(cloud, hidden, $"{id} could not be read, so nobody knows whether it is meant"));
                return;
            }
            try
            {
                await read(all.Add, what => untold.Add(new(cloud, Answer.Unreadable, what)
                {
                    IsOneRow = true,
                })).ConfigureAwait(false);
            }
            catch (CloudError error)
            {
                untold.Add(Of(cloud, error, error.Operation));
            }
        }
    }

    private static Untold Of(Cloud cloud, CloudError error, string what)
    {
        var (answer, why) = Unanswered.Of(error);
        return new(cloud, answer, $"{what}: {AnnouncedText.Short(why)}");
    }
}

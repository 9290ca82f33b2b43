using Sealane.Cli.Explain;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Diagram;

/// <summary>The picture as the clouds tell it: the state of each object, the verdict, the locks that are
/// open.</summary>
internal static class LivePicture
{
    public static LinkPicture Of(LinkSession link, Known known, Verification verification)
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in link.Graph.Resources)
        {
            if (known[resource.Id] is { } seen)
            {
                states[resource.Id] = Plain.Line(seen.State);
            }
        }
        foreach (var tunnel in verification.Seen.Tunnels)
        {
            states[LinkPicture.TunnelOf(tunnel.Number)] = Plain.Line(
                $"AWS {tunnel.AwsStatus ?? "does not tell"}, Azure {tunnel.AzureStatus ?? "does not tell"}");
        }
        var differs = Plan.Of(link.Graph, known).Steps
            .Where(step => step.Resource.Closes != Locks.None && step.Action != StepAction.Keep).ToList();
        return LinkPicture.Of(link.Design).Seen(
            Words.Of(verification.Judgement.Word), link.Clock.GetUtcNow(), states,
            (wire, letter) => differs.Exists(step => (step.Resource.Closes & LockOf(letter)) != 0
                && IsOn(step.Id, wire.Resource)));
    }

    private static Locks LockOf(string letter) =>
        LockStories.All.Single(story => story.Id == $"lock-{letter}").Lock;

    // An MCR has lists towards either cloud, and each VXC's session has its filters.
    private static bool IsOn(string resource, string line) =>
        !resource.StartsWith("megaport/", StringComparison.Ordinal)
        || resource.Replace("-filters", "-vxc", StringComparison.Ordinal) == line
        || (!resource.Contains("-filters", StringComparison.Ordinal) && resource.Split('-')[0] == line.Split('-')[0]);
}

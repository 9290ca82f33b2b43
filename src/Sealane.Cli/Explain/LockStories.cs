using Sealane.Core.Reconcile;

namespace Sealane.Cli.Explain;

/// <summary>One of the four locks that keep clear traffic off the transport.</summary>
/// <param name="Id"><c>lock-a</c> to <c>lock-d</c>.</param>
public sealed record LockStory(string Id, Locks Lock, string Title, string Keeps);

/// <summary>The locks in the words of the documentation.</summary>
public static class LockStories
{
    public static IReadOnlyList<LockStory> All { get; } =
    [
        new("lock-a", Locks.McrImport, "The MCR learns only tunnel endpoints",
            "What an MCR has not learned it cannot announce or forward: neither cloud's networks cross it, in either "
                + "direction."),
        new("lock-b", Locks.McrExport, "The MCR announces only tunnel endpoints (guide step 19)",
            "Neither cloud learns the other's networks over the transport, so neither sends there what belongs in the "
                + "tunnels."),
        new("lock-c", Locks.AllowedPrefixes, "The Direct Connect gateway announces the transit gateway CIDR only",
            "Azure prefers ExpressRoute to VPN for an equal prefix; it never learns the VPC over the transport (Azure "
                + "to AWS)."),
        new("lock-d", Locks.TransitGatewayIsolation,
            "The Direct Connect attachment shares no route table with VPC and VPN",
            "A transit gateway prefers Direct Connect to VPN for an equal prefix; here neither finds the other (both "
                + "directions)."),
    ];

    internal static LockStory? Find(string id) =>
        All.FirstOrDefault(story => string.Equals(story.Id, id.Replace(' ', '-'), StringComparison.OrdinalIgnoreCase));

    internal static string Text(LockStory story, ResourceGraph graph) => new StoryText($"{story.Id}: {story.Title}")
        .Line("keeps", story.Keeps)
        .Lines("closed by", from resource in graph.Resources
                            where (resource.Closes & story.Lock) != 0
                            select $"{resource.Id}, {resource.Title}")
        .Lines("guards", from resource in graph.Resources
                         where (resource.GuardedBy & story.Lock) != 0
                         select $"{resource.Id}, {resource.Title}")
        .Line("proof", "docs/proof.md says what follows from it, and what does not")
        .ToString();

    /// <summary><c>lock-a, lock-b</c>; empty for none.</summary>
    internal static string Words(Locks locks) =>
        string.Join(", ", All.Where(story => (locks & story.Lock) != 0).Select(story => story.Id));
}

using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <param name="Against">What the clouds would refuse in its turn.</param>
/// <param name="Unasked">Questions without an answer: told, and holding up nothing.</param>
public sealed record DeletionsAsked(IReadOnlyList<Bystander> Against, IReadOnlyList<Unasked> Unasked);

/// <summary>
/// Whether these credentials may delete what is to go, and whether a lock forbids it: asked before the first deletion,
/// for half of a link carries nothing and costs nearly as much.
/// </summary>
public sealed class DeletionRights(AwsClients aws, ArmClient azure, NetworkDesign design)
{
    private const string Allow = "give the identity the permissions of docs/aws-policy.json (in the account of a VPC "
        + "docs/aws-policy-workload.json) and docs/azure-role.json, "
        + "then run the command again";
    private const string Unlock = "have the lock removed by its owner (az lock delete), then run the command again";
    private readonly List<Unasked> _unasked = [];

    /// <param name="known">A fresh survey.</param>
    /// <param name="going">What is to be deleted.</param>
    public async Task<DeletionsAsked> Find(Known known, IReadOnlyList<Resource> going, CancellationToken ct)
    {
        if (going.Count == 0)
        {
            return new([], []);
        }
        var against = new List<Bystander>();
        foreach (var clients in aws.All(FormerParts.Of(design)))
        {
            against.AddRange(await OfAws(clients, known, going, ct).ConfigureAwait(false));
        }
        against.AddRange(await OfAzure(going, ct).ConfigureAwait(false));
        against.AddRange(await Locked(known, going, ct).ConfigureAwait(false));
        return new(against, _unasked);
    }

    private async Task<IReadOnlyList<Bystander>> OfAws(
        AwsClients clients, Known known, IReadOnlyList<Resource> going, CancellationToken ct)
    {
        var rights = new AwsRights(clients, design);
        var of = clients.Account is { } account ? $" in account {account}" : "";
        var dry = await Answer($"what EC2 lets the identity delete{of}", async () =>
            await rights.DryDeletions(going, known, ct).ConfigureAwait(false)).ConfigureAwait(false)
            ?? new Dictionary<(string Call, string Object), bool>();
        var asked = dry.Keys.Select(each => each.Call).ToHashSet(StringComparer.Ordinal);
        var simulated = await Answer($"what the identity's policies in AWS allow{of}", async () =>
            await rights.Simulated([.. rights.ToDelete(going).Where(call => !asked.Contains(call))], ct)
                .ConfigureAwait(false)).ConfigureAwait(false);
        // Where a policy allows a call for named objects alone, the simulator, which is asked about all, denies.
        if (design.Spec.Silence.Any(silence => silence.Check == RightsAheadChecks.IamAllows.Id))
        {
            _unasked.AddRange((simulated ?? []).Select(call => new Unasked($"whether the identity may {call}{of}",
                $"its policies do not allow it for every object, and {RightsAheadChecks.IamAllows.Id} is silenced")));
            simulated = [];
        }
        return
        [
            .. from answer in dry
               where !answer.Value
               select new Bystander(answer.Key.Object,
                   $"EC2 would refuse the identity {answer.Key.Call}{of}; a policy that "
                   + $"goes by the tag {LinkTag.Key} refuses what has lost it", Allow),
            .. from call in simulated ?? []
               select new Bystander("aws", $"the identity's policies do not allow {call}{of}", Allow
                   + $"; where they allow it for this link's objects alone, silence {RightsAheadChecks.IamAllows.Id} "
                   + "in the spec, which turns this into a note"),
        ];
    }

    private async Task<IReadOnlyList<Bystander>> OfAzure(IReadOnlyList<Resource> going, CancellationToken ct)
    {
        var rights = new AzureRights(azure, design);
        var found = new List<Bystander>();
        foreach (var (scope, path, actions) in rights.ToDelete(going))
        {
            if (await Answer($"what the identity may do on {scope}", () => rights.GrantsAt(scope, ct))
                .ConfigureAwait(false) is { } grants
                && new ScopeFound(scope, path, actions, grants).Missing is { Count: > 0 } missing)
            {
                found.Add(new("azure", $"on {scope} the identity may not: {string.Join(", ", missing)}", Allow));
            }
        }
        return found;
    }

    /// <summary>A lock on the group or above it holds everything; one on an object holds that, and the group.</summary>
    private async Task<IReadOnlyList<Bystander>> Locked(
        Known known, IReadOnlyList<Resource> going, CancellationToken ct)
    {
        var ofAzure = going.Where(resource => resource.Cloud == Cloud.Azure).ToList();
        var locks = ofAzure.Count == 0 ? [] : await Answer("which locks lie on the resource group and the VNet",
            async () => (IReadOnlyList<LockFound>?)await new AzureRights(azure, design).Locks(ct)
                .ConfigureAwait(false)).ConfigureAwait(false) ?? [];
        return
        [
            .. from held in locks
               let hit = ofAzure.FirstOrDefault(resource => known[resource.Id]?.View.CloudId is { } id
                   && (AzureRights.IsAtOrAbove(held.Scope, id) || AzureRights.IsAtOrAbove(id, held.Scope)))
               where hit is not null
               select new Bystander(hit.Id, $"the lock {held.Name} ({held.Level}) lies on {held.Scope}", Unlock),
        ];
    }

    private async Task<T?> Answer<T>(string what, Func<Task<T?>> ask)
        where T : class
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (CloudError error)
        {
            _unasked.Add(new(what, error.Message));
            return null;
        }
    }
}

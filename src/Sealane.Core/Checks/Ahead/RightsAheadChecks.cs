namespace Sealane.Core.Checks.Ahead;

/// <summary>SL609-611, SL623-624, SL645: whether the credentials may do what the plan takes. Each cloud builds a part
/// of the link, so a right that is missing in one shows when the others have been paid for.</summary>
public static class RightsAheadChecks
{
    public static readonly AheadCheck AzureAllows = new()
    {
        Id = "SL609",
        Severity = Severity.Error,
        OfWhoActs = true,
        Title = "The identity may do in Azure what the plan takes",
        Why = "Azure refuses the first object that the identity may not make (AuthorizationFailed), and by then an MCR "
            + "and cross connects have been ordered. Deny assignments and conditions do not show in what Azure "
            + "answers here.",
        Fix = "Give the identity Network Contributor on the resource group and on the VNet, or the role of "
            + "docs/azure-role.json.",
        Sources = [Docs.AzurePermissions, Docs.AzureRoles],
        Find = found => from scope in found.Azure.Scopes
                        where scope.Missing.Count > 0
                        select new Flaw(scope.Path,
                            $"on {scope.Id} the identity may not: {string.Join(", ", scope.Missing)}"),
    };

    public static readonly AheadCheck NothingIsReadOnly = new()
    {
        Id = "SL610",
        Severity = Severity.Error,
        Title = "No lock in Azure makes read-only what the plan changes",
        Why = "A lock of level ReadOnly refuses every write below it, whoever asks (ScopeLocked), and the actions that "
            + "only read route tables with it. A lock of level CanNotDelete is in the way of destroy and of every "
            + "replacement, and is asked about before those.",
        Fix = "Have the lock removed by its owner: az lock delete, with the name and the scope told here.",
        Sources = [Docs.AzureLocks],
        Find = found => from held in found.Azure.Locks ?? []
                        where found.ToBeMade.Any(id => id.StartsWith("azure/", StringComparison.Ordinal))
                            && string.Equals(held.Level, "ReadOnly", StringComparison.OrdinalIgnoreCase)
                        select new Flaw("azure.resourceGroup", $"the lock {held.Name} makes {held.Scope} read-only"),
    };

    public static readonly AheadCheck NoPolicyDenies = new()
    {
        Id = "SL611",
        Severity = Severity.Error,
        Title = "No policy of Azure denies what the plan makes",
        Why = "A policy with the effect deny refuses an object whoever asks (RequestDisallowedByPolicy), and by then "
            + "an MCR and cross connects have been ordered. Azure evaluates the objects before they are made. What it "
            + "does not name may be denied all the same: policies of a management group need not show, and of what "
            + "AWS or a key decides only region and tags are asked about.",
        Fix = "Where the policy demands tags, give them under azure.tags; else ask its owner for an exemption on the "
            + "resource group. Where it is known that the policy lets the object pass, silence this with that reason.",
        Sources = [Docs.AzurePolicyRestrictions, Docs.AzurePolicyDenied],
        Find = found => from denial in found.Azure.Denials ?? []
                        select new Flaw("azure.resourceGroup", $"the policy {denial.Policy} denies {denial.Type}: "
                            + string.Join(", ", denial.Objects)),
    };

    public static readonly AheadCheck Ec2Allows = new()
    {
        Id = "SL623",
        Severity = Severity.Error,
        OfWhoActs = true,
        Title = "EC2 would let the identity make what the plan makes",
        Why = "EC2 answers a dry run of a call with what it would answer to the call itself, as far as permissions go "
            + "(DryRunOperation, or UnauthorizedOperation). It can be asked where the call names nothing that is "
            + "still to be made.",
        Fix = "Give the identity the policy of docs/aws-policy.json (in the account of a VPC, where that is another: "
            + "docs/aws-policy-workload.json), or one that allows these calls.",
        Sources = [Docs.Ec2DryRun],
        Find = found => found.Aws.RefusedByDryRun is { Count: > 0 } calls
            ? [new("aws.account", $"EC2 would refuse the identity {string.Join(", ", calls)}")] : [],
    };

    public static readonly AheadCheck IamAllows = new()
    {
        Id = "SL624",
        Severity = Severity.Error,
        OfWhoActs = true,
        Title = "The identity's policies allow the calls that have no dry run",
        Why = "Direct Connect has no dry run, and EC2 none for a call that names what is still to be made. IAM's "
            + "simulator tells what the identity's policies say of such a call on any resource, with the tag that "
            + "Sealane gives its objects. A policy that allows the call on named resources only looks to it like "
            + "none.",
        Fix = "Give the identity the policy of docs/aws-policy.json (in the account of a VPC, where that is another: "
            + "docs/aws-policy-workload.json), or one that allows these calls. Where a policy "
            + "allows them on the resources of this link only, silence this with that reason.",
        Sources = [Docs.IamSimulator],
        Find = found => found.Aws.RefusedByPolicy is { Count: > 0 } calls
            ? [new("aws.account", $"the identity's policies do not allow {string.Join(", ", calls)}")] : [],
    };

    public static readonly AheadCheck MegaportAllows = new()
    {
        Id = "SL645",
        Severity = Severity.Error,
        OfWhoActs = true,
        Title = "The key's role may order at Megaport",
        Why = "A key has a role, and not every role may order. No call of the public API tells the role: a refused "
            + "validation does.",
        Fix = "Make a key whose role may order services, in the Megaport portal.",
        Sources = [Docs.MegaportOrders],
        Find = found => found.Megaport.RefusedRole is { } refusal
            ? [new("megaport", $"Megaport would not let this key order: {refusal}")] : [],
    };
}

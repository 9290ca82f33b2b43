using Sealane.Clouds.Aws;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <summary>
/// Which of the calls that the plan takes of one account AWS would refuse these credentials: by a dry run, which is
/// EC2's own word, and where there is none by IAM's simulator.
/// </summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html (DryRun),
/// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
/// </remarks>
internal sealed class AwsRights(AwsClients aws, NetworkDesign design)
{
    /// <summary>The claim on the link, which every run makes.</summary>
    private static readonly string[] OfClaim = ["ec2:CreateSecurityGroup", "ec2:DeleteSecurityGroup"];
    private static readonly string[] Reads = ["Describe", "Get", "List", "Search"];

    /// <summary>Calls that making the resources, changing them and deleting them takes of this account.</summary>
    public IReadOnlyList<string> Needed(IReadOnlyList<Resource> toBeMade) =>
    [
        .. toBeMade.Where(resource => resource.Cloud == Cloud.Aws).SelectMany(resource => resource.Operations
                .Where(call => resource.AccountOf(call) == aws.Account))
            .Where(call => call.Split(':') is ["ec2" or "directconnect", var name]
                && !Reads.Any(verb => name.StartsWith(verb, StringComparison.Ordinal)))
            .Concat(design.Vpcs[0].Account == aws.Account ? OfClaim : []).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Calls by which the resources and the claim are deleted.</summary>
    public IReadOnlyList<string> ToDelete(IReadOnlyList<Resource> going) =>
    [
        .. Needed(going).Where(call => call.Contains(":Delete", StringComparison.Ordinal)),
    ];

    /// <summary>What EC2 answers to dry runs of deletions of these very objects, by call and object.</summary>
    public async Task<IReadOnlyDictionary<(string Call, string Object), bool>> DryDeletions(
        IReadOnlyList<Resource> going, Known known, CancellationToken ct)
    {
        var answers = new Dictionary<(string, string), bool>();
        foreach (var (call, id) in from resource in going
                                   from call in resource.Operations
                                   where resource.AccountOf(call) == aws.Account
                                       && call.StartsWith("ec2:Delete", StringComparison.Ordinal)
                                   let id = known[resource.Id]?.View.CloudId
                                   where id is not null
                                   select (call, id))
        {
            if (await aws.Ec2.MayDelete(call["ec2:".Length..], id, ct).ConfigureAwait(false) is { } allowed)
            {
                answers[(call, id)] = allowed;
            }
        }
        return answers;
    }

    /// <summary>What EC2 answers to dry runs of those calls that name nothing which is still to be made.</summary>
    public async Task<IReadOnlyDictionary<string, bool>> DryRuns(
        IReadOnlyList<string> needed, Known known, CancellationToken ct)
    {
        var answers = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (call, ask) in Questions(known, ct).Where(question => needed.Contains(question.Call)))
        {
            if (await ask().ConfigureAwait(false) is { } allowed)
            {
                answers[call] = allowed;
            }
        }
        return answers;
    }

    private IEnumerable<(string Call, Func<Task<bool?>> Ask)> Questions(Known known, CancellationToken ct)
    {
        ObjectTags Named(string name) => ObjectTags.Of(design.Link, name);
        var gateway = design.TransitGateway;
        yield return ("ec2:CreateTransitGateway", () => aws.Ec2.MayCreateTransitGateway(
            Named(gateway.Name), gateway.Asn, gateway.Cidr.ToString(), ct));
        yield return ("ec2:CreateCustomerGateway", () => aws.Ec2.MayCreateCustomerGateway(
            Named(design.VpnConnections[0].CustomerGatewayName), design.VpnGateway.Asn, ct));
        if (known.Find(TransitGateway.Ref)?.Id is not { } id)
        {
            yield break;
        }
        yield return ("ec2:CreateTransitGatewayRouteTable", () => aws.Ec2.MayCreateRouteTable(
            Named(gateway.Name), id, ct));
        if (design.Vpcs.FirstOrDefault(each => each.Account == aws.Account) is not { } vpc
            || known.Find(Vpc.Ref(vpc)) is not { } seen)
        {
            yield break;
        }
        yield return ("ec2:CreateTransitGatewayVpcAttachment", () => aws.Ec2.MayCreateVpcAttachment(
            Named(vpc.Id), id, vpc.Id, [.. seen.Subnets.Take(1).Select(subnet => subnet.Id)], ct));
        yield return ("ec2:CreateRoute", () => aws.Ec2.MayCreateRoute(
            seen.RouteTables[0].Id,
            design.Vnets[0].Prefixes.Select(prefix => $"{prefix}").FirstOrDefault("192.0.2.0/24"),
            id, ct));
    }

    /// <summary>Those that the policies of the identity do not allow.</summary>
    /// <exception cref="CloudError">Nobody can tell.</exception>
    public async Task<IReadOnlyList<string>?> Simulated(IReadOnlyList<string> calls, CancellationToken ct)
    {
        if (calls.Count == 0)
        {
            return [];
        }
        var arn = (await aws.Sts.GetCallerIdentity(ct).ConfigureAwait(false)).Arn;
        if (arn.EndsWith(":root", StringComparison.Ordinal))
        {
            // The account's root user is bound by no policy of the account.
            return [];
        }
        if (Identity(arn) is not { } identity)
        {
            throw new CloudError(Cloud.Aws, "iam:SimulatePrincipalPolicy", CloudErrorKind.Invalid, null, null,
                $"IAM's simulator answers for users and roles, and {arn} is neither");
        }
        var simulated = await aws.Iam.SimulatePrincipalPolicy(identity, calls, (LinkTag.Key, design.Name), ct)
            .ConfigureAwait(false);
        return
        [
            .. simulated.Where(call => call.Decision is "explicitDeny" or "implicitDeny" && call.Untold.Count == 0)
                .Select(call => call.Action).Distinct().Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>A session of a role is asked about as its role, whose path a session does not tell.</summary>
    private static string? Identity(string arn) => arn.Split(':') switch
    {
        [_, var partition, "iam", _, var account, var what] when what.StartsWith("user/", StringComparison.Ordinal) =>
            $"arn:{partition}:iam::{account}:{what}",
        [_, var partition, "sts", _, var account, var what]
            when what.Split('/') is ["assumed-role", var role, ..] => $"arn:{partition}:iam::{account}:role/{role}",
        _ => null,
    };
}

using System.Globalization;
using System.Xml.Linq;
using Sealane.Sandbox.Aws.Ec2;

namespace Sealane.Sandbox.Aws.Iam;

/// <summary>What the caller's policy says of calls that are not made.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html</remarks>
internal static class PolicySimulation
{
    private const string ResourceTag = "aws:ResourceTag/";

    private static readonly Ec2Shape Shape = new("*PolicySourceArn *ActionNames.member.N ResourceArns.member.N "
        + "ContextEntries.member.N.ContextKeyName ContextEntries.member.N.ContextKeyType "
        + "ContextEntries.member.N.ContextKeyValues.member.M CallerArn MaxItems:integer Marker");

    public static IEnumerable<XElement> Answer(AwsRequest request)
    {
        Shape.Check(request.Parameters, "SimulatePrincipalPolicy");
        var identity = request.Parameters["PolicySourceArn"];
        if (identity != AccessCheck.Caller(request))
        {
            throw new AwsRefusal(404, "NoSuchEntity", $"The entity {identity} cannot be found.");
        }
        var actions = Numbered(request, "ActionNames.member").ToList();
        if (actions.FirstOrDefault(action => action.Split(':') is not [{ Length: > 0 }, { Length: > 0 }]) is { } wrong)
        {
            throw new AwsRefusal(400, "InvalidInput", $"The action {wrong} is not valid.");
        }
        var most = int.Parse(request.Parameters.GetValueOrDefault("MaxItems", "100"), CultureInfo.InvariantCulture);
        var start = int.Parse(request.Parameters.GetValueOrDefault("Marker", "0"), CultureInfo.InvariantCulture);
        var policy = request.World.Aws.CallerPolicy is { } document ? new IdentityPolicy(document) : null;
        var tags = Tags(request);
        var page = actions.Skip(start).Take(most).ToList();
        var more = start + page.Count < actions.Count;
        return
        [
            new("IsTruncated", more ? "true" : "false"),
            .. more ? (XElement[])[new("Marker", start + page.Count)] : [],
            new("EvaluationResults", page.Select(action => Result(action,
                policy?.Of(action, tags) ?? PolicyDecision.Allowed))),
        ];
    }

    private static XElement Result(string action, PolicyDecision decision) => new("member",
        new XElement("MatchedStatements"),
        new XElement("MissingContextValues"),
        new XElement("EvalResourceName", "*"),
        new XElement("EvalDecision", decision switch
        {
            PolicyDecision.Allowed => "allowed",
            PolicyDecision.ExplicitDeny => "explicitDeny",
            _ => "implicitDeny",
        }),
        new XElement("EvalActionName", action));

    private static Dictionary<string, string> Tags(AwsRequest request)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var entry = 1; request.Parameters.TryGetValue($"ContextEntries.member.{entry}.ContextKeyName",
            out var key); entry++)
        {
            if (key.StartsWith(ResourceTag, StringComparison.OrdinalIgnoreCase))
            {
                tags[key[ResourceTag.Length..]] = Numbered(request,
                    $"ContextEntries.member.{entry}.ContextKeyValues.member").FirstOrDefault("");
            }
        }
        return tags;
    }

    private static IEnumerable<string> Numbered(AwsRequest request, string list)
    {
        for (var at = 1; request.Parameters.TryGetValue($"{list}.{at}", out var value); at++)
        {
            yield return value;
        }
    }
}

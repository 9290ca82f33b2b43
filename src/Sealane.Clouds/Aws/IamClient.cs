using System.Xml.Linq;

namespace Sealane.Clouds.Aws;

/// <param name="Action"><c>ec2:CreateRoute</c>.</param>
/// <param name="Decision"><c>allowed</c>, <c>explicitDeny</c>, <c>implicitDeny</c>.</param>
/// <param name="Untold">Context keys that the policies ask for and the question did not name: with them the decision
/// could be another one.</param>
public sealed record SimulatedCall(string Action, string Decision, IReadOnlyList<string> Untold);

/// <summary>Identity and Access Management, query protocol 2010-05-08: what the policies of an identity say.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html</remarks>
public sealed class IamClient(AwsEndpoint endpoint)
{
    private const string Version = "2010-05-08";

    /// <param name="identity">Of a user, a group or a role; a session is none.</param>
    /// <param name="tag">A tag of the resources that the calls would be about.</param>
    public async Task<IReadOnlyList<SimulatedCall>> SimulatePrincipalPolicy(
        string identity, IEnumerable<string> actions, (string Key, string Value) tag, CancellationToken ct)
    {
        var form = new QueryForm().Add("PolicySourceArn", identity).List("ActionNames.member", actions)
            .Add("ContextEntries.member.1.ContextKeyName", $"aws:ResourceTag/{tag.Key}")
            .Add("ContextEntries.member.1.ContextKeyType", "string")
            .Add("ContextEntries.member.1.ContextKeyValues.member.1", tag.Value);
        var all = new List<SimulatedCall>();
        var page = form;
        for (var markers = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var (marker, calls) = await QueryProtocol.Call(endpoint, "SimulatePrincipalPolicy", Version, page,
                writes: false, Read, ct).ConfigureAwait(false);
            all.AddRange(calls);
            if (marker is null || !markers.Add(marker))
            {
                return all;
            }
            page = form.With("Marker", marker);
        }
    }

    private static (string? Marker, IReadOnlyList<SimulatedCall> Calls) Read(XElement reply)
    {
        var result = reply.Must("SimulatePrincipalPolicyResult");
        return (result.Flag("IsTruncated") ? result.Text("Marker") : null,
        [
            .. result.Must("EvaluationResults").Members().Select(call => new SimulatedCall(
                call.Id("EvalActionName"), call.Id("EvalDecision"),
                [.. call.Child("MissingContextValues")?.Members().Select(key => key.Value) ?? []])),
        ]);
    }
}

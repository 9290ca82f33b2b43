using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Ahead;

/// <summary>
/// Which policies would deny what the plan makes in Azure: asked of Azure itself, with the bodies that would be sent.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions/check-at-resource-group-scope. Of policies
/// that a management group hands down somebody saw no answer at this scope (in api-version 2022-03-01), so a no is a
/// no, and silence is not a yes.
/// </remarks>
internal sealed class AzurePolicies(ArmClient azure)
{
    private const string Provider = "/providers/Microsoft.Network/";

    /// <summary>Of an id up to its resource group, with the empty one before the first slash.</summary>
    private const int GroupSegments = 5;

    /// <param name="toBeMade">What the plan makes.</param>
    /// <param name="scope">Where: the resource group, or the subscription where that is still to be made.</param>
    public async Task<IReadOnlyList<DenialFound>> Denials(
        IReadOnlyList<Resource> toBeMade, Known known, string scope, CancellationToken ct)
    {
        var questions = from resource in toBeMade
                        where resource is { IsMade: true, Making: Making.Created } and IArmForetold
                        let ahead = ((IArmForetold)resource).Foretold(known)
                        where ahead is not null
                        let type = TypeOf(ahead.Value.Id)
                        // What differs in its name alone is asked about once.
                        group (resource.Id, ahead.Value) by (type, ahead.Value.Body.ToJsonString());
        var found = new List<DenialFound>();
        foreach (var alike in questions.ToList())
        {
            var (id, body) = alike.First().Value;
            var content = (JsonObject)body.DeepClone();
            (content["type"], content["name"]) = (alike.Key.type, AzureIds.NameOf(id));
            var details = new JsonObject { ["resourceContent"] = content, ["apiVersion"] = ApiVersions.Network };
            // A subnet is its VNet's, which may live in another group.
            var parent = IsChild(alike.Key.type) ? string.Join('/', id.Split('/').SkipLast(2)) : null;
            if (parent is not null)
            {
                details["scope"] = parent;
            }
            var answer = await azure.Restrictions(
                parent is null ? scope : string.Join('/', id.Split('/').Take(GroupSegments)),
                new() { ["resourceDetails"] = details }, ct).ConfigureAwait(false);
            found.AddRange(from evaluation in answer.Items("contentEvaluationResult", "policyEvaluations")
                           where Denies(evaluation)
                           select new DenialFound(AssignmentOf(evaluation), alike.Key.type,
                               [.. alike.Select(each => each.Id)]));
        }
        return found;
    }

    /// <summary>Without an effect in the answer it is about what is denied, as in versions before 2024-10-01.</summary>
    private static bool Denies(JsonNode evaluation) =>
        Is(evaluation.Text("evaluationResult"), "NonCompliant")
        && (evaluation.Text("effectDetails", "policyEffect") is not { } effect || Is(effect, "deny"));

    private static string AssignmentOf(JsonNode evaluation) =>
        evaluation.Text("policyInfo", "policyAssignmentId") is { Length: > 0 } id ? AzureIds.NameOf(id)
            : "that Azure does not name";

    private static bool Is(string? text, string other) =>
        string.Equals(text, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsChild(string type) => type.Count(letter => letter == '/') > 1;

    private static string TypeOf(string id)
    {
        var parts = id[(id.IndexOf(Provider, StringComparison.OrdinalIgnoreCase) + Provider.Length)..].Split('/');
        return $"Microsoft.Network/{string.Join('/', parts.Where((_, index) => index % 2 == 0))}";
    }
}

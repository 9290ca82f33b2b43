using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Authorization;

/// <summary>Microsoft.PolicyInsights as far as a deployer asks it: what the policies would say of an object.</summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/policyinsights/policy-restrictions/check-at-resource-group-scope; the answer
/// after github.com/Azure/azure-rest-api-specs, specification/policyinsights, stable/2022-03-01/examples. That it
/// leaves out what a management group hands down was seen by others and is not documented.
/// </remarks>
internal static class PolicyCalls
{
    private const string Provider = "Microsoft.PolicyInsights";

    /// <summary>Null where the request is about something else.</summary>
    public static WireReply? TryAnswer(ArmCall call)
    {
        if (call.Segments is not [.., var providers, var provider, var what] || !ResourceId.Same(providers, "providers")
            || !ResourceId.Same(provider, Provider))
        {
            return null;
        }
        var group = call.Segments is [_, _, _, var named, _, _, _] ? named : null;
        return !ResourceId.Same(what, "checkPolicyRestrictions") ? ArmFace.NotServed(call)
            : call.Method != "POST" ? ArmFace.NotAllowed(call)
            : group is not null && call.State.FindGroup(call.Subscription, group) is null
                ? call.Refuse(ArmError.GroupNotFound(group))
            : Json.ReadObject(call.Request.BodyText).At("resourceDetails", "resourceContent") is not JsonObject content
                ? call.Refuse(ArmError.Bad("InvalidCheckRestrictionsRequest",
                    "The request must have a resource's content."))
            : call.Reply(200, Evaluated(call, content));
    }

    private static JsonObject Evaluated(ArmCall call, JsonObject content) => new()
    {
        ["fieldRestrictions"] = new JsonArray(),
        ["contentEvaluationResult"] = new JsonObject
        {
            ["policyEvaluations"] = new JsonArray(
            [
                .. call.State.Policies.Where(policy => !policy.IsInherited
                    && policy.Denies(content.Text("type") ?? "", content)).Select(policy => new JsonObject
                    {
                        ["policyInfo"] = new JsonObject
                        {
                            ["policyDefinitionId"] = Id(call, "policyDefinitions", policy),
                            ["policyAssignmentId"] = Id(call, "policyAssignments", policy),
                        },
                        ["evaluationResult"] = "NonCompliant",
                        ["effectDetails"] = new JsonObject { ["policyEffect"] = "Deny" },
                    }),
            ]),
        },
    };

    private static string Id(ArmCall call, string kind, DenyPolicy policy) =>
        $"/subscriptions/{call.Subscription}/providers/microsoft.authorization/{kind}/{policy.Name}";
}

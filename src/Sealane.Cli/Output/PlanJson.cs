using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Output;

/// <summary>A plan for programs.</summary>
internal static class PlanJson
{
    public static JsonObject Of(NetworkDesign design, Plan plan, IReadOnlyList<Fight> fights) => new()
    {
        ["formatVersion"] = 1,
        ["name"] = design.Name,
        ["steps"] = new JsonArray([.. plan.Steps.Select(step => (JsonNode)new JsonObject
        {
            ["id"] = step.Id,
            ["cloud"] = step.Resource.Cloud.ToString().ToLowerInvariant(),
            ["guideStep"] = step.Resource.GuideSteps is [var first, ..] ? first : null,
            ["guideSteps"] = new JsonArray([.. step.Resource.GuideSteps.Select(number => (JsonNode)number)]),
            ["action"] = PlanText.Word(step.Action),
            ["needs"] = new JsonArray([.. step.Before.Select(id => (JsonNode)id)]),
            ["expectedSeconds"] = step.Expected.TotalSeconds,
            ["differences"] = new JsonArray([.. step.Change.Differences.Select(line => (JsonNode)line)]),
            ["traffic"] = step.Change.Kind == ChangeKind.None ? null : step.Change.Traffic,
        })]),
        ["criticalPathSeconds"] = plan.CriticalPath.TotalSeconds,
        ["outageSeconds"] = plan.Outage.TotalSeconds,
        ["openForSeconds"] = plan.OpenFor.TotalSeconds,
        // At most, and in each single failure: the first is the link as it is.
        ["capacity"] = new JsonArray([.. Capacity.Of(design).Select(one => (JsonNode)new JsonObject
        {
            ["failure"] = one.Failure.Length > 0 ? one.Failure : null,
            ["awsToAzureMbps"] = one.AwsToAzure.Mbps,
            ["awsToAzureLimit"] = one.AwsToAzure.Limit,
            ["azureToAwsMbps"] = one.AzureToAws.Mbps,
            ["azureToAwsLimit"] = one.AzureToAws.Limit,
        })]),
        // What runs have put right before, and differs again.
        ["repairedBefore"] = FightText.ToJson(fights),
        ["criticalPath"] = new JsonArray([.. plan.Path.Select(id => (JsonNode)id)]),
    };
}

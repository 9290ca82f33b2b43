using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane status FILE</c>: every object with its state, its id and where to click.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var command = new Command("status", "List every object, its state, its id and its page in the console");
        common.AddTo(command);
        command.SetAction((parsed, ct) => Run(common.Read(parsed), ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        var known = await link.Survey(ct).ConfigureAwait(false);
        var rows = link.Graph.Retiring(known).Resources
            .OrderBy(resource => Phases.Of(resource)).ThenBy(resource => resource.Cloud)
            .Select(resource => (Resource: resource, known[resource.Id]?.View)).ToList();
        var receipts = Receipts.Read(link.ReceiptsPath);
        var repaired = Repairs.Kept(link.RepairsPath, link.Clock.GetUtcNow()).ToLookup(fight => fight.Id);
        if (options.Format == "json")
        {
            var objects = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
            {
                ["id"] = row.Resource.Id,
                ["cloud"] = row.Resource.Cloud.ToString().ToLowerInvariant(),
                ["guideStep"] = row.Resource.GuideSteps is [var first, ..] ? first : null,
                ["guideSteps"] = new JsonArray([.. row.Resource.GuideSteps.Select(number => (JsonNode)number)]),
                ["state"] = StateOf(row.Resource, row.View),
                ["cloudId"] = row.View?.CloudId,
                ["receipt"] = receipts.GetValueOrDefault(row.Resource.Id),
                ["repairedBefore"] = FightText.ToJson([.. repaired[row.Resource.Id]]),
                ["console"] = row.View?.Console,
                ["facts"] = row.View?.Facts is { } facts
                    ? new JsonObject(facts.DistinctBy(fact => fact.Name)
                        .Select(fact => KeyValuePair.Create(fact.Name, (JsonNode?)fact.Value))) : null,
            })]);
            Console.WriteLine(Json.Show(new JsonObject
            {
                ["formatVersion"] = 1,
                ["name"] = link.Design.Name,
                ["objects"] = objects,
            }));
            return ExitCode.Done;
        }
        foreach (var group in rows.GroupBy(row => Phases.Of(row.Resource)))
        {
            Console.WriteLine(group.Key);
            foreach (var (resource, view) in group)
            {
                var guide = resource.GuideSteps.Count > 0 ? $"[{string.Join(",", resource.GuideSteps)}]" : "";
                Console.Out.Line(
                    $"  {resource.Id,-34} {StateOf(resource, view),-14} {guide,-8} {view?.CloudId}".TrimEnd());
                if (view?.Facts is { Count: > 0 } facts)
                {
                    Console.Out.Line($"      {string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.Value}"))}");
                }
                if (view is not null && receipts.GetValueOrDefault(resource.Id) is { } receipt)
                {
                    Console.Out.Line($"      {receipt}");
                }
                foreach (var fight in repaired[resource.Id])
                {
                    Console.Out.Line($"      repaired {FightText.Words(fight)}: somebody else may be setting it");
                }
                if (view?.Console is { } console)
                {
                    Console.Out.Line($"      {console}");
                }
            }
        }
        return ExitCode.Done;
    }

    private static string StateOf(Resource resource, ResourceView? view) =>
        (view?.State ?? "absent") + (resource.Retires ? ", no longer in the spec" : "");
}

using System.Text.Json.Nodes;
using Sealane.Cli.Watch;
using Sealane.Core;

namespace Sealane.Cli.Output;

/// <summary>The objects of a link as <c>status</c> lists them, with what is kept of them beside the clouds: receipts,
/// and repairs that did not last.</summary>
internal sealed class StatusText(LinkSession link)
{
    private readonly IReadOnlyDictionary<string, string> _receipts = Receipts.Read(link.ReceiptsPath);
    private readonly ILookup<string, Fight> _repaired =
        Repairs.Kept(link.RepairsPath, link.Clock.GetUtcNow()).ToLookup(fight => fight.Id);

    public JsonObject ToJson(StatusRow row) => new()
    {
        ["id"] = row.Resource.Id,
        ["cloud"] = row.Resource.Cloud.ToString().ToLowerInvariant(),
        ["guideStep"] = row.Resource.GuideSteps is [var first, ..] ? first : null,
        ["guideSteps"] = new JsonArray([.. row.Resource.GuideSteps.Select(number => (JsonNode?)number)]),
        ["state"] = row.State,
        ["cloudId"] = row.View?.CloudId,
        ["receipt"] = _receipts.GetValueOrDefault(row.Resource.Id),
        ["repairedBefore"] = FightText.ToJson([.. _repaired[row.Resource.Id]]),
        ["console"] = row.View?.Console,
        ["facts"] = row.View?.Facts is { } facts
            ? new JsonObject(facts.DistinctBy(fact => fact.Name)
                .Select(fact => KeyValuePair.Create(fact.Name, (JsonNode?)fact.Value))) : null,
    };

    public void Write(TextWriter output, IReadOnlyList<StatusRow> rows, Ink ink)
    {
        foreach (var group in rows.GroupBy(row => Phases.Of(row.Resource)))
        {
            output.WriteLine(ink.Bold($"{group.Key}"));
            foreach (var row in group)
            {
                Write(output, row, ink);
            }
        }
    }

    private void Write(TextWriter output, StatusRow row, Ink ink)
    {
        var guide = row.Resource.GuideSteps.Count > 0 ? $"[{string.Join(",", row.Resource.GuideSteps)}]" : "";
        var line = Plain.Line($"  {row.Resource.Id,-34} {row.State,-14} {guide,-8} {row.View?.CloudId}").TrimEnd();
        output.WriteLine(row.IsReady ? ink.Green(line) : row.View is null ? ink.Grey(line) : ink.Yellow(line));
        if (row.View?.Facts is { Count: > 0 } facts)
        {
            output.Line($"      {string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.Value}"))}");
        }
        if (row.View is not null && _receipts.GetValueOrDefault(row.Resource.Id) is { } receipt)
        {
            output.Line($"      {receipt}");
        }
        foreach (var fight in _repaired[row.Resource.Id])
        {
            output.Line($"      repaired {FightText.Words(fight)}: somebody else may be setting it");
        }
        if (row.View?.Console is { } console)
        {
            output.Line($"      {console}");
        }
    }
}

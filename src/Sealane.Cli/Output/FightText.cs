using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>What was put right before and differs again: another tool sets it.</summary>
internal static class FightText
{
    public static void Write(TextWriter output, LinkSession link, IReadOnlyList<Fight> fights, Known known)
    {
        foreach (var fight in fights)
        {
            output.Line($"Repaired before: {fight.Id}: {Words(fight)}, and it differs again: another tool or a person "
                + "sets it. End that first, or it goes on.");
            if (WhoDid(link, fight.Id, known[fight.Id]?.View.CloudId) is { } who)
            {
                output.Line($"  who: {who}");
            }
        }
    }

    /// <summary><c>shutdown → False 2 times since 2026-11-26</c>.</summary>
    public static string Words(Fight fight) => $"{fight.Member}{(fight.Wanted.Length > 0 ? $" → {fight.Wanted}" : "")} "
        + $"{fight.Times} times since {Day(fight.First)}";

    public static JsonArray ToJson(IReadOnlyList<Fight> fights) =>
        new([.. fights.Select(fight => (JsonNode)new JsonObject
    {
        ["id"] = fight.Id,
        ["member"] = fight.Member,
        ["wanted"] = fight.Wanted,
        ["times"] = fight.Times,
        ["first"] = fight.First.ToString("O", CultureInfo.InvariantCulture),
        ["last"] = fight.Last.ToString("O", CultureInfo.InvariantCulture),
    })]);

    /// <summary>The clouds keep who changed what in logs of their own, which Sealane does not read.</summary>
    /// <remarks>https://learn.microsoft.com/cli/azure/monitor/activity-log,
    /// https://docs.aws.amazon.com/cli/latest/reference/cloudtrail/lookup-events.html. Of Megaport no public call is
    /// known that tells.</remarks>
    private static string? WhoDid(LinkSession link, string id, string? cloudId) => link.Graph[id].Cloud switch
    {
        Cloud.Azure when cloudId is not null => $"az monitor activity-log list --resource-id {cloudId} --offset 7d "
            + "--query \"[].{caller:caller, what:operationName.value, at:eventTimestamp}\"",
        Cloud.Aws when cloudId is not null => "aws cloudtrail lookup-events --lookup-attributes "
            + $"AttributeKey=ResourceName,AttributeValue={cloudId}",
        _ => null,
    };

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

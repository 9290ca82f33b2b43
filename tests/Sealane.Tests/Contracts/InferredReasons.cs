namespace Sealane.Tests.Contracts;

/// <summary>Contracts for which nobody found a source: where was looked, and what hangs on them.</summary>
/// <param name="Looked">Why there is no source.</param>
/// <param name="Feeds">What the reply is used for, and why no verdict rests on it.</param>
internal sealed record InferredReason(string Contract, string Looked, string Feeds);

internal static class InferredReasons
{
    public static IReadOnlyList<InferredReason> All { get; } =
    [
        new("azure/get-learned-routes", "no example in azure-rest-api-specs; labs print the rows and not the 202",
            "headers that say where to ask; the rows have their own contract, from a lab"),
        new("azure/get-operation", "only the running state was seen (github.com/MSOpenTech/azure-xplat-cli, issue 554)",
            "waiting for the end of a write; what was written is read again"),
        new("azure/get-resource-group", "labs show the refusal of one that is missing and never one that is there",
            "whether the group is there, and its region"),
        new("azure/token", "Microsoft's page shows a reply in prose and no test of an SDK was found",
            "logging in; a token that is none ends the run"),
        new("megaport/delete-prefix-list", "megaportgo reads nothing of the reply and its tests show none",
            "nothing: the status alone is looked at"),
        new("megaport/validate-order", "only the refusal was seen (github.com/erjosito/net-lab-builder, "
            + "labs/vwan-dual-er-symmetric/deploy-log.md); megaportgo reads nothing of the reply",
            "the price that is shown before an order"),
    ];
}

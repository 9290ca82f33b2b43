using System.Text.Json.Nodes;
using Sealane.Service.Records;

namespace Sealane.Service.Api;

/// <summary>A link as the API tells it.</summary>
/// <param name="Verdict">The word with what limits it, such as <c>unproven (stale)</c>.</param>
/// <param name="EvidenceFrom">When the oldest evidence of the verdict was read.</param>
/// <param name="Looks">How often all evidence was read.</param>
/// <param name="OpenRuns">Runs that have not ended.</param>
internal sealed record LinkView(string Name, string Policy, long Version, string Verdict, DateTimeOffset? EvidenceFrom,
    double? EvidenceAgeSeconds, DateTimeOffset? LookedAt, long Looks, IReadOnlyList<long> OpenRuns)
{
    public static LinkView Of(LinkRow link, Store store) => Of(link, store.OpenRuns(link.Name));

    /// <summary>All of the fleet, by as many questions as one takes.</summary>
    public static IEnumerable<LinkView> All(Store store)
    {
        var open = store.OpenRuns(null).ToLookup(run => run.Link, StringComparer.Ordinal);
        return store.Links().Select(link => Of(link, open[link.Name]));
    }

    private static LinkView Of(LinkRow link, IEnumerable<RunRow> open) => new(link.Name, link.Policy, link.Version,
        link.Verdict, link.Evidence, link.Evidence is { } from
            ? Math.Round((TimeProvider.System.GetUtcNow() - from).TotalSeconds) : null, link.Looked, link.Looks,
        [.. open.Select(run => run.Id)]);
}

/// <summary>A run as the API tells it.</summary>
/// <param name="Consent">What its approver must agree to by name.</param>
/// <param name="Plan">What would be done, or was; null while it is worked out.</param>
internal sealed record RunView(long Id, string Link, string Kind, string State, long SpecVersion, string AskedBy,
    DateTimeOffset AskedAt, IReadOnlyList<string> Consent, string? ApprovedBy, DateTimeOffset? ApprovedAt,
    DateTimeOffset? EndedAt, string Said, JsonNode? Plan, JsonNode? Result)
{
    /// <param name="whole">With the plan, which is long.</param>
    public static RunView Of(RunRow run, bool whole = true) => new(run.Id, run.Link, run.Kind, run.State, run.Version,
        run.AskedBy, run.AskedAt, run.Consent, run.ApprovedBy, run.ApprovedAt, run.EndedAt, run.Said,
        whole && run.Plan is { } plan ? JsonNode.Parse(plan) : null,
        run.Result is { } result ? JsonNode.Parse(result) : null);
}

/// <summary>A change of what is watched.</summary>
internal sealed record ChangeView(long Id, string Link, DateTimeOffset At, string Item, string? Was, string? Now,
    IReadOnlyList<string> Detail, DateTimeOffset? EvidenceFrom)
{
    public static ChangeView Of(HistoryRow row) => new(row.Id, row.Link, row.At, row.Item, row.Was, row.Now,
        row.Detail.Split('\n', StringSplitOptions.RemoveEmptyEntries), row.Evidence);
}

/// <summary>A spec to be kept.</summary>
/// <param name="File">Its name, for messages.</param>
/// <param name="Spec">Its text; keys are in it by reference only.</param>
/// <param name="Policy">watch, approve or repair; null: approve for a new link, else as it was.</param>
internal sealed record AddRequest(string File, string Spec, string? Policy);

internal sealed record PolicyRequest(string Policy);

/// <param name="Kind">plan, apply, destroy, rotate-psk, rotate-bgp, rotate-all, drill, drill-ELEMENT, evidence or
/// evidence-redacted.</param>
internal sealed record RunRequest(string Kind);

/// <param name="Agree">Each item of the run's consent.</param>
internal sealed record ApproveRequest(IReadOnlyList<string>? Agree);

/// <summary>Why not.</summary>
internal sealed record ErrorView(string Error);

using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Service.Links;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service.Pages;

/// <summary>A run: its plan, who may agree to it, and how each of its steps stands.</summary>
internal static class RunPage
{
    public static Html Of(HttpContext context, Fleet fleet, Store store, ServeOptions options, long id)
    {
        var run = fleet.Run(id);
        var who = Access.Of(context.User);
        var plan = run.Plan is { } text ? JsonNode.Parse(text)!.AsObject() : null;
        return Layout.Page(context, $"Run {id}", run.IsOpen ? $"/runs/{id}/events" : "", Html.Of($"""
            <h1>Run {id}: {run.Kind} <a href="/links/{run.Link}">{run.Link}</a></h1>
            <p class="big">{run.State}</p>
            <dl>
            <dt>Asked</dt><dd>by {run.AskedBy}, {Layout.Time(run.AskedAt)}, with version {run.Version} of the spec</dd>
            {(run.ApprovedBy is { } by
                ? Html.Of($"<dt>Approved</dt><dd>by {by}, {Layout.Time(run.ApprovedAt!.Value)}</dd>")
                : Html.Empty)}
            {(run.EndedAt is { } ended ? Html.Of($"<dt>Ended</dt><dd>{Layout.Time(ended)}</dd>") : Html.Empty)}
            {Critical(plan)}
            {(plan?["pricesShown"] is JsonArray { Count: > 0 } prices
                ? Html.Of($"<dt>Costs a month</dt><dd>{Prices(prices)}</dd>")
                : Html.Empty)}
            </dl>
            {(run.Said.Length > 0 ? Layout.Lines(run.Said) : Html.Empty)}
            {(run.State == RunStates.Done && LinkBundle.Kinds.Contains(run.Kind) ? Html.Of($"""
                <p><a href="/runs/{id}/evidence" download>The bundle</a>: unpack it, and judge it anywhere with
                <code>sealane verify --from DIR</code>.</p>
                """) : Html.Empty)}
            {(run.State == RunStates.Waiting ? Approval(context, run, who, options) : Html.Empty)}
            {(run.IsOpen && who.Role >= Role.Operator ? Html.Of($"""
                <form method="post" action="/runs/{id}/stop">{Layout.Token(context)}<button>Stop</button></form>
                """) : Html.Empty)}
            {Steps(store, run)}
            {(plan is null ? Html.Empty : Plan(plan))}
            """));
    }

    private static Html Approval(HttpContext context, RunRow run, Person who, ServeOptions options) =>
        who.Role < Role.Approver ? Html.Of($"<p>It waits for an approver.</p>")
        : run.AskedBy == who.Name && !options.SingleOperator
            ? Html.Of($"<p>It waits for an approver other than {who.Name}, who asked for it.</p>")
        : Html.Of($"""
            <form method="post" action="/runs/{run.Id}/approve" class="stack">{Layout.Token(context)}
            {Html.All(run.Consent, one => Html.Of($"""
                <label><input type="checkbox" name="agree" value="{one}" required> I agree to {one}</label>
                """))}
            <button>Approve: {run.Kind} {run.Link}</button></form>
            """);

    private static Html Critical(JsonObject? plan) => plan?["plan"] is not { } steps ? Html.Empty : Html.Of($"""
        <dt>Takes about</dt><dd>{Durations.Words(TimeSpan.FromSeconds((double)steps["criticalPathSeconds"]!))},
        by way of {string.Join(", ", steps["criticalPath"]!.AsArray().Select(id => (string?)id))}</dd>
        """);

    /// <summary>Of the whole link once the plan is carried out, without traffic.</summary>
    private static string Prices(JsonArray totals) => string.Join(" and ", totals.Select(total =>
        $"{((bool)total!["complete"]! ? "" : "at least ")}{total["monthly"]} {total["currency"]}"))
        + ", without traffic";

    private static Html Plan(JsonObject plan) => (plan["plan"]?["steps"] ?? plan["objects"]) is not JsonArray rows
        ? Html.Empty : Html.Of($"""
        <h2>Plan</h2>
        <div class="wide" role="region" aria-label="Plan" tabindex="0">
        <table><thead><tr><th scope="col">Object</th><th scope="col">Would be</th><th scope="col">Difference</th></tr>
        </thead><tbody>
        {Html.All(rows.Where(step => (string?)step!["action"] is not "keep"), step => Html.Of($"""
            <tr><th scope="row">{(string?)step!["id"]}</th><td>{(string?)step["action"] ?? "delete"}</td>
            <td>{Layout.Lines(string.Join('\n', (step["differences"] as JsonArray ?? []).Select(line => (string?)line)
                .Append((string?)step["cloudId"]).Where(line => line is not null)))}</td></tr>
            """))}
        </tbody></table></div>
        """);

    /// <summary>The last that is known of each step, in the order in which they began.</summary>
    private static Html Steps(Store store, RunRow run)
    {
        var steps = new Dictionary<string, (string State, string Text)>(StringComparer.Ordinal);
        var order = new List<string>();
        for (var (last, more) = (0L, true); more;)
        {
            var rows = store.EventsAfter(run.Id, last);
            more = rows.Count > 0;
            foreach (var (seq, json) in rows)
            {
                last = seq;
                var happened = JsonNode.Parse(json)!;
                if ((string?)happened["id"] is not { } id)
                {
                    continue;
                }
                if (!steps.ContainsKey(id))
                {
                    order.Add(id);
                }
                steps[id] = ((string)happened["event"]!, (string?)(happened["reason"] ?? happened["text"]
                    ?? happened["because"] ?? happened["state"] ?? happened["cloudId"]) ?? "");
            }
        }
        return order.Count == 0 ? Html.Empty : Html.Of($"""
            <h2>Steps</h2>
            <div class="wide" role="region" aria-label="Steps" tabindex="0">
            <table><thead><tr><th scope="col">Object</th><th scope="col">Is</th><th scope="col">Last word</th>
            </tr></thead><tbody>
            {Html.All(order, id => Html.Of($"""
                <tr><th scope="row">{id}</th><td>{steps[id].State}</td><td>{steps[id].Text}</td></tr>
                """))}
            </tbody></table></div>
            """);
    }
}

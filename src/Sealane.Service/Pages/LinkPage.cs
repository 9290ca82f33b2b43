using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Watch;
using Sealane.Service.Links;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service.Pages;

/// <summary>One link: how it stands, its picture, what differs, what can be done.</summary>
internal static class LinkPage
{
    public static Html Of(HttpContext context, Fleet fleet, Store store, string name)
    {
        var link = fleet.Link(name);
        var seen = store.Seen(name);
        return Layout.Page(context, name, "/events", Html.Of($"""
            <h1>{name}</h1>
            <p class="big">{Layout.Verdict(link.Verdict)}</p>
            <dl>
            <dt>Oldest evidence</dt><dd>{Layout.Age(link.Evidence)}{(link.Evidence is { } from
                ? $" (read {Layout.Time(from)})" : "")}</dd>
            <dt>Policy</dt><dd>{link.Policy}</dd>
            <dt>Spec</dt><dd>version {link.Version}</dd>
            {(seen is null ? Html.Empty : Facts(JsonNode.Parse(seen.Verification)!))}
            </dl>
            {Open(store, name)}
            {(Access.Of(context.User).Role < Role.Operator ? Html.Empty : Deeds(context, link))}
            {Watched(store, name)}
            {(seen is null ? Html.Of($"<p>Not all evidence was read yet.</p>") : Html.Of($"""
                <h2>Picture</h2>
                <div class="wide" role="region" aria-label="Picture of the link" tabindex="0">
                {Html.Svg(seen.Picture)}</div>
                <h2>Objects</h2>
                {Objects(JsonNode.Parse(seen.Objects)!.AsArray())}
                """))}
            <p><a href="/links/{name}/history">History</a> · <a href="/links/{name}/trace">Trace</a>
            {(seen is null ? Html.Empty : Html.Of($"""
                · <a href="/links/{name}/evidence" download="{name}-verification.json">Verification</a>
                """))}</p>
            """));
    }

    public static Html History(HttpContext context, Fleet fleet, Store store, string name) =>
        Layout.Page(context, $"History of {name}", "/events", Html.Of($"""
            <h1>History of <a href="/links/{fleet.Link(name).Name}">{name}</a></h1>
            <div class="wide" role="region" aria-label="Changes" tabindex="0">
            <table><thead><tr><th scope="col">Time</th><th scope="col">What</th><th scope="col">Was</th>
            <th scope="col">Is</th><th scope="col">Why</th></tr></thead><tbody>
            {Html.All(store.History(name, 200), row => Html.Of($"""
                <tr><td>{Layout.Time(row.At)}</td><th scope="row">{row.Item}</th><td>{row.Was ?? "–"}</td>
                <td>{row.Now ?? "no more"}</td><td>{Layout.Lines(row.Detail)}</td></tr>
                """))}
            </tbody></table></div>
            """));

    private static Html Facts(JsonNode seen) => Html.Of($"""
        <dt>Locks</dt><dd>AWS → Azure {Text(seen["locks"]!["awsToAzure"])}, Azure → AWS {Text(
            seen["locks"]!["azureToAws"])}</dd>
        <dt>Redundancy</dt><dd>{Up(seen, "tunnels", "tunnels")}, {Up(seen, "paths", "paths")}, {Up(seen,
            "transportSessions", "sessions of the transport")}</dd>
        <dt>Price</dt><dd>{Text(seen["price"])}</dd>
        """);

    private static string Up(JsonNode seen, string part, string word) =>
        $"{Text(seen["redundancy"]![part]!["up"])} of {Text(seen["redundancy"]![part]!["of"])} {word}";

    /// <summary>Every item that is watched, but for the verdict: drift, checks that do not pass, tunnels.</summary>
    private static Html Watched(Store store, string name)
    {
        var items = store.Memory(name) is { } memory
            ? JsonSerializer.Deserialize<WatchMemory>(memory)!.Items.ToList() : [];
        var why = items.Find(item => item.Id == WatchItems.Verdict)?.Detail.Where(line => line.Length > 0).ToList();
        return Html.Of($"""
            {(why is { Count: > 0 } ? Html.Of($"""<h2>Why</h2><ul>{Html.All(why, line => Html.Of(
                $"<li>{line}</li>"))}</ul>""") : Html.Empty)}
            <h2>What is watched</h2>
            <div class="wide" role="region" aria-label="What is watched" tabindex="0">
            <table><thead><tr><th scope="col">What</th><th scope="col">Is</th><th scope="col">What follows</th>
            </tr></thead><tbody>
            {Html.All(items.Where(item => item.Id != WatchItems.Verdict), item => Html.Of($"""
                <tr><th scope="row">{item.Id}</th><td>{item.Value}</td>
                <td>{Layout.Lines(string.Join('\n', item.Detail.Where(line => line.Length > 0)))}</td></tr>
                """))}
            </tbody></table></div>
            """);
    }

    private static Html Objects(JsonArray objects) => Html.Of($"""
        <div class="wide" role="region" aria-label="Objects" tabindex="0">
        <table><thead><tr><th scope="col">Object</th><th scope="col">State</th><th scope="col">Id in the cloud</th></tr>
        </thead><tbody>
        {Html.All(objects, row => Html.Of($"""
            <tr><th scope="row">{Text(row!["id"])}</th><td>{Text(row["state"])}</td><td>{(Console(row) is { } page
                ? Html.Of($"""<a href="{page}" rel="noreferrer">{Text(row["cloudId"])}</a>""")
                : Html.Of($"{Text(row["cloudId"])}"))}</td></tr>
            """))}
        </tbody></table></div>
        """);

    /// <summary>Text of a cloud may not become any other link than one of the web.</summary>
    private static string? Console(JsonNode row) => Uri.TryCreate(Text(row["console"]), UriKind.Absolute, out var page)
        && page.Scheme == Uri.UriSchemeHttps ? page.AbsoluteUri : null;

    private static Html Open(Store store, string name) => Html.Of($"""
        {Html.All(store.Runs(name, 5), run => Html.Of($"""
            <p><a href="/runs/{run.Id}">Run {run.Id}: {run.Kind}</a> is {run.State}{(run.Said.Length > 0
                ? $": {run.Said.Split('\n')[0]}" : "")}</p>
            """))}
        """);

    private static Html Deeds(HttpContext context, LinkRow link) => Html.Of($"""
        <h2>Do</h2>
        <div class="deeds">
        {Deed(context, $"/links/{link.Name}/look", "", "Verify now")}
        {Deed(context, $"/links/{link.Name}/runs", "plan", "Plan")}
        {Deed(context, $"/links/{link.Name}/runs", LinkBundle.Kind, "Collect evidence")}
        {(link.Policy == Policies.Watch ? Html.Empty : Html.Of($"""
            {Deed(context, $"/links/{link.Name}/runs", "apply", "Ask for apply")}
            {Deed(context, $"/links/{link.Name}/runs", "rotate-psk", "Ask for new keys of the tunnels")}
            {Deed(context, $"/links/{link.Name}/runs", "rotate-bgp", "Ask for new keys of the transport")}
            {Deed(context, $"/links/{link.Name}/runs", LinkDrill.Kind, "Ask for a drill of all elements")}
            {Deed(context, $"/links/{link.Name}/runs", "destroy", "Ask for destroy")}
            """))}
        </div>
        <form method="post" action="/links/{link.Name}/policy" class="row">
        {Layout.Token(context)}
        <label for="policy">Policy</label> <select id="policy" name="policy">{FleetPage.Policies(link.Policy)}</select>
        <button>Set</button>
        </form>
        <details><summary>Stop keeping it</summary>
        <p>The link itself stays as it is; its history stays too.</p>
        {Deed(context, $"/links/{link.Name}/remove", "", "Take it out of the fleet")}
        </details>
        """);

    private static Html Deed(HttpContext context, string action, string kind, string word) => Html.Of($"""
        <form method="post" action="{action}">{Layout.Token(context)}
        <button name="kind" value="{kind}">{word}</button></form>
        """);

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}

using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service.Pages;

/// <summary>The fleet: what is worst comes first, then the oldest evidence.</summary>
internal static class FleetPage
{
    private static readonly string[] s_worstFirst = ["clear", "down", "unproven", "encrypted"];

    public static Html Of(HttpContext context, Store store)
    {
        var links = store.Links().OrderBy(link => Array.IndexOf(s_worstFirst, link.Verdict.Split(' ', ',')[0]))
            .ThenBy(link => link.Evidence ?? DateTimeOffset.MinValue).ToList();
        var open = store.OpenRuns(null).ToLookup(run => run.Link);
        return Layout.Page(context, "Fleet", "/events", Html.Of($"""
            <h1>Fleet</h1>
            {(links.Count == 0 ? Html.Of($"<p>No link is kept yet.</p>") : Html.Of($"""
            <div class="wide" role="region" aria-label="Links" tabindex="0">
            <table>
            <thead><tr><th scope="col">Link</th><th scope="col">Verdict</th><th scope="col">Oldest evidence</th>
            <th scope="col">Policy</th><th scope="col">At work</th></tr></thead>
            <tbody>
            {Html.All(links, link => Html.Of($"""
                <tr><th scope="row"><a href="/links/{link.Name}">{link.Name}</a></th>
                <td>{Layout.Verdict(link.Verdict)}</td><td>{Layout.Age(link.Evidence)}</td><td>{link.Policy}</td>
                <td>{Html.All(open[link.Name], run => Html.Of(
                    $"""<a href="/runs/{run.Id}">{run.Kind} {run.State}</a> """))}</td></tr>
                """))}
            </tbody>
            </table>
            </div>
            """))}
            {(Access.Of(context.User).Role < Role.Operator ? Html.Empty : Add(context))}
            """));
    }

    private static Html Add(HttpContext context) => Html.Of($"""
        <h2>Add a link</h2>
        <form method="post" action="/links" class="stack">
        {Layout.Token(context)}
        <label for="spec">Spec (YAML; keys by reference only)</label>
        <textarea id="spec" name="spec" rows="8" required spellcheck="false"></textarea>
        <label for="policy">Policy</label>
        <select id="policy" name="policy">{Policies(Records.Policies.Approve)}</select>
        <button>Add</button>
        </form>
        """);

    public static Html Policies(string chosen) => Html.All(Records.Policies.All, policy => policy == chosen
        ? Html.Of($"""<option value="{policy}" selected>{Words(policy)}</option>""")
        : Html.Of($"""<option value="{policy}">{Words(policy)}</option>"""));

    private static string Words(string policy) => policy switch
    {
        Records.Policies.Watch => "watch: look, change nothing",
        Records.Policies.Repair => "repair: also put settings back by itself",
        _ => "approve: change what was approved",
    };
}

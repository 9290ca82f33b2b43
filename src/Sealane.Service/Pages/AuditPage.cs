using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service.Pages;

/// <summary>Who did what, and whether the log is whole.</summary>
internal static class AuditPage
{
    public static Html Of(HttpContext context, Store store)
    {
        var check = store.CheckAudit();
        return Layout.Page(context, "Audit log", "", Html.Of($"""
            <h1>Audit log</h1>
            <p>{(check.Broken is { } row ? $"✗ Altered: row {row} is not as it was written."
                : $"✓ Whole: {check.Rows} rows, each as it was written. Head: {check.Head}")}{(check.Cut > 0
                ? $" Rows up to {check.Cut} were cut off for their age." : "")}</p>
            <div class="wide" role="region" aria-label="Rows" tabindex="0">
            <table><thead><tr><th scope="col">Number</th><th scope="col">Time</th><th scope="col">Who</th>
            <th scope="col">Did</th><th scope="col">To</th><th scope="col">Details</th></tr></thead><tbody>
            {Html.All(store.AuditLog(200), one => Html.Of($"""
                <tr><th scope="row">{one.Id}</th><td>{Layout.Time(one.At)}</td><td>{one.Who}</td><td>{one.Action}</td>
                <td>{one.Subject}</td><td>{one.Detail}</td></tr>
                """))}
            </tbody></table></div>
            """));
    }
}

/// <summary>The door.</summary>
internal static class LoginPage
{
    public static Html Of(HttpContext context, string trouble) => Layout.Page(context, "Sign in", "", Html.Of($"""
        <h1>Sign in</h1>
        {(trouble.Length > 0 ? Html.Of($"""<p role="alert" class="trouble">{trouble}</p>""") : Html.Empty)}
        <form method="post" action="/login" class="stack">
        {Layout.Token(context)}
        <label for="token">Token</label>
        <input id="token" name="token" type="password" autocomplete="current-password" required>
        <button>Sign in</button>
        </form>
        <p>Tokens are in the file that the service named when it started.</p>
        {(context.RequestServices.GetService<Provider>() is { } provider ? Html.Of($"""
            <p><a href="{SignIn.Path}">Sign in at {provider.Issuer.Host}</a></p>
            """) : Html.Empty)}
        """));

    /// <summary>For whoever comes from the provider; the browser goes on by itself.</summary>
    public static Html Arrived(HttpContext context) => Layout.Page(context, "Signed in", "", Html.Of($"""
        <h1>Signed in</h1>
        <p><a href="/">To the fleet</a></p>
        """));
}

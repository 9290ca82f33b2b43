using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Sealane.Cli.Output;
using Sealane.Service.Security;

namespace Sealane.Service.Pages;

/// <summary>What all pages share.</summary>
internal static class Layout
{
    /// <param name="events">Where the page hears that it should be read again; empty: it does not change.</param>
    public static Html Page(HttpContext context, string title, string events, Html body)
    {
        var who = context.User.Identity?.IsAuthenticated == true ? Access.Of(context.User) : null;
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – Sealane</title>
            <link rel="icon" href="/favicon.svg">
            <link rel="stylesheet" href="/style.css">
            <script src="/page.js" defer></script>
            </head>
            <body data-events="{events}">
            <a class="skip" href="#main">To the content</a>
            <header>
            <nav aria-label="Pages"><a href="/">Fleet</a>{(who is { Role: >= Role.Operator }
                ? Html.Of($"""<a href="/audit">Audit log</a>""") : Html.Empty)}</nav>
            {(who is null ? Html.Empty : Html.Of($"""
                <form method="post" action="/logout">{Token(context)}<span>{who.Name}, {who.Role.ToString()
                    .ToLowerInvariant()}</span> <button>Sign out</button></form>
                """))}
            </header>
            <p id="news" role="status" class="hidden"></p>
            <main id="main">
            {body}
            </main>
            </body>
            </html>
            """);
    }

    public static Html Refusal(HttpContext context, string message) => Page(context, "Not done", "", Html.Of($"""
        <h1>Not done</h1>
        {Lines(message)}
        <p><a href="/">To the fleet</a></p>
        """));

    /// <summary>What a form must hold to be ours.</summary>
    public static Html Token(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return Html.Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""");
    }

    /// <summary>A verdict by word and mark; colour only repeats them.</summary>
    public static Html Verdict(string verdict)
    {
        var word = verdict.Split(' ', ',')[0];
        return Html.Of($"""<span class="verdict {word}">{Mark(word)} {verdict}</span>""");
    }

    public static Html Lines(string text) => Html.Of($"""<pre class="lines">{text}</pre>""");

    public static string Time(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + "Z";

    public static string Age(DateTimeOffset? at) => at is { } from
        ? $"{Durations.Words(TimeProvider.System.GetUtcNow() - from)} old" : "none yet";

    private static string Mark(string word) => word switch
    {
        "encrypted" => "✓",
        "clear" => "✗",
        "down" => "▼",
        _ => "?",
    };
}

using System.IO.Compression;
using System.Reflection;
using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Sealane.Service.Api;
using Sealane.Service.Links;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service.Pages;

/// <summary>The pages. Each post reads a form, which makes the antiforgery check of the server look at it.</summary>
internal static class PageRoutes
{
    public static void Map(WebApplication app)
    {
        foreach (var (path, file, type) in new[]
        {
            ("/style.css", "style.css", "text/css"), ("/page.js", "page.js", "text/javascript"),
            ("/favicon.svg", "favicon.svg", "image/svg+xml"),
        })
        {
            var content = Asset(file);
            app.MapGet(path, () => TypedResults.Text(content, type)).AllowAnonymous().ExcludeFromDescription();
        }
        var read = app.MapGroup("").RequireAuthorization(Access.Page(Role.Viewer)).ExcludeFromDescription();
        var operate = app.MapGroup("").RequireAuthorization(Access.Page(Role.Operator)).ExcludeFromDescription();
        var approve = app.MapGroup("").RequireAuthorization(Access.Page(Role.Approver)).ExcludeFromDescription();
        Door(app, read);

        read.MapGet("/", (HttpContext context, Store store) => Page(FleetPage.Of(context, store)));
        read.MapGet("/links/{name}", (string name, HttpContext context, Fleet fleet, Store store) =>
            Page(LinkPage.Of(context, fleet, store, name)));
        read.MapGet("/links/{name}/history", (string name, HttpContext context, Fleet fleet, Store store) =>
            Page(LinkPage.History(context, fleet, store, name)));
        read.MapGet("/links/{name}/trace", async (string name, string? from, string? to, HttpContext context,
            Fleet fleet) => Page(TracePage.Of(context, fleet.Link(name), from ?? "", to ?? "",
                from is null ? "" : (string)(await fleet.Trace(name, from, to, []).ConfigureAwait(false))["text"]!)));
        read.MapGet("/links/{name}/evidence", (string name, Fleet fleet, Store store) =>
            store.Seen(fleet.Link(name).Name) is { } seen
                ? Results.Text(seen.Verification, "application/json")
                : throw new Refused(StatusCodes.Status404NotFound, "nothing was read yet"));
        read.MapGet("/runs/{id:long}/evidence", (long id, Fleet fleet) => TypedResults.File(Zip(fleet.Bundle(id)),
            "application/zip", $"{fleet.Run(id).Link}-evidence-{id}.zip"));
        read.MapGet("/runs/{id:long}", (long id, HttpContext context, Fleet fleet, Store store, ServeOptions options) =>
            Page(RunPage.Of(context, fleet, store, options, id)));
        read.MapGet("/events", (HttpContext context, Store store, Bell bell, IHostApplicationLifetime life) =>
            Streams.Changes(context, store, bell, life));
        read.MapGet("/runs/{id:long}/events", (long id, HttpContext context, Fleet fleet, Store store, Bell bell,
            IHostApplicationLifetime life) => Streams.Run(context, fleet.Run(id).Id, store, bell, life));

        operate.MapGet("/audit", (HttpContext context, Store store) => Page(AuditPage.Of(context, store)));
        operate.MapPost("/links", async (IFormCollection form, ClaimsPrincipal user, Fleet fleet) =>
        {
            var link = await fleet.Add(Access.Of(user), "spec.yaml", form["spec"].ToString().ReplaceLineEndings("\n"),
                form["policy"]).ConfigureAwait(false);
            return To($"/links/{link.Name}");
        });
        operate.MapPost("/links/{name}/look", async (string name, IFormCollection form, ClaimsPrincipal user,
            Fleet fleet) =>
        {
            await fleet.Look(Access.Of(user), name).ConfigureAwait(false);
            return To($"/links/{name}");
        });
        operate.MapPost("/links/{name}/runs", async (string name, IFormCollection form, ClaimsPrincipal user,
            Fleet fleet) => To($"/runs/{(await fleet.Ask(Access.Of(user), name, form["kind"].ToString(), null)
                .ConfigureAwait(false)).Id}"));
        operate.MapPost("/links/{name}/policy", async (string name, IFormCollection form, ClaimsPrincipal user,
            Fleet fleet) =>
        {
            await fleet.SetPolicy(Access.Of(user), name, form["policy"].ToString()).ConfigureAwait(false);
            return To($"/links/{name}");
        });
        operate.MapPost("/links/{name}/remove", async (string name, IFormCollection form, ClaimsPrincipal user,
            Fleet fleet) =>
        {
            await fleet.Remove(Access.Of(user), name).ConfigureAwait(false);
            return To("/");
        });
        operate.MapPost("/runs/{id:long}/stop", async (long id, IFormCollection form, ClaimsPrincipal user, Fleet fleet)
            => To($"/runs/{(await fleet.Stop(Access.Of(user), id).ConfigureAwait(false)).Id}"));
        approve.MapPost("/runs/{id:long}/approve", async (long id, IFormCollection form, ClaimsPrincipal user,
            Fleet fleet) => To($"/runs/{(await fleet.Approve(Access.Of(user), id,
                [.. form["agree"].OfType<string>()]).ConfigureAwait(false)).Id}"));
    }

    private static byte[] Zip(JsonObject files)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in files)
            {
                using var file = zip.CreateEntry(name).Open();
                file.Write(Encoding.UTF8.GetBytes((string)text!));
            }
        }
        return packed.ToArray();
    }

    /// <summary>Where people show their token and get a cookie for it.</summary>
    private static void Door(WebApplication app, RouteGroupBuilder read)
    {
        app.MapGet("/login", (HttpContext context, string? no) => Page(LoginPage.Of(context, no switch
        {
            "role" => "Your provider knows you, and no line of people gives you a role here.",
            "provider" => "Your provider did not sign you in; the log of the service says why.",
            _ => "",
        }))).AllowAnonymous().ExcludeFromDescription();
        if (app.Services.GetService<Provider>() is not null)
        {
            app.MapGet(SignIn.Path, () => TypedResults.Challenge(null, [SignIn.Scheme])).AllowAnonymous()
                .ExcludeFromDescription();
            app.MapGet(SignIn.Arrived, (HttpContext context) =>
            {
                context.Response.Headers["Refresh"] = "0; url=/";
                return Page(LoginPage.Arrived(context));
            }).AllowAnonymous().ExcludeFromDescription();
        }
        app.MapPost("/login", async (IFormCollection form, HttpContext context, Tokens tokens, Store store) =>
        {
            if (tokens.Find(form["token"].ToString().Trim()) is not { } person)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Page(LoginPage.Of(context, "This token is not known."));
            }
            store.Audit(person.Name, "sign in", "page", "", TimeProvider.System.GetUtcNow());
            await context.SignInAsync(Access.Cookie, Access.Principal(person, Access.Cookie)).ConfigureAwait(false);
            return To("/");
        }).AllowAnonymous().ExcludeFromDescription();
        read.MapPost("/logout", async (IFormCollection form, HttpContext context) =>
        {
            await context.SignOutAsync(Access.Cookie).ConfigureAwait(false);
            return To("/login");
        });
    }

    private static IResult Page(Html page) =>
        TypedResults.Text(page.ToString(), "text/html", System.Text.Encoding.UTF8);

    private static IResult To(string path) => TypedResults.LocalRedirect(path);

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

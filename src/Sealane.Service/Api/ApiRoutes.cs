using System.Security.Claims;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Service.Links;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service.Api;

/// <summary>The API of programs and of <c>sealane --server</c>: docs/operating.md, and the OpenAPI document.</summary>
internal static class ApiRoutes
{
    private const int Most = 200;

    /// <summary>Of the wait for a look at all evidence that somebody asked for.</summary>
    private static readonly TimeSpan LookLasts = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder app)
    {
        var read = app.MapGroup("/api").RequireAuthorization(Access.Api(Role.Viewer));
        var operate = app.MapGroup("/api").RequireAuthorization(Access.Api(Role.Operator));
        var approve = app.MapGroup("/api").RequireAuthorization(Access.Api(Role.Approver));

        read.MapGet("/links", (Store store) => LinkView.All(store));
        read.MapGet("/links/{name}", (string name, Fleet fleet, Store store) => LinkView.Of(fleet.Link(name), store));
        read.MapGet("/links/{name}/spec", (string name, Fleet fleet, Store store) =>
            TypedResults.Text(store.Spec(name, fleet.Link(name).Version)!.Text, "application/yaml"));
        read.MapGet("/links/{name}/verification", (string name, Fleet fleet, Store store) =>
            Document(fleet, store, name, seen => seen.Verification));
        read.MapGet("/links/{name}/objects", (string name, Fleet fleet, Store store) =>
            Document(fleet, store, name, seen => seen.Objects));
        read.MapGet("/links/{name}/picture", (string name, Fleet fleet, Store store) =>
            TypedResults.Text(Seen(fleet, store, name).Picture, "image/svg+xml"));
        read.MapGet("/links/{name}/trace", async (string name, string? from, string? to, string[]? without, Fleet fleet,
            Store store) =>
        {
            var told = await fleet.Trace(name, from, to, without ?? []).ConfigureAwait(false);
            told.Insert(0, "link", AsJson(fleet.Link(name), store));
            return TypedResults.Text(told.ToJsonString(Cli.Output.Json.Line), "application/json", Encoding.UTF8);
        });
        read.MapGet("/links/{name}/history", (string name, Fleet fleet, Store store) =>
            store.History(fleet.Link(name).Name, Most).Select(ChangeView.Of));
        read.MapGet("/events", (HttpContext context, Store store, Bell bell, IHostApplicationLifetime life) =>
            Streams.Changes(context, store, bell, life));
        read.MapGet("/runs", (string? link, Store store) => store.Runs(link, Most)
            .Select(run => RunView.Of(run, whole: false)));
        read.MapGet("/runs/{id:long}", (long id, Fleet fleet) => RunView.Of(fleet.Run(id)));
        read.MapGet("/runs/{id:long}/evidence", (long id, Fleet fleet) => TypedResults.Text(
            fleet.Bundle(id).ToJsonString(Cli.Output.Json.Line), "application/json", Encoding.UTF8));
        read.MapGet("/runs/{id:long}/events", (long id, HttpContext context, Fleet fleet, Store store, Bell bell,
            IHostApplicationLifetime life) => Streams.Run(context, fleet.Run(id).Id, store, bell, life));

        operate.MapPost("/links", async (AddRequest body, ClaimsPrincipal user, Fleet fleet, Store store) =>
            LinkView.Of(await fleet.Add(Access.Of(user), body.File, body.Spec, body.Policy).ConfigureAwait(false),
                store));
        operate.MapDelete("/links/{name}", (string name, ClaimsPrincipal user, Fleet fleet) =>
            fleet.Remove(Access.Of(user), name));
        operate.MapPut("/links/{name}/policy", (string name, PolicyRequest body, ClaimsPrincipal user, Fleet fleet) =>
            fleet.SetPolicy(Access.Of(user), name, body.Policy));
        operate.MapPost("/links/{name}/verify", Verify);
        operate.MapPost("/links/{name}/runs", async (string name, RunRequest body, ClaimsPrincipal user, Fleet fleet,
            HttpContext context) => RunView.Of(await fleet.Ask(Access.Of(user), name, body.Kind,
                context.Request.Headers["Idempotency-Key"].FirstOrDefault()).ConfigureAwait(false)));
        operate.MapPost("/runs/{id:long}/stop", async (long id, ClaimsPrincipal user, Fleet fleet) =>
            RunView.Of(await fleet.Stop(Access.Of(user), id).ConfigureAwait(false)));
        operate.MapGet("/audit", (Store store) => store.AuditLog(Most));
        operate.MapGet("/audit/check", (Store store) => store.CheckAudit());

        approve.MapPost("/runs/{id:long}/approve", async (long id, ApproveRequest body, ClaimsPrincipal user,
            Fleet fleet) => RunView.Of(await fleet.Approve(Access.Of(user), id, body.Agree ?? [])
                .ConfigureAwait(false)));
    }

    /// <summary>Has all evidence read, waits for it, and answers with the verdict.</summary>
    private static async Task<IResult> Verify(string name, ClaimsPrincipal user, Fleet fleet, Store store, Bell bell,
        HttpContext context)
    {
        var asked = TimeProvider.System.GetUtcNow();
        var before = await fleet.Look(Access.Of(user), name).ConfigureAwait(false);
        var end = TimeProvider.System.GetUtcNow() + LookLasts;
        while (TimeProvider.System.GetUtcNow() < end)
        {
            var next = bell.Next;
            // A look that had begun before it was asked for says nothing of what was changed in between. Two in vain
            // are
            // an answer too.
            if (fleet.Link(name) is var link && (link.Evidence >= asked || link.Looks > before + 1))
            {
                return Document(fleet, store, name, seen => seen.Verification);
            }
            await Bell.Wait(next, context.RequestAborted).ConfigureAwait(false);
        }
        throw new Refused(StatusCodes.Status504GatewayTimeout, "not all evidence could be read; the history says why");
    }

    private static JsonNode? AsJson(LinkRow link, Store store) => System.Text.Json.JsonSerializer.SerializeToNode(
        LinkView.Of(link, store), System.Text.Json.JsonSerializerOptions.Web);

    private static SeenRow Seen(Fleet fleet, Store store, string name) => store.Seen(fleet.Link(name).Name)
        ?? throw new Refused(StatusCodes.Status409Conflict, $"not all evidence of {name} was read yet");

    /// <summary>What the last look left behind, with the verdict as it is now: time and what was seen since may have
    /// taken it away.</summary>
    private static IResult Document(Fleet fleet, Store store, string name, Func<SeenRow, string> part) =>
        TypedResults.Text(new JsonObject
        {
            ["link"] = AsJson(fleet.Link(name), store),
            ["seen"] = JsonNode.Parse(part(Seen(fleet, store, name))),
        }.ToJsonString(Cli.Output.Json.Line), "application/json", Encoding.UTF8);
}

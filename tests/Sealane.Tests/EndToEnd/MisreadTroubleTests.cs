using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// The forms that <see cref="MisreadTests"/> cannot show by the text of an answer alone: statuses, headers, and what is
/// met only by a list that lags or a cloud that is asked too much. Each again in a life that fails without the
/// tolerance.
/// </summary>
public sealed class MisreadTroubleTests
{
    /// <param name="Read">Changes an answer into what a client reads of it that does not know the form; whether it
    /// did.</param>
    /// <param name="Known">What the client that knows it says of this life; empty where nothing fails.</param>
    internal sealed record Misreading(
        Func<string, HttpResponseMessage, string, bool> Read, Life.Fate? Fate = null, string Known = "");

    private const string NeverOrdered = "11111111-2222-4333-8444-555555555555";

    internal static Dictionary<string, Misreading> All { get; } = new(StringComparer.Ordinal)
    {
        // A refusal has its words in its message.
        [nameof(MegaportVariants.ErrorDataIsList)] = new(
            (_, answer, text) => answer.StatusCode == HttpStatusCode.BadRequest
                && JsonNode.Parse(text) is { } node && node["data"] is JsonArray
                && Says(answer, $$"""{"message":"{{node["message"]}}","data":null}"""),
            new() { Hand = world => world.Megaport.Variants.MissingMarkets.Add("Australia") },
            "Missing markets: Australia"),
        // A date is no number of seconds.
        [nameof(MegaportVariants.RetryAfterIsDate)] = new(
            (_, answer, _) => answer.StatusCode == HttpStatusCode.TooManyRequests
                && answer.Headers.RetryAfter?.Date is not null && answer.Headers.Remove("Retry-After"),
            new()
            {
                Faults = new()
                {
                    Throttled = 0.3,
                    // Reads of several parts may meet; an order is one part's own.
                    Only = request => request.Method != "GET"
                        && request.Path.StartsWith("/v", StringComparison.Ordinal),
                },
            }),
        // A service that is not there is a 400; a 404 is an address that is not there. The spec names such a service.
        [nameof(MegaportVariants.NotFoundIs404)] = new(
            (call, answer, _) => answer.StatusCode == HttpStatusCode.NotFound
                && call.StartsWith("GET /v2/product/", StringComparison.Ordinal) && Says(answer, "{}"),
            new()
            {
                Spec = link => link.Edit("  mcr:\n", $"  mcr:\n    uid: {NeverOrdered}\n"),
                Hand = world => world.Megaport.Mcrs.Clear(),
            },
            $"there is no MCR {NeverOrdered}"),
        // The ends of a VXC are a list. It has one end from its order until it is configured: a run that waits for it
        // asks again, but whoever stopped there wants it gone.
        [nameof(MegaportVariants.SingleElementsAreBare)] = new(
            (_, answer, text) => text.Contains("\"csp_connection\":{", StringComparison.Ordinal) && Says(answer, "{"),
            new() { StopsAtOrder = 3 }),
        // An accepted deletion has two headers: with the other one alone it is done when it is accepted. What it ends
        // in matters where it fails.
        ["LocationOnly.Deletion"] = new(
            (call, answer, _) => IsDeletion(call, answer) && answer.Headers.Remove("Location"),
            new() { Late = CannotBeDeleted }, Reason),
        ["OperationOnly.Deletion"] = new(
            (call, answer, _) => IsDeletion(call, answer) && answer.Headers.Remove("Azure-AsyncOperation"),
            new()
            {
                Hand = world => world.Azure.Variants.Deletion = DeletionHeaders.OperationOnly,
                Late = CannotBeDeleted,
            },
            Reason),
    };

    private const string Reason = "Deleting the connection failed at its gateway.";

    /// <summary>Every deletion of the ExpressRoute connection is accepted and fails.</summary>
    private static void CannotBeDeleted(SandboxWorld world)
    {
        var connection = world.Azure.Resources.Single(resource =>
            resource.Id.EndsWith("er-connection", StringComparison.OrdinalIgnoreCase));
        world.Azure.Mishaps.AddRange(Enumerable.Repeat(
            new Mishap(connection.Id, "Failed", "InternalServerError", Reason), 1000));
    }

    private static bool IsDeletion(string call, HttpResponseMessage answer) =>
        call.StartsWith("DELETE /subscriptions/", StringComparison.Ordinal)
        && answer.StatusCode == HttpStatusCode.Accepted;

    public static TheoryData<string> Forms => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_client_that_does_not_know_it_fails_and_one_that_does_lives(string form)
    {
        var (met, known) = (0, 0);
        var told = await Trouble(form, (call, answer, text) => false, () => known++);
        Assert.Contains(All[form].Known, told, StringComparison.Ordinal);
        Assert.True((All[form].Known.Length == 0) == (told.Length == 0), told);
        var trouble = await Trouble(form, All[form].Read, () => met++);
        Counts.Say($"{form}: met {met} times; {trouble}");
        Assert.Equal(0, known);
        Assert.True(met > 0, $"{form} was not met");
        Assert.NotEqual("", trouble);
        Assert.True(All[form].Known.Length == 0 || !trouble.Contains(All[form].Known, StringComparison.Ordinal));
    }

    private static async Task<string> Trouble(
        string form, Func<string, HttpResponseMessage, string, bool> read, Action met)
    {
        var hasty = new ConcurrentQueue<string>();
        var trouble = await Life.Trouble(MisreadTests.Ugly, (clouds, clock) => new Reader(
            clock is null ? clouds : new Patience(clouds, clock, hasty.Enqueue), read, met), All[form].Fate);
        return trouble.Length > 0 ? trouble
            : hasty.IsEmpty ? "" : $"asked again before the time, {hasty.Count} times: {hasty.First()}";
    }

    private static bool Says(HttpResponseMessage answer, string text)
    {
        answer.Content = new StringContent(text, System.Text.Encoding.UTF8, "application/json");
        return true;
    }

    private sealed class Reader(
        HttpMessageHandler inner, Func<string, HttpResponseMessage, string, bool> read, Action met)
        : DelegatingHandler(inner)
    {
        private readonly Lock _gate = new();

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (read($"{request.Method} {request.RequestUri!.PathAndQuery}", answer, text))
            {
                lock (_gate)
                {
                    met();
                }
            }
            return answer;
        }
    }

    /// <summary>Notes who asks the same again before the time that he was told.</summary>
    private sealed class Patience(HttpMessageHandler inner, TimeProvider clock, Action<string> hasty)
        : DelegatingHandler(inner)
    {
        private readonly ConcurrentDictionary<string, DateTimeOffset> _told = new(StringComparer.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            var call = $"{request.Method} {request.RequestUri} {body}";
            if (_told.TryRemove(call, out var from) && clock.GetUtcNow() < from)
            {
                hasty($"{request.Method} {request.RequestUri!.AbsolutePath}");
            }
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests && answer.Headers.RetryAfter?.Date is { } told)
            {
                _told[call] = told;
            }
            return answer;
        }
    }
}

using System.Text.Json;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

public enum RouteDirection
{
    Received,
    Advertised,
}

/// <summary>
/// The MCR's tables, as the portal's Looking Glass shows them (guide steps 8, 13 and 19). Each question is submitted
/// and
/// then asked for until the router has answered. Staging has no Looking Glass.
/// </summary>
/// <remarks>
/// GET /v2/product/mcr2/{uid}/diagnostics/routes/…; the older /lookingGlass/… addresses of published clients never
/// existed
/// (github.com/megaport/megaportgo, rewrite of the looking glass).
/// </remarks>
public sealed class LookingGlass
{
    /// <summary>The vendor's own client asks at once, then every 3 s, for 5 minutes.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly MegaportTransport _transport;

    internal LookingGlass(MegaportTransport transport)
    {
        _transport = transport;
    }

    /// <param name="within">Only this prefix; null for the whole table.</param>
    public Task<IReadOnlyList<McrIpRoute>> IpRoutes(string mcrUid, Prefix? within, CancellationToken ct) =>
        Ask<McrIpRoute>(mcrUid, "ip?async=true" + Within(within), "routes/ip", ct);

    public Task<IReadOnlyList<McrBgpRoute>> BgpRoutes(string mcrUid, Prefix? within, CancellationToken ct) =>
        Ask<McrBgpRoute>(mcrUid, "bgp?async=true" + Within(within), "routes/bgp", ct);

    /// <summary>An empty answer does not tell a session that is down from one without routes.</summary>
    public Task<IReadOnlyList<McrBgpRoute>> NeighbourRoutes(
        string mcrUid, Ipv4 peer, RouteDirection direction, CancellationToken ct)
    {
        var word = direction == RouteDirection.Received ? "RECEIVED" : "ADVERTISED";
        return Ask<McrBgpRoute>(
            mcrUid, $"bgp/neighbor?async=true&direction={word}&peer_ip_address={peer}", "routes/bgp/neighbor", ct);
    }

    private static string Within(Prefix? prefix) =>
        prefix is { } given ? $"&ip_address={Uri.EscapeDataString(given.ToString())}" : "";

    private async Task<IReadOnlyList<T>> Ask<T>(string mcrUid, string question, string name, CancellationToken ct)
    {
        var submitted = await _transport.Data<string>(
            MegaportCall.Get(
                $"v2/product/mcr2/{mcrUid}/diagnostics/routes/{question}", $"GET diagnostics/{name}", ReplyShape.Text),
            ct).ConfigureAwait(false);
        // What it has no shape for: an answer without rows is one that is not there yet.
        var poll = new MegaportCall(
            HttpMethod.Get,
            $"v2/product/mcr2/{mcrUid}/diagnostics/routes/operation?operationId={Uri.EscapeDataString(submitted!)}",
            "GET diagnostics/routes/operation", Writes: false);
        var deadline = _transport.Clock.GetUtcNow() + Patience;
        while (true)
        {
            var reply = await _transport.Send<JsonElement?>(poll, ct).ConfigureAwait(false);
            // An empty list is a final answer. No list at all is none, whatever the status: there is no saying that the
            // router has no routes.
            if (reply.Envelope.Data is { ValueKind: JsonValueKind.Array or JsonValueKind.Object } rows)
            {
                return rows.Deserialize(MegaportJson.Of<IReadOnlyList<T>>())!;
            }
            if (_transport.Clock.GetUtcNow() >= deadline)
            {
                throw Silent(name, "the router did not answer within five minutes");
            }
            await Task.Delay(PollInterval, _transport.Clock, ct).ConfigureAwait(false);
        }
    }

    private static CloudError Silent(string name, string message) => new(
        Cloud.Megaport, $"GET diagnostics/{name}", CloudErrorKind.Unavailable, null, null, message,
        advice: "the MCR must be LIVE; Megaport's staging environment has no Looking Glass");
}

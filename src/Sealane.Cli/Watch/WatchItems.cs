using System.Globalization;
using System.Text.Json.Serialization;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Cli.Watch;

/// <summary>One thing that is watched. A change of <paramref name="Value"/> is worth a line.</summary>
/// <param name="Id">Stable: <c>verdict</c>, <c>locks AWS → Azure</c>, <c>drift aws/transit-gateway</c>.</param>
/// <param name="Detail">Why, or what follows; told with the value and not compared.</param>
[method: JsonConstructor]
internal sealed record WatchItem(string Id, string Value, IReadOnlyList<string> Detail)
{
    public WatchItem(string id, string value, string detail = "")
        : this(id, value, detail.Length > 0 ? (string[])[detail] : [])
    {
    }
}

/// <summary>What a look shows, as things that can be compared with the look before. What is as it should be and is not
/// counted anywhere is no item, so that a long watch remembers little.</summary>
internal static class WatchItems
{
    public const string Verdict = "verdict";

    /// <summary>Days before the end of a term at which it is told; a month's notice is what most people need.</summary>
    private static readonly int[] TermDays = [1, 7, 30];

    /// <summary>Everything that only all evidence can tell.</summary>
    public static IEnumerable<WatchItem> Of(Verified verified)
    {
        var (seen, proof, judgement) = (verified.Verification.Seen, verified.Verification.Proof,
            verified.Verification.Judgement);
        yield return new(Verdict, Word(judgement), judgement.Reasons);
        yield return Locks("AWS → Azure", proof.AwsToAzure);
        yield return Locks("Azure → AWS", proof.AzureToAws);
        yield return new("redundancy", judgement.Redundancy.ToString());
        foreach (var hole in judgement.Holes.DistinctBy(hole => hole.Fingerprint))
        {
            yield return new($"hole {hole.Fingerprint}", hole.Kind.ToString().ToLowerInvariant(),
                $"{hole}; {hole.Fix}");
        }
        foreach (var ended in judgement.Void)
        {
            yield return new($"acceptance {ended.Split(':')[0]}", "has no effect", ended);
        }
        foreach (var result in verified.Verification.Checks.Where(result => result.Status != CheckStatus.Pass))
        {
            yield return new($"check {result.Check.Id}", result.Status.ToString().ToLowerInvariant(),
                [$"{result.Check.Title}: {result.Evidence}", result.Check.Fix]);
        }
        foreach (var item in Health(seen))
        {
            yield return item;
        }
    }

    /// <summary>What a bulk look is enough for.</summary>
    public static IEnumerable<WatchItem> Of(BulkLook bulk, DateTimeOffset now)
    {
        foreach (var (id, look) in bulk.Objects)
        {
            if (look.Differences.Count > 0)
            {
                yield return new($"drift {id}", string.Join("; ", look.Differences), look.Means);
            }
            if (!look.IsReady)
            {
                yield return new($"object {id}", look.State ?? "absent", look.Differences.Count > 0 ? "" : look.Means);
            }
            if (look.BoundUntil is { } end && end > now && TermDays.Any(days => end - now <= TimeSpan.FromDays(days)))
            {
                var days = TermDays.First(days => end - now <= TimeSpan.FromDays(days));
                yield return new($"term {id}", string.Create(CultureInfo.InvariantCulture,
                    $"ends on {end:yyyy-MM-dd}, within {days} {(days == 1 ? "day" : "days")}"),
                    "it goes on by the month or for another term as the order says: look at the vendor's portal");
            }
        }
    }

    /// <summary>The word of verify without what changes by itself, such as minutes that are left.</summary>
    public static string Word(Judgement judgement) => Words.Of(judgement.Word)
        + (judgement.Accepted.Count > 0 ? " (accepted)" : "")
        + (judgement.Degraded && judgement.Word == LinkWord.Encrypted ? ", degraded" : "");

    private static WatchItem Locks(string direction, DirectionLocks locks) => new($"locks {direction}",
        $"{locks.Delivery}", [.. locks.Delivery.Changes.Select(change => $"it would take: {change}")]);

    /// <summary>Sessions, tunnels, circuits and peers in the vendors' own words.</summary>
    private static IEnumerable<WatchItem> Health(LinkObservation seen)
    {
        foreach (var (name, state, bgp) in seen.TransitVifs)
        {
            yield return new($"VIF {name}", $"{state}, BGP {bgp}");
        }
        foreach (var tunnel in seen.Tunnels)
        {
            yield return new($"tunnel {tunnel.Number}",
                $"AWS {tunnel.AwsStatus ?? "unknown"}, Azure {tunnel.AzureStatus ?? "unknown"}",
                tunnel.AwsMessage ?? "");
        }
        foreach (var circuit in seen.Circuits)
        {
            yield return new($"circuit {circuit.Name}", $"provider {circuit.Provider ?? "absent"}, peering "
                + $"{circuit.Peering ?? "absent"}, connection {circuit.Connection ?? "absent"}");
        }
        // An active-active gateway tells each neighbour once an instance; one session is what there should be.
        foreach (var peer in (seen.VpnGatewayPeers ?? []).Where(peer => peer.Neighbor.Length > 0)
            .GroupBy(peer => peer.Neighbor))
        {
            yield return new($"VPN gateway peer {peer.Key}", peer.Any(row => row.State == "Connected") ? "Connected"
                : string.Join(", ", peer.Select(row => row.State).Distinct().Order(StringComparer.Ordinal)));
        }
    }
}

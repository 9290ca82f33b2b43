using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>Why nobody here could look.</summary>
[JsonConverter(typeof(CamelText<HoleKind>))]
public enum HoleKind
{
    /// <summary>The credentials may not read it.</summary>
    Refused,

    /// <summary>The environment does not offer the question, as a staging system without looking glass.</summary>
    NotOffered,

    /// <summary>The cloud shows it later: <see cref="Hole.ReadableFrom"/>.</summary>
    Lagging,

    /// <summary>It leads to another account, an appliance, an interface, a route server.</summary>
    LeadsOut,

    /// <summary>It carries IPv6, which this model does not follow.</summary>
    Ipv6,
}

/// <summary>
/// Something that could carry or hide a packet and that nobody here can look into. It counts where a protected flow,
/// now or in a failure, can be forwarded into it, or where it hides the tables that would tell: docs/proof.md.
/// </summary>
public sealed record Hole
{
    /// <summary>Stable between two readings of the same world, so that it can be accepted by name.</summary>
    public required string Id { get; init; }
    public required HoleKind Kind { get; init; }

    /// <summary>
    /// Where packets enter it: the id of a box of the network, of one of its tables, attachments, connections, VXCs or
    /// sessions. An id that the network does not have is never entered.
    /// </summary>
    public required string At { get; init; }

    /// <summary>Destinations that may be forwarded into it; empty: all.</summary>
    public ImmutableArray<Prefix> Prefixes { get; init; } = [];

    /// <summary>
    /// What is unread are settings or tables of <see cref="At"/> that decide or show where packets go. Such a hole
    /// counts whether or not a flow is known to pass: the unread part is what would tell.
    /// </summary>
    public bool HidesTables { get; init; }

    /// <summary>What it could hide, in words.</summary>
    public required string Hides { get; init; }

    /// <summary>What to grant or to do.</summary>
    public required string Fix { get; init; }

    /// <summary>When it is worth asking again; null unless it is lagging.</summary>
    public DateTimeOffset? ReadableFrom { get; init; }

    /// <summary>What stands behind it, as far as it is known: an acceptance is void when this changes. Nothing that
    /// differs between two readings of the same world, such as a vendor's message with a request id.</summary>
    public string LeadsTo { get; init; } = "";

    /// <summary>By which it is accepted: another one as soon as the hole, its kind or what it leads to is
    /// another.</summary>
    public string Fingerprint => "hole-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [Kind.ToString(), Id, LeadsTo,
            .. Prefixes.IsDefault ? [] : Prefixes.Order().Select(prefix => prefix.ToString())]))))[..10];

    /// <summary>Whether packets for this address may enter it.</summary>
    public bool Takes(Ipv4 destination)
    {
        foreach (var prefix in Prefixes)
        {
            if (prefix.Contains(destination))
            {
                return true;
            }
        }
        return Prefixes.IsDefaultOrEmpty;
    }

    public override string ToString() => $"{Id}: {Hides}";
}

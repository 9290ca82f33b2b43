using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>What becomes of a packet between the clouds. Later values are worse.</summary>
[JsonConverter(typeof(CamelText<Verdict>))]
public enum Verdict
{
    /// <summary>It never leaves its own VPC or VNet side, nor needs to.</summary>
    Local,

    /// <summary>It arrives, and crossed the transport inside ESP only.</summary>
    Encrypted,

    /// <summary>It does not arrive.</summary>
    Down,

    /// <summary>It goes to where nobody here can look: see <see cref="Hole"/>.</summary>
    Unknown,

    /// <summary>It arrives, and crossed the transport as it is.</summary>
    Clear,
}

/// <summary>The way of one packet as a tree: it branches where equal routes share the traffic.</summary>
/// <param name="Exposed">
/// A packet entered the MCR outside ESP, whether or not it arrived. Stricter than <see cref="Verdict.Clear"/>: lock d
/// drops what comes from Azure only at the transit gateway, after it has crossed.
/// </param>
public sealed record Trace(Ipv4 Source, Ipv4 Destination, Verdict Verdict, string Reason, bool Exposed, TraceHop? Start)
{
    /// <summary>Box ids along the first branch, tunnels included.</summary>
    public IReadOnlyList<string> Path
    {
        get
        {
            var path = new List<string>();
            for (var hop = Start; hop is not null; hop = hop.Next.Count > 0 ? hop.Next[0] : null)
            {
                path.Add(hop.BoxId);
            }
            return path;
        }
    }
}

/// <summary>One box on the way of a packet, and why it sent the packet where it did.</summary>
/// <param name="Kind">The vendor's noun: <c>VPC</c>, <c>transit gateway</c>, <c>tunnel</c>…</param>
/// <param name="Table">The table that was asked; empty where there is none.</param>
/// <param name="Candidates">Every route of the table that matches, the winner first.</param>
/// <param name="Action">What the box did, in words.</param>
public sealed record TraceHop(
    string BoxId, string Kind, string Table, IReadOnlyList<RouteCandidate> Candidates, RouteRule? Rule, string Action)
{
    public RouteCandidate? Winner => Candidates.Count > 0 && Candidates[0].Won ? Candidates[0] : null;

    /// <summary>Headers on a tunnel; null elsewhere.</summary>
    public Encapsulation? Encapsulation { get; init; }

    /// <summary>The outer packet's own way over the transport; null except on a tunnel.</summary>
    public TraceHop? Outer { get; init; }
    public IReadOnlyList<TraceHop> Next { get; init; } = [];

    /// <summary>Set on the last hop of a branch.</summary>
    public Verdict? End { get; init; }
}

public sealed record RouteCandidate(Prefix Prefix, string Via, bool Won);

/// <summary>ESP in tunnel mode: the packet inside, the endpoints outside.</summary>
public sealed record Encapsulation(Ipv4 InnerSource, Ipv4 InnerDestination, Ipv4 OuterSource, Ipv4 OuterDestination);

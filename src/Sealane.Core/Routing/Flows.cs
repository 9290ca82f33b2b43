using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

[JsonConverter(typeof(CamelText<FlowDirection>))]
public enum FlowDirection
{
    AwsToAzure,
    AzureToAws,
}

/// <summary>Every flow between two parts of protected prefixes that the tables treat alike.</summary>
/// <param name="From">The part that sends; <paramref name="Source"/> is one address of it.</param>
/// <param name="Exposed">A packet enters the MCR outside ESP, delivered or not.</param>
public sealed record Flow(
    FlowDirection Direction, Prefix From, Prefix To, Ipv4 Source, Ipv4 Destination, Verdict Verdict, string Reason,
    bool Exposed);

/// <summary>The prefixes between which nothing may travel outside ESP.</summary>
public sealed record Protected(IReadOnlyList<Prefix> Aws, IReadOnlyList<Prefix> Azure);

/// <summary>The flows of a network. Tunnel outside addresses are left out: the transport is there to carry
/// them.</summary>
internal sealed class Flows
{
    private static readonly FlowDirection[] s_directions = [FlowDirection.AwsToAzure, FlowDirection.AzureToAws];
    private readonly Protected _prefixes;
    private readonly HashSet<Ipv4> _endpoints;
    private readonly List<Atom> _fromAws;
    private readonly List<Atom> _fromAzure;

    /// <summary>Senders are told apart once: a failure or a change elsewhere does not add route tables.</summary>
    public Flows(Network network, Protected prefixes)
    {
        _prefixes = prefixes;
        _endpoints = Endpoints(network);
        var cuts = Atoms.OfSources(network, prefixes);
        _fromAws = Split(prefixes.Aws, cuts);
        _fromAzure = Split(prefixes.Azure, cuts);
    }

    public List<Flow> Of(RoutingTables tables, Dictionary<string, Hole> holes)
    {
        var flows = new List<Flow>();
        var walker = new Walker(tables, record: false);
        var cuts = Atoms.OfTables(tables, _prefixes);
        foreach (var direction in s_directions)
        {
            Walk(walker, direction, cuts, (from, to, outcome) => flows.Add(new(direction, from.Prefix, to.Prefix,
                from.Sample, to.Sample, outcome.Verdict, outcome.Reason, outcome.Exposed)));
        }
        foreach (var (id, hole) in walker.Entered)
        {
            holes.TryAdd(id, hole);
        }
        return flows;
    }

    /// <summary>Verdicts of one direction, without reasons.</summary>
    /// <param name="asked">Takes up what decided about some flow.</param>
    public void Visit(RoutingTables tables, FlowDirection direction, Asked asked, Action<Outcome> visit) =>
        Walk(new(tables, record: false) { Asked = asked, Explains = false }, direction,
            Atoms.OfTables(tables, _prefixes), (_, _, outcome) => visit(outcome));

    private void Walk(Walker walker, FlowDirection direction, List<Prefix> cuts, Action<Atom, Atom, Outcome> visit)
    {
        var (from, to) = direction == FlowDirection.AwsToAzure ? (_fromAws, Split(_prefixes.Azure, cuts))
            : (_fromAzure, Split(_prefixes.Aws, cuts));
        foreach (var source in from)
        {
            foreach (var destination in to)
            {
                visit(source, destination, Across(walker.From(source.Sample, destination.Sample)));
            }
        }
    }

    // What is delivered on its own side did not arrive at the other.
    private static Outcome Across(Outcome outcome) => outcome.Verdict == Verdict.Local
        ? outcome with
        {
            Verdict = Verdict.Down,
            Reason = outcome.Reason.Length > 0 ? $"never crosses: it {outcome.Reason}" : "",
        } : outcome;

    /// <summary>Both ends of every tunnel.</summary>
    public static HashSet<Ipv4> Endpoints(Network network) =>
    [
        .. network.Tunnels.Select(tunnel => tunnel.AwsOutside),
        .. network.Tunnels.Select(tunnel => tunnel.AzureOutside),
        .. network.VpnGateways.SelectMany(gateway => gateway.Instances).Select(instance => instance.PrivateAddress),
    ];

    private List<Atom> Split(IReadOnlyList<Prefix> prefixes, List<Prefix> cuts)
    {
        var atoms = new List<Atom>();
        foreach (var prefix in prefixes)
        {
            Atoms.Split(prefix, cuts, atoms);
        }
        atoms.RemoveAll(atom => atom.Prefix.Length == 32 && _endpoints.Contains(atom.Prefix.Network));
        return atoms;
    }
}

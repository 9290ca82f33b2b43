namespace Sealane.Core.Routing;

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
        Visit(tables, (direction, from, to, outcome) => flows.Add(
            new(direction, from.Prefix, to.Prefix, from.Sample, to.Sample,
                outcome.Verdict, outcome.Reason, outcome.Exposed)), holes);
        return flows;
    }

    /// <param name="holes">Takes up those that some flow may enter.</param>
    /// <param name="asked">Takes up the tables and attachments of transit gateways that some flow asked; such a
    /// visit wants verdicts and no reasons.</param>
    public void Visit(
        RoutingTables tables, Action<FlowDirection, Atom, Atom, Outcome> visit, Dictionary<string, Hole>? holes = null,
        HashSet<string>? asked = null)
    {
        var walker = new Walker(tables, record: false) { Asked = asked, Explains = asked is null };
        var cuts = Atoms.OfTables(tables, _prefixes);
        Pair(FlowDirection.AwsToAzure, _fromAws, Split(_prefixes.Azure, cuts));
        Pair(FlowDirection.AzureToAws, _fromAzure, Split(_prefixes.Aws, cuts));
        foreach (var (id, hole) in walker.Entered)
        {
            holes?.TryAdd(id, hole);
        }

        void Pair(FlowDirection direction, List<Atom> from, List<Atom> to)
        {
            foreach (var source in from)
            {
                foreach (var destination in to)
                {
                    visit(direction, source, destination, Across(walker.From(source.Sample, destination.Sample)));
                }
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

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
    FlowDirection Direction, Prefix From, Prefix To, Ipv4 Source, Ipv4 Destination, Verdict Verdict, string Reason, bool Exposed);

internal static class Flows
{
    /// <summary>Judges every pair of parts. Tunnel outside addresses are left out: the transport is there to carry them.</summary>
    public static List<Flow> Of(RoutingTables tables, Protected prefixes)
    {
        var flows = new List<Flow>();
        Visit(tables, prefixes, (direction, from, to, outcome) =>
        {
            flows.Add(new(direction, from.Prefix, to.Prefix, from.Sample, to.Sample, outcome.Verdict, outcome.Reason, outcome.Exposed));
            return true;
        });
        return flows;
    }

    public static void Visit(RoutingTables tables, Protected prefixes, Func<FlowDirection, Atom, Atom, Outcome, bool> visit)
    {
        var walker = new Walker(tables, record: false);
        var cuts = Atoms.OfTables(tables);
        var sources = Atoms.OfSources(tables.Network);
        var endpoints = Endpoints(tables.Network);
        var (awsFrom, azureFrom) = (Split(prefixes.Aws, sources, endpoints), Split(prefixes.Azure, sources, endpoints));
        var (awsTo, azureTo) = (Split(prefixes.Aws, cuts, endpoints), Split(prefixes.Azure, cuts, endpoints));
        Pair(FlowDirection.AwsToAzure, awsFrom, azureTo);
        Pair(FlowDirection.AzureToAws, azureFrom, awsTo);

        void Pair(FlowDirection direction, List<Atom> from, List<Atom> to)
        {
            foreach (var source in from)
            {
                foreach (var destination in to)
                {
                    if (!visit(direction, source, destination, walker.From(source.Sample, destination.Sample)))
                    {
                        return;
                    }
                }
            }
        }
    }

    /// <summary>Both ends of every tunnel.</summary>
    public static HashSet<Ipv4> Endpoints(Network network) =>
    [
        .. network.Tunnels.Select(tunnel => tunnel.AwsOutside),
        .. network.Tunnels.Select(tunnel => tunnel.AzureOutside),
        .. network.VpnGateways.SelectMany(gateway => gateway.Instances).Select(instance => instance.PrivateAddress),
    ];

    private static List<Atom> Split(IReadOnlyList<Prefix> prefixes, HashSet<Prefix> cuts, HashSet<Ipv4> endpoints)
    {
        var atoms = new List<Atom>();
        foreach (var prefix in prefixes)
        {
            foreach (var atom in Atoms.Split(prefix, cuts))
            {
                if (atom.Prefix.Length < 32 || !endpoints.Contains(atom.Prefix.Network))
                {
                    atoms.Add(atom);
                }
            }
        }
        return atoms;
    }
}

/// <summary>The prefixes between which nothing may travel outside ESP.</summary>
public sealed record Protected(IReadOnlyList<Prefix> Aws, IReadOnlyList<Prefix> Azure);

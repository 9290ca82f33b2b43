namespace Sealane.Core.Routing;

/// <summary>
/// The transport under a set of changes, solved when somebody asks, with the transit gateways as they are or changed as
/// well.
/// </summary>
/// <param name="like">The same without changes, once that is solved.</param>
internal sealed class TransportOfSet(Func<Network> network, TransportOfSet? like, TableNumbers numbers)
{
    private readonly Dictionary<string, RoutingTables> _tables = [];
    private readonly Dictionary<TransportTable, int> _numbers = [];
    private (NetworkIndex Index, Transport Transport)? _solved;

    private (NetworkIndex Index, Transport Transport) Solved => _solved ??= Solve();

    /// <summary>Whether each of the tables has the contents with this number. Asks nothing where there is
    /// none.</summary>
    public bool Holds(List<TransportTable> tables, int[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            if (Number(tables[i]) != expected[i])
            {
                return false;
            }
        }
        return true;
    }

    public int[] Numbers(List<TransportTable> tables) => [.. tables.Select(Number)];

    /// <summary>All tables, with changes of what is no part of the transport.</summary>
    /// <param name="set">Names the changes.</param>
    public RoutingTables Under(string set, Func<Network, Network> change)
    {
        if (!_tables.TryGetValue(set, out var tables))
        {
            var (index, transport) = Solved;
            var changed = change(index.Network);
            if (!ReferenceEquals(changed, index.Network))
            {
                transport = RoutingTables.SameTransport(index.Network, changed) ? transport : null;
                index = new(changed, index);
            }
            _tables[set] = tables = OverlaySolver.Solve(
                index, transport ?? TransportSolver.Solve(index), like?._tables.GetValueOrDefault(set));
        }
        return tables;
    }

    private int Number(TransportTable table)
    {
        if (!_numbers.TryGetValue(table, out var number))
        {
            var (index, transport) = Solved;
            _numbers[table] = number = numbers.Of(index, transport, table);
        }
        return number;
    }

    private (NetworkIndex Index, Transport Transport) Solve()
    {
        var index = new NetworkIndex(network(), like?._solved?.Index);
        return (index, TransportSolver.Solve(index));
    }
}

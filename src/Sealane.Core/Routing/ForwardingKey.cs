namespace Sealane.Core.Routing;

/// <summary>
/// What of a solved transport decides where packets go, as a row of numbers: two solutions of one network under changed
/// filters and static routes of its MCRs that have the same key forward every packet alike.
/// </summary>
internal sealed class ForwardingKey
{
    private const long End = -1;
    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private readonly List<long> _key = [];

    public static IEqualityComparer<long[]> Same { get; } = new Comparer();

    /// <summary>Tables of the transport. Boxes themselves are taken to be the same.</summary>
    public long[] Of(Transport transport)
    {
        _key.Clear();
        foreach (var mcr in transport.Mcrs.Values)
        {
            foreach (var row in mcr.Ip)
            {
                Add(row.Prefix);
                Add(row.Protocol);
                Add(row.VxcId);
                _key.Add(row.NextHop?.Value ?? End);
            }
            _key.Add(End);
        }
        foreach (var rows in transport.DxGateways.Values)
        {
            foreach (var row in rows)
            {
                Add(row.Prefix);
                _key.Add(row.AsPath.Length);
                for (var i = 0; i < row.McrIds.Length; i++)
                {
                    Add(row.VirtualInterfaceIds[i]);
                    Add(row.McrIds[i]);
                }
                _key.Add(End);
            }
            _key.Add(End);
        }
        foreach (var rows in transport.Paths.Values)
        {
            foreach (var row in rows)
            {
                Add(row.Prefix);
                Add(row.FromGatewayId);
                Add(row.McrId);
                _key.Add((row.Best ? 1 : 0) | (row.Foreign ? 2 : 0));
            }
            _key.Add(End);
        }
        foreach (var rows in transport.ErLearned.Values)
        {
            foreach (var row in rows)
            {
                Add(row.Prefix);
                Add(row.Via);
                _key.Add(row.Weight);
                _key.Add(row.AsPath.Length);
            }
            _key.Add(End);
        }
        return [.. _key];
    }

    private void Add(Prefix prefix) => _key.Add(((long)prefix.Network.Value << 6) | (uint)prefix.Length);

    private void Add(string? name)
    {
        if (!_names.TryGetValue(name ?? "", out var number))
        {
            _names[name ?? ""] = number = _names.Count;
        }
        _key.Add(number);
    }

    private sealed class Comparer : IEqualityComparer<long[]>
    {
        public bool Equals(long[]? x, long[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(long[] key)
        {
            var hash = new HashCode();
            hash.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(key.AsSpan()));
            return hash.ToHashCode();
        }
    }
}

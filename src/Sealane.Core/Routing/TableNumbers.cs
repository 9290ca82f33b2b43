namespace Sealane.Core.Routing;

/// <summary>
/// A number for the contents of a table, as far as they decide where packets go: tables of one box have the same number
/// where they forward every packet alike.
/// </summary>
internal sealed class TableNumbers
{
    private const long End = -1;
    private readonly Dictionary<string, long> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<long[], int> _contents = new(new Comparer());
    private readonly List<long> _row = [];

    public int Of(NetworkIndex index, Transport transport, TransportTable table)
    {
        _row.Clear();
        switch (table.Box)
        {
            case TransportBox.Mcr:
                transport.Mcrs.GetValueOrDefault(table.Id)?.Ip.ForEach(Add);
                break;
            case TransportBox.DxGateway:
                transport.DxGateways.GetValueOrDefault(table.Id)?.ForEach(Add);
                Add(index.DxGateways.GetValueOrDefault(table.Id));
                break;
            case TransportBox.Edge:
                transport.Paths.GetValueOrDefault(table.Id)?.ForEach(Add);
                break;
            default:
                transport.ErLearned.GetValueOrDefault(table.Id)?.ForEach(Add);
                break;
        }
        var contents = _row.ToArray();
        if (!_contents.TryGetValue(contents, out var number))
        {
            _contents[contents] = number = _contents.Count;
        }
        return number;
    }

    private void Add(McrIpRoute row)
    {
        Add(row.Prefix);
        Add(row.Protocol);
        Add(row.VxcId);
        _row.Add(row.NextHop?.Value ?? End);
    }

    private void Add(DxGatewayRoute row)
    {
        Add(row.Prefix);
        _row.Add(row.AsPath.Length);
        for (var i = 0; i < row.McrIds.Length; i++)
        {
            Add(row.VirtualInterfaceIds[i]);
            Add(row.McrIds[i]);
        }
        _row.Add(End);
    }

    private void Add(DxGateway? dx)
    {
        foreach (var association in dx?.Associations ?? [])
        {
            Add(association.GatewayId);
            _row.Add(association.Up ? 1 : 0);
            foreach (var prefix in association.AllowedPrefixes)
            {
                Add(prefix);
            }
            _row.Add(End);
        }
    }

    private void Add(MseeRoute row)
    {
        if (row.Best)
        {
            Add(row.Prefix);
            Add(row.FromGatewayId);
            Add(row.McrId);
            _row.Add((row.Foreign ? 1 : 0) | (row.Joined ? 2 : 0));
        }
    }

    private void Add(GatewayRoute row)
    {
        Add(row.Prefix);
        Add(row.Via);
        _row.Add(row.Weight);
        _row.Add(row.AsPath.Length);
    }

    private void Add(Prefix prefix) => _row.Add(((long)prefix.Network.Value << 6) | (uint)prefix.Length);

    private void Add(string? name)
    {
        if (!_names.TryGetValue(name ?? "", out var number))
        {
            _names[name ?? ""] = number = _names.Count;
        }
        _row.Add(number);
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

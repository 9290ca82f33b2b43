using System.Collections;

namespace Sealane.Clouds.Azure;

/// <summary>A table that Azure shows, with what of it could not be read: such a row is not known, not absent.</summary>
/// <param name="unread">Networks as they were written.</param>
/// <param name="hasIpv6">IPv6 rows stand in it, which are not among the rows here.</param>
public sealed class AzureTable<T>(IReadOnlyList<T> rows, IReadOnlyList<string> unread, bool hasIpv6) : IReadOnlyList<T>
{
    public IReadOnlyList<string> Unread => unread;
    public bool HasIpv6 => hasIpv6;
    public int Count => rows.Count;

    public T this[int index] => rows[index];

    public IEnumerator<T> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>An effective route of a network interface.</summary>
/// <param name="State"><c>Active</c>, or <c>Invalid</c> where another one won.</param>
public sealed record EffectiveRouteRow(
    Core.Prefix Network, string? Source, string? State, string? NextHopType, IReadOnlyList<string> NextHops);

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sealane.Service.Accounts;

/// <summary>
/// What a listing says of whatever bears a mark (an id, a name, a tag), as a digest: equal while nothing changes there.
/// The texts themselves, keys among them, are not kept, and digests are made with a secret of the reader, so that
/// nothing can be guessed from them.
/// </summary>
internal sealed class ListingIndex(byte[] secret)
{
    /// <summary>What changes while nobody changes anything.</summary>
    private static readonly HashSet<string> s_restless = new(StringComparer.Ordinal)
    {
        "availableIpAddressCount", "lastStatusChange", "acceptedRouteCount", "statusMessage",
    };

    private readonly Dictionary<ulong, ulong> _digests = [];

    /// <summary>Operations whose objects are in it.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    public ulong Of(string mark) => _digests.GetValueOrDefault(Hash(mark.ToLowerInvariant()));

    public void Add(JsonNode entry) => Add(leaves => Digest("", entry, leaves));

    public void Add(XElement entry) => Add(leaves => Digest(entry, leaves));

    private void Add(Func<HashSet<ulong>, ulong> read)
    {
        var leaves = new HashSet<ulong>();
        var digest = read(leaves);
        foreach (var leaf in leaves)
        {
            // In whatever order entries come.
            _digests[leaf] = unchecked(_digests.GetValueOrDefault(leaf) + digest);
        }
    }

    private ulong Digest(string name, JsonNode? node, HashSet<ulong> leaves) => node switch
    {
        _ when s_restless.Contains(name) => 0,
        JsonObject some => Sum(name, some.Select(member => Digest(member.Key, member.Value, leaves))),
        JsonArray items => Sum(name, items.Select(item => Digest("", item, leaves))),
        _ => Leaf(name, node?.ToString() ?? "", leaves),
    };

    private ulong Digest(XElement element, HashSet<ulong> leaves) => element.Name.LocalName switch
    {
        var name when s_restless.Contains(name) => 0,
        var name when element.HasElements => Sum(name, element.Elements().Select(child => Digest(child, leaves))),
        var name => Leaf(name, element.Value, leaves),
    };

    private ulong Sum(string name, IEnumerable<ulong> parts) =>
        Hash($"{name}\n{parts.Aggregate(0UL, (sum, part) => unchecked(sum + part))}");

    private ulong Leaf(string name, string value, HashSet<ulong> leaves)
    {
        leaves.Add(Hash(value.ToLowerInvariant()));
        return Hash($"{name}\t{value}");
    }

    private ulong Hash(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}

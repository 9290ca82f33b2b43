using System.Globalization;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// Ways in which the tables of Azure's edge routers and gateways were seen to be written, by router and by year. All
/// off: the plainest form.
/// </summary>
/// <remarks>
/// github.com/erjosito/net-lab-builder, github.com/kaysalawu/azure-network-terraform: outputs of labs.
/// </remarks>
public sealed class AzureVariants
{
    /// <summary>A network that has the length of its class is written without it: <c>172.16.0.0</c>.</summary>
    public bool NetworksAreClassful { get; set; }

    /// <summary>Only the best of several rows for a network carries the star.</summary>
    public bool LoneRowsAreUnmarked { get; set; }

    /// <summary>Paths end in a newline and blanks.</summary>
    public bool PathsArePadded { get; set; }

    /// <summary>The letter after a path: <c>I</c>, <c>?</c>, or none.</summary>
    public string PathOrigin { get; set; } = "I";

    /// <summary>No <c>locPrf</c>.</summary>
    public bool NoLocalPreference { get; set; }

    /// <summary>What has no value is left out instead of written as null or zero.</summary>
    public bool EmptyMembersAreAbsent { get; set; }

    /// <summary>
    /// An ExpressRoute gateway has no <c>bgpSettings</c>: so in the labs, and not so in the vendor's examples.
    /// </summary>
    public bool NoBgpSettings { get; set; }

    /// <summary>An ExpressRoute connection has no <c>connectionStatus</c>, as in the labs.</summary>
    public bool NoConnectionStatus { get; set; }

    /// <summary>The GatewaySubnet also lists the interfaces of the gateway's machines, which are in a group that no
    /// customer sees.</summary>
    public bool HiddenInterfacesAreListed { get; set; }

    /// <summary>Ids that lead to another resource carry group and name in upper case; in lists, every id its
    /// group.</summary>
    public bool NamesAreInUpperCase { get; set; }

    /// <summary>Which headers of an accepted DELETE say where to ask: vendors' examples show either alone.</summary>
    public DeletionHeaders Deletion { get; set; }

    /// <summary>As a text chooses.</summary>
    internal static AzureVariants By(Func<string, int, int> choose) => new()
    {
        NoBgpSettings = choose("bgp-settings", 2) == 1,
        NoConnectionStatus = choose("connection-status", 2) == 1,
        HiddenInterfacesAreListed = choose("hidden", 2) == 1,
        NamesAreInUpperCase = choose("case", 2) == 1,
        Deletion = (DeletionHeaders)choose("deletion", 3),
        NetworksAreClassful = choose("classful", 2) == 1,
        LoneRowsAreUnmarked = choose("unmarked", 2) == 1,
        PathsArePadded = choose("padded", 2) == 1,
        PathOrigin = new[] { "I", "?", "" }[choose("origin", 3)],
        NoLocalPreference = choose("preference", 2) == 1,
        EmptyMembersAreAbsent = choose("absent", 2) == 1,
    };

    internal string Network(Prefix prefix) => NetworksAreClassful && prefix.Length == ClassOf(prefix.Network)
        ? prefix.Network.ToString() : prefix.ToString();

    internal string Path(IEnumerable<long> path)
    {
        var words = path.Select(asn => asn.ToString(CultureInfo.InvariantCulture));
        return string.Join(' ', PathOrigin.Length > 0 ? words.Append(PathOrigin) : words)
            + (PathsArePadded ? "\n" + new string(' ', 20) : "");
    }

    internal string NextHop(MseeRouteRow row, IReadOnlyList<MseeRouteRow> all) =>
        row.Best && (!LoneRowsAreUnmarked || all.Count(each => each.Network == row.Network) > 1)
            ? $"{row.NextHop}*" : row.NextHop.ToString();

    private static int ClassOf(Ipv4 address) => (int)(address.Value >> 24) switch
    {
        < 128 => 8,
        < 192 => 16,
        _ => 24,
    };
}

/// <summary>The headers by which a client follows a deletion.</summary>
public enum DeletionHeaders
{
    Both,
    LocationOnly,
    OperationOnly,
}

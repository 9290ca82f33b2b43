using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sealane.Core;

namespace Sealane.Clouds.Http;

/// <summary>
/// Prefixes of tables and lists. A row whose prefix cannot be read is a route that nobody would see: the answer is then
/// unreadable, and is never the answer without that row.
/// </summary>
internal static class PrefixText
{
    /// <param name="member">Where it stands, in the vendor's words.</param>
    /// <exception cref="UnreadableReply">It is no prefix of IPv4.</exception>
    public static Prefix Read(string? text, string member) => Prefix.TryParse(text, out var prefix) ? prefix
        : throw new UnreadableReply($"its {member} is '{text}', which is no prefix");

    /// <summary>As it is written, where IPv6 may stand too; that half is told by other members.</summary>
    public static string Known(string text, string member) =>
        IsIpv6(text) ? text : Read(text, member).ToString();

    /// <summary>An address or prefix of IPv6, and not merely text with a colon in it.</summary>
    public static bool IsIpv6(string? text)
    {
        var parts = (text ?? "").Split('/');
        return parts.Length <= 2
            && IPAddress.TryParse(parts[0], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && (parts.Length == 1 || (byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture,
                out var length) && length <= 128));
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sealane.Core;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Blocks as AWS reads them: of either family, host bits cut off.</summary>
internal static class Cidr
{
    /// <summary>The canonical text of a block, or null.</summary>
    public static string? Canonical(string text) =>
        InterfaceAddress.TryParse(text, out var address) ? address.Network.ToString() : Ipv6(text);

    public static bool IsIpv6(string canonical) => canonical.Contains(':', StringComparison.Ordinal);

    public static int Length(string canonical) =>
        int.Parse(canonical[(canonical.IndexOf('/') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>Whether two IPv4 blocks share addresses; blocks of the other family are compared as text.</summary>
    public static bool Overlap(string a, string b) =>
        Prefix.TryParse(a, out var one) && Prefix.TryParse(b, out var other) ? one.Overlaps(other) : a == b;

    private static string? Ipv6(string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && IPAddress.TryParse(text[..slash], out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6
            && int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                && length <= 128
                ? $"{Masked(address, length)}/{length}"
                : null;
    }

    private static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < 128; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }
        return new(bytes);
    }
}

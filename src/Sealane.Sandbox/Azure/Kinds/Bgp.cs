using Sealane.Core;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>What Azure's VPN gateway lets a BGP speaker be.</summary>
/// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview</remarks>
internal static class Bgp
{
    public const long DefaultGatewayAsn = 65515;

    public static Prefix LinkLocal { get; } = Prefix.Parse("169.254.0.0/16");

    private static readonly Prefix First = Prefix.Parse("169.254.21.0/24");
    private static readonly Prefix Second = Prefix.Parse("169.254.22.0/24");

    /// <summary>The only link-local addresses that a VPN gateway takes: 169.254.21.0 to 169.254.22.255.</summary>
    public static bool IsCustomAddress(string text) =>
        Cidr.Address(text) is { } address && (First.Contains(address) || Second.Contains(address));

    public static bool IsPeerAddress(string text) =>
        Cidr.Address(text) is { } address && (!LinkLocal.Contains(address) || IsCustomAddress(text));

    public static ArmError? AsnProblem(long? asn) =>
        asn is null or < 1 or > 4294967294 or 8074 or 8075 or 12076 or 65515 or (>= 65517 and <= 65520)
            or 23456 or (>= 64496 and <= 64511) or (>= 65535 and <= 65551)
            ? ArmError.Bad(PlaceholderCodes.BgpAsn, $"The ASN '{asn}' is reserved or not valid.")
            : null;
}

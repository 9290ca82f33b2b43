using System.Text.RegularExpressions;

namespace Sealane.Core.Checks;

/// <summary>
/// What a key that the user brings must look like, so that every cloud on its way takes it. The answer never holds the
/// key.
/// </summary>
public static class KeyRules
{
    /// <summary>What is wrong with a pre-shared key of a tunnel, or null.</summary>
    /// <remarks>
    /// AWS: 8-64 letters, digits, dots and underscores, not beginning with 0
    /// (https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html). Azure: printable ASCII without space, hyphen
    /// and tilde
    /// (https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq).
    /// </remarks>
    public static string? PreSharedKey(Secret key) => key.Reveal() switch
    {
        { Length: < 8 or > 64 } => $"a pre-shared key has 8 to 64 characters, this has {key.Length}",
        ['0', ..] => "a pre-shared key does not begin with 0",
        var text when !Regex.IsMatch(text, "^[A-Za-z0-9._]*\\z", RegexOptions.CultureInvariant) =>
            "a pre-shared key has only letters, digits, dots and underscores (base64 does not fit)",
        _ => null,
    };

    /// <summary>What is wrong with the BGP key of the transit VIF, or null.</summary>
    /// <remarks>
    /// AWS: 6-80 characters
    /// (https://docs.aws.amazon.com/directconnect/latest/APIReference/API_NewTransitVirtualInterface.html).
    /// Megaport's rules are not published: letters and digits are safe.
    /// </remarks>
    public static string? AwsBgpKey(Secret key) => BgpKey(key, 6, 80);

    /// <summary>What is wrong with the BGP key of the private peering, or null.</summary>
    /// <remarks>Azure: at most 25 characters
    /// (https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-peerings).</remarks>
    public static string? AzureBgpKey(Secret key) => BgpKey(key, 1, 25);

    /// <summary>What is wrong with the key of a circuit's authorization, or null.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/expressroute/express-route-circuit-authorizations</remarks>
    public static string? AuthorizationKey(Secret key) => Guid.TryParseExact(key.Reveal(), "D", out _) ? null
        : $"an authorization key is a GUID, and this has {key.Length} characters that are none";

    private static string? BgpKey(Secret key, int min, int max) =>
        key.Length < min || key.Length > max ? $"this BGP key has {min} to {max} characters, the given one {key.Length}"
        : !key.Reveal().All(char.IsAsciiLetterOrDigit) ? "a BGP key has only letters and digits" : null;
}

namespace Sealane.Core.Routing;

/// <summary>Address space that the internet does not carry.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc6890</remarks>
internal static class Private
{
    private static readonly Prefix[] s_space =
    [
        Prefix.Parse("10.0.0.0/8"), Prefix.Parse("172.16.0.0/12"), Prefix.Parse("192.168.0.0/16"),
        Prefix.Parse("100.64.0.0/10"), Prefix.Parse("169.254.0.0/16"),
    ];

    public static bool Holds(Ipv4 address)
    {
        foreach (var prefix in s_space)
        {
            if (prefix.Contains(address))
            {
                return true;
            }
        }
        return false;
    }
}

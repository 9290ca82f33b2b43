namespace Sealane.Core.Routing;

/// <summary>
/// Prefixes as older routers print them: without a length where the network ends at its class, so that
/// <c>172.16.0.0</c> is a /16, <c>10.0.0.0</c> a /8 and <c>0.0.0.0</c> the default route. Live tables of Microsoft's
/// edge
/// have such rows.
/// </summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc791, section 3.2</remarks>
public static class ClassfulText
{
    public static bool TryParse(string? text, out Prefix prefix)
    {
        if (Prefix.TryParse(text, out prefix))
        {
            return true;
        }
        if (!Ipv4.TryParse(text, out var address))
        {
            return false;
        }
        var length = address.Value == 0 ? 0
            : address.Value < 0x8000_0000 ? 8
            : address.Value < 0xC000_0000 ? 16
            : address.Value < 0xE000_0000 ? 24 : 32;
        prefix = new(address, length);

        // With bits beyond the class it can only be a host.
        prefix = prefix.Network == address ? prefix : address.ToPrefix();
        return true;
    }
}

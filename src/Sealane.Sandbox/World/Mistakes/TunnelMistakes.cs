using Sealane.Sandbox.Azure;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>Mistakes that take a tunnel down. With the locks closed that is all that happens: nothing flows in the
/// clear.</summary>
internal static class TunnelMistakes
{
    /// <summary>Long enough and of the right letters for both clouds, and not the link's.</summary>
    private const string OtherKey = "Another_pre.shared_key_0123456789";

    public static readonly Mistake StopTunnel1 = Stop(1);
    public static readonly Mistake StopTunnel2 = Stop(2);

    public static readonly Mistake WrongPsk = new(
        "wrong-psk", "Azure, VPN connection 1: another pre-shared key; AWS keeps the old one",
        link => link.AzureConnection(1).SharedKey = OtherKey);

    public static readonly Mistake DeleteConnection1 = new(
        "delete-connection-1", "Azure, VPN connection 1: deleted",
        link => link.World.Azure.Remove(link.AzureConnection(1)));

    public static readonly Mistake WrongAsn = new(
        "wrong-asn", "Azure, local network gateway 1: an ASN that is not the transit gateway's",
        link =>
        {
            var gateway = link.LocalGateway(1);
            gateway.Properties.At("bgpSettings")!["asn"] = link.Design.TransitGateway.Asn - 1;
            link.World.Azure.Stamp(link.World, gateway);
        });

    public static readonly Mistake RemoveStaticRoute = new(
        "remove-static-route", "Megaport, AWS VXC: the static route to tunnel 1's outside address removed (guide step "
            + "18)",
        link =>
        {
            var outside = link.AwsTunnel(1).OutsideAddress;
            foreach (var port in link.AwsVxc.Interfaces)
            {
                port.Routes = [.. port.Routes.Where(route => route.Prefix.Network.ToString() != outside)];
            }
        });

    // AWS has no switch for a tunnel. An encryption that Azure's policy does not offer stops it as well.
    private static Mistake Stop(int number) => new(
        $"stop-tunnel-{number}", $"AWS, VPN connection: another encryption pinned on tunnel {number}; IKE finds no "
            + $"suite",
        link =>
        {
            var options = link.AwsTunnel(number).Options;
            options.Phase1Encryption = [link.Design.Ipsec.Phase1Encryption == "AES128" ? "AES256" : "AES128"];
        });
}

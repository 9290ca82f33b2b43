using Sealane.Core.Design;

namespace Sealane.Cli.Diagram;

/// <summary>A box of the picture, at its place in a grid: column 0 is AWS, 1 Megaport, 2 Azure; row 0 is the
/// top.</summary>
internal sealed record Box(string Id, string Cloud, string Title, string Detail, int Column, int Row);

/// <summary>A line between two boxes.</summary>
/// <param name="Encrypted">A tunnel: inside it nothing is in the clear.</param>
/// <param name="Locks">Which locks are closed on it: <c>a b</c>; empty for none.</param>
internal sealed record Wire(string From, string To, string Label, bool Encrypted, string Locks)
{
    /// <summary>The label with its locks.</summary>
    public string Text => Locks.Length == 0 ? Label : $"{Label}{(Label.Length > 0 ? ", " : "")}locks {Locks}";
}

/// <summary>
/// A link as boxes and lines: the tunnels above, the transport that carries them below, with addresses, ASNs and locks.
/// </summary>
internal sealed record LinkPicture(string Title, string Text, IReadOnlyList<Box> Boxes, IReadOnlyList<Wire> Wires)
{
    public static LinkPicture Of(NetworkDesign design)
    {
        var (aws, azure, vpc, vnet) = (design.Aws, design.Azure, design.Vpcs[0], design.Vnets[0]);
        var tgw = design.TransitGateway;
        return new(
            $"{design.Name}: {aws.Region} ⇄ {azure.Region} over {design.Routers[0].Location}, "
                + $"{design.AwsVxcs[0].RateMbps} Mbps",
            "Above, the encrypted tunnels between the transit gateway and the VPN gateway. Below, the private "
                + "transport that "
                + "carries them: Direct Connect, a Megaport Cloud Router, ExpressRoute. Locks keep everything but the "
                + "tunnels' outside addresses off it.",
            [
                new("vpc", "AWS", "VPC", $"{vpc.Id}\n{Prefixes(vpc.Prefixes)}", 0, 0),
                new("tgw", "AWS", "Transit gateway", $"{tgw.Name}\nAS{tgw.Asn}, {tgw.Cidr}", 0, 1),
                new("dxgw", "AWS", "Direct Connect gateway",
                    $"{design.DxGateway.Name}\nAS{design.DxGateway.Asn}", 0, 2),
                .. design.AwsVxcs.Select((leg, at) => new Box(
                    leg.Key.On("vif"), "AWS", "Transit VIF", $"{leg.VifName}\n{leg.AmazonAddress}", 0, 3 + at)),
                .. design.Routers.Select((router, at) => new Box(
                    router.Key.On("mcr"), "Megaport", "Cloud Router (MCR)",
                    $"{router.Name}\nAS{router.Asn}, {router.SpeedMbps} Mbps", 1, 3 + at)),
                new("vnet", "Azure", "VNet", $"{azure.ResourceGroup}/{vnet.Name}\n{Prefixes(vnet.Prefixes)}", 2, 0),
                new("vpngw", "Azure", "VPN gateway",
                    $"{design.VpnGateway.Name}\nAS{design.VpnGateway.Asn}, {design.VpnGateway.Sku}", 2, 1),
                new("ergw", "Azure", "ExpressRoute gateway",
                    $"{design.ExpressRouteGateway.Name}\n{design.ExpressRouteGateway.Sku}", 2, 2),
                .. design.Circuits.Select((circuit, at) => new Box(
                    circuit.Key.On("circuit"), "Azure", "ExpressRoute circuit",
                    $"{circuit.Name}\nAS{Msee.Asn}, {circuit.PeeringLocation} {circuit.BandwidthMbps} Mbps", 2,
                    3 + at)),
            ],
            [
                new("vpc", "tgw", "attachment", false, ""),
                .. design.Tunnels.Select(tunnel => new Wire(
                    "tgw", "vpngw", $"IPsec tunnel {tunnel.Number}: BGP {tunnel.AwsInside} ⇄ {tunnel.AzureInside}",
                        true, "")),
                new("vpngw", "vnet", "", false, ""),
                new("tgw", "dxgw", $"allowed {string.Join(", ", design.DxGateway.AllowedPrefixes)}", false, "c d"),
                .. design.AwsVxcs.Select(leg => new Wire("dxgw", leg.Key.On("vif"), "", false, "")),
                .. design.AwsVxcs.Select(leg => new Wire(leg.Key.On("vif"), leg.Router.Key.On("mcr"),
                    $"VXC {leg.Name}, {leg.McrAddress}", false, "a b")),
                .. design.AzureVxcs.Select(leg => new Wire(leg.Router.Key.On("mcr"), leg.Circuit.Key.On("circuit"),
                    $"VXC {leg.Name}, {leg.Subnet}", false, "a b")),
                .. design.Circuits.Select(circuit => new Wire(circuit.Key.On("circuit"), "ergw", "", false, "")),
                new("ergw", "vnet", "", false, ""),
            ]);
    }

    private static string Prefixes(IReadOnlyList<Core.Prefix> prefixes) =>
        prefixes.Count > 0 ? string.Join(", ", prefixes) : "prefixes as found";
}

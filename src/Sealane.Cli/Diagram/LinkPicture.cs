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
        var (aws, azure, megaport, names) = (design.Aws, design.Azure, design.Megaport, design.Names);
        var vpc = aws.VpcPrefixes.Count > 0 ? string.Join(", ", aws.VpcPrefixes) : "prefixes as found";
        var vnet = azure.VnetPrefixes.Count > 0 ? string.Join(", ", azure.VnetPrefixes) : "prefixes as found";
        return new(
            $"{design.Name}: {aws.Region} ⇄ {azure.Region} over {megaport.Location}, {megaport.AwsRateMbps} Mbps",
            "Above, the encrypted tunnels between the transit gateway and the VPN gateway. Below, the private "
                + "transport that "
                + "carries them: Direct Connect, a Megaport Cloud Router, ExpressRoute. Locks keep everything but the "
                + "tunnels' outside addresses off it.",
            [
                new("vpc", "AWS", "VPC", $"{aws.VpcId}\n{vpc}", 0, 0),
                new("tgw", "AWS", "Transit gateway",
                    $"{names.TransitGateway}\nAS{aws.TransitGatewayAsn}, {aws.TransitGatewayCidr}", 0, 1),
                new("dxgw", "AWS", "Direct Connect gateway", $"{names.DxGateway}\nAS{aws.DxGatewayAsn}", 0, 2),
                new("vif", "AWS", "Transit VIF", $"{names.TransitVif}\n{megaport.AmazonAddress}", 0, 3),
                new("mcr", "Megaport", "Cloud Router (MCR)",
                    $"{names.Mcr}\nAS{megaport.McrAsn}, {megaport.McrSpeedMbps} Mbps", 1, 3),
                new("vnet", "Azure", "VNet", $"{azure.ResourceGroup}/{azure.VnetName}\n{vnet}", 2, 0),
                new("vpngw", "Azure", "VPN gateway",
                    $"{names.VpnGateway}\nAS{azure.VpnGatewayAsn}, {azure.VpnGatewaySku}", 2, 1),
                new("ergw", "Azure", "ExpressRoute gateway",
                    $"{names.ExpressRouteGateway}\n{azure.ExpressRouteGatewaySku}", 2, 2),
                new("circuit", "Azure", "ExpressRoute circuit",
                    $"{names.Circuit}\nAS{Msee.Asn}, {azure.PeeringLocation} {azure.CircuitBandwidthMbps} Mbps", 2, 3),
            ],
            [
                new("vpc", "tgw", "attachment", false, ""),
                .. design.Tunnels.Select(tunnel => new Wire(
                    "tgw", "vpngw", $"IPsec tunnel {tunnel.Number}: BGP {tunnel.AwsInside} ⇄ {tunnel.AzureInside}",
                        true, "")),
                new("vpngw", "vnet", "", false, ""),
                new("tgw", "dxgw", $"allowed {string.Join(", ", aws.AllowedPrefixes)}", false, "c d"),
                new("dxgw", "vif", "", false, ""),
                new("vif", "mcr", $"VXC {names.AwsVxc}, {megaport.McrToAws}", false, "a b"),
                new("mcr", "circuit", $"VXC {names.AzureVxc}, {megaport.AzurePrimary}", false, "a b"),
                new("circuit", "ergw", "", false, ""),
                new("ergw", "vnet", "", false, ""),
            ]);
    }
}

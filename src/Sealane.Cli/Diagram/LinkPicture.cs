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
        var (aws, azure) = (design.Aws, design.Azure);
        return new(
            $"{design.Name}: {aws.Region} ⇄ {azure.Region} over "
                + $"{string.Join(", ", design.Routers.Select(router => router.Location).Distinct())}, "
                + $"{string.Join(", ", design.AwsVxcs.Select(vxc => vxc.RateMbps).Distinct())} Mbps",
            "Above, the encrypted tunnels between the transit gateway and the VPN gateway. Below, the private "
                + "transport that carries them: Direct Connect, a Megaport Cloud Router, ExpressRoute. Locks keep "
                + "everything but the tunnels' outside addresses off it.",
            [.. Parts(design)], [.. Lines(design)]);
    }

    private static IEnumerable<Box> Parts(NetworkDesign design) =>
    [
        .. design.Vpcs.Index().Select(vpc => new Box(Id("vpc", vpc.Item.Key), "AWS", vpc.Item.Key.After("VPC"),
            $"{vpc.Item.Id}\n{Prefixes(vpc.Item.Prefixes)}", 0, vpc.Index == 0 ? 0 : 3 + vpc.Index)),
        new("tgw", "AWS", "Transit gateway", $"{design.TransitGateway.Name}\n"
            + $"AS{design.TransitGateway.Asn}, {design.TransitGateway.Cidr}", 0, 1),
        new("dxgw", "AWS", "Direct Connect gateway", $"{design.DxGateway.Name}\nAS{design.DxGateway.Asn}", 0, 2),
        .. design.AwsVxcs.Index().Select(
            vxc => new Box(Id("vif", vxc.Item.Key), "AWS", vxc.Item.Key.After("Transit VIF"),
            $"{vxc.Item.VifName}\n{vxc.Item.AmazonAddress}", 0, 3 + vxc.Index + design.Vpcs.Count - 1)),
        .. design.Routers.Index().Select(router => new Box(Id("mcr", router.Item.Key), "Megaport",
            router.Item.Key.After("Cloud Router (MCR)"),
            $"{router.Item.Name}\nAS{router.Item.Asn}, {router.Item.SpeedMbps} Mbps", 1, 3 + router.Index)),
        .. design.Vnets.Index().Select(vnet => new Box(Id("vnet", vnet.Item.Key), "Azure", vnet.Item.Key.After("VNet"),
            $"{design.Azure.ResourceGroup}/{vnet.Item.Name}\n{Prefixes(vnet.Item.Prefixes)}", 2,
            vnet.Index == 0 ? 0 : 3 + vnet.Index)),
        new("vpngw", "Azure", "VPN gateway", $"{design.VpnGateway.Name}\n"
            + $"AS{design.VpnGateway.Asn}, {design.VpnGateway.Sku}", 2, 1),
        new("ergw", "Azure", "ExpressRoute gateway",
            $"{design.ExpressRouteGateway.Name}\n{design.ExpressRouteGateway.Sku}", 2, 2),
        .. design.Circuits.Index().Select(circuit => new Box(Id("circuit", circuit.Item.Key), "Azure",
            circuit.Item.Key.After("ExpressRoute circuit"), $"{circuit.Item.Name}\n"
                + $"AS{Msee.Asn}, {circuit.Item.PeeringLocation} {circuit.Item.BandwidthMbps} Mbps", 2,
            3 + circuit.Index + design.Vnets.Count - 1)),
    ];

    private static IEnumerable<Wire> Lines(NetworkDesign design) =>
    [
        .. design.Vpcs.Select(vpc => new Wire(Id("vpc", vpc.Key), "tgw", "attachment", false, "")),
        .. design.Tunnels.Select(tunnel => new Wire("tgw", "vpngw",
            $"IPsec tunnel {tunnel.Number}: BGP {tunnel.AwsInside} ⇄ {tunnel.AzureInside}", true, "")),
        .. design.Vnets.Select(vnet => new Wire("vpngw", Id("vnet", vnet.Key), "", false, "")),
        new("tgw", "dxgw", $"allowed {string.Join(", ", design.DxGateway.AllowedPrefixes)}", false, "c d"),
        .. design.AwsVxcs.Select(vxc => new Wire("dxgw", Id("vif", vxc.Key), "", false, "")),
        .. design.AwsVxcs.Select(vxc => new Wire(Id("vif", vxc.Key), Id("mcr", vxc.Router.Key),
            $"VXC {vxc.Name}, {vxc.McrAddress}", false, "a b")),
        .. design.AzureVxcs.Select(vxc => new Wire(Id("mcr", vxc.Router.Key), Id("circuit", vxc.Circuit.Key),
            $"VXC {vxc.Name}, {vxc.Subnet}", false, "a b")),
        .. design.Circuits.Select(circuit => new Wire(Id("circuit", circuit.Key), "ergw", "", false, "")),
        new("ergw", Id("vnet", design.Vnets[0].Key), "", false, ""),
    ];

    /// <summary>As Mermaid and Graphviz take it: letters, digits, underscores.</summary>
    private static string Id(string kind, PartKey key) =>
        string.Concat(key.On(kind).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Prefixes(IReadOnlyList<Core.Prefix> prefixes) =>
        prefixes.Count > 0 ? string.Join(", ", prefixes) : "prefixes as found";
}

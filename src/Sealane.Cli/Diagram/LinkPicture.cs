using Sealane.Core.Design;

namespace Sealane.Cli.Diagram;

/// <summary>A box of the picture, at its place in a grid: column 0 is AWS, 1 Megaport, 2 Azure; row 0 is the
/// top.</summary>
/// <param name="Resource">The object that it shows.</param>
internal sealed record Box(
    string Id, string Cloud, string Title, string Detail, int Column, int Row, string Resource)
{
    /// <summary>In the vendor's words, where somebody looked.</summary>
    public string State { get; init; } = "";
}

/// <summary>A line between two boxes.</summary>
/// <param name="Encrypted">A tunnel: inside it nothing is in the clear.</param>
/// <param name="Locks">Which locks are closed on it: <c>a b</c>; empty for none.</param>
/// <param name="Resource">The object that it shows; empty for none.</param>
internal sealed record Wire(
    string From, string To, string Label, bool Encrypted, string Locks, string Resource = "")
{
    public string State { get; init; } = "";

    /// <summary>The label with its locks and its state.</summary>
    public string Text => string.Join(", ",
        new[] { Label, Locks.Length > 0 ? $"locks {Locks}" : "", State }.Where(part => part.Length > 0));
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

    /// <summary>The same with the verdict, and with the state of each object as the clouds tell it.</summary>
    /// <param name="states">By object and, for tunnels, by <see cref="TunnelOf"/>.</param>
    /// <param name="isOpen">Whether a lock of a line is not as designed.</param>
    public LinkPicture Seen(string verdict, DateTimeOffset at, IReadOnlyDictionary<string, string> states,
        Func<Wire, string, bool> isOpen) => this with
        {
            Title = $"{Title}: {verdict}, {at:yyyy-MM-dd HH:mm} UTC",
            Boxes = [.. Boxes.Select(box => box with { State = StateOf(states, box.Resource) })],
            Wires = [.. Wires.Select(wire => wire.Resource.Length == 0 ? wire : Seen(wire, states, isOpen))],
        };

    private static Wire Seen(
        Wire wire, IReadOnlyDictionary<string, string> states, Func<Wire, string, bool> isOpen)
    {
        var open = wire.Locks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(one => isOpen(wire, one))
            .ToList();
        return wire with
        {
            Locks = string.Join(' ', wire.Locks.Split(' ').Except(open)),
            State = StateOf(states, wire.Resource)
                + (open.Count > 0 ? $", NOT as designed: lock {string.Join(' ', open)}" : ""),
        };
    }

    public static string TunnelOf(int number) => $"tunnel-{number}";

    private static string StateOf(IReadOnlyDictionary<string, string> states, string resource) =>
        $"[{states.GetValueOrDefault(resource, "absent")}]";

    private static IEnumerable<Box> Parts(NetworkDesign design) =>
    [
        .. design.Vpcs.Index().Select(vpc => new Box(Id("vpc", vpc.Item.Key), "AWS", vpc.Item.Key.After("VPC"),
            $"{vpc.Item.Id}\n{Prefixes(vpc.Item.Prefixes)}", 0, vpc.Index == 0 ? 0 : 3 + vpc.Index,
            vpc.Item.Key.On("aws/vpc"))),
        new("tgw", "AWS", "Transit gateway", $"{design.TransitGateway.Name}\n"
            + $"AS{design.TransitGateway.Asn}, {design.TransitGateway.Cidr}", 0, 1,
            "aws/transit-gateway"),
        new("dxgw", "AWS", "Direct Connect gateway", $"{design.DxGateway.Name}\nAS{design.DxGateway.Asn}", 0, 2,
            "aws/dx-gateway"),
        .. design.AwsVxcs.Index().Select(
            vxc => new Box(Id("vif", vxc.Item.Key), "AWS", vxc.Item.Key.After("Transit VIF"),
            $"{vxc.Item.VifName}\n{vxc.Item.AmazonAddress}", 0, 3 + vxc.Index + design.Vpcs.Count - 1,
            vxc.Item.Key.On("aws/transit-vif"))),
        .. design.Routers.Index().Select(router => new Box(Id("mcr", router.Item.Key), "Megaport",
            router.Item.Key.After("Cloud Router (MCR)"),
            $"{router.Item.Name}\nAS{router.Item.Asn}, {router.Item.SpeedMbps} Mbps", 1, 3 + router.Index,
            router.Item.Key.On("megaport/mcr"))),
        .. design.Vnets.Index().Select(vnet => new Box(Id("vnet", vnet.Item.Key), "Azure", vnet.Item.Key.After("VNet"),
            $"{vnet.Item.Shown(design.Azure.ResourceGroup)}\n{Prefixes(vnet.Item.Prefixes)}", 2,
            vnet.Index == 0 ? 0 : 3 + vnet.Index, vnet.Item.Key.On("azure/vnet"))),
        new("vpngw", "Azure", "VPN gateway", $"{design.VpnGateway.Name}\n"
            + $"AS{design.VpnGateway.Asn}, {design.VpnGateway.Sku}", 2, 1, "azure/vpn-gateway"),
        new("ergw", "Azure", "ExpressRoute gateway",
            $"{design.ExpressRouteGateway.Name}\n{design.ExpressRouteGateway.Sku}", 2, 2, "azure/er-gateway"),
        .. design.Circuits.Index().Select(circuit => new Box(Id("circuit", circuit.Item.Key), "Azure",
            circuit.Item.Key.After("ExpressRoute circuit"), $"{circuit.Item.Name}\n"
                + $"AS{Msee.Asn}, {circuit.Item.PeeringLocation} {circuit.Item.BandwidthMbps} Mbps", 2,
            3 + circuit.Index + design.Vnets.Count - 1, circuit.Item.Key.On("azure/circuit"))),
    ];

    private static IEnumerable<Wire> Lines(NetworkDesign design) =>
    [
        .. design.Vpcs.Select(vpc => new Wire(Id("vpc", vpc.Key), "tgw", "attachment", false, "",
            vpc.Key.On("aws/vpc-attachment"))),
        .. design.Tunnels.Select(tunnel => new Wire("tgw", "vpngw",
            $"IPsec tunnel {tunnel.Number}: BGP {tunnel.AwsInside} ⇄ {tunnel.AzureInside}", true, "",
            TunnelOf(tunnel.Number))),
        .. design.Vnets.Select(vnet => vnet.Key.IsNone ? new Wire("vpngw", Id("vnet", vnet.Key), "", false, "")
            : new Wire(Id("vnet", design.Vnets[0].Key), Id("vnet", vnet.Key), "peering, gateway transit", false, "a b",
                vnet.Key.On("azure/spoke-peering"))),
        new("tgw", "dxgw", $"allowed {string.Join(", ", design.DxGateway.AllowedPrefixes)}", false, "c d",
            "aws/dx-association"),
        .. design.AwsVxcs.Select(vxc => new Wire("dxgw", Id("vif", vxc.Key), "", false, "")),
        .. design.AwsVxcs.Select(vxc => new Wire(Id("vif", vxc.Key), Id("mcr", vxc.Router.Key),
            $"VXC {vxc.Name}, {vxc.McrAddress}", false, "a b", vxc.Key.On("megaport/aws-vxc"))),
        .. design.AzureVxcs.Select(vxc => new Wire(Id("mcr", vxc.Router.Key), Id("circuit", vxc.Circuit.Key),
            $"VXC {vxc.Name}, {vxc.Subnet}", false, "a b", vxc.Key.On("megaport/azure-vxc"))),
        .. design.Circuits.Select(circuit => new Wire(Id("circuit", circuit.Key), "ergw", "", false, "",
            circuit.Key.On("azure/er-connection"))),
        new("ergw", Id("vnet", design.Vnets[0].Key), "", false, ""),
    ];

    /// <summary>As Mermaid and Graphviz take it: letters, digits, underscores.</summary>
    private static string Id(string kind, PartKey key) =>
        string.Concat(key.On(kind).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Prefixes(IReadOnlyList<Core.Prefix> prefixes) =>
        prefixes.Count > 0 ? string.Join(", ", prefixes) : "prefixes as found";
}

using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>A prefix of the design, with its name in messages and the key that sets it.</summary>
internal sealed record Network(string Name, string Path, Prefix Prefix)
{
    public override string ToString() => $"{Name} {Prefix}";
}

/// <summary>The design's prefixes by who owns them. VPC and VNet are empty where the spec leaves them to the
/// account.</summary>
internal static class Networks
{
    public static Prefix LinkLocal { get; } = Prefix.Parse("169.254.0.0/16");

    /// <summary>RFC 1918 and RFC 6598: what AWS takes as outside address of a private-IP VPN.</summary>
    public static IReadOnlyList<Prefix> Private { get; } =
        [Prefix.Parse("10.0.0.0/8"), Prefix.Parse("172.16.0.0/12"), Prefix.Parse("192.168.0.0/16"),
            Prefix.Parse("100.64.0.0/10")];

    public static bool IsPrivate(Prefix prefix) => Private.Any(range => range.Contains(prefix));

    public static IReadOnlyList<Network> Vpc(NetworkDesign design) =>
        [.. from vpc in design.Vpcs
            from written in vpc.Prefixes.Index()
            select new Network($"{vpc.Key.After("VPC")} prefix", $"{vpc.Path}.cidrs[{written.Index}]", written.Item)];

    public static IReadOnlyList<Network> Vnet(NetworkDesign design) =>
        [.. from vnet in design.Vnets
            from written in vnet.Prefixes.Index()
            select new Network($"{vnet.Key.After("VNet")} prefix", $"{vnet.Path}.cidrs[{written.Index}]",
                written.Item)];

    public static Network TransitGateway(NetworkDesign design) =>
        new("transit gateway CIDR", $"{design.TransitGateway.Path}.cidr", design.TransitGateway.Cidr);

    public static IReadOnlyList<Network> TransportToAws(NetworkDesign design) =>
        [.. design.AwsVxcs.Select(vxc => new Network(
            vxc.Key.After("transport to AWS"), $"{vxc.SessionPath}.mcr", vxc.McrAddress.Network))];

    public static IReadOnlyList<Network> TransportToAzure(NetworkDesign design) =>
    [
        .. from circuit in design.Circuits
           from path in new[] { ("primary", circuit.Primary), ("secondary", circuit.Secondary) }
           select new Network(circuit.Key.After($"{path.Item1} transport to Azure"),
               $"{circuit.PeeringPath}.{path.Item1}", path.Item2),
    ];

    public static IReadOnlyList<Network> InsideTunnels(NetworkDesign design) =>
        [.. design.Tunnels.Select(tunnel => new Network(
            $"inside of tunnel {tunnel.Number}", $"{tunnel.Path}.insideCidr", tunnel.InsideCidr))];

    public static Network? GatewaySubnet(NetworkDesign design) =>
        design.Vnets.FirstOrDefault(vnet => vnet.GatewaySubnet is not null) is { GatewaySubnet: { } subnet } vnet
            ? new("GatewaySubnet", $"{vnet.Path}.gatewaySubnet", subnet) : null;

    /// <summary>Each pair that shares addresses, blamed on the first.</summary>
    public static IEnumerable<Flaw> Overlaps(IEnumerable<Network> blamed, IReadOnlyList<Network> others) =>
        from a in blamed
        from b in others
        where a.Prefix.Overlaps(b.Prefix)
        select new Flaw(a.Path, $"{a} overlaps {b}");

    /// <summary>Each pair within one list, blamed on the later.</summary>
    public static IEnumerable<Flaw> OverlapsWithin(IReadOnlyList<Network> networks) =>
        networks.SelectMany((network, i) => Overlaps([network], [.. networks.Take(i)]));
}

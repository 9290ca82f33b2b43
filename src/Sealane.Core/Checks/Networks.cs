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
        [.. design.Aws.VpcPrefixes.Select((prefix, i) => new Network("VPC prefix", $"aws.cidrs[{i}]", prefix))];

    public static IReadOnlyList<Network> Vnet(NetworkDesign design) =>
        [.. design.Azure.VnetPrefixes.Select((prefix, i) => new Network("VNet prefix", $"azure.cidrs[{i}]", prefix))];

    public static Network TransitGateway(NetworkDesign design) =>
        new("transit gateway CIDR", "aws.transitGateway.cidr", design.Aws.TransitGatewayCidr);

    public static Network TransportToAws(NetworkDesign design) =>
        new("transport to AWS", "transport.aws.mcr", design.Megaport.McrToAws.Network);

    public static IReadOnlyList<Network> TransportToAzure(NetworkDesign design) =>
    [
        new("primary transport to Azure", "transport.azure.primary", design.Megaport.AzurePrimary),
        new("secondary transport to Azure", "transport.azure.secondary", design.Megaport.AzureSecondary),
    ];

    public static IReadOnlyList<Network> InsideTunnels(NetworkDesign design) =>
        [.. design.Tunnels.Select(tunnel => new Network(
            $"inside of tunnel {tunnel.Number}", $"tunnels[{tunnel.Number - 1}].insideCidr", tunnel.InsideCidr))];

    public static Network? GatewaySubnet(NetworkDesign design) =>
        design.Azure.GatewaySubnet is { } subnet ? new("GatewaySubnet", "azure.gatewaySubnet", subnet) : null;

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

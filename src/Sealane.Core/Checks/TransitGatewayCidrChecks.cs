namespace Sealane.Core.Checks;

/// <summary>SL204-206: the block from which AWS takes the tunnels' outside addresses.</summary>
public static class TransitGatewayCidrChecks
{
    private static readonly Prefix[] NeverUsable =
        [Prefix.Parse("0.0.0.0/8"), Prefix.Parse("127.0.0.0/8"), Networks.LinkLocal, Prefix.Parse("224.0.0.0/3")];

    public static readonly DesignCheck Size = new()
    {
        Id = "SL204",
        Severity = Severity.Error,
        Title = "The transit gateway CIDR is a /24 or larger",
        Why = "AWS refuses a smaller IPv4 block on a transit gateway.",
        Fix = "Write a /24, such as 10.254.1.0/24.",
        Sources = [Docs.TransitGateways],
        Find = design => design.TransitGateway.Cidr.Length > 24
            ? [new("aws.transitGateway.cidr",
                $"transit gateway CIDR {design.TransitGateway.Cidr} is smaller than a /24")]
            : [],
    };

    public static readonly DesignCheck NotReserved = new()
    {
        Id = "SL205",
        Severity = Severity.Error,
        Title = "The transit gateway CIDR is not in a reserved range",
        Why = "AWS refuses 169.254.0.0/16 for this block, and no router carries loopback or multicast addresses.",
        Fix = "Use private addresses, such as 10.254.1.0/24.",
        Sources = [Docs.TransitGateways, Docs.SpecialAddresses],
        Find = design => from reserved in NeverUsable
                         where design.TransitGateway.Cidr.Overlaps(reserved)
                         select new Flaw("aws.transitGateway.cidr",
                             $"transit gateway CIDR {design.TransitGateway.Cidr} touches the reserved range "
                                 + $"{reserved}"),
    };

    public static readonly DesignCheck Private = new()
    {
        Id = "SL206",
        Severity = Severity.Warning,
        Title = "The transit gateway CIDR is private",
        Why = "The block is announced to Azure over the transport. With public addresses, hosts there would no "
            + "longer reach whoever owns them on the Internet, and a mistake in a filter sends their traffic into "
            + "the tunnel endpoints.",
        Fix = "Use a block of RFC 1918 or 100.64.0.0/10.",
        Sources = [Docs.PrivateIpVpn, Docs.PrivateAddresses, Docs.SharedAddresses],
        Find = design => Networks.IsPrivate(design.TransitGateway.Cidr)
            ? []
            : [new("aws.transitGateway.cidr", $"transit gateway CIDR {design.TransitGateway.Cidr} is not private")],
    };
}

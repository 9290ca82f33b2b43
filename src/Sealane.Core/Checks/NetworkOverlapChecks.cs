namespace Sealane.Core.Checks;

/// <summary>SL201-203, 218-220: the networks that the link joins.</summary>
public static class NetworkOverlapChecks
{
    /// <summary>Ranges that Azure does not let into an address space; AWS does not route them between VPCs
    /// either.</summary>
    private static readonly Prefix[] Reserved =
    [
        Prefix.Parse("0.0.0.0/8"), Prefix.Parse("127.0.0.0/8"), Networks.LinkLocal, Prefix.Parse("168.63.129.16/32"),
        Prefix.Parse("224.0.0.0/4"), Prefix.Parse("240.0.0.0/4"),
    ];

    public static readonly DesignCheck VpcAndVnetAreApart = new()
    {
        Id = "SL201",
        Severity = Severity.Error,
        Title = "VPC and VNet share no address",
        Why = "Each side routes its own prefix to itself: a host that has its address on both sides can never be "
            + "reached from the other. The transit gateway drops the route silently, and Azure refuses a route for "
            + "its own address space.",
        Fix = "Give one side another prefix, or translate addresses before the link.",
        Sources = [Docs.TransitGatewayRoutes, Docs.VnetRoutes],
        Find = design => Networks.Overlaps(Networks.Vnet(design), Networks.Vpc(design)),
    };

    public static readonly DesignCheck TransitGatewayCidrIsApart = new()
    {
        Id = "SL202",
        Severity = Severity.Error,
        Title = "The transit gateway CIDR overlaps neither VPC nor VNet",
        Why = "AWS takes the tunnels' outside addresses from this block. Inside a VPC or VNet they would be routed "
            + "to a subnet instead, and announcing the block over the transport would announce a part of that "
            + "network in the clear.",
        Fix = "Choose a block that nothing else uses, such as 10.254.1.0/24.",
        Sources = [Docs.TransitGateways, Docs.PrivateIpVpn],
        Find = design =>
            Networks.Overlaps([Networks.TransitGateway(design)], [.. Networks.Vpc(design), .. Networks.Vnet(design)]),
    };

    public static readonly DesignCheck TransportIsApart = new()
    {
        Id = "SL203",
        Severity = Severity.Error,
        Title = "The transport's addresses are used nowhere else",
        Why = "The MCR has these networks on its interfaces: for them it never looks at BGP, "
            + "so an endpoint or host with such an address cannot be reached through it.",
        Fix = "Choose /30s that nothing else uses, such as 192.168.100.0/30 and 192.168.101.0/30.",
        Sources = [Docs.VirtualInterfaces, Docs.ExpressRouteRouting],
        Find = design =>
        [
            .. Networks.Overlaps(
                [.. Networks.TransportToAws(design), .. Networks.TransportToAzure(design)],
                [.. Networks.Vpc(design), .. Networks.Vnet(design), Networks.TransitGateway(design),
                    .. Networks.InsideTunnels(design)]),
            .. Networks.Overlaps(Networks.TransportToAzure(design), Networks.TransportToAws(design)),
        ],
    };

    public static readonly DesignCheck VpcPrefixSize = new()
    {
        Id = "SL218",
        Severity = Severity.Error,
        Title = "A VPC prefix is between /16 and /28",
        Why = "AWS gives VPCs no other sizes, so this prefix is not the VPC's and every rule that uses it is judged "
            + "wrongly.",
        Fix = "Write the VPC's prefixes one by one, as the console shows them; or leave aws.cidrs out.",
        Sources = [Docs.VpcCidrs],
        Find = design => from vpc in Networks.Vpc(design)
                         where vpc.Prefix.Length is < 16 or > 28
                         select new Flaw(vpc.Path, $"{vpc} is not of a size that a VPC can have"),
    };

    public static readonly DesignCheck PrefixesAreUsable = new()
    {
        Id = "SL219",
        Severity = Severity.Error,
        Title = "No VPC or VNet prefix lies in a range that the clouds keep for themselves",
        Why = "Loopback, link-local, multicast and Azure's own 168.63.129.16 are not routed between networks; "
            + "Azure refuses them in an address space.",
        Fix = "Use private addresses (RFC 1918 or 100.64.0.0/10).",
        Sources = [Docs.VnetFaq, Docs.SpecialAddresses],
        Find = design => from network in Networks.Vpc(design).Concat(Networks.Vnet(design))
                         from reserved in Reserved
                         where network.Prefix.Overlaps(reserved)
                         select new Flaw(network.Path, $"{network} touches the reserved range {reserved}"),
    };

    public static readonly DesignCheck PrefixesOfOneSideAreApart = new()
    {
        Id = "SL220",
        Severity = Severity.Error,
        Title = "The prefixes of one side do not overlap",
        Why = "Neither cloud lets one network have an address twice, so at least one of the two is not what the "
            + "account holds; and of two VPCs with the same address a transit gateway reaches one.",
        Fix = "Write each prefix once, as the console shows it; leave one of two VPCs that overlap out.",
        Sources = [Docs.VpcCidrs, Docs.VnetFaq],
        Find = design =>
            [.. Networks.OverlapsWithin(Networks.Vpc(design)), .. Networks.OverlapsWithin(Networks.Vnet(design))],
    };
}

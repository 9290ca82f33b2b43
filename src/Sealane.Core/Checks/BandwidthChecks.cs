using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL411-420: what can be ordered, and what fits together.</summary>
public static class BandwidthChecks
{
    private const string Rate = "megaport.bandwidth";

    /// <summary>Hosted connections that Megaport orders; AWS also names 25 Gbps, which no circuit could carry
    /// on.</summary>
    private static readonly int[] HostedConnectionMbps = [50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000];

    private static readonly string[] Tiers = ["Standard", "Premium", "Local"];

    public static readonly DesignCheck CircuitSize = new()
    {
        Id = "SL411",
        Severity = Severity.Error,
        Title = "The circuit has a bandwidth that Azure sells",
        Why = "Azure refuses other sizes. A circuit can grow later but never shrink.",
        Fix = "Write 50, 100, 200, 500, 1000, 2000, 5000 or 10000.",
        Sources = [Docs.ExpressRouteFaq],
        Find = design => from circuit in design.Circuits
                         where !CircuitSizes.Mbps.Contains(circuit.BandwidthMbps)
                         select new Flaw(Written(design, $"{circuit.Path}.bandwidth", Rate),
                             $"a circuit of {circuit.BandwidthMbps} Mbps does not exist"),
    };

    public static readonly DesignCheck CircuitTier = new()
    {
        Id = "SL412",
        Severity = Severity.Error,
        Title = "The circuit's tier is Standard, Premium or Local",
        Why = "Other tiers are not for circuits through a provider like Megaport.",
        Fix = "Write Standard; Premium when the VNet is in another geopolitical area than the peering location.",
        Sources = [Docs.ExpressRouteFaq],
        Find = design => from circuit in design.Circuits
                         where !Tiers.Contains(circuit.Tier)
                         select new Flaw($"{circuit.Path}.tier",
                             $"tier {circuit.Tier} cannot be used here{Nearest.Hint(circuit.Tier, Tiers)}"),
    };

    public static readonly DesignCheck LocalCircuitIsLarge = new()
    {
        Id = "SL413",
        Severity = Severity.Error,
        Title = "A Local circuit has 1 Gbps or more",
        Why = "Azure sells the Local tier from 1 Gbps on, and only to the region or regions of the peering location.",
        Fix = "Write Standard, or a circuit of at least 1000 Mbps.",
        Sources = [Docs.ExpressRouteFaq],
        Find = design => from circuit in design.Circuits
                         where circuit is { Tier: "Local", BandwidthMbps: < 1000 }
                         select new Flaw($"{circuit.Path}.tier",
                             $"a Local circuit of {circuit.BandwidthMbps} Mbps does not exist"),
    };

    public static readonly DesignCheck HostedConnectionSize = new()
    {
        Id = "SL414",
        Severity = Severity.Error,
        Title = "The rate is one that hosted connections have",
        Why = "Megaport and AWS take only these sizes for a hosted connection. It cannot be changed later: another "
            + "rate is another order.",
        Fix = "Write 50, 100, 200, 300, 400, 500, 1000, 2000, 5000 or 10000.",
        Sources = [Docs.HostedConnection, Docs.MegaportAws],
        Find = design => from rate in design.AwsVxcs.Select(vxc => vxc.RateMbps).Distinct()
                         where !HostedConnectionMbps.Contains(rate)
                         select new Flaw(Rate, $"a hosted connection of {rate} Mbps does not exist"),
    };

    public static readonly DesignCheck RateFitsCircuit = new()
    {
        Id = "SL415",
        Severity = Severity.Error,
        Title = "The circuit carries the rate of the cross connect",
        Why = "A virtual cross connect to Azure cannot be faster than the circuit behind its service key.",
        Fix = "Leave azure.circuit.bandwidth out, or write at least the rate of megaport.bandwidth.",
        Sources = [Docs.MegaportAzure],
        Find = design => from vxc in design.AzureVxcs.DistinctBy(vxc => (vxc.Circuit.Key, vxc.RateMbps))
                         where vxc.RateMbps > vxc.Circuit.BandwidthMbps
                         select new Flaw($"{vxc.Circuit.Path}.bandwidth",
                             $"a cross connect of {vxc.RateMbps} Mbps on a circuit of "
                             + $"{vxc.Circuit.BandwidthMbps} Mbps"),
    };

    public static readonly DesignCheck CircuitIsUsed = new()
    {
        Id = "SL416",
        Severity = Severity.Note,
        Title = "The circuit is no larger than the cross connect",
        Why = "Azure bills the circuit's size, whatever the cross connect in front of it carries; and a circuit "
            + "never shrinks.",
        Fix = "Write the same number for both, or silence this when growth is planned.",
        Sources = [Docs.ExpressRouteFaq, Docs.MegaportAzure],
        Find = design => from vxc in design.AzureVxcs.DistinctBy(vxc => (vxc.Circuit.Key, vxc.RateMbps))
                         where vxc.Circuit.BandwidthMbps > vxc.RateMbps
                         select new Flaw(Written(design, $"{vxc.Circuit.Path}.bandwidth", Rate),
                             $"a circuit of {vxc.Circuit.BandwidthMbps} Mbps is paid for, {vxc.RateMbps} Mbps can be "
                             + "used"),
    };

    public static readonly DesignCheck McrSpeed = new()
    {
        Id = "SL417",
        Severity = Severity.Error,
        Title = "The MCR has a speed that Megaport sells",
        Why = "Megaport refuses other speeds, and an MCR keeps its speed for life.",
        Fix = "Write 1000, 2500, 5000, 10000, 25000, 50000 or 100000; or leave it out.",
        Sources = [Docs.Mcr],
        Find = design => from router in design.Routers
                         where !McrSpeeds.Mbps.Contains(router.SpeedMbps)
                         select new Flaw(Written(design, $"{router.Path}.speed", Rate),
                             $"an MCR of {router.SpeedMbps} Mbps does not exist"),
    };

    public static readonly DesignCheck McrCarriesRate = new()
    {
        Id = "SL418",
        Severity = Severity.Error,
        Title = "The MCR is as fast as each cross connect",
        Why = "A cross connect cannot be faster than the router it starts from, and the router's speed is fixed.",
        Fix = "Leave megaport.mcr.speed out, or write at least the rate of megaport.bandwidth.",
        Sources = [Docs.Mcr],
        Find = design => from router in design.Routers
                         let rate = RatesOn(design, router).DefaultIfEmpty().Max()
                         where rate > router.SpeedMbps
                         select new Flaw($"{router.Path}.speed",
                             $"cross connects of {rate} Mbps on an MCR of {router.SpeedMbps} Mbps"),
    };

    public static readonly DesignCheck GatewayIsNoBottleneck = new()
    {
        Id = "SL419",
        Severity = Severity.Warning,
        Title = "The gateways encrypt as fast as the transport carries",
        Why = "All traffic passes the VPN gateway and AWS tunnels of 1.25 Gbps each; a single flow uses one tunnel. "
            + "A faster transport is paid for and never filled.",
        Fix = "Take a larger VPN gateway, or a lower megaport.bandwidth.",
        Sources = [Docs.VpnGatewaySkus, Docs.VpnLimits],
        Find = design =>
            GatewaySpeeds.Of(design.VpnGateway) is { } gateway
            && GatewaySpeeds.AwsTunnelMbps * design.Tunnels.Count is var tunnels
                && Math.Min(gateway, tunnels) is var fastest
            && design.AzureVxcs.Select(vxc => vxc.RateMbps).DefaultIfEmpty().Max() is var rate && rate > fastest
                ? [new(Rate, $"the transport carries {rate} Mbps, "
                    + (gateway <= tunnels ? $"{design.VpnGateway.Sku} encrypts at most {gateway}"
                        : $"the {design.Tunnels.Count} AWS tunnels at most {tunnels}"))]
                : [],
    };

    public static readonly DesignCheck PeeringLocationIsNamed = new()
    {
        Id = "SL420",
        Severity = Severity.Error,
        Title = "The peering location is named outside australiaeast",
        Why = "Left out it is Sydney, as in the guide. From elsewhere the link would go there and back, and a "
            + "Standard circuit does not reach a VNet outside the location's geopolitical area.",
        Fix = "Write azure.circuit.peeringLocation as Azure's list of ExpressRoute locations spells it.",
        Sources = [Docs.ExpressRouteLocations],
        Find = design => design.Spec.Azure.Circuit.PeeringLocation is null && design.Azure.Region != "australiaeast"
            ? [new("azure.region",
                $"azure.circuit.peeringLocation is not named, and the default "
                + $"{design.Circuits[0].PeeringLocation} is not "
                + $"for {design.Azure.Region}")]
            : [],
    };

    private static IEnumerable<int> RatesOn(NetworkDesign design, RouterDesign router) =>
    [
        .. design.AwsVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.RateMbps),
        .. design.AzureVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.RateMbps),
    ];

    /// <summary>The key to blame: the one that the user wrote.</summary>
    private static string Written(NetworkDesign design, string path, string otherwise) =>
        design.Spec.Source.Has(path) ? path : otherwise;
}

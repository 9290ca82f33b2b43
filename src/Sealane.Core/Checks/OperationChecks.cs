using Sealane.Core.Places;
using Sealane.Core.Pricing;

namespace Sealane.Core.Checks;

/// <summary>SL5xx: what the link costs, what takes it down, and what cannot be undone.</summary>
public static class OperationChecks
{
    public static readonly DesignCheck SingleCircuitPath = new()
    {
        Id = "SL501",
        Severity = Severity.Warning,
        Title = "Both paths of the circuit are used",
        Why = "In the guide only the circuit's primary path gets a cross connect. Microsoft gives no SLA for that, "
            + "and maintenance of its primary edge router takes the link down.",
        Fix = "Write resilience: paths; or silence this with the reason why one path is enough.",
        Sources = [Docs.ExpressRouteResilience, Docs.ExpressRouteFaq],
        Find = design => from circuit in design.Circuits
                         where design.AzureVxcs.Count(vxc => vxc.Circuit.Key == circuit.Key) < 2
                         select new Flaw("megaport",
                             $"only the primary path of circuit {circuit.Name} is used: no SLA"
                                 + ResiliencePrice.Words(design, "paths")),
    };

    public static readonly DesignCheck SingleRouter = new()
    {
        Id = "SL502",
        Severity = Severity.Note,
        Title = "The link does not depend on one router",
        Why = "One MCR in one data centre carries both cross connects; its failure or maintenance takes the link "
            + "down. It fails closed: nothing is sent unencrypted meanwhile.",
        Fix = "Write resilience: routers, or locations for another data centre and circuit; or plan for outages.",
        Sources = [Docs.Mcr],
        Find = design => design.Routers is [var only]
            ? [new("megaport.location", $"one MCR in {only.Location} carries everything"
                + ResiliencePrice.Words(design, "routers"))]
            : [],
    };

    public static readonly DesignCheck RoutersApart = new()
    {
        Id = "SL509",
        Severity = Severity.Error,
        Title = "Two routers of one data centre stand in different zones",
        Why = "Megaport never works on both diversity zones of a place at once, but on all of one: two routers in one "
            + "zone go down together.",
        Fix = "Leave the zones out, or write the other one in megaport.secondRouter.diversityZone. A place has two "
            + "zones: a third router needs another place.",
        Sources = [Docs.Mcr],
        Find = design => from second in design.Routers
                         from first in design.Routers.TakeWhile(router => router.Key != second.Key)
                         where first.Location == second.Location && first.DiversityZone is { } zone
                             && zone == second.DiversityZone
                         select new Flaw($"{second.Path}.diversityZone",
                             $"both MCRs stand in zone {first.DiversityZone} of {first.Location}"),
    };

    public static readonly DesignCheck CircuitsApart = new()
    {
        Id = "SL510",
        Severity = Severity.Warning,
        Title = "Two circuits meet Microsoft in different peering locations",
        Why = "Two circuits of one peering location share its building and its edge: one outage takes both, and each "
            + "is billed.",
        Fix = "Name another one in azure.secondCircuit.peeringLocation; or write resilience: routers, which needs one "
            + "circuit only.",
        Sources = [Docs.ExpressRouteResilience, Docs.ExpressRouteLocations],
        Find = design => from circuit in design.Circuits.Skip(1)
                         let first = design.Circuits[0].PeeringLocation
                         where circuit.PeeringLocation == first || (KnownPlaces.FindPeering(first) is { } one
                             && KnownPlaces.FindPeering(circuit.PeeringLocation) is { } other && one.Shares(other))
                         select new Flaw($"{circuit.Path}.peeringLocation", circuit.PeeringLocation == first
                             ? $"both circuits are in {first}"
                             : $"{first} and {circuit.PeeringLocation} have a building in common"),
    };

    public static readonly DesignCheck ContractTerm = new()
    {
        Id = "SL503",
        Severity = Severity.Warning,
        Title = "The Megaport contract has no minimum term",
        Why = "Within a term the MCR and the cross connects are paid for whether they are used or not: "
            + "destroying the link, or changing the rate of a cross connect, then costs an early termination fee.",
        Fix = "Leave megaport.term out while the link is being tried.",
        Sources = [Docs.Mcr],
        Find = design => design.Megaport.Contract.TermMonths is > 1 and var months
            ? [new("megaport.term", $"a term of {months} months is owed for the MCR and "
                + $"{(design.AzureVxcs.Count == 1 ? "both" : "all")} cross connects")]
            : [],
    };

    public static readonly DesignCheck Billed = new()
    {
        Id = "SL504",
        Severity = Severity.Note,
        Title = "Nothing is billed",
        Why = "Most of the objects are billed from the moment they exist, idle or not: the circuit from its service "
            + "key on, the gateways, attachments and the VPN by the hour, the MCR and the cross connects by contract.",
        Fix = "`sealane destroy` removes them in the order the clouds demand and lists what is still billed.",
        Sources =
        [
            "https://aws.amazon.com/directconnect/pricing/", "https://aws.amazon.com/transit-gateway/pricing/",
            "https://aws.amazon.com/vpn/pricing/", "https://azure.microsoft.com/pricing/details/expressroute/",
            "https://azure.microsoft.com/pricing/details/vpn-gateway/", Docs.Mcr,
        ],
        Find = design => [new("name",
            $"billed from the day of apply: "
                + $"{string.Concat(design.Routers.Where(router => router.ExistingId is null)
                    .Select(router => $"MCR {router.SpeedMbps} Mbps, "))}"
            + $"{Number(design.AwsVxcs.Count + design.AzureVxcs.Count)} cross connects and "
                + $"{Several(design.AwsVxcs.Count, "a hosted connection", "hosted connections")} of "
                + $"{design.AwsVxcs[0].RateMbps} Mbps, {Number(design.Vpcs.Count + 1 + design.VpnConnections.Count)} "
                + $"transit gateway attachments, {Several(design.VpnConnections.Count, "one VPN", "VPNs")}, "
            + $"{Several(design.Circuits.Count, "a circuit", "circuits")} of {design.Circuits[0].BandwidthMbps} Mbps "
                + $"({design.Circuits[0].Tier}, {design.Circuits[0].Family}), "
            + $"{(design.ExpressRouteGateway.ExistingId is null ? $"{design.ExpressRouteGateway.Sku}, " : "")}"
                + (design.VpnGateway.ExistingId is not null ? "" : $"{design.VpnGateway.Sku}, "
                    + $"{Several(design.VpnGateway.Instances.Count, "one public IP", "public IPs")}, ")
                + "traffic out of both clouds")],
    };

    public static readonly DesignCheck Permanent = new()
    {
        Id = "SL505",
        Severity = Severity.Note,
        Title = "Everything can be changed later",
        Why = "These values are fixed when the object is made; changing one means a new object and an outage of the "
            + "link.",
        Fix = "Look at these values once more before the first apply.",
        Sources = [Docs.DxGateways, Docs.HostedConnection, Docs.Mcr, Docs.ExpressRouteFaq, Docs.VpnGatewaySkus],
        Find = design => [new("name",
            $"fixed once made: ASNs {design.DxGateway.Asn} and {design.TransitGateway.Asn}; rate of the hosted "
                + $"connection "
            + $"({design.AwsVxcs[0].RateMbps} Mbps); speed, place and ASN of the MCR; the circuit only grows; "
            + "GatewaySubnet while gateways are in it"
            + (design.VpnGateway.ExistingId is null ? $"; {design.VpnGateway.Generation} of the VPN gateway" : ""))],
    };

    public static readonly DesignCheck Staging = new()
    {
        Id = "SL506",
        Severity = Severity.Warning,
        Title = "Orders go to Megaport's production",
        Why = "Staging takes orders without billing, but carries no traffic, has no looking glass, and is "
            + "overwritten every night: no tunnel comes up over it.",
        Fix = "Use staging to try orders only; leave megaport.environment out for a real link.",
        Sources = ["https://github.com/megaport/terraform-provider-megaport"],
        Find = design => design.Megaport.Staging ? [new("megaport.environment", "staging carries no traffic")] : [],
    };

    public static readonly DesignCheck ManyZones = new()
    {
        Id = "SL507",
        Severity = Severity.Warning,
        Title = "The transit gateway attaches in two availability zones or more",
        Why = "Workloads reach a transit gateway only from zones in which it has a subnet; with one zone, its "
            + "failure takes the link down.",
        Fix = "Name a subnet in each zone that has workloads.",
        Sources = [Docs.VpcAttachments, Docs.TransitGatewayPractices],
        Find = design => from vpc in design.Vpcs
                         where vpc.SubnetIds.Count < 2
                         select new Flaw($"{vpc.Path}.subnets", "one subnet, so one availability zone"),
    };

    private static string Several(int count, string one, string many) =>
        count == 1 ? one : $"{Number(count)} {many}";

    private static string Number(int count) => count switch
    {
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        _ => count.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public static readonly DesignCheck UnlimitedStays = new()
    {
        Id = "SL508",
        Severity = Severity.Note,
        Title = "The circuit's billing model can be changed",
        Why = "A metered circuit can become unlimited in place; an unlimited one cannot go back and must be replaced.",
        Fix = "Begin with MeteredData unless the traffic is known.",
        Sources = [Docs.ExpressRouteFaq],
        Find = design => from circuit in design.Circuits
                         where circuit.Family == "UnlimitedData"
                         select new Flaw($"{circuit.Path}.family", "UnlimitedData cannot go back to MeteredData"),
    };
}

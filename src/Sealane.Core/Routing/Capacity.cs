using Sealane.Core.Design;

namespace Sealane.Core.Routing;

/// <summary>So many Mbps at most, and what sets the limit; 0 where it is down.</summary>
public sealed record Carried(int Mbps, string Limit);

/// <summary>
/// What a design carries at most in each direction, as it is or with one thing failed: the least of what tunnels,
/// gateways, routers, cross connects and circuits carry of those that packets then take. Flows are spread by their
/// addresses and not by their size, and a single flow stays in one tunnel: so it is never more, and often less.
/// </summary>
/// <param name="Failure">Name of the failure; empty for the design as it is.</param>
public sealed record Capacity(string Failure, Carried AwsToAzure, Carried AzureToAws)
{
    /// <summary>As it is first, then in every single failure.</summary>
    public static IReadOnlyList<Capacity> Of(NetworkDesign design)
    {
        var network = DesignNetwork.Of(design);
        var now = RoutingTables.Solve(network);
        return
        [
            In("", now, design),
            .. Failures.Of(network).Select(failure =>
                In(failure.Name, now.With(network.Without(failure.Ids)), design)),
        ];
    }

    /// <summary>Of both directions the smaller; 0 where one of them is down.</summary>
    public int Mbps => Math.Min(AwsToAzure.Mbps, AzureToAws.Mbps);

    public override string ToString() => (AwsToAzure.Mbps, AzureToAws.Mbps) == (0, 0) ? "down"
        : AwsToAzure.Mbps == AzureToAws.Mbps
        ? $"{AwsToAzure.Mbps} Mbps each way ({AwsToAzure.Limit})"
        : $"{AwsToAzure.Mbps} Mbps to Azure ({AwsToAzure.Limit}), {AzureToAws.Mbps} Mbps to AWS ({AzureToAws.Limit})";

    /// <summary>The failure that it survives with the least, and with less than it carries whole; null where there is
    /// none.</summary>
    /// <param name="all">As it is first.</param>
    public static Capacity? Worst(IReadOnlyList<Capacity> all) =>
        all.Skip(1).Where(one => one.Mbps > 0 && one.Mbps < all[0].Mbps).MinBy(one => one.Mbps);

    private static Capacity In(string failure, RoutingTables tables, NetworkDesign design)
    {
        // The last address: the first ones of a VNet may be its GatewaySubnet.
        var (aws, azure) = (Last(DesignNetwork.ProtectedAws(design)[0]), Last(DesignNetwork.ProtectedAzure(design)[0]));
        return new(failure, Least(Tracer.Trace(tables, aws, azure), tables, design, toAzure: true),
            Least(Tracer.Trace(tables, azure, aws), tables, design, toAzure: false));
    }

    private static Ipv4 Last(Prefix prefix) => prefix.Host(Math.Max(0, prefix.Size - 2));

    private static Carried Least(Trace trace, RoutingTables tables, NetworkDesign design, bool toAzure)
    {
        if (trace.Verdict is not Verdict.Encrypted)
        {
            return new(0, "down");
        }
        var ways = new Ways();
        ways.Follow(trace.Start, null);
        var tunnels = ways.Tunnels.Count;
        IEnumerable<Carried> stages =
        [
            .. Transport(ways, tables.Network, design),
            new(tunnels * GatewaySpeeds.AwsTunnelMbps,
                tunnels == 1 ? "the one tunnel at AWS" : $"the {tunnels} tunnels at AWS"),
            .. GatewaySpeeds.Of(design.VpnGateway) is { } vpn
                ? [new Carried(vpn, $"the VPN gateway {design.VpnGateway.Sku}")] : Array.Empty<Carried>(),
            // Only what comes in passes it: packets out of the VNet go to the edge routers without it. Unconfirmed by
            // the vendor's page, told by one public note; to leave it out keeps "at most" true.
            .. toAzure && GatewaySpeeds.Of(design.ExpressRouteGateway) is { } expressRoute
                ? [new Carried(expressRoute, $"the ExpressRoute gateway {design.ExpressRouteGateway.Sku}")]
                : Array.Empty<Carried>(),
        ];
        return stages.MinBy(stage => stage.Mbps)!;
    }

    /// <summary>Each router that is on the way carries what its narrowest side does; together they carry the
    /// sum.</summary>
    private static IEnumerable<Carried> Transport(Ways ways, Network network, NetworkDesign design)
    {
        var routers = design.Routers.Where(router => ways.Legs.Any(leg => leg.Router == router.Name)).ToList();
        var carried = routers.ConvertAll(router => Through(router, ways, network, design));
        if (carried.Count > 0)
        {
            yield return new(carried.Sum(each => each.Mbps),
                string.Join(" and ", carried.Select(each => each.Limit).Distinct()));
        }
    }

    private static Carried Through(RouterDesign router, Ways ways, Network network, NetworkDesign design)
    {
        var up = network.Mcrs.Single(mcr => mcr.Id == router.Name).Interfaces.Where(face => face.Up)
            .Select(face => face.VxcId).ToHashSet(StringComparer.Ordinal);
        var aws = design.AwsVxcs.Where(vxc => vxc.Router.Key == router.Key && up.Contains(vxc.Name)).ToList();
        var azure = design.AzureVxcs.Where(vxc => vxc.Router.Key == router.Key
            && ways.Legs.Contains((router.Name, DesignNetwork.PathId(vxc.Circuit, vxc.Port)))).ToList();
        Carried[] sides =
        [
            new(aws.Sum(vxc => vxc.RateMbps), Named("VXC", aws.ConvertAll(vxc => vxc.Name))),
            // Each path of a circuit has the circuit's bandwidth:
            // https://learn.microsoft.com/azure/expressroute/expressroute-faqs
            new(azure.Sum(vxc => Math.Min(vxc.RateMbps, vxc.Circuit.BandwidthMbps)),
                Named("VXC", azure.ConvertAll(vxc => vxc.Name))),
            new(router.SpeedMbps, $"MCR {router.Name}"),
        ];
        return sides.MinBy(side => side.Mbps)!;
    }

    private static string Named(string kind, IReadOnlyList<string> names) => $"{kind} {string.Join(" + ", names)}";

    /// <summary>What the packets of a trace take, all branches together.</summary>
    private sealed class Ways
    {
        public HashSet<string> Tunnels { get; } = new(StringComparer.Ordinal);

        /// <summary>Of an MCR to a circuit's path, or back.</summary>
        public HashSet<(string Router, string Path)> Legs { get; } = [];

        public void Follow(TraceHop? hop, TraceHop? before)
        {
            if (hop is null)
            {
                return;
            }
            switch (before?.Kind, hop.Kind)
            {
                case (_, "tunnel"):
                    Tunnels.Add(hop.BoxId);
                    Follow(hop.Outer, null);
                    break;
                case ("MCR", "edge router"):
                    Legs.Add((before!.BoxId, hop.BoxId));
                    break;
                case ("edge router", "MCR"):
                    Legs.Add((hop.BoxId, before!.BoxId));
                    break;
            }
            foreach (var next in hop.Next)
            {
                Follow(next, hop);
            }
        }
    }
}

namespace Sealane.Core.Routing;

/// <summary>Holes that count whether or not a flow is seen to enter them: what is unread there is what would
/// tell.</summary>
public static class HoleRules
{
    public static IEnumerable<Hole> Of(Network network)
    {
        var all = network.Holes.Where(hole => hole.HidesTables).Concat(network.RouteServers.SelectMany(Server));
        return (Ipv6(network) is { } ipv6 ? all.Append(ipv6) : all).DistinctBy(hole => hole.Id);
    }

    /// <summary>
    /// IPv6 is read far enough to say that it is there. It could carry a packet between the clouds where a VPC and a
    /// VNet
    /// have IPv6 addresses and both a VIF and a circuit have an IPv6 peer.
    /// </summary>
    private static Hole? Ipv6(Network network)
    {
        var vpc = network.Vpcs.FirstOrDefault(one => one.Ipv6);
        var vnet = network.Vnets.FirstOrDefault(one => one.Ipv6);
        var vif = network.DxGateways.SelectMany(dx => dx.VirtualInterfaces).FirstOrDefault(one => one.Ipv6);
        var circuit = network.Circuits.FirstOrDefault(one => one.Ipv6);
        return vpc is null || vnet is null || vif is null || circuit is null ? null : new()
        {
            Id = $"ipv6:{vpc.Id}:{vnet.Id}",
            Kind = HoleKind.Ipv6,
            At = vif.Id,
            HidesTables = true,
            Hides = $"IPv6 between {vpc.Id} and {vnet.Id} over {vif.Id} and {circuit.Id}, which is not followed",
            Fix = "Take the IPv6 peer off the VIF or the circuit, or the IPv6 block off one of the networks.",
            LeadsTo = $"{vif.Id} {circuit.Id}",
        };
    }

    // With branch-to-branch the ExpressRoute gateway announces what the tunnels bring: the VPC itself, in the clear.
    private static IEnumerable<Hole> Server(RouteServer server)
    {
        if (server.BranchToBranch)
        {
            yield return Of(server, "branch-to-branch", "the two gateways tell each other their routes, so that "
                + "ExpressRoute may announce the VPC's prefixes that the tunnels bring",
                "Set allowBranchToBranchTraffic of the Route Server to false.");
        }
        if (server.Learned is null)
        {
            yield return Of(server, "learned", "routes that appliances announce to the Route Server",
                "Grant Microsoft.Network/virtualHubs/bgpConnections/learnedRoutes/action.");
        }
    }

    private static Hole Of(RouteServer server, string what, string hides, string fix) => new()
    {
        Id = $"{server.Id}:{what}",
        Kind = HoleKind.LeadsOut,
        At = server.VnetId,
        HidesTables = true,
        Hides = hides,
        Fix = fix,
        LeadsTo = server.Id,
    };
}

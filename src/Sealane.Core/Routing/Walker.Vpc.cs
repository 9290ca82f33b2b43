namespace Sealane.Core.Routing;

/// <summary>Forwarding in a VPC, its peerings and its virtual private gateway.</summary>
internal sealed partial class Walker
{
    private Outcome AtVpc(Vpc vpc, Packet packet)
    {
        VpcRouteTable? table = null;
        foreach (var one in vpc.RouteTables)
        {
            if (Holds(one.Subnets, packet.Source) || (one.Main && table is null))
            {
                table = one;
            }
        }
        return WithHoles(vpc.Id, "VPC", packet, table is null
            ? Drop(vpc.Id, "VPC", "the VPC has no route table for the source")
            : WithHoles(table.Id, "VPC", packet, ByVpcTable(vpc, table, packet)));
    }

    private Outcome ByVpcTable(Vpc vpc, VpcRouteTable table, Packet packet)
    {
        Asked?.AskVpcTable(tables.Network, table.Id);
        var rows = tables.VpcTable(vpc, table);
        var winner = Lookup.Longest(rows, packet.Destination);
        if (winner is null)
        {
            return Drop(vpc.Id, "VPC", $"no VPC route to {packet.Destination}", table.Id);
        }
        if (winner.Target == VpcRouteTarget.Local)
        {
            return Deliver(packet, vpc.Id, "VPC", table.Id, RouteRule.VpcLocal, vpc.Id);
        }
        var outcome = Towards(vpc, table, winner, packet);
        if (!record)
        {
            return outcome;
        }
        var candidates = Candidates(rows, packet.Destination, winner, row => row.TargetId);
        return Hop(vpc.Id, "VPC", table.Id, candidates, Deciding(candidates, RouteRule.LongestPrefix, false),
            $"{winner.Prefix} to {(winner.TargetId.Length > 0 ? winner.TargetId : winner.Target)}", outcome);
    }

    private Outcome Towards(Vpc vpc, VpcRouteTable table, VpcEffectiveRoute route, Packet packet)
    {
        switch (route.Target)
        {
            case VpcRouteTarget.Blackhole:
                return Drop(vpc.Id, "VPC", $"the VPC route {route.Prefix} is a blackhole", table.Id);
            case VpcRouteTarget.TransitGateway when _index.TransitGateways.TryGetValue(route.TargetId, out var tgw):
                return AtTgw(tgw, _index.AttachmentOf(tgw.Id, vpc.Id)!.Id, packet);
            case VpcRouteTarget.VirtualPrivateGateway
                when _index.VirtualPrivateGateways.TryGetValue(route.TargetId, out var vgw):
                return AtVgw(vgw, packet);
            case VpcRouteTarget.Peering when _index.VpcPeerings.TryGetValue(route.TargetId, out var peering):
                return OverPeering(vpc, peering, packet);
            case VpcRouteTarget.InternetGateway when Private.Holds(packet.Destination):
                return Drop(vpc.Id, "VPC", $"the internet carries no {packet.Destination}", table.Id);
            default:
                return Out(vpc.Id, "VPC", route.TargetId.Length > 0 ? route.TargetId : $"{table.Id} {route.Prefix}",
                    What(route.Target), packet, table.Id);
        }
    }

    private static string What(VpcRouteTarget target) => target switch
    {
        VpcRouteTarget.TransitGateway => "a transit gateway that was not read",
        VpcRouteTarget.VirtualPrivateGateway => "a virtual private gateway that was not read",
        VpcRouteTarget.Peering => "a VPC peering that was not read",
        VpcRouteTarget.NetworkInterface => "a network interface, which may be an appliance",
        VpcRouteTarget.NatGateway => "a NAT gateway",
        VpcRouteTarget.InternetGateway => "the internet",
        VpcRouteTarget.Endpoint => "the appliances behind an endpoint",
        _ => "a target of a kind that is not known",
    };

    private Outcome OverPeering(Vpc vpc, VpcPeering peering, Packet packet)
    {
        var (far, prefixes) = peering.VpcId == vpc.Id ? (peering.OtherVpcId, peering.OtherPrefixes)
            : (peering.VpcId, peering.Prefixes);
        return peering.Up && Holds(prefixes, packet.Destination) ? Deliver(packet, far, "VPC", "", null, far)
            : Drop(peering.Id, "VPC peering", $"{peering.Id} leads to {far} alone, which has no {packet.Destination}");
    }

    private Outcome AtVgw(VirtualPrivateGateway gateway, Packet packet)
    {
        Asked?.AskVgw(tables.Network, gateway);
        var dx = VgwRoutes.DxGatewaysOf(tables, gateway)
            .Select(one => (Dx: one, Row: Lookup.Longest(tables.Transport.DxGateways[one.Id], packet.Destination)))
            .Where(one => one.Row is not null).ToList();
        var longest = dx.Select(one => one.Row!.Prefix.Length).DefaultIfEmpty(-1).Max();
        var vpn = gateway.VpnPrefixes.Where(prefix => prefix.Contains(packet.Destination))
            .Select(prefix => prefix.Length).DefaultIfEmpty(-1).Max();
        Outcome? result = null;
        foreach (var (one, row) in dx)
        {
            if (row!.Prefix.Length == longest && longest >= vpn)
            {
                result = Outcome.Join(result, AtDxGateway(one, packet));
            }
        }
        if (vpn > longest || (vpn == longest && vpn >= 0))
        {
            result = Outcome.Join(result, Out(gateway.Id, "virtual private gateway", $"{gateway.Id} VPN",
                "a VPN connection of the virtual private gateway", packet));
        }
        var outcome = gateway.Up && result is { } found ? found
            : Drop(gateway.Id, "virtual private gateway", $"{gateway.Id} has no route to {packet.Destination}");
        outcome = WithHoles(gateway.Id, "virtual private gateway", packet, outcome);
        return record ? Hop(gateway.Id, "virtual private gateway", "", [], null, "by its own routes", outcome)
            : outcome;
    }

    // A transit gateway may send a VPC what is not the VPC's own, to be inspected there. Which subnet it arrives in is
    // not
    // read: every table of the VPC that leads elsewhere than back is followed.
    private Outcome ThroughVpc(Vpc vpc, Packet packet)
    {
        Outcome? result = null;
        foreach (var table in vpc.RouteTables)
        {
            Asked?.AskVpcTable(tables.Network, table.Id);
            if (Lookup.Longest(tables.VpcTable(vpc, table), packet.Destination)
                is { Target: not VpcRouteTarget.TransitGateway } route)
            {
                result = Outcome.Join(result, Towards(vpc, table, route, packet));
            }
        }
        return result ?? Drop(vpc.Id, "VPC", $"{packet.Destination} is not in the VPC");
    }
}

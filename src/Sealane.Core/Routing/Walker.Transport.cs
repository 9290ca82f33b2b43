namespace Sealane.Core.Routing;

/// <summary>Forwarding on the transport: MCR, edge routers, ExpressRoute gateway.</summary>
internal sealed partial class Walker
{
    private Outcome AtMcr(McrState mcr, Packet packet)
    {
        var crossed = packet with { Crossed = !packet.IsOuter };
        return Met(mcr.Mcr.Id, "", "MCR", crossed, out var known) ? known
            : Answer(mcr.Mcr.Id, "", crossed, LookUp(mcr, crossed));
    }

    private Outcome LookUp(McrState mcr, Packet packet)
    {
        var winner = Lookup.Longest(mcr.Ip, packet.Destination);
        if (winner is null)
        {
            return Exposed(packet, Drop(mcr.Mcr.Id, "MCR", $"the MCR has no route to {packet.Destination}", "IP"));
        }
        Outcome? result = null;
        foreach (var row in mcr.Ip)
        {
            if (row.Prefix == winner.Prefix && row.Protocol == winner.Protocol)
            {
                result = Outcome.Join(result, OverVxc(mcr, row, packet));
            }
        }
        var outcome = Exposed(packet, result!.Value);
        if (!record)
        {
            return outcome;
        }
        var candidates = Candidates(mcr.Ip, packet.Destination, winner, row => $"{row.Protocol} {row.NextHop} "
            + $"{row.VxcId}");
        return Hop(mcr.Mcr.Id, "MCR", "IP", candidates, Deciding(candidates, winner.Rule, winner.Contested),
            $"{winner.Protocol} {winner.Prefix} via {winner.NextHop} on {winner.VxcId}", outcome);
    }

    private static Outcome Exposed(Packet packet, Outcome outcome) => packet.IsOuter ? outcome
        : outcome with { Exposed = true };

    private Outcome OverVxc(McrState mcr, McrIpRoute route, Packet packet)
    {
        if (route.NextHop is not { } nextHop || route.Interface?.FarEnd is not { } far)
        {
            return Drop(mcr.Mcr.Id, "MCR", $"{packet.Destination} is on the MCR's own link {route.Prefix}");
        }
        if (_index.Vifs.TryGetValue(far, out var vif) && vif.Vif.Up && vif.Vif.AmazonAddress == nextHop)
        {
            return IntoAws(vif.Dx, packet);
        }
        if (_index.Paths.TryGetValue(far, out var path) && path.Path.Up && path.Path.MicrosoftAddress == nextHop)
        {
            return AtMsee(path.Path, packet);
        }
        if (tables.Transport.Mcrs.TryGetValue(far, out var other)
            && other.Mcr.Interfaces.Any(i => i.Up && i.VxcId == route.VxcId && McrTables.Owns(i, nextHop)))
        {
            return AtMcr(other, packet);
        }
        return Drop(route.VxcId ?? mcr.Mcr.Id, "VXC", $"nothing answers at next hop {nextHop} of {route.Prefix}");
    }

    private Outcome AtMsee(CircuitPath path, Packet packet)
    {
        var rows = tables.Transport.Paths[path.Id];
        var winner = Lookup.Longest(rows, packet.Destination);
        Outcome outcome;
        if (winner is null)
        {
            return Drop(path.Id, "edge router", $"the {path.Name} edge router has no route to {packet.Destination}");
        }
        if (winner.FromGatewayId is { } gatewayId)
        {
            outcome = IntoAzure(_index.ErGateways[gatewayId], packet);
        }
        else
        {
            outcome = AtMcr(tables.Transport.Mcrs[winner.McrId!], packet);
        }
        if (!record)
        {
            return outcome;
        }
        var candidates =
            Candidates(rows, packet.Destination, winner, row => $"{row.NextHop} {row.FromGatewayId ?? row.McrId}");
        return Hop(path.Id, "edge router", path.Name, candidates, Deciding(candidates, RouteRule.BgpAsPath, false),
            $"{winner.Prefix} to {winner.FromGatewayId ?? winner.McrId}", outcome);
    }

    private Outcome IntoAzure(ExpressRouteGateway gateway, Packet packet)
    {
        if (!gateway.Up || !_index.Vnets.TryGetValue(gateway.VnetId, out var vnet))
        {
            return Drop(gateway.Id, "ExpressRoute gateway", "the ExpressRoute gateway is down");
        }
        if (!Holds(vnet.Prefixes, packet.Destination) && !Holds(_index.Space(vnet.Id)!.Spokes, packet.Destination))
        {
            return Drop(gateway.Id, "ExpressRoute gateway", $"{packet.Destination} is not in the VNet");
        }
        var subnet = gateway.Addresses.IsEmpty ? null : SubnetOf(vnet, gateway.Addresses[0]);
        var outcome = AtVnet(vnet, subnet, packet);
        return record
            ? Hop(gateway.Id, "ExpressRoute gateway", "", [], RouteRule.VnetGateway, $"into {vnet.Id}", outcome)
            : outcome;
    }

    private Outcome IntoExpressRoute(ExpressRouteGateway gateway, Packet packet)
    {
        var rows = tables.Transport.ErLearned[gateway.Id];
        GatewayRoute? winner = null;
        foreach (var row in rows)
        {
            if (row.Via.Length > 0 && row.Prefix.Contains(packet.Destination)
                && (winner is null || row.Prefix.Length > winner.Prefix.Length
                    || (row.Prefix.Length == winner.Prefix.Length && row.AsPath.Length < winner.AsPath.Length)))
            {
                winner = row;
            }
        }
        if (winner is null)
        {
            return Drop(gateway.Id, "ExpressRoute gateway",
                $"no edge router announces a route to {packet.Destination}");
        }
        Outcome? result = null;
        foreach (var row in rows)
        {
            if (row.Via.Length > 0 && row.Prefix == winner.Prefix && row.AsPath.Length == winner.AsPath.Length)
            {
                result = Outcome.Join(result, AtMsee(_index.Paths[row.Via].Path, packet));
            }
        }
        if (!record)
        {
            return result!.Value;
        }
        var candidates = Candidates(rows, packet.Destination, winner, row => row.Via);
        return Hop(gateway.Id, "ExpressRoute gateway", "learned", candidates,
            Deciding(candidates, RouteRule.BgpAsPath, false),
            $"{winner.Prefix} to {winner.Via}", result!.Value);
    }
}

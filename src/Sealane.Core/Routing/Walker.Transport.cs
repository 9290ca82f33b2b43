namespace Sealane.Core.Routing;

/// <summary>Forwarding on the transport: MCR, edge routers, ExpressRoute gateway.</summary>
internal sealed partial class Walker
{
    private Outcome AtMcr(McrState mcr, Packet packet)
    {
        var crossed = packet with { Crossed = !packet.IsOuter };
        return Met(mcr.Mcr.Id, "", "MCR", crossed, out var known) ? known
            : Answer(mcr.Mcr.Id, "", "MCR", crossed, LookUp(mcr, crossed));
    }

    private Outcome LookUp(McrState mcr, Packet packet)
    {
        Asked?.Ask(TransportBox.Mcr, mcr.Mcr.Id);
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
        var outcome = ToFarEnd(mcr, route, packet);
        return WithHoles(route.VxcId ?? "", "VXC", packet, outcome);
    }

    private Outcome ToFarEnd(McrState mcr, McrIpRoute route, Packet packet)
    {
        if (route.NextHop is not { } nextHop || route.Interface is not { } @interface)
        {
            return Drop(mcr.Mcr.Id, "MCR", $"{packet.Destination} is on the MCR's own link {route.Prefix}");
        }
        var far = @interface.FarEnd ?? "";
        if (_index.Vifs.TryGetValue(far, out var vif))
        {
            return vif.Vif.Up && vif.Vif.AmazonAddress == nextHop ? IntoAws(vif.Dx, packet) : Nobody();
        }
        if (_index.Paths.TryGetValue(far, out var path))
        {
            return path.Path.Up && path.Path.MicrosoftAddress == nextHop ? AtMsee(path.Path, packet) : Nobody();
        }
        if (tables.Transport.Mcrs.TryGetValue(far, out var other))
        {
            return other.Mcr.Interfaces.Any(i => i.Up && i.VxcId == route.VxcId && McrTables.Owns(i, nextHop))
                ? AtMcr(other, packet) : Nobody();
        }
        return far.Length > 0 || @interface.Sessions.Any(session => session.Neighbour.Length > 0)
            ? Out(mcr.Mcr.Id, "MCR", route.VxcId ?? far, "a VXC to a router that was not read", packet) : Nobody();

        Outcome Nobody() => Drop(route.VxcId ?? mcr.Mcr.Id, "VXC",
            $"nothing answers at next hop {nextHop} of {route.Prefix}");
    }

    private Outcome AtMsee(CircuitPath path, Packet packet)
    {
        Asked?.Ask(TransportBox.Edge, path.Id);
        var rows = tables.Transport.Paths[path.Id];
        MseeRoute? winner = null;
        foreach (var row in rows)
        {
            if (row.Best && row.Prefix.Contains(packet.Destination)
                && (winner is null || row.Prefix.Length > winner.Prefix.Length))
            {
                winner = row;
            }
        }
        if (winner is null)
        {
            return Drop(path.Id, "edge router", $"the {path.Name} edge router has no route to {packet.Destination}");
        }
        Outcome? result = null;
        foreach (var row in rows)
        {
            if (row.Best && row.Prefix == winner.Prefix)
            {
                result = Outcome.Join(result, FromMsee(path, row, packet));
            }
        }
        var outcome = WithHoles(path.Id, "edge router", packet, result!.Value);
        if (!record)
        {
            return outcome;
        }
        var candidates = Candidates(rows.FindAll(row => !row.Reflected), packet.Destination, winner,
            row => $"{row.NextHop} {Target(row)}");
        return Hop(path.Id, "edge router", path.Name, candidates, Deciding(candidates, RouteRule.BgpAsPath, false),
            $"{winner.Prefix} to {Target(winner)}", outcome);

        static string Target(MseeRoute row) =>
            row.FromGatewayId ?? row.McrId ?? (row.Foreign ? "a gateway out of sight"
                : row.Joined ? "a circuit joined by Global Reach" : "a router out of sight");
    }

    private Outcome FromMsee(CircuitPath path, MseeRoute row, Packet packet) =>
        row.FromGatewayId is { } gateway ? IntoAzure(_index.ErGateways[gateway], packet)
        : row.McrId is { } mcr ? AtMcr(tables.Transport.Mcrs[mcr], packet)
        : Out(path.Id, "edge router", $"{path.Id} {row.Prefix}",
            row.Foreign ? "a VNet that was not read"
                : row.Joined ? "a circuit joined by Global Reach" : "a router that was not read", packet);

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
        var subnet = GatewaySubnet(vnet, gateway.Addresses.IsEmpty ? null : gateway.Addresses[0]);
        var outcome = WithHoles(gateway.Id, "ExpressRoute gateway", packet, AtVnet(vnet, subnet, packet));
        return record
            ? Hop(gateway.Id, "ExpressRoute gateway", "", [], RouteRule.VnetGateway, $"into {vnet.Id}", outcome)
            : outcome;
    }

    private Outcome IntoExpressRoute(ExpressRouteGateway gateway, Packet packet)
    {
        Asked?.Ask(TransportBox.ErGateway, gateway.Id);
        var rows = tables.Transport.ErLearned[gateway.Id];
        GatewayRoute? winner = null;
        foreach (var row in rows)
        {
            if (row.Via.Length > 0 && row.Prefix.Contains(packet.Destination)
                && (winner is null || Preferred(row, winner) < 0))
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
            if (row.Via.Length > 0 && row.Prefix == winner.Prefix && Preferred(row, winner) == 0)
            {
                result = Outcome.Join(result, AtMsee(_index.Paths[row.Via].Path, packet));
            }
        }
        result = WithHoles(gateway.Id, "ExpressRoute gateway", packet, result!.Value);
        if (!record)
        {
            return result!.Value;
        }
        var candidates = Candidates(rows, packet.Destination, winner, row => row.Via);
        return Hop(gateway.Id, "ExpressRoute gateway", "learned", candidates,
            Deciding(candidates, RouteRule.BgpAsPath, false),
            $"{winner.Prefix} to {winner.Via}", result!.Value);
    }

    // The longest prefix, then the weight of the connection, then the AS path.
    private static int Preferred(GatewayRoute a, GatewayRoute b)
    {
        var order = b.Prefix.Length.CompareTo(a.Prefix.Length);
        order = order != 0 ? order : b.Weight.CompareTo(a.Weight);
        return order != 0 ? order : a.AsPath.Length.CompareTo(b.AsPath.Length);
    }
}

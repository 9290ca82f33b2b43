namespace Sealane.Core.Routing;

/// <summary>Forwarding in a VNet and its VPN gateway.</summary>
internal sealed partial class Walker
{
    private static VnetSubnet? SubnetOf(Vnet vnet, Ipv4 address)
    {
        foreach (var subnet in vnet.Subnets)
        {
            if (subnet.Prefix.Contains(address))
            {
                return subnet;
            }
        }
        return null;
    }

    private Outcome AtVnet(Vnet vnet, VnetSubnet? subnet, Packet packet)
    {
        var table = subnet?.Id ?? vnet.Id;
        return Met(vnet.Id, table, "VNet", packet, out var known) ? known
            : Answer(vnet.Id, table, "VNet", packet, LookUp(vnet, subnet, table, packet));
    }

    private Outcome LookUp(Vnet vnet, VnetSubnet? subnet, string table, Packet packet)
    {
        Asked?.AskSubnet(tables.Network);
        var rows = tables.Effective(vnet, subnet);
        var winner = Lookup.Longest(rows, packet.Destination);
        if (winner is null)
        {
            return Drop(vnet.Id, "VNet", $"no route to {packet.Destination}", table);
        }
        return WithHoles(table, "VNet", packet, Towards(vnet, table, rows, winner, packet));
    }

    private Outcome Towards(Vnet vnet, string table, List<EffectiveRoute> rows, EffectiveRoute route, Packet packet)
    {
        switch (route.NextHopType)
        {
            case "VnetLocal" when Holds(vnet.Prefixes, packet.Destination):
                return Arrive(vnet, table, route, vnet.Id, packet);
            case "VnetLocal" or "VNetPeering" when FarVnet(vnet, packet.Destination) is { } far:
                return Arrive(vnet, table, route, far, packet);
            case "VirtualNetworkGateway" when route.GatewayIds.Length > 0:
                var outcome = IntoGateways(route, packet);
                if (route.PeerVnetId.Length > 0)
                {
                    outcome = Outcome.Join(outcome, Arrive(vnet, table, route, route.PeerVnetId, packet));
                }
                return AtVnetHop(vnet, table, rows, route, packet, outcome);
            case "VirtualAppliance":
                var appliance = route.NextHopAddress?.ToString() ?? string.Join(' ', route.GatewayIds);
                return AtVnetHop(vnet, table, rows, route, packet,
                    Out(vnet.Id, "VNet", appliance, "an appliance", packet, table));
            case "Internet" when !Private.Holds(packet.Destination):
                return Out(vnet.Id, "VNet", $"{vnet.Id} internet", "the internet", packet, table);
            default:
                return Drop(vnet.Id, "VNet", $"{route.Prefix} has next hop {route.NextHopType}", table);
        }
    }

    private Outcome Arrive(Vnet vnet, string table, EffectiveRoute route, string where, Packet packet) =>
        packet.IsOuter ? ToEndpoint(vnet, where, table, packet)
        : Deliver(packet, where, "VNet", table, route.Rule, where);

    // The peered VNet that has the address. A peering is not transitive: it reaches the far VNet's own space alone.
    private static string? FarVnet(Vnet vnet, Ipv4 destination)
    {
        foreach (var peering in vnet.Peerings)
        {
            if (peering is { Connected: true, AllowAccess: true } && Holds(peering.RemotePrefixes, destination))
            {
                return peering.RemoteVnetId;
            }
        }
        return null;
    }

    // A user-defined route names no gateway. Those with a route for the packet are all followed; when none has, any
    // will drop it.
    private Outcome IntoGateways(EffectiveRoute route, Packet packet)
    {
        Outcome? result = null;
        foreach (var id in route.GatewayIds)
        {
            var isLast = id == route.GatewayIds[^1] && result is null;
            if (_index.ErGateways.TryGetValue(id, out var er))
            {
                if (isLast || tables.Transport.ErLearned[id]
                    .Exists(row => row.Via.Length > 0 && row.Prefix.Contains(packet.Destination)))
                {
                    result = Outcome.Join(result, IntoExpressRoute(er, packet));
                }
            }
            else if (isLast || tables.Overlay.VpnLearned.GetValueOrDefault(id, [])
                .Exists(row => row.Prefix.Contains(packet.Destination)))
            {
                result = Outcome.Join(result, IntoVpnGateway(_index.VpnGateways[id], packet));
            }
        }
        return result!.Value;
    }

    private Outcome AtVnetHop(
        Vnet vnet, string table, List<EffectiveRoute> rows, EffectiveRoute winner, Packet packet, Outcome outcome)
    {
        if (!record)
        {
            return outcome;
        }
        var candidates = Candidates(rows, packet.Destination, winner, Via);
        candidates.InsertRange(1, winner.Hidden.Select(hidden => new RouteCandidate(winner.Prefix, hidden, false)));
        return Hop(vnet.Id, "VNet", table, candidates, Deciding(candidates, winner.Rule, winner.Hidden.Length > 0),
            $"{winner.Prefix} to {Via(winner)}", outcome);

        static string Via(EffectiveRoute row) => row.GatewayIds.IsEmpty ? row.NextHopType
            : string.Join(' ', row.GatewayIds);
    }

    private Outcome ToEndpoint(Vnet vnet, string where, string table, Packet packet)
    {
        foreach (var gateway in tables.Network.VpnGateways)
        {
            if (gateway.VnetId == where
                && gateway.Instances.Any(i => i.Up && i.PrivateAddress == packet.Destination))
            {
                return Deliver(packet, vnet.Id, "VNet", table, RouteRule.VnetGateway, gateway.Id);
            }
        }
        return Drop(vnet.Id, "VNet", $"no VPN gateway instance answers at {packet.Destination}", table);
    }

    // Packets from a gateway are routed by the table of GatewaySubnet.
    private static VnetSubnet? GatewaySubnet(Vnet vnet, Ipv4? address)
    {
        if (address is { } known && SubnetOf(vnet, known) is { } subnet)
        {
            return subnet;
        }
        foreach (var one in vnet.Subnets)
        {
            if (one.Id.EndsWith("GatewaySubnet", StringComparison.OrdinalIgnoreCase))
            {
                return one;
            }
        }
        return null;
    }

    private Outcome OutOfTunnelAtAzure(VpnGateway gateway, Packet packet)
    {
        if (!_index.Vnets.TryGetValue(gateway.VnetId, out var vnet))
        {
            return Drop(gateway.Id, "VPN gateway", "the VPN gateway has no VNet");
        }
        if (!Holds(vnet.Prefixes, packet.Destination) && !Holds(_index.Space(vnet.Id)!.Spokes, packet.Destination))
        {
            return IntoVpnGateway(gateway, packet);
        }
        var subnet = GatewaySubnet(vnet, gateway.Instances.IsEmpty ? null : gateway.Instances[0].PrivateAddress);
        var outcome = AtVnet(vnet, subnet, packet);
        return record ? Hop(gateway.Id, "VPN gateway", "", [], RouteRule.VnetGateway, $"into {vnet.Id}", outcome)
            : outcome;
    }

    private Outcome IntoVpnGateway(VpnGateway gateway, Packet packet)
    {
        if (packet.IsOuter)
        {
            return Drop(gateway.Id, "VPN gateway", "recursion: the outer packet's route is the tunnel itself");
        }
        if (!gateway.Instances.IsEmpty && !gateway.Instances.Any(instance => instance.Up))
        {
            return Drop(gateway.Id, "VPN gateway", "the VPN gateway is down");
        }
        var rows = tables.Overlay.VpnLearned.GetValueOrDefault(gateway.Id, []);
        GatewayRoute? winner = null;
        foreach (var row in rows)
        {
            if (row.Prefix.Contains(packet.Destination)
                && (winner is null || row.Prefix.Length > winner.Prefix.Length
                    || (row.Prefix.Length == winner.Prefix.Length && row.AsPath.Length < winner.AsPath.Length)))
            {
                winner = row;
            }
        }
        if (winner is null)
        {
            return Drop(gateway.Id, "VPN gateway", $"no tunnel brings a route to {packet.Destination}");
        }
        Outcome? result = null;
        foreach (var row in rows)
        {
            if (row.Prefix == winner.Prefix && row.AsPath.Length == winner.AsPath.Length)
            {
                result = Outcome.Join(result, _index.Tunnels.TryGetValue(row.Via, out var tunnel)
                    ? Through(tunnel, toAzure: false, packet) : IntoBranch(gateway, row.Via, packet));
            }
        }
        result = WithHoles(gateway.Id, "VPN gateway", packet, result!.Value);
        if (!record)
        {
            return result!.Value;
        }
        var candidates = Candidates(rows, packet.Destination, winner, row => row.Via);
        return Hop(gateway.Id, "VPN gateway", "learned", candidates, Deciding(candidates, RouteRule.BgpAsPath, false),
            $"{winner.Prefix} over {string.Join(' ', rows.Where(r => r.Prefix == winner.Prefix).Select(r => r.Via))}",
            result!.Value);
    }

    private Outcome IntoBranch(VpnGateway gateway, string id, Packet packet)
    {
        var branch = gateway.Branches.First(one => one.Id == id);
        var outcome = branch.TrafficSelectors.IsEmpty || Holds(branch.TrafficSelectors, packet.Destination)
            ? Out(gateway.Id, "VPN gateway", id, "a connection that is none of the link's", packet)
            : Drop(gateway.Id, "VPN gateway", $"no traffic selector of {id} has {packet.Destination}");
        return WithHoles(id, "VPN gateway", packet, outcome);
    }
}

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
            : Answer(vnet.Id, table, packet, LookUp(vnet, subnet, table, packet));
    }

    private Outcome LookUp(Vnet vnet, VnetSubnet? subnet, string table, Packet packet)
    {
        var rows = tables.Effective(vnet, subnet);
        var winner = Lookup.Longest(rows, packet.Destination);
        if (winner is null)
        {
            return Drop(vnet.Id, "VNet", $"no route to {packet.Destination}", table);
        }
        switch (winner.NextHopType)
        {
            case "VnetLocal" or "VNetPeering":
                return packet.IsOuter ? ToEndpoint(vnet, table, packet)
                    : Deliver(packet, vnet.Id, "VNet", table, winner.Rule, vnet.Id);
            case "VirtualNetworkGateway" when winner.GatewayIds.Length > 0:
                return AtVnetHop(vnet, table, rows, winner, packet, IntoGateways(winner, packet));
            case "VirtualAppliance" when winner.NextHopAddress is { } appliance && SubnetOf(vnet, appliance) is { } next
                && next != subnet:
                // The appliance is assumed to forward whatever it gets, by the routes of its own subnet.
                return AtVnetHop(vnet, table, rows, winner, packet, AtVnet(vnet, next, packet));
            default:
                return Drop(vnet.Id, "VNet", $"{winner.Prefix} has next hop {winner.NextHopType}", table);
        }
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

    private Outcome ToEndpoint(Vnet vnet, string table, Packet packet)
    {
        foreach (var gateway in tables.Network.VpnGateways)
        {
            if (gateway.VnetId == vnet.Id && gateway.Instances.Any(i => i.Up && i.PrivateAddress == packet.Destination))
            {
                return Deliver(packet, vnet.Id, "VNet", table, RouteRule.VnetGateway, gateway.Id);
            }
        }
        return Drop(vnet.Id, "VNet", $"no VPN gateway instance answers at {packet.Destination}", table);
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
        var subnet = gateway.Instances.IsEmpty ? null : SubnetOf(vnet, gateway.Instances[0].PrivateAddress);
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
                result = Outcome.Join(result, Through(_index.Tunnels[row.Via], toAzure: false, packet));
            }
        }
        if (!record)
        {
            return result!.Value;
        }
        var candidates = Candidates(rows, packet.Destination, winner, row => row.Via);
        return Hop(gateway.Id, "VPN gateway", "learned", candidates, Deciding(candidates, RouteRule.BgpAsPath, false),
            $"{winner.Prefix} over {string.Join(' ', rows.Where(r => r.Prefix == winner.Prefix).Select(r => r.Via))}",
            result!.Value);
    }
}

namespace Sealane.Core.Routing;

/// <summary>Azure gateways' tables in the shape of getLearnedRoutes and getAdvertisedRoutes.</summary>
internal static class GatewayRows
{
    public static List<GatewayRoute> VpnLearned(RoutingTables tables, VpnGateway gateway)
    {
        var rows = new List<GatewayRoute>();
        foreach (var instance in gateway.Instances)
        {
            if (!instance.Up)
            {
                continue;
            }
            foreach (var prefix in TunnelBgp.OwnPrefixes(tables.Index, gateway))
            {
                rows.Add(new(instance.PrivateAddress, prefix, null, instance.PrivateAddress, "Network", []));
            }
            foreach (var route in tables.Overlay.VpnLearned.GetValueOrDefault(gateway.Id, []))
            {
                rows.Add(!tables.Index.Tunnels.TryGetValue(route.Via, out var tunnel)
                    || tunnel.InstanceId == instance.Id || route.Origin != "EBgp" ? route
                    : route with { LocalAddress = instance.PrivateAddress, Origin = "IBgp" });
            }
        }
        return rows;
    }

    /// <summary>
    /// All gateways of a VNet form an iBGP mesh: an ExpressRoute gateway shows what the VPN gateway has. It tells the
    /// edge routers nothing of it; only a Route Server with branch-to-branch lets it.
    /// </summary>
    /// <remarks>Public labs: github.com/kaysalau/azure-network-terraform.</remarks>
    public static List<GatewayRoute> ErLearned(RoutingTables tables, ExpressRouteGateway gateway)
    {
        var rows = new List<GatewayRoute>(tables.Transport.ErLearned[gateway.Id]);
        foreach (var vpn in tables.Network.VpnGateways)
        {
            if (gateway.Up && vpn.VnetId == gateway.VnetId && !tables.Network.Ignore.Has(RoutingRules.GatewayMesh))
            {
                var local = gateway.Addresses.IsEmpty ? default : gateway.Addresses[0];
                // Of a prefix that it announces itself, a gateway passes on nothing that it learned: one route a prefix
                // (RFC 4271, section 9.1.2), and its own is the shorter.
                var own = TunnelBgp.OwnPrefixes(tables.Index, vpn);
                var passed = VpnLearned(tables, vpn)
                    .Where(route => route.Origin == "EBgp" && !own.Contains(route.Prefix));
                rows.AddRange(passed.Select(route => route with
                {
                    LocalAddress = local,
                    NextHop = route.LocalAddress,
                    SourcePeer = route.LocalAddress,
                    Origin = "IBgp",
                    Via = "",
                }));
            }
        }
        return rows;
    }

    public static List<GatewayRoute> VpnAdvertised(RoutingTables tables, VpnGateway gateway, Ipv4 peer)
    {
        var rows = new List<GatewayRoute>();
        foreach (var tunnel in tables.Network.Tunnels)
        {
            if (tunnel.VpnGatewayId == gateway.Id && tunnel.AwsInside == peer)
            {
                foreach (var route in tables.TunnelToAws(tunnel.Id))
                {
                    rows.Add(new(tunnel.AzureInside, route.Prefix, tunnel.AzureInside, tunnel.AzureInside, "Igp",
                        route.AsPath)
                    {
                        Via = tunnel.Id,
                    });
                }
            }
        }
        return rows;
    }

    public static List<GatewayRoute> ErAdvertised(RoutingTables tables, ExpressRouteGateway gateway, Ipv4 peer)
    {
        var rows = new List<GatewayRoute>();
        foreach (var (circuit, path) in tables.Index.Paths.Values)
        {
            if (path.Up && path.MicrosoftAddress == peer && CloudEdges.IsConnected(gateway, circuit.Id))
            {
                var local = gateway.Addresses.IsEmpty ? default : gateway.Addresses[0];
                foreach (var prefix in CloudEdges.AnnouncedBy(tables.Index, gateway))
                {
                    rows.Add(new(local, prefix, local, local, "Igp", [gateway.Asn]) { Via = path.Id });
                }
            }
        }
        return rows;
    }

    /// <summary>Whether gateways know the same routes over the same ways.</summary>
    public static bool Alike(
        Dictionary<string, List<GatewayRoute>> one, Dictionary<string, List<GatewayRoute>> other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }
        foreach (var (gateway, rows) in one)
        {
            if (!other.TryGetValue(gateway, out var others) || !Alike(rows, others))
            {
                return false;
            }
        }
        return true;
    }

    private static bool Alike(List<GatewayRoute> rows, List<GatewayRoute> others)
    {
        if (rows.Count != others.Count)
        {
            return false;
        }
        for (var i = 0; i < rows.Count; i++)
        {
            var (a, b) = (rows[i], others[i]);
            if (a.Prefix != b.Prefix || a.Via != b.Via || a.Origin != b.Origin || a.NextHop != b.NextHop
                || a.LocalAddress != b.LocalAddress || a.Weight != b.Weight
                || !a.AsPath.AsSpan().SequenceEqual(b.AsPath.AsSpan()))
            {
                return false;
            }
        }
        return true;
    }
}

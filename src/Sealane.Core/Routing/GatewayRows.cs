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
                var tunnel = tables.Index.Tunnels[route.Via];
                rows.Add(tunnel.InstanceId == instance.Id ? route
                    : route with { LocalAddress = instance.PrivateAddress, Origin = "IBgp" });
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
}

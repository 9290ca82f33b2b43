using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>BGP inside the tunnels that carry, and the transit gateway tables and VPN gateway tables that
/// follow.</summary>
internal static class TunnelBgp
{
    /// <summary>Rounds until nothing changes; false when the bound is reached first.</summary>
    public static bool Settle(NetworkIndex index, Transport transport, Overlay overlay)
    {
        var bound = (4 * index.Network.Tunnels.Length) + 8;
        AcceptAtAzure(index, overlay);
        BuildTables(index, transport, overlay);
        for (var round = 0; round < bound; round++)
        {
            var changed = FromAzure(index, overlay);
            if (changed)
            {
                BuildTables(index, transport, overlay);
            }
            changed |= FromAws(index, overlay);
            if (!changed)
            {
                return true;
            }
            AcceptAtAzure(index, overlay);
        }
        return false;
    }

    private static void BuildTables(NetworkIndex index, Transport transport, Overlay overlay)
    {
        foreach (var tgw in index.Network.TransitGateways)
        {
            foreach (var table in tgw.RouteTables)
            {
                overlay.TgwTables[table.Id] = TransitGatewayTable.Build(index, transport, overlay, tgw, table);
            }
        }
    }

    // The VPN gateway announces its VNet, and what it learned over its other tunnels.
    private static bool FromAzure(NetworkIndex index, Overlay overlay)
    {
        var changed = false;
        foreach (var tunnel in index.Network.Tunnels)
        {
            var rows = new List<BgpRoute>();
            if (overlay.BgpUp(tunnel.Id) && index.VpnGateways.TryGetValue(tunnel.VpnGatewayId, out var gateway)
                && index.TransitGateways.TryGetValue(tunnel.TransitGatewayId, out var tgw))
            {
                foreach (var prefix in OwnPrefixes(index, gateway))
                {
                    Add(rows, prefix, [gateway.Asn], tunnel);
                }
                foreach (var learned in overlay.VpnLearned.GetValueOrDefault(gateway.Id, []))
                {
                    if (learned.Via != tunnel.Id && !learned.AsPath.Contains(tgw.Asn))
                    {
                        Add(rows, learned.Prefix, [gateway.Asn, .. learned.AsPath], tunnel);
                    }
                }
            }
            changed |= Replace(overlay.ToAws, tunnel.Id, rows);
        }
        return changed;
    }

    // The transit gateway announces the table associated with the VPN attachment.
    private static bool FromAws(NetworkIndex index, Overlay overlay)
    {
        var changed = false;
        foreach (var tunnel in index.Network.Tunnels)
        {
            var rows = new List<BgpRoute>();
            if (overlay.BgpUp(tunnel.Id) && index.TransitGateways.TryGetValue(tunnel.TransitGatewayId, out var tgw)
                && index.Attachments.TryGetValue(tunnel.AttachmentId, out var attachment)
                && attachment.Attachment.AssociatedTableId is { } tableId
                    && overlay.TgwTables.TryGetValue(tableId, out var table))
            {
                foreach (var route in table)
                {
                    if (!route.Blackhole && !route.AttachmentIds.Contains(tunnel.AttachmentId))
                    {
                        Add(rows, route.Prefix, [tgw.Asn, .. route.AsPath], tunnel);
                    }
                }
            }
            changed |= Replace(overlay.ToAzure, tunnel.Id, rows);
        }
        return changed;
    }

    // Azure drops its own ASN, and what lies inside its own VNet: an equal prefix is documented, a longer one is not,
    // but 10.2.0.6/32 comes back through the tunnel in the guide's layout and does no harm there.
    // https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq
    private static void AcceptAtAzure(NetworkIndex index, Overlay overlay)
    {
        foreach (var gateway in index.Network.VpnGateways)
        {
            var rows = Statics(index, gateway);
            foreach (var tunnel in index.Network.Tunnels)
            {
                if (tunnel.VpnGatewayId == gateway.Id && overlay.ToAzure.TryGetValue(tunnel.Id, out var sent))
                {
                    foreach (var route in sent)
                    {
                        if (!route.AsPath.Contains(gateway.Asn) && !IsOwn(index, gateway, route.Prefix))
                        {
                            rows.Add(new(tunnel.AzureInside, route.Prefix, tunnel.AwsInside, tunnel.AwsInside, "EBgp",
                                route.AsPath)
                            {
                                Via = tunnel.Id,
                            });
                        }
                    }
                }
            }
            overlay.VpnLearned[gateway.Id] = rows;
        }
    }

    public static ImmutableArray<Prefix> OwnPrefixes(NetworkIndex index, VpnGateway gateway) =>
        index.Space(gateway.VnetId)?.Announced ?? [];

    // Prefixes of local network gateways are static routes of the gateway, whether or not their tunnel stands; it
    // announces them to its other peers. What a branch's BGP brings is taken like a tunnel's.
    // https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview
    private static List<GatewayRoute> Statics(NetworkIndex index, VpnGateway gateway)
    {
        var local = gateway.Instances.IsEmpty ? default : gateway.Instances[0].PrivateAddress;
        var rows = new List<GatewayRoute>();
        foreach (var tunnel in index.Network.Tunnels.Where(tunnel => tunnel.VpnGatewayId == gateway.Id))
        {
            Add(tunnel.StaticPrefixes, tunnel.Id);
        }
        foreach (var branch in gateway.Branches.Where(branch => branch.Up))
        {
            Add(branch.Prefixes, branch.Id);
            foreach (var route in branch.Learned)
            {
                if (!route.AsPath.Contains(gateway.Asn) && !IsOwn(index, gateway, route.Prefix))
                {
                    rows.Add(new(local, route.Prefix, null, local, "EBgp", route.AsPath) { Via = branch.Id });
                }
            }
        }
        return rows;

        void Add(ImmutableArray<Prefix> prefixes, string via)
        {
            foreach (var prefix in prefixes)
            {
                rows.Add(new(local, prefix, null, local, "Network", []) { Via = via });
            }
        }
    }

    private static bool IsOwn(NetworkIndex index, VpnGateway gateway, Prefix prefix)
    {
        if (index.Vnets.TryGetValue(gateway.VnetId, out var vnet))
        {
            foreach (var own in vnet.Prefixes)
            {
                if (own.Contains(prefix))
                {
                    return true;
                }
            }
        }
        return false;
    }

    // One route a prefix: the shortest path, the first of equals.
    private static void Add(List<BgpRoute> rows, Prefix prefix, ImmutableArray<long> path, Tunnel tunnel)
    {
        var route = new BgpRoute(prefix, path, null, default, default, tunnel.Id, null);
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Prefix == prefix)
            {
                if (path.Length < rows[i].AsPath.Length)
                {
                    rows[i] = route;
                }
                return;
            }
        }
        rows.Add(route);
    }

    private static bool Replace(Dictionary<string, List<BgpRoute>> all, string tunnelId, List<BgpRoute> rows)
    {
        rows.Sort((a, b) => a.Prefix.CompareTo(b.Prefix));
        var same = all.TryGetValue(tunnelId, out var old) && old.Count == rows.Count;
        for (var i = 0; same && i < rows.Count; i++)
        {
            same = old![i].Prefix == rows[i].Prefix && old[i].AsPath.AsSpan().SequenceEqual(rows[i].AsPath.AsSpan());
        }
        all[tunnelId] = rows;
        return !same && (old is not null || rows.Count > 0);
    }
}

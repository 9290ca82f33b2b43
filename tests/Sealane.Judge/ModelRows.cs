using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Lab.Model;
using Sealane.Lab.Plan;

namespace Sealane.Judge;

/// <summary>Every table as the routing model has it, a line a row.</summary>
internal static class ModelRows
{
    public static SortedSet<string> Of(LabNetwork lab, RoutingTables tables)
    {
        var rows = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (router, leg) in lab.Legs)
        {
            rows.Add(
                $"{router.Box} session {leg.FarAddress} "
                + (tables.McrSessionUp(router.Box, leg.FarAddress) ? "up" : "down"));
            foreach (var route in tables.McrAdvertised(router.Box, leg.FarAddress))
            {
                rows.Add($"{router.Box} to {leg.FarAddress}: {route.Prefix} med {route.Med ?? 0}");
            }
        }
        foreach (var router in lab.Routers)
        {
            foreach (var route in tables.McrIpRoutes(router.Box))
            {
                rows.Add($"{router.Box} ip {route.Prefix} {route.Protocol.ToLowerInvariant()}"
                    + (route.NextHop is { } hop ? $" via {hop}" : "") + $" on {route.VxcId}");
            }
            foreach (var route in tables.McrBgpRoutes(router.Box).Where(route => route.SessionId.Length > 0))
            {
                rows.Add(
                    $"{router.Box} bgp {route.Prefix} from {route.Source} path {Path(route.AsPath)} "
                    + $"med {route.Med ?? 0}"
                    + (route.Best ? " best" : ""));
            }
        }
        // What the Direct Connect gateway learned and announces itself; the same where it was passed on.
        string Kept(Prefix prefix, bool fromDx) =>
            fromDx && lab.DxGateway.AllowedPrefixes.Contains(prefix) ? Trial.CountedApart : "";
        string KeptIn(GatewayRoute route) => Kept(route.Prefix, route.AsPath.Contains(lab.DxGateway.Asn));
        foreach (var route in tables.DxGatewayRoutes(Modelled.Dx))
        {
            var apart = Kept(route.Prefix, fromDx: true);
            rows.Add($"dxgw {route.Prefix} path {Path(route.AsPath)} over {Words(route.VirtualInterfaceIds)}{apart}");
        }
        foreach (var (_, leg) in lab.Legs.Where(leg => leg.Leg.Cloud == Cloud.Azure))
        {
            foreach (var route in tables.MseeRoutes(Modelled.Circuit, leg.FarBox))
            {
                rows.Add($"{leg.FarBox} {route.Prefix} from {(route.McrId ?? "vnet")} path "
                    + Path(route.AsPath) + (route.Best ? " best" : route.Reflected ? " looped" : ""));
            }
        }
        foreach (var route in tables.GatewayLearned(Modelled.Er).Where(route => route.Origin == "EBgp"))
        {
            rows.Add($"er-gateway {route.Prefix} over {route.Via} path {Path(route.AsPath)}");
        }
        foreach (var route in tables.GatewayLearned(Modelled.Vpn).Where(route => route.Origin == "EBgp"))
        {
            rows.Add($"vpn-gateway {route.Prefix} over {route.Via} path {Path(route.AsPath)}{KeptIn(route)}");
        }
        foreach (var route in tables.GatewayLearned(Modelled.Er).Where(route => route.Origin == "IBgp"))
        {
            rows.Add($"er-gateway {route.Prefix} of the VPN gateway path {Path(route.AsPath)}{KeptIn(route)}");
        }
        bool OverTunnelsAlone(EffectiveRoute route) => route.Source == EffectiveRouteSource.Vpn
            && tables.GatewayLearned(Modelled.Vpn).Where(learned => learned.Prefix == route.Prefix)
                .All(learned => learned.AsPath.Contains(lab.DxGateway.Asn));
        var peered = lab.Vnets.Skip(1).SelectMany(vnet => vnet.Prefixes).ToList();
        foreach (var route in tables.EffectiveRoutes(Modelled.Vnet)
            .Where(route => route.Source is EffectiveRouteSource.Vpn or EffectiveRouteSource.ExpressRoute))
        {
            var apart = peered.Exists(prefix => prefix.Contains(route.Prefix))
                || lab.SummarizedPrefixes?.Contains(route.Prefix) == true ? Trial.CountedApart
                : Kept(route.Prefix, OverTunnelsAlone(route));
            rows.Add($"vnet {route.Prefix} to {Words(route.GatewayIds)}{apart}");
        }
        foreach (var route in tables.TransitGatewayRoutes(Modelled.Workload))
        {
            var way = route.Blackhole ? "blackhole" : route.TunnelIds.IsEmpty ? Words(route.AttachmentIds)
                : Words(route.TunnelIds);
            rows.Add($"tgw {route.Prefix} to {way}"
                + Kept(route.Prefix, !route.Static && route.AttachmentIds.Contains(Modelled.DxAttachment)));
        }
        foreach (var tunnel in lab.Tunnels)
        {
            var name = Compiler.Device(tunnel.Number);
            rows.Add($"tunnel {name} bgp {(tables.TunnelState(name).BgpUp ? "up" : "down")}");
        }
        return rows;
    }

    private static string Path(IEnumerable<long> path) => string.Join('-', path);

    private static string Words(IEnumerable<string> words) => string.Join(' ', words.Order(StringComparer.Ordinal));
}

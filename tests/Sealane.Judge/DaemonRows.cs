using System.Text.Json;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Lab.Model;
using Sealane.Lab.Plan;
using Sealane.Lab.Running;

namespace Sealane.Judge;

/// <summary>The same tables as the daemons have them, in the same lines.</summary>
internal sealed class DaemonRows(LabRun lab)
{
    private readonly SortedSet<string> _rows = new(StringComparer.Ordinal);
    private readonly Routes _routes = new(lab);
    private readonly LabNetwork _network = lab.Network;

    public SortedSet<string> All()
    {
        _network.Routers.ToList().ForEach(Mcr);
        DxGateway();
        Edges();
        var instances = _network.Instances.Select(one => Compiler.InstanceAddress(_network, one.Number)).ToHashSet();
        foreach (var path in Bgp("er-gateway"))
        {
            // With an ASN of its own the VPN gateway is no iBGP peer here, and FRR puts that ASN before.
            var mesh = path.AsPath.StartsWith($"{_network.VpnGatewayAsn}-", StringComparison.Ordinal)
                ? path.AsPath[($"{_network.VpnGatewayAsn}".Length + 1)..] : path.AsPath;
            _rows.Add(instances.Contains(path.Peer) ? $"er-gateway {path.Prefix} of the VPN gateway path {mesh}"
                : $"er-gateway {path.Prefix} over {BoxOf(path.Peer)} path {path.AsPath}");
        }
        foreach (var instance in _network.Instances)
        {
            foreach (var path in Bgp($"vpn-gateway-{instance.Number}").Where(path => path.External))
            {
                var tunnel = _network.Tunnels.First(one => one.AwsInside == path.Peer);
                _rows.Add($"vpn-gateway {path.Prefix} over {Compiler.Device(tunnel.Number)} path {path.AsPath}");
            }
        }
        foreach (var row in _routes.Fib("vnet").Where(row => row.Protocol == "bgp"))
        {
            _rows.Add($"vnet {row.Prefix} to {Words(row.NextHops.Select(hop => hop == Compiler.ErAddress(_network)
                ? Modelled.Er : Modelled.Vpn))}");
        }
        Workload();
        return _rows;
    }

    private void Mcr(LabRouter router)
    {
        var sessions = _routes.Sessions(router.Box);
        using var vty = lab.Vty(router.Box, "bgpd");
        foreach (var leg in router.Legs)
        {
            _rows.Add(
                $"{router.Box} session {leg.FarAddress} "
                + (sessions.GetValueOrDefault(leg.FarAddress) == "Established" ? "up" : "down"));
            var sent = vty.Json($"show bgp ipv4 unicast neighbors {leg.FarAddress} advertised-routes json");
            if (sent.TryGetProperty("advertisedRoutes", out var routes))
            {
                foreach (var route in routes.EnumerateObject())
                {
                    _rows.Add($"{router.Box} to {leg.FarAddress}: {route.Name} med {Number(route.Value, "metric")}");
                }
            }
        }
        foreach (var row in _routes.Fib(router.Box))
        {
            var hops = row.NextHops.Count > 0 ? row.NextHops.Select(hop => $" via {hop}") : [""];
            foreach (var hop in hops)
            {
                var on = row.NextHops.Count <= 1 ? row.Interfaces[0] : LegOf(router, hop);
                _rows.Add($"{router.Box} ip {row.Prefix} {row.Protocol}{hop} on {on}");
            }
        }
        foreach (var path in Bgp(router.Box))
        {
            _rows.Add($"{router.Box} bgp {path.Prefix} from {path.Peer} path {path.AsPath} med {path.Med}"
                + (path.Best ? " best" : ""));
        }
    }

    private static string LegOf(LabRouter router, string hop) =>
        router.Legs.FirstOrDefault(leg => hop.EndsWith(" " + leg.FarAddress, StringComparison.Ordinal))?.Name ?? "?";

    private void DxGateway()
    {
        var fib = _routes.Fib("dxgw").Where(row => row.Protocol is "bgp" or "connected")
            .ToDictionary(row => row.Prefix);
        var vifs = _network.Legs.Where(leg => leg.Leg.Cloud == Cloud.Aws)
            .Select((leg, at) => (leg.Leg.McrAddress.Address, $"vif{at + 1}")).ToDictionary();
        var learned = Bgp("dxgw").Where(path => path.External).ToList();
        foreach (var path in learned.Where(path => path.Best))
        {
            // Its links' own networks it has by itself: for these BGP says which ways are as good.
            var row = fib.GetValueOrDefault(path.Prefix);
            var ways = row is null ? [] : row.Protocol == "bgp" ? row.Interfaces
                : learned.Where(other => other.Prefix == path.Prefix && other.Used).Select(other => vifs[other.Peer]);
            _rows.Add($"dxgw {path.Prefix} path {path.AsPath} over {Words(ways)}");
        }
    }

    private void Edges()
    {
        foreach (var (router, leg) in _network.Legs.Where(leg => leg.Leg.Cloud == Cloud.Azure))
        {
            foreach (var path in Bgp(leg.FarBox))
            {
                _rows.Add(
                    $"{leg.FarBox} {path.Prefix} from {(path.Peer == leg.McrAddress.Address ? router.Box : "vnet")} "
                    + $"path {path.AsPath}" + (path.Best ? " best" : ""));
            }
            using var vty = lab.Vty(leg.FarBox, "bgpd");
            var received = vty.Json($"show bgp ipv4 unicast neighbors {leg.McrAddress.Address} received-routes json");
            if (received.TryGetProperty("receivedRoutes", out var rows))
            {
                foreach (var row in rows.EnumerateObject())
                {
                    // Its own ASN on the path: kept, and not used.
                    var path = (row.Value.GetProperty("path").GetString() ?? "").Trim().Replace(' ', '-');
                    if (path.Split('-').Contains($"{Msee.Asn}"))
                    {
                        _rows.Add($"{leg.FarBox} {row.Name} from {router.Box} path {path} looped");
                    }
                }
            }
        }
    }

    private void Workload()
    {
        foreach (var row in _routes.Fib("tgw")
            .Where(row => row.Protocol is "bgp" or "kernel" && row.Prefix != _network.TransitGateway.Cidr))
        {
            var way = row.Interfaces.Count == 0 ? "blackhole" : Words(row.Interfaces.Select(port =>
                port == "transport" ? Modelled.DxAttachment : port.StartsWith("vti", StringComparison.Ordinal) ? port
                : "vpc:" + (port.Length > 3 ? port[4..] : "")));
            _rows.Add($"tgw {row.Prefix} to {way}");
        }
        var sessions = _routes.Sessions("tgw");
        foreach (var tunnel in _network.Tunnels)
        {
            _rows.Add($"tunnel {Compiler.Device(tunnel.Number)} bgp "
                + (sessions.GetValueOrDefault(tunnel.AzureInside) == "Established" ? "up" : "down"));
        }
    }

    private IEnumerable<BgpPath> Bgp(string box)
    {
        using var vty = lab.Vty(box, "bgpd");
        var answer = vty.Json("show bgp ipv4 unicast json");
        if (!answer.TryGetProperty("routes", out var routes))
        {
            yield break;
        }
        foreach (var prefix in routes.EnumerateObject())
        {
            foreach (var path in prefix.Value.EnumerateArray())
            {
                var external = path.TryGetProperty("pathFrom", out var from) && from.GetString() == "external";
                if (Ipv4.TryParse(path.GetProperty("peerId").GetString(), out var peer))
                {
                    yield return new(Prefix.Parse(prefix.Name), peer, (path.GetProperty("path").GetString() ?? "")
                        .Trim().Replace(' ', '-'),
                        Number(path, "metric"), external, Says(path, "bestpath"),
                        Says(path, "bestpath") || Says(path, "multipath"));
                }
            }
        }
    }

    private string BoxOf(Ipv4 address) => new LabTrace(lab).BoxOf(address);

    // An absent value is 0.
    private static long Number(JsonElement element, string name) => element.TryGetProperty(name, out var value)
        ? value.GetInt64() : 0;

    private static string Words(IEnumerable<string> words) =>
        string.Join(' ', words.Distinct().Order(StringComparer.Ordinal));

    private static bool Says(JsonElement path, string word) =>
        path.TryGetProperty(word, out var said) && said.GetBoolean();

    private sealed record BgpPath(
        Prefix Prefix, Ipv4 Peer, string AsPath, long Med, bool External, bool Best, bool Used);
}

using System.Text.Json;
using Sealane.Core;

namespace Sealane.Lab.Running;

/// <summary>Routes and sessions as the daemons have them, and what must be there before the next step.</summary>
internal sealed class Routes(LabRun lab)
{
    /// <summary>One by one: the outer packets' way in both directions.</summary>
    public IEnumerable<(string What, Func<bool> There)> Underlay()
    {
        foreach (var outside in lab.Network.AzureOutside)
        {
            yield return ($"no route to {outside} in the transit gateway's transport table", () =>
                Has("tgw-transport", outside, "bgp"));
            foreach (var mcr in lab.Plan.Mcrs)
            {
                yield return ($"no route to {outside} in {mcr.Name}", () => Has(mcr.Name, outside));
            }
        }
        foreach (var outside in lab.Network.AwsOutside)
        {
            yield return ($"no route to {outside} in the VNet", () => Has("vnet", outside, "bgp"));
            foreach (var mcr in lab.Plan.Mcrs)
            {
                yield return ($"no route to {outside} in {mcr.Name}", () => Has(mcr.Name, outside));
            }
        }
    }

    /// <summary>The workloads' routes.</summary>
    public IEnumerable<(string What, Func<bool> There)> Overlay()
    {
        foreach (var prefix in lab.Network.VnetPrefixes)
        {
            yield return ($"no route to {prefix} in the transit gateway's workload table", () =>
                Has("tgw", prefix.Host(0), "bgp"));
        }
        foreach (var prefix in lab.Network.VpcPrefixes)
        {
            yield return ($"no route to {prefix} in the VNet", () => Has("vnet", prefix.Host(0), "bgp"));
        }
    }

    /// <summary>Whether a box has an active route to an address, of one protocol or of any.</summary>
    public bool Has(string box, Ipv4 address, string? protocol = null) =>
        Fib(box).Any(route => route.Prefix.Length > 0 && route.Prefix.Contains(address)
            && (protocol ?? route.Protocol) == route.Protocol);

    /// <summary>The routes in use of a box.</summary>
    public IReadOnlyList<FibRoute> Fib(string box)
    {
        using var vty = lab.Vty(box, "zebra");
        return Read(vty.Json("show ip route json"));
    }

    /// <summary>State of every BGP session of a box, by peer.</summary>
    public IReadOnlyDictionary<Ipv4, string> Sessions(string box) =>
        Peers(box).ToDictionary(peer => Ipv4.Parse(peer.Name), peer => peer.Value.GetProperty("state").GetString()!);

    /// <summary>Whether each end is set to expect the ASN that the other one has. Asked of a session that stands too:
    /// FRR was seen to keep one whose peer's ASN had been changed, and it will not come up again.</summary>
    public bool ExpectEachOther(string box, Ipv4 peer, string farBox, Ipv4 back)
    {
        var (near, far) = (Asns(box, peer), Asns(farBox, back));
        return near is null || far is null || near == (far.Value.Expected, far.Value.Own);
    }

    private (long Own, long Expected)? Asns(string box, Ipv4 peer) =>
        Peers(box).Where(one => one.Name == peer.ToString())
            .Select(one => ((long, long)?)(one.Value.GetProperty("localAs").GetInt64(),
                one.Value.GetProperty("remoteAs").GetInt64()))
            .FirstOrDefault();

    private IEnumerable<JsonProperty> Peers(string box)
    {
        using var vty = lab.Vty(box, "bgpd");
        return vty.Json("show bgp ipv4 unicast summary json").TryGetProperty("peers", out var peers)
            ? peers.EnumerateObject() : [];
    }

    /// <summary>Whether every session of a router stands.</summary>
    public bool Stand(string box) => Sessions(box).Values.All(state => state == "Established");

    /// <summary>
    /// Begins every session anew that does not stand. One bring-up in a hundred leaves a session waiting for a
    /// connection that the other end has given up.
    /// </summary>
    public void Nudge(string box)
    {
        using var vty = lab.Vty(box, "bgpd");
        foreach (var (peer, _) in Sessions(box).Where(one => one.Value != "Established"))
        {
            vty.Say($"clear bgp ipv4 unicast {peer}");
        }
    }

    private static bool Says(JsonElement route, string word) =>
        route.TryGetProperty(word, out var said) && said.GetBoolean();

    internal static List<FibRoute> Read(JsonElement table)
    {
        var rows = new List<FibRoute>();
        foreach (var entry in table.EnumerateObject())
        {
            foreach (var route in entry.Value.EnumerateArray())
            {
                if (!Says(route, "selected") || !Says(route, "installed"))
                {
                    continue;
                }
                var hops = route.TryGetProperty("nexthops", out var list)
                    ? list.EnumerateArray().Where(
                        hop => hop.TryGetProperty("active", out var active) && active.GetBoolean()).ToList() : [];
                rows.Add(new(Prefix.Parse(entry.Name), route.GetProperty("protocol").GetString()!,
                    [.. hops.Where(hop => hop.TryGetProperty("ip", out _))
                        .Select(hop => Ipv4.Parse(hop.GetProperty("ip").GetString()!)).Order()],
                    [.. hops.Where(hop => hop.TryGetProperty("interfaceName", out _))
                        .Select(hop => hop.GetProperty("interfaceName").GetString()!)
                        .Order(StringComparer.Ordinal)]));
            }
        }
        return rows;
    }
}

/// <summary>A route in use.</summary>
/// <param name="Protocol"><c>bgp</c>, <c>static</c>, <c>connected</c>, <c>kernel</c>, as zebra writes it.</param>
internal sealed record FibRoute(
    Prefix Prefix, string Protocol, IReadOnlyList<Ipv4> NextHops, IReadOnlyList<string> Interfaces);

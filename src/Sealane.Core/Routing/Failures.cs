using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>One thing that can fail, or several at once.</summary>
/// <param name="Ids">Ids of tunnels, VXCs, VIFs, MCR sessions, circuit paths, gateway instances, attachments.</param>
public sealed record Failure(string Name, ImmutableArray<string> Ids);

/// <summary>A failure is a changed input: the same network with the elements down.</summary>
public static class Failures
{
    /// <summary>Every single tunnel, tunnel session, VXC, VIF, MCR session, circuit path, connection and gateway
    /// instance; then all tunnels.</summary>
    public static IReadOnlyList<Failure> Of(Network network)
    {
        var all = new List<Failure>();
        foreach (var tunnel in network.Tunnels)
        {
            all.Add(new($"tunnel {tunnel.Id}", [tunnel.Id]));
            all.Add(new($"BGP in tunnel {tunnel.Id}", [SessionIn(tunnel.Id)]));
        }
        foreach (var @interface in network.Mcrs.SelectMany(mcr => mcr.Interfaces).DistinctBy(i => i.VxcId))
        {
            all.Add(new($"VXC {@interface.VxcId}", [@interface.VxcId]));
        }
        foreach (var session in network.Mcrs.SelectMany(mcr => mcr.Interfaces).SelectMany(i => i.Sessions))
        {
            all.Add(new($"BGP session {session.Id}", [session.Id]));
        }
        all.AddRange(network.DxGateways.SelectMany(dx => dx.VirtualInterfaces)
            .Select(vif => new Failure($"VIF {vif.Id}", [vif.Id])));
        all.AddRange(network.Circuits.SelectMany(c => c.Paths)
            .Select(path => new Failure($"circuit path {path.Id}", [path.Id])));
        all.AddRange(network.ExpressRouteGateways.SelectMany(g => g.Connections)
            .Select(connection => new Failure($"ExpressRoute connection {connection.Id}", [connection.Id])));
        all.AddRange(network.VpnGateways.SelectMany(g => g.Instances)
            .Select(instance => new Failure($"VPN gateway instance {instance.Id}", [instance.Id])));
        if (network.Tunnels.Length > 1)
        {
            all.Add(AllTunnels(network));
        }
        return all;
    }

    public static Failure AllTunnels(Network network) =>
        new("all tunnels", [.. network.Tunnels.Select(tunnel => tunnel.Id)]);

    /// <summary>The id of the BGP session inside a tunnel.</summary>
    public static string SessionIn(string tunnelId) => tunnelId + "/bgp";

    /// <summary>The network with these elements down. Unknown ids change nothing.</summary>
    public static Network Without(this Network network, params IEnumerable<string> ids)
    {
        var down = ids.ToHashSet(StringComparer.Ordinal);
        return network with
        {
            Tunnels = [.. network.Tunnels.Select(t => t with
            {
                Up = t.Up && !down.Contains(t.Id),
                SessionUp = t.SessionUp && !down.Contains(SessionIn(t.Id)),
            })],
            Mcrs = [.. network.Mcrs.Select(mcr => mcr with
            {
                Interfaces = [.. mcr.Interfaces.Select(i => i with
                {
                    Up = i.Up && !down.Contains(i.VxcId),
                    Sessions = [.. i.Sessions.Select(s => s with { Up = s.Up && !down.Contains(s.Id) })],
                })],
            })],
            DxGateways = [.. network.DxGateways.Select(dx => dx with
            {
                VirtualInterfaces = [.. dx.VirtualInterfaces.Select(v => v with { Up = v.Up && !down.Contains(v.Id) })],
            })],
            Circuits = [.. network.Circuits.Select(c => c with
            {
                Paths = [.. c.Paths.Select(p => p with { Up = p.Up && !down.Contains(p.Id) })],
            })],
            ExpressRouteGateways = [.. network.ExpressRouteGateways.Select(g => g with
            {
                Up = g.Up && !down.Contains(g.Id),
                Connections = [.. g.Connections.Select(c => c with { Up = c.Up && !down.Contains(c.Id) })],
            })],
            VpnGateways = [.. network.VpnGateways.Select(g => g with
            {
                Instances = [
                    .. g.Instances.Select(i => i with { Up = i.Up && !down.Contains(i.Id) && !down.Contains(g.Id) })],
            })],
            TransitGateways = [.. network.TransitGateways.Select(tgw => tgw with
            {
                Attachments = [.. tgw.Attachments.Select(a => a with { Up = a.Up && !down.Contains(a.Id) })],
            })],
        };
    }
}

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
        all.AddRange(Foreign(network));
        if (network.Tunnels.Length > 1)
        {
            all.Add(AllTunnels(network));
        }
        return all;
    }

    // Other teams' objects fail as well, and what they carried then goes elsewhere.
    private static IEnumerable<Failure> Foreign(Network network)
    {
        var vpns = network.Tunnels.Select(tunnel => tunnel.AttachmentId).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. network.TransitGateways.SelectMany(tgw => tgw.Attachments).Where(one => !vpns.Contains(one.Id))
                .Select(one => new Failure($"attachment {one.Id}", [one.Id])),
            .. network.VirtualPrivateGateways.Select(one => new Failure($"virtual private gateway {one.Id}", [one.Id])),
            .. network.VpcPeerings.Select(one => new Failure($"VPC peering {one.Id}", [one.Id])),
            .. network.Vnets.SelectMany(vnet => vnet.Peerings)
                .Select(one => new Failure($"VNet peering {one.Id}", [one.Id])),
            .. network.VpnGateways.SelectMany(gateway => gateway.Branches)
                .Select(one => new Failure($"connection {one.Id}", [one.Id])),
            .. network.Mcrs.Length > 1 ? network.Mcrs.Select(mcr => new Failure($"MCR {mcr.Id}",
                [.. mcr.Interfaces.Select(one => one.VxcId)])) : [],
        ];
    }

    public static Failure AllTunnels(Network network) =>
        new("all tunnels", [.. network.Tunnels.Select(tunnel => tunnel.Id)]);

    /// <summary>The id of the BGP session inside a tunnel.</summary>
    public static string SessionIn(string tunnelId) => tunnelId + "/bgp";

    /// <summary>The network with these elements down. Unknown ids change nothing; what does not change stays the same
    /// array, which tells what has to be solved anew.</summary>
    public static Network Without(this Network network, params IEnumerable<string> ids)
    {
        var down = ids.ToHashSet(StringComparer.Ordinal);
        bool Falls(bool up, string id) => up && down.Contains(id);
        return network with
        {
            Tunnels = Each(network.Tunnels, t => Falls(t.Up, t.Id) || Falls(t.SessionUp, SessionIn(t.Id)), t => t with
            {
                Up = t.Up && !down.Contains(t.Id),
                SessionUp = t.SessionUp && !down.Contains(SessionIn(t.Id)),
            }),
            Mcrs = Each(network.Mcrs, mcr => mcr.Interfaces.Any(i => Falls(i.Up, i.VxcId)
                || i.Sessions.Any(s => Falls(s.Up, s.Id))), mcr => mcr with
                {
                    Interfaces = [.. mcr.Interfaces.Select(i => i with
                    {
                        Up = i.Up && !down.Contains(i.VxcId),
                        Sessions = Each(i.Sessions, s => Falls(s.Up, s.Id), s => s with { Up = false }),
                    })],
                }),
            DxGateways = Each(network.DxGateways, dx => dx.VirtualInterfaces.Any(v => Falls(v.Up, v.Id)), dx => dx with
            {
                VirtualInterfaces = Each(dx.VirtualInterfaces, v => Falls(v.Up, v.Id), v => v with { Up = false }),
            }),
            Circuits = Each(network.Circuits, c => c.Paths.Any(p => Falls(p.Up, p.Id)), c => c with
            {
                Paths = Each(c.Paths, p => Falls(p.Up, p.Id), p => p with { Up = false }),
            }),
            ExpressRouteGateways = Each(network.ExpressRouteGateways, g => Falls(g.Up, g.Id)
                || g.Connections.Any(c => Falls(c.Up, c.Id)), g => g with
                {
                    Up = g.Up && !down.Contains(g.Id),
                    Connections = Each(g.Connections, c => Falls(c.Up, c.Id), c => c with { Up = false }),
                }),
            VpnGateways = Each(network.VpnGateways, g => g.Instances.Any(i => Falls(i.Up, i.Id) || Falls(i.Up, g.Id))
                || g.Branches.Any(b => Falls(b.Up, b.Id)), g => g with
                {
                    Instances = [.. g.Instances.Select(i => i with
                    {
                        Up = i.Up && !down.Contains(i.Id) && !down.Contains(g.Id),
                    })],
                    Branches = Each(g.Branches, b => Falls(b.Up, b.Id), b => b with { Up = false }),
                }),
            TransitGateways = Each(network.TransitGateways, tgw => tgw.Attachments.Any(a => Falls(a.Up, a.Id)),
                tgw => tgw with
                {
                    Attachments = Each(tgw.Attachments, a => Falls(a.Up, a.Id), a => a with { Up = false }),
                }),
            VirtualPrivateGateways = Each(network.VirtualPrivateGateways, g => Falls(g.Up, g.Id),
                g => g with { Up = false }),
            VpcPeerings = Each(network.VpcPeerings, p => Falls(p.Up, p.Id), p => p with { Up = false }),
            Vnets = Each(network.Vnets, v => v.Peerings.Any(p => Falls(p.Connected, p.Id)), v => v with
            {
                Peerings = Each(v.Peerings, p => Falls(p.Connected, p.Id), p => p with { Connected = false }),
            }),
        };
    }

    /// <summary>The same array with some of its items changed; the very same where none is.</summary>
    internal static ImmutableArray<T> Each<T>(ImmutableArray<T> all, Func<T, bool> which, Func<T, T> change)
    {
        ImmutableArray<T>.Builder? changed = null;
        for (var i = 0; i < all.Length; i++)
        {
            if (which(all[i]))
            {
                changed ??= all.ToBuilder();
                changed[i] = change(all[i]);
            }
        }
        return changed is null ? all : changed.ToImmutable();
    }
}

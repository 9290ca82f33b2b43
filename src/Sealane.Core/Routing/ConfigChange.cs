namespace Sealane.Core.Routing;

/// <summary>One mistake that a person or a tool could make: a single changed setting.</summary>
/// <param name="Id">Stable: kind and object, such as <c>drop-export vxc-1/bgp</c>.</param>
public sealed record ConfigChange(string Id, string Text, Func<Network, Network> Apply)
{
    /// <summary>The VXC whose ends alone the setting is of: while that is down, it means nothing.</summary>
    public string? VxcId { get; init; }
}

/// <summary>
/// The stated set of mistakes over which locks are counted. Each is one setting of one object: a filter taken off a
/// session, a prefix allowed, an attachment propagated or associated, a route added, a guarding route or user-defined
/// route removed.
/// </summary>
public static class ConfigChanges
{
    public static IReadOnlyList<ConfigChange> Of(Network network, Protected prefixes)
    {
        var changes = new List<ConfigChange>();
        foreach (var mcr in network.Mcrs)
        {
            foreach (var @interface in mcr.Interfaces)
            {
                var own = new List<ConfigChange>();
                Filters(own, @interface);
                McrStatics(own, network, mcr, @interface, prefixes);
                changes.AddRange(own.Select(change => change with { VxcId = @interface.VxcId }));
            }
        }
        foreach (var dx in network.DxGateways)
        {
            foreach (var association in dx.Associations)
            {
                foreach (var prefix in prefixes.Aws.Where(p => !association.AllowedPrefixes.Contains(p)))
                {
                    changes.Add(new($"allow {prefix} on {dx.Id}",
                        $"allow {prefix} on the association of {dx.Id} with {association.GatewayId}",
                        n => n.Allow(dx.Id, association.GatewayId, prefix)));
                }
            }
        }
        foreach (var tgw in network.TransitGateways)
        {
            Isolation(changes, tgw, prefixes);
            Guards(changes, tgw, prefixes);
        }
        foreach (var vnet in network.Vnets)
        {
            foreach (var subnet in vnet.Subnets.Where(s => s.UserRoutes.Length > 0 || s.GatewayRoutesDisabled))
            {
                changes.Add(new($"drop-udr {subnet.Id}", $"take the route table off subnet {subnet.Id}",
                    n => n.Change(vnet.Id, subnet.Id, s => s with { UserRoutes = [], GatewayRoutesDisabled = false })));
            }
        }
        return changes;
    }

    // Locks a and b.
    private static void Filters(List<ConfigChange> changes, McrInterface @interface)
    {
        foreach (var session in @interface.Sessions)
        {
            if (session.ImportWhitelist is not null || session.ImportBlacklist is not null)
            {
                changes.Add(new($"drop-import {session.Id}", $"take the import filter off session {session.Id}",
                    n => n.Change(session.Id, s => s with { ImportWhitelist = null, ImportBlacklist = null })));
            }
            if (session.ExportWhitelist is not null || session.ExportBlacklist is not null || session.ExportPolicyDeny)
            {
                changes.Add(new($"drop-export {session.Id}", $"take the export filter off session {session.Id}",
                    n => n.Change(session.Id, s => s with { ExportWhitelist = null, ExportBlacklist = null })));
            }
            if (session.ExportPolicyDeny || session.DenyExportTo.Length > 0)
            {
                changes.Add(new($"permit-export {session.Id}",
                    $"let the MCR pass on the routes of session {session.Id}",
                    n => n.Change(session.Id, s => s with { ExportPolicyDeny = false, DenyExportTo = [] })));
            }
        }
    }

    private static void McrStatics(
        List<ConfigChange> changes, Network network, Mcr mcr, McrInterface @interface, Protected prefixes)
    {
        var vif = network.DxGateways.SelectMany(dx => dx.VirtualInterfaces)
            .FirstOrDefault(v => v.Id == @interface.FarEnd);
        var path = network.Circuits.SelectMany(c => c.Paths).FirstOrDefault(p => p.Id == @interface.FarEnd);
        // Out of sight it may be either side's.
        var nextHop = vif?.AmazonAddress ?? path?.MicrosoftAddress
            ?? (@interface is { FarEnd: null, Sessions: [var session, ..] } ? session.PeerAddress : null);
        if (nextHop is not { } address)
        {
            return;
        }
        foreach (var prefix in (vif is null ? prefixes.Azure : prefixes.Aws)
            .Concat(@interface.FarEnd is null ? prefixes.Aws : []))
        {
            changes.Add(new($"mcr-static {prefix} {@interface.VxcId}",
                $"add the static route {prefix} via {address} to {mcr.Id}",
                n => n.Change(mcr.Id, @interface.VxcId,
                    i => i with { StaticRoutes = i.StaticRoutes.Add(new(prefix, address)) })));
        }
    }

    // Lock d, from both sides, each by propagation, by a static route or by association.
    private static void Isolation(List<ConfigChange> changes, TransitGateway tgw, Protected prefixes)
    {
        var vpcs = tgw.Attachments.Where(a => a.Kind == AttachmentKind.Vpc).ToList();
        foreach (var dx in tgw.Attachments.Where(a => a.Kind == AttachmentKind.DirectConnectGateway))
        {
            foreach (var table in vpcs.Select(vpc => vpc.AssociatedTableId).OfType<string>().Distinct())
            {
                if (!dx.PropagatesTo.Contains(table))
                {
                    changes.Add(new($"propagate {dx.Id} {table}", $"propagate {dx.Id} into {table}",
                        n => n.Change(tgw.Id, dx.Id, a => a with { PropagatesTo = a.PropagatesTo.Add(table) })));
                }
                if (dx.AssociatedTableId != table)
                {
                    changes.Add(new($"associate {dx.Id} {table}", $"associate {dx.Id} with {table}",
                        n => n.Change(tgw.Id, dx.Id, a => a with { AssociatedTableId = table })));
                }
                Static(changes, tgw, table, prefixes.Azure, dx.Id);
            }
            foreach (var vpc in vpcs)
            {
                if (dx.AssociatedTableId is { } own && !vpc.PropagatesTo.Contains(own))
                {
                    changes.Add(new($"propagate {vpc.Id} {own}", $"propagate {vpc.Id} into {own}",
                        n => n.Change(tgw.Id, vpc.Id, a => a with { PropagatesTo = a.PropagatesTo.Add(own) })));
                    Static(changes, tgw, own, prefixes.Aws, vpc.Id);
                }
            }
        }
    }

    private static void Static(List<ConfigChange> changes, TransitGateway tgw, string table,
        IReadOnlyList<Prefix> prefixes, string attachment)
    {
        foreach (var prefix in prefixes)
        {
            changes.Add(new($"static {prefix} {table} {attachment}",
                $"add the static route {prefix} to {attachment} in {table}",
                n => n.ChangeTable(tgw.Id, table, t => t with
                {
                    StaticRoutes = [.. t.StaticRoutes.Where(r => r.Prefix != prefix), new(prefix, attachment)],
                })));
        }
    }

    // Static routes to the VPN and blackholes hold traffic off the transport: taking one away is a mistake as well.
    private static void Guards(List<ConfigChange> changes, TransitGateway tgw, Protected prefixes)
    {
        foreach (var table in tgw.RouteTables)
        {
            foreach (var route in table.StaticRoutes.Where(r => prefixes.Azure.Concat(prefixes.Aws)
                .Any(p => p.Overlaps(r.Prefix))))
            {
                changes.Add(new($"drop-static {route.Prefix} {table.Id}",
                    $"remove the static route {route.Prefix} from {table.Id}",
                    n => n.ChangeTable(tgw.Id, table.Id, t => t with { StaticRoutes = t.StaticRoutes.Remove(route) })));
            }
        }
    }
}

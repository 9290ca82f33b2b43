using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>
/// One transit gateway route table. For one prefix: static, prefix list, VPC, Direct Connect gateway, Connect, VPN over
/// private Direct Connect, VPN over the internet, peering; inside VPN: AS path, MED, then ECMP. Only the winner is
/// installed.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html</remarks>
internal static class TransitGatewayTable
{
    private enum Origin
    {
        Static,
        PrefixList,
        Vpc,
        DirectConnect,
        Connect,
        PrivateVpn,
        InternetVpn,
        Peering,
    }

    private readonly record struct Candidate(
        Prefix Prefix, Origin Origin, TransitGatewayAttachment? Attachment, string? TunnelId,
        ImmutableArray<long> AsPath, long Med,
        string? PrefixListId);

    public static List<TransitGatewayRoute> Build(
        NetworkIndex index, Transport transport, Overlay overlay, TransitGateway tgw, TransitGatewayRouteTable table)
    {
        var candidates = new List<Candidate>();
        foreach (var route in table.StaticRoutes)
        {
            candidates.Add(new(route.Prefix, Origin.Static, Find(tgw, route.AttachmentId), null, [], 0, null));
        }
        foreach (var list in table.PrefixLists)
        {
            foreach (var prefix in list.Prefixes)
            {
                candidates.Add(new(prefix, Origin.PrefixList, Find(tgw, list.AttachmentId), null, [], 0,
                    list.PrefixListId));
            }
        }
        foreach (var attachment in tgw.Attachments)
        {
            if (attachment.Up && attachment.PropagatesTo.Contains(table.Id))
            {
                Propagate(index, transport, overlay, attachment, candidates);
            }
        }
        candidates.Sort(Prefer);
        var rows = new List<TransitGatewayRoute>();
        for (var i = 0; i < candidates.Count;)
        {
            var end = i + 1;
            while (end < candidates.Count && candidates[end].Prefix == candidates[i].Prefix)
            {
                end++;
            }
            rows.Add(Win(tgw, candidates, i, end));
            i = end;
        }
        return rows;
    }

    private static void Propagate(
        NetworkIndex index, Transport transport, Overlay overlay, TransitGatewayAttachment attachment,
        List<Candidate> candidates)
    {
        switch (attachment.Kind)
        {
            case AttachmentKind.Vpc when index.Vpcs.TryGetValue(attachment.ResourceId, out var vpc):
                foreach (var prefix in vpc.Prefixes)
                {
                    candidates.Add(new(prefix, Origin.Vpc, attachment, null, [], 0, null));
                }
                break;
            case AttachmentKind.DirectConnectGateway
                when transport.DxGateways.TryGetValue(attachment.ResourceId, out var learned):
                foreach (var route in learned)
                {
                    candidates.Add(new(route.Prefix, Origin.DirectConnect, attachment, null,
                        [index.DxGateways[attachment.ResourceId].Asn, .. route.AsPath], 0, null));
                }
                break;
            case AttachmentKind.Vpn when index.HasTunnels(attachment.Id):
                foreach (var tunnel in index.Network.Tunnels)
                {
                    if (tunnel.AttachmentId == attachment.Id && overlay.ToAws.TryGetValue(tunnel.Id, out var routes))
                    {
                        foreach (var route in routes)
                        {
                            candidates.Add(new(route.Prefix, Origin.PrivateVpn, attachment, tunnel.Id, route.AsPath,
                                route.Med ?? 0, null));
                        }
                    }
                }
                break;
            default:
                foreach (var route in attachment.Propagated)
                {
                    candidates.Add(new(
                        route.Prefix, Foreign(attachment.Kind), attachment, null, route.AsPath, 0, null));
                }
                break;
        }
    }

    private static Origin Foreign(AttachmentKind kind) => kind switch
    {
        AttachmentKind.Vpc => Origin.Vpc,
        AttachmentKind.DirectConnectGateway => Origin.DirectConnect,
        AttachmentKind.Connect => Origin.Connect,
        AttachmentKind.Vpn => Origin.InternetVpn,
        _ => Origin.Peering,
    };

    private static TransitGatewayRoute Win(TransitGateway tgw, List<Candidate> candidates, int start, int end)
    {
        var best = candidates[start];
        var last = start + 1;
        while (last < end && Rank(best, candidates[last]) == 0)
        {
            last++;
        }

        // Without ECMP one of several equal VPN routes is used, and nothing tells which: the table shows one, packets
        // are
        // followed over all. Equal routes of several Direct Connect gateways share the traffic always.
        var isVpn = best.Origin is Origin.PrivateVpn or Origin.InternetVpn;
        var shared = isVpn && !tgw.VpnEcmp ? start + 1 : last;
        var rule = best.Origin switch
        {
            Origin.Static => RouteRule.TgwStatic,
            Origin.PrefixList => RouteRule.TgwPrefixList,
            Origin.Vpc => RouteRule.TgwVpc,
            Origin.DirectConnect when shared > start + 1 => RouteRule.TgwDirectConnectEcmp,
            Origin.DirectConnect => RouteRule.TgwDirectConnect,
            Origin.Connect => RouteRule.TgwConnect,
            Origin.Peering => RouteRule.TgwPeering,
            _ when shared > start + 1 => RouteRule.TgwEcmp,
            _ => RouteRule.TgwVpn,
        };
        var (attachments, tunnels) = Targets(candidates, start, shared);
        var followed = shared == last ? (attachments, tunnels) : Targets(candidates, start, last);
        return new(best.Prefix, best.Origin <= Origin.PrefixList, best.Attachment is not { Up: true },
            attachments, tunnels, rule, best.PrefixListId,
            shared == end ? [] : [.. candidates[shared..end].Select(
                one => one.TunnelId ?? one.Attachment?.Id ?? "blackhole")])
        {
            AsPath = best.AsPath,
            Followed = followed.attachments,
            FollowedTunnels = followed.tunnels,
        };
    }

    private static (ImmutableArray<string> attachments, ImmutableArray<string> tunnels) Targets(
        List<Candidate> candidates, int start, int end)
    {
        var attachments = ImmutableArray.CreateBuilder<string>();
        var tunnels = ImmutableArray.CreateBuilder<string>();
        for (var i = start; i < end; i++)
        {
            if (candidates[i].Attachment is { } attachment && !attachments.Contains(attachment.Id))
            {
                attachments.Add(attachment.Id);
            }
            if (candidates[i].TunnelId is { } tunnel)
            {
                tunnels.Add(tunnel);
            }
        }
        return (attachments.ToImmutable(), tunnels.ToImmutable());
    }

    private static int Prefer(Candidate a, Candidate b)
    {
        var order = a.Prefix.CompareTo(b.Prefix);
        order = order != 0 ? order : Rank(a, b);
        order = order != 0 ? order : string.CompareOrdinal(a.Attachment?.Id, b.Attachment?.Id);
        return order != 0 ? order : string.CompareOrdinal(a.TunnelId, b.TunnelId);
    }

    private static int Rank(Candidate a, Candidate b)
    {
        var order = a.Origin.CompareTo(b.Origin);
        if (order != 0 || a.Origin <= Origin.Vpc)
        {
            return order;
        }
        order = a.AsPath.Length.CompareTo(b.AsPath.Length);
        return order != 0 ? order : a.Med.CompareTo(b.Med);
    }

    private static TransitGatewayAttachment? Find(TransitGateway tgw, string? id)
    {
        foreach (var attachment in tgw.Attachments)
        {
            if (attachment.Id == id)
            {
                return attachment;
            }
        }
        return null;
    }
}

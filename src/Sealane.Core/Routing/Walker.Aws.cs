using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>Forwarding in AWS: transit gateway and Direct Connect gateway.</summary>
internal sealed partial class Walker
{
    private Outcome AtTgw(TransitGateway tgw, string attachmentId, Packet packet)
    {
        if (Holds(tgw.Cidrs, packet.Destination))
        {
            return packet.For?.AwsOutside == packet.Destination
                ? Deliver(packet, tgw.Id, "transit gateway", "", null, "the tunnel endpoint")
                : Drop(tgw.Id, "transit gateway", $"{packet.Destination} is the transit gateway's own");
        }
        if (!_index.Attachments.TryGetValue(attachmentId, out var arrival) || !arrival.Attachment.Up)
        {
            return Drop(tgw.Id, "transit gateway", $"attachment {attachmentId} is down");
        }
        return ByTgwTable(tgw, arrival.Attachment, packet);
    }

    private Outcome ByTgwTable(TransitGateway tgw, TransitGatewayAttachment arrival, Packet packet) =>
        Met(tgw.Id, arrival.Id, "transit gateway", packet, out var known) ? known
        : Answer(tgw.Id, arrival.Id, "transit gateway", packet, LookUp(tgw, arrival, packet));

    private Outcome LookUp(TransitGateway tgw, TransitGatewayAttachment arrival, Packet packet)
    {
        Asked?.Gateways.Add(arrival.Id);
        if (arrival.AssociatedTableId is not { } tableId)
        {
            return Drop(tgw.Id, "transit gateway", $"{arrival.Id} is associated with no route table");
        }
        Asked?.AskTgwTable(tgw, tableId);
        var rows = tables.TgwTable(tableId);
        var winner = Lookup.Longest(rows, packet.Destination);
        if (winner is null || winner.Blackhole)
        {
            return Drop(tgw.Id, "transit gateway",
                winner is null ? $"{tableId} has no route to {packet.Destination}"
                    : $"{tableId} drops {winner.Prefix}: blackhole", tableId);
        }
        Outcome? result = null;
        foreach (var id in winner.Followed)
        {
            // Equal VPN routes of several VPN connections; the tunnels name them all, so this repeats none.
            result = Outcome.Join(result,
                IntoAttachment(tgw, _index.Attachments[id].Attachment, winner.FollowedTunnels, packet));
        }
        var outcome = WithHoles(tableId, "transit gateway", packet, result!.Value);
        if (!record)
        {
            return outcome;
        }
        var candidates = Candidates(rows, packet.Destination, winner, Via);
        candidates.InsertRange(1, winner.Hidden.Select(hidden => new RouteCandidate(winner.Prefix, hidden, false)));
        return Hop(tgw.Id, "transit gateway", tableId, candidates,
            Deciding(candidates, winner.Rule, winner.Hidden.Length > 0),
            $"{winner.Type} {winner.Prefix} to {Via(winner)}", outcome);

        static string Via(TransitGatewayRoute row) => row.Blackhole ? "blackhole"
            : row.TunnelIds.IsEmpty ? string.Join(' ', row.AttachmentIds) : string.Join(' ', row.TunnelIds);
    }

    private Outcome IntoAttachment(TransitGateway tgw, TransitGatewayAttachment attachment,
        ImmutableArray<string> tunnelIds, Packet packet)
    {
        if (!attachment.Up)
        {
            return Drop(tgw.Id, "transit gateway", $"attachment {attachment.Id} is down");
        }
        var outcome = Beyond(tgw, attachment, tunnelIds, packet);
        return WithHoles(attachment.Id, "transit gateway", packet, outcome);
    }

    private Outcome Beyond(
        TransitGateway tgw, TransitGatewayAttachment attachment, ImmutableArray<string> tunnelIds, Packet packet)
    {
        switch (attachment.Kind)
        {
            case AttachmentKind.Vpc when _index.Vpcs.TryGetValue(attachment.ResourceId, out var vpc):
                return packet.IsOuter ? Drop(vpc.Id, "VPC", "the tunnel's outer packets end in a VPC")
                    : Holds(vpc.Prefixes, packet.Destination) ? Deliver(packet, vpc.Id, "VPC", "", null, vpc.Id)
                    : ThroughVpc(vpc, packet);
            case AttachmentKind.DirectConnectGateway
                when _index.DxGateways.TryGetValue(attachment.ResourceId, out var dx):
                return AtDxGateway(dx, packet);
            case AttachmentKind.Vpn when _index.HasTunnels(attachment.Id):
                return IntoVpn(attachment, tunnelIds, packet);
            case AttachmentKind.Vpc when attachment.Propagated.Any(route => route.Prefix.Contains(packet.Destination)):
                return Deliver(packet, attachment.ResourceId, "VPC", "", null, attachment.ResourceId);
            default:
                return Out(tgw.Id, "transit gateway", attachment.Id, What(attachment.Kind), packet);
        }
    }

    private static string What(AttachmentKind kind) => kind switch
    {
        AttachmentKind.Vpc => "a VPC that was not read",
        AttachmentKind.DirectConnectGateway => "a Direct Connect gateway that was not read",
        AttachmentKind.Connect => "a Connect attachment, an appliance",
        AttachmentKind.Vpn => "a VPN connection that is none of the link's",
        AttachmentKind.Peering => "a transit gateway of another region or account",
        _ => "an attachment of a kind that is not known",
    };

    private Outcome IntoVpn(TransitGatewayAttachment attachment, ImmutableArray<string> tunnelIds, Packet packet)
    {
        if (packet.IsOuter)
        {
            return Drop(attachment.Id, "VPN attachment", "recursion: the outer packet's route is the tunnel itself");
        }
        Outcome? result = null;
        foreach (var tunnel in tables.Network.Tunnels)
        {
            // A static route names the attachment only: any tunnel that is up takes it.
            if (tunnel.AttachmentId == attachment.Id
                && (tunnelIds.IsEmpty ? tables.Overlay.IpsecUp(tunnel.Id) : tunnelIds.Contains(tunnel.Id)))
            {
                result = Outcome.Join(result, Through(tunnel, toAzure: true, packet));
            }
        }
        return result ?? Drop(attachment.Id, "VPN attachment", "no tunnel of the VPN connection is up");
    }

    private Outcome AtDxGateway(DxGateway dx, Packet packet)
    {
        Asked?.Ask(TransportBox.DxGateway, dx.Id);
        var rows = tables.Transport.DxGateways[dx.Id];
        var winner = Lookup.Longest(rows, packet.Destination);
        if (winner is null)
        {
            return Drop(dx.Id, "Direct Connect gateway", $"no MCR announces a route to {packet.Destination}");
        }
        Outcome? result = null;
        for (var i = 0; i < winner.McrIds.Length; i++)
        {
            var vif = winner.VirtualInterfaceIds[i];
            result = Outcome.Join(result, WithHoles(vif, "VIF", packet, winner.McrIds[i].Length > 0
                ? AtMcr(tables.Transport.Mcrs[winner.McrIds[i]], packet)
                : Out(dx.Id, "Direct Connect gateway", vif, "a VIF to a router that was not read", packet)));
        }
        result = WithHoles(dx.Id, "Direct Connect gateway", packet, result!.Value);
        if (!record)
        {
            return result!.Value;
        }
        var candidates = Candidates(rows, packet.Destination, winner, row => string.Join(' ', row.VirtualInterfaceIds));
        return Hop(dx.Id, "Direct Connect gateway", "BGP", candidates, Deciding(candidates, winner.Rule, false),
            $"{winner.Prefix} over {string.Join(' ', winner.VirtualInterfaceIds)}", result!.Value);
    }

    // Allowed prefixes choose among several transit gateways. That others are dropped is not documented, so by default
    // they go on.
    private Outcome IntoAws(DxGateway dx, Packet packet)
    {
        Asked?.Ask(TransportBox.DxGateway, dx.Id);
        var longest = -1;
        foreach (var association in dx.Associations)
        {
            foreach (var prefix in association.AllowedPrefixes)
            {
                if (association.Up && prefix.Contains(packet.Destination))
                {
                    longest = Math.Max(longest, prefix.Length);
                }
            }
        }
        Outcome? result = null;
        foreach (var association in dx.Associations)
        {
            var matches = longest < 0 ? !tables.Network.DxGatewayDropsUnannounced
                : association.AllowedPrefixes.Any(p => p.Length == longest && p.Contains(packet.Destination));
            if (association.Up && matches)
            {
                result = Outcome.Join(result, IntoGateway(dx, association.GatewayId, packet));
            }
        }
        if (result is not { } outcome)
        {
            return Drop(dx.Id, "Direct Connect gateway", $"no association lets {packet.Destination} in");
        }
        return record
            ? Hop(dx.Id, "Direct Connect gateway", "allowed prefixes", [], longest < 0 ? null : RouteRule.AllowedPrefix,
            longest < 0 ? "no allowed prefix holds it; assumed to pass" : "to the transit gateway", outcome) : outcome;
    }

    private Outcome IntoGateway(DxGateway dx, string gatewayId, Packet packet)
    {
        if (_index.TransitGateways.TryGetValue(gatewayId, out var tgw))
        {
            return _index.AttachmentOf(tgw.Id, dx.Id) is { } attachment ? AtTgw(tgw, attachment.Id, packet)
                : Drop(dx.Id, "Direct Connect gateway", $"not attached to {tgw.Id}");
        }
        if (_index.VirtualPrivateGateways.TryGetValue(gatewayId, out var vgw)
            && _index.Vpcs.TryGetValue(vgw.VpcId, out var vpc))
        {
            return packet.IsOuter || !vgw.Up || !Holds(vpc.Prefixes, packet.Destination)
                ? Drop(vgw.Id, "virtual private gateway", $"{packet.Destination} is not in {vpc.Id}")
                : Deliver(packet, vpc.Id, "VPC", "", null, vpc.Id);
        }
        return Out(dx.Id, "Direct Connect gateway", gatewayId, "a gateway that was not read", packet);
    }
}

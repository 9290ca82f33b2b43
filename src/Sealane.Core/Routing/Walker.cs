using System.Runtime.CompilerServices;

namespace Sealane.Core.Routing;

/// <summary>
/// Forwards one packet by the tables, box by box, and follows every branch of equal routes; the worst branch is the
/// result. With recording off it makes no hops, which is what the proof needs thousands of times.
/// </summary>
internal sealed partial class Walker(RoutingTables tables, bool record)
{
    private readonly NetworkIndex _index = tables.Index;
    private readonly Visits _visits = new();

    /// <summary>Holes that some packet entered, outer packets left out.</summary>
    public Dictionary<string, Hole> Entered { get; } = [];

    /// <summary>Whether it says why; what only counts verdicts does without.</summary>
    public bool Explains { get; init; } = true;

    /// <summary>Takes up what decided about some packet.</summary>
    public Asked? Asked { get; init; }

    /// <summary>From whatever holds the source address. Two boxes with the same prefix are both followed.</summary>
    public Outcome From(Ipv4 source, Ipv4 destination)
    {
        var packet = new Packet(source, destination);
        _visits.Clear();
        Outcome? result = null;
        foreach (var vpc in tables.Network.Vpcs)
        {
            if (Holds(vpc.Prefixes, source))
            {
                var outcome = AtVpc(vpc, packet);
                result = Outcome.Join(result, outcome);
            }
        }
        foreach (var vnet in tables.Network.Vnets)
        {
            if (Holds(vnet.Prefixes, source) || SpeaksFor(vnet, source))
            {
                var outcome = AtVnet(vnet, SubnetOf(vnet, source), packet);
                result = Outcome.Join(result, outcome);
            }
        }
        return result ?? new(Verdict.Down, $"no VPC or VNet holds {source}", false, []);
    }

    // A spoke that is no box of the network sends by its hub's gateways.
    private bool SpeaksFor(Vnet hub, Ipv4 source) =>
        Holds(_index.Space(hub.Id)!.Spokes, source) && !hub.Peerings.Any(peering =>
            peering.RemoteUsesGateways && _index.Vnets.ContainsKey(peering.RemoteVnetId)
            && Holds(peering.RemotePrefixes, source));

    /// <summary>ESP of a tunnel, both ways. Where its way leads to an appliance, the tunnel's own state is all that is
    /// known about it.</summary>
    public OuterPath OuterPath(Tunnel tunnel)
    {
        if (!_index.VpnGateways.TryGetValue(tunnel.VpnGatewayId, out var gateway))
        {
            return new(false, false, "the VPN gateway does not exist");
        }
        var instance = gateway.Instances.FirstOrDefault(one => one.Id == tunnel.InstanceId);
        if (instance is not { Up: true })
        {
            return new(false, false, "the VPN gateway instance is down");
        }
        if (instance.PrivateAddress != tunnel.AzureOutside)
        {
            return new(false, false,
                $"AWS sends to {tunnel.AzureOutside}, but the VPN gateway has {instance.PrivateAddress}");
        }
        _visits.Clear();
        var toAzure = OuterToAzure(tunnel);
        var toAws = OuterToAws(tunnel);
        var (there, back) = (GetsThrough(toAzure), GetsThrough(toAws));
        return new(there, back,
            !there ? "AWS to Azure: " + toAzure.Reason : !back ? "Azure to AWS: " + toAws.Reason : "");

        static bool GetsThrough(Outcome outcome) => outcome.Verdict is Verdict.Encrypted or Verdict.Unknown;
    }

    private Outcome OuterToAzure(Tunnel tunnel)
    {
        var packet = new Packet(tunnel.AwsOutside, tunnel.AzureOutside, For: tunnel);
        if (!_index.TransitGateways.TryGetValue(tunnel.TransitGatewayId, out var tgw)
            || !_index.Attachments.TryGetValue(tunnel.AttachmentId, out var vpn) || !vpn.Attachment.Up
            || vpn.Tgw.Id != tgw.Id)
        {
            return Drop("", "transit gateway", "the VPN attachment is missing");
        }
        if (!Holds(tgw.Cidrs, tunnel.AwsOutside))
        {
            return Drop(tgw.Id, "transit gateway", $"{tunnel.AwsOutside} is not in the transit gateway's CIDR");
        }
        if (tables.Network.OuterPacketsNeedTableRoute)
        {
            return ByTgwTable(tgw, vpn.Attachment, packet);
        }
        if (!_index.Attachments.TryGetValue(tunnel.TransportAttachmentId, out var transport)
            || transport.Tgw.Id != tgw.Id)
        {
            return Drop(tgw.Id, "transit gateway", "the transport attachment is missing");
        }
        var outcome = IntoAttachment(tgw, transport.Attachment, [], packet);
        return record ? Hop(tgw.Id, "transit gateway", "", [], RouteRule.TransportAttachment,
            $"ESP leaves by {transport.Attachment.Id}", outcome) : outcome;
    }

    private Outcome OuterToAws(Tunnel tunnel)
    {
        var packet = new Packet(tunnel.AzureOutside, tunnel.AwsOutside, For: tunnel);
        return _index.VpnGateways.TryGetValue(tunnel.VpnGatewayId, out var gateway)
            && _index.Vnets.TryGetValue(gateway.VnetId, out var vnet)
            ? AtVnet(vnet, SubnetOf(vnet, tunnel.AzureOutside), packet)
            : Drop(tunnel.VpnGatewayId, "VPN gateway", "the VPN gateway has no VNet");
    }

    /// <summary>Into a tunnel at one end and out at the other.</summary>
    private Outcome Through(Tunnel tunnel, bool toAzure, Packet packet)
    {
        var state = tables.TunnelState(tunnel.Id);
        if (!state.IpsecUp)
        {
            return Drop(tunnel.Id, "tunnel", $"{tunnel.Id} is down: {state.Reason}");
        }
        var inside = packet with { Tunnelled = true };
        Outcome outcome;
        if (toAzure)
        {
            outcome = _index.VpnGateways.TryGetValue(tunnel.VpnGatewayId, out var gateway)
                ? OutOfTunnelAtAzure(gateway, inside) : Drop(tunnel.Id, "tunnel", "the VPN gateway does not exist");
        }
        else
        {
            outcome = _index.TransitGateways.TryGetValue(tunnel.TransitGatewayId, out var tgw)
                ? AtTgw(tgw, tunnel.AttachmentId, inside)
                    : Drop(tunnel.Id, "tunnel", "the transit gateway does not exist");
        }
        if (!record)
        {
            return outcome;
        }
        var outer = toAzure ? OuterToAzure(tunnel) : OuterToAws(tunnel);
        var (from, to) = toAzure ? (tunnel.AwsOutside, tunnel.AzureOutside) : (tunnel.AzureOutside, tunnel.AwsOutside);
        return outcome with
        {
            Hops =
            [
                new TraceHop(tunnel.Id, "tunnel", "", [], null, $"ESP {from} to {to}")
                {
                    Encapsulation = new(packet.Source, packet.Destination, from, to),
                    Outer = outer.Hops.Count > 0 ? outer.Hops[0] : null,
                    Next = outcome.Hops,
                },
            ],
        };
    }

    private bool Met(string box, string table, string kind, Packet packet, out Outcome outcome)
    {
        if (_visits.Begin(box, table, packet, out var known))
        {
            outcome = default;
            return false;
        }
        outcome = known ?? Drop(box, kind, "routing loop");
        return true;
    }

    private Outcome Answer(string box, string table, string kind, Packet packet, Outcome outcome)
    {
        outcome = WithHoles(box, kind, packet, outcome);
        _visits.End(box, table, packet, outcome);
        return outcome;
    }

    private static bool Holds(System.Collections.Immutable.ImmutableArray<Prefix> prefixes, Ipv4 address)
    {
        foreach (var prefix in prefixes)
        {
            if (prefix.Contains(address))
            {
                return true;
            }
        }
        return false;
    }

    private Outcome Deliver(Packet packet, string box, string kind, string table, RouteRule? rule, string where)
    {
        var verdict = packet.IsOuter ? Verdict.Encrypted
            : packet.Crossed ? Verdict.Clear
            : packet.Tunnelled ? Verdict.Encrypted : Verdict.Local;
        var reason = !Explains ? "" : verdict switch
        {
            Verdict.Clear => $"reaches {where} over the transport outside ESP",
            Verdict.Encrypted => $"reaches {where} inside ESP",
            _ => $"stays in {where}",
        };
        return new(verdict, reason, false,
            record ? [new TraceHop(box, kind, table, [], rule, "delivered to " + where) { End = verdict }] : []);
    }

    private Outcome Drop(string box, string kind,
        [InterpolatedStringHandlerArgument("")] ref ReasonText reason, string table = "") =>
        Drop(box, kind, reason.Text(), table);

    private Outcome Drop(string box, string kind, string reason, string table = "") =>
        new(Verdict.Down, reason, false,
            record ? [new TraceHop(box, kind, table, [], null, "dropped: " + reason) { End = Verdict.Down }] : []);

    /// <summary>The packet goes to where nobody here can look.</summary>
    private Outcome Out(string box, string kind, string reason, Packet packet, Hole hole, string table = "")
    {
        if (!packet.IsOuter)
        {
            Entered.TryAdd(hole.Id, hole);
        }
        return new(Verdict.Unknown, reason, false,
            record ? [new TraceHop(box, kind, table, [], null, "unknown: " + reason) { End = Verdict.Unknown }] : []);
    }

    private Outcome Out(string box, string kind, string id, string what, Packet packet, string table = "") =>
        Out(box, kind, $"{packet.Destination} goes to {id}, {what}", packet, new()
        {
            Id = id,
            Kind = HoleKind.LeadsOut,
            At = id,
            Hides = $"where {what} sends a packet for {packet.Destination}",
            Fix = $"Keep the protected prefixes away from {id}: a longer route to where they belong, or a blackhole.",
            LeadsTo = what,
        }, table);

    // What is known of a box, and beside it every hole that may take the packet there: the worse of both counts.
    private Outcome WithHoles(string at, string kind, Packet packet, Outcome known)
    {
        if (_index.HolesAt.Count == 0 || !_index.HolesAt.TryGetValue(at, out var holes))
        {
            return known;
        }
        foreach (var hole in holes)
        {
            if (!hole.HidesTables && hole.Takes(packet.Destination))
            {
                known = Outcome.Join(known, Out(at, kind, $"{packet.Destination} may enter {hole.Id}", packet, hole));
            }
        }
        return known;
    }

    // Where the packet ends in the very box, its last hop tells the routes as well.
    private static Outcome Hop(
        string box, string kind, string table, IReadOnlyList<RouteCandidate> candidates, RouteRule? rule, string action,
        Outcome outcome) => outcome with
        {
            Hops = outcome.Hops is [{ End: not null } last] && last.BoxId == box
                ? [last with { Table = table, Candidates = candidates, Rule = rule }]
                : [new TraceHop(box, kind, table, candidates, rule, action) { Next = outcome.Hops }],
        };

    // Every route that matches, longest first; the winner leads. Names are made only while recording.
    private static List<RouteCandidate> Candidates<T>(List<T> rows, Ipv4 destination, T? winner, Func<T, string> via)
        where T : class, IRoute
    {
        var list = new List<RouteCandidate>();
        if (winner is not null)
        {
            list.Add(new(winner.Prefix, via(winner), true));
        }
        foreach (var row in rows.Where(row => row.Prefix.Contains(destination))
            .OrderByDescending(row => row.Prefix.Length))
        {
            if (!ReferenceEquals(row, winner))
            {
                list.Add(new(row.Prefix, via(row), false));
            }
        }
        return list;
    }

    // Another prefix matched too: then length decided. Otherwise the rule among routes of this prefix did.
    private static RouteRule Deciding(List<RouteCandidate> candidates, RouteRule own, bool contested) =>
        contested ? own
        : candidates.Count < 2 ? RouteRule.OnlyRoute
        : candidates[1].Prefix == candidates[0].Prefix ? own : RouteRule.LongestPrefix;
}

using System.Collections.Immutable;
using System.Globalization;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence.Megaport;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// What was read at Megaport as boxes of the routing model. Where Megaport does not tell whether a session of the
/// transport is up, it counts as up: a leak through it would then be possible.
/// </summary>
internal static class MegaportPart
{
    public static ImmutableArray<Routing.Mcr> Mcrs(Seen seen) =>
    [
        .. seen.Mcrs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Routing.Mcr
        {
            Id = pair.Key,
            Asn = pair.Value.Resources?.VirtualRouter?.McrAsn ?? 0,
            Interfaces =
            [
                .. from vxc in Vxcs(seen)
                   from port in Ends.OfMcr(vxc.Value, pair.Key)
                   select Interface(seen, pair.Key, vxc.Key, FarEnd(seen, pair.Key, vxc.Value, port), port),
            ],
        }),
    ];

    /// <summary>Ids of what the VXCs of the routers that were read lead to.</summary>
    public static HashSet<string> FarEnds(Seen seen) =>
    [
        .. from mcr in seen.Mcrs.Keys
           from vxc in Vxcs(seen)
           from port in Ends.OfMcr(vxc.Value, mcr)
           select FarEnd(seen, mcr, vxc.Value, port) into end
           where end is not null
           select end,
    ];

    /// <summary>The VIF on the hosted connection, the circuit's path or the other router; null where nobody here sees
    /// it.</summary>
    public static string? FarEnd(Seen seen, string mcr, Product vxc, VxcInterface port)
    {
        if (Ends.Aws(vxc)?.ConnectionId is { Length: > 0 } connection)
        {
            return seen.VirtualInterfaces.Values.Where(vif => vif.ConnectionId == connection)
                .OrderBy(vif => vif.VirtualInterfaceId, StringComparer.Ordinal).FirstOrDefault()?.VirtualInterfaceId;
        }
        if (Ends.Azure(vxc)?.ServiceKey is { } key)
        {
            var circuit = seen.Circuits.FirstOrDefault(pair => key.Reveal().Equals(
                pair.Value.Text("properties", "serviceKey"), StringComparison.OrdinalIgnoreCase));
            return circuit.Key is null ? null
                : AzurePart.PathId(seen, circuit.Key, PathOf(seen, circuit.Key, vxc, port));
        }
        var other = vxc.AEnd?.ProductUid == mcr ? vxc.BEnd?.ProductUid : vxc.AEnd?.ProductUid;
        return other is not null && seen.Mcrs.ContainsKey(other) ? other : null;
    }

    public static IEnumerable<KeyValuePair<string, Product>> Vxcs(Seen seen) => seen.Vxcs
        .Where(pair => !ProvisioningStatus.IsGone(pair.Value.ProvisioningStatus))
            .OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Sessions that are configured, not shut, and not established yet by what their VXC tells: id and
    /// words.</summary>
    public static IReadOnlyList<(string Id, string Words)> ComingUp(Seen seen) =>
    [
        .. from mcr in seen.Mcrs.Keys.Order(StringComparer.Ordinal)
           from vxc in Vxcs(seen)
           from port in Ends.OfMcr(vxc.Value, mcr)
           from session in port.BgpConnections
           where session.PeerIpAddress is not null && session.Shutdown != true
               && Ends.IsEstablished(vxc.Value, session.PeerIpAddress) == false
               && !Asns.Disagree(seen, mcr, FarEnd(seen, mcr, vxc.Value, port), session)
           select (SessionId(vxc.Key, session),
               $"BGP with {session.PeerIpAddress} on VXC {vxc.Value.ProductName ?? vxc.Key}"),
    ];

    public static string SessionId(string vxc, BgpConnection session) => $"{vxc}/{session.PeerIpAddress}";

    /// <summary>By the port that it ends on; where Megaport does not say, by the addresses of its session.</summary>
    private static CircuitPort PathOf(Seen seen, string circuit, Product vxc, VxcInterface port)
    {
        var ports = seen.CircuitKeys.GetValueOrDefault(circuit)?.Megaports ?? [];
        var type = ports.FirstOrDefault(
            one => one.ProductUid is not null && one.ProductUid == vxc.BEnd?.ProductUid)?.Type;
        if (type is not null)
        {
            return type == "secondary" ? CircuitPort.Secondary : CircuitPort.Primary;
        }
        var secondary = AzurePart.PrivatePeering(seen.Circuits[circuit])
            .Text("properties", "secondaryPeerAddressPrefix");
        return Prefix.TryParse(secondary, out var subnet)
            && port.BgpConnections.Any(session => subnet.Holds(session.PeerIpAddress))
            ? CircuitPort.Secondary : CircuitPort.Primary;
    }

    private static Routing.McrInterface Interface(
        Seen seen, string mcr, string vxc, string? farEnd, VxcInterface port) => new()
        {
            VxcId = vxc,
            Addresses = [.. port.IpAddresses.Where(text => InterfaceAddress.TryParse(text, out _))
            .Select(InterfaceAddress.Parse)],
            FarEnd = farEnd,
            StaticRoutes =
        [
            .. port.IpRoutes.Where(route => Prefix.TryParse(route.Prefix, out _) && Ipv4.TryParse(route.NextHop, out _))
                .Select(route => new Routing.McrStaticRoute(Prefix.Parse(route.Prefix!), Ipv4.Parse(route.NextHop!))),
        ],
            Sessions =
        [
            .. port.BgpConnections.Where(session => Ipv4.TryParse(session.PeerIpAddress, out _)
                && Ipv4.TryParse(session.LocalIpAddress, out _))
                .Select(session => Session(seen, mcr, vxc, farEnd, session)),
        ],
        };

    private static Routing.McrBgpSession Session(
        Seen seen, string mcr, string vxc, string? farEnd, BgpConnection session)
    {
        var peer = Ipv4.Parse(session.PeerIpAddress!);
        return new()
        {
            Id = SessionId(vxc, session),
            LocalAddress = Ipv4.Parse(session.LocalIpAddress!),
            PeerAddress = peer,
            PeerAsn = session.PeerAsn ?? 0,
            LocalAsn = session.LocalAsn,
            // With two witnesses it is down for good: both ends' configuration, and what the VXC tells of it.
            Up = Ends.IsEstablished(seen.Vxcs[vxc], session.PeerIpAddress!) != false
                || !Asns.Disagree(seen, mcr, farEnd, session),
            Shutdown = session.Shutdown == true,
            PeerType = session.PeerType switch
            {
                "NON_CLOUD" => Routing.McrPeerType.NonCloud,
                "PUB_CLOUD" => Routing.McrPeerType.PublicCloud,
                _ => Routing.McrPeerType.PrivateCloud,
            },
            ImportWhitelist = Filter(seen, mcr, session.ImportWhitelist),
            ImportBlacklist = Filter(seen, mcr, session.ImportBlacklist),
            ExportWhitelist = Filter(seen, mcr, session.ExportWhitelist),
            ExportBlacklist = Filter(seen, mcr, session.ExportBlacklist),
            MedIn = session.MedIn,
            MedOut = session.MedOut,
            PrependCount = session.AsPathPrependCount ?? 0,
            AsOverride = session.AsOverride == true,
            ExportPolicyDeny = session.ExportPolicy == "deny",
            PermitExportTo = [.. Addresses(session.PermitExportTo)],
            DenyExportTo = [.. Addresses(session.DenyExportTo)],
            // What a router out of sight sends is known from the looking glass alone.
            Neighbour = farEnd is not null ? [] : [.. Received(seen, mcr, peer)],
        };
    }

    private static IEnumerable<Routing.PropagatedRoute> Received(Seen seen, string mcr, Ipv4 peer) =>
        from row in seen.Neighbours.GetValueOrDefault((mcr, peer, RouteDirection.Received), [])
        where Prefix.TryParse(row.Prefix, out _)
        select new Routing.PropagatedRoute(Prefix.Parse(row.Prefix!), [.. AzureProbes.Asns(row.AsPath)]);

    private static IEnumerable<Ipv4> Addresses(IReadOnlyList<string>? texts) =>
        (texts ?? []).Where(text => Ipv4.TryParse(text, out _)).Select(Ipv4.Parse);

    // A list that could not be read lets everything through until it is known.
    private static Routing.PrefixFilter? Filter(Seen seen, string mcr, int? number) =>
        number is { } n && seen.PrefixFilterLists.TryGetValue((mcr, n), out var list)
            ? new(n.ToString(CultureInfo.InvariantCulture),
            [
                .. list.Entries.Where(entry => Prefix.TryParse(entry.Prefix, out _)).Select(entry =>
                    new Routing.PrefixFilterEntry(
                        entry.Action == "permit", Prefix.Parse(entry.Prefix!), entry.Ge, entry.Le)),
            ])
            : null;
}

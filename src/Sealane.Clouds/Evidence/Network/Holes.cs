using System.Collections.Immutable;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Evidence.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>What could carry or hide a packet and was not answered, or leads to where these accounts cannot
/// look.</summary>
internal static class Holes
{
    public static ImmutableArray<Routing.Hole> Of(Seen seen, IReadOnlyList<Reading> readings, DateTimeOffset now) =>
    [
        .. readings.Where(row => row.IsHole).Select(row => Unread(seen, row, now)),
        .. OthersOnCircuits(seen),
        .. InterfacesOfOthers(seen),
        .. FarEndsOutOfSight(seen),
        .. Translating(seen),
    ];

    private static Routing.Hole Unread(Seen seen, Reading row, DateTimeOffset now) => new()
    {
        Id = $"{row.Question.Call} {row.Subject}",
        Kind = row.Answer switch
        {
            Answer.Refused => Routing.HoleKind.Refused,
            Answer.Lagging => Routing.HoleKind.Lagging,
            _ => Routing.HoleKind.NotOffered,
        },
        At = row.Subject.Split(' ')[0],
        HidesTables = !row.Question.OnlyWhereEntered || CanEnter(seen, row.Subject),
        Hides = row.Question.Hides!,
        Fix = row.Answer switch
        {
            Answer.Refused => $"grant {row.Question.Permission}",
            Answer.NotOffered => "this environment does not offer the call: ask where it is offered",
            Answer.Lagging => $"the table comes up to {EdgeLag.Longest.TotalMinutes:0} minutes after the first "
                + "connection: ask "
                + "again, or verify --wait",
            Answer.Unreadable => $"the reply could not be used ({row.Why}): ask again, and report it if it stays so",
            _ => "the service did not answer: ask again",
        },
        ReadableFrom = row.Answer == Answer.Lagging ? now + EdgeLag.Longest : null,
    };

    /// <summary>Whether a protected network has a way into a transit gateway at all.</summary>
    private static bool CanEnter(Seen seen, string subject)
    {
        var gateway = seen.TransitGateways.Values.FirstOrDefault(one =>
            one.Id == subject || (one.Tables ?? []).Any(table => table.Id == subject))?.Id ?? subject;
        return seen.Vpcs.Values.Any(vpc => vpc.RouteTables is null
                || vpc.RouteTables.Any(table => table.Routes.Concat(table.PrefixListRoutes)
                    .Any(route => route.Target == gateway)))
            || seen.DxGateways.Values.Any(dx => dx.Associations is null
                || dx.Associations.Any(association => association.AssociatedGateway?.Id == gateway));
    }

    /// <summary>A port of a circuit that somebody has taken, and none of the VXCs that were read.</summary>
    private static IEnumerable<Routing.Hole> OthersOnCircuits(Seen seen) =>
        from circuit in seen.CircuitKeys
        orderby circuit.Key.ToLowerInvariant()
        from port in circuit.Value.Megaports
        where port.Vxc is > 0
        let path = port.Type == "secondary" ? CircuitPort.Secondary : CircuitPort.Primary
        let id = AzurePart.PathId(seen, circuit.Key, path)
        where !MegaportPart.FarEnds(seen).Contains(id)
        let table = seen.Edge.GetValueOrDefault((circuit.Key.ToLowerInvariant(), AzureIds.PrivatePeeringName, path))
        select new Routing.Hole
        {
            Id = $"VXC {port.Vxc} on {id}",
            Kind = Routing.HoleKind.LeadsOut,
            At = id,
            // What comes in by it is in the edge's table; without that anything may.
            HidesTables = table is null,
            Prefixes = table is null ? []
                : [.. table.Where(row => row.AsPath is not [AzurePart.GatewayAsn, ..] and not [])
                    .Select(row => row.Network).Distinct()],
            Hides = "where a VXC that is not of this account takes the circuit's packets",
            Fix = "find out who holds the circuit's service key, or regenerate it",
            LeadsTo = $"VXC {port.Vxc}",
        };

    /// <summary>A virtual interface of a Direct Connect gateway that is not listed in this account and
    /// region.</summary>
    private static IEnumerable<Routing.Hole> InterfacesOfOthers(Seen seen) =>
        from gateway in seen.DxGateways.Values
        orderby gateway.Id
        from attachment in gateway.Attachments ?? []
        where attachment is { VirtualInterfaceId: { } vif, AttachmentState: not ("detached" or "detaching") }
            && !seen.VirtualInterfaces.ContainsKey(vif)
        select new Routing.Hole
        {
            Id = $"VIF {attachment.VirtualInterfaceId}",
            Kind = Routing.HoleKind.LeadsOut,
            At = gateway.Id,
            HidesTables = true,
            Hides = $"what a virtual interface of account {attachment.VirtualInterfaceOwnerAccount ?? "unknown"} in "
                + $"{attachment.VirtualInterfaceRegion ?? "an unknown region"} announces to the Direct Connect "
                + $"gateway and is sent",
            Fix = "verify with credentials of that account, or take the virtual interface off the gateway",
            LeadsTo = attachment.VirtualInterfaceId ?? "",
        };

    /// <summary>A VXC of a router whose other end is nobody's that was read: it takes what the router learned over
    /// it.</summary>
    private static IEnumerable<Routing.Hole> FarEndsOutOfSight(Seen seen) =>
        from mcr in seen.Mcrs.Keys.Order(StringComparer.Ordinal)
        from vxc in MegaportPart.Vxcs(seen)
        from port in Ends.OfMcr(vxc.Value, mcr)
        where MegaportPart.FarEnd(seen, mcr, vxc.Value, port) is null
        select new Routing.Hole
        {
            Id = $"VXC {vxc.Key}",
            Kind = Routing.HoleKind.LeadsOut,
            At = vxc.Key,
            Prefixes = [.. Prefixes(seen, mcr, port)],
            Hides = $"where the other end of VXC {vxc.Key} ({Name(vxc.Value)}) takes what the MCR sends into it",
            Fix = "keep protected prefixes out of its session with filter lists",
            LeadsTo = Name(vxc.Value),
        };

    /// <summary>An interface on which the MCR rewrites addresses: what leaves by it is not the packet that
    /// came.</summary>
    private static IEnumerable<Routing.Hole> Translating(Seen seen) =>
        from mcr in seen.Mcrs.Keys.Order(StringComparer.Ordinal)
        from vxc in MegaportPart.Vxcs(seen)
        from port in Ends.OfMcr(vxc.Value, mcr)
        where port.NatIpAddresses is { Count: > 0 }
        select new Routing.Hole
        {
            Id = $"NAT on VXC {vxc.Key}",
            Kind = Routing.HoleKind.LeadsOut,
            At = vxc.Key,
            Hides = $"the addresses that the MCR gives to packets on VXC {vxc.Key} ({Name(vxc.Value)})",
            Fix = "take the NAT addresses off the MCR's interface",
            LeadsTo = string.Join(' ', port.NatIpAddresses!),
        };

    // With no route into it nothing enters: an interface without any gets a prefix that no packet has.
    private static IEnumerable<Prefix> Prefixes(Seen seen, string mcr, VxcInterface port)
    {
        var sessions = port.BgpConnections.Where(session => Ipv4.TryParse(session.PeerIpAddress, out _)).ToList();
        var learned = from session in sessions
                      from row in seen.Neighbours.GetValueOrDefault(
                          (mcr, Ipv4.Parse(session.PeerIpAddress!), Clouds.Megaport.RouteDirection.Received), [])
                      where Prefix.TryParse(row.Prefix, out _)
                      select Prefix.Parse(row.Prefix!);
        var written = from route in port.IpRoutes
                      where Prefix.TryParse(route.Prefix, out _)
                      select Prefix.Parse(route.Prefix!);
        return learned.Concat(written).Append(new Prefix(default, 32)).Distinct().Order();
    }

    private static string Name(Product vxc) => vxc.BEnd?.ProductName ?? vxc.ProductName ?? "unnamed";
}

using System.Collections.Immutable;
using Sealane.Clouds.Aws;
using Sealane.Core;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>What was read at AWS as boxes of the routing model, every one under its vendor's id.</summary>
internal static class AwsPart
{
    public static ImmutableArray<Routing.Vpc> Vpcs(Seen seen) =>
    [
        .. seen.Vpcs.Values.OrderBy(vpc => vpc.Vpc.Id, StringComparer.Ordinal).Select(vpc => new Routing.Vpc
        {
            Id = vpc.Vpc.Id,
            Prefixes = [.. vpc.Vpc.Prefixes],
            Ipv6 = vpc.Vpc.HasIpv6,
            RouteTables = [.. (vpc.RouteTables ?? []).Select(table => Table(seen, vpc, table))],
        }),
    ];

    public static ImmutableArray<Routing.VirtualPrivateGateway> VirtualPrivateGateways(Seen seen) =>
    [
        .. from vpc in seen.Vpcs.Values
           orderby vpc.Vpc.Id
           from gateway in vpc.VpnGateways ?? []
           select new Routing.VirtualPrivateGateway
           {
               Id = gateway.Id,
               VpcId = vpc.Vpc.Id,
               PropagatesTo = [.. (vpc.RouteTables ?? []).Where(table => table.PropagatingGateways.Contains(gateway.Id))
                   .Select(table => table.Id)],
               VpnPrefixes =
               [
                   .. seen.VpnConnections.Values.Where(vpn => vpn.VpnGatewayId == gateway.Id)
                       .SelectMany(vpn => vpn.StaticRoutes).Concat(Propagated(vpc, gateway.Id)).Distinct().Order(),
               ],
           },
    ];

    public static ImmutableArray<Routing.VpcPeering> VpcPeerings(Seen seen) =>
    [
        .. from vpc in seen.Vpcs.Values
           orderby vpc.Vpc.Id
           from peering in vpc.Peerings
           where peering.State == "active"
           let other = peering.Other(vpc.Vpc.Id)
           select new Routing.VpcPeering(
               peering.Id, vpc.Vpc.Id, [.. vpc.Vpc.Prefixes], other.VpcId ?? "", [.. other.Prefixes]),
    ];

    public static ImmutableArray<Routing.DxGateway> DxGateways(Seen seen) =>
    [
        .. seen.DxGateways.Values.OrderBy(gateway => gateway.Id, StringComparer.Ordinal)
            .Select(gateway => new Routing.DxGateway
        {
            Id = gateway.Id,
            // Where the gateway itself may not be read, its virtual interfaces tell: without the ASN every session
            // would seem to be down.
            Asn = gateway.Gateway?.AmazonSideAsn ?? seen.VirtualInterfaces.Values.FirstOrDefault(vif =>
                vif.DirectConnectGatewayId == gateway.Id && vif.AmazonSideAsn is not null)?.AmazonSideAsn ?? 0,
            Associations =
            [
                .. from association in gateway.Associations ?? []
                   where association.AssociatedGateway?.Id is not null
                       && association.AssociationState is not "disassociated"
                   select new Routing.DxGatewayAssociation(association.AssociatedGateway!.Id!,
                       [.. (association.AllowedPrefixesToDirectConnectGateway ?? [])
                           .Where(prefix => Prefix.TryParse(prefix.Cidr, out _))
                           .Select(prefix => Prefix.Parse(prefix.Cidr))]),
            ],
            VirtualInterfaces = [.. VirtualInterfaces(seen, vif => vif.DirectConnectGatewayId == gateway.Id)],
        }),
        .. PrivateInterfaces(seen),
    ];

    /// <summary>A private VIF on a virtual private gateway itself announces the VPC: as a gateway that allows just
    /// that.</summary>
    private static IEnumerable<Routing.DxGateway> PrivateInterfaces(Seen seen) =>
        from vpc in seen.Vpcs.Values
        orderby vpc.Vpc.Id
        from gateway in vpc.VpnGateways ?? []
        let interfaces = VirtualInterfaces(seen, vif => vif.VirtualGatewayId == gateway.Id).ToList()
        where interfaces.Count > 0
        select new Routing.DxGateway
        {
            Id = gateway.Id,
            Asn = gateway.Asn ?? 0,
            Associations = [new(gateway.Id, [.. vpc.Vpc.Prefixes])],
            VirtualInterfaces = [.. interfaces],
        };

    private static IEnumerable<Routing.VirtualInterface> VirtualInterfaces(
        Seen seen, Func<VirtualInterface, bool> belongs)
    {
        var routers = MegaportPart.FarEnds(seen);
        return from vif in seen.VirtualInterfaces.Values
               where belongs(vif)
               orderby vif.VirtualInterfaceId
               let peers = vif.BgpPeers ?? []
               let address = peers.FirstOrDefault(peer => peer.AddressFamily is null or "ipv4")?.AmazonAddress
                   ?? vif.AmazonAddress
               select new Routing.VirtualInterface(
                   vif.VirtualInterfaceId, InterfaceAddress.TryParse(address, out var amazon) ? amazon.Address
                       : default)
               {
                   Ipv6 = peers.Any(peer => peer.AddressFamily == "ipv6"),
                   // With an MCR of ours at the other end it follows from the MCR; else it is as AWS holds it.
                   Accepted = routers.Contains(vif.VirtualInterfaceId) ? []
                       : [.. Accepted(seen, vif.VirtualInterfaceId)],
               };
    }

    private static IEnumerable<Routing.PropagatedRoute> Accepted(Seen seen, string vif) =>
        from route in seen.VifRoutes.GetValueOrDefault(vif, [])
        where route.RouteDirection == "accepted" && Prefix.TryParse(route.Cidr, out _)
        select new Routing.PropagatedRoute(Prefix.Parse(route.Cidr!), [.. route.Asns ?? []]);

    // A gateway's propagated rows name the gateway alone; those of its Direct Connect half come again from there.
    private static IEnumerable<Prefix> Propagated(VpcSeen vpc, string gateway) =>
        from table in vpc.RouteTables ?? []
        from route in table.Routes
        where route.Target == gateway && route.Origin == "EnableVgwRoutePropagation"
            && Prefix.TryParse(route.Destination, out _)
        select Prefix.Parse(route.Destination);

    private static Routing.VpcRouteTable Table(Seen seen, VpcSeen vpc, VpcRouteTable table) => new()
    {
        Id = table.Id,
        Main = table.IsMain,
        Subnets =
        [
            .. (vpc.Subnets ?? []).Where(subnet => table.SubnetIds.Contains(subnet.Id)
                && Prefix.TryParse(subnet.Cidr, out _))
                .Select(subnet => Prefix.Parse(subnet.Cidr)),
        ],
        Routes =
        [
            .. from route in table.Routes
               where Prefix.TryParse(route.Destination, out _) && route.Target != "local"
                   && route.Origin != "EnableVgwRoutePropagation"
               select new Routing.VpcRoute(Prefix.Parse(route.Destination), Target(route), route.Target),
            .. from route in table.PrefixListRoutes
               from entry in seen.PrefixLists.GetValueOrDefault(route.Destination, [])
               where Prefix.TryParse(entry, out _)
               select new Routing.VpcRoute(Prefix.Parse(entry), Target(route), route.Target),
        ],
    };

    private static Routing.VpcRouteTarget Target(VpcRoute route) => route.State == "blackhole"
        ? Routing.VpcRouteTarget.Blackhole
        : route.Target.Split('-')[0] switch
        {
            "local" => Routing.VpcRouteTarget.Local,
            "tgw" => Routing.VpcRouteTarget.TransitGateway,
            "vgw" => Routing.VpcRouteTarget.VirtualPrivateGateway,
            "pcx" => Routing.VpcRouteTarget.Peering,
            "eni" or "i" => Routing.VpcRouteTarget.NetworkInterface,
            "nat" => Routing.VpcRouteTarget.NatGateway,
            "igw" or "eigw" or "cagw" => Routing.VpcRouteTarget.InternetGateway,
            "vpce" => Routing.VpcRouteTarget.Endpoint,
            _ => Routing.VpcRouteTarget.Other,
        };
}

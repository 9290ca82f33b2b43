using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>What other teams add to a network, from a seed: every kind of foreign object and rarer settings.</summary>
internal sealed class ForeignNetworks(RandomNetworks random)
{
    public Network Added(Network network)
    {
        var tgw = network.TransitGateways.Length > 0 ? random.Any(network.TransitGateways) : null;
        network = network with
        {
            Vpcs = Each(network.Vpcs, vpc => vpc with
            {
                RouteTables = Each(vpc.RouteTables, table => table with
                {
                    Routes = [.. table.Routes, .. random.Some(1).Select(prefix => Route(prefix, vpc))],
                }),
            }),
            TransitGateways = Each(network.TransitGateways, one => Busy(one)),
            Vnets = Each(network.Vnets, vnet => vnet with
            {
                Peerings = [.. vnet.Peerings, .. random.Some(1).Select(prefix => Peering(vnet, prefix))],
                SummarizedPrefixes = random.Chance(0.2) ? random.Some(2) : vnet.SummarizedPrefixes,
            }),
            VpnGateways = Each(network.VpnGateways, gateway => gateway with
            {
                Branches = [.. random.Some(1).Select(prefix => new VpnBranch
                {
                    Id = gateway.Id + "-branch",
                    Prefixes = [prefix],
                    Learned = [.. random.Some(1).Select(one => new PropagatedRoute(one, [65010]))],
                })],
            }),
            ExpressRouteGateways = Each(network.ExpressRouteGateways, gateway => gateway with
            {
                Connections = Each(gateway.Connections, one => one with { Weight = random.Any([0, 0, 10]) }),
            }),
            Mcrs = Each(network.Mcrs, mcr => mcr with { Interfaces = Each(mcr.Interfaces, Rarer) }),
            Tunnels = Each(network.Tunnels, tunnel => tunnel with { StaticPrefixes = random.Some(1) }),
        };
        return tgw is null || network.Vpcs.IsEmpty || network.DxGateways.IsEmpty ? network : WithVgw(network);
    }

    private Network WithVgw(Network network)
    {
        var vpc = network.Vpcs[0];
        return network with
        {
            VirtualPrivateGateways =
            [
                new()
                {
                    Id = "vgw",
                    VpcId = vpc.Id,
                    PropagatesTo = random.Chance(0.5) ? [vpc.RouteTables[0].Id] : [],
                    VpnPrefixes = random.Some(1),
                },
            ],
            VpcPeerings = [new("pcx", vpc.Id, vpc.Prefixes, "vpc-far", random.Some(2))],
            DxGateways = network.DxGateways.SetItem(0, network.DxGateways[0] with
            {
                Associations = [.. network.DxGateways[0].Associations,
                    .. Enumerable.Range(0, random.Chance(0.4) ? 1 : 0)
                        .Select(_ => new DxGatewayAssociation("vgw", random.Some(2)))],
            }),
        };
    }

    private VpcRoute Route(Prefix prefix, Vpc vpc) => new(prefix, random.Any(Enum.GetValues<VpcRouteTarget>()
        .Where(target => target != VpcRouteTarget.Local).ToList()), random.Any(["vgw", "pcx", "eni-1", vpc.Id]));

    private TransitGateway Busy(TransitGateway tgw)
    {
        var kind = random.Any([AttachmentKind.Connect, AttachmentKind.Vpn, AttachmentKind.Vpc, AttachmentKind.Peering]);
        return tgw with
        {
            Attachments = tgw.Attachments.Add(new()
            {
                Id = tgw.Id + "-foreign",
                Kind = kind,
                ResourceId = "foreign",
                PropagatesTo = [.. tgw.RouteTables.Where(_ => random.Chance(0.5)).Select(table => table.Id)],
                Propagated = [.. random.Some(2).Select(prefix => new PropagatedRoute(prefix, [65020]))],
            }),
            RouteTables = Each(tgw.RouteTables, table => table with
            {
                PrefixLists = [.. random.Some(1).Select(prefix =>
                    new PrefixListReference("pl", [prefix], random.Any(tgw.Attachments).Id))],
            }),
        };
    }

    private VnetPeering Peering(Vnet vnet, Prefix prefix) => new()
    {
        Id = vnet.Id + "-peering",
        RemoteVnetId = "vnet-far",
        RemotePrefixes = [prefix],
        AllowAccess = random.Chance(0.9),
        RemoteUsesGateways = random.Chance(0.4),
    };

    private McrInterface Rarer(McrInterface port) => port with
    {
        Sessions = Each(port.Sessions, session => session with
        {
            PeerType = random.Chance(0.2) ? random.Any(Enum.GetValues<McrPeerType>()) : session.PeerType,
            LocalAsn = random.Chance(0.1) ? 64999 : session.LocalAsn,
            AsOverride = random.Chance(0.2),
            ExportPolicyDeny = random.Chance(0.1),
            PermitExportTo = random.Chance(0.1) ? [Ipv4.Parse("192.168.0.2")] : [],
            DenyExportTo = random.Chance(0.1) ? [Ipv4.Parse("192.168.100.2"), Ipv4.Parse("192.168.0.2")] : [],
            ExportBlacklist = random.Chance(0.1) ? random.Filter() : null,
        }),
    };

    private static ImmutableArray<T> Each<T>(ImmutableArray<T> all, Func<T, T> change) => [.. all.Select(change)];
}

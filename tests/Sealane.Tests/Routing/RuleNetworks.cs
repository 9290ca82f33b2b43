using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>Random networks in which routes compete: what a rule decides is rare where each prefix has one
/// origin.</summary>
internal static class RuleNetworks
{
    public static Network Of(int seed)
    {
        if (seed == 0)
        {
            return Rare();
        }
        var random = new RandomNetworks(seed);
        var network = new ForeignNetworks(random).Added(random.Any());
        return seed % 5 == 4 ? Crowded(network) : seed % 2 == 0 ? Unfiltered(network) : network;
    }

    // What random networks do not have: paths with an ASN of the receiver on them, and two VPN connections side by
    // side.
    private static Network Rare()
    {
        var network = GuideNetwork.Isolated;
        var (tgw, mcr, gateway) = (network.TransitGateways[0], network.Mcrs[0], network.VpnGateways[0]);
        var vpn = tgw.Attachments.Single(one => one.Kind == AttachmentKind.Vpn);
        PropagatedRoute Seen(string prefix, params long[] path) => new(Prefix.Parse(prefix), [.. path]);
        return network with
        {
            TransitGateways = [tgw with { Attachments = [.. tgw.Attachments, vpn with { Id = "vpn-attachment-2" }] }],
            Tunnels = [network.Tunnels[0], network.Tunnels[1] with { AttachmentId = "vpn-attachment-2" }],
            VpnGateways =
            [
                gateway with { Branches = [new() { Id = "branch",
                    Learned = [Seen("10.77.0.0/16", 65010, gateway.Asn)] }] },
            ],
            Mcrs =
            [
                mcr with
                {
                    Interfaces = mcr.Interfaces.Add(new()
                    {
                        VxcId = "vxc-office",
                        Addresses = [InterfaceAddress.Parse("192.168.150.1/30")],
                        Sessions =
                        [
                            new()
                            {
                                Id = "office/bgp",
                                LocalAddress = Ipv4.Parse("192.168.150.1"),
                                PeerAddress = Ipv4.Parse("192.168.150.2"),
                                PeerAsn = 65100,
                                LocalAsn = 64999,
                                Neighbour = [Seen("10.78.0.0/16", 65100, mcr.Asn), Seen("10.79.0.0/16", 65100, 64999)],
                            },
                        ],
                    }),
                },
            ],
        };
    }

    // Without lists every route meets every other.
    private static Network Unfiltered(Network network) => network with
    {
        Mcrs = [.. network.Mcrs.Select(mcr => mcr with
        {
            Interfaces = [.. mcr.Interfaces.Select(port => port with
            {
                Sessions = [.. port.Sessions.Select(session => session with
                {
                    ImportWhitelist = null,
                    ExportWhitelist = null,
                })],
            })],
        })],
    };

    // More prefixes than AWS takes over a VIF.
    private static Network Crowded(Network network)
    {
        network = Unfiltered(network);
        ImmutableArray<McrStaticRoute> many = [.. Enumerable.Range(0, 120).Select(i =>
            new McrStaticRoute(new Prefix(new Ipv4(0xAC100000u + ((uint)i << 8)), 24), default))];
        return network with
        {
            Mcrs = [.. network.Mcrs.Select(mcr => mcr with
            {
                Interfaces = [.. mcr.Interfaces.Select(port => port.FarEnd?.StartsWith("path",
                    StringComparison.Ordinal) == true
                    ? port with
                    {
                        StaticRoutes = [.. port.StaticRoutes, .. many.Select(route =>
                            route with { NextHop = port.Sessions[0].PeerAddress })],
                    }
                    : port)],
            })],
        };
    }
}

using Sealane.Core;
using Sealane.Lab.Model;
using Sealane.Tests.Lab;

namespace Sealane.Judge;

/// <summary>The networks that configurations are changes of.</summary>
internal static class Networks
{
    private const long OtherMcr = 133937;

    /// <summary>The guide's link, with a VXC to the circuit's second path that is down: that of the routing
    /// corpus.</summary>
    public static LabNetwork Guide => Hasty(Change(Labs.Sydney, router => router with
    {
        Legs = [.. router.Legs, Second(router.Legs[^1], "azure-secondary", "msee-secondary", "192.168.101.4/30") with
        {
            Up = false,
        }],
    }));

    /// <summary>Two routers of one ASN, both paths of a circuit, two instances, four tunnels, a spoke.</summary>
    public static LabNetwork Two => Hasty(Labs.TwoRouters(bfd: false));

    /// <summary>
    /// The same with both routers joined, and the first with a second VIF and both paths of the circuit: there routes
    /// of one prefix meet.
    /// </summary>
    public static LabNetwork Joined
    {
        get
        {
            var two = Two;
            var (red, blue) = (two.Routers[0], two.Routers[1]);
            // Lower than the others: what comes over it would win if the path's length did not count.
            var net = Prefix.Parse("192.168.99.0/30");
            LabLeg Between(int own, LabRouter far) => new("between", Cloud.Megaport, far.Box, new(net.Host(own), 30),
                net.Host(3 - own))
            {
                Session = new() { PeerAsn = OtherMcr, PeerType = PeerType.NonCloud },
            };
            return two with
            {
                Routers =
                [
                    red with
                    {
                        Legs = [.. red.Legs, Second(red.Legs[0], "aws-2", "dxgw", "192.168.103.0/30"),
                            Second(red.Legs[1], blue.Legs[1].Name, blue.Legs[1].FarBox, "192.168.200.4/30"),
                            Between(1, blue)],
                    },
                    blue with { Legs = [blue.Legs[0], Between(2, red)] },
                ],
            };
        }
    }

    // The lab's daemons answer sooner than the clouds' would, so that a trial takes a second: timers change no table.
    private static LabNetwork Hasty(LabNetwork network) => network with
    {
        TunnelTimers = (1, 3),
        Ipsec = network.Ipsec with { DpdTimeoutSeconds = 30_000 },
    };

    private static LabNetwork Change(LabNetwork network, Func<LabRouter, LabRouter> change) => network with
    {
        Routers = [.. network.Routers.Select(change)],
    };

    private static LabLeg Second(LabLeg leg, string name, string far, string net)
    {
        var peer = Prefix.Parse(net).Host(2);
        return new(name, leg.Cloud, far, new(Prefix.Parse(net).Host(1), 30), peer)
        {
            Session = leg.Session,
            Statics = [.. leg.Statics.Select(route => route with { NextHop = peer })],
        };
    }
}

using Sealane.Core;
using Sealane.Lab.Model;

namespace Sealane.Lab.Running;

/// <summary>A part of the link that may die, and how long the real link's timers let that go unnoticed.</summary>
/// <param name="Name">As typed: a box, <c>mcr/aws</c> for a VXC, <c>mcr/aws-deleted</c> for a virtual interface or
/// peering that the cloud takes away.</param>
/// <param name="Silent">Boxes that neither send nor receive; with a port, on that port alone.</param>
/// <param name="HasTwin">Something else of its kind carries on.</param>
/// <param name="Bound">What ends the loss on the real link.</param>
public sealed record DrillElement(
    string Name, IReadOnlyList<(string Box, string? Port)> Silent, bool HasTwin, string Bound)
{
    /// <summary>Seconds from a silent death to the end of the loss, where one hold time alone decides it: the last
    /// keepalive may have come a moment before, or almost a whole interval. Null where it is drawn which flows it
    /// meets.</summary>
    public (int From, int To)? Interval { get; init; }

    /// <summary>A session that the cloud's end shuts down besides: box, peer and the box's ASN.</summary>
    public (string Box, Ipv4 Peer, long Asn)? Shut { get; init; }

    /// <summary>Every element of a design, in the order in which packets meet them.</summary>
    public static IReadOnlyList<DrillElement> Of(LabNetwork network)
    {
        var tunnels = $"{Ends(network.TunnelTimers)}: hold time in the tunnels";
        return
        [
            .. network.Tunnels.Select(tunnel => Box($"tgw-endpoint-{tunnel.Number}", network.Tunnels.Count > 1,
                tunnels) with
            {
                Interval = (network.TunnelTimers.Hold - network.TunnelTimers.Keepalive, network.TunnelTimers.Hold),
            }),
            .. network.Routers.SelectMany(router => router.Legs.Where(leg => leg.Cloud != Cloud.Megaport)
                .SelectMany(leg => Link(network, router, leg))),
            .. network.Routers.Select(router =>
                Box(router.Box, network.Routers.Count > 1, Worst(network, router.Legs))),
            .. network.Legs.Where(one => one.Leg.Cloud == Cloud.Azure).Select(one => Box(one.Leg.FarBox,
                Twins(network, one.Leg) > 1,
                $"{Session(network, one.Leg)}; its ExpressRoute gateway has {Ends((10, 30))} of its own")),
            .. network.Instances.Select(one => Box($"vpn-gateway-{one.Number}", network.Instances.Count > 1, tunnels)),
        ];
    }

    private static IEnumerable<DrillElement> Link(LabNetwork network, LabRouter router, LabLeg leg)
    {
        var far = leg.Cloud == Cloud.Azure ? "mcr" : $"vif{network.Legs.Where(one => one.Leg.Cloud == Cloud.Aws)
            .ToList().FindIndex(one => one.Router == router && one.Leg == leg) + 1}";
        var twin = Twins(network, leg) > 1;
        yield return new($"{router.Box}/{leg.Name}", [(router.Box, leg.Name), (leg.FarBox, far)], twin,
            Session(network, leg));
        // The cloud's end is gone and says so; the MCR's interface stays up.
        yield return new($"{router.Box}/{leg.Name}-deleted", [(leg.FarBox, far)], twin,
            leg.Statics.Any(route => !route.Recursive)
                ? "no end: static routes stay announced while their session is down"
                : "under a second: withdrawn by BGP")
        {
            Shut = (leg.FarBox, leg.McrAddress.Address,
                leg.Cloud == Cloud.Azure ? Core.Design.Msee.Asn : network.DxGateway.Asn),
        };
    }

    private static DrillElement Box(string box, bool twin, string bound) => new(box, [(box, null)], twin, bound);

    private static int Twins(LabNetwork network, LabLeg leg) => network.Legs.Count(one => one.Leg.Cloud == leg.Cloud);

    private static string Worst(LabNetwork network, IReadOnlyList<LabLeg> legs) =>
        legs.All(leg => leg.Session.Bfd) ? Session(network, legs[0])
            : Session(network, legs.OrderBy(leg => leg.Cloud).Last(leg => leg.Cloud != Cloud.Megaport));

    // AWS proposes 30 and 90, the edge router 60 and 180; the lower hold time is used.
    private static string Session(LabNetwork network, LabLeg leg) => leg.Session.Bfd
        ? "1 s: BFD of 300 ms, three packets"
        : $"{Ends(network.TransportTimers ?? (leg.Cloud == Cloud.Aws ? (30, 90) : (60, 180)))}: hold time, no BFD";

    // The last keepalive may have come a moment before, or almost a whole interval.
    private static string Ends((int Keepalive, int Hold) timers) =>
        $"{timers.Hold - timers.Keepalive} to {timers.Hold} s";
}

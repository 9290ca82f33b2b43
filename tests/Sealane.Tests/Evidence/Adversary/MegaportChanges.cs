using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>What others order and set at Megaport, as their hands leave it.</summary>
internal static class MegaportChanges
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> All { get; } =
    [
        ("a VXC on the second path", (hand, dice) => Once(hand, "second-path", () =>
        {
            hand.World.SecondPath(hand.World.Megaport.Mcrs[0].Id);
            if (dice.Chance(0.5))
            {
                Alike(hand, "second-path", hand.World.AzureVxc());
            }
        })),
        ("a second hosted connection on the same gateway", (hand, dice) => Once(hand, "other-aws", () =>
        {
            hand.World.SecondAwsSide(hand.World.Megaport.Mcrs[0].Id, hand.World.Aws.DxGateways[0].Id);
            if (dice.Chance(0.5))
            {
                Alike(hand, "other-aws", hand.World.AwsVxc());
            }
        })),
        ("a second way of another team", (hand, _) => Once(hand, "second-path",
            () => Once(hand, "other-aws", hand.World.SecondWay))),
        ("a filter list taken off a session", Unfiltered),
        ("a static route on the MCR", StaticRoute),
        ("an export policy on a session", (hand, dice) => Sessions(hand, dice, session => session with
        {
            ExportPolicy = dice.Chance(0.5) ? "deny" : "permit",
        })),
        ("a prepend on a session", (hand, dice) => Sessions(hand, dice, session => session with
        {
            AsPathPrependCount = dice.Next(1, 4),
        })),
    ];

    private static void Once(Hand hand, string vxc, Action order)
    {
        if (!hand.World.Megaport.Vxcs.Exists(one => one.Name == vxc))
        {
            order();
            hand.World.Touch();
            hand.Pass(30);
        }
    }

    // As careful as the link itself: the same lists on the new session.
    private static void Alike(Hand hand, string name, Vxc own)
    {
        var (port, model) = (hand.World.Megaport.Vxcs.First(one => one.Name == name).Interfaces[0],
            own.Interfaces[0].BgpConnections[0]);
        port.BgpConnections =
        [
            .. port.BgpConnections.Select(session => session with
            {
                ImportWhitelist = model.ImportWhitelist,
                ExportWhitelist = model.ExportWhitelist,
            }),
        ];
    }

    private static void Unfiltered(Hand hand, Dice dice)
    {
        var import = dice.Chance(0.5);
        Sessions(hand, dice, session => import ? session with { ImportWhitelist = null }
            : session with { ExportWhitelist = null });
    }

    private static void Sessions(Hand hand, Dice dice, Func<McrBgpConnection, McrBgpConnection> change)
    {
        var port = dice.One([.. hand.World.Megaport.Vxcs.Where(vxc => !vxc.Ended)]).Interfaces[0];
        port.BgpConnections = [.. port.BgpConnections.Select(change)];
        hand.World.Touch();
    }

    private static void StaticRoute(Hand hand, Dice dice)
    {
        var port = dice.One([.. hand.World.Megaport.Vxcs.Where(vxc => !vxc.Ended)]).Interfaces[0];
        var prefix = Prefix.Parse(dice.One(["10.1.0.0/16", "10.2.0.0/16", "10.1.5.0/24", "10.77.0.0/16"]));
        port.Routes = [.. port.Routes, new(prefix, port.BgpConnections[0].PeerAddress, null)];
        hand.World.Touch();
    }
}

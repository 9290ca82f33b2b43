using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>What others set on the BGP sessions and interfaces of the link's MCR.</summary>
internal static class SessionChanges
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> All { get; } =
    [
        ("an export policy on a session", (hand, dice) => One(hand, dice, session => session with
        {
            ExportPolicy = dice.Chance(0.5) ? "deny" : "permit",
        })),
        ("exceptions to an export policy", (hand, dice) =>
        {
            var neighbour = dice.One([.. hand.World.Megaport.Vxcs.Where(vxc => !vxc.Ended)])
                .Interfaces[0].BgpConnections[0].PeerAddress;
            One(hand, dice, session => dice.Chance(0.5) ? session with { DenyExportTo = [neighbour] }
                : session with { ExportPolicy = "deny", PermitExportTo = [neighbour] });
        }),
        ("a denying list on a session", (hand, dice) => One(hand, dice, session => session with
        {
            ExportBlacklist = session.ExportWhitelist,
        })),
        ("a denying list instead of the import list", (hand, dice) => One(hand, dice, session => session with
        {
            ImportWhitelist = null,
            ImportBlacklist = session.ImportWhitelist,
        })),
        ("all lists taken off", (hand, dice) => Every(hand, session => session with
        {
            ImportWhitelist = null,
            ExportWhitelist = null,
        })),
        ("another type of peer", (hand, dice) => One(hand, dice, session => session with
        {
            PeerType = dice.One(["NON_CLOUD", "PRIV_CLOUD", "PUB_CLOUD"]),
        })),
        ("a session shut down", (hand, dice) =>
        {
            if (dice.Chance(0.3))
            {
                One(hand, dice, session => session with { Shutdown = true });
            }
        }),
        ("NAT on an interface of the MCR", (hand, dice) =>
        {
            Port(hand, dice).NatAddresses = ["192.0.2.7/32"];
            hand.World.Touch();
        }),
        ("a prepend on a session", (hand, dice) => One(hand, dice, session => session with
        {
            AsPathPrependCount = dice.Next(1, 4),
        })),
        ("a MED on a session", (hand, dice) => One(hand, dice, session => dice.Chance(0.5)
            ? session with { MedOut = dice.Next(1, 300) } : session with { MedIn = dice.Next(1, 300) })),
        ("AS override on a session", (hand, dice) => One(hand, dice, session => session with { AsOverride = true })),
        ("another local ASN on a session", (hand, dice) => One(hand, dice, session => session with
        {
            LocalAsn = dice.One([64999L, 65010L]),
        })),
        ("more routes than AWS takes", (hand, dice) =>
        {
            var port = Port(hand, dice);
            port.Routes =
            [
                .. port.Routes,
                .. Enumerable.Range(0, 120).Select(at => new McrStaticRoute(
                    new Prefix(new Ipv4(0xAC100000u + ((uint)at << 8)), 24), port.BgpConnections[0].PeerAddress, null)),
            ];
            hand.World.Touch();
        }),
    ];

    public static McrInterface Port(Hand hand, Dice dice) =>
        dice.One([.. hand.World.Megaport.Vxcs.Where(vxc => !vxc.Ended)]).Interfaces[0];

    public static void One(Hand hand, Dice dice, Func<McrBgpConnection, McrBgpConnection> change)
    {
        var port = Port(hand, dice);
        port.BgpConnections = [.. port.BgpConnections.Select(change)];
        hand.World.Touch();
    }

    private static void Every(Hand hand, Func<McrBgpConnection, McrBgpConnection> change)
    {
        foreach (var port in hand.World.Megaport.Vxcs.SelectMany(vxc => vxc.Interfaces))
        {
            port.BgpConnections = [.. port.BgpConnections.Select(change)];
        }
        hand.World.Touch();
    }
}

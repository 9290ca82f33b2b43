using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.Megaport;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>
/// Clouds that do not keep a rule of the model, end to end: the sandbox leaves the rule out, Sealane reads the tables
/// through the APIs, and the comparison names a row. Every rule is left out in <c>TableComparisonTests</c> as well,
/// where networks can be built that no API of the sandbox makes.
/// </summary>
public sealed class RulesTests
{
    // What others change around the built link so that the rule decides something; nothing: it does already.
    private static readonly Dictionary<RoutingRules, (string Name, int Dice)[]> s_worlds = new()
    {
        [RoutingRules.TgwPrefixListFirst] = [("a prefix list in a table of the transit gateway", 1122900824)],
        [RoutingRules.TgwVpcBeforeDirectConnect] =
        [
            ("a second way of another team", 664296041),
            ("another VNet on the circuit", 2024171896),
        ],
        [RoutingRules.TgwDirectConnectBeforeVpn] =
        [
            ("all lists taken off", 237820880),
            ("a propagation on the transit gateway", 760389092),
        ],
        [RoutingRules.DxAllowedPrefixes] = [],
        [RoutingRules.DxOwnAsn] =
        [
            ("a filter list taken off a session", 1722605732),
            ("a second hosted connection on the same gateway", 661756122),
        ],
        [RoutingRules.McrImportPermit] = [],
        [RoutingRules.McrExportPermit] = [],
        [RoutingRules.McrExportDeny] = [("a denying list on a session", 1649316166)],
        [RoutingRules.McrMed] =
        [
            ("all lists taken off", 1988774176),
            ("a second hosted connection on the same gateway", 410881541),
            ("another circuit on the MCR", 37909810),
            ("a MED on a session", 1453973021),
        ],
        [RoutingRules.McrMedIn] =
        [
            ("all lists taken off", 1988774176),
            ("a second hosted connection on the same gateway", 410881541),
            ("another circuit on the MCR", 37909810),
            ("a MED on a session", 1453973021),
        ],
        [RoutingRules.McrStaticFirst] =
        [
            ("a static route on the MCR", 529474608),
            ("a VXC on the second path", 1940039549),
        ],
        [RoutingRules.McrConnectedAnnounced] = [],
        [RoutingRules.McrStaticAnnounced] = [],
        [RoutingRules.McrStaticNotToItsNextHop] = [("a filter list taken off a session", 284042387)],
        [RoutingRules.McrNotBackToSender] = [("a second way of another team", 1857544709)],
        [RoutingRules.McrPeerType] =
        [
            ("all lists taken off", 1472524622),
            ("another type of peer", 1878226271),
        ],
        [RoutingRules.McrExportPolicy] =
        [
            ("all lists taken off", 96486769),
            ("an export policy on a session", 417944814),
        ],
        [RoutingRules.McrPrepend] = [("a prepend on a session", 234085668)],
        [RoutingRules.McrAsOverride] =
        [
            ("all lists taken off", 186781632),
            ("a VXC on the second path", 312046615),
            ("AS override on a session", 1456952340),
        ],
        [RoutingRules.AzureSummary] = [("a summary of the gateways' prefixes", 1945678308)],
        [RoutingRules.AzureSpokes] = [("a peered VNet", 1529629951)],
        [RoutingRules.GatewayMesh] = [],
        [RoutingRules.VpnStatics] = [("a branch on the VPN gateway", 2044040513)],
        [RoutingRules.VnetUserFirst] = [("a route table on a subnet", 1014506826)],
        [RoutingRules.VnetExpressRouteFirst] = [("a second way of another team", 1857544709)],
        [RoutingRules.VnetOwnSpace] = [("a VXC on the second path", 1835811970)],
        [RoutingRules.VnetPropagationOff] = [("a route table on a subnet", 1014506826)],
        [RoutingRules.VnetUserDefault] = [("a route table on a subnet", 1014506826)],
        [RoutingRules.McrEqualRoutes] =
        [
            ("a filter list taken off a session", 1722605732),
            ("a second hosted connection on the same gateway", 661756122),
        ],
    };

    // What no change of others makes by chance, set by hand on the same link.
    private static readonly Dictionary<RoutingRules, Action<Hand>> s_hands = new()
    {
        [RoutingRules.McrOwnAsn] = hand =>
        {
            Session(hand, session => session with { ImportWhitelist = null });
            Joined(hand, "172.21.0.0/16", 65020, hand.World.Megaport.Mcrs[0].Asn);
        },
        [RoutingRules.McrLocalAsn] = hand =>
        {
            Session(hand, session => session with { ImportWhitelist = null, LocalAsn = 64999 });
            hand.World.Azure.Find($"{hand.World.Azure.ReadCircuits()[0].Id}/peerings/AzurePrivatePeering")!
                .Properties["peerASN"] = 64999;
            Joined(hand, "172.21.0.0/16", 65020, 64999);
        },
        [RoutingRules.McrImportDeny] = hand =>
        {
            hand.World.Megaport.PrefixLists.Add(new()
            {
                Number = 990001,
                McrUid = hand.World.Megaport.Mcrs[0].Id,
                Description = "not the VNet",
                AddressFamily = "IPv4",
                Entries = [new("permit", "10.2.0.0/16", null, null)],
            });
            Session(hand, session => session with { ImportWhitelist = null, ImportBlacklist = 990001 });
        },
    };

    private static readonly Dictionary<RoutingRules, string> s_elsewhere = new()
    {
        [RoutingRules.TgwStaticFirst] = "a transit gateway shows winners alone: a static route that lost is not known",
        [RoutingRules.VifPrefixLimit] = "the sandbox takes the session down by itself, not by the model's rule",
        [RoutingRules.TgwAsPath] = SecondVpn,
        [RoutingRules.TgwVpnEcmp] = SecondVpn,
        [RoutingRules.TgwDirectConnectEcmp] = "needs a second Direct Connect gateway that announces the same",
        [RoutingRules.EdgeOwnAsn] = Loops,
        [RoutingRules.VpnOwnAsn] = Loops,
        [RoutingRules.McrAsPath] = "needs paths of unequal length without a MED",
        [RoutingRules.VpnOwnSpace] = "needs the VNet's own prefix back through the tunnel",
        [RoutingRules.McrIbgp] = "needs two MCRs that are joined, and the sandbox sells no such VXC",
    };

    private const string SecondVpn = "needs a second VPN connection that announces the same";
    private const string Loops = "needs a path that holds the receiver's ASN";

    [Fact]
    public async Task A_cloud_that_routes_otherwise_than_the_model_is_named_by_a_row()
    {
        var silent = new List<string>();
        foreach (var rule in s_worlds.Keys.Concat(s_hands.Keys))
        {
            var hand = await new Attempt
            {
                Changes = s_hands.TryGetValue(rule, out var make) ? [new($"{rule}", 0, (by, _) => make(by))]
                    : [.. s_worlds[rule].Select(change => ForeignChange.Of(change.Name, change.Dice))],
            }.World();
            Assert.True(Matters(Truth.Of(hand.World), rule), $"{rule} decides nothing in its world");
            hand.World.Ignore = rule;
            hand.World.Touch();
            hand.Pass(120);
            var result = await new Attempt { Changes = [] }.Judged(hand);
            if (result.TablesAgree.Status != CheckStatus.Fail)
            {
                silent.Add($"{rule}");
            }
        }
        Counts.Say(
            $"{s_worlds.Count + s_hands.Count - silent.Count} of {s_worlds.Count + s_hands.Count} rules named through "
            + "the APIs; "
            + $"{s_elsewhere.Count} only in the model's own test");
        Assert.Empty(silent);
        Assert.Equal(
            Enum.GetValues<RoutingRules>().Where(rule => rule != RoutingRules.None).Order(),
            s_worlds.Keys.Concat(s_hands.Keys).Concat(s_elsewhere.Keys).Order());
    }

    /// <summary>On the session towards Microsoft's edge.</summary>
    private static void Session(Hand hand, Func<McrBgpConnection, McrBgpConnection> change)
    {
        var port = hand.World.AzureVxc().Interfaces[0];
        port.BgpConnections = [.. port.BgpConnections.Select(change)];
        hand.World.Touch();
    }

    /// <summary>A router on a circuit that is joined by Global Reach announces.</summary>
    private static void Joined(Hand hand, string prefix, params long[] asPath)
    {
        hand.World.GlobalReach();
        CircuitConnections.Announce(hand.World, Connection(hand), prefix, asPath);
    }

    private static ArmResource Connection(Hand hand) =>
        hand.World.Azure.Resources.Single(one => one.Type == AllKinds.CircuitConnections.FullType);

    internal static bool Matters(Network network, RoutingRules rule) => TableComparison.Of(RoutingTables.Solve(network),
        ModelTables.All(RoutingTables.Solve(network with { Ignore = rule }))).Unexplained.Count > 0;
}

using Sealane.Lab.Frr;
using Sealane.Lab.Model;
using Sealane.Lab.Plan;

namespace Sealane.Tests.Lab;

/// <summary>Commands that lead a running router from one configuration to another.</summary>
public sealed class FrrDiffTests
{
    [Fact]
    public void A_prepend_is_taken_back_without_its_ASNs_because_FRR_knows_no_other_form()
    {
        var prepended = With(leg => leg with { Session = leg.Session with { Prepend = 2 } });
        Assert.Contains("set as-path prepend 133937 133937", Told(Labs.Sydney, prepended));
        Assert.Contains("no set as-path prepend", Told(prepended, Labs.Sydney));
    }

    [Fact]
    public void An_entry_that_changes_its_action_is_removed_before_it_is_made_anew()
    {
        var network = Labs.Sydney;
        var propagated = network with { TransitGateway = network.TransitGateway with { Propagates = true } };
        var told = Told(network, propagated, "tgw").ToList();
        Assert.True(told.IndexOf("no route-map FROM-DX deny 10") < told.IndexOf("route-map FROM-DX permit 10"));
    }

    [Fact]
    public void Another_ASN_of_a_peer_replaces_the_old_one_and_keeps_the_neighbour()
    {
        var wrong = With(leg => leg with { Session = leg.Session with { PeerAsn = 64999 } });
        var told = Told(Labs.Sydney, wrong).ToList();
        Assert.Contains("neighbor 192.168.100.2 remote-as 64999", told);
        Assert.DoesNotContain(told, line => line.StartsWith("no neighbor", StringComparison.Ordinal));
        Assert.Contains("192.168.100.2", Reset(Labs.Sydney, wrong));
        Assert.Empty(Reset(wrong, wrong));
        Assert.Empty(Reset(Labs.Sydney, With(leg => leg with { Session = leg.Session with { Prepend = 2 } })));
    }

    // FRR refuses the word for an internal peer, also where it is to be taken back.
    [Fact]
    public void An_override_is_taken_back_before_the_peer_becomes_an_internal_one()
    {
        var overridden = With(leg => leg with { Session = leg.Session with { AsOverride = true } });
        var inside = With(leg => leg with { Session = leg.Session with { PeerAsn = Labs.Sydney.Routers[0].Asn } });
        var told = Told(overridden, inside).ToList();
        Assert.InRange(told.IndexOf("no neighbor 192.168.100.2 as-override"), 0,
            told.IndexOf("neighbor 192.168.100.2 remote-as 133937"));
    }

    private static LabNetwork With(Func<LabLeg, LabLeg> change) => Labs.Sydney with
    {
        Routers = [.. Labs.Sydney.Routers.Select(router => router with { Legs = [.. router.Legs.Select(change)] })],
    };

    private static IReadOnlyList<string> Reset(LabNetwork old, LabNetwork next) =>
        FrrDiff.Reset(Compiler.Compile(old)["mcr"].Frr!, Compiler.Compile(next)["mcr"].Frr!);

    private static IReadOnlyList<string> Told(LabNetwork old, LabNetwork next, string box = "mcr") =>
        FrrDiff.Bgp(Compiler.Compile(old)[box].Frr!, Compiler.Compile(next)[box].Frr!);
}

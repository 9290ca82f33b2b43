using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;
using Sealane.Tests.Routing;

namespace Sealane.Tests.Checks;

/// <summary>How proof and checks become one word.</summary>
public sealed class JudgementTests
{
    private static readonly Hole s_hole = new()
    {
        Id = "ec2:SearchTransitGatewayRoutes tgw-rtb-1",
        Kind = HoleKind.Refused,
        At = "tgw",
        HidesTables = true,
        Hides = "routes",
        Fix = "grant ec2:SearchTransitGatewayRoutes",
        LeadsTo = "tgw-rtb-1",
    };

    [Fact]
    public void Without_holes_the_built_link_is_encrypted()
    {
        var judged = Judge(GuideNetwork.Isolated);

        Assert.Equal(LinkWord.Encrypted, judged.Word);
        Assert.Equal("encrypted", judged.Text);
        Assert.True(judged.IsGood(strict: true));
    }

    [Fact]
    public void One_tunnel_of_two_is_encrypted_and_degraded()
    {
        var judged = Judge(GuideNetwork.Isolated.Without("tunnel-1"));

        Assert.Equal("encrypted, degraded", judged.Text);
        Assert.Equal("1 of 2", judged.Redundancy.Tunnels.ToString());
        Assert.True(judged.IsGood());
        Assert.False(judged.IsGood(strict: true));
    }

    [Fact]
    public void The_four_words_have_one_order()
    {
        var (clear, hole, down) = (GuideNetwork.Isolated.Open("abcd"), new[] { s_hole },
            GuideNetwork.Isolated.Without("tunnel-1", "tunnel-2"));

        Assert.Equal(LinkWord.Clear, Judge(clear with { Holes = [.. hole] }).Word);
        Assert.Equal(LinkWord.Unproven, Judge(down with { Holes = [.. hole] }).Word);
        Assert.Equal(LinkWord.Down, Judge(down).Word);
        Assert.Contains("grant ec2:SearchTransitGatewayRoutes", Judge(down with { Holes = [.. hole] }).Reasons[0]);
    }

    [Theory]
    [InlineData(CheckStatus.Unknown, true, false, LinkWord.Unproven)]
    [InlineData(CheckStatus.Fail, false, true, LinkWord.Unproven)]
    [InlineData(CheckStatus.Fail, true, false, LinkWord.Encrypted)]
    [InlineData(CheckStatus.Unknown, false, false, LinkWord.Encrypted)]
    [InlineData(CheckStatus.Degraded, false, false, LinkWord.Encrypted)]
    public void No_unknown_check_about_leaks_and_no_failed_one_of_the_proof_stands_beside_encrypted(
        CheckStatus status, bool aboutLeaks, bool belongsToProof, LinkWord word)
    {
        var check = new LiveCheck
        {
            Id = "SL999",
            Title = "a check",
            Fix = "mend it",
            AboutLeaks = aboutLeaks,
            BelongsToProof = belongsToProof,
            Look = _ => (status, "seen"),
        };

        Assert.Equal(word, Judge(GuideNetwork.Isolated, [new(check, status, "seen")]).Word);
    }

    [Fact]
    public void An_accepted_hole_changes_the_exit_code_alone_until_it_expires_or_leads_elsewhere()
    {
        var network = GuideNetwork.Isolated with { Holes = [s_hole] };
        var now = DateTimeOffset.UnixEpoch;
        var accepted = new AcceptedHole(s_hole.Fingerprint, "the network team vouches", now.AddDays(1));

        var judged = Judge(network, accepted: accepted);

        Assert.Equal(LinkWord.Unproven, judged.Word);
        Assert.Equal($"unproven (accepted: {s_hole.Fingerprint})", judged.Text);
        Assert.True(judged.IsGood());
        Assert.False(Judge(network, accepted: accepted with { Until = now }).IsGood());
        Assert.False(Judge(network with { Holes = [s_hole with { LeadsTo = "tgw-rtb-2" }] }, accepted: accepted)
            .IsGood());
        Assert.False(Judge(network with { Holes = [s_hole, s_hole with { Id = "another" }] }, accepted: accepted)
            .IsGood());
    }

    [Fact]
    public void A_row_that_the_model_does_not_derive_forbids_encrypted()
    {
        var shown = ModelTables.Of(RoutingTables.Solve(GuideNetwork.Isolated), ShownKind.TransitGateway, "tgw",
            "link-workload")!;
        var seen = Seen(GuideNetwork.Isolated) with
        {
            Shown = [shown with { Rows = shown.Rows.Add(new(Prefix.Parse("10.2.1.0/24"), "propagated active", "x",
                default)) }],
        };
        var check = AllLiveChecks.List.Single(one => one.Id == "SL911");

        var result = check.Run(seen);

        Assert.Equal(CheckStatus.Fail, result.Status);
        Assert.Contains("10.2.1.0/24", result.Evidence);
        Assert.Equal(LinkWord.Unproven, Judgement.Of(seen, GuideNetwork.Prove(seen.Network), [result]).Word);
        Assert.Equal(CheckStatus.Pass, check.Run(seen with
        {
            Shown = [.. ModelTables.All(RoutingTables.Solve(GuideNetwork.Isolated))],
        }).Status);
    }

    [Theory]
    [InlineData("AWS, Azure, Megaport")]
    [InlineData("Azure, Megaport", ShownKind.TransitGateway)]
    [InlineData("Megaport", ShownKind.VifAccepted, ShownKind.EdgeRouter)]
    public void A_cloud_that_shows_no_table_has_not_agreed(string silent, params ShownKind[] kinds)
    {
        var seen = Seen(GuideNetwork.Isolated) with
        {
            Shown = [.. ModelTables.All(RoutingTables.Solve(GuideNetwork.Isolated))
                .Where(table => kinds.Contains(table.Kind))],
        };

        var result = AllLiveChecks.List.Single(one => one.Id == "SL911").Run(seen);

        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.Contains($"no table of {silent} was shown", result.Evidence);
        Assert.Equal(LinkWord.Unproven, Judgement.Of(seen, GuideNetwork.Prove(seen.Network), [result]).Word);
    }

    private static Judgement Judge(Network network, IReadOnlyList<CheckResult>? results = null,
        AcceptedHole? accepted = null) =>
        Judgement.Of(Seen(network), GuideNetwork.Prove(network), results ?? [], accepted is null ? [] : [accepted],
            DateTimeOffset.UnixEpoch);

    private static LinkObservation Seen(Network network) => new()
    {
        Design = GuideNetwork.Design(),
        Network = network,
        VpcPrefixes = GuideNetwork.Aws,
        VnetPrefixes = GuideNetwork.Azure,
        RoutedTables = [.. network.Vpcs.SelectMany(vpc => vpc.RouteTables).Select(table => table.Id)],
    };
}

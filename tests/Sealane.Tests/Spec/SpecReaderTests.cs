using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

public sealed class SpecReaderTests
{
    private static readonly string Minimal = File.ReadAllText(Repository.PathOf("examples", "minimal.yaml"));

    [Fact]
    public void The_short_form_is_enough_and_says_nothing_more()
    {
        var spec = Read(Minimal);

        Assert.Equal("minimal", spec.Name);
        Assert.Equal("111122223333", spec.Aws.Account);
        Assert.Equal(["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"], spec.Aws.Subnets);
        Assert.Equal(50, spec.Megaport.Bandwidth);
        Assert.Null(spec.Aws.TransitGateway.Asn);
        Assert.Null(spec.Azure.VpnGateway.Zones);
        Assert.Empty(spec.Tunnels);
    }

    [Fact]
    public void Every_value_knows_its_line_and_column()
    {
        var spec = Read(Minimal);

        Assert.Equal(new SourceMark("test.yaml", 6, 12), spec.Source.Of("aws.account"));
        Assert.Equal(new SourceMark("test.yaml", 9, 39), spec.Source.Of("aws.subnets[1]"));
        Assert.Equal(new SourceMark("test.yaml", 5, 1), spec.Source.Of("aws.transitGateway.asn"));
        Assert.False(spec.Source.Has("aws.transitGateway.asn"));
        Assert.True(spec.Source.Has("azure.vnet"));
    }

    [Fact]
    public void Leading_zeros_of_an_account_are_kept() =>
        Assert.Equal("000022223333", Read(Minimal.Replace("\"111122223333\"", "000022223333")).Aws.Account);

    [Fact]
    public void A_byte_order_mark_in_front_is_no_problem() => Assert.Equal("minimal", Read("\uFEFF" + Minimal).Name);

    [Fact]
    public void Windows_line_ends_are_no_problem() =>
        Assert.Equal(50, Read(Minimal.Replace("\n", "\r\n")).Megaport.Bandwidth);

    [Fact]
    public void An_empty_section_says_nothing() => Assert.Null(Read(Minimal + "ipsec:\n").Ipsec.TcpMss);

    [Fact]
    public void A_region_without_zones_is_not_the_same_as_no_word_about_zones() =>
        Assert.Empty(Read(Minimal.Replace("  vnet:", "  vpnGateway: { zones: [] }\n  vnet:")).Azure.VpnGateway.Zones!);

    [Fact]
    public void A_numeric_location_id_is_taken_as_text() =>
        Assert.Equal("2", Read(Minimal.Replace("Equinix SY1", "2")).Megaport.Location);

    [Theory]
    [InlineData("  bandwith: 50", "did you mean bandwidth?")]
    [InlineData("  badnwidth: 50", "did you mean bandwidth?")]
    [InlineData("  Bandwidth: 50", "did you mean bandwidth?")]
    [InlineData("  insideCidr: 50", "this key stands elsewhere: tunnels[].insideCidr")]
    [InlineData("  xyz: 50", "known here: environment, profile, location")]
    public void An_unknown_key_gets_a_suggestion(string line, string hint)
    {
        var problems = Problems(Minimal.Replace("  bandwidth: 50", line));
        Assert.Contains(problems, problem => problem.Message.Contains("is not a key of megaport")
            && problem.Hint!.StartsWith(hint, StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Message == "megaport.bandwidth is missing");
    }

    [Fact]
    public void All_problems_of_a_file_are_reported_at_once_in_the_order_of_the_file()
    {
        var problems = Problems(Minimal.Replace("111122223333", "1111").Replace("bandwidth: 50", "bandwidth: fast")
            .Replace("vnet: vnet-app", "vnett: x"));
        Assert.Equal([6, 10, 14, 17], problems.Select(problem => problem.Mark.Line));
    }

    [Fact]
    public void A_pasted_key_is_not_repeated_in_the_message()
    {
        var problems = Problems(Minimal + "secrets: { linkKey: hunter2hunter2, tunnelKeys: [topsecret1, topsecret2] "
            + "}\n");
        Assert.Equal(3, problems.Count);
        Assert.DoesNotContain(problems,
            problem => problem.ToString().Contains("hunter2") || problem.ToString().Contains("topsecret"));
    }

    private static NetworkSpec Read(string text)
    {
        var result = SpecReader.Read("test.yaml", text);
        Assert.Empty(result.Problems);
        return result.Spec!;
    }

    private static IReadOnlyList<SpecProblem> Problems(string text)
    {
        var result = SpecReader.Read("test.yaml", text);
        Assert.Null(result.Spec);
        return result.Problems;
    }
}

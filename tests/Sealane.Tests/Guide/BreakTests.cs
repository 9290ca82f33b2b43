using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Guide;

/// <summary>
/// <c>sandbox break</c>: for each mistake what <c>verify</c> says of it, how many locks are left in each direction (of
/// 3
/// and 3), and that <c>apply</c> mends it without letting anything through meanwhile.
/// </summary>
public sealed class BreakTests
{
    /// <summary>The link as it stands, built once for all tests.</summary>
    private static readonly Lazy<Task<byte[]>> Built = new(async () =>
    {
        using var link = await Link.Built("sydney");
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    });

    /// <summary>Mistake, verdict, locks from AWS to Azure and back, failing and degraded checks, words of the
    /// evidence.</summary>
    public static TheoryData<string, string, int, int, string, string> Rows => new()
    {
        // Azure to AWS, a static route on the MCR does what import filter and allowed prefix together hold back.
        { "drop-aws-import-filter", "encrypted", 3, 3, "SL902 SL930", "the MCR learned 10.254.1.0/24" },
        { "drop-azure-import-filter", "encrypted", 2, 3, "SL902 SL930", "the MCR learned 10.2.0.0/16" },
        // Without a list the MCR announces its own links as well.
        { "drop-aws-export-filter", "encrypted", 2, 3, "SL907 SL930", "megaport/aws-filters: export list" },
        { "drop-azure-export-filter", "encrypted", 3, 2, "SL904 SL905 SL908 SL930",
            "megaport/azure-filters: export list" },
        { "allow-vpc-prefix", "encrypted", 3, 3, "SL909 SL930", "allowed prefixes include 10.1.0.0/16" },
        { "propagate-dxgw", "encrypted", 2, 3, "SL930", "aws/dx-attachment-routing: announces into" },
        { "associate-dxgw", "encrypted", 3, 2, "SL910 SL930", "aws/dx-attachment-routing: route table" },
        { "covering-route", "encrypted", 2, 3, "SL906 SL930", "10.0.0.0/8" },
        // One tunnel of two is less redundancy and no outage.
        { "stop-tunnel-1", "encrypted", 3, 3, "SL920 SL921 SL923 SL924 SL930", "tunnel 1: DOWN" },
        { "stop-tunnel-2", "encrypted", 3, 3, "SL920 SL921 SL923 SL924 SL930", "tunnel 2: DOWN" },
        { "wrong-psk", "encrypted", 3, 3, "SL920 SL921 SL923 SL924 SL930",
            "azure/vpn-connection-1: pre-shared key differs" },
        { "delete-connection-1", "encrypted", 3, 3, "SL920 SL921 SL923 SL924 SL930", "absent: azure/vpn-connection-1" },
        { "wrong-asn", "encrypted", 3, 3, "SL921 SL923 SL924 SL930", "azure/local-gateway-1: ASN" },
        { "remove-static-route", "encrypted", 3, 3, "SL904 SL905 SL906 SL908 SL920 SL921 SL923 SL924 SL930",
            "megaport/aws-routes: static routes" },
        { "open-aws-to-azure", "clear", 0, 3, "SL902 SL907 SL922 SL930", "announced to AWS also 10.2.0.0/16" },
        { "open-azure-to-aws", "clear", 3, 0, "SL902 SL904 SL905 SL908 SL909 SL910 SL930",
            "announced to Azure also 10.1.0.0/16" },
        // Two of one direction; the last one is what stands between the link and the clear.
        { "drop-azure-import-filter drop-aws-export-filter", "encrypted", 1, 3, "SL902 SL907 SL930",
            "announced to AWS also 10.2.0.0/16" },
        { "drop-aws-import-filter allow-vpc-prefix", "encrypted", 3, 2, "SL902 SL909 SL930",
            "the MCR learned 10.1.0.0/16" },
        { "covering-route drop-aws-export-filter propagate-dxgw", "clear", 0, 3, "SL906 SL907 SL922 SL930",
            "announced to AWS also 10.0.0.0/8" },
        { "stop-tunnel-1 stop-tunnel-2", "down", 3, 3, "SL920 SL921 SL922 SL923 SL924 SL930",
            "no route over the VPN to 10.2.0.0/16" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Verify_catches_it_and_apply_mends_it(
        string mistakes, string verdict, int awsToAzure, int azureToAws, string failing, string evidence)
    {
        using var link = await Standing();
        var broken = (await Break(link, mistakes.Split(' '))).Exits(0).Output;
        Assert.All(mistakes.Split(' '), name => Assert.Contains($"{name}: ", broken));

        (await link.Verify()).Exits(verdict == "encrypted" ? 0 : 1);
        var report = (await link.VerifyStrictly()).Exits(1).Json;
        Assert.Equal((verdict, awsToAzure, azureToAws),
            ((string?)report["verdict"], (int)report["locks"]!["awsToAzure"]!, (int)report["locks"]!["azureToAws"]!));
        var failed = report["checks"]!.AsArray()
            .Where(check => (string?)check!["status"] is "fail" or "degraded").ToList();
        Assert.Equal(failing, string.Join(' ', failed.Select(check => (string)check!["id"]!)));
        Assert.Contains(evidence, string.Join('\n', failed.Select(check => (string?)check!["evidence"])));

        var mended = (await link.Apply()).Done;
        if (verdict != "clear")
        {
            Assert.Equal(0, (double)mended["clearSeconds"]!);
        }
        await link.IsEncrypted();
        await link.IsUnchanged();
    }

    [Fact]
    public void Every_mistake_has_its_row() =>
        Assert.Empty(AllMistakes.List.Where(mistake => !mistake.ByOthers).Select(mistake =>
            mistake.Name).Except(Rows.Select(row => row.Data.Item1)));

    [Fact]
    public async Task A_leak_is_shown_hop_by_hop_and_once()
    {
        using var link = await Standing();
        (await Break(link, "open-aws-to-azure")).Exits(0);
        var text = (await link.Run("verify")).Exits(1).Output;
        Assert.Contains("AWS → Azure: 0 locks hold", text);
        var way = text[text.IndexOf("As things are now", StringComparison.Ordinal)..];
        string[] hops = ["└─ VPC vpc-", "transit gateway tgw-", "Direct Connect gateway ", "MCR ", "edge router ",
            "ExpressRoute gateway ", "VNet "];
        var at = 0;
        Assert.All(hops,
            hop => Assert.True((at = way.IndexOf(hop, at, StringComparison.Ordinal)) >= 0,
                $"{hop} is not where it should be in\n{way}"));
        Assert.Contains("because", way);
        Assert.Single(way.Split('\n'), line => line.Contains(": clear, reaches", StringComparison.Ordinal));
        Assert.EndsWith("sydney: clear, 15 checks passed, 4 failed, 0 unknown\n", text);
    }

    [Fact]
    public async Task A_mistake_made_twice_is_one()
    {
        using var link = await Standing();
        foreach (var mistake in AllMistakes.List.Where(mistake => !mistake.ByOthers &&
            !mistake.Name.StartsWith("delete-", StringComparison.Ordinal)))
        {
            (await Break(link, mistake.Name)).Exits(0);
            (await Break(link, mistake.Name)).Exits(0);
        }
        Assert.Equal("clear", (string?)(await link.Verify()).Exits(1).Json["verdict"]);
        await link.Apply();
        await link.IsEncrypted();
    }

    [Fact]
    public async Task Its_list_names_each_in_one_line()
    {
        var list = (await Shell.Run("sandbox", "break", "--list")).Exits(0);
        Assert.Equal(AllMistakes.List.Select(mistake => mistake.Name),
            list.Output.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
    }

    [Fact]
    public async Task What_cannot_be_broken_is_said_with_the_way_on()
    {
        using var link = Link.Sydney;
        Assert.Contains("there is no world of sydney", (await Break(link, "wrong-psk")).Exits(2).Error);
        (await link.Run("plan")).Exits(0);
        Assert.Contains("wrong-psk: the world has no sydney-tunnel-1\n  fix: build the link first",
            (await Break(link, "wrong-psk")).Exits(2).Error);
        Assert.Contains("did you mean wrong-psk?", (await Break(link, "wrong-pks")).Exits(2).Error);
        Assert.Contains("at least one WHAT", (await Break(link)).Exits(2).Error);
        Assert.Contains("at least one WHAT", (await Shell.Run("sandbox", "break")).Exits(2).Error);
    }

    /// <summary>Nothing is changed when one of several mistakes cannot be made.</summary>
    [Fact]
    public async Task All_mistakes_are_made_or_none()
    {
        using var link = await Standing();
        (await Break(link, "delete-connection-1")).Exits(0);
        var before = await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
        (await Break(link, "open-aws-to-azure", "delete-connection-1")).Exits(2);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json")));
    }

    [Fact]
    public async Task The_demonstration_is_as_agreed()
    {
        using var link = await Standing();
        var session = new List<string>();
        async Task Type(int exits, params string[] words)
        {
            var run = (await Shell.Run([.. words, link.Spec, .. Tail(words[^1])])).Exits(exits);
            var seen = run.All.Replace(link.Spec, "sydney.yaml", StringComparison.Ordinal)
                .Replace($"={link.Sandbox}", "", StringComparison.Ordinal);
            var typed = $"$ sealane {string.Join(' ', words)} "
                + $"sydney.yaml{string.Concat(Tail(words[^1]).SkipLast(1).Select(word => $" {word}"))} --sandbox";
            session.Add(words[^1] == "apply" ? $"{typed} | grep -v -e '  keep' -e '  unchanged' -e '^Calls'" : typed);
            session.Add(words[^1] == "apply" ? string.Join('\n', seen.Split('\n').Where(line =>
                !line.Contains("  keep", StringComparison.Ordinal)
                    && !line.Contains("  unchanged", StringComparison.Ordinal)
                && !line.StartsWith("Calls", StringComparison.Ordinal))) : seen);
            session.Add($"exit {exits}\n");
        }

        string[] Tail(string verb) => verb switch
        {
            "break" => ["open-aws-to-azure", $"--sandbox={link.Sandbox}"],
            "apply" => ["--yes", $"--sandbox={link.Sandbox}"],
            _ => [$"--sandbox={link.Sandbox}"],
        };

        await Type(0, "sandbox", "break");
        await Type(1, "verify");
        await Type(0, "apply");
        await Type(0, "verify");
        Golden.Check(Repository.PathOf("tests", "cli", "break-and-mend-sydney.txt"), string.Join('\n', session));
    }

    private static Task<Shell> Break(Link link, params string[] mistakes) =>
        Shell.Run(["sandbox", "break", link.Spec, .. mistakes, $"--sandbox={link.Sandbox}"]);

    private static async Task<Link> Standing()
    {
        var link = Link.Sydney;
        Directory.CreateDirectory(link.WorldDirectory);
        await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), await Built.Value);
        return link;
    }
}

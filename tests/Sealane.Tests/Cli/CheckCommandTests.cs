using System.Text;
using System.Text.Json;
using Sealane.Cli.Commands;

namespace Sealane.Tests.Cli;

public sealed class CheckCommandTests
{
    private static readonly string Sydney = Repository.PathOf("examples", "sydney.yaml");

    [Theory]
    [InlineData("sydney.yaml")]
    [InlineData("minimal.yaml")]
    [InlineData("tokyo.yaml")]
    public async Task A_clean_spec_ends_with_0_and_counts(string file)
    {
        var run = await Check(Repository.PathOf("examples", file));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains($"{file}: 0 errors, ", run.Output);
    }

    [Fact]
    public async Task With_strict_a_warning_ends_with_1() =>
        Assert.Equal(1, (await Check(Sydney, "--strict")).ExitCode);

    [Fact]
    public async Task An_error_ends_with_1_and_is_printed_as_compilers_do()
    {
        var run = await Check(Repository.PathOf("tests", "checks", "SL401", "bad.yaml"));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bad.yaml:17:10 error SL401: VpnGw1 can no longer be created; VpnGw1AZ takes its place\n  "
            + "why: Azure refuses", run.Output);
        Assert.Contains("\n  fix: Write the SKU's zone-redundant form", run.Output);
        Assert.Contains("\n  see: https://learn.microsoft.com/", run.Output);
    }

    [Fact]
    public async Task The_whole_text_is_as_agreed()
    {
        var run = await Terminal.Run(CheckCommand.Create(File.OpenRead(Sydney)), "-");
        Golden.Check(Repository.PathOf("tests", "cli", "check-sydney.txt"), run.Output);
    }

    [Fact]
    public async Task Json_has_the_same_fields()
    {
        var run = await Check(Repository.PathOf("tests", "checks", "SL401", "bad.yaml"), "--format", "json");
        using var json = JsonDocument.Parse(run.Output);
        Assert.Equal((1, 1), (run.ExitCode, json.RootElement.GetProperty("errors").GetInt32()));
        var finding = json.RootElement.GetProperty("findings").EnumerateArray()
            .Single(node => node.GetProperty("id").GetString() == "SL401");
        Assert.Equal("error", finding.GetProperty("severity").GetString());
        Assert.Equal(17, finding.GetProperty("line").GetInt32());
        foreach (var field in new[] { "file", "message", "title", "why", "fix" })
        {
            Assert.NotEmpty(finding.GetProperty(field).GetString()!);
        }
    }

    [Fact]
    public async Task Sarif_has_the_shape_that_code_scanning_reads()
    {
        var run = await Check(Repository.PathOf("tests", "checks", "SL501", "good.yaml"), "--format", "sarif");
        using var sarif = JsonDocument.Parse(run.Output);
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        var only = Assert.Single(sarif.RootElement.GetProperty("runs").EnumerateArray());
        var rules = only.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().ToList();
        var results = only.GetProperty("results").EnumerateArray().ToList();
        Assert.NotEmpty(results);
        Assert.All(results, result =>
        {
            Assert.Equal(result.GetProperty("ruleId").GetString(),
                rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.Matches("^(error|warning|note)$", result.GetProperty("level").GetString());
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.True(Uri.IsWellFormedUriString(place.GetProperty("artifactLocation").GetProperty("uri").GetString(),
                UriKind.RelativeOrAbsolute));
            Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() > 0);
        });
        var silenced = results.Single(result => result.TryGetProperty("suppressions", out _));
        Assert.Equal("SL501", silenced.GetProperty("ruleId").GetString());
    }

    [Fact]
    public async Task A_spec_comes_from_standard_input_too()
    {
        var run = await Terminal.Run(CheckCommand.Create(new MemoryStream(Encoding.UTF8.GetBytes("name: 1"))), "-");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("<stdin>:1:1 error: sealane is missing", run.Error);
    }

    [Fact]
    public async Task An_unknown_format_is_wrong_usage()
    {
        var run = await Check(Sydney, "--format", "xml");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("xml", run.Error);
    }

    private static Task<Terminal> Check(params string[] arguments) => Terminal.Run(CheckCommand.Create(), arguments);
}

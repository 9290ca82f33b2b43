using System.Text.Json;
using System.Xml.Linq;
using Sealane.Core.Places;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Cli;

/// <summary>What somebody without a spec, and without an account, gets from the first commands.</summary>
public sealed class NewcomerTests : IDisposable
{
    private static readonly string Sydney = Repository.PathOf("examples", "sydney.yaml");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sealane-newcomer-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_lines_of_the_README_from_nothing_to_a_proved_link_work_as_they_stand()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"));
        var lines = readme[readme.IndexOf("## From nothing", StringComparison.Ordinal)..].Split('\n')
            .SkipWhile(line => !line.StartsWith("    ./sealane", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("    ./sealane", StringComparison.Ordinal))
            .Select(line => line.Trim()["./sealane ".Length..].Split(" >")[0]).ToList();
        Assert.Equal(["init", "check", "price", "plan", "apply", "verify", "diagram", "destroy"],
            lines.Select(line => line.Split(' ')[0]));
        foreach (var line in lines)
        {
            (await ChildShell.Run(_folder.FullName, new Dictionary<string, string>(), line.Split(' '))).Exits(0);
        }
    }

    [Fact]
    public async Task Init_never_overwrites()
    {
        var file = Write("mine.yaml", "mine");
        var run = (await Shell.Run("init", file, "--offline")).Exits(2);
        Assert.Contains("it exists already, and init never overwrites", run.Error);
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Init_without_a_terminal_names_what_is_missing()
    {
        var run = (await Shell.Run("init", Path.Combine(_folder.FullName, "new.yaml"), "--vpc",
            "vpc-0a1b2c3d4e5f60718")).Exits(2);
        Assert.Contains("missing: --aws-account, --aws-region, --subnets", run.Error);
        Assert.DoesNotContain("--vpc,", run.Error);
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("--vnet", "vnet\"\nsecrets:\n  linkKey: pasted")]
    [InlineData("--bandwidth", "50\nname: other")]
    [InlineData("--aws-account", "12")]
    public async Task What_init_is_told_cannot_become_another_key_and_a_wrong_spec_is_not_written(
        string option, string value)
    {
        var file = Path.Combine(_folder.FullName, "new.yaml");
        var run = await Shell.Run("init", file, "--offline", option, value);
        if (run.ExitCode == 0)
        {
            Assert.Contains("linkKey: env:SEALANE_LINK_KEY", await File.ReadAllTextAsync(file));
            Assert.DoesNotContain("\n  linkKey: pasted", await File.ReadAllTextAsync(file));
        }
        else
        {
            Assert.Empty(_folder.GetFiles());
            Assert.Contains("nothing was written", run.Error);
        }
    }

    [Theory]
    [InlineData("text", "txt")]
    [InlineData("mermaid", "mmd")]
    [InlineData("dot", "dot")]
    [InlineData("svg", "svg")]
    public async Task A_diagram_is_as_agreed(string format, string extension) => Golden.Check(
        Repository.PathOf("tests", "cli", $"diagram-sydney.{extension}"),
        (await Shell.Run("diagram", Sydney, "--format", format)).Exits(0).Output);

    [Fact]
    public async Task An_svg_has_a_title_and_a_description_and_every_box()
    {
        var svg = XDocument.Parse((await Shell.Run("diagram", Sydney, "--format", "svg")).Exits(0).Output).Root!;
        XNamespace name = "http://www.w3.org/2000/svg";
        Assert.StartsWith("sydney: ap-southeast-2 ⇄ australiaeast", svg.Element(name + "title")!.Value);
        Assert.NotEmpty(svg.Element(name + "desc")!.Value);
        var texts = svg.Elements(name + "text").Select(text => text.Value).ToList();
        Assert.All(new[] { "VPC", "Transit gateway", "Cloud Router (MCR)", "ExpressRoute circuit", "VPN gateway" },
            box => Assert.Contains(box, texts));
        Assert.Contains(texts, text => text.EndsWith("locks a b", StringComparison.Ordinal));
    }

    [Fact]
    public void The_lists_of_places_have_source_and_date_and_no_name_twice()
    {
        static void Holds<T>(PlaceList<T> list, Func<T, string> name)
        {
            Assert.StartsWith("https://", list.Source);
            Assert.InRange(list.Date, new(2025, 9, 1), new(2026, 12, 31));
            Assert.Equal(list.Places.Select(name).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
                list.Places.Count);
        }

        Holds(KnownPlaces.Megaport, site => site.Name);
        Holds(KnownPlaces.Aws, place => place.Code);
        Holds(KnownPlaces.Azure, place => place.Name);
        Holds(KnownPlaces.AwsRegions, region => region.Code);
        Holds(KnownPlaces.AzureRegions, region => region.Name);
        // What one list says of another is in it.
        Assert.Empty(KnownPlaces.Aws.Places.Select(place => place.Region)
            .Except(KnownPlaces.AwsRegions.Places.Select(region => region.Code)));
        Assert.Empty(KnownPlaces.Azure.Places
            .SelectMany(place => place.LocalRegions.Split(", ", StringSplitOptions.RemoveEmptyEntries))
            .Except(KnownPlaces.AzureRegions.Places.Select(region => region.DisplayName)));
        Assert.Equal("AU", KnownPlaces.FindSite("Equinix SY1")?.Country);
        Assert.Equal(2, KnownPlaces.FindPeering("sydney")?.Zone);
    }

    [Fact]
    public async Task Locations_near_a_place_are_listed_with_their_source()
    {
        var text = (await Shell.Run("locations", "--near", "sydney")).Exits(0).Output;
        Assert.Contains("Equinix Sydney SY1", text);
        Assert.Contains("Sydney2", text);
        Assert.Contains("Not all of them, as of 2026-07-21: https://", text);
        using var json = JsonDocument.Parse(
            (await Shell.Run("locations", "--cloud", "aws", "--format", "json")).Exits(0).Output);
        Assert.True(json.RootElement.GetProperty("lists")[0].GetProperty("whole").GetBoolean());
        Assert.Contains("Nothing", (await Shell.Run("locations", "--near", "Atlantis")).Exits(1).Output);
    }

    [Fact]
    public async Task The_shell_is_told_what_fits_at_the_cursor()
    {
        Assert.Equal("check\n", (await Shell.Run("[suggest:11]", "sealane che")).Exits(0).Output);
        Assert.Contains("aws/transit-vif\n", (await Shell.Run("[suggest:24]", "sealane explain aws/tran"))
            .Exits(0).Output);
        Assert.Contains("sarif\n", (await Shell.Run("[suggest:27]", "sealane check x --format sa")).Exits(0).Output);
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
        {
            Assert.Contains("[suggest:", (await Shell.Run("completion", shell)).Exits(0).Output);
        }
    }

    [Fact]
    public async Task Explain_lists_everything_and_knows_the_keys_of_the_spec()
    {
        var list = (await Shell.Run("explain", "list")).Exits(0).Output;
        Assert.All(new[] { "SL301", "SL901", "aws/transit-vif", "step-19", "lock-b", "aws.transitGateway.asn" },
            id => Assert.Contains($"\n{id} ", $"\n{list}"));
        Assert.Contains("takes:", (await Shell.Run("explain", "megaport.mcr.speed")).Exits(0).Output);
        Assert.Contains("did you mean aws.transitGateway.asn?", (await Shell.Run("explain", "aws.transitGatway.asn"))
            .Exits(2).Error);
    }

    [Fact]
    public async Task Several_files_and_folders_are_checked_and_the_worst_counts()
    {
        var good = Write("a/good.yaml", await File.ReadAllTextAsync(Sydney));
        var broken = Write("a/b/broken.yaml", "sealane: 1\nnme: x\n");
        var run = (await Shell.Run("check", Path.Combine(_folder.FullName, "a"))).Exits(2);
        Assert.Contains($"{good}: 0 errors", run.Output);
        Assert.Contains("did you mean name?", run.Error);
        Assert.Equal(0, (await Shell.Run("check", good, Sydney)).ExitCode);
        Assert.Contains("there is no YAML file in this folder",
            (await Shell.Run("check", Directory.CreateDirectory(Path.Combine(_folder.FullName, "c")).FullName))
                .Exits(2).Error);
        using var json = JsonDocument.Parse(
            (await Shell.Run("check", good, broken, "--format", "json")).Exits(2).Output);
        var files = json.RootElement.GetProperty("files");
        Assert.False(files[1].GetProperty("readable").GetBoolean());
        Assert.Equal(files[1].GetProperty("problems").GetArrayLength(), json.RootElement.GetProperty("errors")
            .GetInt32());
    }

    [Theory]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("markdown")]
    public async Task A_report_is_whole_even_for_a_file_that_cannot_be_read(string format)
    {
        foreach (var file in new[] { Write("broken.yaml", "sealane: 1\nnme: x\n"),
            Path.Combine(_folder.FullName, "missing.yaml") })
        {
            var output = (await Shell.Run("check", file, "--format", format)).Exits(2).Output;
            switch (format)
            {
                case "json":
                    Assert.NotEmpty(JsonDocument.Parse(output).RootElement.GetProperty("problems").EnumerateArray());
                    break;
                case "sarif":
                    var run = JsonDocument.Parse(output).RootElement.GetProperty("runs")[0];
                    Assert.All(run.GetProperty("results").EnumerateArray(),
                        result => Assert.Equal("SL100", result.GetProperty("ruleId").GetString()));
                    Assert.NotEmpty(run.GetProperty("results").EnumerateArray());
                    Assert.All(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(),
                        rule => Assert.StartsWith("https://", rule.GetProperty("helpUri").GetString()));
                    break;
                case "junit":
                    Assert.Equal("1", XDocument.Parse(output).Root!.Element("testsuite")!.Attribute("errors")!.Value);
                    break;
                default:
                    Assert.Contains("| place | what | fix |", output);
                    break;
            }
        }
    }

    [Fact]
    public async Task A_junit_report_fails_where_check_does()
    {
        var bad = Repository.PathOf("tests", "checks", "SL401", "bad.yaml");
        var suite = XDocument.Parse((await Shell.Run("check", bad, "--format", "junit")).Exits(1).Output).Root!.Element(
            "testsuite")!;
        Assert.Equal("1", suite.Attribute("failures")!.Value);
        Assert.Contains(suite.Elements("testcase"), test =>
            test.Attribute("name")!.Value.StartsWith("SL401", StringComparison.Ordinal)
                && test.Element("failure") is not null);
        Assert.Contains("| error | SL401 |", (await Shell.Run("check", bad, "--format", "markdown")).Exits(1).Output);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}

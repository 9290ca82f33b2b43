using System.Globalization;
using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Core.Checks;
using Sealane.Core.Checks.Live;

namespace Sealane.Tests;

/// <summary>Rules about the repository itself: room order, file length, links, commands, words that must not
/// occur.</summary>
public sealed class TidyTests
{
    private const int PageLinesMax = 400;
    private const int SourceLinesMax = 300;
    private const int ColumnsMax = 120;
    private const int LongWord = 60;

    /// <summary>What a room of Core may use. Nothing else: the order is Spec, Design, Routing, Checks; and Design,
    /// Reconcile, Pricing, Checks; Places stands left of all.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new()
    {
        ["Spec"] = ["Places"],
        ["Design"] = ["Spec"],
        ["Routing"] = ["Spec", "Design"],
        ["Places"] = [],
        ["Checks"] = ["Spec", "Design", "Routing", "Places", "Pricing"],
        ["Reconcile"] = ["Spec", "Design"],
        ["Pricing"] = ["Spec", "Design", "Reconcile", "Places"],
    };

    private static readonly string[] NotOurs = [".git", "artifacts", "bin", "obj", ".sealane", "node_modules", ".vs",
        ".idea"];

    // What cannot be broken may stick out: an address of a page, a document on the wire. Both are one long word.
    [Fact]
    public void No_line_is_wider_than_120_columns_unless_one_word_makes_it_so()
    {
        var wide = from file in Files("*.cs")
                   from line in File.ReadLines(file).Select((text, index) => (Text: text, Number: index + 1))
                   where new StringInfo(line.Text).LengthInTextElements > ColumnsMax
                       && line.Text.Split(' ').Max(word => word.Length) <= LongWord
                   select $"{Relative(file)}:{line.Number}";
        Assert.Empty(wide);
    }

    [Fact]
    public void No_source_is_longer_than_300_lines_and_no_page_than_400()
    {
        var long_ = Files("*.md").Where(file => File.ReadLines(file).Count() > PageLinesMax)
            .Concat(Files("*.cs").Where(file => File.ReadLines(file).Count() > SourceLinesMax));
        Assert.Empty(long_.Select(Relative));
    }

    [Fact]
    public void A_room_of_Core_uses_only_rooms_to_its_left()
    {
        var wrong = from room in Rooms
                    from file in Files("*.cs", "src", "Sealane.Core", room.Key)
                    from Match use in Regex.Matches(File.ReadAllText(file), @"\busing (?:static )?Sealane\.Core\.(\w+)")
                    let used = use.Groups[1].Value
                    where Rooms.ContainsKey(used) && used != room.Key && !room.Value.Contains(used)
                    select $"{Relative(file)} uses {used}";
        Assert.Empty(wrong);
        var folders = Directory.GetDirectories(Repository.PathOf("src", "Sealane.Core")).Select(Path.GetFileName)
            .Except(NotOurs);
        Assert.Equal(Rooms.Keys.Order(), folders.Order());
    }

    [Theory]
    [InlineData("Sealane.Core", "Sealane.")]
    [InlineData("Sealane.Sandbox", "Sealane.Clouds")]
    [InlineData("Sealane.Clouds", "Sealane.Sandbox")]
    [InlineData("Sealane.Lab", "Sealane.Clouds")]
    [InlineData("Sealane.Lab", "Sealane.Sandbox")]
    public void A_project_does_not_reference(string project, string other)
    {
        var references = Regex.Matches(File.ReadAllText(Repository.PathOf("src", project, project + ".csproj")),
            "<ProjectReference Include=\"([^\"]+)\"");
        Assert.DoesNotContain(references,
            reference => Path.GetFileName(reference.Groups[1].Value).StartsWith(other, StringComparison.Ordinal));
    }

    /// <summary>Text of others comes in by every interpolation sooner or later. A lab's boxes are all ours.</summary>
    [Fact]
    public void What_is_shown_goes_through_a_writer_that_quotes()
    {
        var raw = from file in Files("*.cs", "src", "Sealane.Cli")
                  where !Path.GetFileName(file).StartsWith("Lab", StringComparison.Ordinal)
                  from line in File.ReadLines(file).Select((text, index) => (Text: text.Trim(), Number: index + 1))
                  where Regex.IsMatch(line.Text, @"Console\.(Out\.|Error\.)?WriteLine(Async)?\(\$""")
                      || line.Text.Contains("ToJsonString(Json.Document)", StringComparison.Ordinal)
                          && !line.Text.Contains("Show(", StringComparison.Ordinal)
                  select $"{Relative(file)}:{line.Number}";
        Assert.Empty(raw);
    }

    [Fact]
    public void Check_ids_are_unique()
    {
        var ids = AllChecks.Ids.Concat(AllLiveChecks.List.Select(check => check.Id)).ToList();
        Assert.Equal(ids.Distinct(StringComparer.OrdinalIgnoreCase), ids);
    }

    [Fact]
    public void Links_between_pages_resolve()
    {
        var broken = from file in Files("*.md")
                     from Match link in Regex.Matches(File.ReadAllText(file), @"\]\(([^)\s#]+)(?:#[^)]*)?\)")
                     let target = link.Groups[1].Value
                     where !target.Contains("://", StringComparison.Ordinal)
                         && !target.StartsWith("mailto:", StringComparison.Ordinal)
                     where !Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, target))
                     select $"{Relative(file)} → {target}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_command_line_of_the_pages_parses()
    {
        var wrong = from file in Files("*.md").Append(Repository.PathOf("demo"))
                    from Match line in Regex.Matches(File.ReadAllText(file),
                        @"^ *(?:\$ |run )?(?:\./)?sealane ((?:check|plan|apply|verify|watch|rotate|drill|adopt|disown|status|trace|destroy|explain|sandbox|lab)\b[^|#>…\n]*)", RegexOptions.Multiline)
                    let arguments = line.Groups[1].Value.Replace("\"", "", StringComparison.Ordinal)
                        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    let errors = Program.Root().Parse(arguments).Errors
                    where errors.Count > 0
                    select $"{Relative(file)}: {line.Value.Trim()}: {errors[0].Message}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_command_is_in_the_readme()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        Assert.All(Program.Root().Subcommands, command => Assert.Matches($@"\bsealane {command.Name}\b", readme));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("LICENSE")]
    [InlineData("docs/architecture.md")]
    [InlineData("docs/guide.md")]
    [InlineData("docs/glossary.md")]
    [InlineData("docs/tour.md")]
    [InlineData("docs/proof.md")]
    [InlineData("docs/sealane.schema.json")]
    public void A_reader_finds(string file) =>
        Assert.True(new FileInfo(Repository.PathOf(file)) is { Exists: true, Length: > 200 }, file);

    [Fact]
    public void Scripts_can_be_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there is no executable bit on Windows");
        var suites = Repository.PathOf("tests", "suites");
        var scripts = new[] { "sealane", "ci", "demo" }.Select(name => Repository.PathOf(name))
            .Concat(Directory.Exists(suites) ? Directory.GetFiles(suites) : [])
            .Where(script => File.ReadLines(script).FirstOrDefault()
                ?.StartsWith("#!", StringComparison.Ordinal) == true);
        Assert.All(scripts, script => Assert.True(IsExecutable(script), script));
    }

    [Fact]
    public void No_file_names_a_place_outside_the_repository_or_a_package_registry()
    {
        // Put together here, so that this file does not contain them.
        string[] words =
        [
            "/work" + "/", "fact " + "sheet", "api." + "nuget.org", "registry." + "npmjs.org", "pypi" + ".org",
            "deb." + "debian.org",
            "NotImplemented" + "Exception",
        ];
        var found = from file in Files("*")
                    where Path.GetFileName(file) is not ("packages.lock.json" or ".git")
                        && new FileInfo(file).Length < 2_000_000
                    let text = File.ReadAllText(file)
                    from word in words
                    where text.Contains(word, StringComparison.OrdinalIgnoreCase)
                    select $"{Relative(file)}: {word}";
        Assert.Empty(found);
    }

    [Fact]
    public void Architecture_decisions_are_numbered_without_gaps_and_say_their_status()
    {
        var files = Files("*.md", "docs", "adr").Where(file => Path.GetFileName(file) != "README.md")
            .Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(1, files.Count).Select(number => $"{number:0000}"),
            files.Select(file => Path.GetFileName(file)[..4]));
        Assert.All(files, file => Assert.Matches(@"(?m)^Status: (accepted|superseded)", File.ReadAllText(file)));
    }

    private static bool IsExecutable(string file) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute);

    private static IEnumerable<string> Files(string pattern, params string[] under) =>
        Walk(Repository.PathOf(under), pattern);

    private static IEnumerable<string> Walk(string folder, string pattern) =>
        Directory.GetFiles(folder, pattern).Concat(Directory.GetDirectories(folder)
            .Where(inner => !NotOurs.Contains(Path.GetFileName(inner))).SelectMany(inner => Walk(inner, pattern)));

    private static string Relative(string file) => Path.GetRelativePath(Repository.Root, file);
}

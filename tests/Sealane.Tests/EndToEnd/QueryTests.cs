namespace Sealane.Tests.EndToEnd;

/// <summary><c>--query</c>: of every JSON the part that is asked for. In processes of their own, since it takes the
/// place of standard output.</summary>
public sealed class QueryTests
{
    private const string Functions = """
        abs(`-1`) = 1
        avg(`[1, 3]`) = 2.0
        ceil(`1.2`) = 2
        contains('abc', 'b') = true
        contains(`["a"]`, 'a') = true
        ends_with('abc', 'bc') = true
        find_first('abcb', 'b') = 1
        find_last('abcb', 'b') = 3
        floor(`1.8`) = 1
        from_items(`[["a", 1]]`) = {"a":1}
        group_by(`[{"k": "x", "v": 1}, {"k": "x", "v": 2}]`, &k) = {"x":[{"k":"x","v":1},{"k":"x","v":2}]}
        items(`{"a": 1}`) = [["a",1]]
        join('-', `["a", "b"]`) = "a-b"
        keys(`{"a": 1}`) = ["a"]
        length('abc') = 3
        lower('ABC') = "abc"
        map(&v, `[{"v": 1}, {"v": null}]`) = [1,null]
        max(`[1, 3]`) = 3
        max(`["a", "b"]`) = "b"
        max_by(`[{"v": 1}, {"v": 3}]`, &v) = {"v":3}
        merge(`{"a": 1}`, `{"b": 2}`) = {"a":1,"b":2}
        min(`[1, 3]`) = 1
        min_by(`[{"v": 1}, {"v": 3}]`, &v) = {"v":1}
        not_null(`null`, 'a') = "a"
        pad_left('a', `3`, '.') = "..a"
        pad_right('a', `3`, '.') = "a.."
        replace('abc', 'b', 'x') = "axc"
        reverse(`[1, 2]`) = [2,1]
        reverse('abc') = "cba"
        sort(`[3, 1]`) = [1,3]
        sort(`["b", "a"]`) = ["a","b"]
        sort_by(`[{"v": 3}, {"v": 1}]`, &v) = [{"v":1},{"v":3}]
        sort_by(`[{"v": "b"}, {"v": "a"}]`, &v) = [{"v":"a"},{"v":"b"}]
        split('a-b', '-') = ["a","b"]
        starts_with('abc', 'ab') = true
        sum(`[1, 2]`) = 3
        to_array('a') = ["a"]
        to_number('1.5') = 1.5
        to_string(`{"a": [1]}`) = "{\"a\":[1]}"
        trim(' a ') = "a"
        trim_left(' a') = "a"
        trim_right('a ') = "a"
        type(`[]`) = "array"
        upper('abc') = "ABC"
        values(`{"a": 1}`) = [1]
        zip(`[1, 2]`, `["a", "b"]`) = [[1,"a"],[2,"b"]]
        """;

    [Theory]
    [InlineData("price", "totals[].currency", "[\n  \"USD\",\n  \"AUD\"\n]\n")]
    [InlineData("price", "totals[0].monthly", "687.18\n")]
    [InlineData("price", "items[?id=='megaport/mcr'].date | [0]", "\"2026-07-21\"\n")]
    [InlineData("price", "nothing.of.that", "null\n")]
    [InlineData("check", "findings[?severity=='warning'].id", "[\n  \"SL501\"\n]\n")]
    [InlineData("plan", "steps[?id=='megaport/mcr'].action | [0]", "\"create\"\n")]
    public async Task The_part_that_is_asked_for_is_answered(string verb, string asked, string answer)
    {
        using var link = Link.Sydney;
        string[] sandbox = verb switch { "plan" => [$"--sandbox={link.Sandbox}"], "price" => ["--book"], _ => [] };
        var run = await Child(link, [verb, link.Spec, .. sandbox, "--format", "json", "--query", asked]);
        Assert.Equal(answer, run.Exits(0).Output);
    }

    [Fact]
    public async Task Of_json_lines_each_is_asked_and_what_has_no_answer_takes_no_line()
    {
        using var link = await Evidence.Sight.Sydney();
        var run = await Child(link, "apply", link.Spec, $"--sandbox={link.Sandbox}", "--yes", "--format", "jsonl",
            "--query", "event=='done' && {result: result, writes: writes} || null");
        Assert.Equal("{\"result\":\"applied\",\"writes\":0}\n", run.Exits(0).Output);
    }

    [Fact]
    public async Task What_an_expression_cannot_do_is_told_when_the_run_has_ended()
    {
        using var link = await Evidence.Sight.Sydney();
        var run = await Child(link, "apply", link.Spec, $"--sandbox={link.Sandbox}", "--yes", "--format", "jsonl",
            "--query", "length(event_that_is_none)");
        Assert.Contains("cannot be asked", run.Exits(2).Error);
        await link.IsEncrypted();
    }

    /// <summary>The library finds its functions by reflection, and the released program has only what is kept for
    /// it.</summary>
    [Fact]
    public async Task Every_function_of_the_language_is_answered()
    {
        using var link = Link.Sydney;
        var rows = Functions.Split('\n').Select(row => row.Split(" = ")).ToList();
        var asked = $"[{string.Join(", ", rows.Select(row => row[0]))}]";
        var run = (await Child(link, "check", link.Spec, "--format", "json", "--query", asked)).Exits(0);
        var answers = System.Text.Json.Nodes.JsonNode.Parse(run.Output)!.AsArray();
        Assert.Equal(rows.Select(row => row[1]), answers.Select(answer => answer!.ToJsonString()
            .Replace("\\u0022", "\\\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("json", "totals[", "cannot be asked")]
    [InlineData("text", "totals", "add --format json")]
    public async Task A_question_that_makes_no_sense_is_refused(string format, string asked, string message)
    {
        using var link = Link.Sydney;
        var run = (await Child(link, "price", link.Spec, "--format", format, "--query", asked)).Exits(2);
        Assert.Contains(message, run.Error);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public void Every_command_that_answers_in_json_can_be_asked()
    {
        var asked = Commands(Sealane.Cli.Program.Root()).Where(command => command.Options.Any(option =>
            option.Name == "--query")).Select(command => command.Name).Order().ToList();
        Assert.Superset(
            new HashSet<string> { "apply", "check", "compare", "destroy", "locations", "plan", "price", "status",
                "trace",
                "verify" }, asked.ToHashSet());
        Assert.DoesNotContain("diagram", asked);
    }

    private static IEnumerable<System.CommandLine.Command> Commands(System.CommandLine.Command root) =>
        root.Subcommands.SelectMany(Commands).Prepend(root);

    private static Task<Shell> Child(Link link, params string[] typed) =>
        ChildShell.Run(link.Root, new Dictionary<string, string>(), typed);
}

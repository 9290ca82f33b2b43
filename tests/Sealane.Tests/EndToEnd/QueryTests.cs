namespace Sealane.Tests.EndToEnd;

/// <summary><c>--query</c>: of every JSON the part that is asked for. In processes of their own, since it takes the
/// place of standard output.</summary>
public sealed class QueryTests
{
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

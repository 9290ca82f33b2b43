namespace Sealane.Tests.Routing;

/// <summary>
/// Golden scenarios: each line of tests/scenarios is the guide's network with changes, one flow, and what becomes of
/// it. With
/// SEALANE_UPDATE=1 the answers are rewritten; whoever reads the difference is the judge.
/// </summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "scenarios"), "*.txt").Select(f => Path.GetFileName(f)!)
            .Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_flow_gets_the_verdict_and_the_path_of_its_line(string file)
    {
        var path = Repository.PathOf("tests", "scenarios", file);
        var lines = File.ReadAllLines(path);
        var answers = lines.Select(line => line.Length == 0 || line.StartsWith('#') ? line
            : Scenario.Parse(line).Answer().ToString()).ToArray();
        if (Environment.GetEnvironmentVariable("SEALANE_UPDATE") == "1")
        {
            File.WriteAllText(path, string.Join('\n', answers) + "\n");
            return;
        }
        Assert.Equal(lines, answers);
    }

    [Fact]
    public void There_are_at_least_sixty_flows_and_each_verdict_occurs()
    {
        var scenarios = Directory.GetFiles(Repository.PathOf("tests", "scenarios"), "*.txt")
            .SelectMany(File.ReadAllLines)
            .Where(line => line.Length > 0 && !line.StartsWith('#')).Select(Scenario.Parse).ToList();
        Counts.Say($"{scenarios.Count} flows");
        Assert.True(scenarios.Count >= 60);
        Assert.Contains(scenarios, s => s.Verdict == "encrypted");
        Assert.Contains(scenarios, s => s.Verdict == "clear");
        Assert.Contains(scenarios, s => s.Verdict == "down");
        Assert.Contains(scenarios, s => s.Verdict == "down, exposed");
    }
}

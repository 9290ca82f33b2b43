namespace Sealane.Tests.EndToEnd;

/// <summary>The pages' figures are those of a run: counts repeat exactly for a seed, so they are compared.</summary>
public sealed class FiguresTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));
    private static readonly string Bench = File.ReadAllText(Repository.PathOf("bench", "README.md"));

    [Fact]
    public async Task What_the_README_and_the_bench_page_count_is_what_a_run_counts()
    {
        using var link = Link.Sydney;
        var up = (await link.Run("apply", "--yes")).Exits(0).Output.Split('\n');
        Assert.Contains(up.Single(line => line.StartsWith("Applied: ", StringComparison.Ordinal)), Readme);
        var calls = up.Single(line => line.StartsWith("Calls: ", StringComparison.Ordinal));
        Assert.Contains(calls, Readme);
        var again = (await link.Apply()).Done;
        var down = (await link.Destroy()).Done;
        Assert.Contains($"| {Row(again)} |", Bench);
        Assert.Contains($"| {Row(down)} |", Bench);
        var numbers = calls.Split([' ', ',', ';'])
            .Where(word => word.Length > 0 && word.All(char.IsAsciiDigit)).ToList();
        Assert.Contains($"| {numbers[0]} / {numbers[1]} / {numbers[2]} | {numbers[3]} | 0 |", Bench);
    }

    private static string Row(System.Text.Json.Nodes.JsonObject done) =>
        $"{done["calls"]!["megaport"]} / {done["calls"]!["aws"]} / {done["calls"]!["azure"]} | {done["writes"]} "
        + $"| {done["refused"]}";
}

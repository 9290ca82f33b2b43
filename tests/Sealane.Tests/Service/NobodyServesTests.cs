using Sealane.Cli;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Service;

/// <summary>Where no service answers, each call says so and what to do.</summary>
public sealed class NobodyServesTests
{
    [Theory]
    [InlineData("fleet list")]
    [InlineData("fleet follow 1")]
    public async Task Nobody_who_answers_is_told_with_the_way_out(string typed)
    {
        var run = await ChildShell.Run(Path.GetTempPath(),
            new Dictionary<string, string>(ChildShell.Here) { ["SEALANE_TOKEN"] = "not-a-token-of-anybody" },
            [.. typed.Split(' '), "--server", "http://127.0.0.1:1"]);
        run.Exits(ExitCode.Cloud);
        Assert.Contains("http://127.0.0.1:1/ does not answer: ", run.Error);
        Assert.Contains("start it with sealane serve", run.Error);
        Assert.DoesNotContain("not-a-token", run.All);
    }
}

using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Evidence;

/// <summary>
/// What other teams do, by <c>sandbox break</c>: <c>verify</c> gives the right word, and once it is taken away again
/// the link stands as before. Twice made is once made.
/// </summary>
public sealed class NeighbourMistakeTests
{
    public static TheoryData<string, string> Rows =>
        new(NeighbourMistakes.List.Select(mistake => (mistake.Name, mistake.Verdict)));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Verify_gives_the_right_word(string mistake, string word)
    {
        using var link = await Sight.Sydney();
        string[] wordsTyped = ["sandbox", "break", link.Spec, mistake, $"--sandbox={link.Sandbox}"];
        Assert.Contains("--heal", (await Shell.Run(wordsTyped)).Exits(0).Output);
        (await Shell.Run(wordsTyped)).Exits(0);
        await link.Later(TimeSpan.FromHours(1));
        var report = (await link.Verify()).Json;
        Assert.True(word == (string?)report["verdict"], $"{mistake}: {report["text"]}\n{report["reasons"]}\n"
            + string.Join('\n', report["checks"]!.AsArray().Where(check => (string?)check!["status"] != "pass")
                .Select(check => $"{check!["id"]} {check["status"]} {check["evidence"]}")));

        (await Shell.Run("sandbox", "break", link.Spec, "--heal", $"--sandbox={link.Sandbox}")).Exits(0);
        await link.Apply();
        await link.Later(TimeSpan.FromHours(1));
        await link.IsEncrypted();
    }
}

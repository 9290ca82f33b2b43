using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;

namespace Sealane.Tests.Docs;

/// <summary>docs/proof.md says what is read and assumed, and the program does no other.</summary>
public sealed class ProofDocTests
{
    private static readonly string Path = Repository.PathOf("docs", "proof.md");

    [Fact]
    public void The_table_of_reads_is_what_the_readers_ask() =>
        Golden.Check(Path, ReadsPage.In(File.ReadAllText(Path).ReplaceLineEndings("\n")));

    [Fact]
    public void No_question_is_asked_without_saying_what_its_absence_means()
    {
        var questions = AllReaders.List.SelectMany(reader => reader.Questions).ToList();
        Assert.True(questions.Count > 35);
        Assert.Equal(questions.Count, questions.Select(question => question.Call).Distinct().Count());
        Assert.All(questions, question => Assert.False(string.IsNullOrWhiteSpace(question.Shows)));
    }

    [Fact]
    public void The_assumptions_of_a_bundle_are_the_pages()
    {
        var page = File.ReadAllText(Path);
        var part = page[page.IndexOf("## 5. ", StringComparison.Ordinal)..page.IndexOf("## 6. ",
            StringComparison.Ordinal)];
        var rows = part.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.Equal(rows, Assumptions.List.Select(one => $"| {one.What} | {one.Source} | {one.IfWrong} |"));
    }
}

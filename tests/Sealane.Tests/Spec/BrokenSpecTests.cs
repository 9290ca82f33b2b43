using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

/// <summary>Each file of tests/specs/broken beside the messages that it gets.</summary>
public sealed class BrokenSpecTests
{
    private static readonly string Folder = Repository.PathOf("tests", "specs", "broken");

    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_broken_spec_is_refused_with_clear_messages(string file)
    {
        var result = SpecReader.Read(file, File.ReadAllText(Path.Combine(Folder, file)));

        Assert.Null(result.Spec);
        Assert.NotEmpty(result.Problems);
        Assert.All(result.Problems, problem => Assert.True(problem.Mark is { Line: > 0, Column: > 0 }));
        Golden.Check(Path.Combine(Folder, Path.ChangeExtension(file, "txt")),
            string.Join("\n", result.Problems) + "\n");
    }

    [Fact]
    public void Every_list_of_messages_has_its_file() => Assert.Equal(
        Directory.GetFiles(Folder, "*.txt").Select(Path.GetFileNameWithoutExtension).Order(),
        Directory.GetFiles(Folder, "*.yaml").Select(Path.GetFileNameWithoutExtension).Order());
}

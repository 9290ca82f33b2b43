using System.Reflection;

namespace Sealane.Tests.EndToEnd;

/// <summary>What people met is written down with the test that has it; none of them gets lost.</summary>
public sealed class RowsTests
{
    private static IReadOnlyList<string[]> Rows { get; } =
    [
        .. File.ReadLines(Repository.PathOf("tests", "cases", "rows.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(" | ")),
    ];

    public static TheoryData<string, string> Tests => [.. Rows.Select(row => (row[0], row[3]))];

    [Theory]
    [MemberData(nameof(Tests))]
    public void A_row_has_its_test(string row, string test)
    {
        var (name, line) = test.Split(": ", 2) is [var before, var after] ? (before, after) : (test, null);
        var methods = typeof(RowsTests).Assembly.GetTypes().Where(type => type.Name == name.Split('.')[0])
            .Select(type => type.GetMethod(name.Split('.')[1])).OfType<MethodInfo>().ToList();
        Assert.True(methods is [var only] && only.GetCustomAttribute<FactAttribute>(inherit: true) is not null,
            $"{row}: no test {name}");
        Assert.True(line is null || Lines(methods[0].DeclaringType!, methods[0]).Any(data => data.Contains(line)),
            $"{row}: {name} has no line '{line}'");
    }

    [Fact]
    public void Each_row_has_a_source_and_each_file_a_row()
    {
        Assert.All(Rows, row => Assert.Matches(@"^[a-z0-9.-]+\.(com|org)(/|$)", row[2]));
        Assert.Equal(Rows.Count, Rows.Select(row => row[0]).Distinct().Count());
        Assert.Equal([], Directory.GetFiles(Repository.PathOf("tests", "cases"), "*.yaml").Select(Path.GetFileName)
            .Where(file => !Rows.Any(row => row[3].EndsWith($": {file}", StringComparison.Ordinal))));
        Counts.Say($"{Rows.Count} rows, each with its test");
    }

    private static IEnumerable<IEnumerable<object?>> Lines(Type type, MethodInfo method) =>
        method.GetCustomAttributes<InlineDataAttribute>().Select(inline => inline.Data.AsEnumerable())
            .Concat(from member in method.GetCustomAttributes<MemberDataAttribute>()
                    from data in (IEnumerable<ITheoryDataRow>)type.GetProperty(member.MemberName)!.GetValue(null)!
                    select data.GetData().AsEnumerable());
}

using System.Text;
using System.Text.Json;
using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

/// <summary>The table of keys, the reader, the binder and the schema speak of the same file.</summary>
public sealed class SpecKeysTests
{
    public static TheoryData<string> OptionalValues => [.. SpecKeys.All
        .Where(key => key.Kind is not (SpecKeyKind.Section or SpecKeyKind.SectionList) && key.Path != "sealane")
        .Select(key => key.Path)];

    [Fact]
    public void Every_key_has_a_section_above_it_and_stands_once()
    {
        Assert.Equal(SpecKeys.All.Count, SpecKeys.All.Select(key => key.Path).Distinct().Count());
        Assert.All(SpecKeys.All.Where(key => key.Parent.Length > 0),
            key => Assert.NotNull(SpecKeys.Find(key.Parent.Replace("[]", ""))));
    }

    [Theory]
    [MemberData(nameof(OptionalValues))]
    public void Every_key_reaches_the_spec(string path)
    {
        var without = Dump(Write(except: path), mayFail: SpecKeys.Find(path)!.Required);
        var with = Dump(Write(except: null), mayFail: false);
        Assert.NotEqual(with, without);
    }

    [Fact]
    public void Defaults_and_examples_are_of_the_form_that_the_reader_takes()
    {
        foreach (var key in SpecKeys.All.Where(key => key.Form is not null))
        {
            foreach (var text in new[] { key.Default, key.Example }.OfType<string>()
                .SelectMany(text => text.Split(',')).Select(text => key.Names is null ? text : text.Split('=')[1]))
            {
                Assert.True(key.Form!.Problem(text) is null, $"{key.Path}: {text}");
                Assert.True(key.Words.Count == 0 || key.Words.Contains(text),
                    $"{key.Path}: {text} is not one of its words");
            }
        }
    }

    [Fact]
    public void Every_key_says_what_it_is() => Assert.All(SpecKeys.All, key => Assert.EndsWith(".", key.Doc));

    private static string Dump(string yaml, bool mayFail)
    {
        var result = SpecReader.Read("all.yaml", yaml);
        Assert.True(mayFail || result.Spec is not null, string.Join("\n", result.Problems));
        return result.Spec is null ? "" : JsonSerializer.Serialize(result.Spec with { Source = SourceMap.Empty });
    }

    /// <summary>A file that holds the example of every key.</summary>
    private static string Write(string? except)
    {
        var yaml = new StringBuilder();
        Section("", "");
        return yaml.ToString();

        void Section(string parent, string indent)
        {
            foreach (var key in SpecKeys.ChildrenOf(parent).Where(key => key.Path != except))
            {
                switch (key.Kind)
                {
                    case SpecKeyKind.Section:
                        yaml.Append($"{indent}{key.Name}:\n");
                        Section(key.Path, indent + "  ");
                        break;
                    case SpecKeyKind.SectionList:
                        yaml.Append($"{indent}{key.Name}:\n");
                        for (var i = 0; i < Math.Max(1, key.MinItems); i++)
                        {
                            yaml.Append($"{indent}  -\n");
                            Section(key.Path + "[]", indent + "    ");
                        }
                        break;
                    case SpecKeyKind.TextList:
                        yaml.Append(
                            $"{indent}{key.Name}: "
                            + $"[{string.Join(", ", key.Example.Split(',').Select(item => $"\"{item}\""))}]\n");
                        break;
                    case SpecKeyKind.TextMap:
                        yaml.Append($"{indent}{key.Name}:\n");
                        foreach (var pair in key.Example.Split(',').Select(item => item.Split('=')))
                        {
                            yaml.Append($"{indent}  {pair[0]}: \"{pair[1]}\"\n");
                        }
                        break;
                    case SpecKeyKind.Number:
                        yaml.Append($"{indent}{key.Name}: {key.Example}\n");
                        break;
                    default:
                        yaml.Append($"{indent}{key.Name}: \"{key.Example}\"\n");
                        break;
                }
            }
        }
    }
}

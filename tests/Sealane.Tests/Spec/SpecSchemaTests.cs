using System.Text.Json;
using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

public sealed class SpecSchemaTests
{
    [Fact]
    public void The_checked_in_schema_is_the_generated_one() =>
        Golden.Check(Repository.PathOf("docs", "sealane.schema.json"), SpecSchema.Json());

    [Fact]
    public void The_schema_knows_every_key_and_refuses_others()
    {
        using var schema = JsonDocument.Parse(SpecSchema.Json());
        foreach (var key in SpecKeys.All)
        {
            var at = schema.RootElement;
            foreach (var part in key.Path.Split('.'))
            {
                Assert.False(at.GetProperty("additionalProperties").GetBoolean());
                at = at.GetProperty("properties").GetProperty(part.Replace("[]", ""));
                at = part.EndsWith("[]", StringComparison.Ordinal) ? at.GetProperty("items") : at;
            }
            Assert.Equal(key.Doc, at.GetProperty("description").GetString());
        }
    }

    [Fact]
    public void Every_example_names_the_schema_in_its_first_line() => Assert.All(
        Directory.GetFiles(Repository.PathOf("examples"), "*.yaml"),
        file => Assert.Equal("# yaml-language-server: $schema=../docs/sealane.schema.json",
            File.ReadLines(file).First()));
}

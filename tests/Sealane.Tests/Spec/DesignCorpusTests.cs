using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Tests.Spec;

/// <summary>What is worked out from each spec of tests/designs, and from each example.</summary>
public sealed class DesignCorpusTests
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TheoryData<string> Examples =>
        [.. Directory.GetFiles(Repository.PathOf("examples"), "*.yaml")
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_design_is_what_its_spec_says(string name)
    {
        var file = Repository.PathOf("examples", name + ".yaml");
        var design = Designer.Design(SpecReader.Read(file, File.ReadAllText(file)).Spec!);
        Golden.Check(Repository.PathOf("tests", "designs", name, "design.json"),
            Tree(design)!.ToJsonString(Readable) + "\n");
    }

    [Fact]
    public void Sydney_spelled_out_is_the_design_of_the_short_form()
    {
        static string Design(string name, Func<NetworkSpec, NetworkSpec> change)
        {
            var file = Repository.PathOf("examples", name + ".yaml");
            return Tree(Designer.Design(change(SpecReader.Read(file, File.ReadAllText(file)).Spec!)))!
                .ToJsonString(Readable);
        }

        var sydney = Design("sydney", spec => spec);
        var minimal = Design("minimal", spec => spec with
        {
            Name = "sydney",
            Aws = spec.Aws with { Cidrs = ["10.1.0.0/16"] },
            Azure = spec.Azure with { Cidrs = ["10.2.0.0/16"], GatewaySubnet = "10.2.0.0/24" },
            Megaport = spec.Megaport with { DiversityZone = "red" },
        });
        Assert.Equal(sydney, minimal);
    }

    /// <summary>The design without the spec in it; addresses as people write them.</summary>
    private static JsonNode? Tree(object? value) => value switch
    {
        null => null,
        string or Ipv4 or Prefix or InterfaceAddress or PartKey or Enum => JsonValue.Create(value.ToString()),
        bool flag => JsonValue.Create(flag),
        int or long => JsonValue.Create(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
        IReadOnlyDictionary<string, string> map =>
            new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        System.Collections.IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Tree)]),
        _ => new JsonObject(value.GetType().GetProperties()
            .Where(property => property.PropertyType != typeof(NetworkSpec)
                && property.GetIndexParameters().Length == 0)
            .Select(property => KeyValuePair.Create(property.Name, Tree(property.GetValue(value))))),
    };
}

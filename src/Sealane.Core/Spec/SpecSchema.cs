using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Core.Spec;

/// <summary>The JSON Schema (draft 2020-12) of a spec, for editors, from the same table that the reader uses.</summary>
/// <remarks>https://json-schema.org/draft/2020-12/schema</remarks>
public static class SpecSchema
{
    // Editors show the descriptions: '<' and quotes stay readable.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Sealane link",
            ["description"] = "An encrypted private path between AWS and Azure over a Megaport Cloud Router.",
        };
        Describe(schema, "");
        return schema.ToJsonString(Readable) + "\n";
    }

    private static void Describe(JsonObject section, string path)
    {
        var keys = SpecKeys.ChildrenOf(path).ToList();
        section["type"] = "object";
        section["additionalProperties"] = false;
        if (keys.Where(key => key.Required).Select(key => (JsonNode?)key.Name).ToArray() is { Length: > 0 } required)
        {
            section["required"] = new JsonArray(required);
        }
        section["properties"] =
            new JsonObject(keys.Select(key => KeyValuePair.Create(key.Name, (JsonNode?)Property(key))));
    }

    private static JsonObject Property(SpecKey key)
    {
        var property = new JsonObject { ["description"] = key.Doc };
        switch (key.Kind)
        {
            case SpecKeyKind.Section:
                Describe(property, key.Path);
                // The reader takes "ipsec:" with nothing behind it; so do editors, unless something is required inside.
                if (!property.ContainsKey("required"))
                {
                    property["type"] = new JsonArray("object", "null");
                }
                break;
            case SpecKeyKind.SectionList:
                var section = new JsonObject();
                Describe(section, key.Path + "[]");
                AddList(property, key, section);
                break;
            case SpecKeyKind.TextList:
                var item = new JsonObject();
                AddText(item, key);
                AddList(property, key, item);
                AddExamples(property, key, ListOf);
                break;
            case SpecKeyKind.TextMap:
                var value = new JsonObject();
                AddText(value, key);
                property["type"] = "object";
                property["maxProperties"] = key.MaxItems;
                property["propertyNames"] = new JsonObject { ["pattern"] = key.Names!.Pattern };
                property["additionalProperties"] = value;
                break;
            case SpecKeyKind.Number:
                property["type"] = "integer";
                if (key.Numbers.Count > 0)
                {
                    property["enum"] = new JsonArray([.. key.Numbers.Select(number => (JsonNode?)number)]);
                }
                else
                {
                    property["minimum"] = key.Min;
                    property["maximum"] = key.Max;
                }
                AddExamples(property, key, text => long.Parse(text, CultureInfo.InvariantCulture));
                break;
            default:
                AddText(property, key);
                AddExamples(property, key, text => text);
                break;
        }
        return property;
    }

    private static void AddText(JsonObject property, SpecKey key)
    {
        property["type"] = key.NumberIsFine ? new JsonArray("string", "integer") : "string";
        if (key.Words is ["true", "false"])
        {
            property["type"] = "boolean";
        }
        else if (key.Words.Count > 0)
        {
            // A bare 1 is a number to an editor and the word 1 to the reader.
            var words = key.Words.Select(word => (JsonNode?)word);
            var numbers = key.NumberIsFine
                ? key.Words.Select(word => (JsonNode?)int.Parse(word, CultureInfo.InvariantCulture)) : [];
            property["enum"] = new JsonArray([.. words, .. numbers]);
        }
        else if (key.Form is { } form)
        {
            property["pattern"] = form.Pattern;
        }
    }

    private static void AddList(JsonObject property, SpecKey key, JsonObject item)
    {
        property["type"] = "array";
        property["items"] = item;
        property["minItems"] = key.MinItems;
        property["maxItems"] = key.MaxItems;
    }

    private static void AddExamples(JsonObject property, SpecKey key, Func<string, JsonNode?> node)
    {
        if (key.Default is { } text)
        {
            property["default"] = node(text);
        }
        property["examples"] = new JsonArray(node(key.Example));
    }

    private static JsonArray ListOf(string text) => new([.. text.Split(',').Select(item => (JsonNode?)item)]);
}

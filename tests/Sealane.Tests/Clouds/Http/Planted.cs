using System.Text.Json.Nodes;
using Sealane.Clouds.Http;

namespace Sealane.Tests.Clouds.Http;

/// <summary>A member that Sealane does not know, put into every object of a reply, in ways of writing that are easily
/// lost.</summary>
internal static class Planted
{
    public const string Name = "someNewMember";

    /// <summary>Numbers with a trailing zero and an exponent, characters that encoders like to escape, null,
    /// nothing.</summary>
    public const string Value = """{"n":1.50,"e":1e3,"s":"é+<>&'","null":null,"none":{},"list":[[],"x"]}""";

    /// <param name="but">Objects whose members are names that users give.</param>
    public static int Everywhere(JsonNode? node, params string[] but)
    {
        switch (node)
        {
            case JsonObject members:
                var inside = members.Where(member => !but.Contains(member.Key)).Sum(member => Everywhere(member.Value,
                    but));
                members[Name] = JsonNode.Parse(Value);
                return inside + 1;
            case JsonArray items:
                return items.Sum(item => Everywhere(item, but));
            default:
                return 0;
        }
    }

    /// <summary>How often it stands in a body as it was sent, byte for byte.</summary>
    public static int In(string body) => body.Split($"\"{Name}\":{Value}").Length - 1;

    public static string Text(JsonNode node) => node.ToJsonString(CarriedBack.Writing);
}

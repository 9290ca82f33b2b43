using System.Text.Json.Nodes;
using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>All tags of a resource as an object of their own.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/resources/tags</remarks>
public sealed class ScopeTagsTests
{
    private const string Vnet = $"{Network}/virtualNetworks/vnet-app";
    private const string Tags = $"{Vnet}/providers/Microsoft.Resources/tags/default";

    private readonly AzureSandbox _azure = new();

    private string Ask(string method, string body = "") => Of(_azure.Send(method, Tags, body.Length == 0 ? null : body)
        .Properties!["tags"]!);

    private string Shown => Of(_azure.Send("GET", Vnet).Body["tags"]);

    private static string Of(JsonNode? tags) =>
        string.Join(' ', (tags as JsonObject ?? []).Select(tag => $"{tag.Key}={tag.Value}"));

    private static string Body(string operation, string tags) =>
        $$"""{"operation":"{{operation}}","properties":{"tags":{ {{tags}} } } }""";

    [Fact]
    public void Some_are_added_and_taken_away_and_the_others_stay()
    {
        Assert.Equal("a=1 b=2", Ask("PATCH", Body("Replace", """ "a":"1","b":"2" """)));
        Assert.Equal("a=1 B=3 c=4", Ask("PATCH", Body("merge", """ "B":"3","c":"4" """)));
        Assert.Equal(Ask("GET"), Shown);
        Assert.Equal("a=1 B=3", Ask("PATCH", Body("Delete", """ "C":"4","none":"1" """)));
        // By the pair where there is a value, by the name where there is none.
        Assert.Equal("a=1", Ask("PATCH", Body("Delete", """ "a":"other","b":"" """)));
        Assert.Equal("d=5", Ask("PUT", """{"properties":{"tags":{"d":"5"}}}"""));
        Assert.Equal(200, _azure.Send("DELETE", Tags).Status);
        Assert.Equal("", Shown);
    }

    [Fact]
    public void What_is_wrong_with_a_request_is_said_and_nothing_changed()
    {
        Ask("PUT", """{"properties":{"tags":{"d":"5"}}}""");
        var many = string.Join(',', Enumerable.Range(0, 50).Select(at => $"\"t{at}\":\"x\""));
        Assert.Equal("InvalidTagCount", _azure.Send("PATCH", Tags, Body("Merge", many)).Code);
        Assert.Equal("InvalidTagsPatchOperation", _azure.Send("PATCH", Tags, Body("Add", """ "a":"1" """)).Code);
        Assert.Equal("InvalidRequestFormat", _azure.Send("PATCH", Tags, Body("Merge", """ "a":{} """)).Code);
        Assert.Equal("ResourceNotFound", _azure.Send("GET", Tags.Replace("vnet-app", "none", StringComparison.Ordinal))
            .Code);
        Assert.Equal("d=5", Shown);
    }
}

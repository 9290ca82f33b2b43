using System.Text.Json.Nodes;

namespace Sealane.Tests.Clouds.Megaport;

/// <summary>A contract file: one request and its reply, from a public source. <c>{{name}}</c> is a variable.</summary>
internal sealed record Contract(string Method, string Target, string RequestBody, int Status, string ReplyBody)
{
    public static Contract Read(string name, params (string Variable, string Value)[] variables)
    {
        var text = File.ReadAllText(Repository.PathOf("tests", "contracts", "megaport", $"{name}.http"));
        foreach (var (variable, value) in variables)
        {
            text = text.Replace($"{{{{{variable}}}}}", value, StringComparison.Ordinal);
        }
        var lines = text.Split('\n').SkipWhile(line => line.StartsWith('#')).ToList();
        var reply = lines.FindIndex(line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal));
        var start = lines[0].Split(' ');
        return new(start[0], start[1], Body(lines[..reply]), int.Parse(lines[reply].Split(' ')[1]),
            Body(lines[reply..]));
    }

    public void IsSaidBy(Sent sent)
    {
        Assert.Equal($"{Method} {Target}", $"{sent.Method} {sent.Target}");
        if (RequestBody.StartsWith('{') || RequestBody.StartsWith('['))
        {
            Assert.True(
                JsonNode.DeepEquals(JsonNode.Parse(RequestBody), JsonNode.Parse(sent.Body)),
                $"wanted {RequestBody}\nsent   {sent.Body}");
        }
        else
        {
            Assert.Equal(RequestBody, sent.Body);
        }
    }

    private static string Body(List<string> lines) =>
        string.Join('\n', lines.SkipWhile(line => line.Length > 0)).Trim();
}

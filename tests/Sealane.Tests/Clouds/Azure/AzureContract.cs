using System.Net;
using System.Text.Json.Nodes;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>One file of <c>tests/contracts/azure</c>: a request and its answer, as the vendor's pages show
/// them.</summary>
internal sealed record AzureContract(string Method, string Url, JsonNode? Request, HttpStatusCode Status, string Reply)
{
    public string Path => Url.Split('?')[0];

    public static AzureContract Read(string name)
    {
        var text = File.ReadAllText(Repository.PathOf("tests", "contracts", "azure", $"{name}.http"))
            .Replace("{{subscription}}", "00000000-0000-0000-0000-000000000001", StringComparison.Ordinal)
            .Replace("{{group}}", "rg-sydney", StringComparison.Ordinal)
            .Replace("{{serviceKey}}", "11111111-2222-3333-4444-555555555555", StringComparison.Ordinal)
            .Replace("{{psk1}}", AzureSample.Keys.Tunnel(1).Reveal(), StringComparison.Ordinal);
        var halves = text.Split("\nHTTP/1.1 ");
        var request = halves[0].Split('\n').SkipWhile(line => line.StartsWith('#')).ToList();
        var line = request[0].Split(' ');
        var body = string.Join('\n', request.SkipWhile(l => l.Length > 0)).Trim();
        var reply = halves[1].Split('\n');
        return new(
            line[0], line[1], body.Length == 0 ? null : JsonNode.Parse(body),
            (HttpStatusCode)int.Parse(reply[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture),
            string.Join('\n', reply.SkipWhile(l => l.Length > 0)).Trim());
    }
}

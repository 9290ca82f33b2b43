using System.Text;
using System.Text.RegularExpressions;
using Sealane.Sandbox.Replay;

namespace Sealane.Tests.Contracts;

/// <summary>Recordings of writes hold masked keys in long bodies: those too are served again.</summary>
public sealed partial class ReplayOfWritesTests
{
    [Fact]
    public async Task Every_request_of_a_whole_life_finds_its_answer_in_the_recording_of_it()
    {
        var link = await RecordedLink.Sydney;
        var recorded = link.Exchanges.Where(exchange => !exchange.IsLogin).Select(Masked).ToList();
        Assert.True(recorded.Count(exchange => exchange.Body.Contains(Exchange.Mask, StringComparison.Ordinal)) > 10);
        foreach (var cloud in recorded.GroupBy(exchange => exchange.Cloud))
        {
            var unknown = new List<string>();
            var face = new ReplayFace(cloud.Key, cloud, unknown.Add);
            foreach (var exchange in cloud)
            {
                face.Answer(new()
                {
                    Method = exchange.Method,
                    Origin = "https://127.0.0.1:1",
                    Path = exchange.Path,
                    Query = exchange.Query.Replace(Exchange.Mask, "another-key", StringComparison.Ordinal),
                    Headers = exchange.Headers.DistinctBy(header => header.Name)
                        .ToDictionary(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase),
                    Body = Encoding.UTF8.GetBytes(
                        exchange.Body.Replace(Exchange.Mask, "another-key", StringComparison.Ordinal)),
                });
            }
            Assert.Empty(unknown);
        }
    }

    [Theory]
    [InlineData("a={{secret}}", "a=x", true)]
    [InlineData("a={{secret}}", "a=", false)]
    [InlineData("a={{secret}}&b={{secret}}", "a=1&b=2", true)]
    [InlineData("a={{secret}}&b={{secret}}", "a=1&b=", false)]
    [InlineData("a={{secret}}&b={{secret}}&c=3", "a=&b=&b=2&c=3", true)]
    [InlineData("a={{secret}}&b={{secret}}&c=3", "a=1&c=3", false)]
    [InlineData("a={{secret}}&aa=1", "a=1", false)]
    [InlineData("a=1", "a=2", false)]
    public void A_mask_stands_for_any_text_but_none(string recorded, string asked, bool fits)
    {
        var text = $"# 1 aws x      status: recorded      read: 2026-01-01T00:00:00Z\nPOST / HTTP/1.1\n\n"
            + $"Action=A&{recorded}\n\nHTTP/1.1 200 OK\n\n<a/>\n";
        var reply = new ReplayFace("aws", Recording.Parse("test", text)).Answer(new()
        {
            Method = "POST",
            Origin = "https://127.0.0.1:1",
            Path = "/",
            Query = "",
            Headers = new Dictionary<string, string>(),
            Body = Encoding.UTF8.GetBytes($"Action=A&{asked}"),
        });
        Assert.Equal(fits, reply.Status == 200);
    }

    private static Exchange Masked(Exchange exchange) =>
        exchange with { Body = Key().Replace(exchange.Body, "$1" + Exchange.Mask) };

    [GeneratedRegex("(PreSharedKey=|\"(?:sharedKey|shared_key|password|authKey)\":\")[^&\"]+")]
    private static partial Regex Key();
}

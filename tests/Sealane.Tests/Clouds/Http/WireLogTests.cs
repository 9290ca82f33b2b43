using System.Net;
using System.Text;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Http;

public class WireLogTests
{
    private static readonly VirtualClock Clock = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_exchange_is_written_as_a_contract_file_has_it()
    {
        var text = new StringWriter();
        using var log = new WireLog(text, [new("very-secret-key")], Clock);
        await Send(log, new HttpRequestMessage(HttpMethod.Post, "https://api.megaport.com/v4/networkdesign/buy?x=1")
        {
            Content = new StringContent("""{"password":"Zk3Tq9vLw2XyB7nR"}""", Encoding.UTF8, "application/json"),
            Headers = { { "Authorization", "Bearer Tok3nTok3n" } },
        }, """{"message":"Zk3Tq9vLw2XyB7nR and very-secret-key"}""");
        Assert.Equal("""
            # 1 megaport POST networkdesign/buy      status: recorded      read: 2026-03-01T00:00:00Z
            POST /v4/networkdesign/buy?x=1 HTTP/1.1
            Host: api.megaport.com
            Authorization: Bearer {{secret}}
            Content-Type: application/json; charset=utf-8

            {"password":"{{secret}}"}

            HTTP/1.1 200 OK
            Trace-Id: t-1
            Content-Type: text/plain; charset=utf-8

            {"message":"{{secret}} and {{secret}}"}


            """, string.Join('\n', text.ToString().Split('\n')
                .Where(line => !line.StartsWith("Content-Length", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_key_that_only_the_reply_names_is_masked_in_the_request_of_the_same_exchange()
    {
        var text = new StringWriter();
        using var log = new WireLog(text, [], Clock);
        await Send(
            log, new HttpRequestMessage(HttpMethod.Get, "https://api.megaport.com/v2/find/Zk3Tq9vLw2XyB7nR"),
            """{"serviceKey":"Zk3Tq9vLw2XyB7nR"}""");
        Assert.DoesNotContain("Zk3Tq9vLw2XyB7nR", text.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Whoever plays a link of two circuits again must know about which of them was asked.</summary>
    [Fact]
    public async Task Two_service_keys_are_told_apart_and_each_has_one_name_in_every_log()
    {
        const string first = "0f6d2c3e-5a1b-4c7d-8e9f-001122334455";
        const string second = "1f6d2c3e-5a1b-4c7d-8e9f-001122334455";
        async Task<string[]> Names(params string[] keys)
        {
            var text = new StringWriter();
            using var log = new WireLog(text, [], Clock);
            foreach (var key in keys)
            {
                await Send(log, new(HttpMethod.Get, $"https://api.megaport.com/v2/secure/azure/{key}"),
                    $$"""{"service_key":"{{key.ToUpperInvariant()}}"}""");
            }
            Assert.DoesNotContain(first, text.ToString(), StringComparison.OrdinalIgnoreCase);
            return [.. text.ToString().Split('\n').Where(line => line.Contains("{{secret-", StringComparison.Ordinal))
                .Select(line => line[line.IndexOf("{{", StringComparison.Ordinal)
                    ..(line.IndexOf("}}", StringComparison.Ordinal) + 2)])];
        }

        var names = await Names(first, second);
        Assert.Equal(4, names.Length);
        Assert.Equal((names[0], names[2]), (names[1], names[3]));
        Assert.NotEqual(names[0], names[2]);
        Assert.Equal([names[2], names[3], names[0], names[1]], await Names(second, first));
    }

    [Fact]
    public async Task A_log_in_a_file_is_for_its_owner_only()
    {
        var path = Path.Combine(Path.GetTempPath(), $"sealane-wire-{Environment.ProcessId}.http");
        try
        {
            using (var log = WireLog.ToFile(path, [], Clock))
            {
                await Send(log, new HttpRequestMessage(HttpMethod.Get, "https://api.megaport.com/v2/products"), "{}");
            }
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
            Assert.Contains("GET /v2/products HTTP/1.1\n", await File.ReadAllTextAsync(path, Stop),
                StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task Send(WireLog log, HttpRequestMessage request, string reply)
    {
        request.Options.Set(CallOptions.Cloud, Cloud.Megaport);
        request.Options.Set(CallOptions.Operation, "POST networkdesign/buy");
        using var invoker = new HttpMessageInvoker(new WireTap(new Answer(reply), new CallCount(), log));
        using var response = await invoker.SendAsync(request, Stop);
        Assert.Equal(reply, await response.Content.ReadAsStringAsync(Stop));
        request.Dispose();
    }

    private sealed class Answer(string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(body),
                Headers = { { "Trace-Id", "t-1" } }
            });
    }
}

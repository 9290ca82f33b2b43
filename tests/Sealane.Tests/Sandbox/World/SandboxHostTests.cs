using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

public class SandboxHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_addresses_on_loopback_answer_for_the_clouds_to_any_client_that_trusts_the_pem()
    {
        using var directory = new TemporaryDirectory();
        var pem = Path.Combine(directory.Path, "sandbox.pem");
        await using var host = await SandboxHost.Start(
            Worlds.Empty(TimeProvider.System), Worlds.Echoes(), pem, TimeProvider.System, cancellation: Cancel);
        using var http = Trusting(pem);

        (Uri Address, string Path, string Scheme, string Face)[] expected =
        [
            (host.Aws, "/", "http", "aws"),
            (host.Azure, "/subscriptions", "https", "arm"),
            (host.Azure, "/adfs/oauth2/v2.0/token", "https", "login"),
            (host.AzureLogin, "/tenant/oauth2/v2.0/token", "https", "login"),
            (host.Megaport, "/v2/products?x=%2F", "http", "megaport"),
            (host.MegaportToken, "/oauth2/token", "http", "token"),
        ];
        foreach (var (address, path, scheme, face) in expected)
        {
            Assert.Equal(scheme, address.Scheme);
            Assert.Equal("127.0.0.1", address.Host);
            using var response = await http.GetAsync(new Uri(address, path), Cancel);
            Assert.Equal(face, response.Headers.GetValues("X-Face").Single());
            using var echo = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
            Assert.Equal(address.GetLeftPart(UriPartial.Authority), echo.RootElement.GetProperty("Origin").GetString());
            Assert.Equal(path.Split('?')[0], echo.RootElement.GetProperty("Path").GetString());
        }
    }

    [Fact]
    public async Task A_client_that_does_not_trust_the_certificate_is_not_served()
    {
        using var directory = new TemporaryDirectory();
        await using var host = await SandboxHost.Start(
            Worlds.Empty(TimeProvider.System), Worlds.Echoes(), Path.Combine(directory.Path, "sandbox.pem"),
            TimeProvider.System, cancellation: Cancel);
        using var http = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(host.Azure, Cancel));
    }

    [Fact]
    public async Task Head_large_bodies_and_lost_replies_behave_on_sockets_as_in_process()
    {
        using var directory = new TemporaryDirectory();
        var faces = Worlds.Echoes();
        await using var host = await SandboxHost.Start(
            Worlds.Empty(TimeProvider.System), faces, Path.Combine(directory.Path, "sandbox.pem"), TimeProvider.System,
            faults: new() { LostReplies = 1, Only = r => r.Path == "/lost" }, cancellation: Cancel);
        using var http = new HttpClient();

        using var head = new HttpRequestMessage(HttpMethod.Head, host.Megaport);
        using var headReply = await http.SendAsync(head, Cancel);
        Assert.Equal(HttpStatusCode.OK, headReply.StatusCode);
        Assert.True(headReply.Content.Headers.ContentLength > 0);

        using var large = new ByteArrayContent(new byte[(1 << 20) + 1]);
        using var refused = await http.PostAsync(host.Megaport, large, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);

        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri(host.Megaport, "/lost"), Cancel));
        Assert.Equal("/lost", ((EchoFace)faces.Megaport).Seen[^1].Path);
    }

    [Fact]
    public async Task A_taken_port_is_an_io_error_and_not_a_crash()
    {
        using var directory = new TemporaryDirectory();
        var pem = Path.Combine(directory.Path, "sandbox.pem");
        await using var host = await SandboxHost.Start(
            Worlds.Empty(TimeProvider.System), Worlds.Echoes(), pem, TimeProvider.System, cancellation: Cancel);
        await Assert.ThrowsAsync<IOException>(() => SandboxHost.Start(
            Worlds.Empty(TimeProvider.System), Worlds.Echoes(), pem, TimeProvider.System, new(Aws: host.Aws.Port),
            cancellation: Cancel));
    }

    private static HttpClient Trusting(string pem)
    {
        var authority = X509CertificateLoader.LoadCertificateFromFile(pem);
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.Add(authority);
        return new(new SocketsHttpHandler { SslOptions = new() { CertificateChainPolicy = policy } });
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sealane.Cli;
using Sealane.Service.Security;

namespace Sealane.Tests.Service;

/// <summary>The service by TLS, its certificate as authorities give them: a root, one between, its own.</summary>
public sealed class ServerCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sealane-tls-");
    private readonly X509Certificate2 _root = Authority("root", null);
    private readonly X509Certificate2 _between;

    public ServerCertificateTests() => _between = Authority("between", _root);

    private string Chain => Path.Combine(_folder.FullName, "chain.pem");
    private string Key => Path.Combine(_folder.FullName, "key.pem");

    [Fact]
    public async Task A_client_that_trusts_the_root_alone_is_served_and_a_new_certificate_is_shown_without_a_restart()
    {
        var first = Write();
        await using var fleet = new ServedFleet { Certificate = new(Chain, Key) };
        await fleet.InitializeAsync();
        Assert.Equal("https", fleet.Address.Scheme);
        Assert.Equal(first, await Shown(fleet.Address, "sealane.test"));
        // What is half written or not of each other is not used.
        var second = Write();
        var whole = await File.ReadAllTextAsync(Key, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Key, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        Assert.Equal(first, await Shown(fleet.Address, "sealane.test"));
        Assert.Contains("the one before goes on", fleet.Log, StringComparison.Ordinal);
        Assert.DoesNotContain(whole.Split('\n')[1], fleet.Log, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Key, whole, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Key, DateTime.UtcNow.AddSeconds(5));
        Assert.Equal(second, await Shown(fleet.Address, "sealane.test"));
    }

    [Fact]
    public async Task Cookies_are_for_tls_alone_and_only_the_certificates_names_are_answered()
    {
        Write();
        await using var fleet = new ServedFleet { Certificate = new(Chain, Key) };
        await fleet.InitializeAsync();
        using var client = Client(fleet.Address);
        using var login = await client.GetAsync("/login", TestContext.Current.CancellationToken);
        Assert.Equal("max-age=31536000", login.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.All(login.Headers.GetValues("Set-Cookie"), cookie =>
            Assert.Contains("; secure", cookie, StringComparison.Ordinal));
        // Raw, because a client of the platform asks for the certificate of the name that it sends.
        await using var stream = await Connected(fleet.Address, "sealane.test");
        await stream.WriteAsync("GET /login HTTP/1.1\r\nHost: evil.test\r\n\r\n"u8.ToArray(),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 400 Bad Request", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<HttpRequestException>(() => new HttpClient().GetAsync(
            new UriBuilder(fleet.Address) { Scheme = "http" }.Uri, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void What_cannot_be_used_is_refused_and_nothing_of_it_is_told()
    {
        Write();
        var key = File.ReadAllText(Key);
        Write();
        File.WriteAllText(Key, key);
        Refused("not of each other");
        File.WriteAllText(Key, key.Replace("KEY", "KAY", StringComparison.Ordinal));
        Refused("not in PEM form");
        File.Delete(Key);
        Refused("are not used");
        Write();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Refused("chmod 640");
        }

        void Refused(string why)
        {
            var error = Assert.Throws<UsageError>(() => new ServerCertificate(Chain, Key));
            Assert.Contains(why, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(key.Split('\n')[1], error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("in the clear", "--listen", "0.0.0.0")]
    [InlineData("in the clear", "--listen", "192.0.2.1")]
    [InlineData("is no address", "--listen", "everywhere")]
    [InlineData("with its key", "--certificate", "chain.pem")]
    [InlineData("are not used", "--certificate", "/no/chain.pem", "--certificate-key", "/no/key.pem")]
    public async Task It_does_not_start_where_tokens_would_be_seen(string why, params string[] arguments)
    {
        using var said = new StringWriter();
        var parsed = Sealane.Service.Program.Root()
            .Parse(["--data", Path.Combine(_folder.FullName, "data"), .. arguments]);
        var error = await Assert.ThrowsAsync<UsageError>(() => parsed.InvokeAsync(
            new() { EnableDefaultExceptionHandler = false, Output = said, Error = said },
            TestContext.Current.CancellationToken));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "data")));
    }

    public void Dispose()
    {
        _root.Dispose();
        _between.Dispose();
        _folder.Delete(recursive: true);
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? by)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return Signed(request, key, by);
    }

    private static X509Certificate2 Signed(CertificateRequest request, ECDsa key, X509Certificate2? by)
    {
        var (from, until) = (Now.AddDays(-1), Now.AddDays(1));
        if (by is null)
        {
            return request.CreateSelfSigned(from, until);
        }
        using var signed = request.Create(by, from, until, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <returns>What tells it from others.</returns>
    private string Write()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=service", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("sealane.test");
        request.CertificateExtensions.Add(names.Build());
        using var leaf = Signed(request, key, _between);
        File.WriteAllText(Chain, $"{leaf.ExportCertificatePem()}\n{_between.ExportCertificatePem()}\n");
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return leaf.Thumbprint;
    }

    private async Task<SslStream> Connected(Uri address, string name)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, TestContext.Current.CancellationToken);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), false, Trusts);
        await stream.AuthenticateAsClientAsync(name);
        return stream;
    }

    private async Task<string> Shown(Uri address, string name)
    {
        await using var stream = await Connected(address, name);
        return ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;
    }

    private HttpClient Client(Uri address)
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false };
        sockets.SslOptions.RemoteCertificateValidationCallback = Trusts;
        sockets.ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, address.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        };
        return new(sockets) { BaseAddress = new($"https://sealane.test:{address.Port}") };
    }

    private bool Trusts(object sender, X509Certificate? shown, X509Chain? presented, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ExtraStore.AddRange(presented!.ChainPolicy.ExtraStore);
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            && (chain.Build((X509Certificate2)shown!) ? true : throw new InvalidOperationException(
                $"{presented.ChainPolicy.ExtraStore.Count} between; "
                    + string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation))));
    }
}

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sealane.Cli;

namespace Sealane.Tests.Cli;

/// <summary>
/// What <c>SEALANE_CA_FILE</c> changes: whose signature counts, and nothing else of what makes a certificate good.
/// Against a
/// real TLS server, because the system's own check has a say before ours.
/// </summary>
public sealed class ServerTrustTests : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sealane-trust-");
    private readonly X509Certificate2 _authority = Authority("CN=Company proxy");

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_server_of_the_authority_is_spoken_to() =>
        Assert.Null(await Refusal(Server(_authority, "localhost"), Pem(_authority)));

    [Fact]
    public async Task A_certificate_for_another_name_is_refused() =>
        Assert.Contains("another name", await Refusal(Server(_authority, "evil.example"), Pem(_authority)));

    [Fact]
    public async Task A_certificate_that_is_not_made_for_servers_is_refused() =>
        Assert.Contains("NotValidForUsage", await Refusal(Server(_authority, "localhost", use: ClientUse),
            Pem(_authority)));

    [Fact]
    public async Task A_certificate_that_has_run_out_is_refused() =>
        Assert.Contains("NotTimeValid", await Refusal(Server(_authority, "localhost", until: Now.AddDays(-1)),
            Pem(_authority)));

    [Fact]
    public async Task A_server_of_another_authority_is_refused()
    {
        using var other = Authority("CN=Company proxy");
        Assert.Contains("is not accepted", await Refusal(Server(other, "localhost"), Pem(_authority)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Every_certificate_of_a_bundle_counts(int which)
    {
        using var second = Authority("CN=Second");
        X509Certificate2[] bundle = [_authority, second];
        Assert.Null(await Refusal(Server(bundle[which], "localhost"), Pem(bundle)));
    }

    [Fact]
    public async Task An_intermediate_of_the_bundle_completes_the_chain()
    {
        using var between = Intermediate(_authority);
        Assert.Null(await Refusal(Server(between, "localhost"), Pem(between, _authority)));
        Assert.Contains("is not accepted", await Refusal(Server(between, "localhost"), Pem(between)));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "holds no certificate")]
    [InlineData("not a certificate\n", "holds no certificate")]
    public void A_file_without_a_certificate_is_said_to_be_one(string? text, string why)
    {
        var path = Path.Combine(_directory.FullName, "authority.pem");
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }
        var error = Assert.Throws<UsageError>(() => ServerTrust.Load(path));
        Assert.Contains(path, error.Message);
        Assert.Contains(why, error.Message);
        Assert.Contains("fix: ", error.Message);
    }

    /// <summary>Null: spoken to. Otherwise why not.</summary>
    private static async Task<string?> Refusal(X509Certificate2 certificate, string pem)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Serve(listener, certificate);
        var trust = ServerTrust.Load(pem);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, trust.Accepts);
        try
        {
            await tls.AuthenticateAsClientAsync("localhost");
            return null;
        }
        catch (AuthenticationException refused)
        {
            return refused.Message;
        }
        finally
        {
            client.Close();
            await serving;
            certificate.Dispose();
        }
    }

    private static async Task Serve(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException)
        {
            // The client turned away, as it should.
        }
    }

    private string Pem(params X509Certificate2[] certificates)
    {
        var path = Path.Combine(_directory.FullName, $"{Guid.NewGuid()}.pem");
        File.WriteAllText(path, string.Concat(certificates.Select(certificate => certificate.ExportCertificatePem()
            + "\n")));
        return path;
    }

    private static X509Certificate2 Authority(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Signing(new(subject, key, HashAlgorithmName.SHA256)).CreateSelfSigned(Now.AddDays(-10), Now.AddDays(10));
    }

    private static X509Certificate2 Intermediate(X509Certificate2 issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Issued(Signing(new("CN=Between", key, HashAlgorithmName.SHA256)), issuer, key, Now.AddDays(9));
    }

    private static X509Certificate2 Server(X509Certificate2 issuer, string name, string use = ServerUse,
        DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(use)], false));
        using var made = Issued(request, issuer, key, until ?? Now.AddDays(5));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private static X509Certificate2 Issued(CertificateRequest request, X509Certificate2 issuer, ECDsa key,
        DateTimeOffset until)
    {
        using var made = request.Create(issuer, Now.AddDays(-9), until, Guid.NewGuid().ToByteArray());
        return made.CopyWithPrivateKey(key);
    }

    private static CertificateRequest Signing(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request;
    }
}

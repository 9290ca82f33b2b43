using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sealane.Tests.Service.Cluster;

/// <summary>An authority of a cluster's own, in a folder, and what it signs.</summary>
internal sealed class SiloPapers : IDisposable
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    private readonly string _folder;
    private readonly X509Certificate2 _authority;

    public SiloPapers(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=silos", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(2));
        File.WriteAllText(Authority, _authority.ExportCertificatePem());
    }

    public string Authority => Path.Combine(_folder, "authority.pem");

    /// <summary>Whoever shows it may be called and may call.</summary>
    public X509Certificate2 Sign(string name, int days = 1)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(_authority, s_now.AddDays(-1), s_now.AddDays(days).AddHours(-1),
            RandomNumberGenerator.GetBytes(8));
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null,
            X509KeyStorageFlags.Exportable);
    }

    /// <returns>The options of a silo that shows a certificate of this authority.</returns>
    public string[] Of(string name, int days = 1)
    {
        using var signed = Sign(name, days);
        var (chain, key) = (Path.Combine(_folder, $"{name}.pem"), Path.Combine(_folder, $"{name}-key.pem"));
        File.WriteAllText(chain, signed.ExportCertificatePem());
        File.WriteAllText(key, signed.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return [$"--silo-certificate={chain}", $"--silo-certificate-key={key}",
            $"--silo-certificate-authority={Authority}"];
    }

    public void Dispose() => _authority.Dispose();
}

using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sealane.Cli;

/// <summary>
/// Authorities that are trusted beside the system's own: that of a served sandbox, or of a company's proxy. They are
/// looked
/// at where the system's are, so nothing else of a certificate is forgiven: the name of the server must stand in it,
/// its
/// dates must hold, and it must be made for servers.
/// </summary>
internal sealed class ServerTrust
{
    /// <summary>id-kp-serverAuth: RFC 5280, section 4.2.1.12.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _authorities;

    private ServerTrust(X509Certificate2Collection authorities)
    {
        _authorities = authorities;
    }

    /// <summary>All certificates of a PEM file: bundles of proxies hold several, roots and intermediates.</summary>
    public static ServerTrust Load(string path)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(path, $"cannot be read: {error.Message}");
        }
        return authorities.Count > 0 ? new(authorities) : throw Unusable(path, "holds no certificate in PEM form");
    }

    /// <summary>Asked where the system's own authorities do not vouch for a server, and where they do.</summary>
    /// <exception cref="AuthenticationException">The certificate is refused, with the reason.</exception>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }
        var server = (sender as SslStream)?.TargetHostName is { Length: > 0 } name ? name : "the server";
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            throw Refused(server, "shows no certificate");
        }
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw Refused(server, $"shows a certificate for another name ({certificate.Subject})");
        }
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.ExtraStore.AddRange(_authorities);
        foreach (var element in presented?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        // As the system's own check does here: revocation lists are seldom reachable from where networks are built.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf) ? true : throw Refused(server,
            $"shows a certificate that is not accepted "
                + $"({string.Join(", ", chain.ChainStatus.Select(status => status.Status))})");
    }

    private static AuthenticationException Refused(string server, string what) =>
        new($"{server} {what}: neither the system nor {Endpoints.AuthorityVariable} vouches for its certificate");

    private static UsageError Unusable(string path, string what) => new(
        $"error: {Endpoints.AuthorityVariable}: {path} {what}\n"
        + $"  fix: name the PEM file of the authority to trust, or unset {Endpoints.AuthorityVariable}");
}

using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sealane.Service.Security;

/// <summary>
/// The certificate that the service shows, to people or to its other silos, with those between it and its authority,
/// from PEM files as ACME clients and Kubernetes write them. Read again when a file has changed; what cannot be used
/// then is told in the log, and the one before goes on being shown.
/// </summary>
internal sealed class ServerCertificate
{
    private readonly (string Chain, string Key) _files;
    private readonly string _option;
    private readonly Lock _gate = new();
    private (DateTime Chain, DateTime Key) _of;
    private SslStreamCertificateContext _shown;
    private string? _trouble;

    /// <param name="option">That named the chain; the key's has <c>-key</c> after it.</param>
    /// <exception cref="UsageError">The files are no certificate and its key, or others can read the key.</exception>
    public ServerCertificate(string chain, string key, string option = "--certificate")
    {
        (_files, _option) = ((chain, key), option);
        _of = Written();
        _shown = Read();
    }

    /// <summary>The names and addresses that it is for.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var names = _shown.TargetCertificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
            return [.. names.SelectMany(name => name.EnumerateDnsNames()),
                .. names.SelectMany(name => name.EnumerateIPAddresses()).Select(address => Host(address))];
        }
    }

    /// <summary>What a new connection of people and programs is shown.</summary>
    public SslServerAuthenticationOptions Shown(ILogger log) => new()
    {
        ServerCertificateContext = Now(log),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };

    /// <summary>As the files have it now.</summary>
    public SslStreamCertificateContext Now(ILogger log)
    {
        lock (_gate)
        {
            try
            {
                if (Written() is var now && now != _of)
                {
                    (_of, _shown, _trouble) = (now, Read(), null);
                }
            }
            catch (UsageError error)
            {
                if (_trouble != error.Message)
                {
                    Log.CertificateKept(log, error.Message.Split('\n')[0]);
                }
                _trouble = error.Message;
            }
            return _shown;
        }
    }

    /// <summary>An address as it stands in a Host header.</summary>
    private static string Host(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";

    private (DateTime Chain, DateTime Key) Written() =>
        (File.GetLastWriteTimeUtc(_files.Chain), File.GetLastWriteTimeUtc(_files.Key));

    private SslStreamCertificateContext Read()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(_files.Key)
                & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite)) != 0)
            {
                throw new UsageError($"error: everybody may read the key {_files.Key}\n  fix: chmod 640 {_files.Key}");
            }
            using var read = X509Certificate2.CreateFromPemFile(_files.Chain, _files.Key);
            // A key that was only read from PEM is not usable everywhere; one from PKCS #12 is.
            var leaf = X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
            var between = new X509Certificate2Collection();
            between.ImportFromPemFile(_files.Chain);
            return SslStreamCertificateContext.Create(leaf, between, offline: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException
            or ArgumentException)
        {
            // What a broken PEM says may hold a part of it.
            throw new UsageError($"error: {_files.Chain} and {_files.Key} are not used as certificate and key: "
                + (error is CryptographicException or ArgumentException ? "one is not in PEM form, or they are not of "
                    + "each other" : error.Message) + $"\n  fix: {_option} takes the chain and {_option}-key "
                + "its private key, without a password");
        }
    }
}

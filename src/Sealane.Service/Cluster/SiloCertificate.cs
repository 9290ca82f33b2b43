using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Sealane.Service.Security;

namespace Sealane.Service.Cluster;

/// <summary>
/// By what silos know each other: each shows a certificate, whichever of them calls, and takes what the cluster's own
/// authority has signed, under whatever name. Revocation is not asked for: what is to be let in no more gets another
/// authority.
/// </summary>
internal sealed class SiloCertificate(ServerCertificate own, X509Certificate2Collection authority)
{
    public const string Option = "--silo-certificate";

    /// <summary>Where it is told that a new certificate cannot be used.</summary>
    public ILogger Log { get; set; } = NullLogger.Instance;

    /// <exception cref="UsageError">A file cannot be used.</exception>
    public static SiloCertificate Read(string chain, string key, string authority)
    {
        var known = new X509Certificate2Collection();
        try
        {
            known.ImportFromPemFile(authority);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Unusable(authority, error is CryptographicException ? "is not in PEM form" : error.Message);
        }
        var silo = known.Count == 0 ? throw Unusable(authority, "holds no certificate")
            : new SiloCertificate(new(chain, key, Option), known);
        using var shown = X509CertificateLoader.LoadCertificate(silo.Own.RawData);
        return silo.IsOfTheCluster(shown, null) ? silo
            : throw new UsageError($"error: {chain} is not signed by what {authority} holds, or its time is over: the "
                + $"other silos would not let this one in\n  fix: {Option}-authority takes the authority that signed "
                + "it");
    }

    /// <summary>What this silo shows.</summary>
    public X509Certificate2 Own => own.Now(Log).TargetCertificate;

    /// <param name="sent">With it, as those between it and the authority.</param>
    public bool IsOfTheCluster(X509Certificate2 other, X509Chain? sent)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }
        return chain.Build(other);
    }

    private static UsageError Unusable(string file, string why) =>
        new($"error: {Option}-authority: {file} {why}\n  fix: the certificate, PEM, of the authority that signs those "
            + "of the silos and nothing else");
}

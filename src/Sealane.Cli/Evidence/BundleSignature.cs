using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sealane.Cli.Evidence;

/// <summary>
/// A detached signature over the manifest with a key of the user's: ECDSA (DER) or RSA (PKCS #1), SHA-256, as
/// <c>openssl dgst -sha256 -verify signer.pem -signature manifest.sig manifest.json</c> checks it too.
/// </summary>
internal static class BundleSignature
{
    public static byte[] Sign(string keyFile, byte[] manifest)
    {
        var pem = Pem(keyFile);
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal))
        {
            throw new UsageError($"error: the key in {keyFile} is locked with a passphrase, which is not asked for\n "
                + " fix: "
                + "sign afterwards: openssl dgst -sha256 -sign KEY -out manifest.sig manifest.json");
        }
        try
        {
            using var ec = ECDsa.Create();
            if (Import(ec, pem))
            {
                return ec.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            }
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.SignData(manifest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            throw Unusable(keyFile, "private");
        }
    }

    /// <param name="signerFile">A public key or a certificate.</param>
    public static bool Fits(string signerFile, byte[] manifest, byte[] signature)
    {
        var pem = Pem(signerFile);
        try
        {
            if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            {
                using var certificate = X509Certificate2.CreateFromPem(pem);
                pem = PemEncoding.WriteString("PUBLIC KEY", certificate.PublicKey.ExportSubjectPublicKeyInfo());
            }
            using var ec = ECDsa.Create();
            if (Import(ec, pem))
            {
                return ec.VerifyData(
                    manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            }
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return rsa.VerifyData(manifest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            throw Unusable(signerFile, "public");
        }
    }

    private static bool Import(ECDsa ec, string pem)
    {
        try
        {
            ec.ImportFromPem(pem);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            // Another kind of key.
            return false;
        }
    }

    private static string Pem(string file) => File.Exists(file) ? File.ReadAllText(file)
        : throw new UsageError($"error: there is no key file {file}");

    private static UsageError Unusable(string file, string kind) => new(
        $"error: {file} holds no {kind} key that can be used\n  fix: an ECDSA or RSA key as PEM, for instance: openssl "
        + "ecparam -name prime256v1 -genkey -noout -out key.pem; openssl ec -in key.pem -pubout -out signer.pem");
}

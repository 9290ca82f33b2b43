using System.Security.Cryptography;
using System.Text;

namespace Sealane.Sandbox.World;

/// <summary>
/// Who one is to the simulated clouds. These are not secrets: they open nothing but a sandbox, and foreign clients are
/// told them by <c>sandbox serve</c>.
/// </summary>
public static class SandboxIdentity
{
    public const string AwsAccessKeyId = "AKIASEALANESANDBOX01";

    /// <summary>Of another account of the same world; the secret is the same.</summary>
    public static string AwsAccessKeyOf(string account) => $"AKIASEAL{account}";

    /// <summary>The key of an authorization that the owner of a circuit of another subscription has given.</summary>
    /// <param name="number">From 1: a key is redeemed once, and the next one is another.</param>
    public static string AuthorizationKeyOf(string circuitId, int number) => KeyOf($"{circuitId}/{number}");

    /// <summary>By which Megaport knows such a circuit.</summary>
    internal static string ServiceKeyOf(string circuitId) => KeyOf(circuitId);

    public const string AwsSecretAccessKey = "sandbox/only/no/real/account/0123456789+";
    public const string AzureClientId = "5ea1a9e0-0000-4000-8000-000000000002";
    public const string AzureClientSecret = "sandbox-only-client-secret";
    public const string MegaportAccessKey = "sandbox-access-key";
    public const string MegaportSecretKey = "sandbox-only-secret-key";

    private static string KeyOf(string text) =>
        Uuids.Of(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToLowerInvariant())));
}

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

    public const string AwsSecretAccessKey = "sandbox/only/no/real/account/0123456789+";
    public const string AzureClientId = "5ea1a9e0-0000-4000-8000-000000000002";
    public const string AzureClientSecret = "sandbox-only-client-secret";
    public const string MegaportAccessKey = "sandbox-access-key";
    public const string MegaportSecretKey = "sandbox-only-secret-key";
}

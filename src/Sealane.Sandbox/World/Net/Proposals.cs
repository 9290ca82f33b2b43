using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;

namespace Sealane.Sandbox.World.Net;

/// <summary>Whether IKE finds a suite that both ends allow.</summary>
internal static class Proposals
{
    /// <summary>Azure's default main mode without a custom policy: group 2 only.</summary>
    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-compliance-crypto</remarks>
    private static readonly AzureIpsecPolicy Default = new("AES256", "SHA256", "AES256", "SHA256", "DHGroup2", "None",
        27000, 102400000);

    public static string WhyNot(TunnelOptions aws, AzureIpsecPolicy? policy, string protocol)
    {
        var azure = policy ?? Default;
        var ike = protocol.ToLowerInvariant();
        return
            !TunnelOptions.Allowed(aws.IkeVersions, TunnelOptions.Ikes).Contains(ike) ? $"AWS does not allow {protocol}"
            : !TunnelOptions.Allowed(aws.Phase1Encryption, TunnelOptions.Encryptions)
                .Contains(Encryption(azure.IkeEncryption))
                ? $"IKE encryption: Azure {azure.IkeEncryption}, AWS {string.Join(", ", aws.Phase1Encryption)}"
            : !IsGcm(azure.IkeEncryption) && !TunnelOptions.Allowed(aws.Phase1Integrity, TunnelOptions.Integrities)
                .Contains(Integrity(azure.IkeIntegrity))
                ? $"IKE integrity: Azure {azure.IkeIntegrity}, AWS {string.Join(", ", aws.Phase1Integrity)}"
            : !TunnelOptions.Allowed(aws.Phase1DhGroups, TunnelOptions.Phase1Groups).Contains(Group(azure.DhGroup))
                ? $"IKE group: Azure {azure.DhGroup}, AWS {string.Join(", ", aws.Phase1DhGroups)}"
            : !TunnelOptions.Allowed(aws.Phase2Encryption, TunnelOptions.Encryptions)
                .Contains(Encryption(azure.IpsecEncryption))
                ? $"ESP encryption: Azure {azure.IpsecEncryption}, AWS {string.Join(", ", aws.Phase2Encryption)}"
            : !IsGcm(azure.IpsecEncryption) && !TunnelOptions.Allowed(aws.Phase2Integrity, TunnelOptions.Integrities)
                .Contains(Integrity(azure.IpsecIntegrity))
                ? $"ESP integrity: Azure {azure.IpsecIntegrity}, AWS {string.Join(", ", aws.Phase2Integrity)}"
            // Without PFS at one end a first tunnel still comes up with AWS's defaults; with pinned groups it does not.
            : azure.PfsGroup == "None" ? aws.Phase2DhGroups.Count == 0 ? "" : "Azure uses no PFS, AWS demands a group"
            : !TunnelOptions.Allowed(aws.Phase2DhGroups, TunnelOptions.Phase2Groups).Contains(Group(azure.PfsGroup))
                ? $"PFS group: Azure {azure.PfsGroup}, AWS {string.Join(", ", aws.Phase2DhGroups)}"
            : "";
    }

    /// <summary>What they agree on when <see cref="WhyNot"/> finds nothing: Azure proposes exactly one suite.</summary>
    public static NegotiatedSuite Agreed(TunnelOptions aws, AzureIpsecPolicy? policy, string protocol)
    {
        var azure = policy ?? Default;
        return new(
            protocol.ToLowerInvariant(),
            Encryption(azure.IkeEncryption),
            Hash(azure.IkeEncryption, azure.IkeIntegrity, aws.Phase1Integrity),
            Group(azure.DhGroup),
            Encryption(azure.IpsecEncryption),
            Hash(azure.IpsecEncryption, azure.IpsecIntegrity, aws.Phase2Integrity),
            azure.PfsGroup == "None" ? null : Group(azure.PfsGroup));
    }

    /// <summary>GCM has its own integrity; AWS then shows the first hash of its options (unconfirmed).</summary>
    private static string Hash(string encryption, string integrity, IReadOnlyList<string> aws) =>
        IsGcm(encryption) ? TunnelOptions.Allowed(aws, TunnelOptions.Integrities)[0] : Integrity(integrity);

    private static bool IsGcm(string name) => name.StartsWith("GCM", StringComparison.Ordinal);

    private static string Encryption(string azure) => azure switch
    {
        "GCMAES128" => "AES128-GCM-16",
        "GCMAES256" => "AES256-GCM-16",
        _ => azure,
    };

    private static string Integrity(string azure) => azure switch
    {
        "SHA256" => "SHA2-256",
        "SHA384" => "SHA2-384",
        _ => azure,
    };

    private static int Group(string azure) => azure switch
    {
        "DHGroup2" or "PFS2" => 2,
        "DHGroup14" or "DHGroup2048" or "PFS2048" or "PFS14" => 14,
        "ECP256" => 19,
        "ECP384" => 20,
        "DHGroup24" or "PFS24" => 24,
        _ => 1,
    };
}

using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>The suite in Azure's words. A custom policy has all eight members, and there is exactly one.</summary>
/// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-compliance-crypto</remarks>
public sealed record IpsecPolicy(
    string IkeEncryption, string IkeIntegrity, string DhGroup, string IpsecEncryption, string IpsecIntegrity,
    string PfsGroup,
    int SaLifeTimeSeconds, int SaDataSizeKilobytes)
{
    /// <summary>Rekey by volume at Azure's own default, about 100 GB: far beyond the hourly rekey by time at these
    /// rates.</summary>
    private const int DefaultDataSizeKilobytes = 102_400_000;

    /// <summary>
    /// IKE's lifetime cannot be set on Azure; it is 28800 s. Phase 2's can, and is. An AES-GCM cipher authenticates by
    /// itself, and
    /// Azure wants it named a second time as the integrity.
    /// </summary>
    public static IpsecPolicy Of(IpsecSuite suite) => new(
        Encryption(suite.Phase1Encryption),
        Integrity(suite.Phase1Integrity),
        suite.Phase1DhGroup switch
        {
            14 => "DHGroup14",
            19 => "ECP256",
            20 => "ECP384",
            24 => "DHGroup24",
            var other => throw Unknown($"IKE group {other}"),
        },
        Encryption(suite.Phase2Encryption),
        Encryption(suite.Phase2Encryption) is var cipher && cipher.StartsWith("GCM", StringComparison.Ordinal)
            ? cipher
            : Integrity(suite.Phase2Integrity),
        suite.Phase2DhGroup switch
        {
            14 => "PFS2048",
            19 => "ECP256",
            20 => "ECP384",
            24 => "PFS24",
            var other => throw Unknown($"PFS group {other}"),
        },
        suite.Phase2LifetimeSeconds, DefaultDataSizeKilobytes);

    internal static IpsecPolicy? Read(JsonNode? node) => node is null ? null : new(
        node.Text("ikeEncryption") ?? "", node.Text("ikeIntegrity") ?? "", Canonical(node.Text("dhGroup")),
        node.Text("ipsecEncryption") ?? "", node.Text("ipsecIntegrity") ?? "", Canonical(node.Text("pfsGroup")),
        (int)(node.Number("saLifeTimeSeconds") ?? 0), (int)(node.Number("saDataSizeKilobytes") ?? 0));

    internal JsonObject Write() => new()
    {
        ["saLifeTimeSeconds"] = SaLifeTimeSeconds,
        ["saDataSizeKilobytes"] = SaDataSizeKilobytes,
        ["ipsecEncryption"] = IpsecEncryption,
        ["ipsecIntegrity"] = IpsecIntegrity,
        ["ikeEncryption"] = IkeEncryption,
        ["ikeIntegrity"] = IkeIntegrity,
        ["dhGroup"] = DhGroup,
        ["pfsGroup"] = PfsGroup,
    };

    public override string ToString() =>
        $"IKE {IkeEncryption}/{IkeIntegrity}/{DhGroup}, ESP {IpsecEncryption}/{IpsecIntegrity}/{PfsGroup} "
            + $"{SaLifeTimeSeconds} s "
        + $"{SaDataSizeKilobytes} kB";

    // Two names for group 14 in each place.
    private static string Canonical(string? group) => group switch
    {
        "DHGroup2048" => "DHGroup14",
        "PFS14" => "PFS2048",
        _ => group ?? "",
    };

    private static string Encryption(string name) => name switch
    {
        "AES128" => "AES128",
        "AES256" => "AES256",
        "AES128-GCM-16" => "GCMAES128",
        "AES256-GCM-16" => "GCMAES256",
        _ => throw Unknown(name),
    };

    private static string Integrity(string name) => name switch
    {
        "SHA2-256" => "SHA256",
        "SHA2-384" => "SHA384",
        _ => throw Unknown(name),
    };

    private static CloudError Unknown(string what) => new(
        Cloud.Azure, "PUT connections", CloudErrorKind.Invalid, null, null, $"Azure has no {what}",
        advice: "choose a suite that both clouds know: AES256-GCM-16, SHA2-256 or SHA2-384, group 14, 19, 20 or 24");
}

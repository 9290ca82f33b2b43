namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>A custom IPsec/IKE policy: one, with all eight members, every one from the service's lists.</summary>
/// <remarks>https://learn.microsoft.com/azure/vpn-gateway/ipsec-ike-policy-howto</remarks>
internal static class IpsecPolicyRules
{
    private static readonly (string Member, string[] Values)[] Lists =
    [
        ("ipsecEncryption",
            ["None", "DES", "DES3", "AES128", "AES192", "AES256", "GCMAES128", "GCMAES192", "GCMAES256"]),
        ("ipsecIntegrity", ["MD5", "SHA1", "SHA256", "GCMAES128", "GCMAES192", "GCMAES256"]),
        ("ikeEncryption", ["DES", "DES3", "AES128", "AES192", "AES256", "GCMAES256", "GCMAES128"]),
        ("ikeIntegrity", ["MD5", "SHA1", "SHA256", "SHA384", "GCMAES256", "GCMAES128"]),
        ("dhGroup", ["None", "DHGroup1", "DHGroup2", "DHGroup14", "DHGroup2048", "DHGroup24", "ECP256", "ECP384"]),
        ("pfsGroup", ["None", "PFS1", "PFS2", "PFS2048", "ECP256", "ECP384", "PFS24", "PFS14", "PFSMM"]),
    ];

    public static IEnumerable<ArmError> Of(PutRequest put)
    {
        var policies = put.Properties.Items("ipsecPolicies");
        if (policies.Count > 1)
        {
            yield return Bad("A connection has at most one IPsec policy.");
        }
        foreach (var policy in policies)
        {
            foreach (var (member, values) in Lists)
            {
                if (!values.Contains(policy.Text(member)))
                {
                    yield return Bad($"{member} '{policy.Text(member)}' is missing or not supported.");
                }
            }
            if (policy.Number("saLifeTimeSeconds") is not (>= 300 and <= 172799))
            {
                yield return Bad("saLifeTimeSeconds must be 300 to 172799.");
            }
            // Zero means unlimited (terraform-provider-azurerm #27056).
            if (policy.Number("saDataSizeKilobytes") is not (0 or (>= 1024 and <= 2147483647)))
            {
                yield return Bad("saDataSizeKilobytes must be 0 or 1024 to 2147483647.");
            }
            var (encryption, integrity) = (policy.Text("ipsecEncryption"), policy.Text("ipsecIntegrity"));
            if ((IsGcm(encryption) || IsGcm(integrity)) && encryption != integrity)
            {
                yield return Bad($"With GCM ipsecEncryption and ipsecIntegrity must be the same, not {encryption} and "
                    + $"{integrity}.");
            }
        }
    }

    private static bool IsGcm(string? algorithm) => algorithm?.StartsWith("GCM", StringComparison.Ordinal) == true;

    private static ArmError Bad(string message) => ArmError.Bad(PlaceholderCodes.ConnectionIpsecPolicy, message);
}

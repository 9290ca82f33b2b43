using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL311-314: the suite. Both ends are pinned to one choice, so it must be one that both know and that
/// holds.</summary>
public static class CryptoChecks
{
    private static readonly string[] Encryption = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];

    public static readonly DesignCheck EncryptionIsSound = new()
    {
        Id = "SL311",
        Severity = Severity.Error,
        Title = "IKE and ESP encrypt with AES, in a mode that both clouds know",
        Why = "Azure's policy also takes None, which is no encryption at all, and DES and 3DES, which no longer "
            + "protect; AWS refuses them, so at best the tunnel never comes up.",
        Fix = "Write AES256 for phase 1 and AES256-GCM-16 for phase 2, or their AES128 forms.",
        Sources = [Docs.TunnelOptions, Docs.AzureCrypto, Docs.EspAlgorithms],
        Find = design => from phase in new[]
                         {
                             ("ipsec.phase1Encryption", "IKE", design.Ipsec.Phase1Encryption),
                             ("ipsec.phase2Encryption", "ESP", design.Ipsec.Phase2Encryption),
                         }
                         where !Encryption.Contains(phase.Item3)
                         select new Flaw(phase.Item1, phase.Item3.ToUpperInvariant() is "NONE" or "NULL"
                             ? $"{phase.Item2} encryption {phase.Item3} is no encryption at all"
                             : $"{phase.Item2} encryption {phase.Item3} is not one of {string.Join(", ", Encryption)}"),
    };

    public static readonly DesignCheck IntegrityIsCommon = new()
    {
        Id = "SL312",
        Severity = Severity.Error,
        Title = "The integrity algorithms are SHA-2 and known to both clouds",
        Why = "Azure knows SHA256 and SHA384 for IKE but only SHA256 for ESP; AWS's SHA2-512 has no counterpart there. "
            + "SHA1 and MD5 are not to be used in new tunnels. With a GCM cipher ESP needs no separate integrity.",
        Fix = "Write SHA2-256, or SHA2-384 for phase 1 (for phase 2 only together with a GCM cipher).",
        Sources = [Docs.TunnelOptions, Docs.AzureCrypto, Docs.IkeAlgorithms],
        Find = design =>
        [
            .. design.Ipsec.Phase1Integrity is not ("SHA2-256" or "SHA2-384")
                ? [new Flaw("ipsec.phase1Integrity",
                    $"IKE integrity {design.Ipsec.Phase1Integrity} is not SHA2-256 or SHA2-384")]
                : Array.Empty<Flaw>(),
            .. design.Ipsec.Phase2Integrity is not ("SHA2-256" or "SHA2-384")
                ? [new Flaw("ipsec.phase2Integrity",
                    $"ESP integrity {design.Ipsec.Phase2Integrity} is not SHA2-256 or SHA2-384")]
                : design.Ipsec.Phase2Integrity == "SHA2-384" && !IsGcm(design.Ipsec.Phase2Encryption)
                    ? [new Flaw("ipsec.phase2Integrity",
                        $"Azure has no SHA2-384 for ESP with {design.Ipsec.Phase2Encryption}")]
                    : Array.Empty<Flaw>(),
        ],
    };

    public static readonly DesignCheck GroupIsCommon = new()
    {
        Id = "SL313",
        Severity = Severity.Error,
        Title = "The Diffie-Hellman groups are strong and known to both clouds",
        Why = "AWS and Azure have groups 2, 14, 19, 20 and 24 in common. Group 2 (1024 bits) is within reach of "
            + "well-funded attackers; with any other group the two ends find no proposal.",
        Fix = "Write 14 (2048 bits), 19 (ECP256) or 20 (ECP384).",
        Sources = [Docs.TunnelOptions, Docs.AzureCrypto, Docs.IkeAlgorithms],
        Find = design => from phase in Groups(design)
                         where phase.Group is not (14 or 19 or 20 or 24)
                         select new Flaw(phase.Path, phase.Group is 1 or 2 or 5
                             ? $"{phase.Name} group {phase.Group} is too weak"
                             : $"{phase.Name} group {phase.Group} is not known to both clouds"),
    };

    public static readonly DesignCheck GroupIsAdvisable = new()
    {
        Id = "SL314",
        Severity = Severity.Warning,
        Title = "The Diffie-Hellman groups are not discouraged",
        Why = "RFC 8247 advises against group 24: its small subgroups make it weaker than its 2048 bits suggest.",
        Fix = "Write 14, 19 or 20.",
        Sources = [Docs.IkeAlgorithms],
        Find = design => from phase in Groups(design)
                         where phase.Group == 24
                         select new Flaw(phase.Path, $"{phase.Name} group 24 is discouraged"),
    };

    private static IEnumerable<(string Path, string Name, int Group)> Groups(NetworkDesign design) =>
        [("ipsec.phase1DhGroup", "IKE", design.Ipsec.Phase1DhGroup),
            ("ipsec.phase2DhGroup", "PFS", design.Ipsec.Phase2DhGroup)];

    private static bool IsGcm(string encryption) => encryption.Contains("GCM", StringComparison.Ordinal);
}

using System.Globalization;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// One tunnel with nothing left to AWS: its lists are sets of what AWS accepts, all by default, and the weakest common
/// value can win; so each holds one value.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html</remarks>
public sealed record PinnedTunnel(int Number, Prefix InsideCidr, Secret PreSharedKey, IpsecSuite Suite)
{
    private const string IkeVersion = "ikev2";
    private const string OnDeadPeer = "restart";

    /// <summary>AWS begins the negotiation; Azure's default mode answers.</summary>
    private const string Startup = "start";

    // Defaults of the page above: an option at its default is absent from replies.
    private const long DefaultPhase1Lifetime = 28800;
    private const long DefaultPhase2Lifetime = 3600;
    private const long DefaultDpdTimeout = 30;

    internal void WriteTo(QueryForm form, string path, bool withInsideCidr) => form
        .Add($"{path}.TunnelInsideCidr", withInsideCidr ? InsideCidr.ToString() : null)
        .Add($"{path}.PreSharedKey", PreSharedKey)
        .Add($"{path}.IKEVersion.1.Value", IkeVersion)
        .Add($"{path}.Phase1EncryptionAlgorithm.1.Value", Suite.Phase1Encryption)
        .Add($"{path}.Phase1IntegrityAlgorithm.1.Value", Suite.Phase1Integrity)
        .Add($"{path}.Phase1DHGroupNumber.1.Value", Suite.Phase1DhGroup)
        .Add($"{path}.Phase2EncryptionAlgorithm.1.Value", Suite.Phase2Encryption)
        .Add($"{path}.Phase2IntegrityAlgorithm.1.Value", Suite.Phase2Integrity)
        .Add($"{path}.Phase2DHGroupNumber.1.Value", Suite.Phase2DhGroup)
        .Add($"{path}.Phase1LifetimeSeconds", Suite.Phase1LifetimeSeconds)
        .Add($"{path}.Phase2LifetimeSeconds", Suite.Phase2LifetimeSeconds)
        .Add($"{path}.DPDTimeoutSeconds", Suite.DpdTimeoutSeconds)
        .Add($"{path}.DPDTimeoutAction", OnDeadPeer)
        .Add($"{path}.StartupAction", Startup);

    /// <summary>What AWS holds otherwise, one line a field. A key that AWS does not show counts as right.</summary>
    public IReadOnlyList<string> DifferencesTo(VpnTunnel seen)
    {
        var name = $"tunnel {Number.ToString(CultureInfo.InvariantCulture)}";
        return new Differences()
            .Hidden($"{name} pre-shared key", ShownKey.MayBe(PreSharedKey, seen.PreSharedKey))
            .Word($"{name} IKE version", IkeVersion, Only(seen.IkeVersions))
            .Word($"{name} phase 1 encryption", Suite.Phase1Encryption, Only(seen.Phase1Encryption))
            .Word($"{name} phase 1 integrity", Suite.Phase1Integrity, Only(seen.Phase1Integrity))
            .Word($"{name} phase 1 DH group", Number10(Suite.Phase1DhGroup), Only(seen.Phase1DhGroups))
            .Word($"{name} phase 2 encryption", Suite.Phase2Encryption, Only(seen.Phase2Encryption))
            .Word($"{name} phase 2 integrity", Suite.Phase2Integrity, Only(seen.Phase2Integrity))
            .Word($"{name} phase 2 DH group", Number10(Suite.Phase2DhGroup), Only(seen.Phase2DhGroups))
            .Field($"{name} phase 1 lifetime (s)", Suite.Phase1LifetimeSeconds,
                seen.Phase1LifetimeSeconds ?? DefaultPhase1Lifetime)
            .Field($"{name} phase 2 lifetime (s)", Suite.Phase2LifetimeSeconds,
                seen.Phase2LifetimeSeconds ?? DefaultPhase2Lifetime)
            .Field($"{name} DPD timeout (s)", Suite.DpdTimeoutSeconds, seen.DpdTimeoutSeconds ?? DefaultDpdTimeout)
            .Word($"{name} DPD action", OnDeadPeer, seen.DpdTimeoutAction ?? OnDeadPeer)
            .Word($"{name} startup action", Startup, seen.StartupAction ?? Startup)
            .Lines;
    }

    private static string Only(IReadOnlyList<string>? list) => list is null or [] ? "any" : string.Join(" or ", list);

    private static string Number10(int value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;

namespace Sealane.Clouds.Found;

/// <summary>
/// The tunnels' suite, where the two ends leave no choice: what Azure pins and AWS takes, or the one thing that AWS
/// takes. Where they leave one, what is negotiated is neither's setting, and Sealane's default is told instead.
/// </summary>
internal static class SuiteFinder
{
    /// <param name="tunnels">Each with Azure's connection, where that was found.</param>
    public static void Read(FoundLink found, IReadOnlyList<(VpnTunnel Aws, JsonObject? Azure)> tunnels)
    {
        found.Notes.Add("ipsec.tcpMss: what hosts and firewalls clamp to is told by no cloud");
        if (tunnels.Count == 0)
        {
            return;
        }
        Read("phase1Encryption", "ikeEncryption", tunnel => tunnel.Phase1Encryption);
        Read("phase1Integrity", "ikeIntegrity", tunnel => tunnel.Phase1Integrity);
        Read("phase1DhGroup", "dhGroup", tunnel => tunnel.Phase1DhGroups);
        Read("phase2Encryption", "ipsecEncryption", tunnel => tunnel.Phase2Encryption);
        Read("phase2DhGroup", "pfsGroup", tunnel => tunnel.Phase2DhGroups);
        // GCM is its own integrity, and Azure names it a second time there.
        if (found.Values.Get("ipsec.phase2Encryption")?.Contains("GCM", StringComparison.Ordinal) != true)
        {
            Read("phase2Integrity", "ipsecIntegrity", tunnel => tunnel.Phase2Integrity);
        }
        Seconds("phase1LifetimeSeconds", tunnel => tunnel.Phase1LifetimeSeconds);
        Seconds("phase2LifetimeSeconds", tunnel => tunnel.Phase2LifetimeSeconds);
        Seconds("dpdTimeoutSeconds", tunnel => tunnel.DpdTimeoutSeconds);

        void Read(string key, string azure, Func<VpnTunnel, IReadOnlyList<string>?> aws) => Write(key, tunnels.Select(
            tunnel => Agreed(aws(tunnel.Aws), Word(tunnel.Azure.Items("properties", "ipsecPolicies").FirstOrDefault()
                .Text(azure)))));

        // What is left at AWS's default is absent, and AWS's defaults are ours.
        void Seconds(string key, Func<VpnTunnel, long?> of)
        {
            if (tunnels.Any(tunnel => of(tunnel.Aws) is not null))
            {
                Write(key, tunnels.Select(tunnel => of(tunnel.Aws)?.ToString(CultureInfo.InvariantCulture)));
            }
        }

        void Write(string key, IEnumerable<string?> values)
        {
            var all = values.Distinct().ToList();
            if (all is [{ } only])
            {
                found.Values[$"ipsec.{key}"] = only;
            }
            else
            {
                var why = all.Count > 1 ? "the tunnels differ in it" : "the ends do not pin it";
                found.Notes.Add($"ipsec.{key}: {why}; Sealane's default stands in for it");
            }
        }
    }

    private static string? Agreed(IReadOnlyList<string>? taken, string? pinned) =>
        pinned is null ? taken is [var only] ? only : null
        : taken is null || taken.Contains(pinned) ? pinned : null;

    /// <summary>Azure's word in AWS's.</summary>
    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-compliance-crypto</remarks>
    private static string? Word(string? azure) => azure switch
    {
        "AES128" or "AES256" => azure,
        "GCMAES128" => "AES128-GCM-16",
        "GCMAES256" => "AES256-GCM-16",
        "SHA256" => "SHA2-256",
        "SHA384" => "SHA2-384",
        "DHGroup14" or "DHGroup2048" or "PFS14" or "PFS2048" => "14",
        "ECP256" => "19",
        "ECP384" => "20",
        "DHGroup24" or "PFS24" => "24",
        _ => null,
    };
}

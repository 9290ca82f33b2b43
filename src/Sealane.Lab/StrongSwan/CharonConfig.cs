using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Lab.Model;

namespace Sealane.Lab.StrongSwan;

/// <summary>One end of one tunnel, as the IKE daemon is told it.</summary>
/// <param name="Gateway">The box that the tunnel's device is moved into.</param>
/// <param name="Device">The device's name there.</param>
/// <param name="Initiates">Azure starts, AWS answers. Both at once would make two security associations.</param>
/// <param name="Key">The pre-shared key goes to the daemon over its socket, never into a file.</param>
public sealed record CharonConfig(
    string Gateway, string Device, Ipv4 Local, Ipv4 Remote, bool Initiates, Secret Key, string IkeProposal,
        string EspProposal)
{
    public required int IkeLifetimeSeconds { get; init; }
    public required int EspLifetimeSeconds { get; init; }

    /// <summary>Seconds between questions; charon gives up after its retransmissions.</summary>
    public required int DpdDelaySeconds { get; init; }

    /// <summary>False: nothing is loaded, as where the connection was deleted.</summary>
    public bool Configured { get; init; } = true;

    public const string Connection = "tunnel";
    public const string Child = "esp";
}

public static class Charon
{
    // The plugins by name: with Debian's snippets every daemon would want the same sockets in /run. kernel-libipsec is
    // ESP in user space; it stands before kernel-netlink, so that it is asked first.
    private static readonly ImmutableArray<string> s_plugins =
    [
        "random", "nonce", "openssl", "pem", "pkcs1", "kdf", "hmac", "sha1", "sha2", "aes", "gcm",
        "kernel-libipsec", "kernel-netlink", "socket-default", "vici",
    ];

    public static CharonConfig Of(LabNetwork network, LabTunnel tunnel, bool aws)
    {
        var instance = network.Instances.First(one => one.Number == tunnel.Instance).Address;
        var suite = aws && tunnel.AwsPhase1Encryption is { } other
            ? network.Ipsec with { Phase1Encryption = other } : network.Ipsec;
        return new(
            aws ? "tgw" : $"vpn-gateway-{tunnel.Instance}", $"vti{tunnel.Number}", aws ? tunnel.AwsOutside : instance,
            aws ? instance : tunnel.AwsOutside, !aws, aws ? tunnel.AwsKey : tunnel.AzureKey,
            Suite.Ike(suite), Suite.Esp(suite))
        {
            IkeLifetimeSeconds = suite.Phase1LifetimeSeconds,
            EspLifetimeSeconds = suite.Phase2LifetimeSeconds,
            DpdDelaySeconds = Math.Max(1, suite.DpdTimeoutSeconds / 3),
            Configured = aws || tunnel.Configured,
        };
    }

    /// <summary>strongswan.conf of one daemon.</summary>
    /// <remarks>
    /// The fwmark that nothing carries turns off the routes which kernel-libipsec insists on (install_routes does not).
    /// https://docs.strongswan.org/docs/latest/plugins/kernel-libipsec.html
    /// </remarks>
    public static string File(string directory) => $$"""
        charon {
          load = {{string.Join(' ', s_plugins)}}
          install_routes = no
          install_virtual_ip = no
          retransmit_tries = 3
          retransmit_timeout = 2.0
          filelog {
            f {
              path = {{directory}}/charon.log
              time_format = %H:%M:%S
              time_add_ms = yes
              flush_line = yes
              default = 1
            }
          }
          plugins {
            vici {
              socket = unix://{{directory}}/charon.vici
            }
            kernel-netlink {
              fwmark = 0x2200
            }
            kernel-libipsec {
              load = yes
            }
          }
        }

        """;
}

/// <summary>AWS's words for a suite in strongSwan's.</summary>
/// <remarks>https://docs.strongswan.org/docs/latest/config/proposals.html</remarks>
public static class Suite
{
    public static string Ike(IpsecSuite suite)
    {
        var encryption = Encryption(suite.Phase1Encryption);
        var integrity = Integrity(suite.Phase1Integrity);
        return encryption.Contains("gcm", StringComparison.Ordinal)
            ? $"{encryption}-prf{integrity}-{Group(suite.Phase1DhGroup)}"
            : $"{encryption}-{integrity}-{Group(suite.Phase1DhGroup)}";
    }

    public static string Esp(IpsecSuite suite)
    {
        var encryption = Encryption(suite.Phase2Encryption);
        return encryption.Contains("gcm", StringComparison.Ordinal)
            ? $"{encryption}-{Group(suite.Phase2DhGroup)}"
            : $"{encryption}-{Integrity(suite.Phase2Integrity)}-{Group(suite.Phase2DhGroup)}";
    }

    private static string Encryption(string word) => word switch
    {
        "AES128" => "aes128",
        "AES256" => "aes256",
        "AES128-GCM-16" => "aes128gcm16",
        "AES256-GCM-16" => "aes256gcm16",
        _ => throw new LabError($"the lab knows no encryption {word}"),
    };

    private static string Integrity(string word) => word switch
    {
        "SHA2-256" => "sha256",
        "SHA2-384" => "sha384",
        "SHA2-512" => "sha512",
        _ => throw new LabError($"the lab knows no integrity {word}"),
    };

    private static string Group(int number) => number switch
    {
        14 => "modp2048",
        15 => "modp3072",
        16 => "modp4096",
        19 => "ecp256",
        20 => "ecp384",
        21 => "ecp521",
        24 => "modp2048s256",
        _ => throw new LabError($"the lab knows no Diffie-Hellman group {number}"),
    };
}

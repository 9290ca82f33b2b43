using System.Text.Json.Serialization;
using Sealane.Core;

namespace Sealane.Sandbox.Aws;

/// <summary>
/// What was asked for one tunnel. Null or empty means left at AWS's default, and AWS then leaves the member out of its
/// replies. The lists are allowed sets: an empty one allows everything that AWS knows, the weak algorithms too.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html</remarks>
public sealed class TunnelOptions
{
    public required string InsideCidr { get; set; }
    public string? InsideIpv6Cidr { get; set; }
    public required string PreSharedKey { get; set; }
    public List<string> Phase1Encryption { get; set; } = [];
    public List<string> Phase2Encryption { get; set; } = [];
    public List<string> Phase1Integrity { get; set; } = [];
    public List<string> Phase2Integrity { get; set; } = [];
    public List<int> Phase1DhGroups { get; set; } = [];
    public List<int> Phase2DhGroups { get; set; } = [];

    /// <summary><c>ikev1</c>, <c>ikev2</c>.</summary>
    public List<string> IkeVersions { get; set; } = [];
    public int? Phase1LifetimeSeconds { get; set; }
    public int? Phase2LifetimeSeconds { get; set; }
    public int? RekeyMarginTimeSeconds { get; set; }
    public int? RekeyFuzzPercentage { get; set; }
    public int? ReplayWindowSize { get; set; }
    public int? DpdTimeoutSeconds { get; set; }

    /// <summary><c>clear</c>, <c>none</c> or <c>restart</c>.</summary>
    public string? DpdTimeoutAction { get; set; }

    /// <summary><c>add</c> waits for the other end, <c>start</c> initiates. Null means <c>add</c>.</summary>
    public string? StartupAction { get; set; }
    public bool? EnableTunnelLifecycleControl { get; set; }
    public TunnelLogOptions? Log { get; set; }

    [JsonIgnore]
    public Prefix InsidePrefix => Prefix.Parse(InsideCidr);

    public static IReadOnlyList<string> Encryptions { get; } = ["AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"];
    public static IReadOnlyList<string> Integrities { get; } = ["SHA1", "SHA2-256", "SHA2-384", "SHA2-512"];
    public static IReadOnlyList<int> Phase1Groups { get; } = [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];
    public static IReadOnlyList<int> Phase2Groups { get; } = [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24];
    public static IReadOnlyList<string> Ikes { get; } = ["ikev1", "ikev2"];

    /// <summary>What a list allows: itself, or all there is.</summary>
    public static IReadOnlyList<T> Allowed<T>(IReadOnlyList<T> asked, IReadOnlyList<T> all) => asked.Count > 0 ? asked
        : all;
}

public sealed class TunnelLogOptions
{
    public bool? LogEnabled { get; set; }
    public string? LogGroupArn { get; set; }
    public string? LogOutputFormat { get; set; }
    public bool? BgpLogEnabled { get; set; }
    public string? BgpLogGroupArn { get; set; }
    public string? BgpLogOutputFormat { get; set; }
}

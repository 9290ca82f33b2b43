using System.Globalization;
using System.Text.RegularExpressions;
using Sealane.Core;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Options of one tunnel as they come in, with AWS's limits for each.</summary>
/// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html</remarks>
internal static partial class TunnelOptionsReader
{
    /// <summary>The members, in the notation of <see cref="Ec2Shape"/>, below a place such as
    /// <c>Options.TunnelOptions.N.</c></summary>
    public static string Shape(string at) => " " + string.Join(' ', new[]
    {
        "TunnelInsideCidr", "TunnelInsideIpv6Cidr", "PreSharedKey", "Phase1LifetimeSeconds:integer",
        "Phase2LifetimeSeconds:integer",
        "RekeyMarginTimeSeconds:integer", "RekeyFuzzPercentage:integer", "ReplayWindowSize:integer",
        "DPDTimeoutSeconds:integer",
        "DPDTimeoutAction", "Phase1EncryptionAlgorithm.M.Value", "Phase2EncryptionAlgorithm.M.Value",
        "Phase1IntegrityAlgorithm.M.Value", "Phase2IntegrityAlgorithm.M.Value", "Phase1DHGroupNumber.M.Value:integer",
        "Phase2DHGroupNumber.M.Value:integer", "IKEVersion.M.Value", "StartupAction",
        "LogOptions.CloudWatchLogOptions.LogEnabled:boolean", "LogOptions.CloudWatchLogOptions.LogGroupArn",
        "LogOptions.CloudWatchLogOptions.LogOutputFormat", "LogOptions.CloudWatchLogOptions.BgpLogEnabled:boolean",
        "LogOptions.CloudWatchLogOptions.BgpLogGroupArn", "LogOptions.CloudWatchLogOptions.BgpLogOutputFormat",
        "EnableTunnelLifecycleControl:boolean",
    }.Select(member => at + member));

    /// <summary>New options, or what is left unsaid taken from the present ones.</summary>
    /// <param name="freeCidr">The inside block that AWS picks when none is named.</param>
    /// <param name="freshKey">The pre-shared key that AWS makes when none is named.</param>
    public static TunnelOptions Read(Ec2Parameters asked, TunnelOptions? present, Func<string> freeCidr,
        Func<string> freshKey)
    {
        var options = new TunnelOptions
        {
            InsideCidr = asked.Text("TunnelInsideCidr") is { } cidr ? InsideCidr(cidr) : present?.InsideCidr
                ?? freeCidr(),
            InsideIpv6Cidr = asked.Text("TunnelInsideIpv6Cidr") is { } ipv6 ? InsideIpv6Cidr(ipv6)
                : present?.InsideIpv6Cidr,
            PreSharedKey = asked.Text("PreSharedKey") is { } key ? PreSharedKey(key) : present?.PreSharedKey
                ?? freshKey(),
            Phase1Encryption = Words(asked, "Phase1EncryptionAlgorithm", TunnelOptions.Encryptions,
                present?.Phase1Encryption),
            Phase2Encryption = Words(asked, "Phase2EncryptionAlgorithm", TunnelOptions.Encryptions,
                present?.Phase2Encryption),
            Phase1Integrity = Words(asked, "Phase1IntegrityAlgorithm", TunnelOptions.Integrities,
                present?.Phase1Integrity),
            Phase2Integrity = Words(asked, "Phase2IntegrityAlgorithm", TunnelOptions.Integrities,
                present?.Phase2Integrity),
            Phase1DhGroups = Groups(asked, "Phase1DHGroupNumber", TunnelOptions.Phase1Groups, present?.Phase1DhGroups),
            Phase2DhGroups = Groups(asked, "Phase2DHGroupNumber", TunnelOptions.Phase2Groups, present?.Phase2DhGroups),
            IkeVersions = Words(asked, "IKEVersion", TunnelOptions.Ikes, present?.IkeVersions),
            Phase1LifetimeSeconds = Number(asked, "Phase1LifetimeSeconds", 900, 28800)
                ?? present?.Phase1LifetimeSeconds,
            Phase2LifetimeSeconds = Number(asked, "Phase2LifetimeSeconds", 900, 3600) ?? present?.Phase2LifetimeSeconds,
            RekeyMarginTimeSeconds = Number(asked, "RekeyMarginTimeSeconds", 60, 1800)
                ?? present?.RekeyMarginTimeSeconds,
            RekeyFuzzPercentage = Number(asked, "RekeyFuzzPercentage", 0, 100) ?? present?.RekeyFuzzPercentage,
            ReplayWindowSize = Number(asked, "ReplayWindowSize", 64, 2048) ?? present?.ReplayWindowSize,
            DpdTimeoutSeconds = Number(asked, "DPDTimeoutSeconds", 30, int.MaxValue) ?? present?.DpdTimeoutSeconds,
            DpdTimeoutAction = Word(asked, "DPDTimeoutAction", "clear", "none", "restart") ?? present?.DpdTimeoutAction,
            StartupAction = Word(asked, "StartupAction", "add", "start") ?? present?.StartupAction,
            EnableTunnelLifecycleControl = asked.Flag("EnableTunnelLifecycleControl")
                ?? present?.EnableTunnelLifecycleControl,
            Log = Log(asked.At("LogOptions").At("CloudWatchLogOptions"), present?.Log),
        };
        var phase1 = options.Phase1LifetimeSeconds ?? 28800;
        var phase2 = options.Phase2LifetimeSeconds ?? 3600;
        if (phase2 >= phase1)
        {
            throw Bad("Phase2LifetimeSeconds", phase2);
        }
        return options.RekeyMarginTimeSeconds > phase2 / 2
            ? throw Bad("RekeyMarginTimeSeconds", options.RekeyMarginTimeSeconds.Value)
            : options;
    }

    /// <summary>A /30 of 169.254.0.0/16 outside the blocks that AWS keeps for itself.</summary>
    public static bool IsInsideCidr(Prefix block) =>
        block.Length == 30 && Prefix.Parse("169.254.0.0/16").Contains(block) && !Reserved.Contains(block);

    private static IReadOnlyList<Prefix> Reserved { get; } =
    [
        .. new[] { "0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "169.252" }
            .Select(tail => Prefix.Parse($"169.254.{tail}/30")),
    ];

    private static string InsideCidr(string text) =>
        Prefix.TryParse(text, out var block) && IsInsideCidr(block) ? text
            : throw AwsRefusal.Value(text, "TunnelInsideCidr");

    private static string InsideIpv6Cidr(string text) =>
        Cidr.Canonical(text) is { } block && Cidr.IsIpv6(block) && Cidr.Length(block) == 126
        && block.StartsWith("fd", StringComparison.Ordinal)
            ? block
            : throw AwsRefusal.Value(text, "TunnelInsideIpv6Cidr");

    /// <summary>The refusal does not repeat the key.</summary>
    private static string PreSharedKey(string key) =>
        KeyForm().IsMatch(key) ? key : throw AwsRefusal.Ec2("InvalidParameterValue", "Value for parameter "
            + "PreSharedKey is invalid.");

    private static List<string> Words(Ec2Parameters asked, string name, IReadOnlyList<string> known,
        List<string>? present)
    {
        var values = asked.Items(name).Select(item => item.Required("Value")).ToList();
        return values.Count == 0 ? present ?? []
            : values.FirstOrDefault(v => !known.Contains(v)) is { } unknown ? throw AwsRefusal.Value(unknown, name)
            : values;
    }

    private static List<int> Groups(Ec2Parameters asked, string name, IReadOnlyList<int> known, List<int>? present)
    {
        var values = asked.Items(name).Select(item => item.Integer("Value") ?? throw AwsRefusal.Missing(name)).ToList();
        return values.Count == 0 ? present ?? []
            : values.All(known.Contains) ? values
            : throw Bad(name, values.First(v => !known.Contains(v)));
    }

    private static int? Number(Ec2Parameters asked, string name, int least, int most) =>
        asked.Integer(name) is not { } number ? null
        : number >= least && number <= most ? number
        : throw Bad(name, number);

    private static string? Word(Ec2Parameters asked, string name, params string[] known) =>
        asked.Text(name) is not { } word ? null : known.Contains(word) ? word : throw AwsRefusal.Value(word, name);

    private static TunnelLogOptions? Log(Ec2Parameters asked, TunnelLogOptions? present) => asked.IsEmpty ? present
        : new()
        {
            LogEnabled = asked.Flag("LogEnabled") ?? present?.LogEnabled,
            LogGroupArn = asked.Text("LogGroupArn") ?? present?.LogGroupArn,
            LogOutputFormat = Word(asked, "LogOutputFormat", "json", "text") ?? present?.LogOutputFormat,
            BgpLogEnabled = asked.Flag("BgpLogEnabled") ?? present?.BgpLogEnabled,
            BgpLogGroupArn = asked.Text("BgpLogGroupArn") ?? present?.BgpLogGroupArn,
            BgpLogOutputFormat = Word(asked, "BgpLogOutputFormat", "json", "text") ?? present?.BgpLogOutputFormat,
        };

    private static AwsRefusal Bad(string name, int value) =>
        AwsRefusal.Value(value.ToString(CultureInfo.InvariantCulture), name);

    [GeneratedRegex("^[A-Za-z1-9._][A-Za-z0-9._]{7,63}$")]
    private static partial Regex KeyForm();
}

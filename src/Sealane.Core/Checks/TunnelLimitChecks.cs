using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL421, 422, 431-434: MTU, lifetimes and timers.</summary>
public static class TunnelLimitChecks
{
    /// <summary>Azure's advice; larger segments become fragmented ESP, which Azure drops.</summary>
    private const int AdvisedTcpMss = 1350;

    public static readonly DesignCheck VifMtu = new()
    {
        Id = "SL421",
        Severity = Severity.Error,
        Title = "The transit VIF's MTU is 1500 or 8500",
        Why = "AWS takes no other value on a transit VIF.",
        Fix = "Write 1500, or leave it out.",
        Sources = [Docs.VirtualInterfaces],
        Find = design => from mtu in Mtus(design)
                         where mtu is not (1500 or 8500)
                         select new Flaw("aws.transitVif.mtu", $"MTU {mtu} is not 1500 or 8500"),
    };

    public static readonly DesignCheck JumboIsUseless = new()
    {
        Id = "SL422",
        Severity = Severity.Warning,
        Title = "The transit VIF's MTU is what the path carries",
        Why = "The path to Azure carries 1500 bytes, and IPsec tunnels of both clouds know no larger packets. Jumbo "
            + "frames on the VIF alone lead to packets that are dropped half way without a message.",
        Fix = "Write 1500, or leave it out.",
        Sources = [Docs.VirtualInterfaces, Docs.TunnelOptions],
        Find = design => from mtu in Mtus(design)
                         where mtu == 8500
                         select new Flaw("aws.transitVif.mtu", "MTU 8500 on a path that carries 1500"),
    };

    public static readonly DesignCheck Lifetimes = new()
    {
        Id = "SL431",
        Severity = Severity.Error,
        Title = "The lifetimes are within the limits of both clouds",
        Why = "AWS takes 900 to 28800 seconds for phase 1 and 900 to 3600 for phase 2; Azure's limits are wider.",
        Fix = "Write 28800 for phase 1 and 3600 for phase 2, or leave them out.",
        Sources = [Docs.TunnelOptions, Docs.AzureCrypto],
        Find = design =>
        [
            .. OutOfRange("ipsec.phase1LifetimeSeconds", "phase 1 lifetime", design.Ipsec.Phase1LifetimeSeconds, 900,
                28800),
            .. OutOfRange("ipsec.phase2LifetimeSeconds", "phase 2 lifetime", design.Ipsec.Phase2LifetimeSeconds, 900,
                3600),
        ],
    };

    public static readonly DesignCheck LifetimeOrder = new()
    {
        Id = "SL432",
        Severity = Severity.Error,
        Title = "Phase 2 is renewed more often than phase 1",
        Why = "AWS refuses a phase 2 lifetime that is not below that of phase 1.",
        Fix = "Write 28800 for phase 1 and 3600 for phase 2, or leave them out.",
        Sources = [Docs.TunnelOptions],
        Find = design => design.Ipsec.Phase2LifetimeSeconds >= design.Ipsec.Phase1LifetimeSeconds
            ? [new("ipsec.phase2LifetimeSeconds",
                $"phase 2 lifetime {design.Ipsec.Phase2LifetimeSeconds} s is not below phase 1's "
                    + $"{design.Ipsec.Phase1LifetimeSeconds} s")]
            : [],
    };

    public static readonly DesignCheck DeadPeerDetection = new()
    {
        Id = "SL433",
        Severity = Severity.Error,
        Title = "The dead peer timeout is within the limits of both clouds",
        Why = "AWS takes 30 seconds or more, Azure 9 to 3600.",
        Fix = "Write 30 to 45 seconds, or leave it out.",
        Sources = [Docs.TunnelOptions, Docs.AzureCrypto],
        Find = design =>
            OutOfRange("ipsec.dpdTimeoutSeconds", "dead peer timeout", design.Ipsec.DpdTimeoutSeconds, 30, 3600),
    };

    public static readonly DesignCheck TcpSegments = new()
    {
        Id = "SL434",
        Severity = Severity.Warning,
        Title = "TCP segments fit into the tunnel",
        Why = "ESP takes more than 50 bytes of each packet. Azure does not take fragmented ESP and advises a TCP MSS "
            + "of 1350: with larger segments small requests work and large answers hang.",
        Fix = "Write 1350 or less, and clamp hosts or firewalls to it.",
        Sources = [Docs.AzureVpnDevices, Docs.VpnLimits],
        Find = design => design.Ipsec.TcpMss > AdvisedTcpMss
            ? [new("ipsec.tcpMss", $"TCP MSS {design.Ipsec.TcpMss} is above {AdvisedTcpMss}")]
            : [],
    };

    private static IEnumerable<int> Mtus(NetworkDesign design) => design.AwsVxcs.Select(vxc => vxc.VifMtu).Distinct();

    private static IEnumerable<Flaw> OutOfRange(string path, string name, int seconds, int min, int max) =>
        seconds < min || seconds > max ? [new(path, $"{name} {seconds} s is not within {min} to {max}")] : [];
}

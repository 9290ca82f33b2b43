using System.Globalization;
using System.Text.Json;
using Sealane.Lab.Namespaces;

namespace Sealane.Lab.Running;

/// <summary>What the tunnels carry: TCP throughput by iperf3, the largest packet that passes whole, and the MSS that
/// follows.</summary>
public sealed class Load(LabRun lab)
{
    private const int HeadersOfEcho = 28;
    private const int HeadersOfTcp = 40;
    private const int LargestMtu = 1500;

    public async Task<LoadReport> Run(int seconds, int streams, CancellationToken ct)
    {
        if (!Doctor.Tool("iperf3"))
        {
            throw new LabError($"this machine has no iperf3\n  fix: {Doctor.Install}");
        }
        var (from, to) = (Host("vpc-host"), Host("vnet-host"));
        var mtu = await Mtu(from, lab.Address(to), ct).ConfigureAwait(false);
        using var server = Shell.Background(lab.Space(to), ["iperf3", "-s", "-1"]);
        await lab.Until(() => NetNs.Run(lab.Space(to), () => File.ReadAllText("/proc/thread-self/net/tcp6")
            + File.ReadAllText("/proc/thread-self/net/tcp")).Contains(":1451 ", StringComparison.Ordinal),
                TimeSpan.FromSeconds(3), ct)
            .ConfigureAwait(false);
        var script = string.Create(CultureInfo.InvariantCulture,
            $"exec iperf3 -J -c {lab.Address(to)} -t {seconds} -P {streams}");
        var (code, output, error) = await lab.Inside(from, script, ct).ConfigureAwait(false);
        if (code != 0)
        {
            server.Kill();
            throw new LabError($"iperf3 failed: {error.Trim()}\n  see: sealane lab verify");
        }
        using var document = JsonDocument.Parse(output);
        var sum = document.RootElement.GetProperty("end").GetProperty("sum_received");
        return new(sum.GetProperty("bits_per_second").GetDouble() / 1e6, mtu, mtu - HeadersOfTcp,
            lab.Network.Ipsec.TcpMss);
    }

    // Echoes that may not be fragmented: the largest that is answered.
    private async Task<int> Mtu(string from, Core.Ipv4 to, CancellationToken ct)
    {
        var (passes, fails) = (576, LargestMtu + 1);
        while (fails - passes > 1)
        {
            var middle = (passes + fails) / 2;
            var script = string.Create(CultureInfo.InvariantCulture,
                $"exec ping -n -q -c 1 -W 1 -M do -s {middle - HeadersOfEcho} {to} > /dev/null 2>&1");
            var (code, _, _) = await lab.Inside(from, script, ct).ConfigureAwait(false);
            (passes, fails) = code == 0 ? (middle, fails) : (passes, middle);
        }
        return passes;
    }

    private string Host(string prefix) =>
        lab.Plan.Boxes.First(box => box.Name.StartsWith(prefix, StringComparison.Ordinal)).Name;
}

/// <param name="Mtu">Largest IP packet between hosts.</param>
/// <param name="Mss">What TCP can put into it.</param>
/// <param name="DesignMss">What the design tells hosts to clamp to.</param>
public sealed record LoadReport(double Mbps, int Mtu, int Mss, int DesignMss)
{
    public bool Fits => DesignMss <= Mss;
}

using System.Globalization;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;

namespace Sealane.Lab.Verify;

/// <summary>Counters of the kernel in a box: the only place that says why a BGP session with a wrong key is
/// silent.</summary>
/// <remarks>https://docs.kernel.org/networking/snmp_counter.html</remarks>
internal static class Kernel
{
    /// <summary>Segments dropped because their signature was wrong, and because one end signs alone.</summary>
    public static (long Wrong, long OneSided) Md5(LabRun lab, string box)
    {
        var lines = NetNs.Run(lab.Space(box), () => File.ReadAllLines("/proc/thread-self/net/netstat"));
        for (var i = 0; i + 1 < lines.Length; i += 2)
        {
            if (lines[i].StartsWith("TcpExt:", StringComparison.Ordinal))
            {
                var values = lines[i].Split(' ').Zip(lines[i + 1].Split(' '))
                    .ToDictionary(pair => pair.First, pair => pair.Second);
                long Count(string name) => long.Parse(
                    values.GetValueOrDefault(name, "0"), CultureInfo.InvariantCulture);
                return (Count("TCPMD5Failure"), Count("TCPMD5NotFound") + Count("TCPMD5Unexpected"));
            }
        }
        return (0, 0);
    }
}

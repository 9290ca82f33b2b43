using System.Globalization;
using System.Text.RegularExpressions;
using Sealane.Core;

namespace Sealane.Lab.Running;

/// <summary>The way of a packet through the boxes, asked of the boxes themselves: echoes with rising TTL.</summary>
public sealed partial class LabTrace(LabRun lab)
{
    private const int HopsMax = 16;

    /// <summary>Boxes in order; the last line says whether the target answered.</summary>
    public async Task<IReadOnlyList<string>> Run(string from, Ipv4 target, CancellationToken ct)
    {
        var lines = new List<string> { $"{from} ({target} is asked)" };
        for (var ttl = 1; ttl <= HopsMax; ttl++)
        {
            var (code, output, _) = await lab.Inside(from,
                string.Create(CultureInfo.InvariantCulture, $"exec ping -n -c 1 -W 1 -t {ttl} {target} 2>&1"), ct)
                    .ConfigureAwait(false);
            if (code == 0)
            {
                lines.Add($"{BoxOf(target)} ({target}) answers");
                return lines;
            }
            var said = Said().Match(output);
            if (!said.Success)
            {
                lines.Add("nobody answers");
                return lines;
            }
            var address = Ipv4.Parse(said.Groups[1].Value);
            var reason = said.Groups[2].Value.Trim();
            var isHop = reason.Contains("Time to live exceeded", StringComparison.Ordinal);
            lines.Add($"{BoxOf(address)} ({address}){(isHop ? "" : ": " + reason)}");
            if (!isHop)
            {
                return lines;
            }
        }
        return lines;
    }

    public string BoxOf(Ipv4 address) =>
        lab.Plan.Boxes.FirstOrDefault(
            box => box.Ports.Any(port => port.Addresses.Any(own => own.Address == address)))?.Name ?? "nobody";

    [GeneratedRegex(@"From (\S+) icmp_seq=\d+ (.*)")]
    private static partial Regex Said();
}

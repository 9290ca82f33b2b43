using System.Globalization;
using System.Text;
using Sealane.Lab.Plan;

namespace Sealane.Lab.Namespaces;

/// <summary>The script that makes boxes, links, addresses, routes and rules of a plan.</summary>
internal static class NetworkScript
{
    // Forwarding without the host's own protections: the boxes are routers with several ways. IPv6 would put its noise
    // into tunnels and captures. A new namespace copies the host's values, so all are set.
    private static readonly (string Key, string Value)[] s_settings =
    [
        ("ipv4/ip_forward", "1"), ("ipv4/fib_multipath_hash_policy", "1"),
        ("ipv4/conf/all/rp_filter", "0"), ("ipv4/conf/default/rp_filter", "0"),
        ("ipv4/conf/all/send_redirects", "0"), ("ipv4/conf/default/send_redirects", "0"),
        ("ipv4/conf/all/accept_redirects", "0"), ("ipv4/conf/default/accept_redirects", "0"),
        ("ipv6/conf/all/disable_ipv6", "1"), ("ipv6/conf/default/disable_ipv6", "1"),
    ];

    public static string Of(LabPlan plan, LabFiles files)
    {
        var text = new StringBuilder();
        text.AppendLine("ip -batch - <<'END'");
        foreach (var box in plan.Boxes)
        {
            text.AppendLine(Invariant($"netns add {files.Space(box.Name)}"));
        }
        text.AppendLine("END");
        foreach (var box in plan.Boxes)
        {
            text.AppendLine(Invariant($"nsenter --net={NetNs.PathOf(files.Space(box.Name))} /bin/sh <<'END'"));
            foreach (var (key, value) in s_settings)
            {
                text.AppendLine(Invariant($"[ ! -e /proc/sys/net/{key} ] || echo {value} > /proc/sys/net/{key}"));
            }
            // Linux 6.11 and later.
            const string seed = "/proc/sys/net/ipv4/fib_multipath_hash_seed";
            text.AppendLine(Invariant($"[ ! -e {seed} ] || echo {box.HashSeed} > {seed}"));
            text.AppendLine("END");
        }
        text.AppendLine("ip -batch - <<'END'");
        foreach (var link in plan.Links)
        {
            // Straight into both namespaces, so that nothing ever shows in the machine's own.
            var (a, b) = (files.Space(link.BoxA), files.Space(link.BoxB));
            text.AppendLine(Invariant($"link add {link.PortA} netns {a} type veth peer name {link.PortB} netns {b}"));
        }
        text.AppendLine("END");
        foreach (var box in plan.Boxes)
        {
            text.AppendLine(Invariant($"ip -n {files.Space(box.Name)} -batch - <<'END'"));
            Inside(text, box);
            text.AppendLine("END");
        }
        return text.ToString();
    }

    private static void Inside(StringBuilder text, Box box)
    {
        text.AppendLine("link set lo up");
        foreach (var port in box.Ports.Where(port => port.Kind == PortKind.Bridge))
        {
            text.AppendLine(Invariant($"link add {port.Name} type bridge"));
        }
        foreach (var port in box.Ports.Where(port => port.Kind is not PortKind.Tunnel))
        {
            if (port.Kind != PortKind.Loopback)
            {
                var bridge = port.Bridge is { } master ? $" master {master}" : "";
                var group = port.Group > 0 ? Invariant($" group {port.Group}") : "";
                text.AppendLine(Invariant($"link set {port.Name}{bridge}{group} {(port.Up ? "up" : "down")}"));
            }
            foreach (var address in port.Addresses)
            {
                text.AppendLine(Invariant($"addr add {address} dev {port.Name}"));
            }
        }
        foreach (var route in box.Routes)
        {
            text.AppendLine(Invariant($"route add {route}"));
        }
        foreach (var rule in box.Rules)
        {
            text.AppendLine(Invariant($"rule add {rule}"));
        }
        foreach (var (address, port) in box.ProxyNeighbours)
        {
            text.AppendLine(Invariant($"neigh add proxy {address} dev {port}"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

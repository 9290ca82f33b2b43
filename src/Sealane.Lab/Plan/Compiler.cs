using Sealane.Core;
using Sealane.Lab.Model;

namespace Sealane.Lab.Plan;

/// <summary>
/// From network to plan: which box stands for what, which daemon runs in it and with which configuration. Pure. What no
/// router knows of itself, a cloud's preference between two sources of one prefix, is said with a router's means: local
/// preference, a table, a name space a table.
/// </summary>
public static partial class Compiler
{
    /// <summary>IPsec in user space makes devices of this MTU, and AWS's tunnels need about the same.</summary>
    /// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-best-practice.html</remarks>
    public const int TunnelMtu = 1400;

    /// <summary>Interfaces that lead into tunnels: a tunnel's own packets must not take them.</summary>
    private const int TunnelGroup = 7;

    public static LabPlan Compile(LabNetwork network)
    {
        IReadOnlyList<Prefix> used =
        [
            .. network.VpcPrefixes, .. network.VnetPrefixes, network.TransitGateway.Cidr,
            .. network.Legs.Select(leg => leg.Leg.McrAddress.Network),
            .. network.Tunnels.Select(tunnel => new Prefix(tunnel.AwsInside, 30)),
        ];
        var draft = new Draft(network.Name, new(used));
        Aws(draft, network);
        Megaport(draft, network);
        Azure(draft, network);
        Tunnels(draft, network);
        Configure(draft, network);
        return draft.Build();
    }

    /// <summary>Where a host of a network stands: the first /24 (or smaller) that holds nothing else.</summary>
    internal static (InterfaceAddress Gateway, InterfaceAddress Host) HostSubnet(Prefix prefix, Prefix? avoid)
    {
        foreach (var length in (int[])[24, 26, 27, 28])
        {
            var size = 1L << (32 - length);
            for (long at = 0; length >= prefix.Length && at < prefix.Size && at < 16 * size; at += size)
            {
                var subnet = new Prefix(prefix.Host(at), length);
                if (avoid is not { } taken || !taken.Overlaps(subnet))
                {
                    return (new(subnet.Host(1), length), new(subnet.Host(10), length));
                }
            }
        }
        throw new LabError($"{prefix} has no room for a host beside GatewaySubnet {avoid}");
    }

    /// <summary><c>vpc</c> for the only one, <c>vpc-blue</c> for one of several.</summary>
    internal static string Keyed(string word, string key) => key.Length == 0 ? word : $"{word}-{key}";

    private static void Host(Draft draft, BoxDraft router, string routerPort, string name, string stands,
        Prefix prefix, Prefix? avoid)
    {
        var (gateway, address) = HostSubnet(prefix, avoid);
        var host = draft.Box(name, stands);
        draft.Link(host, "eth0", address, router, routerPort, gateway);
        host.Routes.Add($"default via {gateway.Address}");
    }
}


using Sealane.Lab.Model;
using Sealane.Lab.StrongSwan;

namespace Sealane.Lab.Plan;

/// <summary>
/// Tunnels. Each end is a box with one IKE daemon: IPsec in user space chooses by traffic selectors alone, so that with
/// two tunnels of 0.0.0.0/0 in one daemon every packet would leave by the younger. The device that the daemon makes is
/// then moved into the gateway's box, which sees what a route-based gateway sees.
/// </summary>
public static partial class Compiler
{
    public static string AwsEnd(int tunnel) => $"tgw-endpoint-{tunnel}";

    public static string AzureEnd(int tunnel) => $"vpn-endpoint-{tunnel}";

    public static string Device(int tunnel) => $"vti{tunnel}";

    private static void Tunnels(Draft draft, LabNetwork network)
    {
        var transport = draft["tgw-transport"];
        foreach (var tunnel in network.Tunnels)
        {
            AwsEndpoint(draft, network, transport, tunnel);
            AzureEndpoint(draft, network, tunnel);
        }
    }

    private static void AwsEndpoint(Draft draft, LabNetwork network, BoxDraft transport, LabTunnel tunnel)
    {
        var port = $"t{tunnel.Number}";
        var router = network.TransitGateway.Cidr.Host(1);
        var box = draft.Box(AwsEnd(tunnel.Number), $"tunnel {tunnel.Number}, the AWS end");
        draft.Link(box, "wan", new(tunnel.AwsOutside, 32), transport, port, null);
        box.Routes.Add($"{router} dev wan");
        box.Routes.Add($"default via {router} src {tunnel.AwsOutside}");
        box.Charon = Charon.Of(network, tunnel, aws: true);
        transport.Routes.Add($"{tunnel.AwsOutside} dev {port}");
        // With one table for all, the way to Azure may be the tunnel itself.
        transport.Rules.Add($"pref 200 iif {port} lookup main suppress_ifgroup {TunnelGroup}");
        transport.Rules.Add($"pref 201 iif {port} blackhole");
        draft["tgw"].Ports.Add(TunnelPort(tunnel, tunnel.AwsInside));
    }

    // All tunnels of an instance end at one address, so at several boxes with it: the peer's address chooses the box.
    private static void AzureEndpoint(Draft draft, LabNetwork network, LabTunnel tunnel)
    {
        var instance = network.Instances.First(one => one.Number == tunnel.Instance);
        var gateway = draft[$"vpn-gateway-{instance.Number}"];
        var router = InstanceAddress(network, instance.Number);
        var port = $"t{tunnel.Number}";
        var box = draft.Box(AzureEnd(tunnel.Number), $"tunnel {tunnel.Number}, the Azure end");
        draft.Link(box, "wan", new(instance.Address, 32), gateway, port, null);
        box.Routes.Add($"{router} dev wan");
        box.Routes.Add($"default via {router} src {instance.Address}");
        box.Charon = Charon.Of(network, tunnel, aws: false);
        if (gateway.Proxies.Count == 0)
        {
            // The box answers for the address on GatewaySubnet; the kernel does so only where the main table leads
            // there.
            gateway.Proxies.Add((instance.Address, "vnet"));
            gateway.Routes.Add($"{instance.Address} dev {port}");
        }
        var table = 200 + tunnel.Number;
        gateway.Routes.Add($"{instance.Address} dev {port} table {table}");
        gateway.Rules.Add($"pref 100 from {tunnel.AwsOutside} to {instance.Address} lookup {table}");
        // Outer packets leave by the VNet's routes, never by what the tunnels brought.
        gateway.Rules.Add($"pref 110 iif {port} lookup 100");
        gateway.Rules.Add($"pref 111 iif {port} blackhole");
        if (!gateway.Routes.Exists(route => route.EndsWith("table 100", StringComparison.Ordinal)))
        {
            gateway.Routes.Add($"default via {network.GatewaySubnet.Host(1)} table 100");
        }
        gateway.Ports.Add(TunnelPort(tunnel, tunnel.AzureInside));
    }

    private static Port TunnelPort(LabTunnel tunnel, Core.Ipv4 inside) =>
        new(Device(tunnel.Number), PortKind.Tunnel, [new(inside, 30)]) { Group = TunnelGroup };
}

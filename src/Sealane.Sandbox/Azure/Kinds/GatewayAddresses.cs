using System.Text.Json.Nodes;
using Sealane.Core;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// The addresses that a gateway takes in GatewaySubnet. The customer cannot choose them and knows them only when the
/// gateway is up.
/// </summary>
internal static class GatewayAddresses
{
    /// <summary>Fills <c>Facts.instances</c>; what was assigned once stays.</summary>
    public static void Assign(AzureState state, ArmResource gateway)
    {
        var properties = gateway.Properties;
        var configurations = properties.Items("ipConfigurations");
        if (state.Find(configurations[0].Text("properties", "subnet", "id")) is not { } subnet
            || Cidr.OfSubnet(subnet.Properties) is not { } prefix)
        {
            return;
        }
        var used = Taken(state, gateway);
        var vpn = properties.Text("gatewayType") == VirtualNetworkGateways.Vpn;
        var old = gateway.Facts.Items("instances");
        used.UnionWith(old.SelectMany(instance => new[] { instance.Text("private"), instance.Text("bgp") }));
        // An ExpressRoute gateway shows one configuration and has two instances.
        var count = vpn ? configurations.Count : 2;
        var instances = new JsonArray();
        for (var index = 0; index < count; index++)
        {
            var before = old.ElementAtOrDefault(index);
            instances.Add((JsonNode)new JsonObject
            {
                ["name"] = configurations[Math.Min(index, configurations.Count - 1)].Text("name"),
                ["private"] = before.Text("private") ?? Take(prefix, used, vpn ? 6 : 12),
                ["bgp"] = before.Text("bgp") ?? (vpn && count == 1 ? prefix.Host(prefix.Size - 2).ToString() : null),
            });
        }
        foreach (var instance in instances.OfType<JsonObject>())
        {
            instance["bgp"] ??= vpn ? Take(prefix, used, 4) : instance.Text("private");
        }
        gateway.Facts["instances"] = instances;
    }

    /// <summary>All instances' BGP addresses joined by commas, as the service shows them; null before the gateway is
    /// up.</summary>
    public static string? BgpPeeringAddress(ArmResource gateway) =>
        gateway.Facts.Items("instances") is { Count: > 0 } instances
            ? string.Join(',', instances.Select(instance => instance.Text("bgp")))
            : null;

    private static HashSet<string?> Taken(AzureState state, ArmResource gateway) =>
    [
        .. from other in state.All(AllKinds.VirtualNetworkGateways)
           where other != gateway
               && ResourceId.Same(GatewayRules.VnetOf(other.Properties), GatewayRules.VnetOf(gateway.Properties))
           from instance in other.Facts.Items("instances")
           from address in new[] { instance.Text("private"), instance.Text("bgp") }
           select address,
    ];

    /// <summary>The first free host from one on; Azure keeps the first four addresses and the last.</summary>
    private static string Take(Prefix prefix, HashSet<string?> used, int from)
    {
        var hosts = (int)Math.Min(prefix.Size - 2, 250);
        var free = Enumerable.Range(from, Math.Max(hosts - from, 0)).Concat(Enumerable.Range(4, Math.Max(hosts - 4, 0)))
            .Select(host => prefix.Host(host).ToString())
            .FirstOrDefault(address => !used.Contains(address)) ?? prefix.Last.ToString();
        used.Add(free);
        return free;
    }
}

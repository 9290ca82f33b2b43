using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Azure;

/// <summary>A protected VNet: address space, subnets with their route tables, peerings, and every gateway in
/// it.</summary>
internal sealed class VnetReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "GET virtualNetworks",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworks/read",
        Shows = "address space, subnets, what lives in each subnet, peerings with their flags",
        LeadsTo = "route tables, peered VNets, gateways, Route Servers, network interfaces",
        Hides = "prefixes, gateways and peerings of the VNet",
    };

    private static readonly Question RouteTable = new()
    {
        Call = "GET routeTables",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/routeTables/read",
        Shows = "user-defined routes of a subnet, and whether it takes the gateways' routes",
        Hides = "a user-defined route past the tunnels",
    };

    private static readonly Question PeeredVnet = new()
    {
        Call = "GET virtualNetworks (peered)",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualNetworks/read",
        Shows = "address space and flags of the far end of a peering",
    };

    private static readonly Question RouteServer = new()
    {
        Call = "GET virtualHubs",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/virtualHubs/read",
        Shows = "a Route Server and whether it passes routes between the gateways",
        Hides = "whether ExpressRoute announces what the tunnels bring",
    };

    public override string Kind => "virtual network";

    public override IReadOnlyList<Question> Questions => [Describe, RouteTable, PeeredVnet, RouteServer];

    public override async Task Read(Walk walk, string id)
    {
        if (await walk.Keep(Describe, id, ct => walk.Azure.Get(id, ApiVersions.VnetWithSummary, ct), walk.Seen.Vnets,
            id)
            .ConfigureAwait(false) is not { } vnet)
        {
            return;
        }
        var subnets = vnet.Items("properties", "subnets").ToList();
        List<Task> reads = [.. subnets.Select(subnet => subnet.Text("properties", "routeTable", "id")).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(table => Keep(walk, RouteTable, table, walk.Seen.RouteTables))];
        reads.AddRange(vnet.Items("properties", "virtualNetworkPeerings")
            .Select(peering => peering.Text("properties", "remoteVirtualNetwork", "id"))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(remote => Keep(walk, PeeredVnet, remote, walk.Seen.PeeredVnets)));
        foreach (var occupant in subnets.SelectMany(subnet => subnet.Items("properties", "ipConfigurations"))
            .Select(one => one.Text("id")))
        {
            walk.Reach(AllReaders.Gateway, Owner(occupant, "virtualNetworkGateways"));
            if (Owner(occupant, "virtualHubs") is { } hub && !walk.Seen.RouteServers.ContainsKey(hub))
            {
                reads.Add(Keep(walk, RouteServer, hub, walk.Seen.RouteServers));
            }
        }
        foreach (var subnet in subnets)
        {
            // One interface stands for its subnet: its effective routes are the subnet's.
            walk.Reach(AllReaders.NetworkInterface,
                subnet.Items("properties", "ipConfigurations").Select(one => Owner(one.Text("id"), "networkInterfaces"))
                    .FirstOrDefault(nic => nic is not null));
        }
        await Task.WhenAll(reads).ConfigureAwait(false);
        walk.DoubtRows(Describe, id, subnets.Append(vnet.At("properties", "addressSpace")).SelectMany(Written));
        foreach (var table in subnets.Select(subnet => subnet.Text("properties", "routeTable", "id")).OfType<string>())
        {
            if (walk.Seen.RouteTables.TryGetValue(table, out var seen))
            {
                walk.DoubtRows(RouteTable, table, seen.Items("properties", "routes")
                    .Select(route => route.Text("properties", "addressPrefix"))
                    // A service tag stands for addresses of Microsoft's own.
                    .Where(prefix => prefix is null || char.IsAsciiDigit(prefix[0])));
            }
        }
    }

    private static IEnumerable<string?> Written(JsonNode? node)
    {
        var properties = node.At("properties") ?? node;
        return [.. properties.Texts("addressPrefixes"), .. properties.Text("addressPrefix") is { } one ? [one]
            : Array.Empty<string>()];
    }

    /// <summary>The object of this type that an id inside it belongs to.</summary>
    internal static string? Owner(string? id, string type)
    {
        var at = id?.IndexOf($"/{type}/", StringComparison.OrdinalIgnoreCase) ?? -1;
        // The ExpressRoute gateway's hidden machines have interfaces in the subnet too, in a group that nobody can
        // open.
        if (at < 0 || id!.Contains("/virtualMachineScaleSets/", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var end = id.IndexOf('/', at + type.Length + 2);
        return end < 0 ? id : id[..end];
    }

    /// <summary>An object of Azure as it is, by its id.</summary>
    internal static Task<JsonObject?> Keep(
        Walk walk, Question question, string id, IDictionary<string, JsonObject> found) =>
        walk.Keep(question, id, ct => walk.Azure.Get(id, ct), found, id);
}

using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>What other teams build around the VNet.</summary>
internal static class AzureNeighbours
{
    /// <summary>A route table on a subnet of the VNet.</summary>
    public static void RouteTable(
        this SandboxWorld world, string subnet, string? prefix, string nextHop, string? address = null,
        bool noGateways = false)
    {
        var vnet = world.OwnVnet();
        if (world.Azure.Find(OtherTable(vnet)) is not null)
        {
            return;
        }
        var routes = new JsonObject { ["disableBgpRoutePropagation"] = noGateways };
        var table = new ArmResource
        {
            Id = OtherTable(vnet),
            Type = "Microsoft.Network/routeTables",
            Name = "other",
            ResourceGroup = vnet.ResourceGroup,
            Location = vnet.Location,
            State = "Succeeded",
            Works = true,
            Body = new() { ["properties"] = routes },
        };
        world.Azure.Resources.Add(table);
        if (prefix is not null)
        {
            world.Azure.Resources.Add(new()
            {
                Id = $"{table.Id}/routes/one",
                Type = "Microsoft.Network/routeTables/routes",
                Name = "one",
                ResourceGroup = vnet.ResourceGroup,
                ParentId = table.Id,
                State = "Succeeded",
                Works = true,
                Body = new()
                {
                    ["properties"] = new JsonObject
                    {
                        ["addressPrefix"] = prefix,
                        ["nextHopType"] = nextHop,
                        ["nextHopIpAddress"] = address,
                    },
                },
            });
        }
        world.Azure.Resources.First(one => one.ParentId == vnet.Id && ResourceId.Same(one.Name, subnet))
            .Body["properties"]!["routeTable"] = new JsonObject { ["id"] = table.Id };
    }

    /// <summary>A VNet peered in both directions.</summary>
    public static void PeeredVnet(this SandboxWorld world, string cidr, bool gatewayTransit)
    {
        var hub = world.OwnVnet();
        if (world.Azure.Find(Spoke(hub)) is not null)
        {
            return;
        }
        var spoke = new ArmResource
        {
            Id = Spoke(hub),
            Type = hub.Type,
            Name = "vnet-spoke",
            ResourceGroup = hub.ResourceGroup,
            Location = hub.Location,
            State = "Succeeded",
            Works = true,
            Body = new()
            {
                ["properties"] = new JsonObject
                {
                    ["addressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray(cidr) },
                },
            },
        };
        world.Azure.Resources.Add(spoke);
        Peer(hub, spoke, "allowGatewayTransit");
        Peer(spoke, hub, "useRemoteGateways");

        void Peer(ArmResource from, ArmResource to, string flag) => world.Azure.Resources.Add(new()
        {
            Id = $"{from.Id}/virtualNetworkPeerings/to-{to.Name}",
            Type = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
            Name = $"to-{to.Name}",
            ResourceGroup = from.ResourceGroup,
            ParentId = from.Id,
            State = "Succeeded",
            Works = true,
            Body = new()
            {
                ["properties"] = new JsonObject
                {
                    ["allowVirtualNetworkAccess"] = true,
                    [flag] = gatewayTransit,
                    ["remoteVirtualNetwork"] = new JsonObject { ["id"] = to.Id },
                },
            },
        });
    }

    /// <summary>A branch on the VPN gateway, over the internet, with static prefixes.</summary>
    public static void Branch(this SandboxWorld world, string prefix)
    {
        var local = world.Azure.Resources.First(one =>
            one.Type.EndsWith("/localNetworkGateways", StringComparison.Ordinal));
        var connection = world.Azure.Resources.First(one => one.Type.EndsWith("/connections", StringComparison.Ordinal)
            && one.Properties.At("localNetworkGateway2") is not null);
        if (world.Azure.Resources.Exists(one => one.Name == "branch"))
        {
            return;
        }
        var lng = Copy(local, "branch-lng");
        lng.Body["properties"] = new JsonObject
        {
            ["gatewayIpAddress"] = "203.0.113.9",
            ["localNetworkAddressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray(prefix) },
        };
        var branch = Copy(connection, "branch");
        branch.SharedKey = "branch-key-0123456789";
        var properties = branch.Body["properties"]!.AsObject();
        properties["localNetworkGateway2"] = new JsonObject { ["id"] = lng.Id };
        properties["useLocalAzureIpAddress"] = false;
        properties["enableBgp"] = false;
        properties.Remove("gatewayCustomBgpIpAddresses");
        world.Azure.Resources.AddRange([lng, branch]);
    }

    /// <summary>A gateway of another subscription on the link's circuit, by an authorization of its owner.</summary>
    public static void OtherSubscription(this SandboxWorld world, params IEnumerable<string> announced) =>
        CircuitAuthorizations.Redeem(world, world.UnderCircuit("", "authorizations/other-team", new()),
            "/subscriptions/0e0e0e0e-0000-4000-8000-0000000000aa/resourceGroups/other/providers/Microsoft.Network/"
                + "connections/other", announced);

    /// <summary>The link's circuit joined with that of another site by Global Reach.</summary>
    public static void GlobalReach(this SandboxWorld world, params IEnumerable<string> announced)
    {
        var there = "/subscriptions/0e0e0e0e-0000-4000-8000-0000000000aa/resourceGroups/other/providers/"
            + "Microsoft.Network/expressRouteCircuits/other/peerings/AzurePrivatePeering";
        var connection = world.UnderCircuit("/peerings/AzurePrivatePeering", "connections/other-team", new()
        {
            ["peerExpressRouteCircuitPeering"] = new JsonObject { ["id"] = there },
            ["addressPrefix"] = "192.168.250.0/29",
        });
        connection.Facts.Remove("announced");
        foreach (var prefix in announced)
        {
            CircuitConnections.Announce(world, connection, prefix, 65020);
        }
    }

    private static ArmResource UnderCircuit(this SandboxWorld world, string under, string path, JsonObject properties)
    {
        var parent = world.Azure.Find(world.Azure.ReadCircuits()[0].Id + under)!;
        if (world.Azure.Find($"{parent.Id}/{path}") is { } there)
        {
            return there;
        }
        var made = new ArmResource
        {
            Id = $"{parent.Id}/{path}",
            ParentId = parent.Id,
            Type = $"{parent.Type}/{path.Split('/')[0]}",
            Name = path.Split('/')[1],
            ResourceGroup = parent.ResourceGroup,
            State = "Succeeded",
            Works = true,
            Body = new() { ["properties"] = properties },
        };
        world.Azure.Resources.Add(made);
        return made;
    }

    /// <summary>The protected VNet: the first that was there.</summary>
    public static ArmResource OwnVnet(this SandboxWorld world) =>
        world.Azure.Resources.First(one => one.Type.EndsWith("/virtualNetworks", StringComparison.Ordinal));

    /// <summary>The subnet of the VNet that holds workloads: the first that is no gateway's.</summary>
    public static string WorkloadSubnet(this SandboxWorld world) => world.Azure.Resources.First(one =>
        one.ParentId == world.OwnVnet().Id && one.Type.EndsWith("/subnets", StringComparison.Ordinal)
        && !ResourceId.Same(one.Name, "GatewaySubnet")).Name;

    internal static void RemoveAzureNeighbours(this SandboxWorld world)
    {
        var vnet = world.OwnVnet();
        var (table, spoke) = (OtherTable(vnet), Spoke(vnet));
        world.Azure.Resources.RemoveAll(one => one.Id.StartsWith(table, StringComparison.OrdinalIgnoreCase)
            || one.Id.StartsWith(spoke, StringComparison.OrdinalIgnoreCase) || one.Name is "to-vnet-spoke" or "branch"
            or "branch-lng" or "other-team");
        foreach (var subnet in world.Azure.Resources.Where(one => one.ParentId == vnet.Id))
        {
            if (subnet.Body["properties"] is JsonObject properties
                && properties["routeTable"]?["id"]?.GetValue<string>() == table)
            {
                properties.Remove("routeTable");
            }
        }
    }

    private static string OtherTable(ArmResource vnet) =>
        $"{vnet.Id[..vnet.Id.IndexOf("/virtualNetworks/", StringComparison.OrdinalIgnoreCase)]}/routeTables/other";

    private static string Spoke(ArmResource hub) => $"{hub.Id[..(hub.Id.LastIndexOf('/') + 1)]}vnet-spoke";

    /// <param name="under">The parent of the copy, where it is another than that of what is copied.</param>
    public static ArmResource Copy(ArmResource of, string name, ArmResource? under = null) => new()
    {
        Id = $"{under?.Id}{of.Id[(under is null ? 0 : of.ParentId!.Length)..(of.Id.LastIndexOf('/') + 1)]}{name}",
        ParentId = under?.Id ?? of.ParentId,
        Type = of.Type,
        Name = name,
        ResourceGroup = of.ResourceGroup,
        Location = of.Location,
        State = "Succeeded",
        Works = true,
        Body = of.Body.DeepClone().AsObject(),
        Facts = of.Facts.DeepClone().AsObject(),
    };
}

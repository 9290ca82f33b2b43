using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Evidence;

/// <summary>What other teams build around the VNet.</summary>
internal static class AzureNeighbours
{
    /// <summary>A route table on a subnet of the VNet.</summary>
    public static void RouteTable(
        this SandboxWorld world, string subnet, string? prefix, string nextHop, string? address = null,
        bool noGateways = false)
    {
        var vnet = world.Azure("virtualNetworks", "vnet-app");
        var routes = new JsonObject { ["disableBgpRoutePropagation"] = noGateways };
        var table = new ArmResource
        {
            Id = vnet.Id.Replace("virtualNetworks/vnet-app", "routeTables/other", StringComparison.Ordinal),
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
        world.Azure("subnets", subnet).Body["properties"]!["routeTable"] = new JsonObject { ["id"] = table.Id };
    }

    /// <summary>A VNet peered in both directions.</summary>
    public static void PeeredVnet(this SandboxWorld world, string cidr, bool gatewayTransit)
    {
        var hub = world.Azure("virtualNetworks", "vnet-app");
        var spoke = new ArmResource
        {
            Id = hub.Id.Replace("vnet-app", "vnet-spoke", StringComparison.Ordinal),
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
        var connection = world.Azure("connections", "sydney-tunnel-1");
        var local = world.Azure("localNetworkGateways", "sydney-lng-1");
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

    public static ArmResource Copy(ArmResource of, string name) => new()
    {
        Id = of.Id[..(of.Id.LastIndexOf('/') + 1)] + name,
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

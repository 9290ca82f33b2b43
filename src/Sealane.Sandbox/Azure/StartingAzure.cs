using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Sandbox.Azure;

/// <summary>What the guide finds in Azure when it begins: a resource group, a VNet, one machine's NIC in a workload
/// subnet.</summary>
internal static class StartingAzure
{
    /// <summary>The directory where the design names none.</summary>
    private const string DefaultTenant = "7a0c1f52-3d84-4e6b-9a17-5b2f8c90d3e1";

    public static AzureState Of(NetworkDesign design)
    {
        var azure = design.Azure;
        var region = Region.Find(azure.Region)?.Name ?? azure.Region;
        var state = new AzureState
        {
            Tenant = azure.Tenant ?? DefaultTenant,
            Subscription = azure.Subscription,
            RegisteredProviders = [ResourceId.Provider],
        };
        AddGroup(state, azure.Subscription, azure.ResourceGroup, region);
        AddPlace(state, IdOf(azure, design.Vnets[0]), region);
        AddVnet(state, azure, design.Vnets[0], region, 0);
        StartingGateways.Add(state, design, region);
        Presuppose(state, design);
        return state;
    }

    internal static void AddGroup(AzureState state, string subscription, string name, string region) =>
        state.ResourceGroups.Add(new()
        {
            Id = $"/subscriptions/{subscription}/resourceGroups/{name}",
            Type = "Microsoft.Resources/resourceGroups",
            Name = name,
            ResourceGroup = name,
            Location = region,
            State = "Succeeded",
            Body = new() { ["tags"] = new JsonObject() },
        });

    /// <summary>The spokes and the circuits of other subscriptions that a spec names exist as well, also where it names
    /// them later.</summary>
    public static void Presuppose(AzureState state, NetworkDesign design)
    {
        var region = Region.Find(design.Azure.Region)?.Name ?? design.Azure.Region;
        foreach (var (index, vnet) in design.Vnets.Index().Skip(1))
        {
            var id = IdOf(design.Azure, vnet);
            if (state.Find(id.ToString()) is null)
            {
                AddPlace(state, id, region);
                AddVnet(state, design.Azure, vnet, region, index);
            }
        }
        StartingCircuits.Presuppose(state, design, region);
    }

    /// <summary>The subscription and the group of an object, unless they are there.</summary>
    internal static void AddPlace(AzureState state, ResourceId id, string region)
    {
        if (!ResourceId.Same(id.Subscription, state.Subscription)
            && !state.OtherSubscriptions.Contains(id.Subscription, StringComparer.OrdinalIgnoreCase))
        {
            state.OtherSubscriptions.Add(id.Subscription);
        }
        if (state.FindGroup(id) is null)
        {
            AddGroup(state, id.Subscription, id.ResourceGroup, region);
        }
    }

    internal static ResourceId IdOf(AzureDesign azure, VnetDesign vnet) => ResourceId.Read(vnet.FullId)
        ?? new(azure.Subscription, azure.ResourceGroup, ["virtualNetworks", vnet.Name]);

    private static void AddVnet(AzureState state, AzureDesign azure, VnetDesign design, string region, int index)
    {
        IReadOnlyList<Prefix> prefixes = design.Prefixes is { Count: > 0 } named ? named : [StandIn.OfVnet(index)];
        var id = IdOf(azure, design);
        var vnet = Add(state, id,
            region, new()
            {
                ["addressSpace"] =
                new JsonObject { ["addressPrefixes"] = Json.Array(prefixes.Select(prefix => prefix.ToString())) },
                ["enableDdosProtection"] = false,
                ["privateEndpointVNetPolicies"] = "Disabled",
            });
        var subnet = Add(state, vnet.Child("subnets", "workload"), null, new()
        {
            ["addressPrefix"] = Workload(prefixes, design.GatewaySubnet).ToString(),
            ["delegations"] = new JsonArray(),
            ["privateEndpointNetworkPolicies"] = "Disabled",
            ["privateLinkServiceNetworkPolicies"] = "Enabled",
        });
        ResourceId nic = new(
            id.Subscription, id.ResourceGroup, ["networkInterfaces", design.Key.On("workload-nic")]);
        Add(state, nic, region, new()
        {
            ["ipConfigurations"] = new JsonArray(new JsonObject
            {
                ["name"] = "ipconfig1",
                ["properties"] = new JsonObject
                {
                    ["privateIPAllocationMethod"] = "Dynamic",
                    ["primary"] = true,
                    ["subnet"] = new JsonObject { ["id"] = subnet.ToString() },
                },
            }),
        });
        state.Resources[^1].Facts["privateIPAddress"] = Workload(prefixes, design.GatewaySubnet).Host(4).ToString();
    }

    /// <summary>The second /24 of the VNet where there is one, else the first piece that leaves room for
    /// GatewaySubnet.</summary>
    internal static Prefix Workload(IReadOnlyList<Prefix> prefixes, Prefix? gatewaySubnet)
    {
        var space = prefixes[0];
        var length = Math.Min(Math.Max(24, space.Length + 1), 29);
        var pieces = Enumerable.Range(0, (int)Math.Min(Math.Max(space.Size >> (32 - length), 1), 256))
            .Select(piece => new Prefix(new((uint)(space.Network.Value + ((long)piece << (32 - length)))), length))
            .ToList();
        return pieces.Skip(1).Append(pieces[0])
            .Where(piece => gatewaySubnet is not { } taken || !taken.Overlaps(piece))
            .DefaultIfEmpty(pieces[0])
            .First();
    }

    internal static ResourceId Add(AzureState state, ResourceId id, string? region, JsonObject properties)
    {
        var resource = state.Add(null, id, region, new() { ["properties"] = properties });
        (resource.State, resource.Works) = ("Succeeded", true);
        var guid = $"00000000-0000-4000-8000-{state.Sequence++.ToString("x12", CultureInfo.InvariantCulture)}";
        resource.Etag = $"W/\"{guid}\"";
        resource.Facts["resourceGuid"] = guid;
        return id;
    }
}

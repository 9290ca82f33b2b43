using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Evidence;

/// <summary>A world in which every question that the walk knows has a reason to be asked.</summary>
internal static class BusyWorld
{
    private const string Vgw = "vgw-0e0e0e0e000000099";
    private const string Peering = "pcx-0e0e0e0e000000099";
    private const string List = "pl-0e0e0e0e000000099";

    public static void Make(SandboxWorld world)
    {
        world.RouteTable("workload", "10.44.0.0/16", "None");
        world.PeeredVnet("10.3.0.0/16", gatewayTransit: true);
        var vpc = world.Aws.Vpcs[0];
        world.Aws.VpnGateways.Add(new()
        {
            Id = Vgw,
            Region = vpc.Region,
            State = "available",
            AmazonSideAsn = 64888,
            VpcId = vpc.Id,
        });
        world.Aws.Vpcs.Add(new()
        {
            Id = "vpc-0e0e0e0e000000099",
            Region = vpc.Region,
            State = "available",
            Cidrs = ["10.88.0.0/16"],
        });
        world.Aws.VpcPeerings.Add(new()
        {
            Id = Peering,
            Region = vpc.Region,
            State = "active",
            RequesterVpcId = vpc.Id,
            AccepterVpcId = "vpc-0e0e0e0e000000099",
            AccepterAccount = world.Aws.Account,
            AccepterRegion = vpc.Region,
        });
        world.Aws.PrefixLists.Add(new()
        {
            Id = List,
            Region = vpc.Region,
            State = "create-complete",
            Name = "others",
            AddressFamily = "IPv4",
            MaxEntries = 5,
            Entries = [new("10.66.0.0/16", null)],
        });
        foreach (var table in world.Aws.VpcRouteTables.Where(table => table.VpcId == vpc.Id))
        {
            table.Routes.Add(new() { Destination = "10.88.0.0/16", TargetId = Peering });
            table.Routes.Add(new() { Destination = List, TargetId = Peering });
        }
        RouteServer(world);
    }

    private static void RouteServer(SandboxWorld world)
    {
        var vnet = world.OwnVnet();
        var subnet = Child(vnet, "Microsoft.Network/virtualNetworks/subnets", "subnets/RouteServerSubnet",
            new() { ["addressPrefix"] = "10.2.250.0/26", ["addressPrefixes"] = new JsonArray("10.2.250.0/26") });
        var hub = new ArmResource
        {
            Id = vnet.Id.Replace("virtualNetworks/vnet-app", "virtualHubs/others-rs", StringComparison.Ordinal),
            Type = "Microsoft.Network/virtualHubs",
            Name = "others-rs",
            ResourceGroup = vnet.ResourceGroup,
            Location = vnet.Location,
            State = "Succeeded",
            Works = true,
            Body = new() { ["properties"] = new JsonObject { ["sku"] = "Standard" } },
        };
        world.Azure.Resources.AddRange(
        [
            subnet, hub,
            Child(hub, "Microsoft.Network/virtualHubs/ipConfigurations", "ipConfigurations/one",
                new() { ["subnet"] = new JsonObject { ["id"] = subnet.Id } }),
        ]);
    }

    private static ArmResource Child(ArmResource parent, string type, string path, JsonObject properties) => new()
    {
        Id = $"{parent.Id}/{path}",
        Type = type,
        Name = path.Split('/')[1],
        ResourceGroup = parent.ResourceGroup,
        ParentId = parent.Id,
        State = "Succeeded",
        Works = true,
        Body = new() { ["properties"] = properties },
    };
}

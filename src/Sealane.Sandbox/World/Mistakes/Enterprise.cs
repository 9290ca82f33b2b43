using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>
/// An ordinary enterprise around a link: internet and NAT gateways, other attachments on the transit gateway, other
/// people's circuits, routers and cross connects, spokes and peerings. None of it carries a packet between the
/// protected networks.
/// </summary>
internal static class Enterprise
{
    private const string OtherMcr = "0e0e0e0e-0000-4000-8000-0000000000e7";
    private const string Table = "tgw-rtb-0e0e0e0e0e0e0e0e7";

    /// <param name="attachments">VPCs of other teams on the link's transit gateway.</param>
    /// <param name="vxcs">Cross connects of another router of the same Megaport account.</param>
    public static void OrdinaryEnterprise(this SandboxWorld world, int attachments, int vxcs)
    {
        if (world.Megaport.Mcrs.Exists(one => one.Id == OtherMcr))
        {
            return;
        }
        InternetOf(world);
        Attachments(world, attachments);
        OtherCrossConnects(world, vxcs);
        OtherCircuits(world);
        world.PeeredVnet("10.3.0.0/16", gatewayTransit: true);
    }

    private static string Id(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}-{Neighbours.Mark}{number:x9}");

    /// <summary>The default route of every table of the VPC goes to a NAT gateway.</summary>
    private static void InternetOf(SandboxWorld world)
    {
        var vpc = world.Aws.Vpcs[0];
        var subnet = world.Aws.Subnets.First(one => one.VpcId == vpc.Id);
        world.Aws.InternetGateways.Add(new()
        {
            Id = Id("igw", 1),
            Region = vpc.Region,
            State = "available",
            VpcId = vpc.Id,
        });
        world.Aws.NatGateways.Add(new()
        {
            Id = Id("nat", 1),
            Region = vpc.Region,
            State = "available",
            VpcId = vpc.Id,
            SubnetId = subnet.Id,
            ConnectivityType = "public",
            PrivateIp = subnet.Prefix.Host(250).ToString(),
            PublicIp = "203.0.113.20",
            NetworkInterfaceId = Id("eni", 1),
        });
        foreach (var table in world.Aws.VpcRouteTables.Where(one => one.VpcId == vpc.Id
            && !one.Routes.Exists(route => route.Destination == "0.0.0.0/0")))
        {
            table.Routes.Add(new() { Destination = "0.0.0.0/0", TargetId = Id("nat", 1) });
        }
    }

    /// <summary>Every third propagates into the link's workload table, as shared services do; one is of another
    /// account.</summary>
    private static void Attachments(SandboxWorld world, int count)
    {
        var own = world.Attachment("vpc");
        var workload = world.WorkloadTable();
        world.Aws.RouteTables.Add(new()
        {
            Id = Table,
            Region = own.Region,
            State = "available",
            TransitGatewayId = own.TransitGatewayId,
        });
        for (var i = 0; i < count; i++)
        {
            var cidr = $"10.{100 + (i / 250)}.{i % 250}.0/24";
            var (vpc, attachment) = (Id("vpc", i + 16), Id("tgw-attach", i + 16));
            var theirs = i == count - 1;
            if (!theirs)
            {
                world.Aws.Vpcs.Add(new() { Id = vpc, Region = own.Region, State = "available", Cidrs = [cidr] });
            }
            world.Aws.Attachments.Add(new()
            {
                Id = attachment,
                Region = own.Region,
                State = "available",
                TransitGatewayId = own.TransitGatewayId,
                ResourceType = "vpc",
                ResourceId = vpc,
                ResourceOwner = theirs ? "999988887777" : null,
                Prefixes = theirs ? [cidr] : [],
            });
            world.Aws.RouteTableAssociations.Add(new()
            {
                Id = $"{Table}/{attachment}",
                State = "associated",
                RouteTableId = Table,
                AttachmentId = attachment,
            });
            (i % 3 == 0 ? workload : world.Aws.RouteTables[^1]).Propagations.Add(attachment);
        }
    }

    /// <summary>Another team's router with its own hosted connections: nothing of it meets the link.</summary>
    private static void OtherCrossConnects(SandboxWorld world, int count)
    {
        var (own, first) = (world.Megaport.Mcrs[0], world.AwsVxc());
        world.Megaport.Mcrs.Add(new()
        {
            Id = OtherMcr,
            Number = 91000,
            Name = "other-team-mcr",
            TermMonths = 12,
            State = "LIVE",
            LocationId = own.LocationId,
            SpeedMbps = own.SpeedMbps,
            Asn = 64999,
            DiversityZone = "red",
        });
        for (var i = 0; i < count; i++)
        {
            var subnet = new Prefix(new Ipv4((10u << 24) + (200u << 16) + ((uint)i * 4)), 30);
            world.Megaport.Vxcs.Add(new()
            {
                Id = $"0e0e0e0e-0000-4000-8000-00000001{i:x4}",
                Number = 91001 + i,
                Name = $"other-team-vxc-{i}",
                TermMonths = 12,
                State = "LIVE",
                Kind = VxcKind.AwsHostedVif,
                McrUid = OtherMcr,
                RateMbps = first.RateMbps,
                AVlan = 1000 + i,
                BPortUid = first.BPortUid,
                BPortName = first.BPortName,
                BLocationId = first.BLocationId,
                BVlan = 1000 + i,
                Interfaces = [new() { Addresses = [new(subnet.Host(1), 30)] }],
                Aws = new()
                {
                    OwnerAccount = "999988887777",
                    ConnectionName = $"other-team-{i}",
                    Region = first.Aws!.Region,
                    DxLocation = first.Aws.DxLocation,
                    ConnectionId = $"dxvif-{Neighbours.Mark}{i:x2}",
                    ConnectionIdShownAt = world.Now,
                },
            });
        }
    }

    /// <summary>Circuits of other teams of the subscription, on gateways of their own.</summary>
    private static void OtherCircuits(SandboxWorld world)
    {
        var own = world.Azure.Resources.First(one =>
            one.Type.EndsWith("/expressRouteCircuits", StringComparison.Ordinal));
        for (var i = 1; i <= 2; i++)
        {
            world.Azure.Resources.Add(new()
            {
                Id = $"{own.Id[..(own.Id.LastIndexOf('/') + 1)]}other-circuit-{i}",
                Type = own.Type,
                Name = $"other-circuit-{i}",
                ResourceGroup = own.ResourceGroup,
                Location = own.Location,
                State = "Succeeded",
                Works = true,
                Body = own.Body.DeepClone().AsObject(),
                Facts = new JsonObject
                {
                    ["serviceKey"] = world.Uuid($"other-circuit/{i}"),
                    ["stag"] = 40 + i,
                    ["providerState"] = "Provisioned",
                },
            });
        }
    }
}

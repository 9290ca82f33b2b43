using Sealane.Core;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>
/// What other teams build around a link: by hand, in good faith, with the clouds' defaults. Each is there once however
/// often it is made, and all of it is known by its ids: <see cref="NeighboursGone"/>.
/// </summary>
internal static class Neighbours
{
    /// <summary>In every id that a neighbour has.</summary>
    public const string Mark = "0e0e0e0e";
    public const string OtherTransitGateway = "tgw-0e0e0e0e0e0e0e0e0";

    /// <summary>The link's own: the first that was made.</summary>
    public static Vxc AwsVxc(this SandboxWorld world) =>
        world.Megaport.Vxcs.First(vxc => vxc.Kind == VxcKind.AwsHostedConnection && !vxc.Ended);

    public static Vxc AzureVxc(this SandboxWorld world) =>
        world.Megaport.Vxcs.First(vxc => vxc.Kind == VxcKind.Azure && !vxc.Ended);

    /// <summary>A /24 of somebody's space, some way into it.</summary>
    public static Prefix Part(Prefix space, uint at) =>
        space.Length >= 24 ? space : new(space.Host((at << 8) % (uint)space.Size), 24);

    public static TransitGatewayAttachment Attachment(this SandboxWorld world, string type) =>
        world.Aws.Attachments.First(one => one.ResourceType == type);

    public static TransitGatewayRouteTable WorkloadTable(this SandboxWorld world) =>
        world.Aws.AssociatedTable(world.Attachment("vpc").Id)!;

    public static ArmResource Azure(this SandboxWorld world, string type, string name) =>
        world.Azure.Resources.Single(one => one.Type.EndsWith(type, StringComparison.OrdinalIgnoreCase)
            && one.Name == name);

    /// <summary>A VXC on the circuit's second path, from the same or another MCR, without any filter.</summary>
    public static void SecondPath(this SandboxWorld world, string mcr)
    {
        if (world.Megaport.Vxcs.Exists(vxc => vxc.Id == "0e0e0e0e-0000-4000-8000-00000000a2a2"))
        {
            return;
        }
        var own = world.AzureVxc().Azure!;
        ToCircuit(world, ("0e0e0e0e-0000-4000-8000-00000000a2a2", 90002, "second-path"), mcr, "secondary",
            own.ServiceKey, own.Peer!);
    }

    /// <summary>A VXC from the link's MCR to a circuit of another team, without any filter.</summary>
    public static void OtherCircuit(this SandboxWorld world, string serviceKey, Prefix primary, Prefix secondary)
    {
        var own = world.AzureVxc();
        ToCircuit(world, ("0e0e0e0e-0000-4000-8000-00000000a3a3", 90003, "another-circuit"), own.McrUid, "primary",
            serviceKey, new()
            {
                PeerAsn = own.Azure!.Peer!.PeerAsn,
                Primary = primary,
                Secondary = secondary,
                Vlan = own.Azure.Peer.Vlan,
            });
    }

    private static void ToCircuit(
        SandboxWorld world, (string Id, int Number, string Name) vxc, string mcr, string path, string serviceKey,
        AzurePeer peer)
    {
        var first = world.AzureVxc();
        var session = first.Interfaces[0].BgpConnections[0];
        var block = path == "secondary" ? peer.Secondary : peer.Primary;
        world.Megaport.Vxcs.Add(new()
        {
            Id = vxc.Id,
            Number = vxc.Number,
            Name = vxc.Name,
            TermMonths = 1,
            State = "LIVE",
            Kind = VxcKind.Azure,
            McrUid = mcr,
            RateMbps = first.RateMbps,
            AVlan = vxc.Number - 89100,
            BPortUid = world.Megaport.AzurePorts.First(port => port.Path == path).Uid,
            BPortName = path,
            BLocationId = first.BLocationId,
            BVlan = first.BVlan,
            Interfaces =
            [
                new()
                {
                    Addresses = [new(block.Host(1), 30)],
                    Vlan = first.Interfaces[0].Vlan,
                    BgpConnections =
                    [
                        new()
                        {
                            PeerAsn = session.PeerAsn,
                            LocalAddress = block.Host(1),
                            PeerAddress = block.Host(2),
                            Password = session.Password,
                        },
                    ],
                },
            ],
            Azure = new() { ServiceKey = serviceKey, Path = path, Peer = peer, AutomaticAEnd = true },
        });
    }

    /// <summary>A second way between the same VPC and VNet: MCR, hosted connection, VIF, Direct Connect gateway and
    /// transit
    /// gateway, with nothing closed.</summary>
    public static void SecondWay(this SandboxWorld world)
    {
        const string mcr = "0e0e0e0e-0000-4000-8000-0000000000e1";
        if (world.Megaport.Mcrs.Exists(one => one.Id == mcr))
        {
            return;
        }
        var own = world.Megaport.Mcrs[0];
        world.Megaport.Mcrs.Add(new()
        {
            Id = mcr,
            Number = 90001,
            Name = "other-team",
            TermMonths = 1,
            State = "LIVE",
            LocationId = own.LocationId,
            SpeedMbps = own.SpeedMbps,
            Asn = own.Asn,
            DiversityZone = "blue",
        });
        world.SecondPath(mcr);
        world.SecondAwsSide(mcr, dxGateway: null);
        var (vpc, vnet) = (world.Aws.Vpcs[0], $"{world.Azure.ReadVnets()[0].Prefixes[0]}");
        world.AddTransitGateway(vpc);
        world.Aws.Subnets.Add(new()
        {
            Id = "subnet-0e0e0e0e0e0e0e0e0",
            Region = world.Aws.Vpcs[0].Region,
            State = "available",
            VpcId = vpc.Id,
            Cidr = Part(vpc.Prefixes[0], 9).ToString(),
            AvailabilityZone = world.Aws.Subnets[0].AvailabilityZone,
            AvailabilityZoneId = world.Aws.Subnets[0].AvailabilityZoneId,
        });
        world.Aws.VpcRouteTables.Add(new()
        {
            Id = "rtb-0e0e0e0e0e0e0e0e0",
            Region = vpc.Region,
            VpcId = vpc.Id,
            SubnetIds = ["subnet-0e0e0e0e0e0e0e0e0"],
            Routes = [new() { Destination = vnet, TargetId = OtherTransitGateway }],
        });
    }
}

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
        AddTransitGateway(world, vpc);
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

    /// <summary>A hosted connection with a VIF from an MCR, its session without filters.</summary>
    /// <param name="dxGateway">Null: on one of its own.</param>
    /// <param name="vpnGateway">A private VIF that ends there.</param>
    /// <param name="behindDxGateway">The private VIF ends on a Direct Connect gateway of its own, which is associated
    /// with the virtual private gateway.</param>
    public static void SecondAwsSide(
        this SandboxWorld world, string mcr, string? dxGateway, VpnGateway? vpnGateway = null,
        bool behindDxGateway = false)
    {
        if (world.Aws.Vifs.Exists(one => one.Id == "dxvif-0e0e0e0e"))
        {
            return;
        }
        var ends = vpnGateway is null || behindDxGateway;
        var first = world.AwsVxc();
        var (connection, vif) = (world.Aws.Connections[0], world.Aws.Vifs[0]);
        var (subnet, key) = (Prefix.Parse("192.168.77.0/30"), "Other_team_key_01");
        var gateway = dxGateway ?? "0e0e0e0e-0000-4000-8000-00000000d0d0";
        if (dxGateway is null && ends)
        {
            world.Aws.DxGateways.Add(new()
            {
                Id = gateway,
                Region = "",
                State = "available",
                Name = "other",
                AmazonSideAsn = 64770
            });
        }
        var asn = ends ? world.Aws.DxGateways.Single(one => one.Id == gateway).AmazonSideAsn
            : vpnGateway!.AmazonSideAsn;
        if (vpnGateway is not null && ends)
        {
            world.Aws.DxAssociations.Add(new()
            {
                Id = "0e0e0e0e-0000-4000-8000-00000000a6a6",
                State = "associated",
                DxGatewayId = gateway,
                TransitGatewayId = vpnGateway.Id,
                TransitGatewayRegion = vpnGateway.Region,
                AttachmentId = "",
                AllowedPrefixes = ["10.1.0.0/16"],
                AnnouncedPrefixes = ["10.1.0.0/16"],
            });
        }
        var router = world.Megaport.Mcrs.Single(one => one.Id == mcr);
        world.Aws.Connections.Add(new()
        {
            Id = "dxcon-0e0e0e0e",
            Region = connection.Region,
            State = "available",
            OwnerAccount = connection.OwnerAccount,
            Name = "other",
            Location = connection.Location,
            RateMbps = connection.RateMbps,
            Vlan = 777,
            AwsDevice = connection.AwsDevice,
        });
        world.Aws.Vifs.Add(new()
        {
            Id = "dxvif-0e0e0e0e",
            Region = vif.Region,
            State = "down",
            Name = "other",
            Type = vpnGateway is null ? DxVif.Transit : DxVif.Private,
            ConnectionId = "dxcon-0e0e0e0e",
            DxGatewayId = ends ? gateway : "",
            VirtualGatewayId = ends ? "" : vpnGateway!.Id,
            Vlan = 777,
            Peers =
            [
                new()
                {
                    Id = "dxpeer-0e0e0e0e",
                    AddressFamily = "ipv4",
                    Asn = router.Asn,
                    AuthKey = key,
                    AmazonAddress = $"{subnet.Host(2)}/30",
                    CustomerAddress = $"{subnet.Host(1)}/30",
                },
            ],
        });
        world.Megaport.Vxcs.Add(new()
        {
            Id = "0e0e0e0e-0000-4000-8000-00000000a1a1",
            Number = 90003,
            Name = "other-aws",
            TermMonths = 1,
            State = "LIVE",
            Kind = VxcKind.AwsHostedConnection,
            McrUid = mcr,
            RateMbps = first.RateMbps,
            AVlan = 903,
            BPortUid = first.BPortUid,
            BPortName = first.BPortName,
            BLocationId = first.BLocationId,
            BVlan = 777,
            Interfaces =
            [
                new()
                {
                    Addresses = [new(subnet.Host(1), 30)],
                    BgpConnections =
                    [
                        new() { PeerAsn = asn, LocalAddress = subnet.Host(1), PeerAddress = subnet.Host(2),
                            Password = key },
                    ],
                },
            ],
            Aws = new()
            {
                OwnerAccount = first.Aws!.OwnerAccount,
                ConnectionName = "other",
                Region = first.Aws.Region,
                DxLocation = first.Aws.DxLocation,
                ConnectionId = "dxcon-0e0e0e0e",
                ConnectionIdShownAt = world.Now,
            },
        });
    }

    /// <summary>A VPC of another team on the link's transit gateway, propagated into its workload table.</summary>
    public static void OtherVpc(this SandboxWorld world, string cidr)
    {
        if (world.Aws.Vpcs.Exists(vpc => vpc.Id == "vpc-0e0e0e0e0e0e0e0e0"))
        {
            return;
        }
        var own = world.Attachment("vpc");
        world.Aws.Vpcs.Add(new()
        {
            Id = "vpc-0e0e0e0e0e0e0e0e0",
            Region = own.Region,
            State = "available",
            Cidrs = [cidr]
        });
        world.Aws.Attachments.Add(new()
        {
            Id = "tgw-attach-0e0e0e0e0e0e0e0e9",
            Region = own.Region,
            State = "available",
            TransitGatewayId = own.TransitGatewayId,
            ResourceType = "vpc",
            ResourceId = "vpc-0e0e0e0e0e0e0e0e0",
        });
        world.WorkloadTable().Propagations.Add("tgw-attach-0e0e0e0e0e0e0e0e9");
    }

    private static void AddTransitGateway(SandboxWorld world, Vpc vpc)
    {
        const string table = "tgw-rtb-0e0e0e0e0e0e0e0e0";
        var (toVpc, toDx) = ("tgw-attach-0e0e0e0e0e0e0e0e1", "tgw-attach-0e0e0e0e0e0e0e0e2");
        world.Aws.TransitGateways.Add(new()
        {
            Id = OtherTransitGateway,
            Region = vpc.Region,
            State = "available",
            AmazonSideAsn = 64771,
            AssociationDefaultRouteTableId = table,
            PropagationDefaultRouteTableId = table,
        });
        world.Aws.RouteTables.Add(new()
        {
            Id = table,
            Region = vpc.Region,
            State = "available",
            TransitGatewayId = OtherTransitGateway,
            Propagations = [toVpc, toDx],
        });
        Attach(toVpc, "vpc", vpc.Id);
        Attach(toDx, "direct-connect-gateway", "0e0e0e0e-0000-4000-8000-00000000d0d0");
        world.Aws.DxAssociations.Add(new()
        {
            Id = "0e0e0e0e-0000-4000-8000-00000000a5a5",
            State = "associated",
            DxGatewayId = "0e0e0e0e-0000-4000-8000-00000000d0d0",
            TransitGatewayId = OtherTransitGateway,
            TransitGatewayRegion = vpc.Region,
            AttachmentId = toDx,
            AllowedPrefixes = [vpc.Cidrs[0]],
            AnnouncedPrefixes = [vpc.Cidrs[0]],
        });

        void Attach(string id, string type, string resource)
        {
            world.Aws.Attachments.Add(new()
            {
                Id = id,
                Region = vpc.Region,
                State = "available",
                TransitGatewayId = OtherTransitGateway,
                ResourceType = type,
                ResourceId = resource,
            });
            world.Aws.RouteTableAssociations.Add(new()
            {
                Id = $"{id}-{table}",
                State = "associated",
                RouteTableId = table,
                AttachmentId = id,
            });
        }
    }
}

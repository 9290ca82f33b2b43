using Sealane.Core;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>What other teams build on AWS's side.</summary>
internal static class AwsNeighbours
{
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

    /// <summary>A transit gateway of another team, between a VPC and the second Direct Connect gateway.</summary>
    public static void AddTransitGateway(this SandboxWorld world, Vpc vpc)
    {
        const string table = "tgw-rtb-0e0e0e0e0e0e0e0e0";
        var (toVpc, toDx) = ("tgw-attach-0e0e0e0e0e0e0e0e1", "tgw-attach-0e0e0e0e0e0e0e0e2");
        world.Aws.TransitGateways.Add(new()
        {
            Id = Neighbours.OtherTransitGateway,
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
            TransitGatewayId = Neighbours.OtherTransitGateway,
            Propagations = [toVpc, toDx],
        });
        Attach(toVpc, "vpc", vpc.Id);
        Attach(toDx, "direct-connect-gateway", "0e0e0e0e-0000-4000-8000-00000000d0d0");
        world.Aws.DxAssociations.Add(new()
        {
            Id = "0e0e0e0e-0000-4000-8000-00000000a5a5",
            State = "associated",
            DxGatewayId = "0e0e0e0e-0000-4000-8000-00000000d0d0",
            TransitGatewayId = Neighbours.OtherTransitGateway,
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
                TransitGatewayId = Neighbours.OtherTransitGateway,
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

using Amazon.EC2;
using Amazon.EC2.Model;
using Sealane.Tests.Sandbox.Aws;
using Assert = Sealane.Tests.Foreign.Judged;

namespace Sealane.Tests.Foreign;

/// <summary>The AWS half of the guide, made and taken down by AWS's own client for .NET.</summary>
public sealed class Ec2SdkBuildsTests
{
    private const string VNet = "10.2.0.0/16";
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task The_half_of_AWS_is_made_read_changed_and_deleted()
    {
        using var sdk = new Ec2Sdk(_aws.World, AwsBench.Key, AwsBench.Region, _aws.Net);
        var ec2 = sdk.Client;
        var ct = TestContext.Current.CancellationToken;

        var gateway = (await ec2.CreateTransitGatewayAsync(new()
        {
            Description = "by hand",
            Options = new()
            {
                AmazonSideAsn = 65534,
                TransitGatewayCidrBlocks = ["10.254.1.0/24"],
                DefaultRouteTableAssociation = DefaultRouteTableAssociationValue.Disable,
                DefaultRouteTablePropagation = DefaultRouteTablePropagationValue.Disable,
            },
            TagSpecifications = Tagged("transit-gateway", "tgw"),
        }, ct)).TransitGateway;
        Assert.Equal((TransitGatewayState.Pending, 65534), (gateway.State, gateway.Options.AmazonSideAsn));
        await _aws.Wait(2);
        gateway = Assert.Single((await ec2.DescribeTransitGatewaysAsync(
            new() { Filters = [new() { Name = "tag:Name", Values = ["tgw"] }] }, ct)).TransitGateways);
        Assert.Equal((TransitGatewayState.Available, "10.254.1.0/24", "disable"),
            (gateway.State, Assert.Single(gateway.Options.TransitGatewayCidrBlocks),
                gateway.Options.DefaultRouteTableAssociation.Value));

        var workload = await Table(ec2, gateway, "workload", ct);
        var transport = await Table(ec2, gateway, "transport", ct);
        var subnets = (await ec2.DescribeSubnetsAsync(
            new() { Filters = [new() { Name = "vpc-id", Values = [AwsBench.Vpc] }] }, ct)).Subnets;
        var vpc = (await ec2.CreateTransitGatewayVpcAttachmentAsync(new()
        {
            TransitGatewayId = gateway.TransitGatewayId,
            VpcId = AwsBench.Vpc,
            SubnetIds = [.. subnets.Select(subnet => subnet.SubnetId)],
            TagSpecifications = Tagged("transit-gateway-attachment", "vpc"),
        }, ct)).TransitGatewayVpcAttachment.TransitGatewayAttachmentId;

        var edge = await AwsLink.DxGateway(_aws);
        var (_, edgeAttachment) = await AwsLink.Associate(_aws, edge, gateway.TransitGatewayId);
        Assert.Equal(("direct-connect-gateway", edge), await Attachment(ec2, edgeAttachment, ct));

        var customer = (await ec2.CreateCustomerGatewayAsync(new()
        {
            Type = Amazon.EC2.GatewayType.Ipsec1,
            IpAddress = "10.2.0.6",
            BgpAsn = 65515,
            DeviceName = "azure",
        }, ct)).CustomerGateway;
        await _aws.Wait(1);
        var vpn = (await ec2.CreateVpnConnectionAsync(new()
        {
            Type = "ipsec.1",
            CustomerGatewayId = customer.CustomerGatewayId,
            TransitGatewayId = gateway.TransitGatewayId,
            Options = new()
            {
                OutsideIpAddressType = "PrivateIpv4",
                TransportTransitGatewayAttachmentId = edgeAttachment,
                StaticRoutesOnly = false,
                TunnelOptions = [Tunnel("169.254.21.0/30"), Tunnel("169.254.22.0/30")],
            },
        }, ct)).VpnConnection;
        Assert.Equal(VpnState.Pending, vpn.State);
        await _aws.Wait(8);
        vpn = Assert.Single((await ec2.DescribeVpnConnectionsAsync(
            new() { VpnConnectionIds = [vpn.VpnConnectionId] }, ct)).VpnConnections);
        Assert.Equal(VpnState.Available, vpn.State);
        Assert.Equal(["169.254.21.0/30", "169.254.22.0/30"], vpn.Options.TunnelOptions.Select(t => t.TunnelInsideCidr));
        Assert.All(vpn.Options.TunnelOptions, tunnel => Assert.Equal(("ikev2", 14, "AES256-GCM-16"),
            (tunnel.IkeVersions.Single().Value, tunnel.Phase1DHGroupNumbers.Single().Value,
                tunnel.Phase2EncryptionAlgorithms.Single().Value)));
        Assert.Equal(2, vpn.VgwTelemetry.Count);

        await Routing(ec2, workload, transport, vpc, edgeAttachment, vpn, ct);
        await Modified(ec2, vpn, ct);
        await Deleted(ec2, gateway, [workload, transport], vpc, customer, vpn, ct);
    }

    private async Task Routing(
        AmazonEC2Client ec2, string workload, string transport, string vpc, string edge, VpnConnection vpn,
        CancellationToken ct)
    {
        var tunnels = Assert.Single((await ec2.DescribeTransitGatewayAttachmentsAsync(
            new() { Filters = [new() { Name = "resource-id", Values = [vpn.VpnConnectionId] }] }, ct))
            .TransitGatewayAttachments).TransitGatewayAttachmentId;
        foreach (var (table, attachment) in new[] { (workload, vpc), (workload, tunnels), (transport, edge) })
        {
            var made = (await ec2.AssociateTransitGatewayRouteTableAsync(
                new() { TransitGatewayRouteTableId = table, TransitGatewayAttachmentId = attachment }, ct)).Association;
            Assert.Equal(TransitGatewayAssociationState.Associating, made.State);
        }
        foreach (var attachment in new[] { vpc, tunnels })
        {
            await ec2.EnableTransitGatewayRouteTablePropagationAsync(
                new() { TransitGatewayRouteTableId = workload, TransitGatewayAttachmentId = attachment }, ct);
        }
        await _aws.Wait(2);
        var associated = (await ec2.GetTransitGatewayRouteTableAssociationsAsync(
            new() { TransitGatewayRouteTableId = workload }, ct)).Associations;
        Assert.Equal(["vpc", "vpn"], associated.Select(one => one.ResourceType.Value).Order());
        Assert.All(associated, one => Assert.Equal(TransitGatewayAssociationState.Associated, one.State));
        Assert.Equal(["vpc", "vpn"], (await ec2.GetTransitGatewayRouteTablePropagationsAsync(
            new() { TransitGatewayRouteTableId = workload }, ct)).TransitGatewayRouteTablePropagations
            .Select(one => one.ResourceType.Value).Order());

        _aws.Net.Routes[workload] = [new(Core.Prefix.Parse(VNet), "propagated", "active", [tunnels])];
        var found = Assert.Single((await ec2.SearchTransitGatewayRoutesAsync(new()
        {
            TransitGatewayRouteTableId = workload,
            Filters = [new() { Name = "route-search.exact-match", Values = [VNet] }],
        }, ct)).Routes);
        Assert.Equal((TransitGatewayRouteState.Active, TransitGatewayRouteType.Propagated, tunnels),
            (found.State, found.Type, Assert.Single(found.TransitGatewayAttachments).TransitGatewayAttachmentId));

        foreach (var table in (await ec2.DescribeRouteTablesAsync(
            new() { Filters = [new() { Name = "vpc-id", Values = [AwsBench.Vpc] }] }, ct)).RouteTables)
        {
            var gateway = vpn.TransitGatewayId;
            Assert.True((await ec2.CreateRouteAsync(new()
            {
                RouteTableId = table.RouteTableId,
                DestinationCidrBlock = VNet,
                TransitGatewayId = gateway,
            }, ct)).Return);
            var read = Assert.Single((await ec2.DescribeRouteTablesAsync(
                new() { RouteTableIds = [table.RouteTableId] }, ct)).RouteTables);
            Assert.Contains(read.Routes, route => route.DestinationCidrBlock == VNet
                && route.TransitGatewayId == gateway && route.State == RouteState.Active);
            await ec2.DeleteRouteAsync(new() { RouteTableId = table.RouteTableId, DestinationCidrBlock = VNet }, ct);
        }
    }

    private async Task Modified(AmazonEC2Client ec2, VpnConnection vpn, CancellationToken ct)
    {
        var outside = vpn.Options.TunnelOptions[0].OutsideIpAddress;
        _aws.Net.Tunnels[outside] = new(true, true, AwsBench.Start, 1)
        {
            Suite = null,
        };
        await ec2.ModifyVpnTunnelOptionsAsync(new()
        {
            VpnConnectionId = vpn.VpnConnectionId,
            VpnTunnelOutsideIpAddress = outside,
            TunnelOptions = new() { DPDTimeoutSeconds = 60, StartupAction = "start" },
        }, ct);
        await _aws.Wait(30);
        var after = Assert.Single((await ec2.DescribeVpnConnectionsAsync(
            new() { VpnConnectionIds = [vpn.VpnConnectionId] }, ct)).VpnConnections);
        Assert.Equal(VpnState.Available, after.State);
        Assert.Equal((60, TelemetryStatus.UP), (
            after.Options.TunnelOptions.Single(tunnel => tunnel.OutsideIpAddress == outside).DpdTimeoutSeconds,
            after.VgwTelemetry.Single(tunnel => tunnel.OutsideIpAddress == outside).Status));
        Assert.Equal(TelemetryStatus.DOWN,
            after.VgwTelemetry.Single(tunnel => tunnel.OutsideIpAddress != outside).Status);

        await ec2.CreateTagsAsync(
            new() { Resources = [vpn.VpnConnectionId], Tags = [new() { Key = "colour", Value = "red" }] }, ct);
        Assert.Equal("red", Assert.Single((await ec2.DescribeTagsAsync(
            new() { Filters = [new() { Name = "resource-id", Values = [vpn.VpnConnectionId] }] }, ct)).Tags).Value);
    }

    private async Task Deleted(
        AmazonEC2Client ec2, TransitGateway gateway, string[] tables, string vpc, CustomerGateway customer,
        VpnConnection vpn, CancellationToken ct)
    {
        await Refused("IncorrectState", () => ec2.DeleteTransitGatewayAsync(
            new() { TransitGatewayId = gateway.TransitGatewayId }, ct));
        await Refused("IncorrectState", () => ec2.DeleteCustomerGatewayAsync(
            new() { CustomerGatewayId = customer.CustomerGatewayId }, ct));
        await ec2.DeleteVpnConnectionAsync(new() { VpnConnectionId = vpn.VpnConnectionId }, ct);
        await _aws.Wait(10);
        await ec2.DeleteCustomerGatewayAsync(new() { CustomerGatewayId = customer.CustomerGatewayId }, ct);
        await ec2.DeleteTransitGatewayVpcAttachmentAsync(new() { TransitGatewayAttachmentId = vpc }, ct);
        await Unassociated(ec2, tables, ct);
        await _aws.Wait(10);
        foreach (var table in tables)
        {
            await ec2.DeleteTransitGatewayRouteTableAsync(new() { TransitGatewayRouteTableId = table }, ct);
        }
        var association = _aws.State.DxAssociations.Single().Id;
        _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{association}'}}");
        await _aws.Wait(30);
        Assert.Equal(TransitGatewayState.Deleting, (await ec2.DeleteTransitGatewayAsync(
            new() { TransitGatewayId = gateway.TransitGatewayId }, ct)).TransitGateway.State);
        await _aws.Wait(10);
        Assert.DoesNotContain((await ec2.DescribeTransitGatewaysAsync(new(), ct)).TransitGateways ?? [],
            one => one.State != TransitGatewayState.Deleted);
        Assert.All((await ec2.DescribeVpnConnectionsAsync(new(), ct)).VpnConnections ?? [],
            one => Assert.Equal(VpnState.Deleted, one.State));
    }

    private static async Task Unassociated(AmazonEC2Client ec2, string[] tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            foreach (var one in (await ec2.GetTransitGatewayRouteTableAssociationsAsync(
                new() { TransitGatewayRouteTableId = table }, ct)).Associations ?? [])
            {
                if (one.State == TransitGatewayAssociationState.Associated)
                {
                    await ec2.DisassociateTransitGatewayRouteTableAsync(new()
                    {
                        TransitGatewayRouteTableId = table,
                        TransitGatewayAttachmentId = one.TransitGatewayAttachmentId,
                    }, ct);
                }
            }
        }
    }

    private async Task<string> Table(AmazonEC2Client ec2, TransitGateway gateway, string name, CancellationToken ct)
    {
        var made = (await ec2.CreateTransitGatewayRouteTableAsync(new()
        {
            TransitGatewayId = gateway.TransitGatewayId,
            TagSpecifications = Tagged("transit-gateway-route-table", name),
        }, ct)).TransitGatewayRouteTable;
        await _aws.Wait(1);
        return made.TransitGatewayRouteTableId;
    }

    private static async Task<(string Type, string Resource)> Attachment(
        AmazonEC2Client ec2, string id, CancellationToken ct)
    {
        var found = Assert.Single((await ec2.DescribeTransitGatewayAttachmentsAsync(
            new() { TransitGatewayAttachmentIds = [id] }, ct)).TransitGatewayAttachments);
        return (found.ResourceType.Value, found.ResourceId);
    }

    private static async Task Refused(string code, Func<Task> call) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<AmazonEC2Exception>(call)).ErrorCode);

    private static VpnTunnelOptionsSpecification Tunnel(string inside) => new()
    {
        TunnelInsideCidr = inside,
        PreSharedKey = "Secret1234",
        IKEVersions = [new() { Value = "ikev2" }],
        Phase1EncryptionAlgorithms = [new() { Value = "AES256" }],
        Phase1IntegrityAlgorithms = [new() { Value = "SHA2-256" }],
        Phase1DHGroupNumbers = [new() { Value = 14 }],
        Phase2EncryptionAlgorithms = [new() { Value = "AES256-GCM-16" }],
        Phase2IntegrityAlgorithms = [new() { Value = "SHA2-256" }],
        Phase2DHGroupNumbers = [new() { Value = 14 }],
        StartupAction = "start",
    };

    private static List<TagSpecification> Tagged(string type, string name) =>
        [new() { ResourceType = type, Tags = [new() { Key = "Name", Value = name }] }];
}

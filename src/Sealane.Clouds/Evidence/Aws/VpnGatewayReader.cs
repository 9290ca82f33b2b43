using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Aws;

/// <summary>A virtual private gateway of a protected VPC: VPNs and Direct Connect past the transit gateway.</summary>
internal sealed class VpnGatewayReader : Reader
{
    private static readonly Question Vpns = new()
    {
        Call = "ec2:DescribeVpnConnections (of a virtual private gateway)",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeVpnConnections",
        Shows = "VPN connections of the virtual private gateway",
    };

    private static readonly Question Associations = new()
    {
        Call = "directconnect:DescribeDirectConnectGatewayAssociations (of a virtual private gateway)",
        Cloud = Cloud.Aws,
        Permission = "directconnect:DescribeDirectConnectGatewayAssociations",
        Shows = "Direct Connect gateways behind the virtual private gateway",
        LeadsTo = "Direct Connect gateways",
        Hides = "a way to Azure past the transit gateway",
    };

    public override string Kind => "virtual private gateway";

    public override IReadOnlyList<Question> Questions => [Vpns, Associations];

    public override async Task Read(Walk walk, string id)
    {
        var aws = walk.AwsOf(id);
        var vpns = TransitGatewayReader.ReadVpns(
            walk, aws, id, Vpns, ct => aws.Ec2.VpnConnectionsOfVpnGateway(id, ct));
        foreach (var association in await walk.Ask(
            Associations, id, ct => aws.DirectConnect.AssociationsOf(id, ct)!).ConfigureAwait(false) ?? [])
        {
            walk.Reach(AllReaders.DxGateway, association.DirectConnectGatewayId,
                walk.EyesOf(association.DirectConnectGatewayOwnerAccount) ?? aws);
        }
        // Private virtual interfaces name it themselves; all of a region come in one listing.
        DxGatewayReader.ReachInterfaces(walk, aws);
        await vpns.ConfigureAwait(false);
    }
}

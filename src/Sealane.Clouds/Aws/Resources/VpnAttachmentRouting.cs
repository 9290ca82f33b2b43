using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Puts the VPN into the workload table: the VPC reaches Azure through the tunnels, and Azure the VPC. Guide
/// step 17.</summary>
public sealed class VpnAttachmentRouting(AwsClients clients) : AttachmentRouting(clients)
{
    public const string Key = "aws/vpn-attachment-routing";

    public override string Id => Key;
    public override string Title => "Routing of the VPN attachment";
    public override IReadOnlyList<int> GuideSteps => [17];
    public override IReadOnlyList<string> Needs => [VpnConnection.Key, WorkloadRouteTable.Key, TransportRouteTable.Key];

    protected override string TableKey => WorkloadRouteTable.Key;
    protected override string? AttachmentOf(IKnown known) => known.Find<Ec2VpnConnection>(VpnConnection.Key)
        ?.AttachmentId;

    public override Desired Derive(NetworkDesign design, IKnown known)
    {
        var workload = known.Get<TransitGatewayRouteTable>(WorkloadRouteTable.Key).Id;
        return new(known.Get<Ec2VpnConnection>(VpnConnection.Key).AttachmentId!, workload, [workload],
            TransportTable(known), new(design.Names.VpnConnection, design.Name));
    }
}

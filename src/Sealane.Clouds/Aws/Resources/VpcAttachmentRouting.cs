using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Puts the VPC into the workload table and keeps its routes out of the transport table: nothing that comes from the
/// Direct Connect gateway finds the VPC. Guide step 4, which shares one table.
/// </summary>
public sealed class VpcAttachmentRouting(AwsClients clients) : AttachmentRouting(clients)
{
    public const string Key = "aws/vpc-attachment-routing";

    public override string Id => Key;
    public override string Title => "Routing of the VPC attachment";
    public override IReadOnlyList<int> GuideSteps => [4];
    public override IReadOnlyList<string> Needs => [VpcAttachment.Key, WorkloadRouteTable.Key, TransportRouteTable.Key];
    public override Locks GuardedBy => Locks.TransitGatewayIsolation;

    protected override string TableKey => WorkloadRouteTable.Key;
    protected override string? AttachmentOf(IKnown known) => known.Find<TransitGatewayVpcAttachment>(VpcAttachment.Key)
        ?.Id;

    public override Desired Derive(NetworkDesign design, IKnown known)
    {
        var workload = known.Get<TransitGatewayRouteTable>(WorkloadRouteTable.Key).Id;
        return new(known.Get<TransitGatewayVpcAttachment>(VpcAttachment.Key).Id, workload, [workload],
            TransportTable(known), null);
    }
}

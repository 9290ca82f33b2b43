using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Puts the VPC into the workload table and keeps its routes out of the transport table: nothing that comes from the
/// Direct Connect gateway finds the VPC. Guide step 4, which shares one table.
/// </summary>
public sealed class VpcAttachmentRouting(AwsClients clients, VpcDesign vpc)
    : AttachmentRouting(Ref(vpc), clients)
{
    public static ObjectRef<AttachmentTables> Ref(VpcDesign vpc) => new(vpc.Key.On("aws/vpc-attachment-routing"));

    public override string Title => vpc.Key.After("Routing of the VPC attachment");
    public override IReadOnlyList<int> GuideSteps => [4];
    public override IReadOnlyList<ObjectRef> Needs =>
        [VpcAttachment.Ref(vpc), WorkloadRouteTable.Ref, TransportRouteTable.Ref];
    public override Locks GuardedBy => Locks.TransitGatewayIsolation;

    public override IReadOnlyList<ObjectRef> SetOn => [VpcAttachment.Ref(vpc)];
    protected override ObjectRef Table => WorkloadRouteTable.Ref;
    protected override string? AttachmentOf(IKnown known) => known.Find(VpcAttachment.Ref(vpc))
        ?.Id;

    public override Desired Derive(IKnown known)
    {
        var workload = known.Get(WorkloadRouteTable.Ref).Id;
        return new(known.Get(VpcAttachment.Ref(vpc)).Id, workload, [workload],
            TransportTable(known));
    }
}

using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Puts the VPN into the workload table: the VPC reaches Azure through the tunnels, and Azure the VPC. Guide
/// step 17.</summary>
public sealed class VpnAttachmentRouting(AwsClients clients, NetworkDesign design)
    : AttachmentRouting(Ref, clients)
{
    public static ObjectRef<AttachmentTables> Ref { get; } = new("aws/vpn-attachment-routing");

    public override string Title => "Routing of the VPN attachment";
    public override IReadOnlyList<int> GuideSteps => [17];
    public override IReadOnlyList<ObjectRef> Needs =>
        [VpnConnection.Ref, WorkloadRouteTable.Ref, TransportRouteTable.Ref];

    protected override ObjectRef Table => WorkloadRouteTable.Ref;
    protected override string? AttachmentOf(IKnown known) => known.Find(VpnConnection.Ref)
        ?.AttachmentId;

    public override Desired Derive(IKnown known)
    {
        var workload = known.Get(WorkloadRouteTable.Ref).Id;
        return new(known.Get(VpnConnection.Ref).AttachmentId!, workload, [workload],
            TransportTable(known), new(design.Names.VpnConnection, design.Name));
    }
}

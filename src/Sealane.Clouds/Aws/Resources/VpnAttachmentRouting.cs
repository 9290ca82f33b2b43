using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Puts the VPN into the workload table: the VPC reaches Azure through the tunnels, and Azure the VPC. Guide
/// step 17.</summary>
public sealed class VpnAttachmentRouting(AwsClients clients, LinkDesign link, VpnConnectionDesign vpn)
    : AttachmentRouting(Ref(vpn), clients)
{
    public static ObjectRef<AttachmentTables> Ref(VpnConnectionDesign vpn) =>
        new(vpn.Key.On("aws/vpn-attachment-routing"));

    public override string Title => vpn.Key.After("Routing of the VPN attachment");
    public override IReadOnlyList<int> GuideSteps => [17];
    public override IReadOnlyList<ObjectRef> Needs =>
        [VpnConnection.Ref(vpn), WorkloadRouteTable.Ref, TransportRouteTable.Ref];

    public override IReadOnlyList<ObjectRef> SetOn => [VpnConnection.Ref(vpn)];
    protected override ObjectRef Table => WorkloadRouteTable.Ref;
    protected override ObjectTags? Tags => ObjectTags.Of(link, vpn.Name);
    protected override string? AttachmentOf(IKnown known) => known.Find(VpnConnection.Ref(vpn))
        ?.AttachmentId;

    public override Desired Derive(IKnown known)
    {
        var workload = known.Get(WorkloadRouteTable.Ref).Id;
        return new(known.Get(VpnConnection.Ref(vpn)).AttachmentId!, workload, [workload],
            TransportTable(known));
    }
}

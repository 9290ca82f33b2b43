using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Keeps the Direct Connect gateway's attachment apart (lock d): it belongs to the empty transport table and announces
/// nothing into the workload table, except where the mode is <c>propagated</c> or <c>auto</c> had to fall back.
/// </summary>
public sealed class DxAttachmentRouting(AwsClients clients) : AttachmentRouting(clients)
{
    public const string Key = "aws/dx-attachment-routing";

    public override string Id => Key;
    public override string Title => "Isolation of the Direct Connect attachment";
    public override IReadOnlyList<int> GuideSteps => [3];
    public override IReadOnlyList<string> Needs => [DxAssociation.Key, TransportRouteTable.Key, WorkloadRouteTable.Key];
    public override Locks Closes => Locks.TransitGatewayIsolation;

    protected override string TableKey => TransportRouteTable.Key;
    protected override string? AttachmentOf(IKnown known) => known.Find<DxAssociationPair>(DxAssociation.Key)
        ?.AttachmentId;

    public override Desired Derive(NetworkDesign design, IKnown known)
    {
        var workload = known.Get<TransitGatewayRouteTable>(WorkloadRouteTable.Key).Id;
        var mode = design.Aws.Isolation;
        var announces = mode is TransitGatewayIsolation.Propagated or TransitGatewayIsolation.Shared;
        return new(known.Get<DxAssociationPair>(DxAssociation.Key).AttachmentId!,
            mode == TransitGatewayIsolation.Shared ? workload
                : known.Get<TransitGatewayRouteTable>(TransportRouteTable.Key).Id,
            announces ? [workload] : [], announces ? [] : [workload],
            new($"{design.Name}-dxgw", design.Name), FallbackMayStay: mode == TransitGatewayIsolation.Auto);
    }
}

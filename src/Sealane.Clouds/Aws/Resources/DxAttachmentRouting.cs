using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// Keeps the Direct Connect gateway's attachment apart (lock d): it belongs to the empty transport table and announces
/// nothing into the workload table, except where the mode is <c>propagated</c> or <c>auto</c> had to fall back.
/// </summary>
public sealed class DxAttachmentRouting(AwsClients clients, LinkDesign link, TransitGatewayDesign gateway)
    : AttachmentRouting(Ref, clients)
{
    public static ObjectRef<AttachmentTables> Ref { get; } = new("aws/dx-attachment-routing");

    public override string Title => "Isolation of the Direct Connect attachment";
    public override IReadOnlyList<int> GuideSteps => [3];
    public override IReadOnlyList<ObjectRef> Needs =>
        [DxAssociation.Ref, TransportRouteTable.Ref, WorkloadRouteTable.Ref];
    public override Locks Closes => Locks.TransitGatewayIsolation;

    protected override IReadOnlyList<string>? Tables(IKnown known) =>
        known.Find(DxAssociation.Ref) is { IsBetweenUsed: true } ? OfLink(known, _ => true) : null;

    protected override bool IsOthers(IKnown known, IEnumerable<string> tables) =>
        known.Find(DxAssociation.Ref) is { IsOthers: true }
        && tables.Except(OfLink(known, table => !link.Existing.ContainsKey(table.Id))).Any();

    private static IReadOnlyList<string> OfLink(IKnown known, Func<ObjectRef<TransitGatewayRouteTable>, bool> which) =>
    [
        .. new ObjectRef<TransitGatewayRouteTable>[] { WorkloadRouteTable.Ref, TransportRouteTable.Ref }
            .Where(which).Select(table => known.Find(table)?.Id).OfType<string>(),
    ];

    public override IReadOnlyList<ObjectRef> SetOn => [DxAssociation.Ref];
    protected override ObjectRef Table => TransportRouteTable.Ref;
    protected override ObjectTags? Tags => ObjectTags.Of(link, $"{link.Name}-dxgw");
    protected override string? AttachmentOf(IKnown known) => known.Find(DxAssociation.Ref)
        ?.AttachmentId;

    public override Desired Derive(IKnown known)
    {
        var workload = known.Get(WorkloadRouteTable.Ref).Id;
        var mode = gateway.Isolation;
        var announces = mode is TransitGatewayIsolation.Propagated or TransitGatewayIsolation.Shared;
        return new(known.Get(DxAssociation.Ref).AttachmentId!,
            mode == TransitGatewayIsolation.Shared ? workload
                : known.Get(TransportRouteTable.Ref).Id,
            announces ? [workload] : [], announces ? [] : [workload],
            FallbackMayStay: mode == TransitGatewayIsolation.Auto)
        {
            IsOthers = known.Find(DxAssociation.Ref) is { IsOthers: true },
        };
    }
}

using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The association and the transit gateway attachment that comes with it: one appears before the other, both
/// are needed.</summary>
/// <param name="Association">Null while only the attachment is left of a deletion.</param>
public sealed record DxAssociationPair(DirectConnectGatewayAssociation? Association,
    TransitGatewayAttachment? Attachment)
{
    /// <summary>The VPN's transport attachment.</summary>
    public string? AttachmentId => Attachment?.Id;

    /// <summary>What the gateway announces to the MCR. IPv6 is kept as the service writes it.</summary>
    public IReadOnlyList<string> AllowedPrefixes =>
        [.. (Association?.AllowedPrefixesToDirectConnectGateway ?? []).Select(prefix => prefix.Cidr)];

    public string State => Association is null ? "disassociating"
        : Association.AssociationState is "associated" && Attachment?.State is not "available"
            ? $"associated, attachment {Attachment?.State ?? "not there yet"}"
        : Association.AssociationState ?? "unknown";
}

/// <summary>
/// Joins Direct Connect gateway and transit gateway. Its allowed prefixes are announced to the MCR verbatim: the
/// transit
/// gateway's CIDR only, unlike guide step 3, so that Azure never learns the VPC outside the tunnels (lock c).
/// </summary>
/// <remarks>
/// API: directconnect Create/Describe/Update/DeleteDirectConnectGatewayAssociation, ec2
/// DescribeTransitGatewayAttachments.
/// https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html
/// </remarks>
/// <param name="vpcs">The VPCs that the guide's order allows.</param>
public sealed class DxAssociation(
    AwsClients clients, LinkDesign link, DxGatewayDesign dxGateway, TransitGatewayDesign transitGateway,
    IReadOnlyList<VpcDesign> vpcs)
    : Resource<DxAssociation.Desired, DxAssociationPair>(Ref)
{
    public sealed record Desired(string GatewayId, string TransitGatewayId, IReadOnlyList<string> AllowedPrefixes,
        bool Existing);

    public static ObjectRef<DxAssociationPair> Ref { get; } = new("aws/dx-association");

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => "Direct Connect gateway association";
    public override IReadOnlyList<int> GuideSteps => [3];
    public override IReadOnlyList<string> Operations =>
    [
        "directconnect:CreateDirectConnectGatewayAssociation", "directconnect:DescribeDirectConnectGatewayAssociations",
        "directconnect:UpdateDirectConnectGatewayAssociation", "directconnect:DeleteDirectConnectGatewayAssociation",
        "ec2:DescribeTransitGatewayAttachments",
    ];
    public override IReadOnlyList<ObjectRef> Needs => [DxGateway.Ref, TransitGateway.Ref];
    public override Locks Closes => Locks.AllowedPrefixes;
    public override TimeSpan Expected => AwsTimes.DxAssociation;
    public override TimeSpan ExpectedDelete => AwsTimes.DxAssociationDelete;
    public override TimeSpan Budget => AwsTimes.DxAssociationBudget;
    public override bool Billed => true;

    // An association bears no tag: it is ours as soon as one of its two ends is.
    public override bool IsMade => base.IsMade && (dxGateway.ExistingId is null || transitGateway.ExistingId is null);

    /// <summary>Made by us it would be nobody's: it bears no tag, and both its ends are others'.</summary>
    public override IReadOnlyList<string> WhyAbsent => IsUsed ? base.WhyAbsent :
    [
        $"{dxGateway.ExistingId} and {transitGateway.ExistingId} exist already and are not associated; an association "
            + "bears no tag, so one between two gateways of others could not be told for this link's and taken away",
        "fix: associate them and apply again: aws directconnect create-direct-connect-gateway-association "
            + $"--direct-connect-gateway-id {dxGateway.ExistingId} --gateway-id {transitGateway.ExistingId} "
            + "--add-allowed-prefixes-to-direct-connect-gateway "
            + string.Join(' ', dxGateway.AllowedPrefixes.Select(prefix => $"cidr={prefix}")),
    ];

    public override Desired Derive(IKnown known) => new(
        known.Get(DxGateway.Ref).DirectConnectGatewayId,
        known.Get(TransitGateway.Ref).Id,
        [.. Allowed(known).Select(prefix => prefix.ToString())], !IsMade && !IsUsed);

    // The guide's order looks at the VPC before anything else.
    private IEnumerable<Prefix> Allowed(IKnown known) => link.Order == BuildOrder.Guide
        ? dxGateway.AllowedPrefixes.Union(vpcs.SelectMany(vpc => known.Get(Vpc.Ref(vpc)).Prefixes))
        : dxGateway.AllowedPrefixes;

    public override async Task<DxAssociationPair?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(DxGateway.Ref) is not { } gateway
            || known.Find(TransitGateway.Ref) is not { } transit)
        {
            return null;
        }
        var associations = await clients.DirectConnect
            .Associations(gateway.DirectConnectGatewayId, transit.Id, ct).ConfigureAwait(false);
        var association = associations.FirstOrDefault(found =>
            found.AssociationState != "disassociated" && (UsedId ?? found.AssociationId) == found.AssociationId);
        // A deletion is over when the attachment is gone too: the transit gateway cannot be deleted before.
        var attachments = await clients.Ec2
            .AttachmentsOf("direct-connect-gateway", [gateway.DirectConnectGatewayId], transit.Id, ct)
                .ConfigureAwait(false);
        return association is null && (IsUsed || attachments.Count == 0) ? null
            : new(association, attachments.FirstOrDefault(found => found.State == "available")
                ?? attachments.FirstOrNull());
    }

    public override Change Compare(Desired desired, DxAssociationPair observed)
    {
        if (observed.Association?.AllowedPrefixesToDirectConnectGateway is not { } allowed
            || allowed.Any(prefix => prefix?.Cidr is null))
        {
            return Change.None;
        }
        var lines = new Differences().Set("allowed prefixes", desired.AllowedPrefixes, observed.AllowedPrefixes).Lines;
        return desired.Existing
            ? Change.Refused([.. lines.Select(line => $"{line}: both gateways exist already, so their association is "
                + $"not changed unasked")])
            : Change.InPlace(lines, "none for prefixes that stay; a prefix that is taken away is no longer reachable "
                + "over the transport");
    }

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.DirectConnect.CreateAssociation(desired.GatewayId, desired.TransitGatewayId, desired.AllowedPrefixes,
            ct);

    public override Task Update(Desired desired, DxAssociationPair observed, CancellationToken ct) =>
        clients.DirectConnect.UpdateAssociation(observed.Association!.AssociationId!,
            [.. desired.AllowedPrefixes.Except(observed.AllowedPrefixes)],
            [.. observed.AllowedPrefixes.Except(desired.AllowedPrefixes)], ct);

    public override Task Delete(DxAssociationPair observed, CancellationToken ct) =>
        observed.Association is { AssociationId: { } id, AssociationState: not "disassociating" }
            ? AwsLookup.Gone(clients.DirectConnect.DeleteAssociation(id, ct))
            : Task.CompletedTask;

    public override bool IsReady(DxAssociationPair observed) => observed.State == "associated";

    public override string? Failed(DxAssociationPair observed) =>
        observed.Association is { AssociationState: "associating", StateChangeError: { Length: > 0 } reason } ? reason
        : observed.Attachment?.State is "failing" ? "the transit gateway attachment fails" : null;

    public override ResourceView View(DxAssociationPair observed) =>
        new(observed.State, observed.Association?.AssociationId,
        observed.AttachmentId is { } id ? AwsConsole.Attachment(clients.Region, id) : null,
        [("attachment", observed.AttachmentId ?? "not there yet"),
            ("allowed prefixes", string.Join(", ", observed.AllowedPrefixes))]);
}

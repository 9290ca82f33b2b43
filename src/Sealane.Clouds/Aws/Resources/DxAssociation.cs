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

    /// <summary>What waits to be accepted, while there is no association.</summary>
    public AssociationProposal? Proposal { get; init; }

    /// <summary>Both its gateways are others'.</summary>
    public bool IsBetweenUsed { get; init; }

    /// <summary>The link did not make it, nor either of its gateways.</summary>
    public bool IsOthers { get; init; }

    public string State => Proposal is not null ? "proposed"
        : Association is null ? "disassociating"
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
/// <param name="settings">Between two used gateways: it makes the association, or changes it.</param>
public sealed class DxAssociation(
    AwsClients clients, LinkDesign link, DxGatewayDesign dxGateway, TransitGatewayDesign transitGateway,
    IReadOnlyList<VpcDesign> vpcs, DxJoin join, DxAssociationSettings? settings)
    : Resource<DxAssociation.Desired, DxAssociationPair>(Ref)
{
    /// <param name="Existing">Between two used gateways, and not made by the link.</param>
    /// <param name="Protected">What must not be allowed.</param>
    public sealed record Desired(string GatewayId, string TransitGatewayId, IReadOnlyList<string> AllowedPrefixes,
        bool Existing, IReadOnlyList<Prefix> Protected);

    public static ObjectRef<DxAssociationPair> Ref { get; } = new("aws/dx-association");

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => dxGateway.Account;
    public override string Title => "Direct Connect gateway association";
    public override IReadOnlyList<int> GuideSteps => [3];
    public override IReadOnlyList<string> Operations => [.. join.Operations, "ec2:DescribeTransitGatewayAttachments"];
    public override string? AccountOf(string operation) => join.AccountOf(operation);
    public override IReadOnlyList<ObjectRef> Needs => [DxGateway.Ref, TransitGateway.Ref];
    public override IReadOnlyList<ObjectRef> After =>
        settings is null ? [] : [new(settings.Id), .. vpcs.Select(Vpc.Ref)];
    public override Locks Closes => Locks.AllowedPrefixes;
    public override TimeSpan Expected => AwsTimes.DxAssociation;
    public override TimeSpan ExpectedDelete => AwsTimes.DxAssociationDelete;
    public override TimeSpan Budget => AwsTimes.DxAssociationBudget;
    public override bool Billed => !IsBetweenUsed;

    // An association bears no tag: it is ours as soon as one of its two ends is.
    public override bool IsMade => base.IsMade && (!IsBetweenUsed || settings is not null);

    /// <summary>Between two used ones it is made and taken back as a setting of them.</summary>
    public override Making Making => IsBetweenUsed ? Making.Awaited : Making.Created;
    public override bool IsOurs(DxAssociationPair observed) => !IsBetweenUsed;

    private bool IsBetweenUsed => dxGateway.ExistingId is not null && transitGateway.ExistingId is not null;

    /// <summary>Made without a note it would be nobody's: it bears no tag, and both its ends are others'.</summary>
    public override IReadOnlyList<string> WhyAbsent => IsUsed ? base.WhyAbsent :
    [
        $"{dxGateway.ExistingId} and {transitGateway.ExistingId} exist already and are not associated; an association "
            + "bears no tag, and in the guide's order there is no circuit yet that whose it is could be written on",
        "fix: associate them and apply again: "
            + join.ToType(dxGateway.ExistingId!, transitGateway.ExistingId!, dxGateway.AllowedPrefixes),
    ];

    public override Desired Derive(IKnown known) => new(
        known.Get(DxGateway.Ref).DirectConnectGatewayId,
        known.Get(TransitGateway.Ref).Id,
        [.. Allowed(known).Select(prefix => prefix.ToString())],
        IsBetweenUsed && !IsUsed && !DxAssociationSettings.Made(known),
        [.. vpcs.SelectMany(vpc => known.Find(Vpc.Ref(vpc))?.Prefixes ?? vpc.Prefixes)]);

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
        var associations = await join.Direct
            .Associations(gateway.DirectConnectGatewayId, transit.Id, ct).ConfigureAwait(false);
        var association = associations.FirstOrDefault(found =>
            found.AssociationState != "disassociated" && (UsedId ?? found.AssociationId) == found.AssociationId);
        // A deletion is over when the attachment is gone too: the transit gateway cannot be deleted before.
        var attachments = await clients.Ec2
            .AttachmentsOf("direct-connect-gateway", [gateway.DirectConnectGatewayId], transit.Id, ct)
                .ConfigureAwait(false);
        var proposal = association is null && attachments.Count == 0 && !IsBetweenUsed
            ? await join.Open(gateway.DirectConnectGatewayId, transit.Id, ct).ConfigureAwait(false) : null;
        return association is null && proposal is null && (IsUsed || attachments.Count == 0) ? null
            : new(association, attachments.FirstOrDefault(found => found.State == "available")
                ?? attachments.FirstOrNull())
            {
                Proposal = proposal,
                IsBetweenUsed = IsBetweenUsed,
                IsOthers = IsBetweenUsed && !DxAssociationSettings.Made(known),
            };
    }

    public override Change Compare(Desired desired, DxAssociationPair observed)
    {
        if (observed.Proposal is not null)
        {
            return Change.InPlace(["proposed: yes → accepted"]);
        }
        if (observed.Association?.AllowedPrefixesToDirectConnectGateway is not { } allowed
            || allowed.Any(prefix => prefix?.Cidr is null))
        {
            return Change.None;
        }
        var wanted = desired.AllowedPrefixes;
        if (settings is not null && (link.Changes(Id) || !desired.Existing))
        {
            // What is missing is added as a setting of the used gateways; what others allow besides stays, as long as
            // nothing that is protected is announced by it.
            wanted = [.. observed.AllowedPrefixes.Where(each => wanted.Contains(each) || ((IsUsed || desired.Existing)
                && Prefix.TryParse(each, out var prefix) && !desired.Protected.Any(prefix.Overlaps)))];
        }
        var lines = new Differences().Set("allowed prefixes", wanted, observed.AllowedPrefixes).Lines;
        return desired.Existing
            ? Change.Refused([.. lines.Select(line => $"{line}: both gateways exist already, so their association is "
                + $"not changed unasked")])
            : Change.InPlace(lines, "none for prefixes that stay; a prefix that is taken away is no longer reachable "
                + "over the transport");
    }

    /// <exception cref="CloudError">Busy: the one that was made between used gateways does not show yet.</exception>
    public override Task Create(Desired desired, CancellationToken ct) => IsBetweenUsed ? throw new CloudError(
        Cloud.Aws, "directconnect:DescribeDirectConnectGatewayAssociations", CloudErrorKind.Busy, null, null,
        "the association is not shown yet")
        : join.Make(desired.GatewayId, desired.TransitGatewayId, desired.AllowedPrefixes, ct);

    public override Task Update(Desired desired, DxAssociationPair observed, CancellationToken ct) =>
        observed.Proposal is not null ? Create(desired, ct)
        : join.Direct.UpdateAssociation(observed.Association!.AssociationId!,
            [.. desired.AllowedPrefixes.Except(observed.AllowedPrefixes)],
            [.. observed.AllowedPrefixes.Except(desired.AllowedPrefixes)], ct);

    public override Task Delete(DxAssociationPair observed, CancellationToken ct) =>
        observed.Proposal is { } proposal ? join.Withdraw(proposal, ct)
            : observed.Association is { AssociationId: { } id, AssociationState: not "disassociating" }
            ? AwsLookup.Gone(join.Direct.DeleteAssociation(id, ct))
            : Task.CompletedTask;

    // What is proposed carries nothing, and can be changed: it is accepted.
    public override bool IsReady(DxAssociationPair observed) => observed.State is "associated" or "proposed";

    public override string? Failed(DxAssociationPair observed) =>
        observed.Association is { AssociationState: "associating", StateChangeError: { Length: > 0 } reason } ? reason
        : observed.Attachment?.State is "failing" ? "the transit gateway attachment fails" : null;

    public override ResourceView View(DxAssociationPair observed) =>
        new(observed.State, observed.Association?.AssociationId,
        observed.AttachmentId is { } id ? AwsConsole.Attachment(clients.Region, id) : null,
        [("attachment", observed.AttachmentId ?? "not there yet"),
            ("allowed prefixes", string.Join(", ", observed.AllowedPrefixes))]);
}

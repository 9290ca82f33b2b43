using Sealane.Clouds.Used;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>
/// What the link sets between a Direct Connect gateway and a transit gateway of others: their association where they
/// have none, and its allowed prefixes on one that is there, where the spec asks for that. An association bears no tag,
/// so whose it is stands in the note.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html</remarks>
public sealed class DxAssociationSettings(AwsClients clients, NetworkDesign design, DxJoin join, UsedNotes notes)
    : UsedSettings(DxAssociation.Ref.Id, notes)
{
    /// <summary>The one value that is no prefix: the two are associated.</summary>
    private const string Joined = "association";

    private sealed record Sight(string Id, DxAssociationPair Pair, IReadOnlyList<string> Has)
        : UsedLook(Id, Pair is { Association: null, Attachment: null, Proposal: null } ? "not associated" : Pair.State,
            Has);

    private readonly string? _usedId = design.Link.Existing.GetValueOrDefault(DxAssociation.Ref.Id);

    /// <summary>Whether there is one for this link.</summary>
    public static bool IsFor(NetworkDesign design) => Joins(design) || design.Link.Changes(DxAssociation.Ref.Id);

    /// <summary>Both gateways are others', and no association of theirs is named.</summary>
    public static bool Joins(NetworkDesign design) => design is
    {
        DxGateway.ExistingId: not null, TransitGateway.ExistingId: not null, Link.Order: not BuildOrder.Guide,
    } && !design.Link.Existing.ContainsKey(DxAssociation.Ref.Id);

    /// <summary>Whether the link made the association.</summary>
    public static bool Made(IKnown known) =>
        known.Observed(RefOf(DxAssociation.Ref.Id)) is Observed seen && seen.Gave(Joined);

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => "Association of the used gateways";
    public override string? Account => design.DxGateway.Account;
    public override string? AccountOf(string operation) => join.AccountOf(operation);
    public override IReadOnlyList<ObjectRef> Needs => [DxGateway.Ref, TransitGateway.Ref];
    public override TimeSpan Expected => AwsTimes.DxAssociation;
    public override TimeSpan Budget => AwsTimes.DxAssociationBudget;

    protected override IReadOnlyList<string> Calls =>
    [
        .. join.Operations,
        "ec2:DescribeTransitGatewayAttachments", "ec2:GetTransitGatewayAttachmentPropagations",
        "ec2:DescribeTransitGatewayRouteTables", "ec2:DescribeVpnConnections",
    ];

    protected override string? ObjectOf(IKnown known) =>
        known.Find(DxGateway.Ref) is { } gateway && known.Find(TransitGateway.Ref) is { } transit
            ? $"{gateway.DirectConnectGatewayId}/{transit.Id}" : null;

    protected override IReadOnlyList<string> Values => !IsFor(design) ? [] :
    [
        .. _usedId is null ? [Joined] : Array.Empty<string>(),
        .. design.DxGateway.AllowedPrefixes.Select(prefix => prefix.ToString()),
    ];

    protected override async Task<UsedLook?> See(string id, UsedNote? note, IKnown? known, CancellationToken ct)
    {
        if (id.Split('/') is not [var gateway, var transit])
        {
            return null;
        }
        var association = (await join.Direct.Associations(gateway, transit, ct).ConfigureAwait(false))
            .FirstOrDefault(found => found.AssociationState != "disassociated"
                && (_usedId ?? found.AssociationId) == found.AssociationId);
        if (association is null && _usedId is not null)
        {
            return null;
        }
        var attachment = (await clients.Ec2.AttachmentsOf("direct-connect-gateway", [gateway], transit, ct)
            .ConfigureAwait(false)).FirstOrNull();
        var pair = new DxAssociationPair(association, attachment)
        {
            Proposal = association is null && attachment is null
                ? await join.Open(gateway, transit, ct).ConfigureAwait(false) : null,
        };
        var prefixes = association?.AllowedPrefixesToDirectConnectGateway;
        IReadOnlyList<string> allowed = [.. (prefixes ?? []).Select(prefix => prefix?.Cidr).OfType<string>()];
        return new Sight(id, pair,
            [.. association is null && pair.Proposal is null ? Array.Empty<string>() : [Joined], .. allowed])
        {
            ReliedOn = note is null || attachment is null ? []
                : await ReliedOn(transit, attachment, allowed, note.Added.Contains(Joined), ct).ConfigureAwait(false),
            IsBusy = association is null ? attachment is not null : pair.State != "associated",
            Failure = association is { AssociationState: "associating", StateChangeError: { Length: > 0 } why } ? why
                : null,
            NotShown = association is not null && prefixes?.All(prefix => prefix?.Cidr is not null) != true
                ? "its answer does not show the allowed prefixes" : null,
            Console = attachment is null ? null : AwsConsole.Attachment(clients.Region, attachment.Id),
        };
    }

    /// <summary>VPN connections of others over the attachment, and tables of others that it is in.</summary>
    private async Task<IReadOnlyList<(string Name, string Value)>> ReliedOn(
        string transit, TransitGatewayAttachment attachment, IReadOnlyList<string> prefixes, bool made,
        CancellationToken ct)
    {
        var vpns = (await OthersVpns.On(transit, design, clients, ct).ConfigureAwait(false))
            .Where(vpn => vpn.TransportAttachmentId == attachment.Id).ToList();
        var ours = (await clients.Ec2.RouteTablesOf(transit, ct).ConfigureAwait(false))
            .Where(table => AwsLookup.Link(table.Tags) == design.Name).Select(table => table.Id)
            .Concat(design.Link.Existing.Values).ToList();
        var tables = (await clients.Ec2.PropagationsOf(attachment.Id, ct).ConfigureAwait(false))
            .Where(each => each.State is not ("disabled" or "disabling")).Select(each => each.TableId)
            .Append(attachment.AssociationState is null or "disassociated" or "disassociating" ? null
                : attachment.AssociatedTableId).OfType<string>().Distinct().Except(ours);
        // What somebody relies on of an association that the link made is all of it.
        return made
            ? [.. from user in vpns.Select(vpn => vpn.Id).Concat(tables)
                  from value in prefixes.Prepend(Joined)
                  select (value, user)]
            : [.. from prefix in prefixes from vpn in vpns where vpn.EndsIn(prefix) select (prefix, vpn.Id)];
    }

    // An association that others made is changed only where the spec asks for it.
    protected override IReadOnlyList<string> Missing(IReadOnlyList<string> wanted, Observed observed) =>
        observed.Look is Sight { Pair.Proposal: not null } ? wanted
        : observed.Look.Has.Contains(Joined) && !observed.Gave(Joined) && !design.Link.Changes(DxAssociation.Ref.Id)
            ? [] : base.Missing(wanted, observed);

    protected override IReadOnlyList<string> Lines(UsedLook look, IReadOnlyList<string> missing)
    {
        var seen = look.Has.Where(IsPrefix).ToList();
        var prefixes = new Differences().Set("allowed prefixes", seen.Concat(missing.Where(IsPrefix)), seen).Lines;
        return missing.Contains(Joined)
            ? [$"association none → {string.Join(" with ", look.Id.Split('/'))}", .. prefixes] : prefixes;
    }

    protected override string Impact(UsedLook look) =>
        "none for what is there; every virtual interface of the Direct Connect gateway is told the added prefixes"
        + (look.Has.Contains(Joined) ? "" : ", and what it announces reaches the new attachment, which is in no table "
            + "of others");

    protected override bool Knows(string value) => value == Joined || Prefix.TryParse(value, out _);

    protected override string Word(string value) => IsPrefix(value) ? $"allowed prefix {value}" : value;

    protected override Task Add(UsedLook look, IReadOnlyList<string> missing, CancellationToken ct) =>
        look.Id.Split('/') is [var gateway, var transit] && missing.Contains(Joined)
            ? AwsLookup.There(join.Make(gateway, transit, [.. missing.Where(IsPrefix)], ct))
            : join.Direct.UpdateAssociation(IdOf(look), [.. missing], [], ct);

    protected override Task Remove(UsedLook look, IReadOnlyList<string> own, CancellationToken ct) =>
        ((Sight)look).Pair.Proposal is { } proposal ? join.Withdraw(proposal, ct)
            : own.Contains(Joined) ? AwsLookup.Gone(join.Direct.DeleteAssociation(IdOf(look), ct))
            : join.Direct.UpdateAssociation(IdOf(look), [], [.. own], ct);

    private static string IdOf(UsedLook look) => ((Sight)look).Pair.Association!.AssociationId!;

    private static bool IsPrefix(string value) => value != Joined;
}

using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The tables of one attachment: the one that routes what comes in by it, and those into which it announces
/// its routes.</summary>
/// <param name="AssociationState">Null where it is associated with no table.</param>
/// <param name="FellBack">It bears the <see cref="FallbackTag"/>.</param>
public sealed record AttachmentTables(
    string AttachmentId, string? TableId, string? AssociationState, IReadOnlyList<AttachmentPropagation> Propagations,
    bool FellBack = false)
{
    /// <summary>An attachment of others in a table of others: it stays there.</summary>
    public bool IsOthers { get; init; }

    /// <summary>The attachment's own.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>
/// What isolation mode <c>auto</c> leaves on the Direct Connect attachment when it falls back, so that its propagation
/// is told
/// from one that somebody else made.
/// </summary>
public static class FallbackTag
{
    public const string Key = "sealane-isolation";
    public const string Value = "propagated";
}

/// <summary>
/// An attachment's place in the route tables. Who may announce into which table is lock d: the workload table knows the
/// VPC and the tunnels, the transport table knows nobody.
/// </summary>
/// <remarks>
/// API: ec2 Associate/DisassociateTransitGatewayRouteTable, Enable/DisableTransitGatewayRouteTablePropagation,
/// DescribeTransitGatewayAttachments, GetTransitGatewayAttachmentPropagations.
/// https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
/// </remarks>
public abstract class AttachmentRouting(ObjectRef<AttachmentTables> self, AwsClients clients)
    : Resource<AttachmentRouting.Desired, AttachmentTables>(self)
{
    /// <param name="TableId">The one table that it belongs to.</param>
    /// <param name="Announces">Tables into which it must announce.</param>
    /// <param name="MustNot">Tables into which it must not. In a table of neither list both are right.</param>
    /// <param name="FallbackMayStay">It may announce where it must not, once it <see
    /// cref="AttachmentTables.FellBack"/>.</param>
    public sealed record Desired(
        string AttachmentId, string TableId, IReadOnlyList<string> Announces, IReadOnlyList<string> MustNot,
        bool FallbackMayStay = false)
    {
        /// <summary>Of others: it is not tagged.</summary>
        public bool IsOthers { get; init; }
    }

    public override Cloud Cloud => Cloud.Aws;
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations =>
    [
        "ec2:AssociateTransitGatewayRouteTable", "ec2:DisassociateTransitGatewayRouteTable",
        "ec2:EnableTransitGatewayRouteTablePropagation", "ec2:DisableTransitGatewayRouteTablePropagation",
        "ec2:DescribeTransitGatewayAttachments", "ec2:GetTransitGatewayAttachmentPropagations", "ec2:CreateTags",
    ];
    public override TimeSpan Expected => AwsTimes.TableAssociation;

    /// <summary>The resource that makes the table to which it belongs.</summary>
    protected abstract ObjectRef Table { get; }

    /// <summary>For an attachment that AWS made by itself and that bears none yet.</summary>
    protected virtual ObjectTags? Tags => null;

    /// <summary>Null where the attachment is not there (yet).</summary>
    protected abstract string? AttachmentOf(IKnown known);

    /// <summary>The tables that are the link's matter; null: all. Between two used gateways others may have their own
    /// for this attachment.</summary>
    protected virtual IReadOnlyList<string>? Tables(IKnown known) => null;

    /// <summary>Whether an attachment in these tables is somebody else's, who has put it there.</summary>
    protected virtual bool IsOthers(IKnown known, IEnumerable<string> tables) => false;

    public override bool IsOurs(AttachmentTables observed) => !observed.IsOthers;

    /// <summary>The table that the workloads must not announce into; the guide's order has none.</summary>
    protected static IReadOnlyList<string> TransportTable(IKnown known) =>
        known.Find(TransportRouteTable.Ref) is { } transport ? [transport.Id] : [];

    public override async Task<AttachmentTables?> Observe(IKnown known, CancellationToken ct)
    {
        if (AttachmentOf(known) is not { } id
            || await Attachment(known, id, ct).ConfigureAwait(false) is not { } attachment)
        {
            return null;
        }
        var propagations = await PropagationsOf(id, ct).ConfigureAwait(false);
        var associated = IsAssociated(attachment);
        if (Tables(known) is { } tables)
        {
            propagations = [.. propagations.Where(each => tables.Contains(each.TableId))];
        }
        return !associated && propagations.Count == 0 ? null
            : new(id, associated ? attachment.AssociatedTableId : null, associated ? attachment.AssociationState : null,
                propagations,
                attachment.Tags.GetValueOrDefault(FallbackTag.Key) == FallbackTag.Value)
            {
                Tags = attachment.Tags,
                IsOthers = IsOthers(known, propagations.Select(each => each.TableId)
                    .Concat(associated ? [attachment.AssociatedTableId!] : [])),
            };
    }

    // Of its gateway's list, which a look asks for once and for all attachments.
    private async Task<TransitGatewayAttachment?> Attachment(IKnown known, string id, CancellationToken ct) =>
        known.Find(TransitGateway.Ref) is not { } gateway
            ? await clients.Ec2.FindAttachment(id, ct).ConfigureAwait(false)
            : (await clients.Ec2.AttachmentsOfTransitGateway(gateway.Id, ct).ConfigureAwait(false))
                .FirstOrDefault(attachment => attachment.Id == id);

    private static bool IsAssociated(TransitGatewayAttachment attachment) =>
        attachment is { AssociatedTableId: not null, AssociationState: not "disassociated" };

    private async Task<IReadOnlyList<AttachmentPropagation>> PropagationsOf(string id, CancellationToken ct)
    {
        try
        {
            return [.. (await clients.Ec2.PropagationsOf(id, ct).ConfigureAwait(false))
                .Where(each => each.State != "disabled")];
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }

    // Name and link's tag are for people: it is found by what it belongs to.
    public override IReadOnlyList<string> LostMarks(AttachmentTables observed) =>
        observed.Tags.Count == 0 || observed.IsOthers ? [] : [.. AwsMarks.LostAsked(Tags?.Asked ?? [], observed.Tags)];

    public override Task Mark(AttachmentTables observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.AttachmentId, Tags!.Asked, ct);

    public override Change Compare(Desired desired, AttachmentTables observed)
    {
        var lines = new List<string>(new Differences().Field("route table", desired.TableId, observed.TableId).Lines);
        lines.AddRange(Missing(desired, observed).Select(table => $"announces into {table}: no → yes"));
        lines.AddRange(Surplus(desired, observed).Select(table => $"announces into {table}: yes → no"));
        if (observed.IsOthers)
        {
            return Change.Refused([.. lines.Select(line => $"{line}: the attachment is its owner's; have it changed, "
                + $"or name the table that it is in: existing: {{ {Table}: {observed.TableId ?? "tgw-rtb-…"} }}")]);
        }
        return Change.InPlace(lines, observed.TableId == desired.TableId ? "routes change within seconds"
            : "nothing is routed from this attachment until it belongs to the other table (under a minute)");
    }

    // It belongs to another table (the gateway's default one, say) than the one that is yet to be made.
    public override Change Foresee(AttachmentTables observed, Func<ObjectRef, bool> toBeMade) =>
        observed.IsOthers ? Compare(new(observed.AttachmentId, observed.TableId ?? "", [], []), observed)
        : observed.TableId is { } other && toBeMade(Table) ? Moved("a new one", other) : Change.None;

    private static Change Moved(string wanted, string seen) => Change.InPlace(
        new Differences().Field("route table", wanted, seen).Lines,
        "nothing is routed from this attachment until it belongs to the other table (under a minute once that is "
            + "there)");

    public override async Task Create(Desired desired, CancellationToken ct)
    {
        if (Tags is { } tags && !desired.IsOthers)
        {
            await clients.Ec2.CreateTags(desired.AttachmentId, tags, ct).ConfigureAwait(false);
        }
        await AwsLookup.There(clients.Ec2.Associate(desired.TableId, desired.AttachmentId, ct)).ConfigureAwait(false);
        foreach (var table in desired.Announces)
        {
            await AwsLookup.There(clients.Ec2.EnablePropagation(table, desired.AttachmentId, ct)).ConfigureAwait(false);
        }
    }

    // What opens comes last, what closes comes first.
    /// <exception cref="CloudError">Busy: it is on its way out of another table.</exception>
    public override async Task Update(Desired desired, AttachmentTables observed, CancellationToken ct)
    {
        foreach (var table in Surplus(desired, observed))
        {
            await AwsLookup.Gone(clients.Ec2.DisablePropagation(table, desired.AttachmentId, ct)).ConfigureAwait(false);
        }
        if (observed.TableId != desired.TableId)
        {
            await Move(desired, ct).ConfigureAwait(false);
        }
        foreach (var table in Missing(desired, observed))
        {
            await AwsLookup.There(clients.Ec2.EnablePropagation(table, desired.AttachmentId, ct)).ConfigureAwait(false);
        }
    }

    // An attachment leaves its table before it can join another, and no call does both. Looked at anew: this is asked
    // again
    // until it has left.
    private async Task Move(Desired desired, CancellationToken ct)
    {
        if (await clients.Ec2.FindAttachment(desired.AttachmentId, ct).ConfigureAwait(false) is { } seen
            && IsAssociated(seen) && seen.AssociatedTableId != desired.TableId)
        {
            if (seen.AssociationState is not "disassociating")
            {
                await AwsLookup.Gone(clients.Ec2.Disassociate(seen.AssociatedTableId!, desired.AttachmentId, ct))
                    .ConfigureAwait(false);
            }
            throw new CloudError(Cloud.Aws, "ec2:AssociateTransitGatewayRouteTable", CloudErrorKind.Busy, null,
                "disassociating",
                $"{desired.AttachmentId} is leaving the route table {seen.AssociatedTableId}");
        }
        await AwsLookup.There(clients.Ec2.Associate(desired.TableId, desired.AttachmentId, ct)).ConfigureAwait(false);
    }

    public override async Task Delete(AttachmentTables observed, CancellationToken ct)
    {
        foreach (var propagation in observed.Propagations.Where(each => each.State is not "disabling"))
        {
            await AwsLookup.Gone(clients.Ec2.DisablePropagation(propagation.TableId, observed.AttachmentId, ct))
                .ConfigureAwait(false);
        }
        if (observed is { TableId: { } table, AssociationState: not "disassociating" })
        {
            await AwsLookup.Gone(clients.Ec2.Disassociate(table, observed.AttachmentId, ct)).ConfigureAwait(false);
        }
    }

    // Without a table it is still ready for a change: the comparison then asks for one.
    public override bool IsReady(AttachmentTables observed) =>
        observed.AssociationState is null or "associated"
        && observed.Propagations.All(propagation => propagation.State is not ("enabling" or "disabling"));

    public override ResourceView View(AttachmentTables observed) => new(
        observed.AssociationState ?? "no table", observed.AttachmentId,
        AwsConsole.Attachment(clients.Region, observed.AttachmentId),
        [
            ("route table", observed.TableId ?? "none"),
            ("announces into", observed.Propagations.Count == 0 ? "none"
                : string.Join(", ", observed.Propagations.Select(each => each.TableId))),
        ]);

    private static List<string> Missing(Desired desired, AttachmentTables observed) =>
        [.. desired.Announces.Where(table => observed.Propagations.All(each => each.TableId != table))];

    private static List<string> Surplus(Desired desired, AttachmentTables observed) =>
        desired.FallbackMayStay && observed.FellBack ? []
            : [.. desired.MustNot.Where(table => observed.Propagations.Any(each => each.TableId == table))];
}

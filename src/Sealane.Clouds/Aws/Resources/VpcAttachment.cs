using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Attaches the VPC to the transit gateway, by one subnet in each availability zone. Guide step 4.</summary>
/// <remarks>API: ec2 Create/Describe/Modify/DeleteTransitGatewayVpcAttachment(s).</remarks>
/// <param name="owner">Of the transit gateway: accepts the attachment where the VPC lies in another account, which sees
/// and marks it by itself (https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-share.html).</param>
public sealed class VpcAttachment(
    AwsClients owner, LinkDesign link, VpcDesign vpc, TransitGatewayDesign transitGateway)
    : Resource<VpcAttachment.Desired, TransitGatewayVpcAttachment>(Ref(vpc))
{
    private const string Waits = "pendingAcceptance";
    private readonly AwsClients clients = owner.Of(vpc);

    /// <param name="SubnetIds">As the spec names them, or the first of each zone.</param>
    /// <param name="AnySubnets">The spec names none: whatever is attached is right.</param>
    public sealed record Desired(
        ObjectTags Tags, string TransitGatewayId, string VpcId, IReadOnlyList<string> SubnetIds, bool AnySubnets);

    /// <summary>The one call that is the other account's.</summary>
    private const string Acceptance = "ec2:AcceptTransitGatewayVpcAttachment";

    public static ObjectRef<TransitGatewayVpcAttachment> Ref(VpcDesign vpc) => new(vpc.Key.On("aws/vpc-attachment"));

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => vpc.Account;
    public override string? AccountOf(string operation) => operation == Acceptance ? null : Account;
    public override string Title => vpc.Key.After("VPC attachment");
    public override IReadOnlyList<int> GuideSteps => [4];
    public override IReadOnlyList<string> Operations =>
    [
        "ec2:CreateTransitGatewayVpcAttachment", "ec2:DescribeTransitGatewayVpcAttachments",
        "ec2:ModifyTransitGatewayVpcAttachment", "ec2:DeleteTransitGatewayVpcAttachment", "ec2:DescribeRouteTables",
        "ec2:CreateTags", .. vpc.Account is null ? (string[])[] : [Acceptance],
    ];
    public override IReadOnlyList<ObjectRef> Needs => [Vpc.Ref(vpc), TransitGateway.Ref];
    public override TimeSpan Expected => AwsTimes.VpcAttachment;
    public override TimeSpan ExpectedDelete => AwsTimes.VpcAttachment;
    public override TimeSpan CreateLag => AwsTimes.Ec2Lag;
    public override bool Billed => true;

    public override Desired Derive(IKnown known)
    {
        var network = known.Get(Vpc.Ref(vpc));
        var named = vpc.SubnetIds;
        IReadOnlyList<string> subnets = named.Count > 0 ? named
            : [.. network.Subnets.GroupBy(subnet => subnet.AvailabilityZone)
                .Select(zone => zone.Select(subnet => subnet.Id).Order(StringComparer.Ordinal).First())];
        return new(ObjectTags.Of(link, vpc.AttachmentName), known.Get(TransitGateway.Ref).Id,
            network.Vpc.Id, subnets, named.Count == 0);
    }

    // One attachment a VPC and transit gateway: it is found by both, whatever its name.
    public override async Task<TransitGatewayVpcAttachment?> Observe(IKnown known,
        CancellationToken ct)
    {
        if (known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return null;
        }
        if (UsedId is { } used)
        {
            // A VPC has one attachment to a transit gateway: another VPC's, or another gateway's, is not this one.
            return await Kind.Used(clients, used, ct).ConfigureAwait(false) is { } named
                && (named.VpcId is "" || named.VpcId == vpc.Id)
                && (named.TransitGatewayId is "" || named.TransitGatewayId == gateway.Id) ? named : null;
        }
        var tags = ObjectTags.Of(link, vpc.AttachmentName);
        var found = await clients.Ec2.VpcAttachments(gateway.Id, vpc.Id, ct).ConfigureAwait(false);
        var living = found.Where(attachment => attachment.State is not ("failed" or "rejected")).ToList();
        if (living.FirstOrDefault(each => IsOthers(each, tags)) is { } others)
        {
            throw AwsLookup.Doubt("ec2:DescribeTransitGatewayVpcAttachments",
                $"{vpc.Id} is attached to {gateway.Id} already, by {others.Id}"
                    + (AwsLookup.Name(others.Tags) is { } name ? $" ({name})" : "")
                    + ", which bears neither name nor tag of this link; a VPC has one attachment to a transit "
                        + "gateway, and moving that one to "
                    + "the link's route tables would change what its owner routes",
                $"use it with its table: existing: {{ {Id}: {others.Id}, {WorkloadRouteTable.Ref}: tgw-rtb-… }}; or "
                    + "leave aws.transitGateway.id out, so that the link has a transit gateway of its own, or have the "
                    + "attachment removed by its owner, or hand it over with sealane adopt");
        }
        // One that bears neither our name nor a tag is somebody's, and not for us to mark.
        return await owner.Marks.Find(Kind, tags, living,
            () => Task.FromResult<IReadOnlyList<TransitGatewayVpcAttachment>>([]), AwsLookup.AdoptOrRename, ct)
            .ConfigureAwait(false);
    }

    /// <summary>On an existing gateway an attachment with another name and without the link's tag was there
    /// before.</summary>
    private bool IsOthers(TransitGatewayVpcAttachment attachment, ObjectTags tags) =>
        transitGateway.ExistingId is not null && attachment.State is not ("deleted" or "deleting")
        && AwsLookup.Link(attachment.Tags) != tags.Link && AwsLookup.Name(attachment.Tags) != tags.Name;

    private static AwsKind<TransitGatewayVpcAttachment> Kind { get; } = new(
        "ec2:DescribeTransitGatewayVpcAttachments", attachment => attachment.Id, attachment => attachment.State,
        attachment => AwsLookup.Name(attachment.Tags), attachment => AwsLookup.Link(attachment.Tags),
        (clients, id, ct) => clients.Ec2.FindVpcAttachment(id, ct));

    public override IReadOnlyList<string> LostMarks(TransitGatewayVpcAttachment observed) =>
        AwsMarks.Lost(ObjectTags.Of(link, vpc.AttachmentName), observed.Tags);

    public override Task Mark(TransitGatewayVpcAttachment observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.Id, ObjectTags.Of(link, vpc.AttachmentName), ct);

    public override IHandover? Handover => IsUsed ? null : Kind.Handover(clients, link.Name, Mark);

    // EC2 leaves the subnets out of some replies; an empty list says nothing.
    public override Change Compare(Desired desired, TransitGatewayVpcAttachment observed) =>
        MayAccept && observed.State == Waits ? Change.InPlace([$"{Waits}: yes → no"])
        : desired.AnySubnets || observed.SubnetIds.Count == 0 || (IsUsed && link.Changes(Id)) ? Change.None
        : Change.InPlace(new Differences().Set("subnets", desired.SubnetIds, observed.SubnetIds).Lines,
            "flows of a zone whose subnet changes are cut for seconds");

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.Ec2.CreateVpcAttachment(desired.Tags, desired.TransitGatewayId, desired.VpcId, desired.SubnetIds, ct);

    /// <summary>One that is used is somebody else's to accept.</summary>
    private bool MayAccept => vpc.Account is not null && !IsUsed;

    public override Task Update(Desired desired, TransitGatewayVpcAttachment observed, CancellationToken ct) =>
        observed.State == Waits ? owner.Ec2.AcceptVpcAttachment(observed.Id, ct)
            : clients.Ec2.ModifyVpcAttachment(observed.Id, desired.SubnetIds.Except(observed.SubnetIds),
                observed.SubnetIds.Except(desired.SubnetIds), ct);

    public override Task Delete(TransitGatewayVpcAttachment observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.State, async () =>
        {
            await NoRouteIsLeft(observed.TransitGatewayId, ct).ConfigureAwait(false);
            await clients.Ec2.DeleteVpcAttachment(observed.Id, ct).ConfigureAwait(false);
        });

    // Routes bear no tags: once a transit gateway of ours is gone, a route to it is nobody's.
    private async Task NoRouteIsLeft(string gateway, CancellationToken ct)
    {
        var tables = transitGateway.ExistingId is null
            ? await clients.Ec2.DescribeRouteTables(vpc.Id, ct).ConfigureAwait(false) : [];
        if (tables.SelectMany(table => table.Routes.Select(route => (Table: table.Id, Route: route)))
            .FirstOrDefault(one => one.Route.Target == gateway) is { Route: { } left } found)
        {
            throw new CloudError(Cloud.Aws, "ec2:DeleteTransitGatewayVpcAttachment", CloudErrorKind.Doubtful, null,
                null, $"{found.Table} still has the route {left.Destination} to {gateway}, which nobody would know "
                + "for this link's without it", advice: "run destroy again");
        }
    }

    // It carries nothing while it waits, and can be changed: it is accepted.
    public override bool IsReady(TransitGatewayVpcAttachment observed) => observed.State == "available"
        || (MayAccept && observed.State == Waits);

    public override string? Failed(TransitGatewayVpcAttachment observed) => observed.State switch
    {
        "failing" or "rejecting" or "rollingBack" => $"the attachment is {observed.State}",
        Waits when !MayAccept => "the owner of the transit gateway must accept the attachment first",
        _ => null,
    };

    public override ResourceView View(TransitGatewayVpcAttachment observed) => new(observed.State, observed.Id,
        AwsConsole.Attachment(clients.Region, observed.Id), [("subnets", string.Join(", ", observed.SubnetIds))]);
}

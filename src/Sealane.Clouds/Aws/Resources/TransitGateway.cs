using System.Globalization;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The transit gateway, without default tables: nothing is routed between attachments until it is asked for.
/// Guide step 2.</summary>
/// <remarks>API: ec2 CreateTransitGateway, DescribeTransitGateways, ModifyTransitGateway,
/// DeleteTransitGateway.</remarks>
public sealed class TransitGateway(AwsClients clients, NetworkDesign design)
    : Resource<TransitGateway.Desired, Ec2TransitGateway>(Ref)
{
    private readonly LinkDesign link = design.Link;
    private readonly TransitGatewayDesign gateway = design.TransitGateway;

    public sealed record Desired(ObjectTags Tags, long Asn, Prefix Cidr, bool Existing);

    public static ObjectRef<Ec2TransitGateway> Ref { get; } = new("aws/transit-gateway");

    public override Cloud Cloud => Cloud.Aws;
    public override string Title => "Transit gateway";
    public override IReadOnlyList<int> GuideSteps => [2];
    public override IReadOnlyList<string> Operations =>
        ["ec2:CreateTransitGateway", "ec2:DescribeTransitGateways", "ec2:ModifyTransitGateway",
            "ec2:DeleteTransitGateway", "ec2:CreateTags"];
    public override TimeSpan Expected => AwsTimes.TransitGateway;
    public override TimeSpan ExpectedDelete => AwsTimes.TransitGatewayDelete;
    public override TimeSpan CreateLag => AwsTimes.Ec2Lag;
    public override bool IsMade => gateway.ExistingId is null;

    public override Desired Derive(IKnown known) => new(
        ObjectTags.Of(link, gateway.Name), gateway.Asn, gateway.Cidr, gateway.ExistingId is not null);

    public override async Task<Ec2TransitGateway?> Observe(IKnown known, CancellationToken ct)
    {
        if (gateway.ExistingId is { } existing)
        {
            var found = await clients.Ec2.FindTransitGateway(existing, ct).ConfigureAwait(false);
            return found?.State == "deleted" ? null : found;
        }
        var tags = ObjectTags.Of(link, gateway.Name);
        var named = await clients.Ec2.TransitGatewaysNamed(tags.Name, ct).ConfigureAwait(false);
        var ours = await clients.Marks.Find(Kind, tags, named, () => clients.Ec2.TransitGatewaysOf(tags.Link, ct),
            AwsLookup.AdoptById("aws.transitGateway.id", named.Count > 0 ? named[0].Id : ""), ct)
            .ConfigureAwait(false);
        return ours is null && await Carrier(tags.Link, ct).ConfigureAwait(false) is { } bare ? throw bare : ours;
    }

    private async Task<CloudError?> Carrier(string link, CancellationToken ct)
    {
        var vpn = (await clients.Ec2.VpnConnectionsOf(link, ct).ConfigureAwait(false)).FirstOrDefault(each =>
            each is { State: not ("deleted" or "deleting"), TransitGatewayId: not null });
        var bare = vpn is null ? null
            : await clients.Ec2.FindTransitGateway(vpn.TransitGatewayId!, ct).ConfigureAwait(false);
        return bare is null or { State: "deleted" or "deleting" } ? null
            : AwsMarks.Unmarked(Kind.Operation, bare.Id, vpn!.Id, bare);
    }

    private static AwsKind<Ec2TransitGateway> Kind { get; } = new(
        "ec2:DescribeTransitGateways", gateway => gateway.Id, gateway => gateway.State,
        gateway => AwsLookup.Name(gateway.Tags), gateway => AwsLookup.Link(gateway.Tags),
        (clients, id, ct) => clients.Ec2.FindTransitGateway(id, ct));

    public override IReadOnlyList<string> LostMarks(Ec2TransitGateway observed) =>
        AwsMarks.Lost(ObjectTags.Of(link, gateway.Name), observed.Tags);

    public override Task Mark(Ec2TransitGateway observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.Id, ObjectTags.Of(link, gateway.Name), ct);

    public override IHandover? Handover => gateway.ExistingId is not null ? null
        : Kind.Handover(clients, link.Name, Mark);

    public override Change Compare(Desired desired, Ec2TransitGateway observed)
    {
        var asn = new Differences().Field("ASN", desired.Asn, observed.Asn ?? desired.Asn).Lines;
        // Further blocks do no harm; addresses of the tunnels come from ours only if it is the first.
        var cidr = observed.CidrBlocks.Contains(desired.Cidr.ToString())
            || (desired.Existing && observed.CidrBlocks.Count == 0 && link.Changes(Id)) ? []
            : new Differences().Set("CIDR blocks", [desired.Cidr.ToString()], observed.CidrBlocks).Lines;
        var defaults = new Differences()
            .Field("default route table association", false, observed.DefaultAssociation ?? false)
            .Field("default route table propagation", false, observed.DefaultPropagation ?? false).Lines;
        if (desired.Existing)
        {
            return Change.Refused(
            [
                .. new Differences().Field("owner", design.Aws.Account, observed.OwnerId ?? design.Aws.Account).Lines
                    .Select(line => $"{line}: it is shared with this account, which sees none of its route tables; "
                        + "set aws.account and aws.profile to its owner's, and name this account as the VPC's"),
                .. asn.Select(line => $"{line}: set aws.transitGateway.asn to what the gateway has"),
                .. cidr.Select(line => observed.CidrBlocks.Count > 0
                    ? $"{line}: name one that it has in aws.transitGateway.cidr"
                    : $"{line}: add the block to the gateway, or have apply add it: changeUsed: [{Id}]"),
                .. defaults.Select(line => $"{line}: turn it off (existing attachments keep their tables), or every "
                    + $"new "
                    + "attachment joins a shared table in which clear traffic would find its way"),
            ]);
        }
        if (asn.Count > 0 || (cidr.Count > 0 && observed.CidrBlocks.Count > 0))
        {
            return Change.Replace([.. asn, .. cidr],
                "the link is down until all of its AWS side is made again (about 30 minutes)");
        }
        return Change.InPlace([.. cidr, .. defaults,
            .. new Differences().Field("VPN ECMP", true, observed.VpnEcmp ?? true).Lines]);
    }

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.Ec2.CreateTransitGateway(desired.Tags, desired.Asn, desired.Cidr.ToString(), ct);

    public override Task Update(Desired desired, Ec2TransitGateway observed, CancellationToken ct) =>
        clients.Ec2.ModifyTransitGateway(
            observed.Id, observed.CidrBlocks.Contains(desired.Cidr.ToString()) ? null : desired.Cidr.ToString(), ct);

    public override Task Delete(Ec2TransitGateway observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.State, () => clients.Ec2.DeleteTransitGateway(observed.Id, ct));

    public override bool IsReady(Ec2TransitGateway observed) => observed.State == "available";

    public override ResourceView View(Ec2TransitGateway observed) => new(
        observed.State, observed.Id, AwsConsole.TransitGateway(clients.Region, observed.Id),
        [
            ("ASN", observed.Asn?.ToString(CultureInfo.InvariantCulture) ?? "unknown"),
            ("CIDR", string.Join(", ", observed.CidrBlocks)),
        ]);
}

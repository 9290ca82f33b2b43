using Sealane.Clouds.Used;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>Subnets that the link adds to a VPC attachment of others: without one in its zone a workload reaches
/// nothing.</summary>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html</remarks>
public sealed class VpcAttachmentSettings(AwsClients clients, NetworkDesign design, VpcDesign vpc, UsedNotes notes)
    : UsedSettings(VpcAttachment.Ref(vpc).Id, notes)
{
    private sealed record Sight(TransitGatewayVpcAttachment Found, IReadOnlyList<Ec2Subnet> Subnets)
        : UsedLook(Found.Id, Found.State, Found.SubnetIds);

    public static ObjectRef<Observed> Ref(VpcDesign vpc) => RefOf(VpcAttachment.Ref(vpc).Id);

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => vpc.Account;
    public override string Title => vpc.Key.After("Subnets of the used VPC attachment");
    public override IReadOnlyList<ObjectRef> Needs =>
        [VpcAttachment.Ref(vpc), .. design.Vnets.Select(IAddressSpace.Ref)];
    public override TimeSpan Expected => AwsTimes.VpcAttachment;

    protected override IReadOnlyList<string> Calls =>
    [
        "ec2:DescribeTransitGatewayVpcAttachments", "ec2:ModifyTransitGatewayVpcAttachment", "ec2:DescribeSubnets",
        "ec2:DescribeRouteTables",
    ];

    protected override string? ObjectOf(IKnown known) => design.Link.Existing[VpcAttachment.Ref(vpc).Id];

    protected override IReadOnlyList<string> Values =>
        design.Link.Changes(VpcAttachment.Ref(vpc).Id) ? vpc.SubnetIds : [];

    protected override async Task<UsedLook?> See(string id, UsedNote? note, IKnown? known, CancellationToken ct)
    {
        if (await clients.Ec2.FindVpcAttachment(id, ct).ConfigureAwait(false)
            is not { State: not ("deleted" or "deleting") } found)
        {
            return null;
        }
        var subnets = await clients.Ec2.DescribeSubnets(vpc.Id, ct).ConfigureAwait(false);
        return new Sight(found, subnets)
        {
            ReliedOn = note is null ? []
                : await ReliedOn(found, subnets, note, known, ct).ConfigureAwait(false),
            IsBusy = found.State != "available",
            NotShown = found.SubnetIds.Count == 0 ? "its answer does not show its subnets" : null,
            Console = AwsConsole.Attachment(clients.Region, id),
        };
    }

    /// <summary>Routes of others to the transit gateway, in tables that serve the zone: whoever is there goes by that
    /// subnet.</summary>
    private async Task<IReadOnlyList<(string Name, string Value)>> ReliedOn(
        TransitGatewayVpcAttachment found, IReadOnlyList<Ec2Subnet> subnets, UsedNote note, IKnown? known,
        CancellationToken ct)
    {
        var tables = await clients.Ec2.DescribeRouteTables(vpc.Id, ct).ConfigureAwait(false);
        // Ours are gone before anything is taken back.
        var ours = known is null ? [] : design.Vnets
            .SelectMany(vnet => known.Find(IAddressSpace.Ref(vnet))?.Prefixes ?? [])
            .Select(prefix => prefix.ToString()).ToHashSet();
        return
        [
            .. from added in note.Added
               from near in subnets
               where near.AvailabilityZone == ZoneOf(added, subnets)
               let table = tables.FirstOrDefault(each => each.SubnetIds.Contains(near.Id))
                   ?? tables.FirstOrDefault(each => each.IsMain)
               where table is not null
               from route in table.Routes.Concat(table.PrefixListRoutes)
               where route.Target == found.TransitGatewayId && !ours.Contains(route.Destination)
               select (added, $"the route {route.Destination} of {table.Id}"),
        ];
    }

    protected override IReadOnlyList<string> Lines(UsedLook look, IReadOnlyList<string> missing) =>
        new Differences().Set("subnets", look.Has.Concat(missing), look.Has).Lines;

    protected override IReadOnlyList<string> Hindrances(UsedLook look, IReadOnlyList<string> missing)
    {
        var subnets = ((Sight)look).Subnets;
        return
        [
            .. from subnet in missing
               from there in look.Has
               let zone = ZoneOf(subnet, subnets)
               where zone is not null && ZoneOf(there, subnets) == zone
               select $"{there} serves zone {zone} already, and a zone has one subnet: name that in "
                   + $"{vpc.Path}.subnets instead of {subnet}",
        ];
    }

    protected override string Impact(UsedLook look) => "none for the zones that it serves; workloads in the added ones "
        + "reach whatever their routes to the transit gateway lead to";

    protected override bool Knows(string value) => value.StartsWith("subnet-", StringComparison.Ordinal);

    protected override string Word(string value) => value;

    protected override Task Add(UsedLook look, IReadOnlyList<string> missing, CancellationToken ct) =>
        clients.Ec2.ModifyVpcAttachment(look.Id, missing, [], ct);

    protected override Task Remove(UsedLook look, IReadOnlyList<string> own, CancellationToken ct) =>
        clients.Ec2.ModifyVpcAttachment(look.Id, [], own, ct);

    private static string? ZoneOf(string subnet, IReadOnlyList<Ec2Subnet> subnets) =>
        subnets.FirstOrDefault(each => each.Id == subnet)?.AvailabilityZone is { Length: > 0 } zone ? zone : null;
}

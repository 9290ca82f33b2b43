using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>A route table of the transit gateway. The guide uses one for all; two keep transport and overlay apart
/// (lock d). A static route in one of them is somebody's: it wins over what is announced, for the same prefix
/// (https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html), so one that diverts is taken out. A
/// prefix list that the table refers to is a static route for each of its entries.
/// </summary>
/// <remarks>API: ec2 CreateTransitGatewayRouteTable, DescribeTransitGatewayRouteTables,
/// DeleteTransitGatewayRouteTable, SearchTransitGatewayRoutes, DeleteTransitGatewayRoute,
/// DeleteTransitGatewayPrefixListReference, GetManagedPrefixListEntries.</remarks>
public abstract class TransitGatewayTable(
    ObjectRef<TransitGatewayRouteTable> self, AwsClients clients, ObjectTags tags, NetworkDesign design)
    : Resource<TransitGatewayTable.Desired, TransitGatewayRouteTable>(self)
{
    private static readonly (string, string)[] Static = [("type", "static")];

    /// <param name="Protected">Prefixes at both ends of the tunnels.</param>
    public sealed record Desired(ObjectTags Tags, string TransitGatewayId, IReadOnlyList<Prefix> Protected);

    public override Cloud Cloud => Cloud.Aws;
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations =>
        ["ec2:CreateTransitGatewayRouteTable", "ec2:DescribeTransitGatewayRouteTables",
            "ec2:DeleteTransitGatewayRouteTable", "ec2:CreateTags", "ec2:SearchTransitGatewayRoutes",
            "ec2:DeleteTransitGatewayRoute", "ec2:DeleteTransitGatewayPrefixListReference",
            "ec2:GetManagedPrefixListEntries"];
    public override IReadOnlyList<ObjectRef> Needs => [TransitGateway.Ref];
    public override TimeSpan Expected => AwsTimes.RouteTable;
    public override TimeSpan CreateLag => AwsTimes.Ec2Lag;

    public override Desired Derive(IKnown known) =>
        new(tags, known.Get(TransitGateway.Ref).Id,
        [
            .. design.Vpcs.SelectMany(vpc => known.Find(Vpc.Ref(vpc))?.Prefixes ?? vpc.Prefixes),
            .. design.Vnets.SelectMany(vnet => known.Find(IAddressSpace.Ref(vnet))?.Prefixes ?? vnet.Prefixes),
        ]);

    public override async Task<TransitGatewayRouteTable?> Observe(IKnown known,
        CancellationToken ct)
    {
        if (known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return null;
        }

        var found = UsedId is { } used ? await Kind.Used(clients, used, ct).ConfigureAwait(false)
            : await clients.Marks.Find(Kind, tags,
                await clients.Ec2.RouteTablesNamed(gateway.Id, tags.Name, ct).ConfigureAwait(false), async () =>
                [.. (await clients.Ec2.RouteTablesOf(gateway.Id, ct).ConfigureAwait(false))
                    .Where(table => AwsLookup.Link(table.Tags) == tags.Link)],
                AwsLookup.AdoptOrRename, ct,
                [design.TransitGateway.WorkloadTableName, design.TransitGateway.TransportTableName])
                .ConfigureAwait(false);
        return found is not { State: "available" } ? found : found with
        {
            Statics = await Entries((await clients.Ec2.SearchRoutes(found.Id, Static, ct).ConfigureAwait(false)).Routes,
                ct).ConfigureAwait(false),
        };
    }

    /// <summary>A row of a prefix list that does not tell its block stands for all that the list holds.</summary>
    private async Task<IReadOnlyList<TransitGatewayRoute>> Entries(
        IReadOnlyList<TransitGatewayRoute> rows, CancellationToken ct)
    {
        var all = new List<TransitGatewayRoute>();
        foreach (var row in rows)
        {
            var entries = row.PrefixListId is { } list && !Prefix.TryParse(row.Destination, out _)
                ? await clients.Ec2.PrefixListEntries(list, ct).ConfigureAwait(false) : [row.Destination];
            all.AddRange(entries.Select(entry => row with { Destination = entry }));
        }
        return all;
    }

    private static AwsKind<TransitGatewayRouteTable> Kind { get; } = new(
        "ec2:DescribeTransitGatewayRouteTables", table => table.Id, table => table.State,
        table => AwsLookup.Name(table.Tags), table => AwsLookup.Link(table.Tags),
        (clients, id, ct) => clients.Ec2.FindRouteTable(id, ct));

    public override IReadOnlyList<string> LostMarks(TransitGatewayRouteTable observed) =>
        AwsMarks.Lost(tags, observed.Tags);

    public override Task Mark(TransitGatewayRouteTable observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.Id, tags, ct);

    public override IHandover? Handover => IsUsed ? null : Kind.Handover(clients, tags.Link, Mark);

    /// <summary>Whether a packet of the protected networks could go by such a route.</summary>
    protected abstract bool IsInTheWay(Prefix destination, Desired desired);

    public override Change Compare(Desired desired, TransitGatewayRouteTable observed) => Change.InPlace(
        [
            .. Diverting(desired, observed).Select(route => $"route {Name(route)} to "
                + $"{string.Join(", ", route.Attachments.Select(to => to.AttachmentId))}: yes → no"),
        ],
        "packets that went by a route of somebody else's go by the tunnels again, within seconds");

    private IEnumerable<TransitGatewayRoute> Diverting(Desired desired, TransitGatewayRouteTable observed) =>
        observed.Statics.Where(route => route is { Type: "static", State: "active" }
            && Prefix.TryParse(route.Destination, out var destination) && IsInTheWay(destination, desired));

    public override async Task Update(Desired desired, TransitGatewayRouteTable observed, CancellationToken ct)
    {
        // A list goes as a whole, once for all of its entries.
        foreach (var route in Diverting(desired, observed).DistinctBy(route => route.PrefixListId ?? route.Destination))
        {
            await AwsLookup.Gone(route.PrefixListId is { } list
                ? clients.Ec2.DeletePrefixListReference(observed.Id, list, ct)
                : clients.Ec2.DeleteTransitGatewayRoute(observed.Id, route.Destination, ct)).ConfigureAwait(false);
        }
    }

    /// <summary>What drops packets leaks none, and may be meant.</summary>
    public override string? Hindrance(TransitGatewayRouteTable observed)
    {
        var dropped = observed.Statics.Where(route => route.State == "blackhole")
            .Select(Name).ToList();
        return dropped.Count == 0 ? null : $"it drops what goes to {string.Join(", ", dropped)}: a blackhole that "
            + "Sealane did not make and leaves, since its owner may mean it; where it stops the link, have it deleted";
    }

    private static string Name(TransitGatewayRoute route) => route.PrefixListId is { } list
        ? $"{route.Destination} of the prefix list {list}" : route.Destination;

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.Ec2.CreateRouteTable(desired.Tags, desired.TransitGatewayId, ct);

    public override Task Delete(TransitGatewayRouteTable observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.State, () => clients.Ec2.DeleteRouteTable(observed.Id, ct));

    public override bool IsReady(TransitGatewayRouteTable observed) => observed.State == "available";

    public override ResourceView View(TransitGatewayRouteTable observed) =>
        new(observed.State, observed.Id, AwsConsole.TransitGatewayTable(clients.Region, observed.Id));
}

/// <summary>Routes what comes from the VPC and out of the tunnels: VPC and VPN belong to it and announce into
/// it.</summary>
public sealed class WorkloadRouteTable(AwsClients clients, NetworkDesign design)
    : TransitGatewayTable(Ref, clients, ObjectTags.Of(design.Link, design.TransitGateway.WorkloadTableName), design)
{
    public static ObjectRef<TransitGatewayRouteTable> Ref { get; } = new("aws/workload-route-table");
    public override string Title => "Workload route table";

    // A wider one loses to what is announced.
    protected override bool IsInTheWay(Prefix destination, Desired desired) =>
        desired.Protected.Any(prefix => prefix.Contains(destination));
}

/// <summary>Routes what comes from the Direct Connect gateway: empty, so that clear packets from there end
/// here.</summary>
public sealed class TransportRouteTable(AwsClients clients, NetworkDesign design)
    : TransitGatewayTable(Ref, clients, ObjectTags.Of(design.Link, design.TransitGateway.TransportTableName), design)
{
    public static ObjectRef<TransitGatewayRouteTable> Ref { get; } = new("aws/transport-route-table");
    public override string Title => "Transport route table";

    protected override bool IsInTheWay(Prefix destination, Desired desired) => true;
}

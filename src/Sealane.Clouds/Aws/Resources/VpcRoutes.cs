using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>A route of a VPC route table.</summary>
/// <param name="PrefixListId">The prefix list that the destination stands in; null for a route of its own.</param>
public sealed record TableRoute(
    string TableId, string Destination, string Target, string State, string? PrefixListId = null);

/// <param name="Ours">Routes to the transit gateway that belong to the link.</param>
/// <param name="Others">Every other route, to see what stands in the way.</param>
public sealed record VpcRouteSet(string TransitGatewayId, IReadOnlyList<TableRoute> Ours,
    IReadOnlyList<TableRoute> Others);

/// <summary>
/// The VPC's routes to Azure by the transit gateway. The guide leaves them out, and without them nothing passes. They
/// come
/// last of all: only when every lock is closed and both tunnels stand may the VPC send anything.
/// </summary>
/// <remarks>API: ec2 CreateRoute, DeleteRoute, DescribeRouteTables, GetManagedPrefixListEntries.
/// https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html</remarks>
/// <param name="vnets">Whatever is reached through the tunnels.</param>
/// <param name="vpns">Where the attachment and these are somebody else's, so are the routes between them.</param>
/// <param name="after">All that must stand before the VPC may send anything.</param>
public sealed class VpcRoutes(
    AwsClients clients, VpcDesign vpc, TransitGatewayDesign transitGateway, IReadOnlyList<VnetDesign> vnets,
    IReadOnlyList<VpnConnectionDesign> vpns, IReadOnlyList<ObjectRef> after)
    : Resource<VpcRoutes.Desired, VpcRouteSet>(Ref(vpc))
{
    public sealed record Desired(string VpcId, string TransitGatewayId, IReadOnlyList<string> TableIds,
        IReadOnlyList<Prefix> Prefixes);

    public static ObjectRef<VpcRouteSet> Ref(VpcDesign vpc) => new(vpc.Key.On("aws/vpc-routes"));

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => vpc.Account;
    public override string Title => vpc.Key.After("VPC routes to Azure");
    public override IReadOnlyList<int> GuideSteps => [4];
    public override IReadOnlyList<string> Operations =>
        ["ec2:CreateRoute", "ec2:DeleteRoute", "ec2:DescribeRouteTables", "ec2:GetManagedPrefixListEntries"];
    public override IReadOnlyList<ObjectRef> Needs =>

        [Vpc.Ref(vpc), TransitGateway.Ref, VpcAttachment.Ref(vpc), .. vnets.Select(IAddressSpace.Ref)];
    public override IReadOnlyList<ObjectRef> After =>
        after;
    public override IReadOnlyList<ObjectRef> SetOn => [VpcAttachment.Ref(vpc), .. vpns.Select(VpnConnection.Ref)];
    public override Locks GuardedBy => Locks.All;
    public override TimeSpan Expected => AwsTimes.VpcRoutes;

    /// <summary>EC2 takes no second route to one destination (CreateRoute, RouteAlreadyExists).</summary>
    public override TimeSpan ListLag => TimeSpan.Zero;

    public override Desired Derive(IKnown known)
    {
        var network = known.Get(Vpc.Ref(vpc));
        var subnets = vpc.SubnetIds.Count > 0 ? vpc.SubnetIds : known.Get(VpcAttachment.Ref(vpc)).SubnetIds;
        return new(network.Vpc.Id, known.Get(TransitGateway.Ref).Id,
            vpc.RouteTableIds.Count > 0 ? vpc.RouteTableIds : network.TablesServing(subnets),
            [.. vnets.SelectMany(vnet => known.Get(IAddressSpace.Ref(vnet)).Prefixes)]);
    }

    // Routes bear no tags. To a transit gateway that is ours, all are ours; to one that others use too, or of which
    // nobody knows, those to the VNet.
    public override async Task<VpcRouteSet?> Observe(IKnown known, CancellationToken ct)
    {
        if (known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return null;
        }
        var ends = vnets.SelectMany(vnet => known.Find(IAddressSpace.Ref(vnet))?.Prefixes ?? [])
            .Select(prefix => prefix.ToString()).ToHashSet();
        var all = await Routes(vpc.Id, ct).ConfigureAwait(false);
        var ours = all.Where(route => route.Target == gateway.Id && route.PrefixListId is null
            && ((transitGateway.ExistingId is null && !known.IsDoubtful(TransitGateway.Ref))
                || ends.Contains(route.Destination))).ToList();
        return ours.Count == 0 ? null : new(gateway.Id, ours, [.. all.Except(ours)]);
    }

    private async Task<List<TableRoute>> Routes(string vpcId, CancellationToken ct)
    {
        var all = new List<TableRoute>();
        foreach (var table in await clients.Ec2.DescribeRouteTables(vpcId, ct).ConfigureAwait(false))
        {
            all.AddRange(table.Routes.Select(route =>
                new TableRoute(table.Id, route.Destination, route.Target, route.State)));
            // An endpoint's list has a service's public blocks.
            foreach (var route in table.PrefixListRoutes.Where(route =>
                !route.Target.StartsWith("vpce-", StringComparison.Ordinal)))
            {
                var list = route.Destination;
                all.AddRange((await clients.Ec2.PrefixListEntries(list, ct).ConfigureAwait(false)).Select(entry =>
                    new TableRoute(table.Id, entry, route.Target, route.State, list)));
            }
        }
        return all;
    }

    public override Change Compare(Desired desired, VpcRouteSet observed)
    {
        var inTheWay = InTheWay(desired, observed.Others);
        return inTheWay.Count > 0
            ? Change.Refused(inTheWay)
            : Change.InPlace(
                new Differences().Set("routes", Wanted(desired).Select(Show), observed.Ours.Select(Show)).Lines,
                "traffic of the tables that gain or lose a route");
    }

    /// <summary>
    /// A narrower route of somebody else's wins, and may be meant: told and left. For an equal prefix a route wins over
    /// a prefix list.
    /// </summary>
    /// <remarks>https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#route-tables-priority</remarks>
    public override string? Hindrance(VpcRouteSet observed)
    {
        var narrower = (from route in observed.Others
                        from own in observed.Ours
                        where route.TableId == own.TableId && route.Target != observed.TransitGatewayId
                            && Prefix.TryParse(route.Destination, out var theirs)
                            && Prefix.TryParse(own.Destination, out var ours)
                            && theirs.Length > ours.Length && ours.Contains(theirs)
                        select $"{route.TableId} leads {route.Destination} to {route.Target}"
                            + (route.PrefixListId is { } list ? $" by the prefix list {list}" : "")).Distinct()
                                .ToList();
        return narrower.Count == 0 ? null
            : $"{string.Join(", ", narrower)}: a narrower route that Sealane did not make "
            + "and leaves, since its owner may mean it; those packets do not go by the tunnels";
    }

    /// <exception cref="CloudError">Invalid: a route to the VNet leads elsewhere already.</exception>
    public override async Task Create(Desired desired, CancellationToken ct)
    {
        var inTheWay = InTheWay(desired, (await Routes(desired.VpcId, ct).ConfigureAwait(false))
            .Where(route => route.Target != desired.TransitGatewayId));
        if (inTheWay.Count > 0)
        {
            throw new CloudError(Cloud.Aws, "ec2:CreateRoute", CloudErrorKind.Invalid, null, "RouteAlreadyExists",
                string.Join("; ", inTheWay),
                advice: $"delete the route, or name other tables in {vpc.Path}.routeTables");
        }
        foreach (var route in Wanted(desired))
        {
            await Add(route, desired.TransitGatewayId, ct).ConfigureAwait(false);
        }
    }

    public override async Task Update(Desired desired, VpcRouteSet observed, CancellationToken ct)
    {
        var wanted = Wanted(desired).ToList();
        var seen = observed.Ours.Select(route => (route.TableId, route.Destination)).ToList();
        foreach (var (table, destination) in seen.Except(wanted))
        {
            await AwsLookup.Gone(clients.Ec2.DeleteRoute(table, destination, ct)).ConfigureAwait(false);
        }
        foreach (var route in wanted.Except(seen))
        {
            await Add(route, desired.TransitGatewayId, ct).ConfigureAwait(false);
        }
    }

    public override async Task Delete(VpcRouteSet observed, CancellationToken ct)
    {
        foreach (var route in observed.Ours)
        {
            await AwsLookup.Gone(clients.Ec2.DeleteRoute(route.TableId, route.Destination, ct)).ConfigureAwait(false);
        }
    }

    public override bool IsReady(VpcRouteSet observed) => observed.Ours.All(route => route.State == "active");

    public override ResourceView View(VpcRouteSet observed) => new(
        IsReady(observed) ? "active" : string.Join(", ", observed.Ours.Select(route => route.State).Distinct()),
        observed.TransitGatewayId,
        AwsConsole.RouteTable(clients.Region, observed.Ours[0].TableId),
        [.. observed.Ours.Select(route => (route.TableId, $"{route.Destination} → {route.Target}, {route.State}"))]);

    private Task Add((string TableId, string Destination) route, string transitGatewayId, CancellationToken ct) =>
        AwsLookup.There(clients.Ec2.CreateRoute(route.TableId, route.Destination, transitGatewayId, ct));

    private static IEnumerable<(string TableId, string Destination)> Wanted(Desired desired) =>
        from table in desired.TableIds from prefix in desired.Prefixes select (table, prefix.ToString());

    private static List<string> InTheWay(Desired desired, IEnumerable<TableRoute> others) =>
    [
        .. from route in others
           where route.PrefixListId is null && Wanted(desired).Contains((route.TableId, route.Destination))
           select $"{route.TableId} has a route {route.Destination} to {route.Target} already",
    ];

    private static string Show((string TableId, string Destination) route) => $"{route.TableId} {route.Destination}";

    private static string Show(TableRoute route) => Show((route.TableId, route.Destination));
}

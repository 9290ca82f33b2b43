using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>A route table of the transit gateway. The guide uses one for all; two keep transport and overlay apart
/// (lock d).</summary>
/// <remarks>API: ec2 CreateTransitGatewayRouteTable, DescribeTransitGatewayRouteTables,
/// DeleteTransitGatewayRouteTable.</remarks>
public abstract class TransitGatewayTable(
    ObjectRef<TransitGatewayRouteTable> self, AwsClients clients, ObjectTags tags, IReadOnlyList<string> siblings)
    : Resource<TransitGatewayTable.Desired, TransitGatewayRouteTable>(self)
{
    public sealed record Desired(ObjectTags Tags, string TransitGatewayId);

    public override Cloud Cloud => Cloud.Aws;
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations =>
        ["ec2:CreateTransitGatewayRouteTable", "ec2:DescribeTransitGatewayRouteTables",
            "ec2:DeleteTransitGatewayRouteTable", "ec2:CreateTags"];
    public override IReadOnlyList<ObjectRef> Needs => [TransitGateway.Ref];
    public override TimeSpan Expected => AwsTimes.RouteTable;
    public override TimeSpan CreateLag => AwsTimes.Ec2Lag;

    public override Desired Derive(IKnown known) =>
        new(tags, known.Get(TransitGateway.Ref).Id);

    public override async Task<TransitGatewayRouteTable?> Observe(IKnown known,
        CancellationToken ct)
    {
        if (known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return null;
        }

        var named = await clients.Ec2.RouteTablesNamed(gateway.Id, tags.Name, ct).ConfigureAwait(false);
        return await clients.Marks.Find(Kind, tags, named, async () =>
            [.. (await clients.Ec2.RouteTablesOf(gateway.Id, ct).ConfigureAwait(false))
                .Where(table => AwsLookup.Link(table.Tags) == tags.Link)],
            AwsLookup.AdoptByTag(tags), ct, siblings).ConfigureAwait(false);
    }

    private static AwsKind<TransitGatewayRouteTable> Kind { get; } = new(
        "ec2:DescribeTransitGatewayRouteTables", table => table.Id, table => table.State,
        table => AwsLookup.Name(table.Tags), table => AwsLookup.Link(table.Tags));

    public override IReadOnlyList<string> LostMarks(TransitGatewayRouteTable observed) =>
        AwsMarks.Lost(tags, observed.Tags);

    public override Task Mark(TransitGatewayRouteTable observed, CancellationToken ct) =>
        clients.Ec2.CreateTags(observed.Id, tags, ct);

    public override Change Compare(Desired desired, TransitGatewayRouteTable observed) => Change.None;

    public override Task Create(Desired desired, CancellationToken ct) =>
        clients.Ec2.CreateRouteTable(desired.Tags, desired.TransitGatewayId, ct);

    public override Task Delete(TransitGatewayRouteTable observed, CancellationToken ct) =>
        AwsLookup.Delete(observed.State, () => clients.Ec2.DeleteRouteTable(observed.Id, ct));

    private protected static IReadOnlyList<string> Both(TransitGatewayDesign gateway) =>
        [gateway.WorkloadTableName, gateway.TransportTableName];

    public override bool IsReady(TransitGatewayRouteTable observed) => observed.State == "available";

    public override ResourceView View(TransitGatewayRouteTable observed) =>
        new(observed.State, observed.Id, AwsConsole.TransitGatewayTable(clients.Region, observed.Id));
}

/// <summary>Routes what comes from the VPC and out of the tunnels: VPC and VPN belong to it and announce into
/// it.</summary>
public sealed class WorkloadRouteTable(AwsClients clients, LinkDesign link, TransitGatewayDesign gateway)
    : TransitGatewayTable(Ref, clients, new(gateway.WorkloadTableName, link.Name), Both(gateway))
{
    public static ObjectRef<TransitGatewayRouteTable> Ref { get; } = new("aws/workload-route-table");
    public override string Title => "Workload route table";
}

/// <summary>Routes what comes from the Direct Connect gateway: empty, so that clear packets from there end
/// here.</summary>
public sealed class TransportRouteTable(AwsClients clients, LinkDesign link, TransitGatewayDesign gateway)
    : TransitGatewayTable(Ref, clients, new(gateway.TransportTableName, link.Name), Both(gateway))
{
    public static ObjectRef<TransitGatewayRouteTable> Ref { get; } = new("aws/transport-route-table");
    public override string Title => "Transport route table";
}

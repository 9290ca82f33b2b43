using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>The link's two transit gateway route tables as the API shows them: winners, associations, propagations.</summary>
internal sealed record RouteTables(RouteTableSeen? Workload, RouteTableSeen? Transport)
{
    public IEnumerable<RouteTableSeen> All => new[] { Workload, Transport }.OfType<RouteTableSeen>();

    public static async Task<RouteTables> Read(AwsClients aws, Known known, CancellationToken ct) => new(
        await Read(aws, known.Find<TransitGatewayRouteTable>("aws/workload-route-table"), ct).ConfigureAwait(false),
        await Read(aws, known.Find<TransitGatewayRouteTable>("aws/transport-route-table"), ct).ConfigureAwait(false));

    private static async Task<RouteTableSeen?> Read(AwsClients aws, TransitGatewayRouteTable? table, CancellationToken ct) =>
        table is null ? null : new(
            table.Id,
            (await aws.Ec2.AllRoutes(table.Id, ct).ConfigureAwait(false)).Routes,
            [.. (await aws.Ec2.Associations(table.Id, ct).ConfigureAwait(false)).Where(row => row.State == "associated").Select(row => row.AttachmentId)],
            [.. (await aws.Ec2.Propagations(table.Id, ct).ConfigureAwait(false)).Where(row => row.State is "enabled" or "enabling").Select(row => row.AttachmentId)]);
}

/// <param name="Associated">Attachments whose arriving packets this table routes.</param>
/// <param name="Propagating">Attachments that announce into it.</param>
internal sealed record RouteTableSeen(
    string Id, IReadOnlyList<TransitGatewayRoute> Routes, IReadOnlyList<string> Associated, IReadOnlyList<string> Propagating)
{
    public IReadOnlyList<TransitGatewayRouteSeen> Seen =>
    [
        .. from route in Routes
           where Prefix.TryParse(route.Destination, out _)
           select new TransitGatewayRouteSeen(
               Prefix.Parse(route.Destination), route.State, route.Type, [.. route.Attachments.Select(attachment => attachment.ResourceType).Distinct()]),
    ];
}

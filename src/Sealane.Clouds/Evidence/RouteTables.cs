using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// The transit gateway route tables of the link as the API shows them: winners, associations, propagations. Which table an
/// attachment uses is looked at and not taken for granted: somebody may have moved it, or built the link by hand.
/// </summary>
/// <param name="All">Every table that routes for the link's attachments, and those that are meant to.</param>
/// <param name="Workload">What routes packets from the VPC.</param>
/// <param name="Transport">What routes packets from the Direct Connect gateway.</param>
internal sealed record RouteTables(IReadOnlyList<RouteTableSeen> All, RouteTableSeen? Workload, RouteTableSeen? Transport)
{
    public static async Task<RouteTables> Read(AwsClients aws, Known known, CancellationToken ct)
    {
        var workload = TableOf(known, "aws/vpc-attachment-routing", "aws/workload-route-table");
        var transport = TableOf(known, "aws/dx-attachment-routing", "aws/transport-route-table");
        string?[] ids =
        [
            workload, transport, TableOf(known, "aws/vpn-attachment-routing", "aws/workload-route-table"),
            known.Find<TransitGatewayRouteTable>("aws/workload-route-table")?.Id,
            known.Find<TransitGatewayRouteTable>("aws/transport-route-table")?.Id,
        ];
        var all = new List<RouteTableSeen>();
        foreach (var id in ids.OfType<string>().Distinct(StringComparer.Ordinal))
        {
            all.Add(await Read(aws, id, ct).ConfigureAwait(false));
        }
        return new(all, all.Find(table => table.Id == workload), all.Find(table => table.Id == transport));
    }

    private static string? TableOf(Known known, string routing, string meant) =>
        known.Find<AttachmentTables>(routing) is { TableId: { } table, AssociationState: "associated" }
            ? table
            : known.Find<TransitGatewayRouteTable>(meant)?.Id;

    private static async Task<RouteTableSeen> Read(AwsClients aws, string id, CancellationToken ct) => new(
        id,
        (await aws.Ec2.AllRoutes(id, ct).ConfigureAwait(false)).Routes,
        [.. (await aws.Ec2.Associations(id, ct).ConfigureAwait(false)).Where(row => row.State == "associated").Select(row => row.AttachmentId)],
        [.. (await aws.Ec2.Propagations(id, ct).ConfigureAwait(false)).Where(row => row.State is "enabled" or "enabling").Select(row => row.AttachmentId)]);
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

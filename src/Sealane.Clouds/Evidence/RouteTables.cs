using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>The transit gateway's route tables as the API shows them: winners, associations, propagations.</summary>
/// <param name="All">
/// Of the whole gateway, not only the link's own two: a packet is routed by whatever table its attachment belongs to,
/// the
/// default one included, and a proof that does not see it would call a clear path down.
/// </param>
/// <param name="Workload">What routes packets from the VPC, whether or not it is the table that is meant to.</param>
/// <param name="Transport">What routes packets from the Direct Connect gateway, likewise.</param>
internal sealed record RouteTables(IReadOnlyList<RouteTableSeen> All, RouteTableSeen? Workload,
    RouteTableSeen? Transport)
{
    public static async Task<RouteTables> Read(
        AwsClients aws, NetworkDesign design, Known known, CancellationToken ct)
    {
        if (known.Find(TransitGateway.Ref) is not { } gateway)
        {
            return new([], null, null);
        }
        var all = new List<RouteTableSeen>();
        foreach (var table in await aws.Ec2.RouteTablesOf(gateway.Id, ct).ConfigureAwait(false))
        {
            if (table.State == "available")
            {
                all.Add(await Read(aws, table.Id, ct).ConfigureAwait(false));
            }
        }
        return new(all,
            Used(known.Find(VpcAttachment.Ref(design.Vpcs[0]))?.Id, WorkloadRouteTable.Ref),
            Used(known.Find(DxAssociation.Ref)?.AttachmentId, TransportRouteTable.Ref));

        RouteTableSeen? Used(string? attachment, ObjectRef<TransitGatewayRouteTable> meant) =>
            all.Find(table => attachment is not null && table.Associated.Contains(attachment))
            ?? all.Find(table => table.Id == known.Find(meant)?.Id);
    }

    private static async Task<RouteTableSeen> Read(AwsClients aws, string id, CancellationToken ct) => new(
        id,
        (await aws.Ec2.AllRoutes(id, ct).ConfigureAwait(false)).Routes,
        [.. (await aws.Ec2.Associations(id, ct).ConfigureAwait(false)).Where(row => row.State == "associated")
            .Select(row => row.AttachmentId)],
        [.. (await aws.Ec2.Propagations(id, ct).ConfigureAwait(false))
            .Where(row => row.State is "enabled" or "enabling").Select(row => row.AttachmentId)]);
}

/// <param name="Associated">Attachments whose arriving packets this table routes.</param>
/// <param name="Propagating">Attachments that announce into it.</param>
internal sealed record RouteTableSeen(
    string Id, IReadOnlyList<TransitGatewayRoute> Routes, IReadOnlyList<string> Associated,
    IReadOnlyList<string> Propagating)
{
    public IReadOnlyList<TransitGatewayRouteSeen> Seen =>
    [
        .. from route in Routes
           where Prefix.TryParse(route.Destination, out _)
           select new TransitGatewayRouteSeen(
               Prefix.Parse(route.Destination), route.State, route.Type,
               [.. route.Attachments.Select(attachment => attachment.ResourceType).Distinct()]),
    ];
}

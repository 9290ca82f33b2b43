namespace Sealane.Clouds.Aws;

public sealed partial class Ec2Client
{
    public Task<IReadOnlyList<TransitGatewayRouteTable>> RouteTablesNamed(string transitGatewayId, string name,
        CancellationToken ct) =>
        Pages("DescribeTransitGatewayRouteTables",
            new QueryForm().Filter("transit-gateway-id", transitGatewayId).Filter("tag:Name", name),
            "transitGatewayRouteTables", TransitGatewayRouteTable.Read, ct);

    /// <summary>Every route table of a gateway, whoever made it.</summary>
    public Task<IReadOnlyList<TransitGatewayRouteTable>> RouteTablesOf(string transitGatewayId, CancellationToken ct) =>
        Pages("DescribeTransitGatewayRouteTables", new QueryForm().Filter("transit-gateway-id", transitGatewayId),
            "transitGatewayRouteTables", TransitGatewayRouteTable.Read, ct);

    public async Task<TransitGatewayRouteTable?> FindRouteTable(string id, CancellationToken ct) =>
        (await Pages("DescribeTransitGatewayRouteTables",
            new QueryForm().Filter("transit-gateway-route-table-id", id),
            "transitGatewayRouteTables", TransitGatewayRouteTable.Read, ct).ConfigureAwait(false)).FirstOrNull();

    public Task CreateRouteTable(ObjectTags tags, string transitGatewayId, CancellationToken ct) =>
        Write("CreateTransitGatewayRouteTable", NewRouteTable(tags, transitGatewayId), ct);

    private static QueryForm NewRouteTable(ObjectTags tags, string transitGatewayId) => new QueryForm()
        .Add("TransitGatewayId", transitGatewayId)
        .Tags("TagSpecifications", "transit-gateway-route-table", tags);

    public Task DeleteRouteTable(string tableId, CancellationToken ct) =>
        Write("DeleteTransitGatewayRouteTable", Of(tableId), ct);

    public Task Associate(string tableId, string attachmentId, CancellationToken ct) =>
        Write("AssociateTransitGatewayRouteTable", Of(tableId, attachmentId), ct);

    public Task Disassociate(string tableId, string attachmentId, CancellationToken ct) =>
        Write("DisassociateTransitGatewayRouteTable", Of(tableId, attachmentId), ct);

    public Task EnablePropagation(string tableId, string attachmentId, CancellationToken ct) =>
        Write("EnableTransitGatewayRouteTablePropagation", Of(tableId, attachmentId), ct);

    public Task DisablePropagation(string tableId, string attachmentId, CancellationToken ct) =>
        Write("DisableTransitGatewayRouteTablePropagation", Of(tableId, attachmentId), ct);

    /// <summary>The attachments whose incoming packets this table routes.</summary>
    public Task<IReadOnlyList<TableMember>> Associations(string tableId, CancellationToken ct) =>
        Pages("GetTransitGatewayRouteTableAssociations", Of(tableId), "associations", TableMember.Read, ct);

    /// <summary>The attachments that announce their routes into this table.</summary>
    public Task<IReadOnlyList<TableMember>> Propagations(string tableId, CancellationToken ct) =>
        Pages("GetTransitGatewayRouteTablePropagations", Of(tableId), "transitGatewayRouteTablePropagations",
            TableMember.Read, ct);

    /// <summary>The tables into which an attachment announces its routes.</summary>
    public Task<IReadOnlyList<AttachmentPropagation>> PropagationsOf(string attachmentId, CancellationToken ct) =>
        Pages("GetTransitGatewayAttachmentPropagations",
            new QueryForm().Add("TransitGatewayAttachmentId", attachmentId),
            "transitGatewayAttachmentPropagations", AttachmentPropagation.Read, ct);

    /// <param name="filters">
    /// At least one is required: <c>type</c>, <c>state</c>, <c>route-search.exact-match</c> and <c>.subnet-of-match</c>
    /// and
    /// <c>.supernet-of-match</c> (a CIDR), <c>.longest-prefix-match</c> (an address), <c>attachment.resource-type</c>.
    /// A value of the wrong form finds nothing and is no error.
    /// </param>
    public async Task<RouteSearch> SearchRoutes(
        string tableId, IReadOnlyList<(string Name, string Value)> filters, CancellationToken ct)
    {
        var form = Of(tableId);
        foreach (var filter in filters.GroupBy(filter => filter.Name))
        {
            form.Filter(filter.Key, filter.Select(each => each.Value));
        }
        var truncated = false;
        var routes = await Pages(
            "SearchTransitGatewayRoutes", form, "routeSet", TransitGatewayRoute.Read,
            reply => truncated = reply.Flag("additionalRoutesAvailable"), ct).ConfigureAwait(false);
        return new(routes, truncated);
    }

    /// <summary>Every active and blackhole route of a table.</summary>
    public Task<RouteSearch> AllRoutes(string tableId, CancellationToken ct) =>
        SearchRoutes(tableId, [("state", "active"), ("state", "blackhole")], ct);

    public Task DeleteTransitGatewayRoute(string tableId, string destination, CancellationToken ct) =>
        Write("DeleteTransitGatewayRoute", Of(tableId).Add("DestinationCidrBlock", destination), ct);

    public Task DeletePrefixListReference(string tableId, string prefixListId, CancellationToken ct) =>
        Write("DeleteTransitGatewayPrefixListReference", Of(tableId).Add("PrefixListId", prefixListId), ct);

    private static QueryForm Of(string tableId) => new QueryForm().Add("TransitGatewayRouteTableId", tableId);

    private static QueryForm Of(string tableId, string attachmentId) =>
        Of(tableId).Add("TransitGatewayAttachmentId", attachmentId);
}

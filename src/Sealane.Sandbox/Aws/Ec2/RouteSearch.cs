using System.Xml.Linq;
using Sealane.Core;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>
/// SearchTransitGatewayRoutes: the winning routes of a table, and no other. A route that lost against an equal prefix
/// of
/// a preferred source is visible nowhere.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SearchTransitGatewayRoutes.html</remarks>
internal static class RouteSearch
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("SearchTransitGatewayRoutes",
            "*TransitGatewayRouteTableId *Filter.N.Name Filter.N.Value.M" + Ec2Operation.Page, Search),
    ];

    private static IEnumerable<XElement?> Search(Ec2Call call)
    {
        var table = RouteTableCalls.Named(call);
        IReadOnlyList<TransitGatewayRouteRow> rows =
            [.. call.Net.TransitGatewayRoutes(table.Id).OrderBy(row => row.Prefix)];
        foreach (var filter in call.Parameters.Items("Filter"))
        {
            rows = Narrow(call, rows, filter.Required("Name"), filter.List("Value"));
        }
        var (items, next) = call.Page(rows);
        return
        [
            Set("routeSet", items.Select(row => Element(call, row))),
            Flag("additionalRoutesAvailable", next is not null),
            Text("nextToken", next),
        ];
    }

    /// <summary>Values of the wrong form (a mask on an address, none on a block) match nothing; they are no
    /// error.</summary>
    private static IReadOnlyList<TransitGatewayRouteRow> Narrow(
        Ec2Call call, IReadOnlyList<TransitGatewayRouteRow> rows, string name, IReadOnlyList<string> values) =>
            name switch
            {
                "type" => [.. rows.Where(row => values.Contains(row.Type))],
                "state" => [.. rows.Where(row => values.Contains(row.State))],
                "route-search.exact-match" => [.. rows.Where(row => Blocks(values).Any(block => block == row.Prefix))],
                "route-search.subnet-of-match" =>
                    [.. rows.Where(row => Blocks(values).Any(block => block.Contains(row.Prefix)))],
                "route-search.supernet-of-match" =>
                    [.. rows.Where(row => Blocks(values).Any(block => row.Prefix.Contains(block)))],
                "route-search.longest-prefix-match" => [.. values.SelectMany(value => Longest(rows, value)).Distinct()],
                "attachment.transit-gateway-attachment-id" =>
                    [.. rows.Where(row => row.AttachmentIds.Any(values.Contains))],
                "attachment.resource-id" =>
                    [.. rows.Where(row => Attachments(call, row).Any(a => values.Contains(a.ResourceId)))],
                "attachment.resource-type" =>
                    [.. rows.Where(row => Attachments(call, row).Any(a => values.Contains(a.ResourceType)))],
                "prefix-list-id" => [.. rows.Where(row => values.Contains(row.PrefixListId))],
                _ => throw AwsRefusal.Ec2("InvalidParameterValue", $"Value ({name}) for parameter Filter is invalid."),
            };

    private static IEnumerable<Prefix> Blocks(IReadOnlyList<string> values) =>
        values.Select(value => Prefix.TryParse(value, out var block) ? block : (Prefix?)null).OfType<Prefix>();

    private static IEnumerable<TransitGatewayRouteRow> Longest(IReadOnlyList<TransitGatewayRouteRow> rows,
        string value) =>
        Ipv4.TryParse(value, out var address)
            ? rows.Where(row => row.Prefix.Contains(address)).OrderByDescending(row => row.Prefix.Length).Take(1)
            : [];

    private static IEnumerable<TransitGatewayAttachment> Attachments(Ec2Call call, TransitGatewayRouteRow row) =>
        row.AttachmentIds.Select(id => call.State.Attachments.FirstOrDefault(a => a.Id == id))
            .OfType<TransitGatewayAttachment>();

    private static XElement Element(Ec2Call call, TransitGatewayRouteRow row) => Item(
        Text("destinationCidrBlock", row.Prefix.ToString()),
        Text("prefixListId", row.PrefixListId),
        row.State == "blackhole"
            ? null
            : Set("transitGatewayAttachments", Attachments(call, row).Select(a => Item(
                Text("resourceId", a.ResourceId),
                Text("transitGatewayAttachmentId", a.Id),
                Text("resourceType", a.ResourceType)))),
        Text("type", row.Type),
        Text("state", row.State));
}

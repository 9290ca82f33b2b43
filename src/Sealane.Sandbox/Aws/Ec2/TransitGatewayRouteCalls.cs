using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Static routes of a transit gateway route table. They win over every propagated route of the same
/// prefix.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRoute.html</remarks>
internal static class TransitGatewayRouteCalls
{
    private const string Route = "*DestinationCidrBlock *TransitGatewayRouteTableId";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGatewayRoute", Route + " TransitGatewayAttachmentId Blackhole:boolean",
            call => Write(call, replace: false)),
        new("ReplaceTransitGatewayRoute", Route + " TransitGatewayAttachmentId Blackhole:boolean",
            call => Write(call, replace: true)),
        new("DeleteTransitGatewayRoute", Route, Delete),
    ];

    /// <summary>Create refuses a route that exists; Replace makes one where there is none.</summary>
    private static IEnumerable<XElement?> Write(Ec2Call call, bool replace)
    {
        var table = RouteTableCalls.Available(call);
        var destination = Destination(call);
        var blackhole = call.Parameters.Flag("Blackhole") == true;
        if (blackhole == call.Parameters.Text("TransitGatewayAttachmentId") is not null)
        {
            throw blackhole
                ? AwsRefusal.Ec2("InvalidParameterCombination",
                    "Blackhole and TransitGatewayAttachmentId cannot be used together.")
                : AwsRefusal.Missing("TransitGatewayAttachmentId");
        }
        var attachment = blackhole ? null : RouteTableCalls.Attachment(call, table);
        var existing = table.StaticRoutes.FirstOrDefault(r => r.Destination == destination);
        if (existing is not null && !replace)
        {
            throw AwsRefusal.Ec2("RouteAlreadyExists",
                $"Route {destination} already exists in Transit Gateway Route Table {table.Id}.");
        }
        if (existing is null)
        {
            existing = new() { Destination = destination };
            table.StaticRoutes.Add(existing);
        }
        existing.AttachmentId = attachment?.Id;
        return [Element(existing, attachment, blackhole ? "blackhole" : "active")];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var table = RouteTableCalls.Available(call);
        var destination = Destination(call);
        var route = table.StaticRoutes.FirstOrDefault(r => r.Destination == destination)
            ?? throw AwsRefusal.Ec2("InvalidRoute.NotFound",
                $"Route {destination} does not exist in Transit Gateway Route Table {table.Id}.");
        table.StaticRoutes.Remove(route);
        return [Element(route, call.State.Attachments.FirstOrDefault(a => a.Id == route.AttachmentId), "deleted")];
    }

    private static string Destination(Ec2Call call)
    {
        var written = call.Parameters.Required("DestinationCidrBlock");
        return Cidr.Canonical(written) is { } canonical && !Cidr.IsIpv6(canonical)
            ? canonical
            : throw AwsRefusal.Value(written, "DestinationCidrBlock");
    }

    private static XElement Element(TransitGatewayStaticRoute route, TransitGatewayAttachment? attachment,
        string state) =>
        Group("route",
            Text("destinationCidrBlock", route.Destination),
            attachment is null
                ? null
                : Set("transitGatewayAttachments", [Item(
                    Text("resourceId", attachment.ResourceId), Text("transitGatewayAttachmentId", attachment.Id),
                    Text("resourceType", attachment.ResourceType))]),
            Text("type", "static"),
            Text("state", state));
}

using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Prefix lists as destinations of a transit gateway route table: a static route for each entry.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPrefixListReference.html</remarks>
internal static class PrefixListReferenceCalls
{
    private const string Both = "*TransitGatewayRouteTableId *PrefixListId";
    private const string Target = " TransitGatewayAttachmentId Blackhole:boolean";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGatewayPrefixListReference", Both + Target, call => Write(call, isNew: true)),
        new("ModifyTransitGatewayPrefixListReference", Both + Target, call => Write(call, isNew: false)),
        new("GetTransitGatewayPrefixListReferences",
            "*TransitGatewayRouteTableId" + Ec2Operation.Filters + Ec2Operation.Page, Get),
        new("DeleteTransitGatewayPrefixListReference", Both, Delete),
    ];

    private static readonly Ec2Filters<PrefixListReference> Filters = new()
    {
        ["attachment.resource-id"] = (call, r) => [Attachment(call, r)?.ResourceId],
        ["attachment.resource-type"] = (call, r) => [Attachment(call, r)?.ResourceType],
        ["attachment.transit-gateway-attachment-id"] = (_, r) => [r.AttachmentId],
        ["is-blackhole"] = (_, r) => [r.AttachmentId is null ? "true" : "false"],
        ["prefix-list-id"] = (_, r) => [r.PrefixListId],
        ["prefix-list-owner-id"] = (call, _) => [call.State.CallerAccount],
        ["state"] = (_, _) => ["available"],
    };

    private static IEnumerable<XElement?> Write(Ec2Call call, bool isNew)
    {
        var table = RouteTableCalls.Available(call);
        var list = call.Find(call.State.PrefixLists, call.Parameters.Required("PrefixListId"), Ec2Id.PrefixList);
        var blackhole = call.Parameters.Flag("Blackhole") == true;
        if (blackhole == call.Parameters.Text("TransitGatewayAttachmentId") is not null)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "Exactly one of Blackhole and TransitGatewayAttachmentId must be given.");
        }
        var attachment = blackhole ? null : RouteTableCalls.Attachment(call, table);
        var existing = table.PrefixListReferences.FirstOrDefault(one => one.PrefixListId == list.Id);
        if (existing is not null == isNew)
        {
            throw isNew
                ? AwsRefusal.Ec2("TransitGatewayPrefixListReference.Duplicate", $"{list.Id} is referenced already.")
                : NotFound(list.Id);
        }
        if (existing is null)
        {
            existing = new() { PrefixListId = list.Id };
            table.PrefixListReferences.Add(existing);
        }
        existing.AttachmentId = attachment?.Id;
        return [Element(call, table, existing, "transitGatewayPrefixListReference", "available")];
    }

    private static IEnumerable<XElement?> Get(Ec2Call call)
    {
        var table = RouteTableCalls.Named(call);
        var (items, next) = call.Page(Filters.Apply(call, table.PrefixListReferences));
        return
        [
            Set("transitGatewayPrefixListReferenceSet",
                items.Select(one => Element(call, table, one, "item", "available"))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var table = RouteTableCalls.Available(call);
        var id = call.Parameters.Required("PrefixListId");
        var one = table.PrefixListReferences.FirstOrDefault(one => one.PrefixListId == id) ?? throw NotFound(id);
        table.PrefixListReferences.Remove(one);
        return [Element(call, table, one, "transitGatewayPrefixListReference", "deleting")];
    }

    private static AwsRefusal NotFound(string id) =>
        AwsRefusal.Ec2("InvalidPrefixListID.NotFound", $"The prefix list {id} is not referenced in this route table.");

    private static TransitGatewayAttachment? Attachment(Ec2Call call, PrefixListReference one) =>
        call.State.Attachments.FirstOrDefault(a => a.Id == one.AttachmentId);

    private static XElement Element(
        Ec2Call call, TransitGatewayRouteTable table, PrefixListReference one, string name, string state) => Group(name,
        Text("transitGatewayRouteTableId", table.Id),
        Text("prefixListId", one.PrefixListId),
        Text("prefixListOwnerId", call.State.CallerAccount),
        Text("state", state),
        Flag("blackhole", one.AttachmentId is null),
        Attachment(call, one) is { } attachment
            ? Group("transitGatewayAttachment",
                Text("transitGatewayAttachmentId", attachment.Id),
                Text("resourceType", attachment.ResourceType),
                Text("resourceId", attachment.ResourceId))
            : null);
}

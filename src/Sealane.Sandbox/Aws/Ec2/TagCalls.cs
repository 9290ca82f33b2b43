using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Tags after creation; the only way for attachments that AWS makes by itself.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html</remarks>
internal static class TagCalls
{
    private const string Targets = "*ResourceId.N Tag.N.Key Tag.N.Value";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTags", Targets, Create),
        new("DeleteTags", Targets, Delete),
        new("DescribeTags", Ec2Operation.Filters + Ec2Operation.Page, Describe),
    ];

    private sealed record Tag(string Key, string Value, string ResourceId, string ResourceType);

    private static readonly Ec2Filters<Tag> Filters =
        new(tag => new Dictionary<string, string> { [tag.Key] = tag.Value })
        {
            ["key"] = (_, t) => [t.Key],
            ["resource-id"] = (_, t) => [t.ResourceId],
            ["resource-type"] = (_, t) => [t.ResourceType],
            ["value"] = (_, t) => [t.Value],
        };

    private static readonly Dictionary<string, Ec2Id> Kinds = new[]
    {
        Ec2Id.Attachment, Ec2Id.TransitGatewayRouteTable, Ec2Id.TransitGateway, Ec2Id.CustomerGateway,
        Ec2Id.VpnConnection,
        Ec2Id.Vpc, Ec2Id.Subnet, Ec2Id.RouteTable, Ec2Id.SecurityGroup,
        Ec2Id.VpnGateway, Ec2Id.InternetGateway, Ec2Id.NatGateway, Ec2Id.VpcPeering, Ec2Id.NetworkInterface,
        Ec2Id.PrefixList,
    }.ToDictionary(kind => kind.Prefix);

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = call.Parameters.Items("Tag")
            .GroupBy(tag => tag.Required("Key")).ToDictionary(tag => tag.Key, tag => tag.Last().Text("Value") ?? "");
        if (tags.Count == 0)
        {
            throw AwsRefusal.Missing("Tag");
        }
        var changed = Named(call).Select(o => (Object: o, Tags: call.State.TagsOf(o).Concat(tags).GroupBy(t => t.Key)
            .ToDictionary(t => t.Key, t => t.Last().Value))).ToList();
        changed.ForEach(pair => Ec2Tags.Check(pair.Tags));
        changed.ForEach(pair => call.State.Tag(pair.Object, pair.Tags));
        return Done;
    }

    /// <summary>With a value only that very tag goes; without one the key goes; without any tag all go.</summary>
    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var tags = call.Parameters.Items("Tag").Select(tag => (Key: tag.Required("Key"), Value: tag.Text("Value")))
            .ToList();
        foreach (var target in Named(call))
        {
            call.State.Tag(target, call.State.TagsOf(target)
                .Where(own => tags.Count > 0
                    && !tags.Any(t => t.Key == own.Key && (t.Value is null || t.Value == own.Value)))
                .ToDictionary());
        }
        return Done;
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var all = Mine(call)
            .SelectMany(o => call.State.TagsOf(o.Object)
                .Select(tag => new Tag(tag.Key, tag.Value, o.Object.Id, o.Type)))
            .OrderBy(tag => tag.ResourceId, StringComparer.Ordinal).ThenBy(tag => tag.Key, StringComparer.Ordinal);
        var (items, next) = call.Page(Filters.Apply(call, all));
        return
        [
            Set("tagSet", items.Select(tag => Item(
                Text("resourceId", tag.ResourceId), Text("resourceType", tag.ResourceType), Text("key", tag.Key),
                Text("value", tag.Value)))),
            Text("nextToken", next),
        ];
    }

    /// <summary>A transit gateway is tagged by its owner alone.</summary>
    private static IEnumerable<(string Type, AwsObject Object)> Mine(Ec2Call call) =>
        call.State.Taggable().Where(o => o.Object.Region == call.Region && call.State.Sees(o.Object)
            && (o.Object is not TransitGateway || call.State.OwnerOf(o.Object.Id) == call.State.CallerAccount));

    private static List<AwsObject> Named(Ec2Call call)
    {
        var all = Mine(call).ToList();
        return
        [
            .. call.Parameters.List("ResourceId").Select(id => all.FirstOrDefault(o => o.Object.Id == id).Object
                ?? throw (Kinds.GetValueOrDefault(id[..(id.LastIndexOf('-') + 1)])?.Refuse(id)
                    ?? AwsRefusal.Ec2("InvalidID", $"The ID '{id}' is not valid"))),
        ];
    }
}

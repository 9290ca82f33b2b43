using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Tags of connections, VIFs and gateways, by ARN.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_TagResource.html</remarks>
internal static class DxTagCalls
{
    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("TagResource", "*resourceArn:string *tags:list", Tag),
        new("UntagResource", "*resourceArn:string *tagKeys:list", Untag),
        new("DescribeTags", "*resourceArns:list", Describe),
    ];

    private static JsonObject Tag(DxCall call)
    {
        var target = Find(call, call.Input.Required("resourceArn"));
        var tags = new Dictionary<string, string>(target.Tags);
        foreach (var (key, value) in DxTags.Read(call.Input))
        {
            tags[key] = value;
        }
        target.Tags = tags.Count <= AwsLimits.Tags ? tags : throw new AwsRefusal(400, "TooManyTagsException", "");
        return [];
    }

    private static JsonObject Untag(DxCall call)
    {
        var target = Find(call, call.Input.Required("resourceArn"));
        foreach (var key in call.Input.Texts("tagKeys"))
        {
            target.Tags.Remove(key);
        }
        return [];
    }

    private static JsonObject Describe(DxCall call) => DxJson.Of(("resourceTags", new JsonArray(
    [
        .. call.Input.Texts("resourceArns").Select(arn => (JsonNode?)DxJson.Of(
            ("resourceArn", arn), ("tags", DxTags.Write(Find(call, arn).Tags)))),
    ])));

    /// <summary><c>arn:aws:directconnect:region:account:dxvif/dxvif-…</c>; a gateway's has no region.</summary>
    private static AwsObject Find(DxCall call, string arn)
    {
        if (arn.Split(':') is not ["arn", "aws", "directconnect", var region, var account, var path]
            || path.Split('/') is not [var kind, var id])
        {
            throw AwsRefusal.DirectConnect($"Resource ARN {arn} has an invalid format.");
        }
        AwsObject? target = kind switch
        {
            "dxcon" => call.Own(call.State.Connections).FirstOrDefault(c => c.Id == id && c.Region == region),
            "dxvif" => call.Own(call.State.Vifs).FirstOrDefault(v => v.Id == id && v.Region == region),
            "dx-gateway" => call.Own(call.State.DxGateways).FirstOrDefault(g => g.Id == id),
            _ => null,
        };
        return target is not null && account == call.Account
            ? target
            : throw AwsRefusal.DirectConnect($"Resource {arn} does not exist.");
    }
}

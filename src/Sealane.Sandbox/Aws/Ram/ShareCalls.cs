using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.Ram;

/// <summary>Shares as their owner makes them and as both sides list them.</summary>
/// <remarks>https://docs.aws.amazon.com/ram/latest/APIReference/API_CreateResourceShare.html and those beside
/// it.</remarks>
internal static class ShareCalls
{
    public static JsonObject Create(RamCall call)
    {
        var arns = call.Texts("resourceArns");
        if (arns.Find(arn => !call.State.TransitGateways.Exists(gateway => call.State.GatewayArn(gateway) == arn
            && call.State.OwnerOf(gateway.Id) == call.State.CallerAccount && gateway.IsLive)) is { } unknown)
        {
            throw new AwsRefusal(400, "UnknownResourceException", $"The resource {unknown} does not exist.");
        }
        var principals = call.Texts("principals");
        if (principals.Find(each => each.Length != 12 || !each.All(char.IsAsciiDigit)) is { } odd)
        {
            throw new AwsRefusal(400, "InvalidParameterException", $"{odd} is not the number of an account.");
        }
        if (principals.Count > 0 && !call.Flag("allowExternalPrincipals", true))
        {
            throw new AwsRefusal(400, "OperationNotPermittedException",
                "The resource share does not allow principals outside of the organization.");
        }
        var name = call.Required("name");
        var share = new ResourceShare
        {
            Arn = $"arn:aws:ram:{call.Region}:{call.State.CallerAccount}:resource-share/"
                + call.State.NewUuid(call.World, "resource-share", name),
            Name = name,
            Region = call.Region,
            Owner = call.State.CallerAccount,
            CreatedAt = call.World.Now,
            ResourceArns = arns,
            Principals = principals,
        };
        call.State.Shares.Add(share);
        return new() { ["resourceShare"] = Json(share) };
    }

    public static JsonObject List(RamCall call) => new()
    {
        ["resourceShares"] = Array(call.Asked().Where(share => call.Text("name") is not { } name || name == share.Name)
            .Where(share => call.Text("resourceShareStatus") is not { } status || status == share.Status)
            .Select(Json)),
    };

    public static JsonObject Associations(RamCall call)
    {
        var type = call.Required("associationType");
        return new()
        {
            ["resourceShareAssociations"] = Array(
                from share in call.Shares(own: true)
                where call.Wanted("resourceShareArns", share.Arn)
                from entity in type == "PRINCIPAL" ? share.Principals : share.ResourceArns
                where (call.Text(type == "PRINCIPAL" ? "principal" : "resourceArn") ?? entity) == entity
                select new JsonObject
                {
                    ["resourceShareArn"] = share.Arn,
                    ["resourceShareName"] = share.Name,
                    ["associatedEntity"] = entity,
                    ["associationType"] = type,
                    ["status"] = share.Status == "DELETED" ? "DISASSOCIATED"
                        : type == "RESOURCE" || share.Accepted.Contains(entity) ? "ASSOCIATED"
                        : share.Rejected.Contains(entity) ? "FAILED" : "ASSOCIATING",
                    ["creationTime"] = RamCall.Seconds(share.CreatedAt),
                    ["external"] = type == "PRINCIPAL",
                }),
        };
    }

    public static JsonObject Resources(RamCall call) => new()
    {
        ["resources"] = Array(
            from share in call.Asked()
            where share.Status == "ACTIVE"
            from arn in share.ResourceArns
            where call.Wanted("resourceArns", arn)
            select new JsonObject
            {
                ["arn"] = arn,
                ["type"] = "ec2:TransitGateway",
                ["resourceShareArn"] = share.Arn,
                ["status"] = "AVAILABLE",
                ["creationTime"] = RamCall.Seconds(share.CreatedAt),
                ["resourceRegionScope"] = "REGIONAL",
            }),
    };

    /// <summary>What was attached meanwhile stays attached.</summary>
    public static JsonObject Delete(RamCall call)
    {
        var arn = call.Required("resourceShareArn");
        var share = call.Shares(own: true).FirstOrDefault(each => each.Arn == arn && each.Status == "ACTIVE")
            ?? throw new AwsRefusal(400, "UnknownResourceException", $"ResourceShare {arn} could not be found.");
        share.Status = "DELETED";
        return new() { ["returnValue"] = true };
    }

    public static JsonArray Array(IEnumerable<JsonObject> items) => [.. items.Select(item => (JsonNode?)item)];

    private static JsonObject Json(ResourceShare share) => new()
    {
        ["resourceShareArn"] = share.Arn,
        ["name"] = share.Name,
        ["owningAccountId"] = share.Owner,
        ["allowExternalPrincipals"] = true,
        ["status"] = share.Status,
        ["creationTime"] = RamCall.Seconds(share.CreatedAt),
        ["featureSet"] = "STANDARD",
    };
}

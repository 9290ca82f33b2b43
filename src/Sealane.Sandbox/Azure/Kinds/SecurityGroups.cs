using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Network security groups: which packets a subnet or a NIC lets through.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/network-security-groups</remarks>
internal sealed class SecurityGroups : ResourceKind
{
    private static readonly (string Name, int Priority, string Direction, string Access, string From,
        string To)[] Default =
    [
        ("AllowVnetInBound", 65000, "Inbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
        ("AllowAzureLoadBalancerInBound", 65001, "Inbound", "Allow", "AzureLoadBalancer", "*"),
        ("DenyAllInBound", 65500, "Inbound", "Deny", "*", "*"),
        ("AllowVnetOutBound", 65000, "Outbound", "Allow", "VirtualNetwork", "VirtualNetwork"),
        ("AllowInternetOutBound", 65001, "Outbound", "Allow", "*", "Internet"),
        ("DenyAllOutBound", 65500, "Outbound", "Deny", "*", "*"),
    ];

    public override string Type => "networkSecurityGroups";
    public override string Noun => "NetworkSecurityGroup";

    public override MemberSchema Members { get; } = new(
        "NetworkSecurityGroupPropertiesFormat",
        "flushConnection:b securityRules:- defaultSecurityRules:- networkInterfaces:- subnets:- flowLogs:- "
            + "resourceGuid:-",
        "provisioningState:-");

    public override IReadOnlyDictionary<string, ResourceKind> Inline => new Dictionary<string, ResourceKind>
    {
        ["securityRules"] = AllKinds.SecurityRules,
    };

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        properties["securityRules"] = new JsonArray([.. show.State.Children(resource, AllKinds.SecurityRules)
            .Select(rule => (JsonNode)ResourceReader.Show(show, rule))]);
        properties["defaultSecurityRules"] = new JsonArray([.. Default.Select(rule => (JsonNode)new JsonObject
        {
            ["name"] = rule.Name,
            ["id"] = $"{resource.Id}/defaultSecurityRules/{rule.Name}",
            ["type"] = $"{resource.Type}/defaultSecurityRules",
            ["properties"] = new JsonObject
            {
                ["provisioningState"] = "Succeeded",
                ["protocol"] = "*",
                ["sourcePortRange"] = "*",
                ["destinationPortRange"] = "*",
                ["sourceAddressPrefix"] = rule.From,
                ["destinationAddressPrefix"] = rule.To,
                ["access"] = rule.Access,
                ["priority"] = rule.Priority,
                ["direction"] = rule.Direction,
            },
        })]);
        if (Users(show.State, resource).ToList() is { Count: > 0 } users)
        {
            properties["subnets"] = new JsonArray(
                [.. users.Select(subnet => (JsonNode)new JsonObject { ["id"] = subnet.Id })]);
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        Users(state, resource).FirstOrDefault() is { } user
            ? ArmError.Bad("InUseNetworkSecurityGroupCannotBeDeleted",
                $"Network security group {resource.Id} cannot be deleted because it is in use by the following "
                + $"resources: {user.Id}.")
            : null;

    private static IEnumerable<ArmResource> Users(AzureState state, ArmResource group) => state.All(AllKinds.Subnets)
        .Where(subnet => ResourceId.Same(subnet.Properties.Text("networkSecurityGroup", "id"), group.Id));
}

/// <summary>One rule of a network security group.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/security-rules</remarks>
internal sealed class SecurityRules : ResourceKind
{
    public override string Type => "networkSecurityGroups/securityRules";
    public override string Noun => "SecurityRule";

    public override MemberSchema Members { get; } = new(
        "SecurityRulePropertiesFormat",
        "description:s protocol:s sourcePortRange:s destinationPortRange:s sourceAddressPrefix:s "
            + "sourceAddressPrefixes:a",
        "sourceApplicationSecurityGroups:a destinationAddressPrefix:s destinationAddressPrefixes:a",
        "destinationApplicationSecurityGroups:a sourcePortRanges:a destinationPortRanges:a access:s priority:n "
            + "direction:s",
        "provisioningState:-");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        if (put.Properties.Number("priority") is not (>= 100 and <= 4096))
        {
            yield return ArmError.Bad("SecurityRuleInvalidPriority",
                $"Security rule {put.Id.Name} has invalid Priority. Priority must be between 100 and 4096.");
        }
        if (put.Properties.Text("access") is not ("Allow" or "Deny")
            || put.Properties.Text("direction") is not ("Inbound" or "Outbound"))
        {
            yield return ArmError.Format("properties", "Error converting value to type 'SecurityRule'.");
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;
}

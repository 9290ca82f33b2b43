using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Clouds.Evidence;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Sandbox.Replay;

namespace Sealane.Tests.Docs;

/// <summary>
/// What each cloud must allow, from the operations that the code calls: a set for the commands that only look, and one
/// for those that order and delete.
/// </summary>
internal static class Grants
{
    private static readonly (string Client, string Service)[] Clients =
        [("Ec2Client", "ec2"), ("DirectConnectClient", "directconnect"), ("StsClient", "sts"),
            ("IamClient", "iam")];

    /// <summary>Tags given with a create are an action of their own.</summary>
    private static readonly string[] Tagging = ["ec2:CreateTags", "directconnect:TagResource"];

    /// <summary>
    /// Objects that bear the link's tag and whose deletion can be held to it. A route bears no tag, and neither does an
    /// association of a Direct Connect gateway; a reference to a prefix list is about the list too, which is others'
    /// (docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html and
    /// list_awsdirectconnect.html).
    /// </summary>
    private static readonly string[] Untagged = ["ec2:DeleteRoute", "ec2:DeleteTransitGatewayPrefixListReference",
        // Of notes on objects of others.
        "ec2:DeleteTags",
        "directconnect:DeleteDirectConnectGatewayAssociation",
        "directconnect:DeleteDirectConnectGatewayAssociationProposal"];

    /// <summary>
    /// What Azure asks for besides, when an object is tied to another one
    /// (learn.microsoft.com/azure/vpn-gateway/roles-permissions and
    /// learn.microsoft.com/azure/expressroute/roles-permissions,
    /// learn.microsoft.com/azure/virtual-network/virtual-network-manage-peering#permissions).
    /// </summary>
    private static readonly string[] Joins =
    [
        "Microsoft.Network/expressRouteCircuits/join/action", "Microsoft.Network/publicIPAddresses/join/action",
        "Microsoft.Network/virtualNetworks/subnets/join/action", "Microsoft.Network/virtualNetworks/peer/action",
    ];

    /// <summary>What only <c>drill</c> calls: whoever builds links need not be allowed to fail them.</summary>
    private static readonly string[] AwsDrills = ["directconnect:StartBgpFailoverTest",
        "directconnect:StopBgpFailoverTest", "ec2:ReplaceVpnTunnel"];

    /// <summary>Of a link without a circuit of its own that changes what is others' (docs/adopt.md).</summary>
    private const string NotesInAzure = "Microsoft.Resources/tags/write";

    private const string AzureDrill = "Microsoft.Network/virtualNetworkGateways/reset/action";

    /// <summary>The claim on the link, which every command holds that changes something.</summary>
    private static readonly string[] Claim = ["ec2:CreateSecurityGroup", "ec2:CreateTags", "ec2:DeleteSecurityGroup"];

    /// <summary>Of every kind that a link can have.</summary>
    private static IEnumerable<Resource> Resources => AllResources.Catalogue().Resources.Concat(
        AllResources.Offline(Designer.Design(SpecReader.Read(HubAndSpoke, File.ReadAllText(HubAndSpoke)).Spec!))
            .Resources);

    private static string HubAndSpoke => Repository.PathOf("examples", "hub-and-spoke.yaml");

    public static IReadOnlyList<string> Aws { get; } =
    [
        .. (from client in Clients
            from file in Directory.GetFiles(Repository.PathOf("src", "Sealane.Clouds", "Aws"), client.Client + "*.cs")
            from Match name in Regex.Matches(File.ReadAllText(file),
                "\"((?:Accept|Associate|Confirm|Create|Delete|Describe|Disable|Disassociate|Enable|Get|List|Modify"
                + "|Replace|Search|Simulate|Update)[A-Z][A-Za-z]+?|TagResource)(?<!Result)\"")
            select $"{client.Service}:{name.Groups[1].Value}")
            .Concat(AllResources.Catalogue().Resources.SelectMany(it => it.Operations)
                .Where(name => name.Contains(':', StringComparison.Ordinal)))
            .Concat(Tagging).Except(AwsDrills).Distinct().Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> AwsReads { get; } = [.. Aws.Where(action =>
        Regex.IsMatch(action, ":(Describe|Get|List|Search|Simulate)"))];

    /// <summary>In the account of a VPC, where the link's is another: to look at all, and to attach the VPC.</summary>
    private static IReadOnlyList<string> Workload { get; } =
    [
        .. In("444455556666", Repository.PathOf("examples", "shared-transit-gateway.yaml"))
            .Concat(AwsReads).Concat(Claim).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>In the account of the Direct Connect gateway, where the link's is another, which is asked for nothing
    /// of EC2.</summary>
    private static IReadOnlyList<string> DirectConnect { get; } =
    [
        .. In("555566667777", Repository.PathOf("tests", "checks", "SL518", "good.yaml")).Concat(AwsReads)
            .Where(action => !action.StartsWith("ec2:", StringComparison.Ordinal)).Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> In(string account, string spec) =>
        from resource in AllResources.Offline(
            Designer.Design(SpecReader.Read(spec, File.ReadAllText(spec)).Spec!)).Resources
        from operation in resource.Operations
        where resource.AccountOf(operation) == account
        select operation;

    private static IReadOnlyList<string> OwnDeletes { get; } = [.. Aws.Where(action =>
        action.Contains(":Delete", StringComparison.Ordinal) && !Untagged.Contains(action))];

    /// <param name="seen">Actions of whole lives, for what no object declares: groups, operations, providers.</param>
    public static IReadOnlyList<string> Azure(IEnumerable<string> seen) =>
    [
        .. Resources.Where(it => it.Cloud == Cloud.Azure).SelectMany(it => it.Operations)
            .Concat(AllReaders.List.SelectMany(reader => reader.Questions).Select(question => question.Call))
            .Where(call => Regex.IsMatch(call, "^(GET|PUT|PATCH|DELETE) [a-z][A-Za-z/]*$")
                && !Regex.IsMatch(call, "^GET (product|mcr|secure|diagnostics)"))
            .Select(call => ActionOf(call))
            .Concat(seen).Concat(Joins).Append(NotesInAzure).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase),
    ];

    public static bool Reads(string action) => action.EndsWith("/read", StringComparison.OrdinalIgnoreCase)
        || Regex.IsMatch(action, "/(get[A-Za-z]+|routeTables|effectiveRouteTable)/action$", RegexOptions.IgnoreCase);

    /// <summary>What a call of a recording needs; null for a login.</summary>
    public static string? ActionOf(Exchange call) => call.Cloud switch
    {
        "aws" => call.Operation,
        "azure" when call.Path.Split("/providers/Microsoft.PolicyInsights/") is [_, var asked] =>
            $"Microsoft.PolicyInsights/{asked}/read",
        "azure" when call.Path.Split("/providers/Microsoft.Authorization/") is [_, var asked] =>
            $"Microsoft.Authorization/{asked}/read",
        "azure" when !call.IsLogin => ActionOf(call.Operation,
            call.Path.Contains("/providers/Microsoft.Network/", StringComparison.OrdinalIgnoreCase)),
        _ => null,
    };

    public static string AwsPolicy(bool writes) =>
        writes ? AwsPolicy("SealaneLink", Aws) : AwsPolicy("SealaneReads", AwsReads);

    public static string AwsWorkloadPolicy() => AwsPolicy("SealaneVpc", Workload);

    public static string AwsDirectConnectPolicy() => AwsPolicy("SealaneDirectConnect", DirectConnect);

    private static string AwsPolicy(string name, IReadOnlyList<string> actions)
    {
        var statements = new JsonArray(new JsonObject
        {
            ["Sid"] = name,
            ["Effect"] = "Allow",
            ["Action"] = Texts(actions.Except(OwnDeletes)),
            ["Resource"] = "*",
        });
        if (actions.Intersect(OwnDeletes).Any())
        {
            statements.Add(new JsonObject
            {
                ["Sid"] = "SealaneDeletesItsOwn",
                ["Effect"] = "Allow",
                ["Action"] = Texts(actions.Intersect(OwnDeletes)),
                ["Resource"] = "*",
                ["Condition"] = new JsonObject
                {
                    ["Null"] = new JsonObject { ["aws:ResourceTag/sealane"] = "false" },
                },
            });
        }
        return Written(new() { ["Version"] = "2012-10-17", ["Statement"] = statements });
    }

    /// <summary>To look, and to fail what a drill fails.</summary>
    public static string AwsDrillPolicy() => Written(new()
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "SealaneDrills",
            ["Effect"] = "Allow",
            ["Action"] = Texts(AwsReads.Concat(AwsDrills).Concat(Claim).Order(StringComparer.Ordinal)),
            ["Resource"] = "*",
        }),
    });

    public static string AzureDrillRole(IEnumerable<string> seen) => Written(new()
    {
        ["Name"] = "Sealane drill",
        ["IsCustom"] = true,
        ["Description"] = "sealane drill",
        ["Actions"] = Texts(Azure(seen).Where(Reads).Append(AzureDrill)),
        ["NotActions"] = new JsonArray(),
        ["AssignableScopes"] = Texts(["/subscriptions/00000000-0000-0000-0000-000000000000"]),
    });

    public static string AzureRole(IEnumerable<string> seen, bool writes) => Written(new()
    {
        ["Name"] = writes ? "Sealane" : "Sealane reader",
        ["IsCustom"] = true,
        ["Description"] = writes ? "sealane apply and destroy" : "sealane plan, status, verify and trace",
        ["Actions"] = Texts(Azure(seen).Where(action => writes || Reads(action))),
        ["NotActions"] = new JsonArray(),
        ["AssignableScopes"] = Texts(["/subscriptions/00000000-0000-0000-0000-000000000000"]),
    });

    private static string ActionOf(string operation, bool network = true)
    {
        var (method, types) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        var root = types.Length == 0 ? "Microsoft.Resources/subscriptions/providers"
            : types == "subscriptions" ? "Microsoft.Resources/subscriptions"
            : !network || types.StartsWith("resourceGroups", StringComparison.Ordinal)
                ? $"Microsoft.Resources/subscriptions/{types}"
            : $"Microsoft.Network/{types}";
        return $"{root}/" + (method switch
        {
            "GET" => "read",
            "DELETE" => "delete",
            "POST" => "action",
            _ => "write",
        });
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static string Written(JsonObject json) =>
        json.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
}

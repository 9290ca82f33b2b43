using System.Net;
using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Tests.Clouds.Http;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>
/// Every GET-modify-PUT, with a member that nobody here knows in every object of what was read: all of them go back as
/// they
/// came, and what only the service may write does not.
/// </summary>
public sealed class CarriedBackTests
{
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    /// <summary>Objects inside of lists and other children that the contracts' replies are too short to show.</summary>
    private static readonly Dictionary<string, string> Children = new()
    {
        ["put-vpn-gateway"] = """
            {"natRules":[{"name":"keep-me","id":"/rules/keep-me","properties":{
              "type":"Static","mode":"IngressSnat","internalMappings":[{"addressSpace":"10.4.0.0/24"}]}}],
             "vpnClientConfiguration":{
              "vpnClientRootCertificates":[{"name":"root","properties":{"publicCertData":"x"}}]},
             "virtualNetworkGatewayPolicyGroups":[{"name":"g","properties":{
              "isDefault":true,"policyMembers":[{"name":"m","attributeType":"AADGroupId"}]}}]}
            """,
        ["put-circuit"] = """
            {"peerings":[{"name":"AzurePrivatePeering","properties":{"peerASN":133937,"type":"mine",
              "connections":[{"name":"c","properties":{"addressPrefix":"10.9.0.0/29"}}],
              "microsoftPeeringConfig":{"advertisedPublicPrefixes":["192.0.2.0/30"]}}}],
             "authorizations":[{"name":"a","properties":{"authorizationKey":"k"}}]}
            """,
        ["put-vpn-connection"] = """
            {"ingressNatRules":[{"id":"/rules/keep-me"}],
             "tunnelProperties":[{"tunnelIpAddress":"192.0.2.1","bgpPeeringAddress":"192.0.2.2"}]}
            """,
        ["put-public-ip"] = """
            {"dnsSettings":{"domainNameLabel":"x"},"ipTags":[{"ipTagType":"FirstPartyUsage","tag":"/Unprivileged"}]}
            """,
        ["put-er-gateway"] = """{"autoScaleConfiguration":{"bounds":{"min":1}},"natRules":[]}""",
        ["put-er-connection"] = """
            {"gatewayCustomBgpIpAddresses":[],"tunnelProperties":[{"tunnelIpAddress":"192.0.2.1"}]}
            """,
        ["put-local-network-gateway"] = """{"more":{"deeper":[{"x":1}]}}""",
    };

    public static TheoryData<string, string> Bodies => new()
    {
        { "azure/vpn-gateway", "put-vpn-gateway" },
        { "azure/er-gateway", "put-er-gateway" },
        { "azure/circuit", "put-circuit" },
        { "azure/public-ip", "put-public-ip" },
        { "azure/er-connection", "put-er-connection" },
        { "azure/vpn-connection-1", "put-vpn-connection" },
        { "azure/local-gateway-1", "put-local-network-gateway" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task What_is_not_known_goes_back_and_what_is_read_only_does_not(string id, string contractName)
    {
        var contract = AzureContract.Read(contractName);
        var read = JsonNode.Parse(contract.Reply, CarriedBack.Reading)!.AsObject();
        foreach (var (name, child) in JsonNode.Parse(Children[contractName])!.AsObject())
        {
            read["properties"]![name] = child!.DeepClone();
        }
        var type = contract.Path.Split('/')[^2];
        var readOnly = ReadOnlyMembers.Of(type);
        // Tags are the user's words; what is inside of a read-only member goes with it.
        var planted = Planted.Everywhere(read, "tags", "tunnelConnectionStatus");
        foreach (var path in readOnly)
        {
            Plant(read, path.Split('.'));
        }
        var sent = await Update(id, contract.Path, Planted.Text(read));

        Assert.Equal(planted, Planted.In(Planted.Text(sent)));
        Assert.Equal([], readOnly.Where(path => Stands(sent, path.Split('.'))));
        Counts.Say(
            $"{id}: {planted} unknown members, {readOnly.Count} read-only paths");
    }

    /// <summary>Every object that is changed by reading, changing and writing it is in the table.</summary>
    [Fact]
    public void No_body_is_forgotten()
    {
        var changed = AzureResources.All(AzureSample.Design, _arm.Client(), AzureSample.Keys)
            .Where(resource => resource.GetType().GetMethod("Update")!.DeclaringType == resource.GetType())
            .DistinctBy(resource => resource.GetType()).Select(resource => resource.Id);
        Assert.Equal(changed.Order(StringComparer.Ordinal),
            Bodies.Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_kind_and_an_address_that_only_share_their_name_with_read_only_members_go_back()
    {
        async Task<JsonNode> Sent(string id, string contractName)
        {
            var contract = AzureContract.Read(contractName);
            var read = JsonNode.Parse(contract.Reply)!.AsObject();
            foreach (var (name, child) in JsonNode.Parse(Children[contractName])!.AsObject())
            {
                read["properties"]![name] = child!.DeepClone();
            }
            return await Update(id, contract.Path, Planted.Text(read));
        }

        var gateway = await Sent("azure/vpn-gateway", "put-vpn-gateway");
        Assert.Equal("Static", gateway["properties"]!["natRules"]![0]!["properties"]!["type"]!.GetValue<string>());
        var circuit = await Sent("azure/circuit", "put-circuit");
        Assert.Equal("mine", circuit["properties"]!["peerings"]![0]!["properties"]!["type"]!.GetValue<string>());
        var connection = await Sent("azure/vpn-connection-1", "put-vpn-connection");
        Assert.Equal("192.0.2.2",
            connection["properties"]!["tunnelProperties"]![0]!["bgpPeeringAddress"]!.GetValue<string>());
        var local = await Sent("azure/local-gateway-1", "put-local-network-gateway");
        Assert.Equal("169.254.21.1", local["properties"]!["bgpSettings"]!["bgpPeeringAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task Member_names_are_found_whatever_their_case()
    {
        var contract = AzureContract.Read("put-vpn-gateway");
        var reply = contract.Reply.Replace("\"natRules\"", "\"NATRules\"", StringComparison.Ordinal)
            .Replace("\"bgpSettings\"", "\"BgpSettings\"", StringComparison.Ordinal);
        var sent = (await Update("azure/vpn-gateway", contract.Path, reply)).ToJsonString();
        Assert.Contains("NATRules", sent, StringComparison.Ordinal);
        Assert.Single(sent.Split("gpSettings\"")[1..]);
        Assert.DoesNotContain("bgpPeeringAddress\"", sent, StringComparison.Ordinal);
    }

    private async Task<JsonNode> Update(string id, string path, string reply)
    {
        var key = AzureContract.Read("get-shared-key");
        _arm.Answer("GET", path, HttpStatusCode.OK, reply).Answer("GET", key.Path, HttpStatusCode.OK, key.Reply)
            .Answer("PUT", path, HttpStatusCode.OK, "{}");
        var resource = AzureResources.All(AzureSample.Design, _arm.Client(), AzureSample.Keys).Single(r => r.Id == id);
        var known = new Known().With("aws/vpn-connection", new GuideTunnels());
        var observed = (await resource.Look(known, _ct))!;
        await observed.Update(known, _ct);
        return _arm.BodyOf("PUT", path);
    }

    private static void Plant(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (path[0].EndsWith("[]", StringComparison.Ordinal))
        {
            foreach (var item in node?[path[0][..^2]] as JsonArray ?? [])
            {
                Plant(item, path[1..]);
            }
        }
        else if (node is JsonObject members)
        {
            if (path.Length == 1)
            {
                members[path[0]] ??= "only the service writes this";
            }
            else
            {
                Plant(members[path[0]], path[1..]);
            }
        }
    }

    private static bool Stands(JsonNode? node, string[] path) => path is [var name, .. var rest]
        ? name.EndsWith("[]", StringComparison.Ordinal)
            ? (node?[name[..^2]] as JsonArray ?? []).Any(item => Stands(item, rest))
            : node is JsonObject members && members.TryGetPropertyValue(name, out var value) && Stands(value, rest)
        : true;
}

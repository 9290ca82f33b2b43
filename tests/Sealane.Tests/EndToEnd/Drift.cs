using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sealane.Core;

namespace Sealane.Tests.EndToEnd;

/// <summary>One member of one object of a link, changed by a hand: taken from the objects as the world keeps them, so
/// that none is forgotten.</summary>
/// <param name="Name">Which member, wherever it stands: <c>vxcs.interfaces.bgpConnections.shutdown</c>.</param>
/// <param name="Place">Which one of them.</param>
internal sealed record Drift(string Name, string Place, IReadOnlyList<string> Path, JsonNode? Value)
{
    /// <summary>Objects of these kinds are the link's own in a world that has nothing else.</summary>
    private static readonly string[] Kinds =
    [
        "aws/transitGateways", "aws/attachments", "aws/routeTables", "aws/customerGateways", "aws/vpnConnections",
        "aws/dxGateways", "aws/dxAssociations", "aws/connections", "aws/vifs", "megaport/mcrs", "megaport/vxcs",
        "megaport/prefixLists", "azure/resources",
    ];

    /// <summary>What no hand sets: ids, what the clouds work out, when things happened. Names and tags have a sweep of
    /// their own.</summary>
    private static readonly Regex Given = new("^(id|name|tags|number|uid|region|state|type|coming|facts|.*At|.*Until"
        + "|lastOperation|etag|location|resourceGroup|parentId|works|awsDevice|peeringState|editCount|listsBlockedUntil"
        + "|stateChangeError|telemetryMissing|replacing|lastMaintenance|maintenanceAfter|announcedPrefixes"
        + "|resourceOwner|ownerAccount"
        + "|transitGatewayRegion|partnerName|liveAt|endedAt|connectionId|.*Id|id|bPort.*|bLocationId|aVlan|bVlan|kind"
        + "|resourceType|outsideAddress|addressFamily|peerType|mcrUid|locked|serviceKey|automaticAEnd|path)$",
        RegexOptions.CultureInvariant);

    /// <summary>Lists that no call makes shorter.</summary>
    private static readonly string[] NeverLess = ["tunnels", "ipConfigurations"];

    /// <summary>Words that stand for another word of the same list.</summary>
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["enable"] = "disable",
        ["disable"] = "enable",
        ["permit"] = "deny",
        ["Default"] = "ResponderOnly",
        ["IKEv2"] = "IKEv1",
        ["Enabled"] = "Disabled",
        ["Disabled"] = "Enabled",
        ["GCMAES256"] = "GCMAES128",
        ["AES256"] = "AES128",
        ["AES256-GCM-16"] = "AES128-GCM-16",
        ["SHA256"] = "SHA384",
        ["SHA2-256"] = "SHA2-384",
        ["DHGroup14"] = "DHGroup24",
        ["PFS2048"] = "PFS24",
        ["restart"] = "clear",
        ["start"] = "add",
        ["standard"] = "large",
        ["VpnGw1AZ"] = "VpnGw2AZ",
        ["ErGw1AZ"] = "ErGw2AZ",
        ["MeteredData"] = "UnlimitedData",
        ["ikev2"] = "ikev1",
    };

    /// <summary>What is not set, and could be.</summary>
    private static readonly Dictionary<string, JsonNode> Set = new(StringComparer.Ordinal)
    {
        ["medIn"] = 50,
        ["medOut"] = 50,
        ["ipMtu"] = 1500,
        ["rekeyMarginTimeSeconds"] = 300,
        ["rekeyFuzzPercentage"] = 50,
        ["replayWindowSize"] = 64,
        ["enableTunnelLifecycleControl"] = true,
        ["ge"] = 20,
        ["le"] = 32,
    };

    /// <summary>What can be written beside what the link writes.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Beside = new(StringComparer.Ordinal)
    {
        ["connections"] = new()
        {
            ["trafficSelectorPolicies"] =
                """[{"localAddressRanges":["10.2.9.0/24"],"remoteAddressRanges":["10.1.0.0/16"]}]""",
            ["enablePrivateLinkFastPath"] = "true",
        },
        ["virtualNetworkGateways"] = new()
        {
            ["customRoutes"] = """{"addressPrefixes":["10.9.0.0/16"]}""",
            ["enableHighBandwidthVpnGateway"] = "true",
        },
        ["localNetworkGateways"] = new()
        {
            ["localNetworkAddressSpace"] = """{"addressPrefixes":["10.1.0.0/16"]}""",
        },
        ["publicIPAddresses"] = new() { ["dnsSettings"] = """{"domainNameLabel":"sydney"}""" },
        ["peerings"] = new() { ["sharedKey"] = "\"another\"" },
    };

    public static IReadOnlyList<Drift> Of(JsonNode world) =>
    [
        .. from kind in Kinds
           let parts = kind.Split('/')
           from item in world[parts[0]]![parts[1]]!.AsArray().Select((item, index) => (Item: item!, Index: index))
           where parts[0] != "azure" || IsOfLink(item.Item)
           let name = parts[0] == "azure" ? ((string)item.Item["type"]!).Split('/')[^1] : parts[1]
           let place = (string?)item.Item["name"] ?? (string?)item.Item["id"] ?? $"{item.Index}"
           from drift in Within(parts[0] == "azure" ? item.Item["body"]! : item.Item, name, place,
               [.. parts, $"{item.Index}", .. parts[0] == "azure" ? new[] { "body" } : []])
               .Concat(Added(item.Item, name, place, [.. parts, $"{item.Index}", "body", "properties"]))
           select drift,
    ];

    public void Apply(JsonNode world)
    {
        var at = world;
        foreach (var step in Path.SkipLast(1))
        {
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        }
        if (at is not JsonArray items)
        {
            at[Path[^1]] = Value?.DeepClone();
        }
        else if (Value is null)
        {
            items.RemoveAt(int.Parse(Path[^1], CultureInfo.InvariantCulture));
        }
        else
        {
            items[int.Parse(Path[^1], CultureInfo.InvariantCulture)] = Value.DeepClone();
        }
    }

    private static bool IsOfLink(JsonNode item) => item["body"]!["tags"]?["sealane"] is not null
        || (string?)item["name"] is "GatewaySubnet" or "AzurePrivatePeering";

    private static IEnumerable<Drift> Added(JsonNode item, string name, string place, IReadOnlyList<string> path) =>
        from more in Beside.GetValueOrDefault(name, [])
        where item["body"]?["properties"] is { } properties && properties[more.Key] is null
        select new Drift($"{name}.properties.{more.Key}", place, [.. path, more.Key], JsonNode.Parse(more.Value));

    private static IEnumerable<Drift> Within(JsonNode? node, string name, string place, IReadOnlyList<string> path)
    {
        switch (node)
        {
            case JsonObject members:
                return members.Where(member => !Given.IsMatch(member.Key)).SelectMany(member => member.Value is null
                    ? Set.TryGetValue(member.Key, out var value)
                        ? [new($"{name}.{member.Key}", place, [.. path, member.Key], value)] : []
                    : Within(member.Value, $"{name}.{member.Key}", place, [.. path, member.Key]));
            case JsonArray items:
                return items.SelectMany((item, index) =>
                    Within(item, name, $"{place} {index + 1}", [.. path, $"{index}"])
                        .Concat(NeverLess.Contains(path[^1]) ? []
                            : [new($"{name}, one less", $"{place} {index + 1}", [.. path, $"{index}"], null)]));
            case JsonValue leaf when Other(leaf) is { } other:
                return [new(name, place, path, other)];
            default:
                return [];
        }
    }

    private static JsonNode? Other(JsonValue value)
    {
        if (value.TryGetValue<bool>(out var flag))
        {
            return !flag;
        }
        if (value.TryGetValue<long>(out var number))
        {
            return number + 1;
        }
        var text = value.GetValue<string>();
        return Others.TryGetValue(text, out var word) ? word
            : Ipv4.TryParse(text, out var address) ? new Ipv4(address.Value + 8).ToString()
            : text == "0.0.0.0/0" ? "10.9.0.0/16"
            : Prefix.TryParse(text, out _) ? "10.99.0.0/24"
            : text.Length == 0 ? "another"
            : null;
    }
}

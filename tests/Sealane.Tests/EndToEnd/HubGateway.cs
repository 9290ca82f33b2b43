using System.Text.Json.Nodes;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.Azure;

namespace Sealane.Tests.EndToEnd;

/// <summary>The VPN gateway of another team in the VNet, with what that team has on it: made and read with raw calls,
/// as its own tools would.</summary>
internal static class HubGateway
{
    private const string Hub = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-hub"
        + "/providers/Microsoft.Network";

    public const string Id = $"{Hub}/virtualNetworkGateways/vpngw-hub";
    public const string TheirAddress = "169.254.21.130";

    public static Link Link() => EndToEnd.Link.Example("minimal").Edit(
        "  vnet: vnet-app\n", $"  vnet: vnet-app\n  vpnGateway:\n    id: {Id}\n    mode: active-standby\n");

    /// <summary>Raw calls to the link's world.</summary>
    public static async Task Raw(Link link, Func<AzureSandbox, Task> act)
    {
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        await act(new(world, clock));
        world.Touch();
        WorldFile.Save(link.WorldDirectory, world);
    }

    /// <summary>The link's world, with a tunnel to a branch on the gateway that speaks BGP from an address of its own,
    /// and settings that the link knows nothing of.</summary>
    public static async Task Furnish(Link link)
    {
        (await link.Run("plan")).Exits(0);
        await Raw(link, async azure =>
        {
            await Change(azure, gateway =>
            {
                gateway["tags"] = new JsonObject { ["Owner"] = "network", ["sealane-like"] = "no" };
                var properties = gateway["properties"]!;
                properties["disableIPSecReplayProtection"] = true;
                properties["customRoutes"] = JsonNode.Parse("""{"addressPrefixes":["172.31.0.0/24"]}""");
                properties["vpnClientConfiguration"] = JsonNode.Parse("""
                    {"vpnClientAddressPool":{"addressPrefixes":["172.30.0.0/24"]},"vpnClientProtocols":["OpenVPN"],
                     "vpnAuthenticationTypes":["AAD"]}
                    """);
                properties["bgpSettings"]!["bgpPeeringAddresses"]![0]!["customBgpIpAddresses"] =
                    new JsonArray(TheirAddress);
            });
            await Connect(azure, "branch", $$"""
                "enableBgp":true,"gatewayCustomBgpIpAddresses":[{"ipConfigurationId":"{{Id}}/ipConfigurations/default",
                 "customBgpIpAddress":"{{TheirAddress}}"}]
                """);
        });
    }

    public static Task Change(AzureSandbox azure, Action<JsonNode> hand)
    {
        var gateway = azure.Send("GET", Id).Body;
        hand(gateway);
        return azure.Must("PUT", Id, gateway.ToJsonString());
    }

    /// <summary>A connection of theirs to a branch of that name.</summary>
    /// <param name="members">Of it, beside those that every one has.</param>
    public static async Task Connect(AzureSandbox azure, string name, string members)
    {
        await azure.Must("PUT", $"{Hub}/localNetworkGateways/{name}", $$$"""
            {"location":"australiaeast","properties":{"gatewayIpAddress":"203.0.113.{{{name.Length}}}",
             "localNetworkAddressSpace":{"addressPrefixes":[]},
             "bgpSettings":{"asn":65010,"bgpPeeringAddress":"169.254.21.129","peerWeight":0} } }
            """);
        await azure.Must("PUT", $"{Hub}/connections/to-{name}", $$$"""
            {"location":"australiaeast","properties":{"connectionType":"IPsec","connectionProtocol":"IKEv2",
             "virtualNetworkGateway1":{"id":"{{{Id}}}","properties":{}},
             "localNetworkGateway2":{"id":"{{{Hub}}}/localNetworkGateways/{{{name}}}","properties":{}},
             "sharedKey":"key.of.the.branch","routingWeight":0,{{{members}}} }}
            """);
    }

    /// <summary>Every object of theirs as a GET shows it, without what no write sets: the etags.</summary>
    public static async Task<IReadOnlyList<string>> Theirs(Link link)
    {
        var seen = new List<string>();
        await Raw(link, azure =>
        {
            seen.AddRange(azure.World.Azure.Resources.Where(it => it.ResourceGroup == "rg-hub").Select(it => it.Id)
                .Order(StringComparer.Ordinal)
                .Select(id => Without(azure.Send("GET", id).Body, "etag").ToJsonString()));
            return Task.CompletedTask;
        });
        Assert.NotEmpty(seen);
        return seen;
    }

    public static async Task<JsonNode> Shown(Link link, string id = Id)
    {
        JsonNode? seen = null;
        await Raw(link, azure =>
        {
            seen = azure.Send("GET", id).Body;
            return Task.CompletedTask;
        });
        return seen!;
    }

    private static JsonNode Without(JsonNode node, string name)
    {
        if (node is JsonObject members)
        {
            members.Remove(name);
        }
        foreach (var inner in node switch
        {
            JsonObject all => all.Select(member => member.Value).ToList(),
            JsonArray all => [.. all],
            _ => [],
        })
        {
            if (inner is not null)
            {
                Without(inner, name);
            }
        }
        return node;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Authorization;
using Sealane.Tests.Docs;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// The VNet has a VPN gateway already, of another team and with its tunnels on it: the link's tunnels end there too.
/// What they need is added in place, and taken back by destroy.
/// </summary>
public sealed class UsedVpnGatewayTests
{
    private const string Circuit = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-sydney"
        + "/providers/Microsoft.Network/expressRouteCircuits/minimal-er";

    [Fact]
    public async Task It_is_used_and_is_afterwards_as_it_was()
    {
        using var link = HubGateway.Link();
        await HubGateway.Furnish(link);
        var (theirs, inventory) = (await HubGateway.Theirs(link), Inventory.Of(link.World()));
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Contains("private address (enablePrivateIpAddress) off → on", plan);
        Assert.Contains("BGP addresses of default {169.254.21.130} → {169.254.21.130, 169.254.2", plan);
        Assert.Contains("those of to-branch too, may be interrupted", plan);
        Assert.DoesNotContain("+ azure/vpn-gateway", plan);
        Assert.DoesNotContain("public-ip", plan);

        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.DoesNotContain("vpn-gateway", (await link.Run("price", "--format", "json")).Output);
        var used = await HubGateway.Shown(link);
        Assert.True((bool)used["properties"]!["enablePrivateIpAddress"]!);
        Assert.Equal("network", (string?)used["tags"]!["Owner"]);
        Assert.Equal(2, used["tags"]!.AsObject().Count);

        // Every local file is gone but the world.
        File.Delete(Path.Combine(link.WorldDirectory, "minimal.journal.jsonl"));
        var done = (await link.Destroy()).Done;
        Assert.Equal((0, 0), ((int)done["clearSeconds"]!, done["leftForOthers"]!.AsArray().Count));
        Assert.Equal(theirs, await HubGateway.Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    /// <summary>The example with a transit gateway and both Azure gateways of others, the VPN gateway
    /// active-active.</summary>
    [Fact]
    public async Task Several_used_objects_are_afterwards_as_they_were()
    {
        using var link = EndToEnd.Link.Example("adopted");
        await HubGateway.Furnish(link);
        var (theirs, inventory) = (await HubGateway.Theirs(link), Inventory.Of(link.World()));
        var transit = Transit(link);
        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        // Nothing of theirs is to be deleted.
        link.Tamper(world => world.Azure.Locks.Add(new(HubGateway.Id, "keep", ManagementLock.CanNotDelete)));
        await link.Destroy();
        Assert.Equal(theirs, await HubGateway.Theirs(link));
        Assert.Equal(transit, Transit(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    /// <summary>Whether the gateway may be changed is asked before anything is paid for.</summary>
    [Fact]
    public async Task Without_the_right_to_change_the_gateway_nothing_is_paid_for()
    {
        const string Write = "Microsoft.Network/virtualNetworkGateways/write";
        using var link = EndToEnd.Link.Example("adopted");
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        link.Tamper(LeastPrivilegeTests.Writer);
        link.Tamper(world => world.Azure.Locks.Add(new(HubGateway.Id, "frozen", ManagementLock.ReadOnly)));
        Assert.Contains("the lock frozen", (await link.Run("apply", "--yes")).Exits(1).All);
        link.Tamper(world =>
        {
            world.Azure.Locks.Clear();
            world.Azure.Roles = [world.Azure.Roles![0].Replace($"\"{Write}\"", "\"a/b/read\"",
                StringComparison.Ordinal)];
        });
        var refused = (await link.Run("apply", "--yes")).Exits(1).All;
        Assert.Contains(Write, refused);
        Assert.Contains(HubGateway.Id, refused);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    private static string Transit(Link link) =>
        JsonSerializer.Serialize(link.World().Aws.TransitGateways.Single(it => it.Id == "tgw-0123456789abcdef0"));

    [Fact]
    public async Task What_others_rely_on_by_then_is_left_and_listed()
    {
        using var link = HubGateway.Link();
        await HubGateway.Furnish(link);
        await link.Apply();
        await HubGateway.Raw(link, azure => HubGateway.Connect(azure, "partner", $$"""
            "enableBgp":true,"useLocalAzureIpAddress":true,"gatewayCustomBgpIpAddresses":[
             {"ipConfigurationId":"{{HubGateway.Id}}/ipConfigurations/default","customBgpIpAddress":"169.254.22.2"}]
            """));
        var told = (await link.Run("destroy", "--yes")).Exits(0).Output;
        Assert.Contains("its private address, which to-partner relies on", told);
        Assert.Contains("its BGP address 169.254.22.2, which to-partner relies on", told);
        var gateway = (await HubGateway.Shown(link))["properties"]!;
        Assert.True((bool)gateway["enablePrivateIpAddress"]!);
        Assert.Equal([HubGateway.TheirAddress, "169.254.22.2"], Addresses(gateway));
    }

    /// <summary>Whoever names no address takes the first: where that is ours by now it stays.</summary>
    [Fact]
    public async Task A_first_address_that_a_later_connection_takes_is_left()
    {
        using var link = HubGateway.Link();
        await link.Apply();
        await HubGateway.Raw(link, azure => HubGateway.Connect(azure, "partner", "\"enableBgp\":true"));
        var done = (await link.Destroy()).Done;
        Assert.Contains("169.254.21.2, which to-partner", Assert.Single(done["leftForOthers"]!.AsArray())!.ToString());
        var gateway = (await HubGateway.Shown(link))["properties"]!;
        Assert.False((bool)gateway["enablePrivateIpAddress"]!);
        Assert.Equal(["169.254.21.2"], Addresses(gateway));
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { "sku", "write azure.vpnGateway.sku: VpnGw2AZ" },
        { "basic", "have its owner resize it" },
        { "generation", "write azure.vpnGateway.generation: Generation2" },
        { "asn", "write azure.vpnGateway.asn: 65030" },
        { "mode", "write azure.vpnGateway.mode: active-active" },
        { "policy", "only a route-based gateway has BGP" },
        { "subnet", "name the VPN gateway of azure.vnet" },
        { "type", "name the VPN gateway of azure.vnet" },
        { "bgp", "have its owner switch it on" },
        { "radius", "whether a change without it keeps it is not known" },
        { "nat", "NAT beside such BGP addresses is not supported" },
        { "failed", "have its owner repair it" },
        { "taken", "169.254.22.2 is in use by the connection to-partner of others" },
        { "first", "the connection to-partner of others has BGP and names no address of its own" },
        { "gone", "it is named in the spec but does not exist" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task What_does_not_fit_is_refused_before_anything_is_ordered(string what, string says)
    {
        using var link = HubGateway.Link();
        Directory.CreateDirectory(link.WorldDirectory);
        await File.WriteAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"), await Untouched.Value,
            TestContext.Current.CancellationToken);
        await HubGateway.Raw(link, azure => what switch
        {
            "taken" => Taken(azure),
            "first" => HubGateway.Connect(azure, "partner", "\"enableBgp\":true"),
            _ => Task.CompletedTask,
        });
        link.Tamper(world => Spoil(world.Azure, what));
        var before = Inventory.Of(link.World());
        var run = what.Length % 2 == 0 ? await link.Run("plan") : await link.Run("apply", "--yes");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(says, run.All);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    private static readonly Lazy<Task<byte[]>> Untouched = new(async () =>
    {
        using var link = HubGateway.Link();
        (await link.Run("plan")).Exits(0);
        return await File.ReadAllBytesAsync(Path.Combine(link.WorldDirectory, "world.json"));
    });

    /// <summary>The line that plan prints is the line to paste.</summary>
    [Fact]
    public async Task A_gateway_that_is_found_is_offered_by_the_line_that_uses_it()
    {
        using var link = HubGateway.Link();
        (await link.Run("plan")).Exits(0);
        var spec = File.ReadAllText(link.Spec);
        link.Edit($"    id: {HubGateway.Id}\n", "");
        var refused = (await link.Run("plan")).Exits(1);
        Assert.Contains("SL607", refused.All);
        Assert.Contains($"azure.vpnGateway.id: {HubGateway.Id}", refused.All);
        link.Write(spec);
        (await link.Run("plan")).Exits(0);
    }

    /// <summary>With the circuit would go what nothing else knows.</summary>
    [Fact]
    public async Task The_circuit_that_remembers_is_neither_deleted_nor_replaced_before_the_gateway_is_restored()
    {
        using var link = HubGateway.Link();
        await HubGateway.Furnish(link);
        var theirs = await HubGateway.Theirs(link);
        await link.Apply();
        const string was = "without=169.254.21.2,169.254.22.2,private-address";
        Assert.Equal(("00000000-1111-2222-3333-444444444444/rg-hub/virtualNetworkGateways/vpngw-hub", was),
            await Remembered(link));
        // Set again in part: what it was before anything was set is still what is written down.
        await HubGateway.Raw(link, azure => HubGateway.Change(azure, gateway => gateway["properties"]!["bgpSettings"]!
            ["bgpPeeringAddresses"]![0]!["customBgpIpAddresses"] =
            new JsonArray(HubGateway.TheirAddress, "169.254.21.2")));
        await link.Apply();
        Assert.Equal(was, (await Remembered(link)).Was);
        var spec = File.ReadAllText(link.Spec);
        link.Edit("megaport:\n", "  circuit: { peeringLocation: Sydney2 }\nmegaport:\n");
        Assert.Contains("it bears what azure/vpn-gateway of others was before", (await link.Run("plan")).All);
        link.Write(spec);
        link.Edit($"    id: {HubGateway.Id}\n", "    name: another\n");
        var refused = await link.Run("destroy", "--yes");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("write that id as azure.vpnGateway.id", refused.All);
        Assert.Equal(was, (await Remembered(link)).Was);
        link.Write(spec);
        await link.Destroy();
        Assert.Equal(theirs, await HubGateway.Theirs(link));
        Assert.Empty(link.World().Megaport.Billed);
    }

    private static async Task<(string? Gateway, string? Was)> Remembered(Link link)
    {
        var tags = (await HubGateway.Shown(link, Circuit))["tags"]!;
        return ((string?)tags["sealane-used-azure-vpn-gateway"], (string?)tags["sealane-was-azure-vpn-gateway"]);
    }

    private static async Task Taken(Sandbox.Azure.AzureSandbox azure)
    {
        await HubGateway.Change(azure, gateway => gateway["properties"]!["bgpSettings"]!["bgpPeeringAddresses"]![0]!
            ["customBgpIpAddresses"] = new JsonArray(HubGateway.TheirAddress, "169.254.22.2"));
        await HubGateway.Connect(azure, "partner", $$"""
            "enableBgp":true,"gatewayCustomBgpIpAddresses":[{"ipConfigurationId":
             "{{HubGateway.Id}}/ipConfigurations/default","customBgpIpAddress":"169.254.22.2"}]
            """);
    }

    private static void Spoil(Sealane.Sandbox.Azure.AzureState azure, string what)
    {
        var gateway = azure.Resources.Single(it => it.Name == "vpngw-hub");
        var properties = gateway.Body["properties"]!;
        Action? change = what switch
        {
            "sku" => () => properties["sku"] = JsonNode.Parse("""{"name":"VpnGw2AZ","tier":"VpnGw2AZ"}"""),
            "basic" => () => properties["sku"] = JsonNode.Parse("""{"name":"Basic","tier":"Basic"}"""),
            "generation" => () => properties["vpnGatewayGeneration"] = "Generation2",
            "asn" => () => properties["bgpSettings"]!["asn"] = 65030,
            "mode" => () => properties["activeActive"] = true,
            "policy" => () => properties["vpnType"] = "PolicyBased",
            "subnet" => () => properties["ipConfigurations"]![0]!["properties"]!["subnet"]!["id"] =
                "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-hub/providers/"
                + "Microsoft.Network/virtualNetworks/another/subnets/GatewaySubnet",
            "type" => () => properties["gatewayType"] = "ExpressRoute",
            "bgp" => () => properties["enableBgp"] = false,
            "radius" => () => properties["vpnClientConfiguration"] =
                JsonNode.Parse("""{"radiusServerAddress":"10.2.1.9"}"""),
            "nat" => () => properties["natRules"] = JsonNode.Parse("""[{"name":"egress","properties":{}}]"""),
            "failed" => () => gateway.State = "Failed",
            "gone" => () => azure.Resources.Remove(gateway),
            _ => null,
        };
        change?.Invoke();
    }

    private static IReadOnlyList<string?> Addresses(JsonNode properties) =>
    [
        .. properties["bgpSettings"]!["bgpPeeringAddresses"]![0]!["customBgpIpAddresses"]!.AsArray()
            .Select(address => (string?)address),
    ];
}

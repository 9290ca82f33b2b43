using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// The VNet has an ExpressRoute gateway already, of another team and in its resource group: the link's circuit is
/// connected to it beside whatever else it carries, and nothing of it is changed, from apply to destroy.
/// </summary>
public sealed class ExistingGatewayTests
{
    private const string Gateway = "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-hub"
        + "/providers/Microsoft.Network/virtualNetworkGateways/ergw-hub";

    private static Link Existing => Link.Example("minimal").Edit("  vnet: vnet-app\n",
        $"  vnet: vnet-app\n  expressRouteGateway:\n    id: {Gateway}\n");

    [Fact]
    public async Task It_is_used_and_is_afterwards_as_it_was()
    {
        using var link = Existing;
        var plan = (await link.Run("plan")).Exits(0);
        Assert.DoesNotContain("+ azure/er-gateway", plan.Output);
        Assert.Contains($"the ExpressRoute gateway {Gateway} is shared", (await Shell.Run(["check", link.Spec])).All);
        var before = link.World();
        await link.Apply();
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal(Of(before).ToJsonString(), Of(link.World()).ToJsonString());
        var failures = (await link.Run("verify", "--strict", "--format", "json")).Json;
        Assert.Equal("encrypted", (string?)failures["verdict"]);
        Assert.DoesNotContain("er-gateway", (await link.Run("price", "--format", "json")).Output);

        var destroyed = await link.Destroy();
        Assert.Equal(0, (int)destroyed.Done["clearSeconds"]!);
        Assert.Equal(Inventory.Of(before), Inventory.Of(link.World()));
        Assert.Equal(Of(before).ToJsonString(), Of(link.World()).ToJsonString());
    }

    /// <summary>Somebody's own connection on it is no hindrance for destroy, on the link's circuit it is: destroy says
    /// so before it deletes anything.</summary>
    [Theory]
    [InlineData("/providers/Microsoft.Network/expressRouteCircuits/er-datacentre", true)]
    [InlineData("/providers/Microsoft.Network/expressRouteCircuits/minimal-er", false)]
    public async Task What_else_hangs_on_it_stays(string circuit, bool destroys)
    {
        using var link = Existing;
        await link.Apply();
        link.Tamper(world =>
        {
            var ours = world.Azure.Resources.Single(it => it.Name == "minimal-er-connection");
            var theirs = world.Azure.Add(null,
                new("00000000-1111-2222-3333-444444444444", "rg-sydney", ["connections", "to-the-datacentre"]),
                "australiaeast", (JsonObject)ours.Body.DeepClone());
            theirs.Body.Remove("tags");
            theirs.Body["properties"]!["peer"]!["id"] =
                $"/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-sydney{circuit}";
            (theirs.State, theirs.Works) = ("Succeeded", true);
        });
        var before = Inventory.Of(link.World());
        var run = await link.Run("destroy", "--yes", "--format", "jsonl");
        Assert.Contains(link.World().Azure.Resources, it => it.Name == "to-the-datacentre");
        if (destroys)
        {
            run.Exits(0);
            Assert.DoesNotContain(link.World().Azure.Resources, it => it.Name == "minimal-er");
        }
        else
        {
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("the circuit carries the connection to-the-datacentre of another gateway", run.Error);
            Assert.Equal(before, Inventory.Of(link.World()));
        }
    }

    /// <summary>The line that plan prints is the line to paste.</summary>
    [Fact]
    public async Task A_gateway_that_is_found_is_offered_by_the_line_that_uses_it()
    {
        using var link = Existing;
        (await link.Run("plan")).Exits(0);
        var spec = File.ReadAllText(link.Spec);
        link.Edit($"  expressRouteGateway:\n    id: {Gateway}\n", "");
        var refused = (await link.Run("plan")).Exits(1);
        Assert.Contains("SL607", refused.All);
        Assert.Contains($"azure.expressRouteGateway.id: {Gateway}", refused.All);
        link.Write(spec);
        (await link.Run("plan")).Exits(0);
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { "sku", "set azure.expressRouteGateway.sku to what the gateway has" },
        { "gatewayType", "name the ExpressRoute gateway of azure.vnet" },
        { "subnet", "name the ExpressRoute gateway of azure.vnet" },
        { "adminState", "have it switched on by its owner" },
        { "gone", "it is named in the spec but does not exist" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public async Task What_does_not_fit_is_refused_before_anything_is_ordered(string what, string says)
    {
        using var link = Existing;
        (await link.Run("plan")).Exits(0);
        link.Tamper(world =>
        {
            var gateway = world.Azure.Resources.Single(it => it.Name == "ergw-hub");
            var properties = gateway.Body["properties"]!;
            switch (what)
            {
                case "sku":
                    properties["sku"]!["name"] = "ErGw3AZ";
                    break;
                case "gatewayType":
                    properties["gatewayType"] = "Vpn";
                    break;
                case "subnet":
                    properties["ipConfigurations"]![0]!["properties"]!["subnet"]!["id"] =
                        "/subscriptions/00000000-1111-2222-3333-444444444444/resourceGroups/rg-hub/providers/"
                        + "Microsoft.Network/virtualNetworks/another/subnets/GatewaySubnet";
                    break;
                case "adminState":
                    properties["adminState"] = "Disabled";
                    break;
                default:
                    world.Azure.Resources.Remove(gateway);
                    break;
            }
        });
        var before = Inventory.Of(link.World());
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = await link.Run(verb, verb == "plan" ? [] : ["--yes"]);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains(says, run.All);
        }
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    private static JsonObject Of(StoredWorld world) =>
        world.Azure.Resources.Single(it => it.Name == "ergw-hub").Body;
}

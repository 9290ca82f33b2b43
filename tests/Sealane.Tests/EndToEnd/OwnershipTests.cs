using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>What belongs to another link, and what others use, is not touched: found out before anything is.</summary>
public sealed class OwnershipTests
{
    /// <summary>A copied file with the same name: the objects found join other networks than it names.</summary>
    [Theory]
    [InlineData("vpc: vpc-0a1b2c3d4e5f60718", "vpc: vpc-0aaaaaaaaaaaaaaaa", "joins vpc-0a1b2c3d4e5f60718")]
    [InlineData("vnet: vnet-app", "vnet: vnet-other", "virtualNetworks/vnet-app")]
    public async Task A_copy_of_the_file_for_other_networks(string ours, string copied, string says)
    {
        using var link = await Link.Built("minimal");
        link.Tamper(SecondEnds);
        var text = File.ReadAllText(link.Spec);
        var (before, standing) = (Inventory.Of(link.World()), text);
        link.Write(text.Replace(ours, copied, StringComparison.Ordinal));
        foreach (var verb in new[] { "plan", "apply", "destroy" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.Contains("error: another link is named ", run.Error);
            Assert.Contains(says, run.Error);
        }
        link.Write($"{File.ReadAllText(link.Spec)}\nexisting:\n  aws/customer-gateway: "
            + $"{link.World().Aws.CustomerGateways.Single().Id}\n");
        Assert.Contains("error: another link is named ", (await link.Run("adopt", "--all", "--yes")).Exits(1).Error);
        Assert.Equal(before, Inventory.Of(link.World()));
        link.Write(standing);
        await link.IsEncrypted();
    }

    [Fact]
    public async Task A_second_vpc_on_the_transit_gateway()
    {
        using var link = await Link.Built("minimal");
        link.Tamper(world => world.Aws.Attachments.Add(new()
        {
            Id = "tgw-attach-0company",
            Region = "ap-southeast-2",
            State = "available",
            ResourceType = "vpc",
            ResourceId = "vpc-0company",
            TransitGatewayId = world.Aws.TransitGateways.Single().Id,
        }));
        await NothingIsDeleted(link, "is used by vpc vpc-0company (tgw-attach-0company)");
    }

    /// <summary>By authorization, or joined by Global Reach: their traffic would go with the circuit.</summary>
    [Theory]
    [InlineData(true, "is used by another subscription, by authorization other-team")]
    [InlineData(false, "is joined with another one by Global Reach: other-team")]
    public async Task Others_on_the_circuit(bool authorized, string says)
    {
        using var link = await Sight.Sydney(world =>
        {
            if (authorized)
            {
                world.OtherSubscription("10.5.0.0/16");
            }
            else
            {
                world.GlobalReach("172.20.0.0/16");
            }
        });
        await NothingIsDeleted(link, says);
    }

    [Fact]
    public async Task A_locked_router()
    {
        using var link = await Link.Built("minimal");
        link.Tamper(world => world.Megaport.Mcrs.Single().Locked = true);
        await NothingIsDeleted(link, "is locked");
    }

    [Fact]
    public async Task A_spoke_that_uses_the_gateways()
    {
        using var link = await Link.Built("minimal");
        link.Tamper(world =>
        {
            var azure = world.Azure;
            var (hub, spoke) = ("vnet-app", "vnet-spoke");
            Add(azure, ["virtualNetworks", spoke], new()
            {
                ["addressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray("10.77.0.0/16") },
            });
            Add(azure, ["virtualNetworks", hub, "virtualNetworkPeerings", "to-spoke"], Peering(azure, spoke,
                "allowGatewayTransit"));
            Add(azure, ["virtualNetworks", spoke, "virtualNetworkPeerings", "to-hub"], Peering(azure, hub,
                "useRemoteGateways"));
        });
        await NothingIsDeleted(link, "vnet-spoke uses the gateways");
    }

    [Fact]
    public async Task What_is_protected_stays()
    {
        using var link = await Link.Built("minimal");
        link.Write(File.ReadAllText(link.Spec) + "\nprotect: true\n");
        await NothingIsDeleted(link, "protect: true");
        link.Write(File.ReadAllText(link.Spec) + "secrets: { generation: 2 }\n");
        var run = (await link.Run("apply", ["--yes", .. link.Agreed])).Exits(1);
        Assert.Contains("protect: true", run.Error);
    }

    [Fact]
    public async Task Deleting_for_a_replacement_and_a_term_want_more_than_yes()
    {
        using var link = Link.Example("minimal");
        link.Write(File.ReadAllText(link.Spec).Replace("bandwidth: 50", "bandwidth: 50\n  term: 12",
            StringComparison.Ordinal));
        Assert.Contains("apply must be told: --term 12", (await link.Run("plan")).Exits(0).Output);
        Assert.Contains("add --term 12", (await link.Run("apply", "--yes")).Exits(1).Error);
        Assert.Contains("add --term 12", (await link.Run("apply", "--yes", "--term", "24")).Exits(1).Error);
        Assert.Empty(link.World().Megaport.Billed);
        (await link.Run("apply", "--yes", "--term", "12")).Exits(0);
        Assert.Contains("term 12 months", (await link.Run("status")).Exits(0).Output);
        link.Write(File.ReadAllText(link.Spec) + "\nsecrets: { generation: 2 }\n");
        var before = Inventory.Of(link.World());
        var refused = (await link.Run("apply", "--yes", "--term", "12")).Exits(1);
        Assert.Contains("add --replace ", refused.Error);
        Assert.Equal(before, Inventory.Of(link.World()));
        Assert.Contains("no such object", (await link.Run("apply", "--yes", "--replace", "megaport/vxc")).Exits(2)
            .Error);
        await link.Apply();
        var gone = (await link.Run("destroy", "--yes")).Exits(0).Output;
        Assert.Matches(
            "Bound by a term although gone, so a fee may be due: .*megaport/mcr [0-9a-f-]+ until 2027-01-01", gone);
        Assert.DoesNotContain("Still billed: nothing", gone);
    }

    [Fact]
    public async Task A_budget_is_kept()
    {
        using var link = Link.Example("minimal");
        var text = File.ReadAllText(link.Spec);
        link.Write(text + "\nbudget:\n  - { currency: USD, monthly: 100 }\n  - { currency: AUD, monthly: 9000 }\n");
        Assert.Contains("error SL651: the link costs ", (await link.Run("apply", "--yes")).Exits(1).Error);
        link.Write(text + "\nbudget:\n  - { currency: USD, monthly: 9000 }\n");
        Assert.Contains("names no limit in AUD", (await link.Run("apply", "--yes")).Exits(1).Error);
        Assert.Empty(link.World().Megaport.Billed);
        link.Write(text + "\nbudget:\n  - { currency: USD, monthly: 9000 }\n  - { currency: AUD, monthly: 9000 }\n");
        await link.Apply();
    }

    [Fact]
    public async Task Every_paid_order_has_a_receipt()
    {
        using var link = await Link.Built("minimal");
        var lines = File.ReadAllLines(Path.Combine(link.WorldDirectory, $"{link.Design.Name}.receipts.jsonl"))
            .Select(line => JsonNode.Parse(line)!).ToList();
        var billed = Sealane.Cli.AllResources.Offline(link.Design).Resources.Where(it => it.Billed)
            .Select(it => it.Id).Order(StringComparer.Ordinal);
        Assert.Equal(billed, lines.Select(line => (string)line["id"]!).Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.NotNull(line["listPriceMonthly"]));
    }

    private static async Task NothingIsDeleted(Link link, string says)
    {
        var before = Inventory.Of(link.World());
        var run = (await link.Run("destroy", "--yes")).Exits(1);
        Assert.Contains(says, run.Error);
        Assert.Contains("  fix: ", run.Error);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    private static void SecondEnds(SandboxWorld world)
    {
        world.Aws.Vpcs.Add(new()
        {
            Id = "vpc-0aaaaaaaaaaaaaaaa",
            Region = "ap-southeast-2",
            State = "available",
            Cidrs = ["10.9.0.0/16"],
        });
        world.Aws.VpcRouteTables.Add(new()
        {
            Id = "rtb-0aaaaaaaaaaaaaaaa",
            Region = "ap-southeast-2",
            VpcId = "vpc-0aaaaaaaaaaaaaaaa",
            Main = true,
        });
        Add(world.Azure, ["virtualNetworks", "vnet-other"], new()
        {
            ["addressSpace"] = new JsonObject { ["addressPrefixes"] = new JsonArray("10.8.0.0/16") },
        });
    }

    private static JsonObject Peering(AzureState azure, string vnet, string flag) => new()
    {
        [flag] = true,
        ["peeringState"] = "Connected",
        ["remoteVirtualNetwork"] = new JsonObject
        {
            ["id"] = new ResourceId(azure.Subscription, "rg-sydney", ["virtualNetworks", vnet]).ToString(),
        },
    };

    private static void Add(AzureState azure, string[] path, JsonObject properties)
    {
        var resource = azure.Add(null, new(azure.Subscription, "rg-sydney", path), "australiaeast",
            new() { ["properties"] = properties });
        (resource.State, resource.Works, resource.Etag) = ("Succeeded", true, "W/\"1\"");
    }
}

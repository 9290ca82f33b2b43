using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>What can be known before paying is asked before paying: in none of these is anything ordered.</summary>
public sealed class AheadTests
{
    private static readonly string Folder = Repository.PathOf("tests", "cases");

    public static TheoryData<string, string, int, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, int, string>();
            foreach (var line in File.ReadLines(Path.Combine(Folder, "cases.txt")))
            {
                var parts = line.Split('|', StringSplitOptions.TrimEntries);
                data.Add(parts[0], parts[1], int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture),
                    parts[3]);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_file_from_the_field(string file, string verb, int exit, string word)
    {
        using var link = new Link(File.ReadAllText(Path.Combine(Folder, file)));
        string[] agreed = exit == 2 || verb == "plan" ? [] : ["--yes", .. link.Agreed];
        var run = (await link.Run(verb, agreed)).Exits(exit);
        Assert.Contains(word, run.All);
        if (exit == 0)
        {
            await link.IsEncrypted();
        }
        else if (exit == 1)
        {
            Assert.Equal(Inventory.Of(Sealane.Cli.Rehearsal.New(link.Design, null)), Inventory.Of(link.World()));
        }
    }

    [Fact]
    public void Every_case_stands_in_the_list() => Assert.Equal(
        Directory.GetFiles(Folder, "*.yaml").Select(Path.GetFileName).Order(StringComparer.Ordinal),
        Cases.Select(row => row.Data.Item1).Distinct().Order(StringComparer.Ordinal));

    /// <summary>What a hand did in the accounts before the link, and what plan and apply say of it.</summary>
    private static readonly Dictionary<string, (Action<SandboxWorld> Hand, string Id, string Says)> States = new()
    {
        ["the provider is not registered"] =
            (world => world.Azure.RegisteredProviders.Clear(), "SL602", "Microsoft.Network is NotRegistered"),
        ["the VNet has a VPN gateway"] = (world => Gateway(world, "Vpn"), "SL607", "existing VPN gateway, company-gw"),
        ["the VNet has an ExpressRoute gateway"] =
            (world => Gateway(world, "ExpressRoute"), "SL607", "existing ExpressRoute gateway, company-gw"),
        ["the VNet uses remote gateways"] = (RemoteGateways, "SL608", "uses remote gateways over its peering to-hub"),
        ["a route is in the way"] = (world => world.Aws.VpcRouteTables.ForEach(table => table.Routes.Add(new()
        {
            Destination = "10.2.0.0/16",
            TargetId = "tgw-0company",
        })), "SL621", "10.2.0.0/16 to tgw-0company already"),
        ["the quota of transit gateways is used up"] =
            (world => world.Aws.TransitGateways.AddRange(Enumerable.Range(0, 5).Select(Others)), "SL622",
                "has 5 transit gateways already"),
        ["Megaport has no such data centre"] =
            (world => world.Megaport.Locations.RemoveAll(site => site.Id == 2), "SL641", "Megaport has no location "),
        ["the site has no MCR of the speed"] = (world => Site(world, site => site with { Red = [2500], Blue = null }),
            "SL642", "offers no MCR of 1000 Mbps (it offers red: 2500)"),
        ["Megaport would refuse the order"] = (world => world.Megaport.Variants.NoCapacityOnValidate = true, "SL644",
            "No available capacity"),
        // The location is in the catalogue, and the account buys nothing in its market.
        ["the account is not in the market of the site"] =
            (world => world.Megaport.Variants.MissingMarkets.Add("Australia"), "SL644",
                "Missing markets: Australia; the account does not buy in that location's market yet: add it in the "
                + "Megaport portal"),
        ["AWS has no port at the site"] =
            (world => world.Megaport.PartnerPorts.RemoveAll(port => port.LocationId == 2), "SL643",
                "there is one at Equinix SY3"),
    };

    public static TheoryData<string> Accounts => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Accounts))]
    public async Task A_state_of_the_accounts(string state)
    {
        var (hand, id, says) = States[state];
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(hand);
        var before = Inventory.Of(link.World());
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.Contains($" error {id}: ", run.Error);
            Assert.Contains(says, run.Error);
            Assert.Contains("  fix: ", run.Error);
        }
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>The rules see the prefixes that the clouds tell where the spec names none.</summary>
    [Fact]
    public async Task A_vnet_that_holds_the_transit_gateways_default_block_is_found_out()
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Resources.Single(it =>
            it.Name == "vnet-app").Body["properties"]!["addressSpace"]!
            ["addressPrefixes"] = new JsonArray("10.2.0.0/16", $"{link.Design.TransitGateway.Cidr}"));
        var before = Inventory.Of(link.World());
        foreach (var verb in new[] { "plan", "apply" })
        {
            Assert.Contains(" error SL2", (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1).Error);
        }
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>Existing gateways that cannot be associated: AWS refuses equal ASNs when all else is paid.</summary>
    [Fact]
    public async Task Existing_gateways_of_one_asn_are_found_out()
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world =>
        {
            world.Aws.TransitGateways.Add(new()
            {
                Id = "tgw-0aaaabbbbccccdddd",
                Region = "ap-southeast-2",
                State = "available",
                AmazonSideAsn = 64512,
                Cidrs = ["10.254.1.0/24"],
            });
            world.Aws.DxGateways.Add(new()
            {
                Id = "11111111-2222-3333-4444-555555555555",
                Region = "ap-southeast-2",
                State = "available",
                Name = "company",
                AmazonSideAsn = 64512,
            });
        });
        var before = Inventory.Of(link.World());
        link.Edit("  vpc: ", "  transitGateway: { id: tgw-0aaaabbbbccccdddd, asn: 64512 }\n"
            + "  directConnectGateway: { id: 11111111-2222-3333-4444-555555555555 }\n  vpc: ");
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = await link.Run(verb, verb == "plan" ? [] : ["--yes"]);
            Assert.True(run.ExitCode == 1, $"{verb}: {run.ExitCode} {run.All}");
            Assert.Contains("ASN", run.All);
        }
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    /// <summary>A question without an answer is told and holds up nothing; a built link is asked nothing.</summary>
    [Fact]
    public async Task What_cannot_be_asked_is_told_and_what_stands_is_not_asked_about()
    {
        using var link = await Link.Built("minimal");
        link.Tamper(world => world.Azure.RegisteredProviders.Clear());
        (await link.Run("plan", "--exit-code")).Exits(0);
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
    }

    private static Sealane.Sandbox.Aws.TransitGateway Others(int number) =>
        new() { Id = $"tgw-0{number}", Region = "ap-southeast-2", State = "available" };

    private static void Site(SandboxWorld world, Func<Sealane.Sandbox.Megaport.Location,
        Sealane.Sandbox.Megaport.Location> change)
    {
        var index = world.Megaport.Locations.FindIndex(site => site.Id == 2);
        world.Megaport.Locations[index] = change(world.Megaport.Locations[index]);
    }

    private static void Gateway(SandboxWorld world, string type)
    {
        var azure = world.Azure;
        var subnet = Add(azure, new(azure.Subscription, "rg-sydney", ["virtualNetworks", "vnet-app", "subnets",
            "GatewaySubnet"]),
            new() { ["addressPrefix"] = "10.2.0.0/27" });
        Add(azure, new(azure.Subscription, "rg-sydney", ["virtualNetworkGateways", "company-gw"]), new()
        {
            ["gatewayType"] = type,
            ["ipConfigurations"] = new JsonArray(new JsonObject
            {
                ["name"] = "default",
                ["properties"] = new JsonObject { ["subnet"] = new JsonObject { ["id"] = subnet.Id } },
            }),
        });
    }

    private static void RemoteGateways(SandboxWorld world) => Add(world.Azure,
        new(world.Azure.Subscription, "rg-sydney", ["virtualNetworks", "vnet-app", "virtualNetworkPeerings", "to-hub"]),
        new() { ["useRemoteGateways"] = true });

    private static ArmResource Add(AzureState azure, ResourceId id, JsonObject properties)
    {
        var resource = azure.Add(null, id, "australiaeast", new() { ["properties"] = properties });
        (resource.State, resource.Works, resource.Etag) = ("Succeeded", true, "W/\"1\"");
        return resource;
    }
}

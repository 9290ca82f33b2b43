using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure.Authorization;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>What others have built between the networks that the spec names is told for what it is, and
/// first.</summary>
public sealed class FoundStateTests
{
    private const string Gateway = "tgw-0aaaabbbbccccdddd";
    private const string DxGateway = "11111111-2222-3333-4444-555555555555";

    /// <summary>github.com/hashicorp/terraform-provider-aws/issues/10852: a VPC is attached to a gateway
    /// once.</summary>
    [Theory]
    [InlineData("company")]
    [InlineData(null)]
    public async Task A_vpc_that_is_attached_to_the_existing_gateway_already(string? name)
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world =>
        {
            world.Aws.TransitGateways.Add(Company());
            world.Aws.Attachments.Add(new()
            {
                Id = "tgw-attach-0aaaabbbbccccdddd",
                Region = "ap-southeast-2",
                State = "available",
                TransitGatewayId = Gateway,
                ResourceType = "vpc",
                ResourceId = world.Aws.Vpcs[0].Id,
                SubnetIds = [world.Aws.Subnets[0].Id],
                Tags = name is null ? [] : new() { ["Name"] = name },
            });
        });
        link.Edit("  vpc: ", $"  transitGateway: {{ id: {Gateway}, asn: 64512 }}\n  vpc: ");
        await Refused(link, "is attached to tgw-0aaaabbbbccccdddd already, by tgw-attach-0aaaabbbbccccdddd",
            "leave aws.transitGateway.id out");
    }

    [Fact]
    public async Task Two_existing_gateways_that_are_not_associated_in_the_guides_order()
    {
        using var link = Link.Example("minimal");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world =>
        {
            world.Aws.TransitGateways.Add(Company());
            world.Aws.DxGateways.Add(new()
            {
                Id = DxGateway,
                Region = "",
                State = "available",
                Name = "company",
                AmazonSideAsn = 64550,
            });
        });
        link.Edit("  vpc: ", $"  transitGateway: {{ id: {Gateway}, asn: 64512 }}\n"
            + $"  directConnectGateway: {{ id: {DxGateway}, asn: 64550 }}\n  vpc: ");
        var before = string.Join('\n', Inventory.Of(link.World()));
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = (await link.Run(verb, ["--order", "guide", .. verb == "plan" ? [] : new[] { "--yes" }])).Exits(1);
            Assert.Contains("exist already and are not associated", run.All);
            Assert.Contains($"--direct-connect-gateway-id {DxGateway} --gateway-id {Gateway}", run.All);
        }
        Assert.Equal(before, string.Join('\n', Inventory.Of(link.World())));
    }

    /// <summary>What stands and does not fit is told in the plan, and stays as it is.</summary>
    [Theory]
    [InlineData("a gateway without its CIDR block", "CIDR blocks")]
    [InlineData("a gateway of another ASN", "set aws.transitGateway.asn to what the gateway has")]
    [InlineData("a gateway with default tables", "default route table association")]
    [InlineData("two subnets in a zone", "one subnet a zone")]
    [InlineData("a security group on the GatewaySubnet", "a network security group is attached")]
    [InlineData("a GatewaySubnet of /28", "two gateways need a /27 or larger")]
    public async Task What_stands_and_does_not_fit(string what, string says)
    {
        var gateway = what.StartsWith("a gateway ", StringComparison.Ordinal);
        using var link = Link.Example(gateway ? "minimal" : "sydney");
        (await link.Run("plan")).Exits(0);
        link.Tamper(world =>
        {
            var company = Company();
            world.Aws.TransitGateways.Add(company);
            switch (what)
            {
                case "a gateway without its CIDR block":
                    company.Cidrs = [];
                    break;
                case "a gateway of another ASN":
                    company.AmazonSideAsn = 64513;
                    break;
                case "a gateway with default tables":
                    company.AssociationDefaultRouteTableId = "tgw-rtb-0aaaabbbbccccdddd";
                    break;
                case "two subnets in a zone":
                    world.Aws.Subnets[1] = new()
                    {
                        Id = world.Aws.Subnets[1].Id,
                        Region = world.Aws.Subnets[1].Region,
                        State = "available",
                        VpcId = world.Aws.Subnets[1].VpcId,
                        Cidr = world.Aws.Subnets[1].Cidr,
                        AvailabilityZone = world.Aws.Subnets[0].AvailabilityZone,
                        AvailabilityZoneId = world.Aws.Subnets[0].AvailabilityZoneId,
                    };
                    break;
                default:
                    var subnet = world.Azure.Add(null, new(world.Azure.Subscription, "rg-sydney",
                        ["virtualNetworks", "vnet-app", "subnets", "GatewaySubnet"]), null, new()
                        {
                            ["properties"] = new System.Text.Json.Nodes.JsonObject
                            {
                                ["addressPrefix"] = what.EndsWith("/28", StringComparison.Ordinal) ? "10.2.0.0/28"
                                    : "10.2.0.0/24",
                                ["networkSecurityGroup"] = what.EndsWith("/28", StringComparison.Ordinal) ? null
                                    : new System.Text.Json.Nodes.JsonObject { ["id"] = "/nsg" },
                            },
                        });
                    (subnet.State, subnet.Works, subnet.Etag) = ("Succeeded", true, "W/\"1\"");
                    break;
            }
        });
        if (gateway)
        {
            link.Edit("  vpc: ", $"  transitGateway: {{ id: {Gateway}, asn: 64512 }}\n  vpc: ");
        }
        await Refused(link, says);
    }

    /// <summary>Nobody but the vendors can lift it: it is named, in plan and where a run gives up.</summary>
    [Fact]
    public async Task A_hosted_connection_that_is_down()
    {
        using var link = await Evidence.Sight.Sydney();
        link.Tamper(world => world.Aws.Connections.ForEach(connection => connection.State = "down"));
        var plan = (await link.Run("plan")).Exits(0).Output;
        Assert.Contains("AWS sees no link on dxcon-", plan);
        Assert.Contains("ask Megaport's support", plan);
        Assert.Contains("No changes: what is missing is not Sealane's to make", plan);
        var apply = (await link.Run("apply", "--yes")).Exits(3).All;
        Assert.Contains("still down after 12 minutes; AWS sees no link on dxcon-", apply);
        Assert.Contains(" down ", (await link.Run("status")).Exits(0).Output);
        Assert.NotEqual(0, (await link.Run("verify")).ExitCode);
    }

    [Fact]
    public async Task A_tag_of_the_spec_is_put_back_and_others_are_left_alone()
    {
        using var link = new Link(File.ReadAllText(Repository.PathOf("tests", "cases", "tags.yaml")));
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.Policies =
            [DenyPolicy.RequireTag("Owner"), DenyPolicy.RequireTag("CostCenter")]);
        await link.Apply();
        await link.IsEncrypted();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        link.Tamper(world => Tags(world)["Owner"] = "someone");
        link.Tamper(world => Tags(world)["Theirs"] = "kept");
        Assert.Contains("tag Owner someone → net", (await link.Run("plan")).Exits(0).Output);
        Assert.Equal(1, (int)(await link.Apply()).Done["updated"]!);
        var tags = Tags(link.World().Wake(new Core.Reconcile.VirtualClock(link.World().Now)));
        Assert.Equal(("net", "kept", "42"), ((string?)tags["Owner"], (string?)tags["Theirs"],
            (string?)tags["CostCenter"]));
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
    }

    private static System.Text.Json.Nodes.JsonObject Tags(SandboxWorld world) => world.Azure.Resources.Single(it =>
        it.Type.EndsWith("/expressRouteCircuits", StringComparison.Ordinal)).Body["tags"]!.AsObject();

    private static async Task Refused(Link link, params string[] says)
    {
        var before = string.Join('\n', Inventory.Of(link.World()));
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.All(says, word => Assert.Contains(word, run.All));
        }
        Assert.Equal(before, string.Join('\n', Inventory.Of(link.World())));
    }

    private static TransitGateway Company() => new()
    {
        Id = Gateway,
        Region = "ap-southeast-2",
        State = "available",
        AmazonSideAsn = 64512,
        Cidrs = ["10.254.1.0/24"],
        Tags = new() { ["Name"] = "company" },
    };
}

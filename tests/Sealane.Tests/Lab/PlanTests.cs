using Sealane.Core;
using Sealane.Lab.Model;
using Sealane.Lab.Plan;

namespace Sealane.Tests.Lab;

/// <summary>The compiler from design to plan: golden files show boxes, links, routes and every daemon's
/// configuration.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData("sydney")]
    [InlineData("tokyo")]
    public void An_example_becomes_a_plan(string example) =>
        Golden.Check(Repository.PathOf("tests", "lab", example + ".txt"),
            PlanText.Of(Compiler.Compile(Example(example))));

    [Fact]
    public void Two_routers_both_paths_two_instances_and_four_tunnels_become_a_plan() =>
        Golden.Check(Repository.PathOf("tests", "lab", "two-routers.txt"),
            PlanText.Of(Compiler.Compile(Labs.TwoRouters())));

    [Fact]
    public void A_key_is_never_in_a_plans_text()
    {
        var network = Example("sydney");
        var text = PlanText.Of(Compiler.Compile(network));
        Assert.All(network.Tunnels, tunnel =>
            Assert.DoesNotContain(tunnel.AwsKey.Reveal(), text, StringComparison.Ordinal));
        Assert.All(network.Legs, leg =>
            Assert.DoesNotContain(leg.Leg.Session.McrKey!.Reveal(), text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_port_fits_into_an_interface_name_and_is_unique_in_its_box()
    {
        string[] examples = [.. Directory.GetFiles(Repository.PathOf("examples"), "*.yaml")];
        foreach (var plan in examples.Select(Labs.Of).Append(Labs.TwoRouters()).Select(Compiler.Compile))
        {
            foreach (var box in plan.Boxes)
            {
                Assert.All(box.Ports, port => Assert.InRange(port.Name.Length, 1, 15));
                Assert.Equal(box.Ports.Count, box.Ports.Select(port => port.Name).Distinct().Count());
            }
            Assert.Equal(plan.Boxes.Count, plan.Boxes.Select(box => box.Name).Distinct().Count());
            Assert.Equal(plan.Boxes.Count, plan.Boxes.Select(box => box.HashSeed).Distinct().Count());
        }
    }

    [Theory]
    [InlineData("10.2.0.0/16", "10.2.0.0/24", "10.2.1.10")]
    [InlineData("10.2.0.0/16", "10.2.255.0/27", "10.2.0.10")]
    [InlineData("10.2.0.0/24", "10.2.0.0/27", "10.2.0.74")]
    [InlineData("10.2.0.0/26", "10.2.0.32/27", "10.2.0.10")]
    public void A_host_stands_beside_GatewaySubnet(string vnet, string gatewaySubnet, string host) => Assert.Equal(
        Ipv4.Parse(host), Compiler.HostSubnet(Prefix.Parse(vnet), Prefix.Parse(gatewaySubnet)).Host.Address);

    private static LabNetwork Example(string name) => Labs.Of(Repository.PathOf("examples", name + ".yaml"));
}

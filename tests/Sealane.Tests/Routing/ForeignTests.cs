using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>Changes that other teams make to a built link, each with what it does to the traffic.</summary>
public sealed partial class ForeignTests
{
    private static readonly Network s_link = GuideNetwork.Isolated;
    private static readonly Prefix s_azure = GuideNetwork.Azure[0];

    [Fact]
    public void A_second_way_through_another_transit_gateway_is_clear()
    {
        var second = SecondLink.Of(s_link.Open("abcd"));
        var network = s_link.And(second with { Vpcs = [], Vnets = [], VpnGateways = [], Tunnels = [] });
        network = network with
        {
            Vpcs =
            [
                s_link.Vpcs[0] with
                {
                    RouteTables = s_link.Vpcs[0].RouteTables.Add(new()
                    {
                        Id = "rtb-new",
                        Subnets = [Prefix.Parse("10.1.9.0/24")],
                        Routes = [new(s_azure, VpcRouteTarget.TransitGateway, "2-tgw")],
                    }),
                },
            ],
        };

        var report = GuideNetwork.Prove(network);

        Assert.Equal(Verdict.Clear, report.Verdict);
        Assert.Contains(report.Flows, flow => flow.From == Prefix.Parse("10.1.9.0/24")
            && flow.Verdict == Verdict.Clear);
        Assert.Equal(0, report.AwsToAzure.Delivery.Count);
    }

    [Fact]
    public void A_foreign_VPC_that_propagates_a_part_of_the_VNet_takes_it_away()
    {
        var report = GuideNetwork.Prove(Attached(AttachmentKind.Vpc, "10.2.1.0/24"));

        var flow = Assert.Single(report.Flows, flow => flow.To == Prefix.Parse("10.2.1.0/24"));
        Assert.Equal((Verdict.Down, "never crosses: it stays in foreign"), (flow.Verdict, flow.Reason));
        Assert.Equal(LinkWord.Down, Words.Of(report, _ => true));
    }

    [Theory]
    [InlineData(AttachmentKind.Connect)]
    [InlineData(AttachmentKind.Vpn)]
    [InlineData(AttachmentKind.Peering)]
    [InlineData(AttachmentKind.DirectConnectGateway)]
    public void A_foreign_attachment_that_takes_a_part_of_the_VNet_leads_to_where_nobody_can_look(AttachmentKind kind)
    {
        var report = GuideNetwork.Prove(Attached(kind, "10.2.1.0/24"));

        Assert.Equal(LinkWord.Unproven, Words.Of(report, _ => true));
        Assert.Equal("tgw-attach-foreign", Assert.Single(report.Holes).Id);
        Assert.Contains(report.Flows, flow => flow.Verdict == Verdict.Encrypted);
    }

    [Fact]
    public void An_ordinary_attachment_with_prefixes_of_its_own_changes_nothing() =>
        Assert.Equal(LinkWord.Encrypted, Word(Attached(AttachmentKind.Vpc, "10.7.0.0/16")));

    [Theory]
    [InlineData(VpcRouteTarget.NetworkInterface, "eni-1", LinkWord.Unproven)]
    [InlineData(VpcRouteTarget.NatGateway, "nat-1", LinkWord.Unproven)]
    [InlineData(VpcRouteTarget.Endpoint, "vpce-1", LinkWord.Unproven)]
    [InlineData(VpcRouteTarget.TransitGateway, "tgw-unread", LinkWord.Unproven)]
    [InlineData(VpcRouteTarget.VirtualPrivateGateway, "vgw-unread", LinkWord.Unproven)]
    [InlineData(VpcRouteTarget.InternetGateway, "igw-1", LinkWord.Down)]
    [InlineData(VpcRouteTarget.Blackhole, "", LinkWord.Down)]
    public void Every_target_of_a_VPC_route_has_its_word(VpcRouteTarget target, string id, LinkWord word)
    {
        Assert.Equal(word, Word(Routed(new(Prefix.Parse("10.2.1.0/24"), target, id))));
        // What no protected packet takes does no harm: the default route of an ordinary VPC.
        Assert.Equal(LinkWord.Encrypted, Word(Routed(new(Prefix.Default, target, id))));
    }

    [Fact]
    public void A_virtual_private_gateway_with_a_private_VIF_is_clear()
    {
        var network = s_link.Open("ab") with
        {
            VirtualPrivateGateways = [new() { Id = "vgw", VpcId = "vpc", PropagatesTo = ["vpc-main"] }],
        };
        network = network with
        {
            DxGateways = [s_link.DxGateways[0] with { Associations = [.. s_link.DxGateways[0].Associations,
                new("vgw", GuideNetwork.Aws.ToImmutableArray())] }],
            Vpcs = [network.Vpcs[0] with { RouteTables = [network.Vpcs[0].RouteTables[0] with { Routes = [] }] }],
        };

        Assert.Equal(LinkWord.Clear, Word(network));
        var trace = Tracer.Trace(RoutingTables.Solve(network), Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"));
        Assert.Equal(["vpc", "vgw", "dxgw", "mcr", "er/primary", "ergw", "vnet"], trace.Path);
        Assert.Contains(GuideNetwork.Prove(network).Flows, flow =>
            flow.Direction == FlowDirection.AzureToAws && flow.Verdict == Verdict.Clear);
    }

    [Fact]
    public void A_VPC_peering_reaches_the_far_VPC_alone()
    {
        var network = Routed(new(s_azure, VpcRouteTarget.Peering, "pcx")) with
        {
            VpcPeerings = [new("pcx", "vpc", [.. GuideNetwork.Aws], "vpc-far", [Prefix.Parse("10.2.1.0/24")])],
        };
        network = network with
        {
            Vpcs = [network.Vpcs[0] with { RouteTables = [Last(network.Vpcs[0].RouteTables[0])] }],
        };

        var flows = GuideNetwork.Prove(network).Flows.Where(flow => flow.Direction == FlowDirection.AwsToAzure)
            .ToList();
        Assert.All(flows, flow => Assert.Equal(Verdict.Down, flow.Verdict));
        Assert.Contains(flows, flow => flow.Reason.Contains("stays in vpc-far", StringComparison.Ordinal));
        Assert.Contains(flows, flow => flow.Reason.Contains("leads to vpc-far alone", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UserRouteNextHop.None, LinkWord.Down)]
    [InlineData(UserRouteNextHop.Internet, LinkWord.Down)]
    [InlineData(UserRouteNextHop.VirtualAppliance, LinkWord.Unproven)]
    [InlineData(UserRouteNextHop.VirtualNetworkGateway, LinkWord.Encrypted)]
    public void A_user_route_on_the_workload_subnet_has_its_word(UserRouteNextHop hop, LinkWord word) =>
        Assert.Equal(word, Word(OnSubnet("app", "10.2.1.0/24",
            new UserRoute(GuideNetwork.Aws[0], hop, Ipv4.Parse("10.2.2.4")))));

    [Fact]
    public void A_route_on_GatewaySubnet_decides_what_comes_out_of_the_tunnels() =>
        Assert.Equal(LinkWord.Unproven, Word(s_link.Change("vnet", "GatewaySubnet", subnet => subnet with
        {
            UserRoutes = [new(Prefix.Parse("10.2.1.0/24"), UserRouteNextHop.VirtualAppliance, Ipv4.Parse("10.2.9.4"))],
        })));

    [Fact]
    public void Without_gateway_routes_a_subnet_reaches_nothing() =>
        Assert.Equal(LinkWord.Down, Word(s_link with
        {
            Vnets = [s_link.Vnets[0] with { Subnets = s_link.Vnets[0].Subnets.Add(new() { Id = "app",
                Prefix = Prefix.Parse("10.2.1.0/24"), GatewayRoutesDisabled = true }) }],
        }));

    [Fact]
    public void A_VNet_peering_takes_its_own_prefix_by_its_length()
    {
        var peering = GuideNetwork.Spoke("far", "10.1.0.0/17") with { RemoteUsesGateways = false };
        var report = GuideNetwork.Prove(s_link with { Vnets = [s_link.Vnets[0] with { Peerings = [peering] }] });

        Assert.Equal(LinkWord.Down, Words.Of(report, _ => true));
        Assert.Contains(report.Flows, flow => flow.To == Prefix.Parse("10.1.0.0/17") && flow.Verdict == Verdict.Down);
        Assert.Contains(report.Flows, flow => flow.To == Prefix.Parse("10.1.0.0/16")
            && flow.Verdict == Verdict.Encrypted);
    }

    [Fact]
    public void A_spoke_that_uses_the_gateways_stays_encrypted() =>
        Assert.Equal(LinkWord.Encrypted,
            Word(s_link with
            {
                Vnets = [s_link.Vnets[0] with { Peerings = [GuideNetwork.Spoke("spoke",
            "10.3.0.0/16")] }]
            }));

    [Fact]
    public void A_branch_with_a_static_prefix_takes_it_to_where_nobody_can_look()
    {
        var gateway = s_link.VpnGateways[0] with
        {
            Branches = [new() { Id = "to-branch",
            Prefixes = [Prefix.Parse("10.1.1.0/24")] }]
        };
        var report = GuideNetwork.Prove(s_link with { VpnGateways = [gateway] });

        Assert.Equal(LinkWord.Unproven, Words.Of(report, _ => true));
        Assert.Equal("to-branch", Assert.Single(report.Holes).Id);
        Assert.Contains(RoutingTables.Solve(s_link with { VpnGateways = [gateway] }).TunnelToAws("tunnel-1"),
            row => row.Prefix == Prefix.Parse("10.1.1.0/24"));
    }

    [Fact]
    public void An_unfiltered_secondary_path_is_clear_and_a_filtered_one_encrypted()
    {
        Assert.Equal(LinkWord.Clear, Word(Scenario.Parse("secondary, open cd, no-import aws | 10.1.0.1 10.2.0.1")
            .Network()));
        Assert.Equal(LinkWord.Encrypted, Word(Scenario.Parse("secondary filtered | 10.1.0.1 10.2.0.1").Network()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_Route_Server_counts_where_it_joins_the_gateways_or_cannot_be_asked(bool joins, bool unread)
    {
        var network = s_link with
        {
            RouteServers = [new() { Id = "rs", VnetId = "vnet", BranchToBranch = joins,
            Learned = unread ? null : [] }]
        };

        Assert.Equal(LinkWord.Unproven, Word(network));
        Assert.Equal(LinkWord.Encrypted,
            Word(network with
            {
                RouteServers = [network.RouteServers[0] with { BranchToBranch = false,
            Learned = [] }]
            }));
    }

    [Fact]
    public void A_hole_counts_only_where_a_protected_flow_can_enter_it()
    {
        Hole At(string box, params IEnumerable<string> prefixes) => new()
        {
            Id = "hole",
            Kind = HoleKind.Refused,
            At = box,
            Prefixes = [.. prefixes.Select(Prefix.Parse)],
            Hides = "something",
            Fix = "grant it",
        };

        Assert.Equal(LinkWord.Encrypted, Word(s_link with { Holes = [At("tgw", "10.9.0.0/16")] }));
        Assert.Equal(LinkWord.Encrypted, Word(s_link with { Holes = [At("mcr")] }));
        Assert.Equal(LinkWord.Unproven, Word(s_link with { Holes = [At("tgw", "10.2.4.0/24")] }));
        Assert.Equal(LinkWord.Unproven, Word(s_link with { Holes = [At("vnet")] }));
        Assert.Equal(LinkWord.Unproven, Word(s_link with { Holes = [At("mcr") with { HidesTables = true }] }));
        Assert.Equal(LinkWord.Clear, Word(s_link.Open("abcd") with { Holes = [At("vnet")] }));
    }

    [Fact]
    public void A_foreign_attachment_that_takes_over_in_a_failure_counts()
    {
        var network = Attached(AttachmentKind.Peering, "0.0.0.0/0");

        var report = GuideNetwork.Prove(network);

        Assert.Equal(Verdict.Unknown, report.Failures.Single(failure => failure.Name == "all tunnels").AwsToAzure);
        Assert.Equal(LinkWord.Unproven, Words.Of(report, _ => true));
        Assert.Contains(report.Failures, failure => failure.Name == "attachment tgw-attach-foreign");
    }

    [Fact]
    public void IPv6_at_both_ends_and_on_the_way_is_a_hole()
    {
        var network = s_link with
        {
            Vpcs = [s_link.Vpcs[0] with { Ipv6 = true }],
            Vnets = [s_link.Vnets[0] with { Ipv6 = true }],
            Circuits = [s_link.Circuits[0] with { Ipv6 = true }],
        };
        Assert.Equal(LinkWord.Encrypted, Word(network));
        var dx = network.DxGateways[0];
        var vif = dx.VirtualInterfaces[0] with { Ipv6 = true };
        network = network with { DxGateways = [dx with { VirtualInterfaces = [vif] }] };
        Assert.Equal(HoleKind.Ipv6, Assert.Single(GuideNetwork.Prove(network).Holes).Kind);
    }

    private static VpcRouteTable Last(VpcRouteTable table) => table with { Routes = [table.Routes[^1]] };

    private static LinkWord Word(Network network) => Words.Of(GuideNetwork.Prove(network), _ => true);

    private static Network Attached(AttachmentKind kind, params IEnumerable<string> prefixes)
    {
        var tgw = s_link.TransitGateways[0];
        return s_link with
        {
            TransitGateways =
            [
                tgw with
                {
                    Attachments = tgw.Attachments.Add(new()
                    {
                        Id = "tgw-attach-foreign",
                        Kind = kind,
                        ResourceId = "foreign",
                        PropagatesTo = ["link-workload"],
                        Propagated = [.. prefixes.Select(prefix => PropagatedRoute.Of(Prefix.Parse(prefix)))],
                    }),
                },
            ],
        };
    }

    private static Network Routed(VpcRoute route)
    {
        var (vpc, table) = (s_link.Vpcs[0], s_link.Vpcs[0].RouteTables[0]);
        return s_link with { Vpcs = [vpc with { RouteTables = [table with { Routes = table.Routes.Add(route) }] }] };
    }

    private static Network OnSubnet(string id, string prefix, UserRoute route) => s_link with
    {
        Vnets = [s_link.Vnets[0] with { Subnets = s_link.Vnets[0].Subnets.Add(new() { Id = id,
            Prefix = Prefix.Parse(prefix), UserRoutes = [route] }) }],
    };
}

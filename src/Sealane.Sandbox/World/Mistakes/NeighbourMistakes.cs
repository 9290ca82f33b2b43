using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>
/// What other teams do around a link that stands, in good faith and with objects of their own. Some of it opens a way
/// past the tunnels, some leads to where nobody here can look, some is an ordinary day: <see cref="Mistake.Verdict"/>.
/// </summary>
public static class NeighbourMistakes
{
    private const string Appliance = "10.9.9.9";

    public static readonly Mistake SecondWay = Others("second-way", "clear",
        "Another team's MCR on the circuit's second path, hosted connection, Direct Connect and transit gateway to "
            + "the same "
            + "VPC, nothing closed",
        link => link.World.SecondWay());

    public static readonly Mistake Ordinary = Others("enterprise", "encrypted",
        "An ordinary enterprise around the link: internet and NAT gateways, ten more VPCs on the transit gateway, "
            + "another "
            + "router with eight cross connects, other circuits, a spoke",
        link => link.World.OrdinaryEnterprise(attachments: 10, vxcs: 8));

    public static readonly Mistake Crowd = Others("crowd", "encrypted",
        "The same with 500 more VPCs on the transit gateway and 200 cross connects",
        link => link.World.OrdinaryEnterprise(attachments: 500, vxcs: 200));

    public static readonly Mistake OtherVpc = Others("other-vpc", "down",
        "AWS, shared transit gateway: a VPC with a part of the VNet's addresses propagates into the workload table",
        link => link.World.OtherVpc(Neighbours.Part(link.VnetPrefixes[0], 1).ToString()));

    public static readonly Mistake VpcBeside = Others("vpc-beside", "encrypted",
        "AWS, shared transit gateway: a VPC with addresses of its own, an ordinary day",
        link => link.World.OtherVpc("10.77.0.0/16"));

    public static readonly Mistake SecondPath = Others("second-path", "encrypted",
        "Megaport: a VXC without filters onto the circuit's second path; it takes locks away",
        link => link.World.SecondPath(link.AzureVxc.McrUid));

    public static readonly Mistake OpenSecondPath = Others("open-second-path", "clear",
        "The same, the export filter to AWS dropped, and the Direct Connect attachment propagated",
        link =>
        {
            SecondPath.Do(link);
            LockMistakes.DropAwsExportFilter.Do(link);
            LockMistakes.PropagateDxgw.Do(link);
        });

    public static readonly Mistake RedundancyByHand = Others("redundancy-by-hand", "clear",
        "A second VXC on either side and a second virtual interface, without filters, and the Direct Connect "
            + "attachment "
            + "propagated",
        link =>
        {
            SecondPath.Do(link);
            link.World.SecondAwsSide(link.AwsVxc.McrUid, link.DxAssociation.DxGatewayId);
            LockMistakes.PropagateDxgw.Do(link);
        });

    public static readonly Mistake SubnetToNone = Subnet("subnet-to-none", "down",
        "Azure, workload subnet: a route table that drops what goes to the VPC", "None", null);

    public static readonly Mistake SubnetToAppliance = Subnet("subnet-to-appliance", "unproven",
        "Azure, workload subnet: a route table that sends what goes to the VPC to an appliance", "VirtualAppliance",
        Appliance);

    public static readonly Mistake SubnetWithoutGateways = Others("subnet-without-gateways", "down",
        "Azure, workload subnet: a route table that takes no routes of the gateways (BGP propagation off)",
        link => link.World.RouteTable(link.World.WorkloadSubnet(), null, "", noGateways: true));

    public static readonly Mistake GatewaySubnetToAppliance = Others("gateway-subnet-to-appliance", "unproven",
        "Azure, GatewaySubnet: what arrives for a part of the VNet goes to an appliance",
        link => link.World.RouteTable("GatewaySubnet", Neighbours.Part(link.VnetPrefixes[0], 1).ToString(),
            "VirtualAppliance", Appliance));

    public static readonly Mistake PeeredVnet = Others("peered-vnet", "down",
        "Azure: a peered VNet with half of the VPC's addresses",
        link => link.World.PeeredVnet(Half(link.VpcPrefixes[0]), gatewayTransit: false));

    public static readonly Mistake Spoke = Others("spoke", "encrypted",
        "Azure: a spoke that uses the gateways, an ordinary day",
        link => link.World.PeeredVnet("10.3.0.0/16", gatewayTransit: true));

    public static readonly Mistake Branch = Others("branch", "unproven",
        "Azure, VPN gateway: a branch over the internet with a part of the VPC's addresses",
        link => link.World.Branch(Neighbours.Part(link.VpcPrefixes[0], 1).ToString()));

    public static readonly Mistake OtherSubscription = Others("other-subscription", "encrypted",
        "Azure: a gateway of another subscription on the link's circuit, by authorization, an ordinary day",
        link => link.World.OtherSubscription("10.5.0.0/16"));

    public static readonly Mistake GlobalReach = Others("global-reach", "encrypted",
        "Azure: the circuit joined with that of another site by Global Reach, an ordinary day",
        link => link.World.GlobalReach("172.20.0.0/16"));

    public static readonly Mistake NoLookingGlass = Others("no-looking-glass", "unproven",
        "Megaport: an environment without looking glass, as staging is",
        link => link.World.Megaport.Staging = true);

    public static readonly Mistake PathsNotTold = Others("paths-not-told", "unproven",
        "Megaport: looking glass rows without their AS path",
        link => link.World.Megaport.Variants.NoAsPaths = true);

    public static readonly Mistake TunnelNotTold = Others("tunnel-not-told", "unproven",
        "AWS: no telemetry of one tunnel of two; it is not known, and not absent",
        link => link.AwsTunnel(1).TelemetryMissing = true);

    public static readonly Mistake ClassfulLeak = Others("classful-leak", "encrypted",
        "Microsoft's edge writes classful networks without their length, and the MCR announces such a one past its "
            + "filter",
        link =>
        {
            link.World.Azure.Variants.NetworksAreClassful = true;
            LockMistakes.DropAzureExportFilter.Do(link);
            var leak = new McrStaticRoute(
                Prefix.Parse("172.16.0.0/16"), link.Design.AwsVxcs[0].AmazonAddress.Address, "classful");
            foreach (var port in link.AwsVxc.Interfaces.Where(port => !port.Routes.Contains(leak)))
            {
                port.Routes = [.. port.Routes, leak];
            }
        });

    public static IReadOnlyList<Mistake> List { get; } =
    [
        Ordinary, Crowd, SecondWay, OtherVpc, VpcBeside, SecondPath, OpenSecondPath, RedundancyByHand, SubnetToNone,
        SubnetToAppliance, SubnetWithoutGateways, GatewaySubnetToAppliance, PeeredVnet, Spoke, Branch,
        OtherSubscription,
        GlobalReach, NoLookingGlass, PathsNotTold, TunnelNotTold, ClassfulLeak,
    ];

    /// <summary>Takes all of it away. What was changed on the link itself, <c>apply</c> mends.</summary>
    public static void Heal(LinkInWorld link)
    {
        lock (link.World.Gate)
        {
            link.World.RemoveNeighbours();
            link.World.Megaport.Staging = link.Design.Spec.Megaport.Environment == "staging";
            link.World.Megaport.Variants.NoAsPaths = false;
            link.World.Azure.Variants.NetworksAreClassful = false;
            foreach (var tunnel in link.World.Aws.VpnConnections.SelectMany(vpn => vpn.Tunnels))
            {
                tunnel.TelemetryMissing = false;
            }
            AnnouncedWork.TakeBack(link.World);
            link.World.Touch();
        }
    }

    private static Mistake Others(string name, string verdict, string text, Action<LinkInWorld> change) =>
        new(name, text, change) { Verdict = verdict, ByOthers = true };

    private static Mistake Subnet(string name, string verdict, string text, string nextHop, string? address) =>
        Others(name, verdict, text, link => link.World.RouteTable(
            link.World.WorkloadSubnet(), link.VpcPrefixes[0].ToString(), nextHop, address));

    private static string Half(Prefix space) => new Prefix(space.Network, Math.Min(32, space.Length + 1)).ToString();
}

using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Drills;

/// <summary>What of a link can be failed, in the order in which packets meet it from AWS to Azure.</summary>
public static class AllDrills
{
    /// <summary>Of the objects that are there.</summary>
    public static IReadOnlyList<DrillElement> Of(
        NetworkDesign design, Known known, AwsClients aws, ArmClient azure, MegaportClient megaport, LinkKeys keys)
    {
        var ids = new AzureIds(design);
        return
        [
            .. from vpn in design.VpnConnections
               let seen = known.Find(VpnConnection.Ref(vpn))
               where seen is not null
               from tunnel in vpn.Tunnels
               let outside = seen.Tunnels.FirstOrDefault(one => one.InsideCidr == tunnel.InsideCidr)?.OutsideAddress
               where outside is not null
               orderby tunnel.Number
               select new TunnelReplacement(aws.Ec2, seen.Id, tunnel, outside.Value),
            .. from vxc in design.AwsVxcs
               let vif = known.Find(TransitVif.Ref(vxc))
               where vif is not null
               select new VifFailoverTest(aws.Of(design.DxGateway), vxc, vif.Vif.VirtualInterfaceId),
            .. from vxc in design.AzureVxcs
               let seen = known.Find(VxcLeg.Azure(vxc))
               where seen?.Session is not null
               select new SessionShutdown(megaport, VxcLeg.Of(vxc, keys), seen),
            .. from router in design.Routers
               where design.Routers.Count > 1
               let sessions = Sessions(design, router, known, megaport, keys).ToList()
               where sessions.Count > 0
               select new RouterShutdown(router, sessions),
            .. from instance in design.VpnGateway.Instances
               let address = known.Find(VpnGateway.Ref)?.AddressOf(instance)
               let vip = known.Find(PublicIp.Ref(instance))?.Address
               where address is not null && vip is not null
               select new InstanceReset(azure, ids, instance, address.Value, vip),
        ];
    }

    private static IEnumerable<SessionShutdown> Sessions(
        NetworkDesign design, RouterDesign router, Known known, MegaportClient megaport, LinkKeys keys) =>
        from leg in design.AwsVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => VxcLeg.Of(vxc, keys))
            .Concat(design.AzureVxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => VxcLeg.Of(vxc, keys)))
        let seen = known.Find(leg.Vxc)
        where seen?.Session is not null
        select new SessionShutdown(megaport, leg, seen);
}

using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>The objects of a world that are there and cost or carry something: what a person would see in the three
/// portals.</summary>
internal static class Inventory
{
    private static readonly string[] Ended = ["deleted", "deleting", "DECOMMISSIONED", "disassociated", "detached"];

    /// <summary>One line an object, kind and name, sorted. Ids are left out: a second life has other ids.</summary>
    public static IReadOnlyList<string> Of(StoredWorld world) =>
    [
        .. Lines(world).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Lines(StoredWorld world)
    {
        var (aws, azure, megaport) = (world.Aws, world.Azure, world.Megaport);
        return
        [
            .. aws.Vpcs.Select(vpc => $"vpc {vpc.Id}"),
            .. aws.Subnets.Select(subnet => $"subnet {subnet.Id}"),
            .. aws.VpcRouteTables.SelectMany(table =>
                table.Routes.Select(route => $"route {table.Id} {route.Destination}")
                .Append($"route table {table.Id}")),
            .. Live(aws.TransitGateways, "transit gateway"),
            .. aws.Attachments.Where(IsLive).Select(attachment => $"attachment {attachment.ResourceType}"),
            .. aws.RouteTables.Where(IsLive).Select(table => "transit gateway route table"),
            .. Live(aws.CustomerGateways, "customer gateway"),
            .. Live(aws.VpnConnections, "vpn connection"),
            .. aws.DxGateways.Where(IsLive).Select(gateway => $"direct connect gateway {gateway.Name}"),
            .. aws.DxAssociations.Where(IsLive).Select(_ => "gateway association"),
            .. aws.DxProposals.Where(it => it.State == "requested").Select(it => "association proposal"),
            .. aws.Connections.Where(IsLive).Select(connection => $"hosted connection {connection.Name}"),
            .. aws.Vifs.Where(IsLive).Select(vif => $"vif {vif.Name}"),
            .. azure.ResourceGroups.Select(group => $"resource group {group.Name}"),
            .. azure.Resources.Select(resource => $"{resource.Type} {resource.Name}"),
            .. megaport.Mcrs.Where(mcr => !mcr.Ended).Select(mcr => $"mcr {mcr.Name}"),
            .. megaport.Vxcs.Where(vxc => !vxc.Ended).Select(vxc => $"vxc {vxc.Name}"),
            .. megaport.PrefixLists.Where(list => megaport.Mcrs.Any(mcr => !mcr.Ended && mcr.Id == list.McrUid))
                .Select(list => $"prefix list {list.Description}"),
        ];
    }

    private static IEnumerable<string> Live(IEnumerable<Sealane.Sandbox.Aws.AwsObject> objects, string kind) =>
        objects.Where(IsLive).Select(it => $"{kind} {it.Tags.GetValueOrDefault("Name")}");

    private static bool IsLive(Entity entity) => !Ended.Contains(entity.State);
}

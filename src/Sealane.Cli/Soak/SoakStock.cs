using Sealane.Sandbox.World;

namespace Sealane.Cli.Soak;

/// <summary>What stands in the three clouds, a line an object: kind and name.</summary>
internal static class SoakStock
{
    private static readonly string[] Ended =
        ["deleted", "deleting", "DECOMMISSIONED", "CANCELLED", "disassociated", "disassociating", "detached"];

    public static IReadOnlyList<string> Of(SandboxWorld world)
    {
        var (aws, azure, megaport) = (world.Aws, world.Azure, world.Megaport);
        return
        [
            .. new[]
            {
                aws.TransitGateways.Where(Lives).Select(it => $"transit gateway {Name(it.Tags)}"),
                aws.RouteTables.Where(Lives).Select(it => $"route table {Name(it.Tags)} of {it.TransitGatewayId}"),
                aws.Attachments.Where(Lives).Select(it => $"attachment {it.ResourceType} {it.ResourceId}"),
                aws.CustomerGateways.Where(Lives).Select(it => $"customer gateway {Name(it.Tags)}"),
                aws.VpnConnections.Where(Lives).Select(it => $"VPN connection {Name(it.Tags)}"),
                aws.DxGateways.Where(Lives).Select(it => $"Direct Connect gateway {it.Name}"),
                aws.DxAssociations.Where(Lives).Select(it => $"association {it.DxGatewayId} {it.TransitGatewayId}"),
                aws.DxProposals.Where(it => it.State == "requested").Select(it => $"proposal for {it.DxGatewayId}"),
                aws.Connections.Where(Lives).Select(it => $"hosted connection {it.Name}"),
                aws.Vifs.Where(Lives).Select(it => $"virtual interface {it.Name}"),
                aws.VpcRouteTables.SelectMany(table => table.Routes.Select(it => $"route {table.Id} {it.Destination}")),
                aws.SecurityGroups.Select(it => $"security group {it.GroupName} of {it.VpcId}"),
                azure.ResourceGroups.Select(it => $"resource group {it.Name}"),
                azure.Resources.Select(it => $"{it.Type} {it.Id}"),
                megaport.Mcrs.Where(it => !it.Ended).Select(it => $"MCR {it.Name}"),
                megaport.Vxcs.Where(it => !it.Ended).Select(it => $"VXC {it.Name}"),
                megaport.PrefixLists.Where(list => megaport.Mcrs.Exists(mcr => !mcr.Ended && mcr.Id == list.McrUid))
                    .Select(it => $"prefix list {it.Description} of {it.McrUid}"),
            }.SelectMany(lines => lines).Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The first object that stands twice; null where none does.</summary>
    public static string? Twice(SandboxWorld world) =>
        Of(world).GroupBy(line => line).FirstOrDefault(lines => lines.Count() > 1)?.Key;

    private static bool Lives(Entity entity) => !Ended.Contains(entity.State);

    private static string? Name(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault("Name");
}

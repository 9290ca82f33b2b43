using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>Work that the vendors announce on a link's objects. No mistake of anybody's, and nothing goes down by it
/// here: what counts is who is told.</summary>
public static class AnnouncedWork
{
    /// <summary>Numbers of tickets that no scene of others uses.</summary>
    private const string Ticket = "CSS-0000";

    public static readonly Mistake MegaportMaintenance = new("megaport-maintenance",
        "Megaport announces maintenance of the VXC to Azure, from two hours from now on, for four hours",
        link =>
        {
            var (now, vxc) = (link.World.Now, link.AzureVxc);
            Announce(link.World, new($"{Ticket}1", now + TimeSpan.FromHours(2), now + TimeSpan.FromHours(6),
                "Services will be interrupted for up to 30 minutes.", "A line card is replaced.", false,
                [vxc.Id[..8]]));
        })
    {
        ByOthers = true,
    };

    public static readonly Mistake TunnelMaintenance = new("tunnel-maintenance",
        "AWS announces that it replaces the end of tunnel 1 by itself, after two hours from now",
        link => link.AwsTunnel(1).MaintenanceAfter = link.World.Now + TimeSpan.FromHours(2))
    {
        ByOthers = true,
    };

    public static IReadOnlyList<Mistake> List { get; } = [MegaportMaintenance, TunnelMaintenance];

    /// <summary>An event of the same number is the same one, told anew.</summary>
    public static void Announce(SandboxWorld world, MaintenanceEvent told)
    {
        world.Megaport.Maintenance.RemoveAll(one => one.EventId == told.EventId);
        world.Megaport.Maintenance.Add(told);
    }

    internal static void TakeBack(SandboxWorld world)
    {
        world.Megaport.Maintenance.RemoveAll(one => one.EventId.StartsWith(Ticket, StringComparison.Ordinal));
        foreach (var tunnel in world.Aws.VpnConnections.SelectMany(vpn => vpn.Tunnels))
        {
            tunnel.MaintenanceAfter = null;
        }
    }
}

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>The neighbours move out.</summary>
internal static class NeighboursGone
{
    /// <summary>Takes away all that neighbours have built. What was changed on the link itself is left to
    /// <c>apply</c>.</summary>
    public static void RemoveNeighbours(this SandboxWorld world)
    {
        world.Megaport.Vxcs.RemoveAll(one => Theirs(one.Id));
        world.Megaport.Mcrs.RemoveAll(one => Theirs(one.Id));
        world.Aws.Connections.RemoveAll(one => Theirs(one.Id));
        world.Aws.Vifs.RemoveAll(one => Theirs(one.Id));
        world.Aws.DxGateways.RemoveAll(one => Theirs(one.Id));
        world.Aws.DxAssociations.RemoveAll(one => Theirs(one.Id));
        world.Aws.TransitGateways.RemoveAll(one => Theirs(one.Id));
        world.Aws.RouteTables.RemoveAll(one => Theirs(one.Id));
        world.Aws.RouteTableAssociations.RemoveAll(one => Theirs(one.Id));
        world.Aws.Attachments.RemoveAll(one => Theirs(one.Id));
        world.Aws.Vpcs.RemoveAll(one => Theirs(one.Id));
        world.Aws.Subnets.RemoveAll(one => Theirs(one.Id));
        world.Aws.VpcRouteTables.RemoveAll(one => Theirs(one.Id));
        foreach (var table in world.Aws.RouteTables)
        {
            table.Propagations = [.. table.Propagations.Where(id => !Theirs(id))];
        }
        world.Aws.InternetGateways.RemoveAll(one => Theirs(one.Id));
        world.Aws.NatGateways.RemoveAll(one => Theirs(one.Id));
        foreach (var table in world.Aws.VpcRouteTables)
        {
            table.Routes.RemoveAll(route => Theirs(route.TargetId));
        }
        world.Azure.Resources.RemoveAll(one => one.Name.StartsWith("other-circuit-", StringComparison.Ordinal));
        world.RemoveAzureNeighbours();
    }

    private static bool Theirs(string? id) =>
        id?.Contains(Neighbours.Mark, StringComparison.OrdinalIgnoreCase) == true;
}

namespace Sealane.Core.Design;

/// <summary>
/// What the same link may have had by an earlier spec: the parts of this one, and beside them all that a preset adds
/// and this spec does not have, and what this spec says is gone. They are found by their names and tags, for the
/// clouds are the state.
/// </summary>
public static class FormerParts
{
    public static NetworkDesign Of(NetworkDesign design)
    {
        var spec = design.Spec.AsItWas();
        var most = Designer.Design(spec with
        {
            Resilience = "locations",
            Azure = spec.Azure with { VpnGateway = spec.Azure.VpnGateway with { Mode = "active-active" } },
        });
        return design with
        {
            Link = design.Link with { IsFormer = true },
            Vpcs = Joined(design.Vpcs, most.Vpcs, vpc => vpc.Key),
            Vnets = Joined(design.Vnets, most.Vnets, vnet => vnet.Key),
            Routers = Joined(design.Routers, most.Routers, router => router.Key),
            AwsVxcs = Joined(design.AwsVxcs, most.AwsVxcs, vxc => vxc.Key),
            Circuits = Joined(design.Circuits, most.Circuits, circuit => circuit.Key),
            AzureVxcs = Joined(design.AzureVxcs, most.AzureVxcs, vxc => vxc.Key),
            VpnGateway = design.VpnGateway with
            {
                Instances = Joined(design.VpnGateway.Instances, most.VpnGateway.Instances, instance => instance.Key),
            },
            VpnConnections = Joined(design.VpnConnections, most.VpnConnections, vpn => vpn.Key),
        };
    }

    private static IReadOnlyList<T> Joined<T>(
        IReadOnlyList<T> now, IReadOnlyList<T> most, Func<T, PartKey> key) =>
        [.. now, .. most.Where(part => now.All(own => key(own) != key(part)))];
}

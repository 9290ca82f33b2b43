namespace Sealane.Core.Routing;

/// <summary>
/// IPv6 is read far enough to say that it is there. It could carry a packet between the clouds where a VPC and a VNet have
/// IPv6 addresses and both a VIF and a circuit have an IPv6 peer; then that is a hole.
/// </summary>
public static class Ipv6Rule
{
    public static Hole? Of(Network network)
    {
        var vpc = network.Vpcs.FirstOrDefault(one => one.Ipv6);
        var vnet = network.Vnets.FirstOrDefault(one => one.Ipv6);
        var vif = network.DxGateways.SelectMany(dx => dx.VirtualInterfaces).FirstOrDefault(one => one.Ipv6);
        var circuit = network.Circuits.FirstOrDefault(one => one.Ipv6);
        return vpc is null || vnet is null || vif is null || circuit is null ? null : new()
        {
            Id = $"ipv6:{vpc.Id}:{vnet.Id}",
            Kind = HoleKind.Ipv6,
            At = vif.Id,
            HidesTables = true,
            Hides = $"IPv6 between {vpc.Id} and {vnet.Id} over {vif.Id} and {circuit.Id}, which is not followed",
            Fix = "Take the IPv6 peer off the VIF or the circuit, or the IPv6 block off one of the networks.",
            LeadsTo = $"{vif.Id} {circuit.Id}",
        };
    }
}

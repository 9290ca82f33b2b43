using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Rules that hold for both types of gateway.</summary>
internal static class GatewayRules
{
    public static IEnumerable<ArmError> Shape(PutRequest put)
    {
        var properties = put.Properties;
        var configurations = properties.Items("ipConfigurations");
        if (configurations.Count == 0 || configurations.Any(configuration => configuration.Text("name") is null))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewayIpConfigurations,
                $"Virtual network gateway {put.Self} must have IP configurations, each with a name.");
            yield break;
        }
        var subnets = configurations.Select(configuration => configuration.Text("properties", "subnet", "id")).ToList();
        if (subnets.Any(id => !ResourceId.Same(ResourceId.Read(id)?.Name, Subnets.Gateway)))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewaySubnetName,
                $"The subnet of virtual network gateway {put.Self} must be named {Subnets.Gateway}.");
        }
        var vnet = VnetOf(properties);
        if (put.State.All(AllKinds.VirtualNetworkGateways).Any(other => other != put.Existing
            && other.Properties.Text("gatewayType") == properties.Text("gatewayType")
            && ResourceId.Same(VnetOf(other.Properties), vnet)))
        {
            yield return ArmError.Bad(PlaceholderCodes.SecondGateway,
                "A virtual network can't be associated with more than one gateway of the same type.");
        }
        if (put.State.Find(subnets[0]) is { } subnet && Cidr.OfSubnet(subnet.Properties) is { } prefix
            && prefix.Length > (properties.Text("sku", "name") == "Basic" ? 29 : 27))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewaySubnetTooSmall,
                $"{Subnets.Gateway} {prefix} is too small: ExpressRoute and VPN gateways beside each other need /27 "
                    + $"or larger.");
        }
        var sku = properties.Text("sku", "name");
        if (sku is null || (properties.Text("sku", "tier") is { } tier && tier != sku))
        {
            yield return ArmError.Bad("InvalidGatewaySize",
                $"The sku of gateway {put.Self} is not valid: tier must equal name.");
        }
        if (put.Existing is { } existing)
        {
            foreach (var member in new[] { "gatewayType", "vpnType" })
            {
                if (properties.Text(member) is { } value && existing.Properties.Text(member) != value)
                {
                    yield return Immutable(put, member);
                }
            }
            if (!ResourceId.Same(VnetOf(existing.Properties), vnet)
                || !MayLose(existing.Properties, properties))
            {
                yield return Immutable(put, "ipConfigurations");
            }
        }
    }

    public static ArmError Immutable(PutRequest put, string member) =>
        ArmError.Bad(PlaceholderCodes.GatewayImmutable,
            $"Property {member} of virtual network gateway {put.Self} cannot be changed.");

    /// <summary>Id of the VNet that a gateway stands in.</summary>
    public static string? VnetOf(JsonNode? properties) =>
        ResourceId.Read(properties.Items("ipConfigurations") is [var first, ..]
            ? first.Text("properties", "subnet", "id") : null)
            ?.Parent?.ToString();

    /// <summary>Active-active is given up by leaving out the second configuration.</summary>
    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/gateway-change-active-active</remarks>
    private static bool MayLose(JsonNode existing, JsonNode wanted) => Names(existing).Except(Names(wanted)).ToList()
        is var lost && (lost.Count == 0 || (existing.Flag("activeActive") && !wanted.Flag("activeActive")
            && lost.SequenceEqual(Names(existing).Skip(1))));

    private static IEnumerable<string?> Names(JsonNode properties) =>
        properties.Items("ipConfigurations").Select(configuration => configuration.Text("name"));
}

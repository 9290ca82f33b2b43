namespace Sealane.Core.Routing;

/// <summary>What a virtual private gateway knows: routes of its Direct Connect gateways and of its own VPN
/// connections.</summary>
internal static class VgwRoutes
{
    public static List<Prefix> Of(RoutingTables tables, VirtualPrivateGateway gateway)
    {
        var prefixes = new List<Prefix>();
        foreach (var dx in DxGatewaysOf(tables, gateway))
        {
            prefixes.AddRange(tables.Transport.DxGateways[dx.Id].Select(route => route.Prefix));
        }
        prefixes.AddRange(gateway.VpnPrefixes);
        return [.. prefixes.Distinct().Order()];
    }

    public static IEnumerable<DxGateway> DxGatewaysOf(RoutingTables tables, VirtualPrivateGateway gateway) =>
        tables.Network.DxGateways.Where(dx =>
            dx.Associations.Any(association => association.Up && association.GatewayId == gateway.Id));
}

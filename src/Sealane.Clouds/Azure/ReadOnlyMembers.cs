using System.Text.Json.Nodes;

namespace Sealane.Clouds.Azure;

/// <summary>Members that only the service writes, by type and path: they stand in what GET returns and are never sent
/// back.</summary>
/// <remarks>
/// By path and not by name: <c>type</c> is read-only beside <c>properties</c> of a NAT rule and the rule's own kind
/// inside them.
/// <c>readOnly</c> in https://github.com/Azure/azure-rest-api-specs,
/// specification/network/resource-manager/Microsoft.Network,
/// 2025-05-01; members that are not marked there and must not come back all the same have their reason beside them.
/// </remarks>
internal static class ReadOnlyMembers
{
    /// <summary>In every resource; in a child resource inside of it all but its name, by which it is known
    /// there.</summary>
    private static readonly string[] OfAll = ["etag", "type", "properties.provisioningState",
        "properties.resourceGuid"];

    private static readonly Dictionary<string, string[]> OfType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["virtualNetworkGateways"] =
        [
            .. Child("properties.ipConfigurations[]"), "properties.ipConfigurations[].properties.privateIPAddress",
            .. Child("properties.natRules[]"),
            .. Child("properties.vpnClientConfiguration.vpnClientRootCertificates[]"),
            .. Child("properties.vpnClientConfiguration.vpnClientRevokedCertificates[]"),
            .. Child("properties.vpnClientConfiguration.vngClientConnectionConfigurations[]"),
            .. Child("properties.virtualNetworkGatewayPolicyGroups[]"),
            "properties.virtualNetworkGatewayPolicyGroups[].properties.vngClientConnectionConfigurations",
            "properties.vpnClientConfiguration.vpnClientAddressPool.ipamPoolPrefixAllocations[].allocatedAddressPrefixes",
            "properties.customRoutes.ipamPoolPrefixAllocations[].allocatedAddressPrefixes",
            "properties.sku.capacity", "properties.inboundDnsForwardingEndpoint", "identity.principalId",
                "identity.tenantId",
            "properties.bgpSettings.bgpPeeringAddresses[].defaultBgpIpAddresses",
            "properties.bgpSettings.bgpPeeringAddresses[].tunnelIpAddresses",
            // Refused with VirtualNetworkGatewayBgpPeeringAddressCannotBeModified (terraform-provider-azurerm #16285).
            "properties.bgpSettings.bgpPeeringAddress",
        ],
        ["expressRouteCircuits"] =
        [
            .. Child("properties.authorizations[]"), "properties.authorizations[].properties.connectionResourceUri",
            .. Child("properties.peerings[]"), "properties.peerings[].properties.lastModifiedBy",
            "properties.peerings[].properties.peeredConnections",
            .. Child("properties.peerings[].properties.connections[]"),
            "properties.peerings[].properties.connections[].properties.circuitConnectionStatus",
            "properties.peerings[].properties.connections[].properties.ipv6CircuitConnectionConfig.circuitConnectionStatus",
            "properties.peerings[].properties.microsoftPeeringConfig.advertisedPublicPrefixesState",
            "properties.peerings[].properties.ipv6PeeringConfig.microsoftPeeringConfig.advertisedPublicPrefixesState",
            "properties.stag", "properties.authorizationStatus",
            // The service makes the key, and the provider and the service set the states.
            "properties.serviceKey", "properties.circuitProvisioningState",
                "properties.serviceProviderProvisioningState",
        ],
        ["publicIPAddresses"] = [.. Child("properties.ipConfiguration")],
        ["connections"] =
        [
            "properties.connectionStatus", "properties.tunnelConnectionStatus", "properties.egressBytesTransferred",
            "properties.ingressBytesTransferred",
        ],
        ["localNetworkGateways"] =
        [
            "properties.localNetworkAddressSpace.ipamPoolPrefixAllocations[].allocatedAddressPrefixes",
            "properties.bgpSettings.bgpPeeringAddresses[].defaultBgpIpAddresses",
            "properties.bgpSettings.bgpPeeringAddresses[].tunnelIpAddresses",
        ],
    };

    /// <summary>All paths of a type, <c>[]</c> for each item of a list.</summary>
    public static IReadOnlyList<string> Of(string type) => ["name", .. OfAll, .. OfType.GetValueOrDefault(type, [])];

    /// <summary>A copy of what GET returned, without them: the base of a GET-modify-PUT.</summary>
    public static JsonObject Without(string id, JsonObject body)
    {
        var copy = body.DeepClone().AsObject();
        foreach (var path in Of(id.Split('/') is [.., var type, _] ? type : ""))
        {
            Remove(copy, path.Split('.'));
        }
        return copy;
    }

    private static IEnumerable<string> Child(string path) => OfAll.Select(member => $"{path}.{member}");

    private static void Remove(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (node is not JsonObject members)
        {
            return;
        }
        if (path.Length == 1)
        {
            members.Remove(path[0]);
        }
        else if (path[0].EndsWith("[]", StringComparison.Ordinal))
        {
            foreach (var item in members[path[0][..^2]] as JsonArray ?? [])
            {
                Remove(item, path[1..]);
            }
        }
        else
        {
            Remove(members[path[0]], path[1..]);
        }
    }
}

using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>What a VPN gateway must look like. Guide steps 14 and 15.</summary>
internal static class VpnGatewayRules
{
    public static IEnumerable<ArmError> Of(PutRequest put) => Sku(put).Concat(PublicIps(put)).Concat(Bgp(put));

    private static IEnumerable<ArmError> Sku(PutRequest put)
    {
        var properties = put.Properties;
        var (sku, generation) = (properties.Text("sku", "name"), properties.Text("vpnGatewayGeneration"));
        if (GatewaySkus.IsRetiredVpn(sku))
        {
            yield return ArmError.Bad("NonAzSkusNotAllowedForVPNGateway",
                "VpnGw1-5 non-AZ SKUs are no longer supported for VPN gateways. Only VpnGw1-5AZ SKUs can be created "
                    + "going forward.");
            yield break;
        }
        if (!GatewaySkus.IsVpn(sku) || !GatewaySkus.HasGeneration(sku!, generation))
        {
            yield return ArmError.Bad("InvalidGatewaySkuSpecifiedForGatewayDeploymentType",
                $"Gateway sku {sku} with generation {generation} is not valid for gateway type Vpn.");
            yield break;
        }
        if (properties.Text("vpnType") is not (null or "RouteBased" or "PolicyBased"))
        {
            yield return ArmError.Format("properties.vpnType", "Error converting value to type 'VpnType'.");
        }
        var features = new[] { "enableBgp", "enablePrivateIpAddress", "activeActive" };
        if (sku == "Basic" && features.Any(feature => properties.Flag(feature)))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewaySkuFeature,
                "Gateway sku Basic does not support BGP, private IP addresses or active-active mode.");
        }
        if (generation is not null && put.Existing?.Properties.Text("vpnGatewayGeneration") is { } old
            && old != generation)
        {
            yield return GatewayRules.Immutable(put, "vpnGatewayGeneration");
        }
    }

    private static IEnumerable<ArmError> PublicIps(PutRequest put)
    {
        var configurations = put.Properties.Items("ipConfigurations");
        var expected = put.Properties.Flag("activeActive") ? 2 : 1;
        if (configurations.Count < expected)
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewayIpConfigurations,
                $"Virtual network gateway {put.Self} has {configurations.Count} IP configurations instead of "
                    + $"{expected}.");
        }
        foreach (var configuration in configurations)
        {
            var own = $"{put.Self}/ipConfigurations/{configuration.Text("name")}";
            if (put.State.Find(configuration.Text("properties", "publicIPAddress", "id")) is not { } address)
            {
                // The service's own spelling.
                yield return ArmError.Bad("PublicIpForGatewayIsRequired",
                    $"Public IP address reference is required for gateway IP configration {own}.");
                continue;
            }
            if (put.Region is { HasZones: true } && address.Body.Items("zones").Count == 0
                && put.Properties.Text("sku", "name") != "Basic")
            {
                yield return ArmError.Bad("VmssVpnGatewayPublicIpsMustHaveZonesConfigured",
                    "Standard Public IPs associated with VPN Gateways with AZ VPN skus must have zones configured.");
            }
            if (PublicIpAddresses.User(put.State, address) is { } user && !ResourceId.Same(user, own))
            {
                yield return ArmError.Bad("PublicIPAddressInUse",
                    $"Resource {own} is referencing public IP address {address.Id} that is already allocated to "
                        + $"resource {user}.");
            }
            if (configuration.Text("properties", "privateIPAllocationMethod") == "Static")
            {
                yield return ArmError.Bad(PlaceholderCodes.GatewayIpConfigurations,
                    "Gateway IP configurations support dynamic private IP addresses only.");
            }
        }
    }

    private static IEnumerable<ArmError> Bgp(PutRequest put)
    {
        if (put.Properties.At("bgpSettings") is not { } settings)
        {
            yield break;
        }
        if (settings.Number("asn") is { } asn and not Kinds.Bgp.DefaultGatewayAsn
            && Kinds.Bgp.AsnProblem(asn) is { } error)
        {
            yield return error;
        }
        var current = put.Existing is null ? null : GatewayAddresses.BgpPeeringAddress(put.Existing);
        if (settings.Text("bgpPeeringAddress") is { Length: > 0 } sent && sent != current)
        {
            yield return ArmError.Bad("VirtualNetworkGatewayBgpPeeringAddressCannotBeModified",
                $"BgpPeeringAddress of virtual network gateway {put.Self} cannot be modified.");
        }
        if (settings.At("bgpPeeringAddresses") is not JsonArray peers)
        {
            yield break;
        }
        var names = put.Properties.Items("ipConfigurations").Select(configuration => configuration.Text("name"));
        var own = names.Select(name => $"{put.Self}/ipConfigurations/{name}")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (peers.Count != (put.Properties.Flag("activeActive") ? 2 : 1))
        {
            yield return ArmError.Bad("BgpPeeringAddressesCountNotCorrect",
                $"The BgpPeeringAddresses count is incorrect for gateway {put.Self}. It should be 1 for ActivePassive "
                    + $"and 2 for "
                + "ActiveActive gateway");
        }
        foreach (var peer in peers)
        {
            if (peer.Text("ipconfigurationId") is not { } id || !own.Contains(id))
            {
                yield return ArmError.BadReference(peer.Text("ipconfigurationId") ?? "", put.Self);
            }
            foreach (var address in peer.Texts("customBgpIpAddresses"))
            {
                if (!Kinds.Bgp.IsCustomAddress(address))
                {
                    yield return ArmError.BadBgpAddress(address);
                }
            }
        }
    }
}

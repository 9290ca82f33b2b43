namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Rules of an IPsec connection. Guide steps 22 and 23.</summary>
internal static class IpsecConnectionRules
{
    public static IEnumerable<ArmError> Of(PutRequest put) =>
        Parameters(put).Concat(LocalGateway(put)).Concat(BgpProblems(put)).Concat(IpsecPolicyRules.Of(put));

    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq (characters of a pre-shared
    /// key)</remarks>
    public static ArmError? SharedKeyProblem(string? key) =>
        key is null || (key.Length is >= 1 and <= 128 && key.All(c => c is > ' ' and < '~' and not '-')) ? null
        : ArmError.Bad(PlaceholderCodes.ConnectionSharedKey,
            "The shared key must have 1 to 128 printable ASCII characters except space, hyphen and tilde.");

    private static IEnumerable<ArmError> Parameters(PutRequest put)
    {
        var properties = put.Properties;
        if (SharedKeyProblem(properties.Text("sharedKey")) is { } error)
        {
            yield return error;
        }
        if (properties.Text("connectionProtocol") is not (null or "IKEv2" or "IKEv1"))
        {
            yield return ArmError.Format("properties.connectionProtocol",
                "Error converting value to type 'VirtualNetworkGatewayConnectionProtocol'.");
        }
        if (properties.Text("connectionMode") is not (null or "Default" or "ResponderOnly" or "InitiatorOnly"))
        {
            yield return ArmError.Format("properties.connectionMode",
                "Error converting value to type 'VirtualNetworkGatewayConnectionMode'.");
        }
        if (properties.Number("dpdTimeoutSeconds") is { } dpd and not 0 and (< 9 or > 3600))
        {
            yield return ArmError.Bad(PlaceholderCodes.ConnectionParameter,
                $"dpdTimeoutSeconds {dpd} is not between 9 and 3600.");
        }
        if (properties.Flag("useLocalAzureIpAddress") && !Gateway(put).Properties.Flag("enablePrivateIpAddress"))
        {
            yield return ArmError.Bad(PlaceholderCodes.GatewayPrivateAddress,
                $"Connection {put.Self} uses the private IP address of its gateway, which does not have "
                    + $"enablePrivateIpAddress.");
        }
    }

    private static IEnumerable<ArmError> LocalGateway(PutRequest put)
    {
        var local = put.Lookup("localNetworkGateway2", "id")!;
        var address = local.Properties.Text("gatewayIpAddress");
        var gateway = Gateway(put);
        var own = gateway.Facts.Items("instances").Select(instance => instance.Text("private"))
            .Concat(gateway.Properties.Items("ipConfigurations").Select(configuration =>
                put.State.Find(configuration.Text("properties", "publicIPAddress", "id"))?.Facts.Text("ipAddress")));
        if (address is not null && own.Contains(address))
        {
            yield return ArmError.Bad("LocalNetworkGatewayCannotHaveSameAddressAsConnectedVnetGateway",
                $"Local network gateway {local.Id} has the same address {address} as the gateway that it is connected "
                    + $"to.");
        }
        if (VirtualNetworkGateways.Connections(put.State, gateway).Any(other => other != put.Existing
            && ResourceId.Same(other.Properties.Text("localNetworkGateway2", "id"), local.Id)))
        {
            yield return ArmError.Bad(PlaceholderCodes.ConnectionParameter,
                $"Local network gateway {local.Id} is connected to gateway {gateway.Id} already.");
        }
    }

    private static IEnumerable<ArmError> BgpProblems(PutRequest put)
    {
        var gateway = Gateway(put);
        var bgp = put.Lookup("localNetworkGateway2", "id")!.Properties.At("bgpSettings");
        if (put.Properties.Flag("enableBgp"))
        {
            if (!gateway.Properties.Flag("enableBgp") || bgp is null)
            {
                yield return ArmError.Bad(PlaceholderCodes.ConnectionBgp,
                    $"Connection {put.Self} has BGP enabled; its gateway or its local network gateway does not have "
                        + $"BGP.");
            }
            else if (bgp.Number("asn") == GatewayBody.Asn(gateway))
            {
                yield return ArmError.Bad(PlaceholderCodes.BgpAsn,
                    "The ASNs of the gateway and of the local network gateway are equal.");
            }
        }
        foreach (var custom in put.Properties.Items("gatewayCustomBgpIpAddresses"))
        {
            var known = GatewayBody.CustomAddresses(gateway, custom.Text("ipConfigurationId") ?? "");
            if (custom.Text("customBgpIpAddress") is not { } address || !known.Contains(address))
            {
                yield return ArmError.Bad(PlaceholderCodes.ConnectionCustomBgpAddress,
                    $"The custom BGP IP address {custom.Text("customBgpIpAddress")} is not among those of IP "
                        + $"configuration "
                    + $"{custom.Text("ipConfigurationId")} of gateway {gateway.Id}.");
            }
        }
    }

    private static ArmResource Gateway(PutRequest put) => put.Lookup("virtualNetworkGateway1", "id")!;
}

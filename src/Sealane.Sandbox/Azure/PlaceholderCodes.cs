namespace Sealane.Sandbox.Azure;

/// <summary>
/// Error codes that no public source tells: the rule is documented (or certain), its code is not. A client must not
/// depend on any of these words.
/// </summary>
internal static class PlaceholderCodes
{
    public const string BgpPeerAddress = "BgpPeerIpAddressInvalid";
    public const string BgpAsn = "BgpAsnNotAllowed";
    public const string AuthorizationMissing = "ExpressRouteAuthorizationKeyRequired";
    public const string AuthorizationInvalid = "ExpressRouteAuthorizationKeyInvalid";
    public const string AuthorizationInUse = "ExpressRouteAuthorizationKeyAlreadyRedeemed";
    public const string CircuitNotProvisioned = "ExpressRouteCircuitNotProvisioned";
    public const string CircuitWithoutPrivatePeering = "ExpressRouteCircuitPrivatePeeringMissing";
    public const string CircuitHasConnections = "ExpressRouteCircuitInUse";
    public const string CircuitLimit = "ExpressRouteGatewayCircuitLimitReached";
    public const string CircuitCatalogue = "ExpressRouteServiceProviderParametersInvalid";
    public const string CircuitBandwidth = "ExpressRouteCircuitBandwidthCannotBeReduced";
    public const string CircuitConnection = "ExpressRouteCircuitConnectionParametersInvalid";
    public const string CircuitFamily = "ExpressRouteCircuitSkuFamilyCannotBeChanged";
    public const string CircuitSku = "ExpressRouteCircuitSkuInvalid";
    public const string PeeringInUse = "ExpressRouteCircuitPeeringInUse";
    public const string PeeringParameters = "ExpressRouteCircuitPeeringParametersInvalid";
    public const string LocalGatewayInUse = "LocalNetworkGatewayInUse";
    public const string LocalGatewayAddress = "LocalNetworkGatewayAddressInvalid";
    public const string GatewaySubnetName = "GatewaySubnetNameInvalid";
    public const string GatewaySubnetTooSmall = "GatewaySubnetTooSmall";
    public const string GatewaySubnetRoute = "GatewaySubnetRouteNotAllowed";
    public const string SubnetTooSmall = "SubnetPrefixTooSmall";
    public const string SecondGateway = "VirtualNetworkHasGatewayOfSameType";
    public const string GatewayImmutable = "VirtualNetworkGatewayPropertyCannotBeModified";
    public const string GatewayIpConfigurations = "VirtualNetworkGatewayIpConfigurationsCountNotCorrect";
    public const string GatewayVip = "VirtualNetworkGatewayVipInvalid";
    public const string GatewayPrivateAddress = "VirtualNetworkGatewayPrivateIpAddressNotEnabled";
    public const string GatewaySkuFeature = "VirtualNetworkGatewaySkuDoesNotSupportFeature";
    public const string GatewayTypeMismatch = "VirtualNetworkGatewayTypeNotSupportedForConnectionType";
    public const string ConnectionImmutable = "VirtualNetworkGatewayConnectionPropertyCannotBeModified";
    public const string ConnectionSharedKey = "VirtualNetworkGatewayConnectionSharedKeyInvalid";
    public const string ConnectionIpsecPolicy = "VirtualNetworkGatewayConnectionIpsecPolicyInvalid";
    public const string ConnectionBgp = "VirtualNetworkGatewayConnectionBgpNotEnabled";
    public const string ConnectionCustomBgpAddress = "VirtualNetworkGatewayConnectionCustomBgpIpAddressInvalid";
    public const string ConnectionParameter = "VirtualNetworkGatewayConnectionParameterInvalid";
    public const string PublicIpAllocation = "PublicIPAddressAllocationMethodInvalid";
    public const string RouteTableInUse = "RouteTableInUse";
    public const string RouteServerSubnetName = "RouteServerSubnetNameInvalid";
    public const string NoBgpSessions = "CircuitRoutesTableNoBgpSessions";
    public const string VnetPeering = "VirtualNetworkPeeringInvalid";
}

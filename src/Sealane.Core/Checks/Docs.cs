namespace Sealane.Core.Checks;

/// <summary>The public pages that rules and limits come from.</summary>
internal static class Docs
{
    private const string Vpc = "https://docs.aws.amazon.com/vpc/latest/";
    private const string Vpn = "https://docs.aws.amazon.com/vpn/latest/s2svpn/";
    private const string Dx = "https://docs.aws.amazon.com/directconnect/latest/UserGuide/";
    private const string Learn = "https://learn.microsoft.com/azure/";

    public const string Guide = "https://github.com/Mark-Austen/mcr-aws-azure-private-ip-vpn";

    public const string TransitGatewayRoutes = Vpc + "tgw/how-transit-gateways-work.html";
    public const string TransitGateways = Vpc + "tgw/tgw-transit-gateways.html";
    public const string TransitGatewayPractices = Vpc + "tgw/tgw-best-design-practices.html";
    public const string TransitGatewayQuotas = Vpc + "tgw/transit-gateway-quotas.html";
    public const string VpcAttachments = Vpc + "tgw/tgw-vpc-attachments.html";
    public const string SharedTransitGateways = Vpc + "tgw/transit-gateway-share.html";
    public const string VpcCidrs = Vpc + "userguide/vpc-cidr-blocks.html";

    public const string TunnelOptions = Vpn + "VPNTunnels.html";
    public const string PrivateIpVpn = Vpn + "private-ip-dx.html";
    public const string CustomerGateway = Vpn + "cgw-options.html";
    public const string VpnLimits = Vpn + "vpn-limits.html";

    public const string AllowedPrefixes = Dx + "allowed-to-prefixes.html";
    public const string DxGateways = Dx + "direct-connect-gateways-intro.html";
    public const string DxTransitGateway = Dx + "direct-connect-transit-gateways.html";
    public const string DirectConnectAcrossAccounts = Dx + "multi-account-associate-vgw.html";
    public const string HostedConnection = Dx + "hosted_connection.html";
    public const string VirtualInterfaces = Dx + "WorkingWithVirtualInterfaces.html";

    public const string Ec2DryRun = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html";
    public const string IamSimulator =
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html";

    public const string AwsRegions =
        "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html";
    public const string AzureRegions = Learn + "reliability/regions-list";
    public const string SubscriptionStates = Learn + "cost-management-billing/manage/subscription-states";
    public const string ResourceProviders =
        Learn + "azure-resource-manager/management/resource-providers-and-types";
    public const string AzurePermissions =
        "https://learn.microsoft.com/rest/api/authorization/permissions/list-for-resource-group";
    public const string AzureRoles = Learn + "role-based-access-control/role-definitions";
    public const string AzureLocks = Learn + "azure-resource-manager/management/lock-resources";
    public const string AzurePolicyRestrictions = "https://learn.microsoft.com/rest/api/policyinsights/"
        + "policy-restrictions/check-at-resource-group-scope";
    public const string AzurePolicyDenied =
        Learn + "azure-resource-manager/troubleshooting/error-policy-requestdisallowedbypolicy";
    public const string AzureBgp = Learn + "vpn-gateway/vpn-gateway-bgp-overview";
    public const string AzureToAws = Learn + "vpn-gateway/vpn-gateway-howto-aws-bgp";
    public const string VpnGatewayFaq = Learn + "vpn-gateway/vpn-gateway-vpn-faq";
    public const string VpnGatewaySkus = Learn + "vpn-gateway/about-gateway-skus";
    public const string VpnGatewaySkuRetirement = Learn + "vpn-gateway/gateway-sku-consolidation";
    public const string VpnGatewaySettings = Learn + "vpn-gateway/vpn-gateway-about-vpn-gateway-settings";
    public const string PrivatePeeringVpn = Learn + "vpn-gateway/site-to-site-vpn-private-peering";
    public const string AzureCrypto = Learn + "vpn-gateway/vpn-gateway-about-compliance-crypto";
    public const string AzureVpnDevices = Learn + "vpn-gateway/vpn-gateway-about-vpn-devices";

    public const string OtherSubscriptionsSubnet = "https://github.com/Azure/azure-cli/issues/13258";
    public const string GatewayOfOtherGroup =
        "https://github.com/Azure/terraform-azurerm-avm-ptn-vnetgateway/issues/74";
    public const string CircuitAuthorizations =
        Learn + "expressroute/expressroute-howto-linkvnet-arm#circuit-owner-operations";
    public const string ExpressRouteGateways = Learn + "expressroute/expressroute-about-virtual-network-gateways";
    public const string ExpressRouteFaq = Learn + "expressroute/expressroute-faqs";
    public const string ExpressRouteRouting = Learn + "expressroute/expressroute-routing";
    public const string ExpressRouteLocations = Learn + "expressroute/expressroute-locations-providers";
    public const string ExpressRouteResilience = Learn
        + "expressroute/designing-for-high-availability-with-expressroute";
    public const string VnetPeering = Learn + "virtual-network/virtual-network-peering-overview";
    public const string VnetFaq = Learn + "virtual-network/virtual-networks-faq";
    public const string VnetRoutes = Learn + "virtual-network/virtual-networks-udr-overview";

    public const string Mcr = "https://docs.megaport.com/mcr/creating-mcr/";
    public const string MegaportLocations = "https://docs.megaport.com/megaport-locations/";
    public const string MegaportOrders = "https://dev.megaport.com";
    public const string MegaportAws = "https://docs.megaport.com/cloud/mcr/aws/";
    public const string MegaportAzure = "https://docs.megaport.com/cloud/megaport/microsoft/";

    public const string IkeAlgorithms = "https://www.rfc-editor.org/rfc/rfc8247";
    public const string EspAlgorithms = "https://www.rfc-editor.org/rfc/rfc8221";
    public const string PrivateAddresses = "https://www.rfc-editor.org/rfc/rfc1918";
    public const string SharedAddresses = "https://www.rfc-editor.org/rfc/rfc6598";
    public const string PrivateAsns = "https://www.rfc-editor.org/rfc/rfc6996";
    public const string SpecialAddresses = "https://www.rfc-editor.org/rfc/rfc6890";
}

using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>
/// The rules by which the model derives what a cloud shows. A network can leave some of them out: that is how the
/// sandbox plays a cloud that behaves otherwise, and how it is shown that the comparison with the clouds' tables would
/// find each of them, were it wrong.
/// </summary>
[JsonConverter(typeof(CamelText<RoutingRules>))]
[Flags]
public enum RoutingRules : long
{
    None = 0,
    TgwStaticFirst = 1L << 0,
    TgwPrefixListFirst = 1L << 1,
    TgwVpcBeforeDirectConnect = 1L << 2,
    TgwDirectConnectBeforeVpn = 1L << 3,
    TgwAsPath = 1L << 4,
    TgwVpnEcmp = 1L << 5,
    TgwDirectConnectEcmp = 1L << 6,
    DxAllowedPrefixes = 1L << 7,
    DxOwnAsn = 1L << 9,
    VifPrefixLimit = 1L << 10,
    McrImportPermit = 1L << 11,
    McrImportDeny = 1L << 12,
    McrExportPermit = 1L << 13,
    McrExportDeny = 1L << 14,
    McrOwnAsn = 1L << 15,
    McrLocalAsn = 1L << 16,
    McrAsPath = 1L << 17,
    McrMed = 1L << 18,
    McrMedIn = 1L << 19,
    McrStaticFirst = 1L << 21,
    McrConnectedAnnounced = 1L << 22,
    McrStaticAnnounced = 1L << 23,
    McrStaticNotToItsNextHop = 1L << 24,
    McrNotBackToSender = 1L << 25,
    McrPeerType = 1L << 26,
    McrExportPolicy = 1L << 27,
    McrPrepend = 1L << 28,
    McrAsOverride = 1L << 29,
    McrIbgp = 1L << 30,
    AzureSummary = 1L << 31,
    AzureSpokes = 1L << 32,
    EdgeOwnAsn = 1L << 33,
    GatewayMesh = 1L << 34,
    VpnOwnAsn = 1L << 35,
    VpnOwnSpace = 1L << 36,
    VpnStatics = 1L << 37,
    VnetUserFirst = 1L << 38,
    VnetExpressRouteFirst = 1L << 39,
    VnetOwnSpace = 1L << 40,
    VnetPropagationOff = 1L << 41,
    VnetUserDefault = 1L << 42,

    /// <summary>Of a prefix's equal routes, each is taken to be the one that an MCR uses and announces: nothing tells
    /// which.</summary>
    McrEqualRoutes = 1L << 43,
}

internal static class RulesText
{
    public static bool Has(this RoutingRules ignored, RoutingRules rule) => (ignored & rule) != 0;
}

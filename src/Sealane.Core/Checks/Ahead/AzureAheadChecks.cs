using Sealane.Core.Design;

namespace Sealane.Core.Checks.Ahead;

/// <summary>SL601-608: what Azure says before a gateway or a circuit is ordered.</summary>
public static class AzureAheadChecks
{
    private const string VpnGateway = "azure/vpn-gateway";
    private const string ExpressRouteGateway = "azure/er-gateway";

    public static readonly AheadCheck SubscriptionIsEnabled = new()
    {
        Id = "SL601",
        Severity = Severity.Error,
        Title = "The subscription is enabled",
        Why = "A disabled subscription takes no order, and one that is past due is stopped with all that runs in it.",
        Fix = "Enable the subscription in the Azure portal, or name another one in azure.subscription.",
        Sources = [Docs.SubscriptionStates],
        Find = found => found.Azure.SubscriptionState is null or "Enabled" or "Warned"
            ? [] : [new("azure.subscription", $"the subscription is {found.Azure.SubscriptionState}")],
    };

    public static readonly AheadCheck ProviderIsRegistered = new()
    {
        Id = "SL602",
        Severity = Severity.Error,
        Title = "The subscription is registered for Microsoft.Network",
        Why = "Azure refuses every network object of a subscription that is not registered for its provider "
            + "(MissingSubscriptionRegistration). By then an MCR has been ordered.",
        Fix = "Register it, which costs nothing and takes minutes: az provider register --namespace Microsoft.Network.",
        Sources = [Docs.ResourceProviders],
        Find = found => found.Azure.NetworkProvider is null or "Registered"
            ? [] : [new("azure.subscription", $"Microsoft.Network is {found.Azure.NetworkProvider} in this "
                + $"subscription")],
    };

    public static readonly AheadCheck RegionExists = new()
    {
        Id = "SL603",
        Severity = Severity.Error,
        Title = "The Azure region is one that the subscription can use",
        Why = "A misspelt region is refused when the first object in it is made "
            + "(LocationNotAvailableForResourceType). Sovereign "
            + "clouds are worlds of their own, with other addresses and other rules.",
        Fix = "Write the name as az account list-locations prints it, such as westeurope.",
        Sources = [Docs.AzureRegions],
        Find = found =>
        {
            var region = Plain(found.Design.Azure.Region);
            return found.Azure.Regions is not { } regions || regions.Any(known => known.Name == region) ? [] :
            [
                new("azure.region", $"the subscription has no region {region}"
                    + Nearest.Hint(region, [.. regions.Select(known => known.Name)])),
            ];
        },
    };

    public static readonly AheadCheck RegionHasZones = new()
    {
        Id = "SL604",
        Severity = Severity.Error,
        Title = "The VPN gateway's public IP names availability zones where the region has them, and none where it "
            + "has none",
        Why = "A region without availability zones refuses an address that names them "
            + "(LocationNotSupportAvailabilityZones); a "
            + "region with zones refuses a gateway whose address names none "
            + "(VmssVpnGatewayPublicIpsMustHaveZonesConfigured). "
            + "Both come after MCR, VXCs and circuit were ordered.",
        Fix = "In a region without zones write azure.vpnGateway.zones: []; elsewhere leave the key out.",
        Sources = [Docs.AzureRegions, Docs.VpnGatewaySkus],
        Find = found =>
        {
            var region = found.Azure.Regions?.FirstOrDefault(known => known.Name == Plain(found.Design.Azure.Region));
            return region?.Zones is not { } zones
                || !found.Design.VpnGateway.Instances.Any(instance => found.Makes(instance.Key.On("azure/public-ip")))
                ? []
                : zones == 0 && found.Design.VpnGateway.Zones.Count > 0
                    ? [new("azure.vpnGateway.zones", $"{region.DisplayName} has no availability zone")]
                : zones > 0 && found.Design.VpnGateway.Zones.Count == 0
                    ? [new("azure.vpnGateway.zones", $"{region.DisplayName} has {zones} availability zones, and the "
                        + $"address names none")]
                : [];
        },
    };

    public static readonly AheadCheck PeeringLocationIsOffered = new()
    {
        Id = "SL605",
        Severity = Severity.Error,
        Title = "Megaport offers ExpressRoute at the peering location, spelt letter by letter",
        Why = "Azure compares the name of the peering location with its own list, upper and lower case included, and "
            + "refuses the "
            + "circuit otherwise. All that does not need the circuit would be built and billed meanwhile.",
        Fix = "Write azure.circuit.peeringLocation as az network express-route list-service-providers prints it.",
        Sources = [Docs.ExpressRouteLocations],
        Find = found => from circuit in Ordered(found)
                        let offered = found.Azure.PeeringLocations ?? [circuit.PeeringLocation]
                        where !offered.Contains(circuit.PeeringLocation, StringComparer.Ordinal)
                        select new Flaw($"{circuit.Path}.peeringLocation",
                            $"Megaport has no ExpressRoute at '{circuit.PeeringLocation}'"
                            + Nearest.Hint(circuit.PeeringLocation, [.. offered])),
    };

    public static readonly AheadCheck CircuitSizeIsOffered = new()
    {
        Id = "SL606",
        Severity = Severity.Error,
        Title = "Megaport offers circuits of this size",
        Why = "The provider's own list says which sizes it carries; Azure refuses the others.",
        Fix = "Write one of the sizes in azure.circuit.bandwidth.",
        Sources = [Docs.ExpressRouteLocations],
        Find = found => from circuit in Ordered(found)
                        let offered = found.Azure.CircuitMbps ?? []
                        where offered.Count > 0 && !offered.Contains(circuit.BandwidthMbps)
                        select new Flaw($"{circuit.Path}.bandwidth", $"{circuit.BandwidthMbps} Mbps is not one of "
                            + $"{string.Join(", ", offered)}"),
    };

    public static readonly AheadCheck NoOtherGateway = new()
    {
        Id = "SL607",
        Severity = Severity.Error,
        Title = "The VNet has no gateway of the kinds that the link makes",
        Why = "A VNet has at most one VPN gateway and one ExpressRoute gateway (VirtualNetworkHasGatewayOfSameType).",
        Fix = "The existing gateway can be used: write its id as azure.vpnGateway.id or azure.expressRouteGateway.id. "
            + "Otherwise use another VNet, or have the gateway removed by its owner.",
        Sources = [Docs.VpnGatewaySettings, Docs.ExpressRouteGateways],
        Find = found => from gateway in found.Azure.Gateways ?? []
                        where gateway.Link != found.Design.Name
                            && found.Makes(gateway.Type == "Vpn" ? VpnGateway : ExpressRouteGateway)
                        select new Flaw("azure.vnet", $"the VNet has an existing "
                            + $"{(gateway.Type == "Vpn" ? "VPN" : "ExpressRoute")} "
                            + $"gateway, {gateway.Name}, and takes one of a kind; to use it: "
                            + $"azure.{(gateway.Type == "Vpn" ? "vpnGateway" : "expressRouteGateway")}.id: "
                            + gateway.Id),
    };

    public static readonly AheadCheck NoRemoteGateway = new()
    {
        Id = "SL608",
        Severity = Severity.Error,
        Title = "The VNet does not use the gateways of another VNet",
        Why = "A VNet that uses remote gateways over a peering cannot have gateways of its own.",
        Fix = "Build the link in the hub VNet, or switch 'use remote gateways' off in that peering.",
        Sources = [Docs.VnetPeering],
        Find = found => from peering in found.Azure.RemoteGatewayPeerings ?? []
                        where found.Makes(VpnGateway) || found.Makes(ExpressRouteGateway)
                        select new Flaw("azure.vnet", $"the VNet uses remote gateways over its peering {peering}"),
    };

    private static IEnumerable<CircuitDesign> Ordered(FoundAhead found) =>
        found.Design.Circuits.Where(circuit => found.Makes(circuit.Key.On("azure/circuit")));

    private static string Plain(string region) => region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}

using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>The ExpressRoute gateway (guide step 11) and the VPN gateway (steps 14 and 15).</summary>
/// <remarks>https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways</remarks>
internal sealed class VirtualNetworkGateways : ResourceKind
{
    public const string Vpn = "Vpn";
    public const string ExpressRoute = "ExpressRoute";

    public override string Type => "virtualNetworkGateways";
    public override string Noun => "VirtualNetworkGateway";
    public override bool PatchIsOperation => true;

    public override MemberSchema Members { get; } = new(
        "VirtualNetworkGatewayPropertiesFormat",
        "autoScaleConfiguration:o ipConfigurations:a gatewayType:s vpnType:s vpnGatewayGeneration:s enableBgp:b",
        "enablePrivateIpAddress:b virtualNetworkGatewayMigrationStatus:- activeActive:b active:b "
            + "enableHighBandwidthVpnGateway:b",
        "disableIPSecReplayProtection:b gatewayDefaultSite:o sku:o vpnClientConfiguration:o "
            + "virtualNetworkGatewayPolicyGroups:a",
        "bgpSettings:o customRoutes:o resourceGuid:- provisioningState:- enableDnsForwarding:b "
            + "inboundDnsForwardingEndpoint:-",
        "vNetExtendedLocationResourceId:s natRules:a enableBgpRouteTranslationForNat:b allowVirtualWanTraffic:b",
        "allowRemoteVnetTraffic:b adminState:s resiliencyModel:s packetCaptureDiagnosticState:- isMigrateToCSES:-",
        "isMigratedLegacySKU:- blockUpgradeOfMigratedLegacyGateways:- remoteVirtualNetworkPeerings:- vpnStack:- "
            + "zones:-");

    public override IEnumerable<Reference> References(PutRequest put)
    {
        foreach (var configuration in put.Properties.Items("ipConfigurations"))
        {
            yield return new("properties.ipConfigurations.properties.subnet",
                configuration.Text("properties", "subnet", "id"), "virtualNetworks/subnets");
            if (configuration.At("properties", "publicIPAddress") is { } address)
            {
                yield return new("properties.ipConfigurations.properties.publicIPAddress", address.Text("id"),
                    "publicIPAddresses");
            }
        }
    }

    public override IEnumerable<ArmError> Problems(PutRequest put) =>
        GatewayRules.Shape(put).Concat(put.Properties.Text("gatewayType") switch
        {
            Vpn => VpnGatewayRules.Of(put),
            ExpressRoute => ExpressRouteGatewayRules.Of(put),
            var type => [ArmError.Format("properties.gatewayType",
                $"Error converting value \"{type}\" to type 'GatewayType'.")],
        });

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        var vpn = kept.Text("gatewayType") == Vpn;
        kept["vpnType"] ??= "RouteBased";
        kept["enableBgp"] ??= false;
        kept["activeActive"] ??= kept.Flag("active");
        kept.Remove("active");
        kept["vpnGatewayGeneration"] ??= vpn ? GatewaySkus.DefaultGeneration(kept.Text("sku", "name")) : "None";
        kept["enablePrivateIpAddress"] ??= false;
        kept["disableIPSecReplayProtection"] ??= false;
        kept["enableBgpRouteTranslationForNat"] ??= false;
        kept["allowRemoteVnetTraffic"] ??= false;
        kept["allowVirtualWanTraffic"] ??= false;
        if (!vpn)
        {
            kept["adminState"] ??= "Enabled";
            kept["resiliencyModel"] ??= "SingleHomed";
        }
        kept["natRules"] ??= new JsonArray();
        kept["virtualNetworkGatewayPolicyGroups"] ??= new JsonArray();
        return kept;
    }

    public override void Ready(SandboxWorld world, ArmResource resource) =>
        GatewayAddresses.Assign(world.Azure, resource);

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties) =>
        GatewayBody.Show(show, resource, properties);

    public override Duration WriteTakes(PutRequest put)
    {
        var vpn = put.Properties.Text("gatewayType") == Vpn;
        if (put.Existing is not { } existing)
        {
            return vpn ? Durations.VpnGatewayCreate : Durations.ExpressRouteGatewayCreate;
        }
        return existing.State == "Succeeded" && JsonNode.DeepEquals(Accept(put), existing.Properties)
            ? Durations.ArmQuick
            : vpn ? Durations.VpnGatewayUpdate : Durations.ExpressRouteGatewayUpdate;
    }

    public override Duration DeleteTakes(ArmResource resource) => Durations.GatewayDelete;

    public override ArmError? RefusesDelete(AzureState state, ArmResource resource) =>
        Connections(state, resource).FirstOrDefault() is { } user
            ? ArmError.Bad("VirtualNetworkGatewayCannotBeDeleted",
                $"Virtual network gateway {resource.Id} cannot be deleted because there are connections to it: "
                    + $"{user.Id}.")
            : null;

    public override void Leaves(SandboxWorld world, ArmResource resource)
    {
        foreach (var configuration in resource.Properties.Items("ipConfigurations"))
        {
            foreach (var member in new[] { "subnet", "publicIPAddress" })
            {
                if (configuration.Text("properties", member, "id") is { } used)
                {
                    world.Azure.LagBehind(
                        world, world.Azure.Lags.ReferencesOfDeletedGateways, used,
                        GatewayBody.ConfigurationId(resource, configuration));
                }
            }
        }
    }

    public static IEnumerable<ArmResource> Connections(AzureState state, ArmResource gateway) =>
        state.All(AllKinds.Connections).Where(connection =>
            ResourceId.Same(connection.Properties.Text("virtualNetworkGateway1", "id"), gateway.Id));
}

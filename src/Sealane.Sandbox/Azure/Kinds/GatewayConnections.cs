using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Connections of gateways: to the circuit (guide step 12), to the AWS tunnels (steps 22 and 23).</summary>
/// <remarks>https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections</remarks>
internal sealed class GatewayConnections : ResourceKind
{
    public const string Ipsec = "IPsec";
    public const string ExpressRoute = "ExpressRoute";
    public const string VnetToVnet = "Vnet2Vnet";

    /// <summary>Members that a GET of one connection shows and a list does not.</summary>
    private static readonly string[] NotInLists =
    [
        "useLocalAzureIpAddress", "dpdTimeoutSeconds", "connectionMode", "gatewayCustomBgpIpAddresses",
        "tunnelConnectionStatus",
    ];

    /// <summary>
    /// Ends of a connection are shown as a reference with empty <c>properties</c>, whatever was sent, as in exported
    /// templates.
    /// The client @azure/arm-network 39 cannot read a connection without them: they are required in its model.
    /// </summary>
    private static readonly string[] Ends = ["virtualNetworkGateway1", "virtualNetworkGateway2",
        "localNetworkGateway2"];

    public override string Type => "connections";
    public override string Noun => "VirtualNetworkGatewayConnection";
    public override bool PatchIsOperation => true;

    public override MemberSchema Members { get; } = new(
        "VirtualNetworkGatewayConnectionPropertiesFormat",
        "authorizationKey:s virtualNetworkGateway1:o virtualNetworkGateway2:o localNetworkGateway2:o ingressNatRules:a",
        "egressNatRules:a connectionType:s connectionProtocol:s routingWeight:n dpdTimeoutSeconds:n connectionMode:s",
        "tunnelProperties:a sharedKey:s connectionStatus:- tunnelConnectionStatus:- egressBytesTransferred:-",
        "ingressBytesTransferred:- peer:o enableBgp:b gatewayCustomBgpIpAddresses:a useLocalAzureIpAddress:b",
        "usePolicyBasedTrafficSelectors:b ipsecPolicies:a trafficSelectorPolicies:a resourceGuid:- provisioningState:-",
        "expressRouteGatewayBypass:b enablePrivateLinkFastPath:b authenticationType:s certificateAuthentication:o");

    public override IEnumerable<Reference> References(PutRequest put)
    {
        yield return new("properties.virtualNetworkGateway1",
            put.Properties.Text("virtualNetworkGateway1", "id"), "virtualNetworkGateways");
        if (put.Properties.Text("connectionType") == ExpressRoute)
        {
            yield return new("properties.peer", put.Properties.Text("peer", "id"), "expressRouteCircuits");
        }
        else if (put.Properties.Text("connectionType") == Ipsec)
        {
            yield return new("properties.localNetworkGateway2",
                put.Properties.Text("localNetworkGateway2", "id"), "localNetworkGateways");
        }
        else if (put.Properties.Text("connectionType") == VnetToVnet)
        {
            yield return new("properties.virtualNetworkGateway2",
                put.Properties.Text("virtualNetworkGateway2", "id"), "virtualNetworkGateways");
        }
    }

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        var type = put.Properties.Text("connectionType");
        var expected = type == ExpressRoute ? VirtualNetworkGateways.ExpressRoute : VirtualNetworkGateways.Vpn;
        if (type is not (Ipsec or ExpressRoute or VnetToVnet))
        {
            return [ArmError.Format("properties.connectionType",
                $"Error converting value \"{type}\" to type 'VirtualNetworkGatewayConnectionType'.")];
        }
        return Immutable(put)
            .Concat(put.Lookup("virtualNetworkGateway1", "id")!.Properties.Text("gatewayType") != expected
            ? [ArmError.Bad(PlaceholderCodes.GatewayTypeMismatch,
                $"A connection of type {type} needs a gateway of type {expected}.")]
            : type == ExpressRoute ? ExpressRouteConnectionRules.Of(put)
            : type == Ipsec ? IpsecConnectionRules.Of(put)
            : IpsecPolicyRules.Of(put));
    }

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept.Remove("sharedKey");
        foreach (var end in Ends)
        {
            if (kept.Text(end, "id") is { } id)
            {
                kept[end] = new JsonObject { ["id"] = id, ["properties"] = new JsonObject() };
            }
        }
        kept["routingWeight"] ??= 0;
        kept["enableBgp"] ??= false;
        if (kept.Text("connectionType") is Ipsec or VnetToVnet)
        {
            kept["connectionProtocol"] ??= "IKEv2";
            kept["connectionMode"] ??= "Default";
            kept["useLocalAzureIpAddress"] ??= false;
            kept["usePolicyBasedTrafficSelectors"] ??= false;
            kept["dpdTimeoutSeconds"] ??= 45;
            kept["ipsecPolicies"] ??= new JsonArray();
            kept["trafficSelectorPolicies"] ??= new JsonArray();
            kept["gatewayCustomBgpIpAddresses"] ??= new JsonArray();
        }
        else
        {
            kept["expressRouteGatewayBypass"] ??= false;
        }
        return kept;
    }

    /// <summary>
    /// A key that is not sent is kept (unconfirmed), and made up when there was none (terraform-provider-azurerm
    /// #27560).
    /// </summary>
    public override void Written(PutRequest put, ArmResource resource)
    {
        if (resource.Properties.Text("connectionType") is Ipsec or VnetToVnet)
        {
            resource.SharedKey = put.Properties.Text("sharedKey") ?? resource.SharedKey
                ?? put.World.Alphanumeric($"shared-key/{put.State.Sequence++}/{resource.Id}", 32);
        }
        else if (put.Lookup("peer", "id") is { } circuit
            && CircuitAuthorizations.Find(put.State, circuit, put.Properties.Text("authorizationKey")) is { } redeemed)
        {
            CircuitAuthorizations.Redeem(put.World, redeemed, resource.Id);
        }
    }

    /// <summary>Each instance of the gateway tries, and the other end answers the one that it knows: the tunnels of the
    /// others stay NotConnected.</summary>
    /// <remarks>Names as seen: github.com/erjosito/net-lab-builder, dual-hub-interconnect-ars-route-policy.</remarks>
    private static IEnumerable<(string Name, string Status)> Tunnels(
        ShowCall show, ArmResource resource, string status)
    {
        var connection = show.State.ReadConnection(resource.Id);
        var instances = show.State.ReadGateway(connection?.GatewayId)?.Instances;
        if (instances is not { Count: > 1 })
        {
            return [($"{resource.Name}_0", status)];
        }
        var answered = show.World.Net.AnsweredAt(resource.Id);
        return instances.Select(instance => (
            $"{resource.Name}_{connection!.LocalGateway?.Address}_{instance.PrivateAddress}",
            instance.PrivateAddress == answered ? status : "NotConnected"));
    }

    private static JsonObject Tunnel(ArmResource resource, string name, string status, long seconds)
    {
        var tunnel = new JsonObject
        {
            ["tunnel"] = name,
            ["connectionStatus"] = status,
            ["ingressBytesTransferred"] = status == "Connected" ? seconds * 90 : 0,
            ["egressBytesTransferred"] = status == "Connected" ? seconds * 110 : 0,
        };
        if (status == "Connected")
        {
            tunnel["lastConnectionEstablishedUtcTime"] =
                resource.ChangedAt.ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture);
        }
        return tunnel;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        var status = resource.Works ? show.World.Net.ConnectionStatus(resource.Id) : "Unknown";
        var seconds = status == "Connected" ? (long)(show.World.Now - resource.ChangedAt).TotalSeconds : 0;
        if (resource.Properties.Text("connectionType") is Ipsec or VnetToVnet
            || !show.State.Variants.NoConnectionStatus)
        {
            properties["connectionStatus"] = status;
        }
        properties["ingressBytesTransferred"] = seconds * 90;
        properties["egressBytesTransferred"] = seconds * 110;
        if (properties.Text("authorizationKey") is { } key)
        {
            properties["authorizationKey"] = new string('*', key.Length);
        }
        if (properties.Text("connectionType") == Ipsec)
        {
            properties["tunnelConnectionStatus"] = new JsonArray([.. Tunnels(show, resource, status)
                .Select(tunnel => Tunnel(resource, tunnel.Name, tunnel.Status, seconds))]);
        }
        foreach (var member in show.InList ? NotInLists : [])
        {
            properties.Remove(member);
        }
    }

    /// <summary>Connections of one gateway are written one after the other (terraform-provider-azurerm
    /// #10582).</summary>
    public override IEnumerable<string> Locks(ResourceId id, JsonNode? properties) =>
        properties.Text("virtualNetworkGateway1", "id") is { } gateway ? [id.ToString(), gateway] : [id.ToString()];

    public override Duration WriteTakes(PutRequest put) =>
        !put.IsCreate ? Durations.ConnectionWrite
        : put.Properties.Text("connectionType") == ExpressRoute ? Durations.ExpressRouteConnectionCreate
        : Durations.VpnConnectionCreate;

    public override Duration DeleteTakes(ArmResource resource) => Durations.ConnectionWrite;

    private static IEnumerable<ArmError> Immutable(PutRequest put)
    {
        var before = put.Existing?.Properties;
        if (before is null)
        {
            yield break;
        }
        foreach (var member in new[] { "connectionType", "connectionProtocol" })
        {
            if (put.Properties.Text(member) is { } value && value != before.Text(member))
            {
                yield return ArmError.Bad(PlaceholderCodes.ConnectionImmutable,
                    $"Property {member} of {put.Self} cannot be changed.");
            }
        }
        foreach (var member in new[] { "virtualNetworkGateway1", "localNetworkGateway2", "peer" })
        {
            if (!ResourceId.Same(put.Properties.Text(member, "id"), before.Text(member, "id")))
            {
                yield return ArmError.Bad(PlaceholderCodes.ConnectionImmutable,
                    $"Property {member} of {put.Self} cannot be changed.");
            }
        }
    }
}

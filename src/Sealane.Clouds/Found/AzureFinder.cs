using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core;

namespace Sealane.Clouds.Found;

/// <summary>The Azure side: VNet → GatewaySubnet → both gateways → connections → circuit, local gateways.</summary>
internal sealed class AzureFinder(ArmClient arm, FoundLink found)
{
    private readonly List<(JsonObject Connection, JsonObject? LocalGateway)> _tunnels = [];
    private readonly List<(bool IsVpn, JsonObject Body)> _connections = [];
    private string _group = "";

    /// <summary>Of the VPN gateway's instances, in their order.</summary>
    public IReadOnlyList<string> PrivateAddresses { get; private set; } = [];

    /// <summary>By which Megaport knows the circuit.</summary>
    public Secret? ServiceKey { get; private set; }

    public async Task Read(string vnetId, CancellationToken ct)
    {
        var parts = vnetId.Split('/');
        _group = string.Join('/', parts[..5]);
        (found.Values["azure.subscription"], found.Values["azure.resourceGroup"], found.Values["azure.vnet"]) =
            (parts[2], parts[4], parts[^1]);
        if (await arm.Get(vnetId, ct).ConfigureAwait(false) is not { } vnet)
        {
            found.Questions.Add($"there is no VNet {vnetId} that these credentials see");
            return;
        }
        found.Values["azure.region"] = AzureIds.RegionOf(vnet.Text("location") ?? "");
        found.Values["azure.cidrs"] = string.Join(",", vnet.Texts("properties", "addressSpace", "addressPrefixes"));
        var subnet = vnet.Items("properties", "subnets").FirstOrDefault(each =>
            AzureIds.GatewaySubnetName.Equals(each.Text("name"), StringComparison.OrdinalIgnoreCase));
        if (subnet is null)
        {
            found.Questions.Add("the VNet has no GatewaySubnet, so no gateway");
            return;
        }
        found.Set("azure.gatewaySubnet", subnet.Text("properties", "addressPrefix")
            ?? (subnet.Texts("properties", "addressPrefixes") is [var only, ..] ? only : null),
            "the prefix of GatewaySubnet");
        foreach (var id in subnet.Items("properties", "ipConfigurations").Select(each => GatewayOf(each.Text("id")))
            .OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (await arm.Get(id, ct).ConfigureAwait(false) is { } gateway)
            {
                await ReadGateway(gateway, ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Machines behind a gateway stand in the list too, in groups of Microsoft's.</summary>
    private static string? GatewayOf(string? configuration) =>
        configuration?.Split('/') is [_, _, _, _, _, _, _, var kind, ..] parts
            && kind.Equals("virtualNetworkGateways", StringComparison.OrdinalIgnoreCase)
            ? string.Join('/', parts[..9]) : null;

    private async Task ReadGateway(JsonObject gateway, CancellationToken ct)
    {
        var id = gateway.Text("id") ?? "";
        var isVpn = string.Equals(gateway.Text("properties", "gatewayType"), "Vpn", StringComparison.OrdinalIgnoreCase);
        var path = isVpn ? "azure.vpnGateway" : "azure.expressRouteGateway";
        found.Values[$"{path}.id"] = id;
        found.Set($"{path}.sku", gateway.Text("properties", "sku", "name"), "the gateway's SKU");
        if (isVpn)
        {
            found.Set($"{path}.generation", gateway.Text("properties", "vpnGatewayGeneration"), "its generation");
            found.Set($"{path}.asn", gateway.Number("properties", "bgpSettings", "asn"), "its ASN");
            found.Values[$"{path}.mode"] = gateway.Flag("properties", "activeActive") ? "active-active"
                : "active-standby";
            PrivateAddresses = [.. gateway.Items("properties", "ipConfigurations")
                .Select(each => each.Text("properties", "privateIPAddress")).OfType<string>()];
            await ReadPublicIp(gateway, ct).ConfigureAwait(false);
            if (PrivateAddresses.Count == 0)
            {
                found.Questions.Add($"the VPN gateway {id} has no private address: guide step 15 is not done");
            }
        }
        foreach (var row in await arm.List($"{id}/connections", ct).ConfigureAwait(false))
        {
            // A list leaves out the members that matter.
            if (row.Text("id") is { } each && await arm.Get(each, ct).ConfigureAwait(false) is { } connection)
            {
                _connections.Add((isVpn, connection));
            }
        }
        if (isVpn)
        {
            foreach (var (_, connection) in _connections.Where(each => each.IsVpn))
            {
                var local = connection.Text("properties", "localNetworkGateway2", "id");
                _tunnels.Add((connection, local is null ? null : await arm.Get(local, ct).ConfigureAwait(false)));
            }
        }
        else
        {
            await ReadCircuit(ct).ConfigureAwait(false);
        }
    }

    /// <summary>It is the gateway's, and is made ours with it.</summary>
    private async Task ReadPublicIp(JsonObject gateway, CancellationToken ct)
    {
        foreach (var (index, configuration) in gateway.Items("properties", "ipConfigurations").Take(2).Index())
        {
            if (configuration.Text("properties", "publicIPAddress", "id") is { } id
                && await arm.Get(id, ct).ConfigureAwait(false) is { } address)
            {
                Name($"azure.vpnGateway.{(index == 0 ? "publicIpName" : "secondPublicIpName")}", address);
                found.Values["azure.vpnGateway.zones"] = string.Join(",", address.Texts("zones"));
            }
        }
    }

    private async Task ReadCircuit(CancellationToken ct)
    {
        var all = _connections.Where(each => !each.IsVpn).Select(each => each.Body);
        if (found.One("connection of the ExpressRoute gateway", all, each => each.Text("id")) is not { } connection
            || connection.Text("properties", "peer", "id") is not { } circuitId)
        {
            return;
        }
        found.Use("azure/er-connection", connection.Text("id"));
        Name("azure.expressRouteGateway.connectionName", connection);
        found.Use("azure/circuit", circuitId);
        if (await arm.Get(circuitId, ct).ConfigureAwait(false) is not { } circuit)
        {
            found.Questions.Add($"the circuit {circuitId} cannot be seen with these credentials");
            return;
        }
        Name("azure.circuit.name", circuit);
        ServiceKey = circuit.Text("properties", "serviceKey") is { Length: > 0 } key ? new(key) : null;
        found.Set("azure.circuit.peeringLocation",
            circuit.Text("properties", "serviceProviderProperties", "peeringLocation"), "where the circuit is");
        found.Set("azure.circuit.bandwidth",
            circuit.Number("properties", "serviceProviderProperties", "bandwidthInMbps"), "the circuit's size");
        found.Set("azure.circuit.tier", circuit.Text("sku", "tier"), "the circuit's tier");
        found.Set("azure.circuit.family", circuit.Text("sku", "family"), "how the circuit is billed");
        var peering = await arm.Get($"{circuitId}/peerings/{AzureIds.PrivatePeeringName}", ct).ConfigureAwait(false);
        found.Set("transport.azure.primary", peering.Text("properties", "primaryPeerAddressPrefix"),
            "the private peering's primary subnet");
        found.Set("transport.azure.secondary", peering.Text("properties", "secondaryPeerAddressPrefix"),
            "the private peering's secondary subnet");
        found.Set("transport.azure.vlan", peering.Number("properties", "vlanId"), "the private peering's VLAN");
    }

    /// <summary>The connection whose local network gateway has the tunnel's outside address.</summary>
    public void ReadTunnel(Prefix inside, Ipv4? outside)
    {
        var number = found.Tunnels.Count + 1;
        var ends = _tunnels.Where(each => outside is not null
            && each.LocalGateway.Text("properties", "gatewayIpAddress") == outside.ToString());
        var (connection, local) = found.One($"connection of the VPN gateway to {outside}",
            ends.Select(each => Tuple.Create(each.Connection, each.LocalGateway)), each => each.Item1.Text("id"))
            is { } one ? (one.Item1, one.Item2) : (null, null);
        found.Use($"azure/vpn-connection-{number}", connection.Text("id"));
        found.Use($"azure/local-gateway-{number}", local.Text("id"));
        found.Tunnels.Add(new(inside, local.Text("name"), connection.Text("name")));
    }

    /// <summary>Azure cannot rename: to be made ours it needs its name in the spec, and to be in the group.</summary>
    private void Name(string path, JsonObject body)
    {
        found.Set(path, body.Text("name"), "its name");
        if (body.Text("id")?.StartsWith(_group + "/", StringComparison.OrdinalIgnoreCase) == false)
        {
            found.Questions.Add($"{body.Text("id")} is in another resource group than the VNet: it can be used, and "
                + "not be made this link's");
        }
    }
}

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

    /// <summary>Those that the ExpressRoute gateway is connected to, the link's and others', by name.</summary>
    public List<FoundCircuit> Circuits { get; private set; } = [];

    /// <param name="ids">The VNet with the gateways and its spokes, in any order.</param>
    public async Task Read(IReadOnlyList<string> ids, CancellationToken ct)
    {
        var vnets = new List<(string Id, JsonObject Body)>();
        foreach (var id in ids)
        {
            if (await arm.Get(id, ct).ConfigureAwait(false) is { } body)
            {
                vnets.Add((id, body));
            }
            else
            {
                found.Questions.Add($"there is no VNet {id} that these credentials see");
            }
        }
        var hubs = vnets.FindAll(vnet => vnets.Count == 1 || Gateways(vnet.Body).Any());
        var hub = hubs is [var one] ? one.Id : ids[0];
        if (hubs.Count != 1 && vnets.Count > 0)
        {
            found.Questions.Add($"which VNet has the link's gateways: {(hubs.Count == 0 ? "none of those named has any"
                : string.Join(", ", hubs.Select(vnet => vnet.Id)))}? Name one such in --from");
        }
        // The gateways' group is the link's: the VNet's may be another.
        var parts = (hubs is [var home] && Gateways(home.Body).DistinctBy(GroupOf, StringComparer.OrdinalIgnoreCase)
            .ToList() is [var gateway] ? gateway : hub).Split('/');
        _group = string.Join('/', parts[..5]);
        (found.Values["azure.subscription"], found.Values["azure.resourceGroup"], found.Values["azure.vnet"]) =
            (parts[2], parts[4], IsInGroup(hub) ? hub.Split('/')[^1] : hub);
        foreach (var (index, spoke) in vnets.Where(vnet => vnet.Id != hub).Index())
        {
            ReadSpoke(spoke.Id, spoke.Body, FoundLink.Key(index + 1));
        }
        if (hubs is [var only])
        {
            await ReadHub(only.Body, ids, ct).ConfigureAwait(false);
        }
    }

    private void ReadSpoke(string id, JsonObject body, string key)
    {
        var path = $"azure.spokes[{key}]";
        found.Values[$"{path}.vnet"] = IsInGroup(id) ? id.Split('/')[^1] : id;
        found.Values[$"{path}.cidrs"] = Space(body);
    }

    private async Task ReadHub(JsonObject vnet, IReadOnlyList<string> named, CancellationToken ct)
    {
        found.Values["azure.region"] = AzureIds.RegionOf(vnet.Text("location") ?? "");
        found.Values["azure.cidrs"] = Space(vnet);
        foreach (var other in vnet.Items("properties", "virtualNetworkPeerings")
            .Where(peering => peering.Flag("properties", "allowGatewayTransit"))
            .Select(peering => peering.Text("properties", "remoteVirtualNetwork", "id")).OfType<string>()
            .Where(other => !named.Contains(other, StringComparer.OrdinalIgnoreCase)))
        {
            found.Notes.Add($"{other} may use these gateways too and is not in this file: name it in --from");
        }
        var subnet = GatewaySubnetOf(vnet);
        if (subnet is null)
        {
            found.Questions.Add("the VNet has no GatewaySubnet, so no gateway");
            return;
        }
        found.Set("azure.gatewaySubnet", subnet.Text("properties", "addressPrefix")
            ?? (subnet.Texts("properties", "addressPrefixes") is [var only, ..] ? only : null),
            "the prefix of GatewaySubnet");
        foreach (var id in Gateways(vnet))
        {
            if (await arm.Get(id, ct).ConfigureAwait(false) is { } gateway)
            {
                await ReadGateway(gateway, ct).ConfigureAwait(false);
            }
        }
    }

    private static string Space(JsonObject vnet) =>
        string.Join(",", vnet.Texts("properties", "addressSpace", "addressPrefixes"));

    private static JsonNode? GatewaySubnetOf(JsonObject vnet) => vnet.Items("properties", "subnets").FirstOrDefault(
        each => AzureIds.GatewaySubnetName.Equals(each.Text("name"), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Gateways(JsonObject vnet) => GatewaySubnetOf(vnet)
        .Items("properties", "ipConfigurations").Select(each => GatewayOf(each.Text("id"))).OfType<string>()
        .Distinct(StringComparer.OrdinalIgnoreCase);

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
            await ReadCircuits(ct).ConfigureAwait(false);
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

    private async Task ReadCircuits(CancellationToken ct)
    {
        foreach (var connection in _connections.Where(each => !each.IsVpn).Select(each => each.Body)
            .OrderBy(each => each.Text("name"), StringComparer.Ordinal))
        {
            if (connection.Text("properties", "peer", "id") is { } id)
            {
                var body = await arm.Get(id, ct).ConfigureAwait(false);
                Circuits.Add(new(id, connection, body, body is null ? null : await arm.Get(
                    $"{id}/peerings/{AzureIds.PrivatePeeringName}", ct).ConfigureAwait(false)));
            }
        }
    }

    /// <summary>Writes that a circuit is the link's.</summary>
    public void Use(FoundCircuit circuit, int index)
    {
        var key = FoundLink.Key(index);
        var part = index == 0 ? "azure.circuit" : $"azure.circuits[{key}]";
        found.Use(FoundLink.On("azure/er-connection", key), circuit.Connection.Text("id"));
        Name(index == 0 ? "azure.expressRouteGateway.connectionName" : $"{part}.connectionName", circuit.Connection);
        found.Use(FoundLink.On("azure/circuit", key), circuit.Id);
        if (!circuit.Id.StartsWith($"/subscriptions/{found.Values["azure.subscription"]}/",
            StringComparison.OrdinalIgnoreCase))
        {
            found.Notes.Add($"{circuit.Id} is of another subscription: as soon as its connection is this link's, "
                + $"secrets.authorizationKey{(key.Length == 0 ? "" : $"s.{key}")} says where the key of an "
                + "authorization of its owner is");
        }
        if (circuit.Body is not { } body)
        {
            found.Questions.Add($"the circuit {circuit.Id} cannot be seen with these credentials");
            return;
        }
        Name($"{part}.name", body);
        found.Set($"{part}.peeringLocation",
            body.Text("properties", "serviceProviderProperties", "peeringLocation"), "where the circuit is");
        var bandwidth = body.Number("properties", "serviceProviderProperties", "bandwidthInMbps");
        var vlan = circuit.Peering.Number("properties", "vlanId");
        if (index == 0)
        {
            found.Set("azure.circuit.bandwidth", bandwidth, "the circuit's size");
            found.Set("azure.circuit.tier", body.Text("sku", "tier"), "the circuit's tier");
            found.Set("azure.circuit.family", body.Text("sku", "family"), "how the circuit is billed");
            found.Set("transport.azure.vlan", vlan, "the private peering's VLAN");
        }
        found.Same("azure.circuit.bandwidth", bandwidth, circuit.Id);
        found.Same("transport.azure.vlan", vlan, circuit.Id);
        var addresses = index == 0 ? "transport.azure" : part;
        found.Set($"{addresses}.primary", circuit.Peering.Text("properties", "primaryPeerAddressPrefix"),
            "the private peering's primary subnet");
        found.Set($"{addresses}.secondary", circuit.Peering.Text("properties", "secondaryPeerAddressPrefix"),
            "the private peering's secondary subnet");
    }

    /// <summary>The connection whose local network gateway has the tunnel's outside address.</summary>
    /// <param name="number">Of the tunnel, from 1.</param>
    public JsonObject? ReadTunnel(int number, Prefix inside, Ipv4? outside)
    {
        var ends = _tunnels.Where(each => outside is not null
            && each.LocalGateway.Text("properties", "gatewayIpAddress") == outside.ToString());
        var (connection, local) = found.One($"connection of the VPN gateway to {outside}",
            ends.Select(each => Tuple.Create(each.Connection, each.LocalGateway)), each => each.Item1.Text("id"))
            is { } one ? (one.Item1, one.Item2) : (null, null);
        found.Use($"azure/vpn-connection-{number}", connection.Text("id"));
        found.Use($"azure/local-gateway-{number}", local.Text("id"));
        found.Tunnels.Add(new(inside, local.Text("name"), connection.Text("name")));
        return connection;
    }

    /// <summary>Azure cannot rename: to be made ours it needs its name in the spec, and to be in the group.</summary>
    private void Name(string path, JsonObject body)
    {
        found.Set(path, body.Text("name"), "its name");
        if (body.Text("id") is { } id && !IsInGroup(id))
        {
            found.Questions.Add($"{id} is in another resource group than the gateways: it can be used, and "
                + "not be made this link's");
        }
    }

    private static string GroupOf(string id) => string.Join('/', id.Split('/').Take(5));

    private bool IsInGroup(string id) => id.StartsWith(_group + "/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A circuit that the ExpressRoute gateway is connected to.</summary>
/// <param name="Body">Null where these credentials do not see it.</param>
internal sealed record FoundCircuit(string Id, JsonObject Connection, JsonObject? Body, JsonObject? Peering)
{
    /// <summary>By which Megaport knows the circuit.</summary>
    public Secret? ServiceKey { get; } = Body.Text("properties", "serviceKey") is { Length: > 0 } key ? new(key) : null;

    /// <summary>Whether a session of that path has this address.</summary>
    public bool Has(string path, string? address) => address is not null
        && Prefix.TryParse(Peering.Text("properties", $"{path}PeerAddressPrefix"), out var subnet)
        && Ipv4.TryParse(address.Split('/')[0], out var own) && subnet.Contains(own);
}

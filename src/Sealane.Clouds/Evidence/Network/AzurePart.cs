using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>What was read at Azure as boxes of the routing model.</summary>
internal static class AzurePart
{
    public static ImmutableArray<Routing.Vnet> Vnets(Seen seen) =>
    [
        .. seen.Vnets.Values.OrderBy(Id, StringComparer.OrdinalIgnoreCase).Select(vnet => new Routing.Vnet
        {
            Id = Id(vnet),
            Prefixes = [.. Vnet.PrefixesOf(vnet.At("properties", "addressSpace"))],
            Ipv6 = HasIpv6(vnet.At("properties", "addressSpace")),
            SummarizedPrefixes = Vnet.PrefixesOf(
                vnet.At("properties", "summarizedGatewayPrefixes")) is { Count: > 0 } summary ? [.. summary] : null,
            Peerings = [.. vnet.Items("properties", "virtualNetworkPeerings")
                .Select(peering => Peering(seen, vnet, peering))],
            Subnets =
            [
                .. from subnet in vnet.Items("properties", "subnets")
                   from prefix in Vnet.PrefixesOf(subnet.At("properties"))
                   select Subnet(seen, vnet, subnet, prefix),
            ],
        }),
    ];

    public static ImmutableArray<Routing.RouteServer> RouteServers(Seen seen) =>
    [
        .. from vnet in seen.Vnets.Values
           from occupant in vnet.Items("properties", "subnets")
               .SelectMany(subnet => subnet.Items("properties", "ipConfigurations"))
           let hub = Azure.VnetReader.Owner(occupant.Text("id"), "virtualHubs")
           where hub is not null
           group vnet by hub.ToLowerInvariant() into found
           orderby found.Key
           select new Routing.RouteServer
           {
               Id = found.Key,
               VnetId = Id(found.First()),
               BranchToBranch = seen.RouteServers.GetValueOrDefault(found.Key)
                   .Flag("properties", "allowBranchToBranchTraffic"),
               // What its peers announce is asked for one by one, in another form for each instance; that is not
               // read. Without a peer there is nothing.
               Learned = seen.RouteServers.TryGetValue(found.Key, out var server)
                   && !server.Items("properties", "bgpConnections").Any() ? [] : null,
           },
    ];

    public static ImmutableArray<Routing.ExpressRouteGateway> ExpressRouteGateways(Seen seen) =>
    [
        .. from gateway in Gateways(seen, "ExpressRoute")
           select new Routing.ExpressRouteGateway
           {
               Id = Id(gateway),
               VnetId = VnetOf(seen, gateway),
               Asn = gateway.Number("properties", "bgpSettings", "asn") ?? GatewayAsn,
               Connections =
               [
                   .. from connection in ConnectionsOf(seen, gateway)
                      where connection.Text("properties", "peer", "id") is not null
                      select new Routing.ExpressRouteConnection(
                          Id(connection), Canonical(seen.Circuits, connection.Text("properties", "peer", "id")!))
                      {
                          Weight = (int)(connection.Number("properties", "routingWeight") ?? 0),
                      },
               ],
           },
    ];

    public static ImmutableArray<Routing.VpnGateway> VpnGateways(Seen seen) =>
    [
        .. from gateway in Gateways(seen, "Vpn")
           select new Routing.VpnGateway
           {
               Id = Id(gateway),
               VnetId = VnetOf(seen, gateway),
               Asn = gateway.Number("properties", "bgpSettings", "asn") ?? GatewayAsn,
               Instances = [.. Instances(gateway)],
               Branches = [.. ConnectionsOf(seen, gateway).Where(connection => !TunnelPart.IsTunnel(seen, connection))
                   .Select(connection => Branch(seen, gateway, connection))],
           },
    ];

    public static ImmutableArray<Routing.Circuit> Circuits(Seen seen) =>
    [
        .. from pair in seen.Circuits
           orderby pair.Key.ToLowerInvariant()
           let peering = PrivatePeering(pair.Value)
           where peering is not null
           select new Routing.Circuit
           {
               Id = Id(pair.Value),
               Ipv6 = peering.At("properties", "ipv6PeeringConfig") is JsonObject { Count: > 0 },
               ForeignPrefixes = [.. OfOtherGateways(seen, pair.Key)],
               Joined = [.. JoinedTo(seen, pair.Key)],
               Paths =
               [
                   .. Path(seen, pair.Key, "primary", peering.Text("properties", "primaryPeerAddressPrefix")),
                   .. Path(seen, pair.Key, "secondary", peering.Text("properties", "secondaryPeerAddressPrefix")),
               ],
           },
    ];

    public static JsonNode? PrivatePeering(JsonObject circuit) => circuit.Items("properties", "peerings")
        .FirstOrDefault(peering =>
        string.Equals(peering.Text("properties", "peeringType") ?? peering.Text("name"), AzureIds.PrivatePeeringName,
            StringComparison.OrdinalIgnoreCase)
        && !string.Equals(peering.Text("properties", "state"), "Disabled", StringComparison.OrdinalIgnoreCase));

    public static string PathId(Seen seen, string circuit, CircuitPort path) =>
        $"{Canonical(seen.Circuits, circuit)}/{(path == CircuitPort.Primary ? "primary" : "secondary")}";

    /// <summary>In front of everything that a gateway of Azure announces.</summary>
    public const long GatewayAsn = 65515;

    public static string Id(JsonNode body) => body.Text("id") ?? "";

    /// <summary>As the object itself writes it, so that references in any case meet.</summary>
    public static string Canonical(IReadOnlyDictionary<string, JsonObject> bodies, string id) =>
        bodies.TryGetValue(id, out var body) && Id(body) is { Length: > 0 } own ? own : id;

    public static IEnumerable<Routing.VpnGatewayInstance> Instances(JsonObject gateway) =>
        from configuration in gateway.Items("properties", "ipConfigurations")
        where Ipv4.TryParse(configuration.Text("properties", "privateIPAddress"), out _)
        select new Routing.VpnGatewayInstance(
            configuration.Text("id") ?? $"{Id(gateway)}/{configuration.Text("name")}",
                Ipv4.Parse(configuration.Text("properties", "privateIPAddress")!));

    public static IEnumerable<JsonObject> ConnectionsOf(Seen seen, JsonObject gateway) =>
        from connection in seen.GatewayConnections.Values
        where Refers(connection, "virtualNetworkGateway1", gateway)
            || Refers(connection, "virtualNetworkGateway2", gateway)
        orderby Id(connection).ToLowerInvariant()
        select connection;

    private static bool Refers(JsonObject connection, string member, JsonObject gateway) =>
        string.Equals(connection.Text("properties", member, "id"), Id(gateway), StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<JsonObject> Gateways(Seen seen, string type) => seen.Gateways.Values
        .Where(gateway => string.Equals(
            gateway.Text("properties", "gatewayType"), type, StringComparison.OrdinalIgnoreCase))
        .OrderBy(Id, StringComparer.OrdinalIgnoreCase);

    private static string VnetOf(Seen seen, JsonObject gateway)
    {
        var subnet = gateway.Items("properties", "ipConfigurations")
            .Select(one => one.Text("properties", "subnet", "id")).OfType<string>().FirstOrDefault() ?? "";
        var at = subnet.LastIndexOf("/subnets/", StringComparison.OrdinalIgnoreCase);
        return Canonical(seen.Vnets, at < 0 ? subnet : subnet[..at]);
    }

    private static IEnumerable<Routing.CircuitPath> Path(Seen seen, string circuit, string name, string? subnet)
    {
        if (!Prefix.TryParse(subnet, out var prefix) || prefix.Length > 30)
        {
            return [];
        }
        var path = name == "primary" ? CircuitPort.Primary : CircuitPort.Secondary;
        var id = PathId(seen, circuit, path);
        // With a router of ours at the other end what it learned follows from that; else it is as the edge shows it.
        return [new(id, name, prefix.Host(2)) { Learned = MegaportPart.FarEnds(seen).Contains(id) ? []
            : [.. FromElsewhere(seen, circuit, path)] }];
    }

    // With Global Reach, what no router in the circuit's own two links announced comes from another circuit.
    private static IEnumerable<Routing.JoinedRoute> JoinedTo(Seen seen, string circuit) =>
        (from path in new[] { CircuitPort.Primary, CircuitPort.Secondary }
         from row in seen.Edge.GetValueOrDefault((circuit.ToLowerInvariant(), AzureIds.PrivatePeeringName, path))
             ?? Enumerable.Empty<EdgeRouteRow>()
         where IsJoined(seen, circuit, row)
         select new Routing.JoinedRoute(row.Network, row.NextHop!.Value, [.. row.AsPath]))
        .DistinctBy(row => (row.Prefix, row.NextHop, string.Join(' ', row.AsPath)))
        .OrderBy(row => row.Prefix).ThenBy(row => row.NextHop);

    private static bool IsJoined(Seen seen, string circuit, EdgeRouteRow row)
    {
        var peering = seen.Circuits.TryGetValue(circuit, out var body) ? PrivatePeering(body) : null;
        return row is { NextHop: { } hop, AsPath: not [GatewayAsn, ..] and not [] }
            && peering.Items("properties", "connections").Concat(peering.Items("properties", "peeredConnections")).Any()
            && !new[] { "primaryPeerAddressPrefix", "secondaryPeerAddressPrefix" }.Any(member =>
                Prefix.TryParse(peering.Text("properties", member), out var link) && link.Contains(hop));
    }

    // Azure's own ASN, but no prefix of a VNet that was read or of its spokes: a gateway of somebody else's announces
    // it. Where an authorization is redeemed that may be a VNet with the same prefix, told by the gateway's address.
    private static IEnumerable<Prefix> OfOtherGateways(Seen seen, string circuit)
    {
        var own = Vnets(seen).SelectMany(vnet => vnet.Prefixes.Concat(vnet.SummarizedPrefixes ?? [])
            .Concat(vnet.Peerings.SelectMany(peering => peering.RemotePrefixes))).ToHashSet();
        // One that a connection of a gateway that was read has redeemed is of no other gateway.
        var redeemed = seen.Circuits.GetValueOrDefault(circuit).Items("properties", "authorizations").Any(one =>
            ExpressRouteCircuit.IsRedeemed(one)
            && !seen.GatewayConnections.ContainsKey(one.Text("properties", "connectionResourceUri") ?? ""));
        return (from path in new[] { CircuitPort.Primary, CircuitPort.Secondary }
                from row in seen.Edge.GetValueOrDefault((circuit.ToLowerInvariant(), AzureIds.PrivatePeeringName, path))
                    ?? Enumerable.Empty<EdgeRouteRow>()
                where row.AsPath is [GatewayAsn] && (!own.Contains(row.Network)
                    || (redeemed && !InGatewaySubnet(seen, row.NextHop)))
                select row.Network).Distinct().Order();
    }

    private static bool InGatewaySubnet(Seen seen, Ipv4? address) => address is { } known
        && seen.Vnets.Values.SelectMany(vnet => vnet.Items("properties", "subnets"))
            .Where(subnet => string.Equals(subnet.Text("name"), "GatewaySubnet", StringComparison.OrdinalIgnoreCase))
            .SelectMany(subnet => Vnet.PrefixesOf(subnet.At("properties"))).Any(prefix => prefix.Contains(known));

    private static IEnumerable<Routing.PropagatedRoute> FromElsewhere(Seen seen, string circuit, CircuitPort path) =>
        from row in seen.Edge.GetValueOrDefault((circuit.ToLowerInvariant(), AzureIds.PrivatePeeringName, path))
            ?? Enumerable.Empty<EdgeRouteRow>()
        where row.AsPath is not [GatewayAsn, ..] and not [] && !IsJoined(seen, circuit, row)
        select new Routing.PropagatedRoute(row.Network, [.. row.AsPath]);

    private static Routing.VnetSubnet Subnet(Seen seen, JsonObject vnet, JsonNode subnet, Prefix prefix)
    {
        var table = subnet.Text("properties", "routeTable", "id") is { } id ? seen.RouteTables.GetValueOrDefault(id)
            : null;
        return new()
        {
            Id = subnet.Text("id") ?? $"{Id(vnet)}/subnets/{subnet.Text("name")}",
            Prefix = prefix,
            UserRoutes = [.. table.Items("properties", "routes").Select(UserRoute).OfType<Routing.UserRoute>()],
            GatewayRoutesDisabled = table.Flag("properties", "disableBgpRoutePropagation"),
        };
    }

    private static Routing.UserRoute? UserRoute(JsonNode route) =>
        Prefix.TryParse(route.Text("properties", "addressPrefix"), out var prefix)
        ? new(prefix,
            Enum.TryParse<Routing.UserRouteNextHop>(
                route.Text("properties", "nextHopType"), ignoreCase: true, out var type) ? type
                    : Routing.UserRouteNextHop.None,
            Ipv4.TryParse(route.Text("properties", "nextHopIpAddress"), out var hop) ? hop : null)
        : null;

    private static Routing.VnetPeering Peering(Seen seen, JsonObject vnet, JsonNode peering)
    {
        var properties = peering.At("properties");
        var remote = properties.Text("remoteVirtualNetwork", "id") ?? "";
        var far = seen.PeeredVnets.GetValueOrDefault(remote);
        var back = far.Items("properties", "virtualNetworkPeerings").FirstOrDefault(one =>
            string.Equals(one.Text("properties", "remoteVirtualNetwork", "id"), Id(vnet),
                StringComparison.OrdinalIgnoreCase)).At("properties");
        // What the near end was told of the far end's prefixes is what Azure routes by, until the two are synchronised.
        var told = Vnet.PrefixesOf(properties.At("remoteVirtualNetworkAddressSpace")) is { Count: > 0 } space
            ? space : Vnet.PrefixesOf(properties.At("remoteAddressSpace"));
        return new()
        {
            Id = Id(peering) is { Length: > 0 } id ? id : $"{Id(vnet)}/virtualNetworkPeerings/{peering.Text("name")}",
            RemoteVnetId = remote,
            RemotePrefixes = [.. told.Count > 0 ? told : Vnet.PrefixesOf(far.At("properties", "addressSpace"))],
            Connected = properties.Text("peeringState") is null or "Connected",
            AllowAccess = properties.Text("allowVirtualNetworkAccess") is null
                || properties.Flag("allowVirtualNetworkAccess"),
            AllowForwardedTraffic = properties.Flag("allowForwardedTraffic"),
            // A far end that nobody here may read is taken to use the gateways that it is offered.
            RemoteUsesGateways = properties.Flag("allowGatewayTransit")
                && (back is null || back.Flag("useRemoteGateways")),
            UsesRemoteGateways = properties.Flag("useRemoteGateways"),
        };
    }

    private static Routing.VpnBranch Branch(Seen seen, JsonObject gateway, JsonObject connection)
    {
        var properties = connection.At("properties");
        var local = properties.Text("localNetworkGateway2", "id") is { } id ? seen.LocalGateways.GetValueOrDefault(id)
            : null;
        var peer = local.Text("properties", "bgpSettings", "bgpPeeringAddress");
        return new()
        {
            Id = Id(connection),
            Prefixes = [.. Vnet.PrefixesOf(local.At("properties", "localNetworkAddressSpace"))],
            Learned =
            [
                .. from row in seen.GatewayLearned.GetValueOrDefault(Id(gateway)) ?? Enumerable.Empty<GatewayRouteRow>()
                   where peer is not null && row.SourcePeer == peer && row.Origin == "EBgp"
                   select new Routing.PropagatedRoute(row.Network, [.. row.AsPath]),
            ],
            TrafficSelectors =
            [
                .. from policy in properties.Items("trafficSelectorPolicies")
                   from text in policy.Texts("remoteAddressRanges")
                   where Prefix.TryParse(text, out _)
                   select Prefix.Parse(text),
            ],
        };
    }

    private static bool HasIpv6(JsonNode? space) => space.Texts("addressPrefixes")
        .Any(PrefixText.IsIpv6);
}

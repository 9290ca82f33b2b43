using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Clouds.Azure;

/// <summary>A BGP session of a gateway (guide step 24).</summary>
/// <param name="State"><c>Unknown</c>, <c>Stopped</c>, <c>Idle</c>, <c>Connecting</c> or <c>Connected</c>.</param>
/// <param name="ConnectedFor">As the service writes it; its format is not documented.</param>
public sealed record BgpPeerRow(
    string? LocalAddress, Ipv4? Neighbor, long? Asn, string State, string? ConnectedFor, long RoutesReceived);

/// <summary>A route that a gateway has learned or announces.</summary>
/// <param name="Origin"><c>Network</c>, <c>EBgp</c>, <c>IBgp</c>; <c>Igp</c> for announced ones.</param>
/// <param name="AsPath">Outermost first; empty for the VNet's own.</param>
public sealed record GatewayRouteRow(
    Prefix Network, Ipv4? NextHop, string? LocalAddress, string? SourcePeer, string? Origin, IReadOnlyList<long> AsPath,
    long? Weight);

/// <summary>A route in the table of one of Microsoft's edge routers.</summary>
/// <param name="Path">Such as <c>133937 I</c>.</param>
public sealed record EdgeRouteRow(Prefix Network, Ipv4? NextHop, bool IsBest, string? LocalPreference, long? Weight,
    string Path)
{
    /// <summary>ASNs of <see cref="Path"/>, without the origin letter.</summary>
    public IReadOnlyList<long> AsPath => AzureProbes.Asns(Path);
}

/// <summary>A BGP neighbour of Microsoft's edge: the MCR, or an instance of the ExpressRoute gateway.</summary>
/// <param name="Prefixes">How many it sent; null while the session is down, and then <paramref name="State"/> says
/// how.</param>
public sealed record EdgeNeighborRow(Ipv4? Neighbor, long? Asn, string? UpDown, long? Prefixes, string State);

/// <summary>A connection as <c>verify</c> judges it: state, and whether its ESP goes over the private
/// address.</summary>
public sealed record ConnectionRow(
    string Name, string ProvisioningState, string ConnectionStatus, bool UsesPrivateAddress,
    IReadOnlyList<string> BgpAddresses,
    IReadOnlyList<IpsecPolicy> Policies, long IngressBytes, long EgressBytes);

/// <summary>What <c>verify</c> asks Azure; nothing here changes anything.</summary>
/// <remarks>
/// https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways,
/// https://learn.microsoft.com/rest/api/expressroute/express-route-circuits
/// </remarks>
public sealed class AzureProbes(ArmClient arm)
{
    public async Task<IReadOnlyList<BgpPeerRow>> BgpPeers(string gatewayId, CancellationToken ct) =>
    [
        .. (await Rows($"{gatewayId}/getBgpPeerStatus", null, ct).ConfigureAwait(false)).Select(row => new BgpPeerRow(
            row.Text("localAddress"), Address(row.Text("neighbor")), row.Number("asn"), row.Text("state") ?? "Unknown",
            row.Text("connectedDuration"), row.Number("routesReceived") ?? 0)),
    ];

    public async Task<AzureTable<GatewayRouteRow>> LearnedRoutes(string gatewayId, CancellationToken ct) =>
        Routes(await Rows($"{gatewayId}/getLearnedRoutes", null, ct).ConfigureAwait(false));

    public async Task<AzureTable<GatewayRouteRow>> AdvertisedRoutes(
        string gatewayId, Ipv4 peer, CancellationToken ct) =>
        Routes(await Rows($"{gatewayId}/getAdvertisedRoutes", $"peer={peer}", ct).ConfigureAwait(false));

    /// <summary>What Microsoft's edge knows: from the MCR, and from the ExpressRoute gateway.</summary>
    public Task<AzureTable<EdgeRouteRow>> CircuitRoutes(string circuitId, CircuitPort path, CancellationToken ct) =>
        CircuitRoutes(circuitId, AzureIds.PrivatePeeringName, path, ct);

    /// <param name="peering">Name of the private or the Microsoft peering.</param>
    public async Task<AzureTable<EdgeRouteRow>> CircuitRoutes(
        string circuitId, string peering, CircuitPort path, CancellationToken ct) => Table(
            await Rows(TableOf(circuitId, peering, "routeTables", path), null, ct).ConfigureAwait(false),
            row => row.Text("network"),
            // The best of several is marked by a star behind its next hop.
            (row, network) => new EdgeRouteRow(
                network, Address(row.Text("nextHop")?.TrimEnd('*')), row.Text("nextHop")?.EndsWith('*') == true,
                row.Text("locPrf"), row.Number("weight"), row.Text("path") ?? ""));

    /// <summary>What becomes of the packets of a running machine's interface.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/network-interfaces</remarks>
    public async Task<IReadOnlyList<EffectiveRouteRow>> EffectiveRoutes(string interfaceId, CancellationToken ct) =>
    [
        .. from row in await Rows($"{interfaceId}/effectiveRouteTable", null, ct).ConfigureAwait(false)
           from network in row.Texts("addressPrefix")
           where !PrefixText.IsIpv6(network)
           select new EffectiveRouteRow(Prefix.TryParse(network, out var prefix) ? prefix
                   : throw new CloudError(Cloud.Azure, $"POST {AzureIds.NameOf(interfaceId)}/effectiveRouteTable",
                       CloudErrorKind.Unavailable, 200, null, $"a row's prefix cannot be read: {network}"),
                           row.Text("source"), row.Text("state"),
               row.Text("nextHopType"), row.Texts("nextHopIpAddress")),
    ];

    public async Task<IReadOnlyList<EdgeNeighborRow>> CircuitNeighbors(string circuitId, CircuitPort path,
        CancellationToken ct) =>
    [
        .. (await Rows(TableOf(circuitId, AzureIds.PrivatePeeringName, "routeTablesSummary", path), null, ct)
            .ConfigureAwait(false))
            .Select(row => new EdgeNeighborRow(
            Address(row.Text("neighbor")), row.Number("as"), row.Text("upDown"), row.Number("statePfxRcd"),
            row.Number("statePfxRcd") is null ? row.Text("statePfxRcd") ?? "Unknown" : "Established")),
    ];

    /// <summary>A single GET: lists leave out whether the private address is used.</summary>
    public async Task<ConnectionRow?> Connection(string connectionId, CancellationToken ct)
    {
        var connection = await arm.Get(connectionId, ct).ConfigureAwait(false);
        var properties = connection.At("properties");
        return connection is null ? null : new(
            AzureIds.NameOf(connectionId), properties.Text("provisioningState") ?? "Succeeded",
            properties.Text("connectionStatus") ?? "Unknown", properties.Flag("useLocalAzureIpAddress"),
            [.. properties.Items("gatewayCustomBgpIpAddresses").Select(item => item.Text("customBgpIpAddress"))
                .OfType<string>()],
            [.. properties.Items("ipsecPolicies").Select(IpsecPolicy.Read).OfType<IpsecPolicy>()],
            properties.Number("ingressBytesTransferred") ?? 0, properties.Number("egressBytesTransferred") ?? 0);
    }

    internal static IReadOnlyList<long> Asns(string? path) =>
    [
        .. (path ?? "").Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => long.TryParse(part, out var asn) ? asn : (long?)null).OfType<long>(),
    ];

    private static string TableOf(string circuitId, string peering, string table, CircuitPort path) =>
        $"{circuitId}/peerings/{peering}/{table}/{(path == CircuitPort.Primary ? "primary" : "secondary")}";

    private async Task<IReadOnlyList<JsonNode>> Rows(string path, string? query, CancellationToken ct)
    {
        var result = await arm.PostAndWait(path, ct, query).ConfigureAwait(false);
        // An empty list is an empty table; an answer without a list is none.
        return result.At("value") is JsonArray rows ? [.. rows.OfType<JsonNode>()]
            : throw new CloudError(Cloud.Azure, $"POST {AzureIds.NameOf(path)}", CloudErrorKind.Unavailable, 200, null,
                "the result has no table");
    }

    private static AzureTable<GatewayRouteRow> Routes(IReadOnlyList<JsonNode> rows) => Table(
        rows, row => row.Text("network"), (row, network) => new GatewayRouteRow(
            network, Address(row.Text("nextHop")), row.Text("localAddress"), row.Text("sourcePeer"), row.Text("origin"),
            Asns(row.Text("asPath")), row.Number("weight")));

    private static AzureTable<T> Table<T>(
        IReadOnlyList<JsonNode> rows, Func<JsonNode, string?> written, Func<JsonNode, Prefix, T> read)
    {
        var (known, unread, hasIpv6) = (new List<T>(), new List<string>(), false);
        foreach (var row in rows)
        {
            var text = written(row);
            if (PrefixText.IsIpv6(text))
            {
                hasIpv6 = true;
            }
            else if (ClassfulText.TryParse(text, out var network))
            {
                known.Add(read(row, network));
            }
            else
            {
                unread.Add(text ?? "");
            }
        }
        return new(known, unread, hasIpv6);
    }

    private static Ipv4? Address(string? text) => Ipv4.TryParse(text, out var address) ? address : null;
}

using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>Gathers what <c>verify</c> and <c>trace</c> judge: through the APIs only, changing nothing.</summary>
public sealed class LinkObserver(AwsClients aws, ArmClient azure, MegaportClient megaport, NetworkDesign design)
{
    private readonly AzureProbes _azure = new(azure);

    public async Task<LinkObservation> Observe(ResourceGraph graph, Known known, CancellationToken ct)
    {
        var plan = Plan.Of(graph, known);
        var tables = await RouteTables.Read(aws, design, known, ct).ConfigureAwait(false);
        var network = await new ObservedNetwork(aws, megaport, design, known).Read(tables, ct).ConfigureAwait(false);
        var mcr = known.Find(Mcr.Ref(design.Routers[0]))?.Uid;
        var erGateway = known.Find(ExpressRouteGateway.Ref)?.Envelope.Id;
        var vpnGateway = known.Find(VpnGateway.Ref)?.Envelope.Id;
        var circuit = known.Find(ExpressRouteCircuit.Ref(design.Circuits[0]));
        var peering = known.Find(PrivatePeering.Ref(design.Circuits[0]));
        var vif = known.Find(TransitVif.Ref(design.AwsVxcs[0]))?.Vif;
        var outside = known.Find(VpnConnection.Ref(design.VpnConnections[0]))?.OutsideAddresses
            ?? new Dictionary<Prefix, Ipv4>();
        return new()
        {
            Design = design,
            Network = network,
            Absent = [.. graph.Resources.Where(resource => known[resource.Id] is null)
                .Select(resource => resource.Id)],
            Drift = [.. plan.Steps.SelectMany(step =>
                step.Change.Differences.Select(difference => (step.Id, difference)))],
            VpcPrefixes = known.Find(Vpc.Ref(design.Vpcs[0]))?.Prefixes ?? [],
            VnetPrefixes = known.Find(Vnet.Ref(design.Vnets[0]))?.Prefixes ?? [],
            RoutedTables = known.Find(Vpc.Ref(design.Vpcs[0])) is null || known.Find(TransitGateway.Ref)
                is null || known.Find(Vnet.Ref(design.Vnets[0])) is null
                ? [] : ((VpcRoutes)graph["aws/vpc-routes"]).Derive(known).TableIds,
            AwsEndpoints = design.Tunnels.Where(tunnel => outside.ContainsKey(tunnel.InsideCidr))
                .ToDictionary(tunnel => tunnel.Number, tunnel => outside[tunnel.InsideCidr]),
            AzureEndpoints = known.Find(VpnGateway.Ref)?.PrivateAddresses ?? [],
            TransitVif = vif is null ? null
                : (vif.VirtualInterfaceState ?? "unknown", vif.BgpPeers is [var peer, ..] ? peer.BgpStatus ?? "unknown"
                    : "unknown"),
            AllowedPrefixes = known.Find(DxAssociation.Ref) is { } association
                ? [.. association.AllowedPrefixes.Select(text => Prefix.TryParse(text, out var prefix) ? prefix
                    : (Prefix?)null).OfType<Prefix>()] : null,
            McrRoutes = await Ask(mcr, uid => McrRoutes(uid, ct)).ConfigureAwait(false),
            McrLearned = await Ask(mcr, uid => McrLearned(uid, ct)).ConfigureAwait(false),
            AdvertisedToAws = await Ask(mcr, uid => Advertised(uid, design.AwsVxcs[0].AmazonAddress.Address, ct))
                .ConfigureAwait(false),
            AdvertisedToAzure = await Ask(mcr, uid => Advertised(uid, design.AzureVxcs[0].MicrosoftAddress, ct))
                .ConfigureAwait(false),
            WorkloadRoutes = tables.Workload?.Seen,
            TransportRoutes = tables.Transport?.Seen,
            Tunnels = await Tunnels(known, outside, ct).ConfigureAwait(false),
            VpnGatewayPeers = await Ask(vpnGateway, id => Peers(id, ct)).ConfigureAwait(false),
            VpnGatewayLearned = await Ask(vpnGateway, id => VpnLearned(id, ct)).ConfigureAwait(false),
            ExpressRouteGatewayLearned = await Ask(erGateway, id => ErLearned(id, ct)).ConfigureAwait(false),
            MseeRoutes = peering is null || circuit is null ? null : await Ask(circuit.Envelope.Id, id => Edge(id, ct))
                .ConfigureAwait(false),
            ProviderState = circuit?.ProviderState,
            PeeringState = peering?.Envelope.ProvisioningState,
            ExpressRouteConnectionState = known.Find(ExpressRouteConnection.Ref(design.Circuits[0]))
                ?.Envelope.ProvisioningState,
        };
    }

    /// <summary>A question that a cloud refuses is a question without an answer, not the end of the evidence.</summary>
    private static async Task<T?> Ask<T>(string? subject, Func<string, Task<T>> question)
        where T : class?
    {
        if (subject is null)
        {
            return null;
        }
        try
        {
            return await question(subject).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind is not CloudErrorKind.Denied)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<(Prefix, string, string?)>> McrRoutes(string mcr, CancellationToken ct) =>
    [
        .. from row in await megaport.LookingGlass.IpRoutes(mcr, null, ct).ConfigureAwait(false)
           where Prefix.TryParse(row.Prefix, out _)
           select (Prefix.Parse(row.Prefix!), row.Protocol ?? "", row.NextHop?.Ip),
    ];

    private async Task<IReadOnlyList<(Prefix, string)>> McrLearned(string mcr, CancellationToken ct) =>
    [
        .. from row in await megaport.LookingGlass.BgpRoutes(mcr, null, ct).ConfigureAwait(false)
           // Own routes, static ones among them, have an empty AS path.
           where Prefix.TryParse(row.Prefix, out _) && !string.IsNullOrWhiteSpace(row.AsPath)
           select (Prefix.Parse(row.Prefix!), row.Source ?? ""),
    ];

    private async Task<IReadOnlyList<Prefix>> Advertised(string mcr, Ipv4 peer, CancellationToken ct) =>
    [
        .. from row in await megaport.LookingGlass.NeighbourRoutes(mcr, peer, RouteDirection.Advertised, ct)
            .ConfigureAwait(false)
           where Prefix.TryParse(row.Prefix, out _)
           select Prefix.Parse(row.Prefix!),
    ];

    private async Task<IReadOnlyList<(string, long, string, int)>> Peers(string gateway, CancellationToken ct) =>
    [
        .. (await _azure.BgpPeers(gateway, ct).ConfigureAwait(false))
            .Select(peer => (peer.Neighbor?.ToString() ?? "", peer.Asn ?? 0, peer.State, (int)peer.RoutesReceived)),
    ];

    private async Task<IReadOnlyList<(Prefix, string, string)>> VpnLearned(string gateway, CancellationToken ct) =>
    [
        .. (await _azure.LearnedRoutes(gateway, ct).ConfigureAwait(false))
            .Select(route => (route.Network, route.SourcePeer ?? "", route.Origin ?? "")),
    ];

    private async Task<IReadOnlyList<(Prefix, string, string)>> ErLearned(string gateway, CancellationToken ct) =>
    [
        .. (await _azure.LearnedRoutes(gateway, ct).ConfigureAwait(false))
            .Select(route => (route.Network, route.SourcePeer ?? "", string.Join('-', route.AsPath))),
    ];

    private async Task<IReadOnlyList<(Prefix, string)>> Edge(string circuit, CancellationToken ct) =>
    [
        .. (await _azure.CircuitRoutes(circuit, CircuitPort.Primary, ct).ConfigureAwait(false))
            .Select(route => (route.Network, string.Join(' ', route.AsPath))),
    ];

    private async Task<IReadOnlyList<TunnelSeen>> Tunnels(Known known, IReadOnlyDictionary<Prefix, Ipv4> outside,
        CancellationToken ct)
    {
        var vpn = known.Find(VpnConnection.Ref(design.VpnConnections[0]));
        var seen = new List<TunnelSeen>();
        foreach (var tunnel in design.Tunnels)
        {
            var address = outside.TryGetValue(tunnel.InsideCidr, out var found) ? found : (Ipv4?)null;
            var telemetry = vpn?.TelemetryOf(address);
            seen.Add(new()
            {
                Number = tunnel.Number,
                AwsStatus = telemetry?.Status,
                AwsMessage = telemetry?.Message,
                AcceptedRoutes = (int)(telemetry?.AcceptedRoutes ?? 0),
                AzureStatus = known.Find(GatewayConnection.Ref(tunnel))
                    ?.ConnectionStatus,
                NegotiatedSuite = vpn is null || address is null || telemetry?.Status != "UP" ? null
                    : await Ask(vpn.Id, id => Suite(id, address.Value, ct)).ConfigureAwait(false),
            });
        }
        return seen;
    }

    private async Task<string?> Suite(string vpnId, Ipv4 outside, CancellationToken ct)
    {
        var active = await aws.Ec2.GetActiveVpnTunnelStatus(vpnId, outside, ct).ConfigureAwait(false);
        return active is { Phase1Encryption: { } one, Phase1Integrity: { } integrity, Phase2Encryption: { } two }
            ? NegotiatedSuite.Text(one, integrity, (int)(active.Phase1DhGroup ?? 0), two,
                (int)(active.Phase2DhGroup ?? 0)) : null;
    }
}

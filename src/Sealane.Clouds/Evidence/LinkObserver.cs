using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// Gathers what <c>verify</c> and <c>trace</c> judge, through the APIs only and changing nothing: the walk reads the
/// network, and what the live checks ask about the link is picked out of what it read.
/// </summary>
public sealed class LinkObserver(
    AwsClients aws, ArmClient azure, MegaportClient megaport, TimeProvider clock, NetworkDesign design)
{
    /// <summary>Told after each answer: how many came, of how many questions so far.</summary>
    public Action<int, int>? Progress { get; init; }

    public async Task<(LinkObservation Observation, Evidence Evidence)> Observe(
        ResourceGraph graph, CancellationToken ct)
    {
        var at = clock.GetUtcNow();
        LinkSurvey survey;
        using (VirtualClock.Enter(clock))
        {
            survey = await LinkSurvey.Take(graph, ct).ConfigureAwait(false);
        }
        var evidence = await new LinkEvidence(aws, azure, megaport, clock) { Progress = Progress }
            .Gather(design, Roots.Of(design, survey.Known), at, ct).ConfigureAwait(false);
        evidence = evidence with
        {
            Silent = [.. evidence.Readings.Where(row => row.Answer == Answer.Silent).Select(row => row.Question.Cloud)
                .Concat(survey.Silent).Distinct().Order()],
        };
        using var turn = VirtualClock.Enter(clock);
        return (await Picked(graph, survey, evidence, ct).ConfigureAwait(false), evidence);
    }

    private async Task<LinkObservation> Picked(
        ResourceGraph graph, LinkSurvey survey, Evidence evidence, CancellationToken ct)
    {
        var (known, seen) = (survey.Known, evidence.Seen);
        var unread = survey.Unread.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var plan = Plan.Of(graph, known);
        var outside = design.VpnConnections
            .SelectMany(vpn => known.Find(VpnConnection.Ref(vpn))?.OutsideAddresses ?? new Dictionary<Prefix, Ipv4>())
            .ToDictionary();
        return new()
        {
            Design = design,
            Network = evidence.Network,
            Shown = evidence.Shown,
            ComingUp = MegaportPart.ComingUp(seen),
            Absent =
            [
                .. graph.Resources.Where(resource => known[resource.Id] is null && !unread.Contains(resource.Id))
                    .Select(resource => resource.Id),
            ],
            Drift = [.. plan.Steps.SelectMany(
                step => step.Change.Differences.Select(difference => (step.Id, difference)))],
            VpcPrefixes = Spaces(seen.Vpcs.Values.SelectMany(vpc => vpc.Vpc.Prefixes),
                [.. design.Vpcs.SelectMany(vpc => known.Find(Vpc.Ref(vpc))?.Prefixes ?? [])]),
            VnetPrefixes = Spaces(evidence.Network.Vnets.SelectMany(vnet => vnet.Prefixes),
                [.. design.Vnets.SelectMany(vnet => known.Find(Vnet.Ref(vnet))?.Prefixes ?? [])]),
            RoutedTables = known.Find(TransitGateway.Ref) is null
                || design.Vnets.Any(vnet => known.Find(Vnet.Ref(vnet)) is null) ? []
                : [.. design.Vpcs.Where(vpc => known.Find(Vpc.Ref(vpc)) is not null).SelectMany(vpc =>
                    ((VpcRoutes)graph[VpcRoutes.Ref(vpc).Id]).Derive(known).TableIds)],
            AwsEndpoints = design.Tunnels.Where(tunnel => outside.ContainsKey(tunnel.InsideCidr))
                .ToDictionary(tunnel => tunnel.Number, tunnel => outside[tunnel.InsideCidr]),
            AzureEndpoints = known.Find(VpnGateway.Ref)?.PrivateAddresses ?? [],
            TransitVifs =
            [
                .. from vxc in design.AwsVxcs
                   let vif = known.Find(TransitVif.Ref(vxc))?.Vif
                   where vif is not null
                   select (vxc.VifName, vif.VirtualInterfaceState ?? "unknown",
                       vif.BgpPeers is [var peer, ..] ? peer.BgpStatus ?? "unknown" : "unknown"),
            ],
            AllowedPrefixes = known.Find(DxAssociation.Ref) is { } association
                ? [.. association.AllowedPrefixes.Where(text => Prefix.TryParse(text, out _)).Select(Prefix.Parse)]
                    : null,
            McrRoutes = All(design.Routers, router => Of(seen.McrIp, Uid(known, router)) is { } rows ? IpRows(rows)
                : null),
            McrLearned = All(design.Routers, router => Of(seen.McrBgp, Uid(known, router)) is { } rows ? Learned(rows)
                : null),
            AdvertisedToAws = All(design.AwsVxcs, vxc => Advertised(seen, Uid(known, vxc.Router),
                vxc.AmazonAddress.Address))?.Distinct().ToList(),
            AdvertisedToAzure = All(design.AzureVxcs, vxc => Advertised(seen, Uid(known, vxc.Router),
                vxc.MicrosoftAddress))?.Distinct().ToList(),
            WorkloadRoutes = Rows(seen, design.Vpcs.Select(vpc => known.Find(VpcAttachment.Ref(vpc))?.Id),
                known.Find(WorkloadRouteTable.Ref)?.Id),
            TransportRoutes = Rows(seen, [known.Find(DxAssociation.Ref)?.AttachmentId],
                known.Find(TransportRouteTable.Ref)?.Id),
            Tunnels = await Tunnels(known, seen, outside, ct).ConfigureAwait(false),
            VpnGatewayPeers = Of(seen.GatewayPeers, known.Find(VpnGateway.Ref)?.Envelope.Id) is { } peers
                ? [.. peers.Select(row => (row.Neighbor?.ToString() ?? "", row.Asn ?? 0, row.State,
                    (int)row.RoutesReceived))] : null,
            VpnGatewayLearned = Of(seen.GatewayLearned, known.Find(VpnGateway.Ref)?.Envelope.Id) is { } vpn
                ? [.. vpn.Select(row => (row.Network, row.SourcePeer ?? "", row.Origin ?? ""))] : null,
            // IBgp rows are the VPN gateway's routes, told by one gateway of the VNet to the other; they are no
            // transport.
            ExpressRouteGatewayLearned = Of(
                seen.GatewayLearned, known.Find(ExpressRouteGateway.Ref)?.Envelope.Id) is { } er
                ? [.. er.Where(row => row.Origin != "IBgp")
                    .Select(row => (row.Network, row.SourcePeer ?? "", string.Join('-', row.AsPath)))] : null,
            MseeRoutes = All(design.AzureVxcs, vxc => known.Find(PrivatePeering.Ref(vxc.Circuit)) is null
                || known.Find(ExpressRouteCircuit.Ref(vxc.Circuit)) is not { } circuit ? null
                : Edge(seen, circuit.Envelope.Id, vxc.Port))?.Distinct().ToList(),
            Circuits =
            [
                .. design.Circuits.Select(circuit => new CircuitSeen(
                    circuit.Name, known.Find(ExpressRouteCircuit.Ref(circuit))?.ProviderState
                        ?? Unread(ExpressRouteCircuit.Ref(circuit)),
                    known.Find(PrivatePeering.Ref(circuit))?.Envelope.ProvisioningState
                        ?? Unread(PrivatePeering.Ref(circuit)),
                    known.Find(ExpressRouteConnection.Ref(circuit))?.Envelope.ProvisioningState
                        ?? Unread(ExpressRouteConnection.Ref(circuit)))),
            ],
        };

        string? Unread(ObjectRef of) => unread.Contains(of.Id) ? CircuitSeen.NotKnown : null;
    }

    private static IReadOnlyList<Prefix> Spaces(IEnumerable<Prefix> seen, IReadOnlyList<Prefix>? surveyed)
    {
        var read = seen.Distinct().Order().ToList();
        return read.Count > 0 ? read : surveyed ?? [];
    }

    private static TValue? Of<TValue>(IReadOnlyDictionary<string, TValue> found, string? id)
        where TValue : class => id is not null && found.TryGetValue(id, out var value) ? value : null;

    private static IEnumerable<(Prefix, string, string?)> IpRows(IReadOnlyList<McrIpRoute> rows) =>
        rows.Where(row => Prefix.TryParse(row.Prefix, out _))
            .Select(row => (Prefix.Parse(row.Prefix!), row.Protocol ?? "", row.NextHop?.Ip));

    /// <summary>Own routes, static ones among them, have an empty AS path; without a path nothing can be
    /// told.</summary>
    private static IReadOnlyList<(Prefix, string)>? Learned(IReadOnlyList<McrBgpRoute> rows) =>
        rows.Any(row => row.AsPath is null || !Prefix.TryParse(row.Prefix, out _)) ? null
        : [.. rows.Where(row => !string.IsNullOrWhiteSpace(row.AsPath))
            .Select(row => (Prefix.Parse(row.Prefix!), row.Source ?? ""))];

    private static string? Uid(Known known, RouterDesign router) => known.Find(Mcr.Ref(router))?.Uid;

    /// <summary>The rows of all parts' tables; null when one of the tables was not read.</summary>
    private static IReadOnlyList<TRow>? All<TPart, TRow>(
        IEnumerable<TPart> parts, Func<TPart, IEnumerable<TRow>?> rowsOf)
    {
        var tables = parts.Select(rowsOf).ToList();
        return tables.Any(table => table is null) ? null : [.. tables.SelectMany(table => table!)];
    }

    private static IReadOnlyList<Prefix>? Advertised(Seen seen, string? mcr, Ipv4 peer) =>
        mcr is not null && seen.Neighbours.TryGetValue((mcr, peer, RouteDirection.Advertised), out var rows)
            ? [.. rows.Where(row => Prefix.TryParse(row.Prefix, out _)).Select(row => Prefix.Parse(row.Prefix!))]
                : null;

    /// <summary>
    /// What the edge learned from the other end of the circuit. Rows that begin with Azure's own ASN are the VNet's and
    /// its peers'; a table with a row that cannot be read is not known.
    /// </summary>
    private static IReadOnlyList<(Prefix, string)>? Edge(Seen seen, string circuit, CircuitPort path) =>
        seen.Edge.TryGetValue((circuit.ToLowerInvariant(), AzureIds.PrivatePeeringName, path),
            out var rows) && rows.Unread.Count == 0
            ? [.. rows.Where(row => row.AsPath is not [AzurePart.GatewayAsn, ..])
                .Select(row => (row.Network, string.Join(' ', row.AsPath)))]
            : null;

    /// <summary>The tables that route what the attachments send, whether or not they are the one that is meant
    /// to; null where one of them was not read.</summary>
    private static IReadOnlyList<TransitGatewayRouteSeen>? Rows(
        Seen seen, IEnumerable<string?> attachments, string? meant)
    {
        var tables = seen.TransitGateways.Values.SelectMany(gateway => gateway.Tables ?? []).ToList();
        var used = attachments.Select(attachment => tables.Find(table => (table.Associations ?? [])
            .Any(row => row.AttachmentId == attachment && row.State == "associated"))
            ?? tables.Find(table => table.Id == meant)).Distinct().ToList();
        return used.Any(table => table?.Rows is null) ? null :
        [
            .. from table in used
               from route in table!.Rows!
               where Prefix.TryParse(route.Destination, out _)
               select new TransitGatewayRouteSeen(Prefix.Parse(route.Destination), route.State, route.Type,
                   [.. route.Attachments.Select(one => one.ResourceType).Distinct()]),
        ];
    }

    private async Task<IReadOnlyList<TunnelSeen>> Tunnels(
        Known known, Seen seen, IReadOnlyDictionary<Prefix, Ipv4> outside, CancellationToken ct)
    {
        var tunnels = new List<TunnelSeen>();
        foreach (var (part, tunnel) in design.VpnConnections.SelectMany(vpn => vpn.Tunnels.Select(each => (vpn, each))))
        {
            var vpn = known.Find(VpnConnection.Ref(part));
            vpn = vpn is not null && seen.VpnConnections.TryGetValue(vpn.Id, out var read) ? read : vpn;
            var address = outside.TryGetValue(tunnel.InsideCidr, out var found) ? found : (Ipv4?)null;
            var telemetry = vpn?.TelemetryOf(address);
            tunnels.Add(new()
            {
                Number = tunnel.Number,
                AwsStatus = telemetry?.Status,
                AwsMessage = telemetry?.Message,
                AcceptedRoutes = (int)(telemetry?.AcceptedRoutes ?? 0),
                AzureStatus = known.Find(GatewayConnection.Ref(tunnel))?.StatusAt(
                    known.Find(IPrivateEndpoint.VpnGateway)?.AddressOf(part.Instance)),
                NegotiatedSuite = vpn is null || address is null || telemetry?.Status != "UP" ? null
                    : await Suite(vpn.Id, address.Value, ct).ConfigureAwait(false),
            });
        }
        return tunnels;
    }

    /// <summary>What IKE agreed on; null where AWS does not tell, which the check says.</summary>
    private async Task<string?> Suite(string vpnId, Ipv4 outside, CancellationToken ct)
    {
        try
        {
            var active = await aws.Ec2.GetActiveVpnTunnelStatus(vpnId, outside, ct).ConfigureAwait(false);
            return active is { Phase1Encryption: { } one, Phase1Integrity: { } integrity, Phase2Encryption: { } two }
                ? NegotiatedSuite.Text(one, integrity, (int)(active.Phase1DhGroup ?? 0), two,
                    (int)(active.Phase2DhGroup ?? 0)) : null;
        }
        catch (CloudError)
        {
            return null;
        }
    }
}

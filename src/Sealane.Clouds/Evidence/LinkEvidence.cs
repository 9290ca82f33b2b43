using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>Where a walk starts: the protected networks, and what of the link is known by id already.</summary>
public sealed record Roots(
    IReadOnlyList<string> VpcIds, IReadOnlyList<string> VnetIds, IReadOnlyList<string> TransitGatewayIds,
    IReadOnlyList<string> DxGatewayIds, IReadOnlyList<string> McrUids, IReadOnlyList<string> CircuitIds)
{
    /// <summary>Of a link; what the survey did not see is reached from the networks.</summary>
    public static Roots Of(NetworkDesign design, Known known)
    {
        var ids = new AzureIds(design);
        return new(
            [.. design.Vpcs.Select(vpc => vpc.Id)], [.. design.Vnets.Select(ids.Vnet)],
            [.. Ids(known.Find(TransitGateway.Ref)?.Id ?? design.TransitGateway.ExistingId)],
            [.. Ids(known.Find(DxGateway.Ref)?.DirectConnectGatewayId ?? design.DxGateway.ExistingId)],
            [.. design.Routers.SelectMany(router => Ids(known.Find(Mcr.Ref(router))?.Uid ?? router.ExistingId))],
            [.. design.Circuits.SelectMany(circuit =>
                Ids(known.Find(ExpressRouteCircuit.Ref(circuit))?.Envelope.Id))]);
    }

    private static IEnumerable<string> Ids(string? id) => id is null ? [] : [id];
}

/// <summary>What a walk found: the network under the vendors' ids, the tables that the clouds show, and what was
/// read.</summary>
public sealed record Evidence(
    Routing.Network Network, IReadOnlyList<Routing.ShownTable> Shown, IReadOnlyList<Reading> Readings)
{
    /// <summary>When the reading began: what lags behind is judged from here.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Clouds that left a question without an answer: what they would have told is not in here.</summary>
    public IReadOnlyList<Cloud> Silent { get; init; } = [];

    internal Seen Seen { get; init; } = new();
}

/// <summary>Walks from the roots until nothing new is reached. Changes nothing, and depends on no resource of the
/// link.</summary>
public sealed class LinkEvidence(AwsClients aws, ArmClient azure, MegaportClient megaport, TimeProvider clock)
{
    /// <summary>Told after each answer: how many came, of how many questions so far.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>Kinds of reader that are left out, to see what each of them is worth.</summary>
    internal IReadOnlyCollection<string> Without { get; init; } = [];

    /// <param name="at">When the reading of the link began.</param>
    public async Task<Evidence> Gather(
        NetworkDesign design, Roots roots, DateTimeOffset at, CancellationToken ct)
    {
        var walk = new Walk(aws, azure, megaport, clock, ct, Progress)
        {
            Without = Without,
            Accounts = aws.All(design).ToDictionary(clients => clients.Account ?? design.Aws.Account),
        };
        foreach (var vpc in design.Vpcs)
        {
            walk.Reach(AllReaders.Vpc, vpc.Id, aws.Of(vpc));
        }
        Reach(AllReaders.Vpc, roots.VpcIds);
        Reach(AllReaders.Vnet, roots.VnetIds);
        Reach(AllReaders.TransitGateway, roots.TransitGatewayIds);
        foreach (var id in roots.DxGatewayIds)
        {
            walk.Reach(AllReaders.DxGateway, id, aws.Of(design.DxGateway));
        }
        Reach(AllReaders.Mcr, roots.McrUids);
        Reach(AllReaders.Circuit, roots.CircuitIds);
        await walk.Finish().ConfigureAwait(false);
        var readings = walk.Readings;
        return new(NetworkOf(walk.Seen, design, readings, at), ShownTables.Of(walk.Seen), readings)
        {
            At = at,
            Seen = walk.Seen,
        };

        void Reach(Reader reader, IReadOnlyList<string> ids)
        {
            foreach (var id in ids)
            {
                walk.Reach(reader, id);
            }
        }
    }

    private static Routing.Network NetworkOf(
        Seen seen, NetworkDesign design, IReadOnlyList<Reading> readings, DateTimeOffset at) => new()
        {
            Vpcs = AwsPart.Vpcs(seen),
            VirtualPrivateGateways = AwsPart.VirtualPrivateGateways(seen),
            VpcPeerings = AwsPart.VpcPeerings(seen),
            TransitGateways = TransitGatewayPart.Of(seen),
            DxGateways = AwsPart.DxGateways(seen),
            Mcrs = MegaportPart.Mcrs(seen),
            Circuits = AzurePart.Circuits(seen),
            ExpressRouteGateways = AzurePart.ExpressRouteGateways(seen),
            VpnGateways = AzurePart.VpnGateways(seen),
            RouteServers = AzurePart.RouteServers(seen),
            Vnets = AzurePart.Vnets(seen),
            Tunnels = TunnelPart.Of(seen, design),
            Holes = Holes.Of(seen, readings, at),
        };
}

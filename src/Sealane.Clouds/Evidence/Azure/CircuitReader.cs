using Sealane.Clouds.Azure;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Azure;

/// <summary>A circuit with every peering: both paths of Microsoft's edge, and whoever else may use it.</summary>
internal sealed class CircuitReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "GET expressRouteCircuits",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/expressRouteCircuits/read",
        Shows = "state, peerings, authorizations and Global Reach of a circuit",
        LeadsTo = "VXCs on the service key",
        Hides = "the peerings of the circuit",
    };

    private static readonly Question Edge = new()
    {
        Call = "POST peerings/routeTables",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/expressRouteCircuits/peerings/routeTables/action",
        Shows = "the table of Microsoft's edge on one path",
        Hides = "what the other end of the path announces to Azure",
    };

    public override string Kind => "ExpressRoute circuit";

    public override IReadOnlyList<Question> Questions => [Describe, Edge];

    public override async Task Read(Walk walk, string id)
    {
        // What leads here says that it is there: to an identity without rights in its subscription it seems absent.
        if (await walk.Keep(Describe, id, async ct => await walk.Azure.Get(id, ct).ConfigureAwait(false)
            ?? throw new CloudError(Cloud.Azure, Describe.Call, CloudErrorKind.Denied, 404, null,
                "it is not shown to this identity"), walk.Seen.Circuits, id)
            .ConfigureAwait(false) is not { } circuit)
        {
            return;
        }
        walk.Reach(AllReaders.CircuitKey, id);
        var peerings = circuit.Items("properties", "peerings")
            .Where(peering => !string.Equals(
                peering.Text("properties", "state"), "Disabled", StringComparison.OrdinalIgnoreCase))
            .Select(peering => peering.Text("name")).OfType<string>().ToList();
        await Task.WhenAll(from peering in peerings
                           from path in new[] { CircuitPort.Primary, CircuitPort.Secondary }
                           select ReadEdge(walk, id, peering, path)).ConfigureAwait(false);
    }

    private static async Task ReadEdge(Walk walk, string id, string peering, CircuitPort path)
    {
        var subject = $"{id}/peerings/{peering}/{(path == CircuitPort.Primary ? "primary" : "secondary")}";
        var probes = new AzureProbes(walk.Azure);
        if (await walk.Keep(Edge, subject, ct => probes.CircuitRoutes(id, peering, path, ct)!, walk.Seen.Edge,
            (id.ToLowerInvariant(), peering, path)).ConfigureAwait(false) is { Unread: [var odd, ..] })
        {
            walk.Doubt(Edge, subject, $"a row's network cannot be read: {odd}");
        }
    }
}

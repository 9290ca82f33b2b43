namespace Sealane.Core.Routing;

/// <summary>What one failure does to the flows.</summary>
/// <param name="Broken">Flows that are clear, exposed or down in it.</param>
public sealed record FailureProof(string Name, Verdict AwsToAzure, Verdict AzureToAws, IReadOnlyList<Flow> Broken);

/// <summary>What was proved. Names and numbers only: it turns into JSON as it is.</summary>
public sealed record ProofReport
{
    /// <summary>
    /// <see cref="Verdict.Clear"/> if any flow is clear now or in any failure, else <see cref="Verdict.Unknown"/> if
    /// any
    /// is; else the worst verdict as things are now.
    /// </summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What could not be looked into and counts: some flow, now or in a failure, may enter it, or it hides the
    /// tables that would tell.</summary>
    public required IReadOnlyList<Hole> Holes { get; init; }
    public required Redundancy Redundancy { get; init; }

    /// <summary>A packet would enter the MCR outside ESP, now or in a failure, even if it were dropped later.</summary>
    public required bool Exposed { get; init; }

    /// <summary>False: the network has no steady state, so nothing is proved.</summary>
    public required bool Converged { get; init; }
    public required IReadOnlyList<string> Flapping { get; init; }
    public required IReadOnlyList<Flow> Flows { get; init; }
    public required IReadOnlyList<FailureProof> Failures { get; init; }
    public required DirectionLocks AwsToAzure { get; init; }
    public required DirectionLocks AzureToAws { get; init; }

    /// <summary>Traces of the leaks, or of one flow a direction when there is none; a leak's failure is its
    /// key.</summary>
    public required IReadOnlyList<ProofTrace> Traces { get; init; }

    /// <summary>Tunnel outside addresses: what the transport may carry, and so not among the flows.</summary>
    public required IReadOnlyList<Ipv4> Excluded { get; init; }
}

/// <param name="Failure">Null: as things are now.</param>
public sealed record ProofTrace(string? Failure, Trace Trace);

/// <summary>
/// Judges every pair of protected prefixes in both directions, now and in every single failure, and counts the locks.
/// Assumptions and what the APIs cannot show: docs/proof.md.
/// </summary>
public static class Proof
{
    public static ProofReport Of(Network network, IReadOnlyList<Prefix> protectedAws,
        IReadOnlyList<Prefix> protectedAzure)
    {
        var prefixes = new Protected(protectedAws, protectedAzure);
        var space = new Flows(network, prefixes);
        var holes = HoleRules.Of(network).ToDictionary(hole => hole.Id, StringComparer.Ordinal);
        var tables = RoutingTables.Solve(network);
        var flows = space.Of(tables, holes);
        var traces = new List<ProofTrace>();
        AddTraces(traces, null, tables, flows);
        var failures = InFailures(tables, space, holes, traces);
        if (tables.Transport.Met != Undocumented.None && !flows.Exists(IsLeak)
            && !failures.Exists(failure => failure.Broken.Any(IsLeak)))
        {
            failures.AddRange(OtherReading(network, space, traces));
        }
        var locks = new LockCounter(network, prefixes);
        return new()
        {
            Verdict = Overall(tables, flows, failures),
            Exposed = flows.Any(flow => flow.Exposed)
                || failures.Any(failure => failure.Broken.Any(flow => flow.Exposed)),
            Holes = [.. holes.Values.OrderBy(hole => hole.Id, StringComparer.Ordinal)],
            Redundancy = Redundancy.Of(tables),
            Converged = tables.Converged,
            Flapping = tables.Flapping,
            Flows = flows,
            Failures = failures,
            AwsToAzure = locks.Of(FlowDirection.AwsToAzure),
            AzureToAws = locks.Of(FlowDirection.AzureToAws),
            Traces = traces,
            Excluded = [.. Routing.Flows.Endpoints(network).Order()],
        };
    }

    /// <summary>Every flow between protected prefixes as things are now, without failures and locks.</summary>
    /// <remarks>One solve and one look at every flow.</remarks>
    public static IReadOnlyList<Flow> Judge(Network network, IReadOnlyList<Prefix> protectedAws,
        IReadOnlyList<Prefix> protectedAzure) =>
        Judge(RoutingTables.Solve(network), protectedAws, protectedAzure);

    /// <summary>The same of a network that is solved already: cheap enough to ask after every change of a
    /// world.</summary>
    public static IReadOnlyList<Flow> Judge(RoutingTables tables, IReadOnlyList<Prefix> protectedAws,
        IReadOnlyList<Prefix> protectedAzure) =>
        new Flows(tables.Network, new(protectedAws, protectedAzure)).Of(tables, []);

    private static List<FailureProof> InFailures(
        RoutingTables now, Flows space, Dictionary<string, Hole> holes, List<ProofTrace> traces)
    {
        var proofs = new List<FailureProof>();
        foreach (var failure in Routing.Failures.Of(now.Network))
        {
            var failed = now.With(now.Network.Without(failure.Ids));
            var judged = space.Of(failed, holes);
            proofs.Add(Of(failure.Name, judged));
            if (judged.Any(IsLeak))
            {
                AddTraces(traces, failure.Name, failed, judged);
            }
        }
        return proofs;
    }

    // What nobody documents, read the way that leaks more, as things are and in each failure: only leaks count.
    private static IEnumerable<FailureProof> OtherReading(Network network, Flows space, List<ProofTrace> traces)
    {
        var turned = network with { Assume = Undocumented.All };
        var now = RoutingTables.Solve(turned);
        foreach (var failure in Routing.Failures.Of(turned).Prepend(new("", [])))
        {
            var tables = failure.Ids.IsEmpty ? now : now.With(turned.Without(failure.Ids));
            var leaks = space.Of(tables, []).FindAll(IsLeak);
            if (leaks.Count > 0)
            {
                var name = "undocumented behaviour, read the other way"
                    + (failure.Ids.IsEmpty ? "" : $", and {failure.Name}");
                AddTraces(traces, name, tables, leaks);
                yield return Of(name, leaks);
            }
        }
    }

    private static FailureProof Of(string name, List<Flow> judged) => new(
        name, Worst(judged, FlowDirection.AwsToAzure), Worst(judged, FlowDirection.AzureToAws),
        [.. judged.Where(flow => flow.Verdict >= Verdict.Down || flow.Exposed)]);

    private static Verdict Overall(RoutingTables tables, List<Flow> flows, List<FailureProof> failures)
    {
        foreach (var verdict in new[] { Verdict.Clear, Verdict.Unknown })
        {
            if (flows.Any(flow => flow.Verdict == verdict)
                || failures.Any(failure => failure.AwsToAzure == verdict || failure.AzureToAws == verdict))
            {
                return verdict;
            }
        }
        return !tables.Converged || flows.Count == 0 ? Verdict.Down : flows.Max(flow => flow.Verdict);
    }

    private static Verdict Worst(List<Flow> flows, FlowDirection direction) =>
        flows.Where(flow => flow.Direction == direction).Select(flow => flow.Verdict).DefaultIfEmpty(Verdict.Down)
            .Max();

    private static bool IsLeak(Flow flow) => flow.Verdict == Verdict.Clear || flow.Exposed;

    // The worst flow of each direction stands for the others.
    private static void AddTraces(List<ProofTrace> traces, string? failure, RoutingTables tables, List<Flow> flows)
    {
        foreach (var group in flows.GroupBy(flow => flow.Direction))
        {
            var worst = group.MaxBy(flow => (IsLeak(flow), flow.Verdict))!;
            traces.Add(new(failure, Tracer.Trace(tables, worst.Source, worst.Destination)));
        }
    }
}

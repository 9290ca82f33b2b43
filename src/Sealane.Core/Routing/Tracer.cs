namespace Sealane.Core.Routing;

/// <summary>Follows one packet and tells hop by hop which route decided.</summary>
public static class Tracer
{
    public static Trace Trace(RoutingTables tables, Ipv4 source, Ipv4 destination)
    {
        var outcome = new Walker(tables, record: true).From(source, destination);
        return new(source, destination, outcome.Verdict, outcome.Reason, outcome.Exposed,
            outcome.Hops.Count > 0 ? outcome.Hops[0] : null);
    }

    /// <summary>The verdict alone, without hops: fast enough for every pair in every failure.</summary>
    public static Verdict Judge(RoutingTables tables, Ipv4 source, Ipv4 destination) =>
        new Walker(tables, record: false).From(source, destination).Verdict;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Cli.Commands;

/// <summary>The way of one packet in the network as it was read, for the command line and for the service.</summary>
internal sealed record Tracing(Trace Trace, JsonObject Json, string Text)
{
    /// <param name="without">What is taken down first, by id.</param>
    /// <exception cref="UsageError">An address is none, or nothing that can fail has one of the ids.</exception>
    public static Tracing Of(Verification verified, string source, string destination, IReadOnlyList<string> without)
    {
        var (from, to) = (Address(source), Address(destination));
        var network = verified.Seen.Network;
        var known = Failures.Of(network).SelectMany(failure => failure.Ids).ToHashSet(StringComparer.Ordinal);
        if (without.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
        {
            throw new UsageError($"error: '{Plain.Line(unknown)}' is nothing that can fail here\n  fix: use one of "
                + $"{string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
        var trace = Tracer.Trace(RoutingTables.Solve(network.Without(without)), from, to);
        var excluded = verified.Proof.Excluded.Where(one => one == from || one == to).ToList();
        var json = JsonSerializer.SerializeToNode(trace, RoutingJson.Of<Trace>())!.AsObject();
        json.Insert(0, "formatVersion", 1);
        json["link"] = Words.Of(verified.Judgement.Word);
        json["excluded"] = excluded.Count > 0;
        return new(trace, json, ShortIds.In(TraceText.Of(trace)) + string.Concat(excluded.Select(endpoint =>
            $"{endpoint} is a tunnel's endpoint: the transport is to carry it, and verify leaves it out.\n")));
    }

    private static Ipv4 Address(string text) => Ipv4.TryParse(text, out var address) ? address
        : throw new UsageError($"error: '{Plain.Line(text)}' is not an IPv4 address");
}

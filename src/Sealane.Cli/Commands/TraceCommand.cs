using System.CommandLine;
using System.Text.Json;
using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane trace FILE SRC DST</c>: the way of one packet, hop by hop, with the rule that decided at
/// each.</summary>
internal static class TraceCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var source = new Argument<string>("SRC") { Description = "An address in the VPC or the VNet" };
        var destination = new Argument<string>("DST") { Description = "An address on the other side" };
        var without = new Option<string[]>("--without")
        {
            Description = "Take this down first: tunnel-1, a VXC's uid, "
            + "a VIF's id …",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true
        };
        var command = new Command("trace", "Follow one packet hop by hop, with the rule that decided at each");
        command.Arguments.Add(common.File);
        command.Arguments.Add(source);
        command.Arguments.Add(destination);
        command.Options.Add(without);
        common.AddOptionsTo(command);
        command.SetAction((parsed, ct) => Run(
            common.Read(parsed), parsed.GetRequiredValue(source), parsed.GetRequiredValue(destination),
            parsed.GetValue(without) ?? [], ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, string source, string destination, string[] without,
        CancellationToken ct)
    {
        var (from, to) = (Address(source), Address(destination));
        using var link = LinkSession.Open(options);
        var verified = (await Verifying.Once(link, ct).ConfigureAwait(false)).Verification;
        var seen = verified.Seen;
        var known = Failures.Of(seen.Network).SelectMany(failure => failure.Ids).ToHashSet(StringComparer.Ordinal);
        if (without.FirstOrDefault(id => !known.Contains(id)) is { } unknown)
        {
            throw new UsageError($"error: '{unknown}' is nothing that can fail here\n  fix: use one of "
                + $"{string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
        var trace = Tracer.Trace(RoutingTables.Solve(seen.Network.Without(without)), from, to);
        if (options.Format == "json")
        {
            var json = JsonSerializer.SerializeToNode(trace, RoutingJson.Of<Trace>())!.AsObject();
            json.Insert(0, "formatVersion", 1);
            json["link"] = Words.Of(verified.Judgement.Word);
            json["excluded"] = verified.Proof.Excluded.Any(one => one == from || one == to);
            Console.WriteLine(Json.Show(json));
        }
        else
        {
            Console.Write(ShortIds.In(TraceText.Of(trace)));
            foreach (var endpoint in verified.Proof.Excluded.Where(one => one == from || one == to))
            {
                Console.Out.Line($"{endpoint} is a tunnel's endpoint: the transport is to carry it, and verify "
                    + "leaves it "
                    + "out.");
            }
            // A packet is not the link: what is well on this way may leak on another.
            Console.Out.Line($"The link as a whole: {verified.Judgement.Text}. Why: {options.Again("verify")}");
        }
        return trace.Verdict is Verdict.Encrypted or Verdict.Local ? ExitCode.Done : ExitCode.No;
    }

    private static Ipv4 Address(string text) =>
        Ipv4.TryParse(text, out var address) ? address
            : throw new UsageError($"error: '{text}' is not an IPv4 address");
}

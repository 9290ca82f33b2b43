using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Cli.Served;
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
        command.Options.Add(common.Server);
        command.SetAction((parsed, ct) =>
        {
            var options = common.Read(parsed);
            var (from, to) = (parsed.GetRequiredValue(source), parsed.GetRequiredValue(destination));
            var down = parsed.GetValue(without) ?? [];
            return options.Server is not null ? ServedVerbs.Trace(options, from, to, down, ct)
                : Run(options, from, to, down, ct);
        });
        return command;
    }

    private static async Task<int> Run(LinkOptions options, string source, string destination, string[] without,
        CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        var verified = (await Verifying.Once(link, ct).ConfigureAwait(false)).Verification;
        var tracing = Tracing.Of(verified, source, destination, without);
        if (options.Format == "json")
        {
            Console.WriteLine(Json.Show(tracing.Json));
        }
        else
        {
            Console.Write(tracing.Text);
            // A packet is not the link: what is well on this way may leak on another.
            Console.Out.Line($"The link as a whole: {verified.Judgement.Text}. Why: {options.Again("verify")}");
        }
        return tracing.Trace.Verdict is Verdict.Encrypted or Verdict.Local ? ExitCode.Done : ExitCode.No;
    }
}

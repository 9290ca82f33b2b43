using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane verify FILE</c>: is it up, is it encrypted, and how many mistakes would open it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var command = new Command("verify",
            "Prove from what the clouds tell that the link is up and encrypted, now and in every single failure");
        common.AddTo(command);
        command.SetAction((parsed, ct) => Guard.Run(() => Run(common.Read(parsed), ct)));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        var seen = await Observe(link, ct).ConfigureAwait(false);
        var results = AllLiveChecks.List.Select(check => check.Run(seen)).ToList();
        var proof = Proof.Of(seen.Network, seen.VpcPrefixes, seen.VnetPrefixes);
        var verdict = Judge(seen, proof, results);
        if (options.Format == "json")
        {
            Console.WriteLine(VerifyReport.ToJson(link.Design.Name, verdict, proof, results)
                .ToJsonString(Json.Document));
        }
        else
        {
            VerifyReport.Write(Console.Out, link.Design.Name, verdict, proof, results);
        }
        return verdict == "encrypted" && results.All(result => result.Status != CheckStatus.Fail) ? ExitCode.Done
            : ExitCode.No;
    }

    public static async Task<LinkObservation> Observe(LinkSession link, CancellationToken ct)
    {
        await link.RequireAccount(ct).ConfigureAwait(false);
        var reach = link.Reach;
        var observer = new LinkObserver(reach.Aws, reach.Azure, reach.Megaport, link.Clock, link.Design);
        return (await observer.Observe(link.Graph, ct).ConfigureAwait(false)).Observation;
    }

    /// <summary>
    /// Clear beats all, also where the packet would cross the transport only to be dropped at its end; down is where a
    /// flow
    /// that the design connects does not arrive, or a tunnel does not stand.
    /// </summary>
    private static string Judge(LinkObservation seen, ProofReport proof, List<CheckResult> results)
    {
        if (proof.Verdict == Verdict.Clear || proof.Exposed)
        {
            return "clear";
        }
        var connected = proof.Flows.Where(flow =>
            seen.IsConnected(flow.Direction == FlowDirection.AwsToAzure ? flow.Source : flow.Destination)).ToList();
        return proof.Converged && connected.Count > 0 && connected.All(flow => flow.Verdict == Verdict.Encrypted)
            && !results.Any(result => result.Check.Id is "SL920" or "SL921" && result.Status == CheckStatus.Fail)
            ? "encrypted" : "down";
    }
}

using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
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
        command.SetAction((parsed, ct) => Run(common.Read(parsed), ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        var seen = await Observe(link, ct).ConfigureAwait(false);
        var results = AllLiveChecks.List.Select(check => check.Run(seen)).ToList();
        var proof = Proof.Of(seen.Network, seen.VpcPrefixes, seen.VnetPrefixes);
        var judgement = Judgement.Of(seen, proof, results);
        if (options.Format == "json")
        {
            Console.WriteLine(VerifyReport.ToJson(link.Design.Name, judgement, proof, results)
                .ToJsonString(Json.Document));
        }
        else
        {
            VerifyReport.Write(Console.Out, link.Design.Name, judgement, proof, results);
        }
        return judgement.IsGood() ? ExitCode.Done : ExitCode.No;
    }

    public static async Task<LinkObservation> Observe(LinkSession link, CancellationToken ct)
    {
        await link.RequireAccount(ct).ConfigureAwait(false);
        var reach = link.Reach;
        var observer = new LinkObserver(reach.Aws, reach.Azure, reach.Megaport, link.Clock, link.Design);
        return (await observer.Observe(link.Graph, ct).ConfigureAwait(false)).Observation;
    }
}

using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane plan FILE</c>: what would be done, in what order, how long it would take.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var exitCode = new Option<bool>("--exit-code") { Description = "Exit 1 when changes are pending" };
        var command = new Command("plan", "Show what apply would do; changes nothing");
        common.AddTo(command);
        command.Options.Add(common.Order);
        command.Options.Add(exitCode);
        command.SetAction((parsed, ct) => Run(common.Read(parsed), parsed.GetValue(exitCode), ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, bool exitCode, CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        if (!link.PassesChecks(Console.Error))
        {
            return ExitCode.No;
        }
        var known = await link.Survey(ct).ConfigureAwait(false);
        var plan = Plan.Of(link.Graph, known);
        if (!await link.IsOfTheseEnds(known, Console.Error, ct).ConfigureAwait(false))
        {
            return ExitCode.No;
        }
        // What apply would refuse to do is no plan.
        var ahead = await link.PassesAhead(plan, known, Console.Error, ct, acts: false)
            .ConfigureAwait(false);
        if (options.Format == "json")
        {
            await Console.Out.WriteLineAsync(Json.Show(PlanJson.Of(link.Design, plan)))
                .ConfigureAwait(false);
        }
        else
        {
            PlanText.Write(Console.Out, link.Design, plan, Ink.Output);
            PriceText.WriteTotals(Console.Out, PriceSheet.Of(
                BillOfMaterials.Of(link.Graph, link.Design, Traffic.None)));
            if (ahead is not null)
            {
                AheadText.WriteOrders(Console.Out, plan, ahead);
            }
            Consent.WriteBound(Console.Out, plan.Retired.Select(step => step.Resource), known, link.Clock.GetUtcNow());
            if (Consent.Wanted(link.Design, plan) is { Count: > 0 } wanted)
            {
                Console.Out.Line($"To do this apply must be told: {string.Join(" ", wanted)}");
            }
        }
        return ahead is null || plan.Refused.Any() || (exitCode && !plan.IsEmpty) ? ExitCode.No : ExitCode.Done;
    }
}

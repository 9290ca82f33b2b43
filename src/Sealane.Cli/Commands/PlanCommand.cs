using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Cli.Served;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane plan FILE</c>: what would be done, in what order, how long it would take.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json", "markdown");
        var exitCode = new Option<bool>("--exit-code") { Description = "Exit 1 when changes are pending" };
        var output = new Option<string?>("--out")
        {
            Description = "Keep the plan in this file, to be reviewed; apply FILE --plan carries it out while nothing "
                + "differs",
            HelpName = "PLAN",
        };
        var command = new Command("plan", "Show what apply would do; changes nothing");
        common.AddTo(command);
        command.Options.Add(common.Order);
        command.Options.Add(common.Book);
        command.Options.Add(common.Server);
        command.Options.Add(output);
        command.Options.Add(exitCode);
        command.SetAction((parsed, ct) =>
            common.Read(parsed) is { Server: not null } served ? ServedVerbs.Plan(served, ct)
            : Run(common.Read(parsed), parsed.GetValue(output), parsed.GetValue(exitCode), ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, string? output, bool exitCode, CancellationToken ct)
    {
        if (output is not null)
        {
            PlanFile.RequireOwn(output);
        }
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
        await link.Prices.Ask(plan, known, options.BookPrices, ct).ConfigureAwait(false);
        // What apply would refuse to do is no plan.
        var ahead = await link.PassesAhead(plan, known, Console.Error, ct, acts: false)
            .ConfigureAwait(false);
        await WorkAhead.Warn(link, plan, known, ct).ConfigureAwait(false);
        switch (options.Format)
        {
            case "json":
                var json = PlanJson.Of(link.Design, plan, link.Fights(plan));
                json["costs"] = PriceText.ToJson(link.Design.Name, link.Prices.Sheet);
                json["costsMore"] = PriceText.ToJson(link.Prices.Change);
                Console.WriteLine(Json.Show(json));
                break;
            case "markdown":
                PlanMarkdown.Write(Console.Out, link.Design, plan, link.Prices, KeysAtOnce.In(link, known));
                break;
            default:
                PlanText.Write(Console.Out, link.Design, plan, Ink.Output);
                FightText.Write(Console.Out, link, link.Fights(plan), known);
                PriceText.WriteTotals(Console.Out, link.Prices.Sheet);
                PriceText.WriteChange(Console.Out, plan, link.Prices.Change);
                if (ahead is not null)
                {
                    AheadText.WriteOrders(Console.Out, plan, ahead);
                }
                Consent.WriteBound(
                    Console.Out, plan.Retired.Select(step => step.Resource), known, link.Clock.GetUtcNow());
                if (Consent.Wanted(link.Design, plan, KeysAtOnce.In(link, known)) is { Count: > 0 } wanted)
                {
                    Console.Out.Line($"To do this apply must be told: {string.Join(" ", wanted)}");
                }
                if (KeysAtOnce.In(link, known))
                {
                    Console.Out.Line("To change the tunnels' keys one after the other instead, without an outage, "
                        + "there is sealane rotate.");
                }
                break;
        }
        if (ahead is null || plan.Refused.Any())
        {
            // What apply would refuse is not kept to be carried out.
            return ExitCode.No;
        }
        if (output is not null)
        {
            PlanFile.Write(output, PlanFile.Of(link, plan, known));
            if (options.Format == "text")
            {
                Console.Out.Line($"Kept in {output}. To carry it out within 24 hours: {options.Again("apply")} --plan "
                    + output);
            }
        }
        return exitCode && !plan.IsEmpty ? ExitCode.No : ExitCode.Done;
    }
}

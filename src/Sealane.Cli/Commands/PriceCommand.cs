using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Pricing;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane price FILE</c>: what the link costs a month, item by item: by the vendors' lists where they can
/// be reached, else by the built-in book.</summary>
internal static class PriceCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The spec, a YAML file (- reads standard input)" };
        var traffic = new Option<decimal>("--traffic-gb")
        {
            Description = "Payload a month in each direction, in GB; without it only what is billed anyway is counted",
            HelpName = "N",
        };
        var sandbox = new Option<string?>("--sandbox")
        {
            Description = "Ask the embedded clouds instead of the real ones; the world in DIR makes no difference",
            HelpName = "DIR",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var book = new CommonOptions("text").Book;
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json", "markdown");
        traffic.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && decimal.TryParse(token.Value, System.Globalization.CultureInfo.InvariantCulture, out var gb)
                    && gb < 0)
            {
                result.AddError("--traffic-gb takes a number that is not negative");
            }
        });
        var command = new Command("price",
            "Show what the link costs a month, item by item, with source and date")
        {
            file, traffic, sandbox, book, format,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var design = Designer.Design(SpecFile.Load(parsed.GetRequiredValue(file)));
            var gb = parsed.GetValue(traffic);
            List<PriceItem> bill = [.. BillOfMaterials.Of(AllResources.Offline(design), design, new(gb, gb))];
            var rehearses = parsed.GetResult(sandbox) is not null;
            if (parsed.GetValue(book) && rehearses)
            {
                throw new UsageError("error: with --book nobody is asked, the sandbox neither\n"
                    + "  fix: leave one of them out");
            }
            var sheet = parsed.GetValue(book) ? PriceSheet.Of(bill)
                : await PriceReach.Ask(design, bill, rehearses, ct).ConfigureAwait(false);
            switch (parsed.GetRequiredValue(format))
            {
                case "json":
                    Console.WriteLine(Json.Show(PriceText.ToJson(design.Name, sheet)));
                    break;
                case "markdown":
                    PriceText.WriteMarkdown(Console.Out, design.Name, sheet);
                    break;
                default:
                    PriceText.Write(Console.Out, design.Name, sheet);
                    break;
            }
            return ExitCode.Done;
        });
        return command;
    }
}

using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Pricing;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane price FILE</c>: what the link costs a month, item by item, from the built-in book.
/// Offline.</summary>
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
            "Show what the link costs a month, item by item, with source and date") { file, traffic, format };
        command.SetAction((parsed, _) =>
        {
            var design = Designer.Design(SpecFile.Load(parsed.GetRequiredValue(file)));
            var gb = parsed.GetValue(traffic);
            var sheet = PriceSheet.Of(BillOfMaterials.Of(AllResources.Offline(design), design, new(gb, gb)));
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
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}

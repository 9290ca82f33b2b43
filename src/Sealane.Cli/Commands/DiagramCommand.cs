using System.CommandLine;
using Sealane.Cli.Diagram;
using Sealane.Core.Design;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane diagram FILE</c>: the link as a picture, from its design. Offline.</summary>
internal static class DiagramCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The spec, a YAML file (- reads standard input)" };
        var format = new Option<string>("--format")
        {
            Description = "text, mermaid (for Markdown), dot (for Graphviz) or svg",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "mermaid", "dot", "svg");
        var command = new Command("diagram", "Draw the link: boxes, lines, addresses, ASNs and locks") { file, format };
        command.SetAction((parsed, _) =>
        {
            var picture = LinkPicture.Of(Designer.Design(SpecFile.Load(parsed.GetRequiredValue(file))));
            switch (parsed.GetRequiredValue(format))
            {
                case "svg":
                    PictureSvg.Write(Console.Out, picture);
                    break;
                case "mermaid":
                    Console.Out.Write(PictureText.Mermaid(picture));
                    break;
                case "dot":
                    Console.Out.Write(PictureText.Dot(picture));
                    break;
                default:
                    Console.Out.Write(PictureText.Plain(picture));
                    break;
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}

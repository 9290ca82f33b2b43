using System.CommandLine;
using Sealane.Cli.Diagram;
using Sealane.Core.Design;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane diagram FILE</c>: the link as a picture, from its design, offline; with <c>--live</c> as the
/// clouds tell it.</summary>
internal static class DiagramCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "mermaid", "dot", "svg");
        var live = new Option<bool>("--live")
        {
            Description = "Ask the clouds, and write the state of each object and the verdict into the picture",
        };
        var command = new Command("diagram", "Draw the link: boxes, lines, addresses, ASNs and locks");
        common.AddTo(command);
        command.Options.Add(live);
        command.SetAction((parsed, ct) => Run(common.Read(parsed), parsed.GetValue(live), ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, bool live, CancellationToken ct)
    {
        if (!live && options.SandboxDirectory is not null)
        {
            throw new UsageError("error: without --live a picture is of the design alone, and asks no cloud\n"
                + "  fix: add --live, or leave --sandbox out");
        }
        Draw(options.Format, live ? await Live(options, ct).ConfigureAwait(false)
            : LinkPicture.Of(Designer.Design(SpecFile.Load(options.File))));
        return ExitCode.Done;
    }

    private static async Task<LinkPicture> Live(LinkOptions options, CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        var known = await link.Survey(ct).ConfigureAwait(false);
        var verification = (await Verifying.Once(link, ct).ConfigureAwait(false)).Verification;
        return LivePicture.Of(link, known, verification);
    }

    private static void Draw(string format, LinkPicture picture)
    {
        switch (format)
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
    }
}

using System.CommandLine;
using Sealane.Cli.Diagram;
using Sealane.Cli.Explain;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

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
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var resource in link.Graph.Resources)
        {
            if (known[resource.Id] is { } seen)
            {
                states[resource.Id] = Plain.Line(seen.State);
            }
        }
        foreach (var tunnel in verification.Seen.Tunnels)
        {
            states[LinkPicture.TunnelOf(tunnel.Number)] = Plain.Line(
                $"AWS {tunnel.AwsStatus ?? "does not tell"}, Azure {tunnel.AzureStatus ?? "does not tell"}");
        }
        var differs = Plan.Of(link.Graph, known).Steps
            .Where(step => step.Resource.Closes != Locks.None && step.Action != StepAction.Keep).ToList();
        return LinkPicture.Of(link.Design).Seen(
            Words.Of(verification.Judgement.Word), link.Clock.GetUtcNow(), states,
            (wire, letter) => differs.Exists(step => (step.Resource.Closes & LockOf(letter)) != 0
                && IsOn(step.Id, wire.Resource)));
    }

    private static Locks LockOf(string letter) =>
        LockStories.All.Single(story => story.Id == $"lock-{letter}").Lock;

    // An MCR has lists towards either cloud, and each VXC's session has its filters.
    private static bool IsOn(string resource, string line) =>
        !resource.StartsWith("megaport/", StringComparison.Ordinal)
        || resource.Replace("-filters", "-vxc", StringComparison.Ordinal) == line
        || (!resource.Contains("-filters", StringComparison.Ordinal) && resource.Split('-')[0] == line.Split('-')[0]);

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

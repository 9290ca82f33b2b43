using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;
using Spectre.Console;

namespace Sealane.Cli.Commands;

/// <summary>What apply and destroy have in common: asking, showing, being interrupted.</summary>
internal static class Runs
{
    /// <summary>Whether the user agrees. Without a terminal and without <c>--yes</c> the answer is a refusal.</summary>
    public static bool Confirm(bool yes, string question)
    {
        if (yes)
        {
            return true;
        }
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            throw new UsageError("error: this is not a terminal, so nobody can be asked; add --yes to go on without "
                + "asking");
        }
        Console.Write($"{question} Only 'yes' is accepted: ");
        if (Console.ReadLine()?.Trim() == "yes")
        {
            return true;
        }
        Console.WriteLine("Nothing was done.");
        return false;
    }

    /// <summary>Runs with a live view on a terminal, lines in a pipe, JSON lines when asked.</summary>
    public static async Task<RunReport> Show(
        LinkSession link, string title, IReadOnlyList<Resource> resources, IEventSink recorder,
        Func<IEventSink, CancellationToken, Task<RunReport>> run,
        string doneWord = "ready", IReadOnlySet<string>? awaited = null)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            // The first signal ends the run in good order; the second one is the system's own.
            if (!stop.IsCancellationRequested)
            {
                signal.Cancel = true;
                stop.Cancel();
            }
        }

        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        if (link.Options.Format == "jsonl")
        {
            return await run(new RunTime(new Both(recorder, new JsonLines(Console.Out)), link.Clock), stop.Token)
                .ConfigureAwait(false);
        }
        if (Console.IsOutputRedirected || Terminals.IsDumb || link.Options.PlainProgress)
        {
            var lines = new PlainLines(Console.Out, link.Clock.GetUtcNow(), awaited);
            return await run(new RunTime(new Both(recorder, lines), link.Clock), stop.Token).ConfigureAwait(false);
        }
        var board = new RunBoard(link.Graph, resources);
        var screen = new LiveScreen(board, title, doneWord, link.Clock.GetUtcNow());
        link.Reach.HushWaits();
        return await new LiveView(AnsiConsole.Console, screen, () => link.Reach.Waiting)
            .Follow(Task.Run(() => run(new RunTime(new Both(recorder, board), link.Clock), stop.Token)))
            .ConfigureAwait(false);
    }

    public static int Code(RunReport report) => report.Result switch
    {
        RunResult.Done => ExitCode.Done,
        RunResult.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.Cloud,
    };

    public static void WriteFailures(RunReport report)
    {
        foreach (var failure in report.Failures)
        {
            Console.Error.WriteLine($"error: {failure.Id}: {failure.Reason}");
        }
    }

    public static JsonObject Calls(LinkSession link) => new()
    {
        ["megaport"] = link.Calls.Of(Cloud.Megaport),
        ["aws"] = link.Calls.Of(Cloud.Aws),
        ["azure"] = link.Calls.Of(Cloud.Azure),
    };

    private sealed class Both(IEventSink one, IEventSink two) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            one.Emit(happened);
            two.Emit(happened);
        }
    }
}

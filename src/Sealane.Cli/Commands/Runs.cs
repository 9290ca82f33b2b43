using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core;
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

    /// <summary>The answer is no: says why, and the way out.</summary>
    public static int Refuse(string what, string wayOut)
    {
        Console.Error.Line($"error: {what}");
        Console.Error.Line($"  fix: {wayOut}");
        return ExitCode.No;
    }

    /// <summary>Runs with a live view on a terminal, lines in a pipe, JSON lines when asked.</summary>
    public static async Task<RunReport> Show(
        LinkSession link, string title, ResourceGraph graph, IReadOnlyList<Resource> resources, IEventSink recorder,
        Func<IEventSink, CancellationToken, Task<RunReport>> run,
        string doneWord = "ready", IReadOnlySet<string>? awaited = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(link.Disk.Stop);
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
        using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            // Nobody reads any more; what would be written to a terminal that is gone must not end the run.
            FallSilent();
            signal.Cancel = true;
            stop.Cancel();
        });
        Task<RunReport> Run(IEventSink shown) =>
            run(new RunTime(new Both(new Both(link.Receipts, link.Repairs),
                new Both(recorder, new Lasting(shown, link.Disk))), link.Clock),
                stop.Token);
        if (link.Options.Format == "jsonl")
        {
            return await Run(new JsonLines(Console.Out)).ConfigureAwait(false);
        }
        if (Console.IsOutputRedirected || Terminals.IsDumb || link.Options.PlainProgress)
        {
            return await Run(new PlainLines(Console.Out, link.Clock.GetUtcNow(), awaited)).ConfigureAwait(false);
        }
        var board = new RunBoard(graph, resources);
        var screen = new LiveScreen(board, title, doneWord, link.Clock.GetUtcNow());
        link.Reach.HushWaits();
        var running = Task.Run(() => Run(board));
        try
        {
            return await new LiveView(AnsiConsole.Console,
                (width, height, ended) => screen.Draw(width, height, ended, link.Reach.Waiting)).Follow(running)
                .ConfigureAwait(false);
        }
        catch (IOException) when (!running.IsFaulted)
        {
            // The terminal went away without a word.
            FallSilent();
            await stop.CancelAsync().ConfigureAwait(false);
            return await running.ConfigureAwait(false);
        }
    }

    /// <summary>What went wrong, how to go on, and what the shell is told.</summary>
    public static int End(LinkSession link, RunReport report, string verb)
    {
        WriteFailures(report);
        if (link.Disk.First is { } trouble)
        {
            Console.Error.Line($"error: {trouble}");
            Console.Error.Line($"  fix: make room there or make it writable, then go on with: "
                + $"{link.Options.Again(verb)}");
            return ExitCode.Cloud;
        }
        return Code(report);
    }

    private static void FallSilent()
    {
        Console.SetOut(TextWriter.Null);
        Console.SetError(TextWriter.Null);
    }

    private static int Code(RunReport report) => report.Result switch
    {
        RunResult.Done => ExitCode.Done,
        RunResult.Interrupted => ExitCode.Interrupted,
        _ => ExitCode.Cloud,
    };

    private static void WriteFailures(RunReport report)
    {
        foreach (var failure in report.Failures)
        {
            Console.Error.WriteLine(Plain.Lines($"error: {failure.Id}: {failure.Reason}"));
        }
    }

    public static JsonObject Calls(LinkSession link) => new()
    {
        ["megaport"] = link.Calls.Of(Cloud.Megaport),
        ["aws"] = link.Calls.Of(Cloud.Aws),
        ["azure"] = link.Calls.Of(Cloud.Azure),
    };

    /// <summary>Output that can no longer be written (a full disk behind a redirection) ends the run in
    /// order.</summary>
    private sealed class Lasting(IEventSink inner, DiskTrouble disk) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            try
            {
                inner.Emit(happened);
            }
            catch (IOException error)
            {
                disk.Report("the standard output", error);
                Console.SetOut(TextWriter.Null);
            }
        }
    }

    private sealed class Both(IEventSink one, IEventSink two) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            one.Emit(happened);
            two.Emit(happened);
        }
    }
}

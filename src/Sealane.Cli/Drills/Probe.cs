using System.Diagnostics;

namespace Sealane.Cli.Drills;

/// <summary>A command of the user's that succeeds when a packet arrives, such as <c>ping -c1 -W1 10.2.1.10</c>: run
/// every second while an element is down.</summary>
internal sealed class Probe(string command)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    public Probing Start() => new(Once);

    /// <summary>Whether it succeeds; what does not end has not.</summary>
    public async Task<bool> Once(CancellationToken stop)
    {
        using var process = Process.Start(OperatingSystem.IsWindows()
            ? Quiet("cmd.exe", "/c", command) : Quiet("/bin/sh", "-c", command))!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(Longest);
        try
        {
            // What it says is nobody's; read, so that it never waits for a reader.
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(late.Token),
                process.StandardError.ReadToEndAsync(late.Token), process.WaitForExitAsync(late.Token))
                .ConfigureAwait(false);
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static ProcessStartInfo Quiet(string program, params string[] arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>Longest time during which no probe succeeded: from the last success before to the first one
    /// after.</summary>
    /// <param name="probes">In the order of their time: when each began and ended, and whether it succeeded.</param>
    public static TimeSpan LossOf(IReadOnlyList<(TimeSpan Began, TimeSpan Ended, bool Arrived)> probes)
    {
        var (longest, since, failing) = (TimeSpan.Zero, TimeSpan.Zero, false);
        foreach (var (began, ended, arrived) in probes)
        {
            since = arrived || failing ? since : began;
            failing = !arrived;
            longest = failing && ended - since > longest ? ended - since : longest;
        }
        return longest;
    }

    /// <summary>Probes under way.</summary>
    internal sealed class Probing : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly List<(TimeSpan Began, TimeSpan Ended, bool Arrived)> _probes = [];
        private readonly Lock _gate = new();
        private readonly Task _running;

        public Probing(Func<CancellationToken, Task<bool>> once)
        {
            _running = Task.Run(() => Run(once, _stop.Token));
        }

        /// <summary>So far.</summary>
        public TimeSpan Loss()
        {
            lock (_gate)
            {
                return LossOf(_probes);
            }
        }

        /// <summary>For how long no probe has succeeded by now; null: the last one did.</summary>
        public TimeSpan? Failing()
        {
            lock (_gate)
            {
                var last = _probes.FindLastIndex(probe => probe.Arrived);
                return last == _probes.Count - 1 ? null : _probes[^1].Ended - _probes[last + 1].Began;
            }
        }

        public void Dispose()
        {
            _stop.Cancel();
            try
            {
                _running.Wait();
            }
            catch (AggregateException)
            {
                // It was told to stop.
            }
            _stop.Dispose();
        }

        private async Task Run(Func<CancellationToken, Task<bool>> once, CancellationToken stop)
        {
            var from = Stopwatch.StartNew();
            while (true)
            {
                var began = from.Elapsed;
                var arrived = await once(stop).ConfigureAwait(false);
                lock (_gate)
                {
                    _probes.Add((began, from.Elapsed, arrived));
                }
                await Task.Delay(Every, stop).ConfigureAwait(false);
            }
        }
    }
}

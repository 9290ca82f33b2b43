namespace Sealane.Cli.Output;

/// <summary>
/// Tells on the error stream what a silent command is waiting for: on a terminal one line that is drawn again and
/// wiped, in a pipe a line now and then.
/// </summary>
internal sealed class WaitLines : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>In a log, where every line stays.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);

    private readonly Func<string?> _waiting;
    private readonly TextWriter _output;
    private readonly bool _terminal;
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private bool _shown;
    private bool _quiet;
    private long? _told;

    public WaitLines(Func<string?> waiting, TextWriter output, bool terminal, TimeProvider clock)
    {
        (_waiting, _output, _terminal, _clock) = (waiting, output, terminal, clock);
        _timer = clock.CreateTimer(_ => Tell(), null, Look, Look);
    }

    /// <summary>While somebody else tells it: the live view has a line of its own.</summary>
    public void Hush()
    {
        lock (_gate)
        {
            Wipe();
            _quiet = true;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            Wipe();
            _quiet = true;
        }
    }

    internal void Tell()
    {
        lock (_gate)
        {
            if (_quiet)
            {
                return;
            }
            if (_waiting() is not { } line)
            {
                Wipe();
                _told = null;
            }
            else if (_terminal)
            {
                _output.Write($"\r\e[K{Columns.Fit(line, Columns.Width - 1).TrimEnd()}");
                _shown = true;
            }
            else if (_told is not { } told || _clock.GetElapsedTime(told) >= Again)
            {
                _told = _clock.GetTimestamp();
                _output.WriteLine(line);
            }
        }
    }

    private void Wipe()
    {
        if (_shown)
        {
            _output.Write("\r\e[K");
            _shown = false;
        }
    }
}

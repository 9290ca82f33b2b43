namespace Sealane.Cli;

/// <summary>
/// The first file of a run that could not be written: a full disk, a file system gone read-only. The run then begins
/// nothing
/// more and ends in order, because what it cannot write down it cannot protect.
/// </summary>
internal sealed class DiskTrouble : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private string? _first;

    /// <summary>Asks the run to stop.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>What could not be written and why; null while all goes well.</summary>
    public string? First => _first;

    public static bool Is(Exception error) => error is IOException or UnauthorizedAccessException;

    public void Report(string what, Exception error)
    {
        if (Interlocked.CompareExchange(ref _first, $"{what} cannot be written: {error.Message}", null) is null)
        {
            _stop.Cancel();
        }
    }

    public void Dispose() => _stop.Dispose();
}

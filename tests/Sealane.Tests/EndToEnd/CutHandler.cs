namespace Sealane.Tests.EndToEnd;

/// <summary>How a run is cut short.</summary>
public enum Cut
{
    /// <summary>Ctrl-C while the call is under way: the run ends in good order.</summary>
    Stop,

    /// <summary>The process dies just before the call goes out.</summary>
    DeathBefore,

    /// <summary>The process dies while the cloud carries the call out.</summary>
    DeathAfter,
}

/// <summary>The process of a cut run is no more; whatever still runs in it ends with this.</summary>
internal sealed class ProcessDied : Exception;

/// <summary>Counts the calls of a run and cuts it at one of them.</summary>
/// <param name="writes">Count the calls that can change something, and no others.</param>
/// <param name="counts">Count these calls, and no others.</param>
internal sealed class CutHandler(
    HttpMessageHandler inner, Cut cut, int at, bool writes = false, Func<HttpRequestMessage, bool>? counts = null)
    : DelegatingHandler(inner)
{
    private readonly CancellationTokenSource _stop = new();
    private int _calls;
    private bool _dead;

    public int Calls => _calls;

    /// <summary>The process has died: whatever the run still says is not heard.</summary>
    public bool IsDead => _dead;

    /// <summary>Asks the run to stop.</summary>
    public CancellationToken Stopped => _stop.Token;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var one = counts?.Invoke(request) ?? (!writes
            || (request.Options.TryGetValue(Sealane.Clouds.Http.CallOptions.Writes, out var changes) && changes));
        var call = one ? Interlocked.Increment(ref _calls) : 0;
        if (one && call == at)
        {
            if (cut == Cut.Stop)
            {
                await _stop.CancelAsync();
            }
            _dead = cut != Cut.Stop;
            if (cut == Cut.DeathAfter)
            {
                using var unread = await base.SendAsync(request, cancellationToken);
            }
        }
        return _dead ? throw new ProcessDied() : await base.SendAsync(request, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
        base.Dispose(disposing);
    }
}

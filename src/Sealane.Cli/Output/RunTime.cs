using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>
/// Dates events by the time that the run's own clock has measured. A client of a served sandbox keeps real dates while
/// its
/// waits are shorter; what a person reads is the time that passed for the clouds.
/// </summary>
internal sealed class RunTime(IEventSink readers, TimeProvider clock) : IEventSink
{
    private readonly DateTimeOffset _start = clock.GetUtcNow();
    private readonly long _begun = clock.GetTimestamp();

    public void Emit(EngineEvent happened) =>
        readers.Emit(happened with { At = _start + clock.GetElapsedTime(_begun) });
}

namespace Sealane.Service.Links;

/// <summary>
/// Rings when something was written down, so that whoever shows it need not ask all the time. It carries nothing: the
/// records are read again, so a ring that was missed costs a pause and no news.
/// </summary>
internal sealed class Bell
{
    /// <summary>After so long whoever waits looks by himself.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private TaskCompletionSource _next = New();

    /// <summary>To be taken before the records are read, and awaited after it.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Released once when it was rung here since, however often: for whoever passes that on.</summary>
    public SemaphoreSlim Rung { get; } = new(0, 1);

    public void Ring()
    {
        RingHere();
        try
        {
            if (Rung.CurrentCount == 0)
            {
                Rung.Release();
            }
        }
        catch (SemaphoreFullException)
        {
            // Somebody else rang at the same moment.
        }
    }

    /// <summary>Of what was written down elsewhere.</summary>
    public void RingHere() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    public static async Task Wait(Task next, CancellationToken ct)
    {
        try
        {
            await next.WaitAsync(Longest, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

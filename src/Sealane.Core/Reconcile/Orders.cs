namespace Sealane.Core.Reconcile;

/// <summary>
/// What stands between a run and its next order: the claim, what an earlier run may have ordered, and a refusal after
/// which nothing more is paid for.
/// </summary>
/// <param name="listLag">The longest of all that can be ordered.</param>
internal sealed class Orders(IClaim claim, TimeProvider clock, Intents journal, TimeSpan listLag) : IDisposable
{
    private readonly CancellationTokenSource _refused = new();
    private readonly Lock _gate = new();
    private readonly long _start = clock.GetTimestamp();
    private Task<ClaimTaken>? _taken;
    private string? _refusal;

    /// <summary>The first refusal that no repetition will change; null while there is none.</summary>
    public string? Refusal => _refusal;

    /// <summary>Ends the preparation of a paid order: look-ups and validations before it can take their
    /// time.</summary>
    public CancellationToken Refused => _refused.Token;

    /// <summary>Once a run, for all of its steps.</summary>
    public Task<ClaimTaken> Claim(CancellationToken ct)
    {
        lock (_gate)
        {
            return _taken ??= claim.Take(ct);
        }
    }

    /// <summary>How long to go on looking for an object that an earlier run may have ordered; zero where none can
    /// have.</summary>
    public async Task<TimeSpan> LookFor(Resource resource, CancellationToken ct)
    {
        var taken = await Claim(ct).ConfigureAwait(false);
        if (taken == ClaimTaken.Fresh && !journal.Open.ContainsKey(resource.Id))
        {
            return TimeSpan.Zero;
        }
        return Left(resource.CreateLag);
    }

    /// <summary>
    /// Until no list can leave out anything that was ordered: by this run, or by the one that left its claim behind, of
    /// whose orders the claim alone may know.
    /// </summary>
    public TimeSpan Young
    {
        get
        {
            var (seen, before) = (journal.Young(), IsLeft ? Left(listLag) : TimeSpan.Zero);
            return seen > before ? seen : before;
        }
    }

    private bool IsLeft => _taken is { IsCompletedSuccessfully: true, Result: ClaimTaken.Left };

    /// <summary>Whatever an earlier run ordered, it ordered before this one began.</summary>
    private TimeSpan Left(TimeSpan lag)
    {
        var left = lag - clock.GetElapsedTime(_start);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Whether an earlier run may have ordered something that no list shows yet.</summary>
    public async Task<bool> MayBeUnlisted(bool begins, CancellationToken ct) =>
        journal.Open.Count > 0
        || (begins ? await Claim(ct).ConfigureAwait(false) == ClaimTaken.Left
            : await claim.IsLeft(ct).ConfigureAwait(false));

    /// <summary>Busy, throttled or uncertain calls may yet succeed; the others will be refused again.</summary>
    public void Note(StepFailed failure)
    {
        if (failure.Error?.Kind is CloudErrorKind.Invalid or CloudErrorKind.Denied or CloudErrorKind.Quota
            or CloudErrorKind.AwaitsApproval or CloudErrorKind.Doubtful)
        {
            Interlocked.CompareExchange(ref _refusal, failure.Id, null);
            _refused.Cancel();
        }
    }

    /// <summary>Lets go of the claim, unless a list may yet leave out something that was ordered: the journal can be
    /// lost, and other machines have none.</summary>
    public async Task Close()
    {
        journal.Close();
        if (_taken is { IsCompletedSuccessfully: true } && Young <= TimeSpan.Zero && !journal.MayBeUnlisted)
        {
            await claim.Release(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public void Dispose() => _refused.Dispose();
}

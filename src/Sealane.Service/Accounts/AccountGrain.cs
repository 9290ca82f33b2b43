using System.Security.Cryptography;
using Orleans.Concurrency;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Service.Records;

namespace Sealane.Service.Accounts;

/// <summary>One cloud account for all links and silos: what its lists show, and how many calls it has left. Its name is
/// as <see cref="LinkAccounts"/> says.</summary>
internal interface IAccountGrain : IGrainWithStringKey
{
    /// <returns>How long to wait before so many calls are made.</returns>
    /// <param name="waits">Whether the caller waits for calls that others have taken already, as a look does.</param>
    Task<TimeSpan> Take(int calls, bool waits);

    /// <summary>The vendor said that there were too many calls.</summary>
    /// <param name="after">When it takes calls again; null: it did not say.</param>
    Task PutOff(TimeSpan? after);

    /// <param name="link">Of the fleet; the account is read with its credentials.</param>
    /// <param name="most">The age up to which a listing that was read before will do.</param>
    Task<Listed> Listed(string link, string[] marks, TimeSpan most);
}

/// <summary>Keeps nothing that matters: when its silo is gone, the next who asks makes it anew, and it reads.</summary>
[Reentrant]
internal sealed class AccountGrain : Grain, IAccountGrain
{
    private readonly Store _store;
    private readonly AccountFigures _figures;

    // The listing's own calls come out of the same budget.
    private readonly AllAccounts _accounts;
    private readonly ILogger _log;
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);
    private readonly AccountBudget _budget;
    private readonly SharedListing _listing;
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private string _link = "";

    // Of ways to the cloud that were closed since.
    private int _calls;
    private (LinkAccounts Accounts, CloudReach Reach)? _open;

    public AccountGrain(Store store, AccountFigures figures, AllAccounts accounts, ILogger<AccountGrain> log)
    {
        (_store, _figures, _accounts, _log) = (store, figures, accounts, log);
        Name = this.GetPrimaryKeyString();
        _budget = new(CallRate.Of(Name), TimeProvider.System);
        _listing = new(Read, TimeProvider.System);
        figures.Kept[Name] = new(() => _listing.Reads, () => _budget.PutOffs, () => _calls + Calls);
    }

    private string Name { get; }
    private int Calls => _open is { } open ? Enum.GetValues<Cloud>().Sum(open.Reach.Calls.Of) : 0;

    public Task<TimeSpan> Take(int calls, bool waits) => Task.FromResult(_budget.Take(calls, waits));

    public Task PutOff(TimeSpan? after)
    {
        _budget.PutOff(after);
        return Task.CompletedTask;
    }

    public Task<Listed> Listed(string link, string[] marks, TimeSpan most)
    {
        _link = link;
        return _listing.Of(marks, most, CancellationToken.None);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _figures.Kept.TryRemove(Name, out _);
        Close();
        return Task.CompletedTask;
    }

    private async Task<ListingIndex> Read(CancellationToken ct)
    {
        var (accounts, reach) = _open ??= Open(_link);
        try
        {
            return await new ListingReader(reach, accounts, Name)
            {
                Refused = (operation, error) =>
                {
                    if (_refused.Add(operation))
                    {
                        Log.NotListed(_log, Name, operation, Plain.Line(error.Message));
                    }
                },
            }.Read(_secret, ct).ConfigureAwait(true);
        }
        catch (Exception error)
        {
            Log.NotRead(_log, Name, Plain.Line(error.Message));
            // The next reading may be with another link's credentials.
            Close();
            throw;
        }
    }

    private (LinkAccounts Accounts, CloudReach Reach) Open(string link)
    {
        var spec = _store.Link(link) is { } row ? _store.Spec(link, row.Version) : null;
        var read = spec is null ? null : SpecReader.Read(spec.File, spec.Text).Spec;
        if (spec is null || read is null)
        {
            throw new UsageError($"error: {link} is no link of the fleet now");
        }
        var design = Designer.Design(read);
        var accounts = new LinkAccounts(design);
        var reach = CloudReach.Open(new()
        {
            File = spec.File,
            Spec = read,
            Paced = near => new PacedCalls(near, accounts, _accounts, isRun: true),
        }, design, writer: false, keyless: true);
        reach.HushWaits();
        return (accounts, reach);
    }

    private void Close()
    {
        if (_open is { } open)
        {
            _calls += Calls;
            _open = null;
            open.Reach.Dispose();
        }
    }
}

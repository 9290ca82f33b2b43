using Sealane.Cli;
using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Service.Accounts;
using Sealane.Tests.EndToEnd;
using Sealane.Tests.Evidence;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Service.Accounts;

/// <summary>Many links of the same accounts, that share their listings: here each is the guide's link, looked at as by
/// somebody else. Time passes when the test says so.</summary>
internal sealed class ListedLinks : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    private readonly Link _link;
    private readonly LinkAccounts _accounts;
    private readonly Dictionary<string, SharedListing> _listings;

    private ListedLinks(Link link)
    {
        _link = link;
        Session = LinkSession.Open(new() { File = link.Spec, SandboxDirectory = link.Sandbox, Verb = "watch" });
        _accounts = new(Session.Design);
        _listings = _accounts.All.ToDictionary(account => account, account => new SharedListing(
            ct => new ListingReader(Session.Reach, _accounts, account)
            {
                Refused = (operation, error) => throw new InvalidOperationException($"{operation}: {error.Message}"),
            }.Read([1], ct), Clock));
    }

    public static async Task<ListedLinks> Sydney() => new(await Sight.Sydney());

    public HandClock Clock { get; } = new();
    public LinkSession Session { get; }
    public SandboxWorld World => Session.Reach.InProcess!.World;

    public int Calls => Enum.GetValues<Cloud>().Sum(Session.Calls.Of);
    public int Reads => _listings.Values.Sum(listing => listing.Reads);

    /// <param name="lie">In the place of an account's answer.</param>
    /// <param name="turn">Which object it looks at first.</param>
    public (ListedLook Look, LinkUnderWatch Link) New(AskListing? lie = null, int turn = 0)
    {
        var link = new LinkUnderWatch(Session);
        return (new(Session, link, _accounts, lie ?? Ask, Interval / 4, Clock, turn), link);
    }

    public async Task<Listed?> Ask(string account, string[] marks, TimeSpan most) =>
        await _listings[account].Of(marks, most, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Session.Dispose();
        _link.Dispose();
    }
}

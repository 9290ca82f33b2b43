using System.Text.Json.Nodes;
using Sealane.Cli;
using Sealane.Cli.Watch;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;
using Sealane.Service.Accounts;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Service.Accounts;

public sealed class SharedListingTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    private readonly HandClock _clock = new();

    [Fact]
    public async Task One_reads_and_whoever_asks_meanwhile_gets_the_same()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listing = new SharedListing(async _ =>
        {
            await gate.Task;
            return Index("""{"id": "one", "state": "up"}""");
        }, _clock);
        var asked = Enumerable.Range(0, 10).Select(_ => listing.Of(["one", "two"], Most, Stop)).ToList();
        gate.SetResult();
        var answers = await Task.WhenAll(asked);
        Assert.Equal(1, listing.Reads);
        Assert.All(answers, answer => Assert.Equal(answers[0].Digests, answer.Digests));
        Assert.NotEqual(0UL, answers[0].Digests[0]);
        Assert.Equal(0UL, answers[0].Digests[1]);
    }

    /// <summary>Its age is counted from before its first question, and whoever wants a younger one gets one.</summary>
    [Fact]
    public async Task A_listing_never_looks_younger_than_it_is()
    {
        var listing = new SharedListing(_ =>
        {
            _clock.Move(TimeSpan.FromSeconds(7));
            return Task.FromResult(Index("{}"));
        }, _clock);
        Assert.Equal(TimeSpan.FromSeconds(7), (await listing.Of([], Most, Stop)).Age);
        _clock.Move(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(27), (await listing.Of([], Most, Stop)).Age);
        Assert.Equal(1, listing.Reads);
        Assert.Equal(TimeSpan.FromSeconds(7), (await listing.Of([], TimeSpan.FromSeconds(26), Stop)).Age);
        Assert.Equal(2, listing.Reads);
        _clock.Move(Most);
        Assert.Equal(TimeSpan.FromSeconds(37), (await listing.Of([], TimeSpan.MaxValue, Stop)).Age);
        await listing.Of([], TimeSpan.Zero, Stop);
        Assert.Equal(3, listing.Reads);
    }

    [Fact]
    public async Task A_cloud_that_is_unwell_is_not_asked_by_everybody()
    {
        var listing = new SharedListing(_ => throw new CloudError(
            Cloud.Aws, "ec2:DescribeVpcs", CloudErrorKind.Unavailable, 503, null, "unwell"), _clock);
        Assert.Contains("unwell", (await listing.Of([], Most, Stop)).Trouble);
        Assert.NotNull((await listing.Of([], Most, Stop)).Trouble);
        Assert.Equal(1, listing.Reads);
        _clock.Move(Most * 2);
        await listing.Of([], Most, Stop);
        Assert.Equal(2, listing.Reads);
    }

    /// <summary>By all together, and not by each: a sweep of many links would stand still behind a slow list.</summary>
    [Fact]
    public async Task A_reading_that_takes_long_is_waited_for_once()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var listing = new SharedListing(async _ =>
        {
            await gate.Task;
            return Index("{}");
        }, _clock);
        var first = listing.Of([], Most, Stop);
        _clock.Move(SharedListing.Patience);
        Assert.NotNull((await listing.Of([], Most, Stop).WaitAsync(SharedListing.Patience / 2, Stop)).Trouble);
        gate.SetResult();
        Assert.Null((await first).Trouble);
        Assert.Null((await listing.Of([], Most, Stop)).Trouble);
        Assert.Equal(1, listing.Reads);
    }

    [Fact]
    public void A_digest_changes_with_what_is_said_and_not_with_its_order()
    {
        var one = Index("""{"id": "a", "tags": [{"key": "x"}, {"key": "y"}], "n": 1}""", """{"of": "a"}""");
        var turned = Index("""{"of": "a"}""", """{"n": 1, "tags": [{"key": "y"}, {"key": "x"}], "id": "a"}""");
        Assert.Equal(one.Of("a"), turned.Of("A"));
        foreach (var other in new[]
        {
            """{"id": "a", "tags": [{"key": "x"}, {"key": "y"}], "n": 2}""",
            """{"id": "a", "tags": [{"key": "x"}], "n": 1}""", """{"id": "b", "tags": ["a"], "n": 1}""",
        })
        {
            Assert.NotEqual(one.Of("a"), Index(other, """{"of": "a"}""").Of("a"));
        }
        Assert.NotEqual(one.Of("a"), Index("""{"id": "a", "tags": [{"key": "x"}, {"key": "y"}], "n": 1}""").Of("a"));
        // Counts of free addresses change all day.
        Assert.Equal(Index("""{"id": "a", "availableIpAddressCount": 5}""").Of("a"),
            Index("""{"id": "a", "availableIpAddressCount": 6}""").Of("a"));
    }

    /// <summary>What was as it should be in an old listing was so when that was read: the next look comes
    /// sooner.</summary>
    [Fact]
    public async Task A_look_that_rests_on_an_old_listing_is_followed_sooner()
    {
        var link = new Aged();
        await new Watcher(link, new(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1), 0),
            new([], TimeSpan.FromMinutes(6), false), new(1), _ => { }).Run(Stop);
        Assert.Equal([TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(90)],
            link.At.Zip(link.At.Skip(1), (one, next) => next - one).Take(3));
    }

    private static ListingIndex Index(params string[] entries)
    {
        var index = new ListingIndex([1, 2, 3]);
        foreach (var entry in entries)
        {
            index.Add(JsonNode.Parse(entry)!);
        }
        return index;
    }

    /// <summary>Rests on a listing that was read half a minute before each look.</summary>
    private sealed class Aged : IWatched
    {
        private readonly VirtualClock _clock = new(Worlds.Morning);
        private readonly BulkLook _look = new(new Dictionary<string, ObjectLook>(), []);

        public List<DateTimeOffset> At { get; } = [];
        public string Name => "aged";
        public TimeProvider Clock => _clock;
        public CallCount Calls { get; } = new();

        public Task<BulkLook> Bulk(CancellationToken ct) => Glance(ct);

        public Task<BulkLook> Glance(CancellationToken ct)
        {
            At.Add(_clock.GetUtcNow());
            return Task.FromResult(_look with { Age = TimeSpan.FromSeconds(30) });
        }

        public Task<Verified> Full(CancellationToken ct) => throw new CloudError(
            Cloud.Aws, "GetCallerIdentity", CloudErrorKind.Unavailable, 503, null, "unwell");

        public Task<Announcements> Announced(CancellationToken ct) => Task.FromResult(Announcements.None);
    }
}

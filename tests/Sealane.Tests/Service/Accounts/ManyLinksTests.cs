using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Service.Accounts;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Service.Accounts;

/// <summary>Ten thousand links of ten accounts, simulated: no cloud is asked and nothing is kept of the links; it is
/// the listings that grow. SEALANE_LONG=1, and by itself: what others keep would count.</summary>
public sealed class ManyLinksTests
{
    private const int Accounts = 10;
    private const int Entries = 25;

    [Fact]
    public async Task What_a_listing_takes_grows_with_its_links_and_no_faster()
    {
        if (Environment.GetEnvironmentVariable("SEALANE_LONG") is not { Length: > 0 })
        {
            return;
        }
        var bytes = new List<double>();
        foreach (var links in new[] { 100, 1_000, 10_000 })
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var start = Stopwatch.GetTimestamp();
            var listings = Enumerable.Range(0, Accounts).Select(account => new SharedListing(
                _ => Task.FromResult(Listing(account, links / Accounts)), new HandClock())).ToList();
            for (var link = 0; link < links; link++)
            {
                var said = await listings[link % Accounts].Of(Marks(link % Accounts, link / Accounts),
                    TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                Assert.DoesNotContain(0UL, said.Digests);
            }
            var took = Stopwatch.GetElapsedTime(start);
            bytes.Add((double)(GC.GetTotalMemory(forceFullCollection: true) - before) / links);
            Assert.All(listings, listing => Assert.Equal(1, listing.Reads));
            Counts.Say(string.Create(CultureInfo.InvariantCulture, $"{links} links of {Accounts} accounts, simulated: "
                + $"listed and asked once each in {took.TotalMilliseconds / links:0.00} ms a link, "
                + $"{bytes[^1] / 1000:0.0} kB a link kept"));
            GC.KeepAlive(listings);
        }
        // A table doubles when it is full.
        Assert.True(bytes[^1] < bytes[0] * 2.5, string.Join(' ', bytes));
    }

    private static string[] Marks(int account, int link) =>
        [.. Enumerable.Range(0, Entries).Select(entry => $"id-{account}-{link}-{entry}")];

    private static ListingIndex Listing(int account, int links)
    {
        var index = new ListingIndex([1]);
        for (var link = 0; link < links; link++)
        {
            foreach (var id in Marks(account, link))
            {
                // About as many members as the vendors' have, a third of them the link's own.
                var entry = new JsonObject { ["id"] = id, ["name"] = $"link-{account}-{link}" };
                for (var member = 0; member < 28; member++)
                {
                    entry[$"member{member}"] = member % 3 == 0 ? $"{id}/{member}" : $"value {member}";
                }
                index.Add(entry);
            }
        }
        return index;
    }
}

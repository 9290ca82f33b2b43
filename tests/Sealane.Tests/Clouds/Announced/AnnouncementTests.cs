using Sealane.Clouds.Announced;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Megaport;
using Sealane.Core.Reconcile;
using Sealane.Tests.Clouds.Megaport;

namespace Sealane.Tests.Clouds.Announced;

/// <summary>What the clouds announce, as it is read: whose it is, when, and what was not told.</summary>
public sealed class AnnouncementTests
{
    private const string Maintenance = "GET /ens/v1/status/maintenance?state=";
    private const string Outages = "GET /ens/v1/status/outage?state=Ongoing";

    private static readonly DateTimeOffset Now = new(2026, 1, 4, 0, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_client_asks_and_reads_as_published()
    {
        var (work, fault) = (Contract.Read("list-maintenance"), Contract.Read("list-outages"));
        using var fake = new FakeMegaport().On(Maintenance + "Scheduled", 200, work.ReplyBody)
            .On(Outages, 200, fault.ReplyBody);
        var planned = Assert.Single(await fake.Client.Maintenance("Scheduled", TestContext.Current.CancellationToken));
        work.IsSaidBy(fake.Calls.Last());
        Assert.Equal(("CSS-1234", "Scheduled", "2026-01-04T05:00:00.000Z", "Planned"),
            (planned.EventId, planned.State, planned.EndTime, planned.EventType));
        Assert.Equal(["5d0c3f1e", "0746e9a3"], planned.Services);
        var broken = Assert.Single(await fake.Client.Outages("Ongoing", TestContext.Current.CancellationToken));
        fault.IsSaidBy(fake.Calls.Last());
        Assert.Equal(("CSS-1235", "Something broke"), (broken.EventId, broken.Purpose));
    }

    [Fact]
    public async Task What_names_no_object_of_the_link_is_somebody_elses()
    {
        var one = await Read(Event("CSS-1", "Scheduled", "5d0c3f1e"), Event("CSS-2", "Scheduled", "0746e9a3"),
            // Shorter than an event ever writes it: it could be anybody's.
            Event("CSS-3", "Scheduled", "5d0c3f"), ("Scheduled", """{"eventId":"CSS-4","services":[]}"""));
        Assert.Equal("CSS-1", Assert.Single(one.All).Id);
        Assert.Equal(("megaport/mcr", FakeMegaport.Mcr),
            one.All[0].Touches.Select(each => (each.ObjectId, each.CloudId)).Single());
        Assert.Equal((new(2026, 1, 4, 1, 0, 0, TimeSpan.Zero), new(2026, 1, 4, 5, 0, 0, TimeSpan.Zero)),
            (one.All[0].Begins!.Value, one.All[0].Ends!.Value));
        Assert.Empty(one.Untold);
    }

    [Fact]
    public async Task An_event_that_moves_on_between_two_questions_is_one_in_its_later_state()
    {
        var one = await Read(Event("CSS-1", "Scheduled", "5d0c3f1e"), Event("CSS-1", "Running", "5d0c3f1e"));
        Assert.Equal("Running", Assert.Single(one.All).State);
    }

    [Theory]
    [InlineData("""{"eventId":"CSS-1","state":"Scheduled"}""", "which services")]
    [InlineData("""{"state":"Scheduled","services":["5d0c3f1e"]}""", "which one it is")]
    public async Task What_an_event_leaves_out_is_not_known_and_not_nothing(string json, string says)
    {
        var told = await Read(("Scheduled", json));
        Assert.Empty(told.All);
        Assert.Contains(says, Assert.Single(told.Untold).Why);
        // All other rows were read: what is no more among them is over.
        Assert.Empty(told.After(await Read(Event("CSS-2", "Running", "5d0c3f1e"))).All);
    }

    [Fact]
    public async Task A_cloud_that_does_not_answer_is_named_and_what_was_known_of_it_stays()
    {
        using var fake = new FakeMegaport().On(Maintenance + "Scheduled", 403, """{"message":"no"}""");
        var told = await Of(fake);
        var untold = Assert.Single(told.Untold);
        Assert.Equal((Cloud.Megaport, Answer.Refused), (untold.Cloud, untold.Answer));
        var before = await Read(Event("CSS-1", "Scheduled", "5d0c3f1e"));
        Assert.Equal("CSS-1", Assert.Single(told.After(before).All).Id);
        Assert.Empty((await Read()).After(before).All);
    }

    /// <summary>Half an hour before one that lasts from 1 to 5 o'clock.</summary>
    [Theory]
    [InlineData("Scheduled", "01:00", "05:00", 0, true)]
    [InlineData("Scheduled", "02:00", "05:00", 0, false)]
    [InlineData("Scheduled", "02:00", "05:00", 60, true)]
    [InlineData("Scheduled", "00:00", "00:20", 0, false)]
    [InlineData("Scheduled", null, "05:00", 0, true)]
    [InlineData("Scheduled", "00:00", null, 0, true)]
    // It lasts until the cloud says otherwise.
    [InlineData("Running", "00:00", "00:20", 0, true)]
    [InlineData("Cancelled", "00:00", "05:00", 0, false)]
    public void It_counts_from_an_hour_before_its_time_until_it_is_over(
        string state, string? begins, string? ends, int minutes, bool counts) => Assert.Equal(counts,
        new Announcement(Cloud.Megaport, false, "CSS-1", state, At(begins), At(ends), [], [])
            .MayCutBetween(Now, Now + TimeSpan.FromMinutes(minutes)));

    /// <summary>Which words AWS writes is not documented: one that is not known is no all-clear.</summary>
    [Theory]
    [InlineData("none", null, false)]
    [InlineData("No", null, false)]
    [InlineData("available", null, true)]
    [InlineData("Scheduled", "05:00", true)]
    [InlineData(null, "05:00", true)]
    [InlineData(null, null, null)]
    public void A_replacement_is_pending_unless_aws_says_there_is_none(string? word, string? after, bool? pending) =>
        Assert.Equal(pending, new TunnelMaintenance(word, At(after), null).IsPending);

    private static DateTimeOffset? At(string? clock) =>
        clock is null ? null : DateTimeOffset.Parse($"2026-01-04T{clock}:00Z", null);

    private static (string State, string Json) Event(string id, string state, string service) => (state,
        $$"""{"eventId":"{{id}}","state":"{{state}}","startTime":"2026-01-04T01:00:00.000Z","""
            + $$""" "endTime":"2026-01-04T05:00:00.000Z","services":["{{service}}"]}""");

    private static async Task<Announcements> Read(params (string State, string Json)[] events)
    {
        using var fake = new FakeMegaport();
        foreach (var state in new[] { "Scheduled", "Running", "Cancelled" })
        {
            fake.Data(Maintenance + state, $"[{string.Join(',', events.Where(one => one.State == state)
                .Select(one => one.Json))}]");
        }
        fake.Data(Outages, "[]");
        return await Of(fake);
    }

    /// <summary>Of a link with an MCR and nothing else yet.</summary>
    private static async Task<Announcements> Of(FakeMegaport fake)
    {
        var design = Link.Design();
        var known = new Known();
        known.Set("megaport/mcr", fake.The<Mcr>(design).Seen(Link.Mcr));
        var aws = new AwsClients(new(fake.Clock, fake), AwsCredentialSource.Given("AKIDEXAMPLE", new("secret")),
            new() { Region = "us-east-1", ConnectionRegion = "us-east-1" });
        return await new AnnouncementReader(design, aws, fake.Client)
            .Read(new(known, []), TestContext.Current.CancellationToken);
    }
}

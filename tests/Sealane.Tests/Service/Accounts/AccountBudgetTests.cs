using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Service.Accounts;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Service.Accounts;

/// <summary>The calls that all links of an account have together.</summary>
public sealed class AccountBudgetTests(ServedFleet fleet) : IClassFixture<ServedFleet>
{
    private readonly HandClock _clock = new();

    /// <summary>By the grain of a running service: what the vendor told one link, another one of the account heeds.
    /// One of another account does not.</summary>
    [Fact]
    public async Task When_a_cloud_puts_one_link_off_the_others_of_its_account_hold_back()
    {
        var grains = fleet.App.Services.GetRequiredService<IGrainFactory>();
        var (one, other, elsewhere) = (Link("one", "111122223333"), Link("other", "111122223333"),
            Link("third", "999900001111"));
        await Call(one, HttpStatusCode.TooManyRequests);
        var start = Stopwatch.GetTimestamp();
        await Call(elsewhere, HttpStatusCode.OK);
        var free = Stopwatch.GetElapsedTime(start);
        await Task.WhenAll(Call(one, HttpStatusCode.OK), Call(other, HttpStatusCode.OK));
        var held = Stopwatch.GetElapsedTime(start);
        Assert.True(held >= TimeSpan.FromSeconds(1.5) && free < TimeSpan.FromSeconds(1.5), $"{held}, {free}");

        LinkAccounts Link(string name, string account) => new(Designer.Design(SpecReader.Read("s.yaml", ServedFleet
            .Spec.Replace("name: sydney", $"name: {name}").Replace("111122223333", account)).Spec!));

        async Task Call(LinkAccounts link, HttpStatusCode answer)
        {
            using var client = new HttpClient(new PacedCalls(new Answers(answer), link,
                name => grains.GetGrain<IAccountGrain>(name), isRun: false));
            using var request = new HttpRequestMessage(HttpMethod.Post, "https://ec2.ap-southeast-2.amazonaws.com/");
            request.Options.Set(CallOptions.Cloud, Cloud.Aws);
            request.Headers.TryAddWithoutValidation("Authorization",
                "AWS4-HMAC-SHA256 Credential=AKID/20260101/ap-southeast-2/ec2/aws4_request, SignedHeaders=host");
            using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(answer, reply.StatusCode);
        }
    }

    [Fact]
    public void Looks_wait_for_what_others_took_and_runs_do_not()
    {
        var budget = new AccountBudget(new(50, 10), _clock);
        Assert.Equal(TimeSpan.Zero, budget.Take(50, waits: true));
        Assert.Equal(TimeSpan.FromSeconds(2), budget.Take(20, waits: true));
        Assert.Equal(TimeSpan.Zero, budget.Take(10, waits: false));
        Assert.Equal(TimeSpan.FromSeconds(4), budget.Take(10, waits: true));
        _clock.Move(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, budget.Take(50, waits: true));
        Assert.Equal(TimeSpan.FromSeconds(1), budget.Take(10, waits: true));
        // What a look took and did not need.
        Assert.Equal(TimeSpan.Zero, budget.Take(-10, waits: false));
        Assert.Equal(TimeSpan.FromSeconds(1), budget.Take(10, waits: true));
    }

    [Fact]
    public void A_hold_lasts_as_long_as_the_vendor_says_or_doubles()
    {
        var budget = new AccountBudget(null, _clock);
        Assert.Equal(TimeSpan.Zero, budget.Take(10_000, waits: true));
        budget.PutOff(TimeSpan.FromSeconds(30));
        Assert.Equal(TimeSpan.FromSeconds(30), budget.Take(1, waits: false));
        // A shorter word does not shorten it.
        budget.PutOff(TimeSpan.FromSeconds(1));
        _clock.Move(TimeSpan.FromSeconds(29));
        Assert.Equal(TimeSpan.FromSeconds(1), budget.Take(1, waits: false));
        _clock.Move(TimeSpan.FromHours(1));
        foreach (var seconds in new[] { 2, 4, 8, 16, 32, 60, 60 })
        {
            budget.PutOff(null);
            budget.PutOff(null);
            Assert.Equal(TimeSpan.FromSeconds(seconds), budget.Take(1, waits: false));
            _clock.Move(TimeSpan.FromSeconds(seconds));
            Assert.Equal(TimeSpan.Zero, budget.Take(1, waits: false));
        }
    }

    [Theory]
    [InlineData("aws/111122223333/ap-southeast-2/ec2", true)]
    [InlineData("azure/00000000-1111-2222-3333-444444444444", true)]
    [InlineData("megaport/0123456789ab/api.megaport.com", true)]
    [InlineData("megaport/0123456789ab@127.0.0.1:9000", false)]
    [InlineData("aws/111122223333/ap-southeast-2/sts", false)]
    public void A_vendors_numbers_are_for_the_vendors_addresses(string account, bool known) =>
        Assert.Equal(known, CallRate.Of(account) is not null);

    private sealed class Answers(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var reply = new HttpResponseMessage(status);
            if (status == HttpStatusCode.TooManyRequests)
            {
                reply.Headers.RetryAfter = new(TimeSpan.FromSeconds(2));
            }
            return Task.FromResult(reply);
        }
    }
}

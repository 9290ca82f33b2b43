using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sealane.Clouds.Aws;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Service.Accounts;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Service.Accounts;

/// <summary>The calls that all links of an account have together.</summary>
public sealed class AccountBudgetTests(ServedFleet fleet) : IClassFixture<ServedFleet>
{
    private readonly HandClock _clock = new();

    /// <summary>By the grain of a running service: what the vendor told one link, another one of the account heeds.
    /// One of another account does not. What means too many is what the client says: Direct Connect has a text for it,
    /// with a status that says nothing.</summary>
    [Theory]
    [InlineData("ec2", HttpStatusCode.ServiceUnavailable,
        "<Response><Errors><Error><Code>RequestLimitExceeded</Code><Message>no</Message></Error></Errors></Response>")]
    [InlineData("directconnect", HttpStatusCode.BadRequest,
        """{"__type": "DirectConnectClientException", "message": "Rate exceeded"}""")]
    public async Task When_a_cloud_puts_one_link_off_the_others_of_its_account_hold_back(
        string service, HttpStatusCode status, string said)
    {
        var accounts = fleet.App.Services.GetRequiredService<AllAccounts>();
        var (own, foreign) = service == "ec2" ? ("111122223333", "999900001111") : ("222233334444", "999900002222");
        var start = Stopwatch.GetTimestamp();
        var told = Call(own, new(status, said));
        while (await accounts.Take($"aws/{own}/ap-southeast-2/{service}", 0, waits: false) == TimeSpan.Zero)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        await Call(foreign, new(HttpStatusCode.OK, ""));
        var free = Stopwatch.GetElapsedTime(start);
        await Call(own, new(HttpStatusCode.OK, ""));
        var held = Stopwatch.GetElapsedTime(start);
        Assert.True(held >= TimeSpan.FromSeconds(1.5) && free < TimeSpan.FromSeconds(1.5), $"{held}, {free}");
        await told;

        async Task Call(string account, Answers answers)
        {
            var link = new LinkAccounts(Designer.Design(SpecReader.Read("s.yaml", ServedFleet.Spec
                .Replace("111122223333", account)).Spec!));
            using var paced = new PacedCalls(answers, link, accounts, isRun: false);
            var clients = new AwsClients(new(TimeProvider.System, paced), AwsCredentialSource.Given("AKID", new("s")),
                new() { Region = "ap-southeast-2", ConnectionRegion = "ap-southeast-2" });
            var stop = TestContext.Current.CancellationToken;
            if (service == "ec2")
            {
                await clients.Ec2.All("DescribeVpcs", "vpcSet", stop);
            }
            else
            {
                await clients.DirectConnect.All("DescribeConnections", "connections", stop);
            }
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

    /// <summary>Links of other silos are told how old the listing is that they rest on, and their next look comes
    /// sooner by it.</summary>
    [Fact]
    public void What_a_listing_says_passes_whole_from_silo_to_silo()
    {
        var serializer = fleet.App.Services.GetRequiredService<Orleans.Serialization.Serializer>();
        var said = new Listed([1, 2], TimeSpan.FromSeconds(27), ["GET product"], null);
        var heard = serializer.Deserialize<Listed>(serializer.SerializeToArray(said));
        Assert.Equal((said.Age, said.Trouble), (heard!.Age, heard.Trouble));
        Assert.Equal(said.Digests, heard.Digests);
        Assert.Equal(said.Shown, heard.Shown);
    }

    [Theory]
    [InlineData("aws/111122223333/ap-southeast-2/ec2", true)]
    [InlineData("azure/00000000-1111-2222-3333-444444444444", true)]
    [InlineData("megaport/0123456789ab/api.megaport.com", true)]
    [InlineData("megaport/0123456789ab@127.0.0.1:9000", false)]
    [InlineData("aws/111122223333/ap-southeast-2/sts", false)]
    public void A_vendors_numbers_are_for_the_vendors_addresses(string account, bool known) =>
        Assert.Equal(known, CallRate.Of(account) is not null);

    /// <summary>Says something once, and then that there is nothing.</summary>
    private sealed class Answers(HttpStatusCode status, string said) : HttpMessageHandler
    {
        private int _asked;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var first = status != HttpStatusCode.OK && _asked++ == 0;
            var isEc2 = request.RequestUri!.Host.StartsWith("ec2", StringComparison.Ordinal);
            var reply = new HttpResponseMessage(first ? status : HttpStatusCode.OK)
            {
                Content = new StringContent(first ? said
                    : isEc2 ? "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>" : """{"connections": []}"""),
            };
            if (first)
            {
                reply.Headers.RetryAfter = new(TimeSpan.FromSeconds(2));
            }
            return Task.FromResult(reply);
        }
    }
}

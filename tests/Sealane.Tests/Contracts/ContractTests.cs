using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Replay;
using Rehearsal = Sealane.Cli.Rehearsal;

namespace Sealane.Tests.Contracts;

/// <summary>
/// The contract files used a second and a third time: what Sealane sends in a whole life of a link is what the files
/// say,
/// and the sandbox answers as they say. (The first time, the clients' own tests read the files' answers.)
/// </summary>
public sealed class ContractTests
{
    /// <summary>Requests that the guide's link never needs, or not in this form: the clients' own tests send
    /// them.</summary>
    private static readonly HashSet<string> NotInThisLife =
    [
        "aws/delete-transit-gateway-prefix-list-reference", "aws/delete-transit-gateway-route", "aws/describe-tags",
        "aws/modify-transit-gateway", "aws/modify-vpn-connection-options",
        "aws/modify-transit-gateway-vpc-attachment", "aws/accept-transit-gateway-vpc-attachment",
        "aws/update-direct-connect-gateway-association", "azure/put-resource-group", "megaport/update-vxc-routes",
        "aws/start-bgp-failover-test", "aws/stop-bgp-failover-test", "aws/replace-vpn-tunnel",
        "azure/reset-vpn-gateway", "megaport/shut-vxc-session", "megaport/price-product",
        "aws/get-vpn-tunnel-replacement-status", "megaport/list-maintenance", "megaport/list-outages",
        "aws/delete-tags", "azure/patch-tags",
    ];

    /// <summary>What Azure fills in when an object is ready.</summary>
    private static readonly HashSet<string> OnlyLater =
    [
        "properties.serviceKey", "properties.stag", "properties.ipAddress",
        "properties.ipConfigurations[].properties.privateIPAddress",
    ];

    public static TheoryData<string> Files => [.. ContractFile.All.Select(file => file.Id)];

    public static TheoryData<string> Asked =>
        [.. ContractFile.All.Where(file => !file.Exchange.IsLogin).Select(file => file.Id).Except(NotInThisLife)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_contract_says_who_says_so(string id)
    {
        var contract = ContractFile.Of(id).Exchange;
        Assert.Contains(contract.Status, new[] { "published", "recorded", "inferred" });
        // Only what somebody has read counts as a source.
        Assert.Matches(contract.Status == "inferred"
            ? "^none yet; to be checked against " : @"^[a-z0-9.-]+\.(com|org|net)/\S|^registry documentation of ",
        contract.Source);
        Assert.DoesNotContain("?", contract.Operation.Replace("?async", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_that_Sealane_calls_has_its_contract()
    {
        var called = (await RecordedLink.Sydney).Exchanges.Select(exchange => $"{exchange.Cloud} {exchange.Operation}")
            .Distinct();
        Assert.Empty(called.Except(ContractFile.All.Select(file => $"{file.Cloud} {file.Exchange.Operation}")).Order());
    }

    [Fact]
    public void A_known_gap_belongs_to_a_contract() => Assert.All(KnownGaps.All, gap => ContractFile.Of(gap.Contract));

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task Sealane_asks_so(string id)
    {
        var contract = ContractFile.Of(id).Exchange;
        Assert.True((await Asking(contract)).Count > 0, $"never asked; nearest: {await Nearest(contract)}");
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task The_sandbox_answers_so(string id)
    {
        var contract = ContractFile.Of(id).Exchange;
        var wanted = BodyShape.Read(contract.ReplyBody);
        var moments = (await Asking(contract)).Where(each => each.Moment.Exchange.ReplyStatus == contract.ReplyStatus)
            .ToList();
        Assert.True(moments.Count > 0, $"never answered with {contract.ReplyStatus}");
        // The moment at which the objects are in the states that the contract shows.
        var (request, moment) = moments.MinBy(each => Unlike(wanted, each.Moment.Exchange.ReplyBody).Count());

        var stored = moment.Wake();
        var clock = new StepClock(stored.Now);
        var world = stored.Wake(clock);
        var reply = new Caller(world, Rehearsal.Faces(world, () => world.Now), clock, RecordedLink.Design.Aws.Region)
            .Ask(request);
        Assert.Equal(contract.ReplyStatus, reply.Status);
        Assert.DoesNotContain(Unlike(wanted, reply.Body), unlike => !IsKnown(id, contract, unlike));
        Assert.Empty(contract.ReplyHeaders.Select(header => header.Name).Where(name => name != "Content-Type")
            .Except(reply.Headers.Select(header => header.Name), StringComparer.OrdinalIgnoreCase));
    }

    private static async Task<string> Nearest(Exchange contract)
    {
        var nearest = (await RecordedLink.Sydney)
            .Moments.Where(moment => moment.Exchange.Operation == contract.Operation).Select(moment =>
        {
            var names = new Counterparts();
            names.LearnRequest(contract, moment.Exchange);
            return $"\nwanted {RequestKey.Of(names.Translate(contract))}\nsent   {RequestKey.Of(moment.Exchange)}";
        });
        return string.Concat(nearest.Take(3));
    }

    /// <summary>The moments of the run at which the contract's request was made, and the request with the ids of that
    /// run.</summary>
    private static Task<IReadOnlyList<(Exchange Request, Moment Moment)>> Asking(Exchange contract) =>
        Found.GetOrAdd(contract.Place + contract.Cloud, _ => new(() => Find(contract))).Value;

    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<(Exchange Request,
        Moment Moment)>>>> Found = new();

    private static async Task<IReadOnlyList<(Exchange Request, Moment Moment)>> Find(Exchange contract)
    {
        var asking = new List<(Exchange, Moment)>();
        foreach (var moment in (await RecordedLink.Sydney)
            .Moments.Where(moment => moment.Exchange.Operation == contract.Operation))
        {
            var names = new Counterparts();
            names.LearnRequest(contract, moment.Exchange);
            var request = names.Translate(contract);
            if (RequestKey.Of(request) == RequestKey.Of(moment.Exchange))
            {
                asking.Add((request, moment));
            }
        }
        return asking;
    }

    /// <summary>
    /// A PUT of Azure is answered while the object is being made; what it says afterwards is in the contract of the
    /// GET.
    /// Other known differences stand on the page.
    /// </summary>
    private static bool IsKnown(string id, Exchange contract, Unlike unlike) =>
        contract is { Cloud: "azure", Method: "PUT" }
            && (unlike.Kind == Unlikeness.State || OnlyLater.Contains(unlike.Path))
        || KnownGaps.All.Any(gap => gap.Contract == id && gap.Paths.Contains(unlike.Path));

    /// <summary>A sandbox may say more than the part of a page that a contract shows, not less and nothing
    /// else.</summary>
    private static IEnumerable<Unlike> Unlike(JsonNode? wanted, string body) =>
        BodyShape.Differences(wanted, BodyShape.Read(body)).Where(unlike => unlike.Kind != Unlikeness.Extra);
}

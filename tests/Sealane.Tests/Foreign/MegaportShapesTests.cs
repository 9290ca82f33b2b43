using System.Text.Json.Nodes;
using Sealane.Tests.Contracts;
using Sealane.Tests.Sandbox.Megaport;

namespace Sealane.Tests.Foreign;

/// <summary>
/// The sandbox's Megaport, judged by the shapes of the official Go SDK: every reply of a whole life of a link, and
/// those to what a life does not ask.
/// </summary>
public sealed class MegaportShapesTests
{
    /// <summary>What the sandbox says and the SDK neither shows nor reads; each from elsewhere.</summary>
    private static readonly Dictionary<string, string> Beyond = new()
    {
        ["GET /ens/v1/status/outage data[].services[]"] = "the SDK reads short uids there (events.go), and its tests "
            + "show none",
        ["GET /v2/product/mcr2/{}/prefixLists data"] = "a router without lists answers null",
        ["VXC resources.csp_connection[VROUTER].bgp_peers"] = "github.com/erjosito/net-lab-builder, "
            + "labs/expressroute-megaport-bgp/show-output/16: the session states that a live router shows",
        ["VXC resources.csp_connection[VROUTER].bgp_status"] = "the same",
        ["VXC resources.csp_connection[VROUTER].interfaces[].vlan"] = "the SDK writes it (vxc_types.go, "
            + "PartnerConfigInterface) and does not read it",
        ["VXC terminateDate"] = "as of an MCR (mcr_types.go)",
        ["GET /v2/secure/azure/{} data.connectType"] =
            "as of the VXC's end to Azure (vxc_types.go, CSPConnectionAzure)",
        ["GET /v2/secure/azure/{} data.managed"] = "the same",
        ["GET /v2/secure/azure/{} data.megaports[].companyUid"] = "as of partner ports (partner_types.go)",
        ["POST /v4/networkdesign/buy data[]"] = "the SDK reads technicalServiceUid alone; docs.megaport.com/api",
    };

    /// <summary>What the SDK's tests show and the sandbox never says.</summary>
    private static readonly Dictionary<string, string> NotSaid = new()
    {
        ["VXC resources.csp_connection[AWS]"] = "ends of other kinds than a link has",
        ["VXC resources.csp_connection[GOOGLE]"] = "the same",
        ["VXC resources.csp_connection[TRANSIT]"] = "the same",
        ["GET /v3/locations data[].address"] = "the sandbox's places have no street address",
        ["GET /v2/products data[]"] = "products of other kinds, and MCRs with a few members only",
        ["GET /v2/product/{} data"] = "a VXC with a few members only",
        ["POST /v4/networkdesign/buy data[]"] =
            "what an order of a VXC says of payers and rates; the SDK reads none of it",
        ["PUT /v2/product/mcr2/{} data"] = "billing and contacts; the SDK reads none of the answer",
        ["POST /v2/product/{}/lock data"] = "the same",
        ["POST /v2/service/key data.productDto"] = "the whole port of a key",
        ["PUT /v2/service/key"] = "keys are for ports, which a link has none of",
        ["GET /v2/networkRegions data[].countries[].country"] = "an older spelling, beside code, name and prefix",
        ["GET /v2/networkRegions data[].countries[].countryPrefix"] = "the same",
        ["GET /v2/product/mcr2/{}/diagnostics/ping"] = "people ask it, a life does not",
        ["GET /v2/product/mcr2/{}/diagnostics/traceroute"] = "the same",
        ["POST /v3/product/{}/action/CANCEL"] = "a life cancels at once, by CANCEL_NOW",
        ["POST /v3/product/{}/action/UN_CANCEL"] = "the same",
        ["PUT /v3/product/{}/addon/{}"] = "the MCR of a link has no add-on",
        ["POST /v3/order_approvals"] = "no order of the sandbox waits for an approval",
        ["GET /v3/order_approvals data[]"] = "the same",
        ["POST /v4/pricebook/product data.discounts"] = "no discounts",
        ["GET /v2/product/mcr2/{}/diagnostics/routes/operation"] = "shown by an older path; judged by the contract",
    };

    private static readonly Lazy<Task<HashSet<Member>>> Said = new(async () =>
    [
        .. from exchange in (await RecordedLink.Sydney).Exchanges
           where exchange is { Cloud: "megaport", ReplyStatus: 200 }
           let operation = exchange.Operation.Split('?')[0]
           // The tests of this commit show no route there, only what an older path answered.
           where operation != "GET /v2/product/mcr2/{}/diagnostics/routes/operation"
           from member in MegaportShapes.Of(operation, JsonNode.Parse(exchange.ReplyBody))
           select member,
        .. Asked(),
    ]);

    [Fact]
    public async Task Every_member_that_the_sdk_knows_has_a_type_that_it_reads()
    {
        var known = (await Said.Value).Where(member => MegaportShapes.TypesOf(member).Count > 0).ToList();
        Assert.DoesNotContain(
            known, member => member.Type != "null" && !MegaportShapes.TypesOf(member).Contains(member.Type));
        Counts.Say(
            $"megaportgo: {known.Count} members of {known.Select(member => member.Owner).Distinct().Count()} shapes");
        Assert.True(known.Count > 400, $"{known.Count} members are too few for a whole life");
    }

    [Fact]
    public async Task What_the_sdk_does_not_know_is_known_from_elsewhere()
    {
        var unknown = (await Said.Value)
            .Where(member => MegaportShapes.Owners.Contains(member.Owner) && MegaportShapes.TypesOf(member).Count == 0)
            .Select(member => $"{member.Owner} {member.Path}").ToList();
        Assert.Empty(unknown.Where(member => !Beyond.Keys.Any(known => Begins(member, known))).Distinct().Order());
        Assert.All(Beyond.Keys, known => Assert.Contains(unknown, member => Begins(member, known)));
    }

    [Fact]
    public async Task What_the_sdks_tests_show_is_said_or_its_absence_has_a_reason()
    {
        var said = (await Said.Value).Select(member => (member.Owner, member.Path)).ToHashSet();
        var silent = MegaportShapes.Facts.Where(fact => fact.Value.Shown && !said.Contains(fact.Key))
            .Select(fact => $"{fact.Key.Owner} {fact.Key.Path}").ToList();
        Counts.Say($"megaportgo: {MegaportShapes.Facts.Values.Count(fact => fact.Shown)} members shown by its tests, "
            + $"{silent.Count} of them not said here, each for one of {NotSaid.Count} reasons");
        var missing = silent.Where(member => !NotSaid.Keys.Any(known => Begins(member, known))).Order().ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.All(NotSaid.Keys, known => Assert.Contains(silent, member => Begins(member, known)));
    }

    private static bool Begins(string member, string known) => member.StartsWith(known, StringComparison.Ordinal)
        && (member.Length == known.Length || ".[ /".Contains(member[known.Length], StringComparison.Ordinal));

    /// <summary>What a life of a link does not ask.</summary>
    private static IEnumerable<Member> Asked()
    {
        var world = ServiceEventTests.Told();
        var mcr = world.LiveMcr();
        var key = $"{{\"productUid\":\"{mcr}\",\"maxSpeed\":500,\"active\":true,\"vlan\":3,"
            + "\"validFor\":{\"start\":0,\"end\":9}}";
        (string Operation, string Target, string? Body)[] all =
        [
            ("GET /v2/networkRegions", "/v2/networkRegions", null),
            ("GET /v2/market", "/v2/market", null),
            ("GET /v2/locations/rtt", "/v2/locations/rtt?srcLocation=2&year=26&month=1", null),
            ("GET /v3/order_approvals", "/v3/order_approvals", null),
            ("POST /v2/service/key", "/v2/service/key", key),
            ("GET /v2/service/key", "/v2/service/key", null),
            ("POST /v4/pricebook/product", "/v4/pricebook/product",
                """{"productType":"MCR2","locationId":2,"speed":1000,"term":1,"currency":"AUD"}"""),
            ("PUT /v2/product/mcr2/{}", $"/v2/product/mcr2/{mcr}", """{"name":"renamed"}"""),
            ("POST /v2/product/{}/lock", $"/v2/product/{mcr}/lock", null),
            ("GET /ens/v1/status/maintenance", "/ens/v1/status/maintenance?state=Scheduled", null),
            ("GET /ens/v1/status/maintenance", "/ens/v1/status/maintenance?state=Cancelled", null),
            ("GET /ens/v1/status/outage", "/ens/v1/status/outage?state=Ongoing", null),
        ];
        foreach (var (operation, target, body) in all)
        {
            var answer = world.Ask(operation.Split(' ')[0], target, body);
            Assert.True(answer.Status == 200, $"{operation}: {answer.Text}");
            foreach (var member in MegaportShapes.Of(operation, answer.Json))
            {
                yield return member;
            }
        }
    }
}

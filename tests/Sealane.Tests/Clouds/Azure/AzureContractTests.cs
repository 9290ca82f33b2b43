using System.Net;
using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>The client writes each contract's request to the letter, and finds nothing to change in its
/// answer.</summary>
public sealed class AzureContractTests
{
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Writes => new()
    {
        { "azure/resource-group", "put-resource-group" },
        { "azure/public-ip", "put-public-ip" },
        { "azure/gateway-subnet", "put-gateway-subnet" },
        { "azure/circuit", "put-circuit" },
        { "azure/er-gateway", "put-er-gateway" },
        { "azure/er-connection", "put-er-connection" },
        { "azure/vpn-gateway", "put-vpn-gateway" },
        { "azure/local-gateway-1", "put-local-network-gateway" },
        { "azure/vpn-connection-1", "put-vpn-connection" },
    };

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Creating_writes_the_request_and_reading_the_answer_shows_no_difference(string id, string name)
    {
        var contract = AzureContract.Read(name);
        var key = AzureContract.Read("get-shared-key");
        _arm.Answer("PUT", contract.Path, contract.Status, contract.Reply)
            .Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply)
            .Answer("PATCH", AzureSample.Network + "/publicIPAddresses/sydney-vpngw-ip", HttpStatusCode.OK, "{}")
            .Answer("GET", AzureSample.Group + "/resources", HttpStatusCode.OK, """{"value":[]}""")
            .Answer(key.Method, key.Path, key.Status, key.Reply);
        var design = AzureSample.With(azure => azure with { GatewaySubnet = "10.2.0.0/24" });
        var resource = AzureResources.All(design, _arm.Client(), AzureSample.Keys).Single(r => r.Id == id);
        var known = Sample.Known();

        await resource.Make(known, _ct);
        var sent = _arm.Requests.Single(r => r.Method == "PUT");
        Assert.EndsWith(contract.Url, sent.Url, StringComparison.OrdinalIgnoreCase);
        Assert.True(JsonNode.DeepEquals(contract.Request, sent.Body), sent.Body!.ToJsonString());

        var observed = (await resource.Look(known, _ct))!;
        Assert.Equal([], observed.Compare(known).Differences);
        Assert.True(observed.IsReady);
        Assert.Null(observed.Failure);
        Assert.Equal(contract.Path, observed.View.CloudId);
        Assert.Equal($"https://portal.azure.com/#@/resource{contract.Path}", observed.View.Console);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task Neither_what_was_observed_nor_its_view_prints_a_key(string id, string name)
    {
        var contract = AzureContract.Read(name);
        var key = AzureContract.Read("get-shared-key");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply)
            .Answer(key.Method, key.Path, key.Status, key.Reply);
        var resource = AzureResources.All(AzureSample.Design, _arm.Client(), AzureSample.Keys).Single(r => r.Id == id);
        var observed = (await resource.Look(Sample.Known(), _ct))!;
        var view = observed.View;
        var text = $"{observed} {view} {string.Join(' ', view.Facts!)}";
        Assert.DoesNotContain(AzureSample.Keys.Tunnel(1).Reveal(), text, StringComparison.Ordinal);
        Assert.DoesNotContain("11111111-2222-3333-4444-555555555555", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_private_peering_is_read_with_the_state_of_its_circuit()
    {
        var peering = AzureContract.Read("get-private-peering");
        var circuit = AzureContract.Read("put-circuit");
        _arm.Answer("GET", peering.Path, HttpStatusCode.OK, peering.Reply)
            .Answer("GET", circuit.Path, HttpStatusCode.OK, circuit.Reply)
            .Answer("GET", circuit.Path, HttpStatusCode.OK,
                circuit.Reply.Replace("\"NotProvisioned\"", "\"Provisioned\"", StringComparison.Ordinal));
        var resource = _arm.The<PrivatePeering>();

        var early = (await resource.Observe(Sample.Known(), _ct))!;
        Assert.False(resource.IsReady(early));
        Assert.Equal(Prefix.Parse("169.254.80.0/30"), early.Primary);
        Assert.Equal((133937L, 100), (early.PeerAsn, early.VlanId));
        Assert.Equal(ChangeKind.None, resource.Compare(new(133937), early).Kind);
        Assert.Equal(ChangeKind.Refused, resource.Compare(new(64512), early).Kind);

        Assert.True(resource.IsReady((await resource.Observe(Sample.Known(), _ct))!));
    }

    [Fact]
    public async Task Tags_beside_those_of_others_are_written_as_the_contract_has_it()
    {
        var contract = AzureContract.Read("patch-tags");
        _arm.Answer("PATCH", contract.Path, contract.Status, contract.Reply);
        var id = contract.Path[..contract.Path.LastIndexOf("/providers/", StringComparison.Ordinal)];
        await _arm.Client().UpdateTags(id,
            "Merge", new Dictionary<string, string>
            {
                ["sealane-used-azure-hub-peering-data.sydney"] = "x",
                ["sealane-was-azure-hub-peering-data.sydney"] = "without=allowGatewayTransit",
            }, _ct);
        var sent = _arm.Requests.Single(request => request.Method == "PATCH");
        Assert.EndsWith(contract.Url, sent.Url, StringComparison.OrdinalIgnoreCase);
        Assert.True(JsonNode.DeepEquals(contract.Request, sent.Body), sent.Body!.ToJsonString());
    }

    private static class Sample
    {
        public static Known Known()
        {
            var vnet = new Vnet.Observed(
                new ArmObject("vnet", [], "Succeeded", null), [Prefix.Parse("10.2.0.0/16")],
                [new("workload", [Prefix.Parse("10.2.1.0/24")])]);
            return new Known().With("azure/vnet", vnet).With("aws/vpn-connection", new GuideTunnels());
        }
    }
}

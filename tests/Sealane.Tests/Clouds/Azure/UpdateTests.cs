using System.Net;
using System.Text.Json.Nodes;
using Sealane.Clouds;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>A PUT replaces the whole object: what must be kept is sent back, and what may not be sent is not.</summary>
public sealed class UpdateTests
{
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private async Task<JsonNode> Update(string id, string contractName, Func<AzureSpec, AzureSpec> change)
    {
        var contract = AzureContract.Read(contractName);
        var key = AzureContract.Read("get-shared-key");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply)
            .Answer("GET", key.Path, HttpStatusCode.OK, key.Reply)
            .Answer("PUT", contract.Path, HttpStatusCode.OK, "{}");
        var design = AzureSample.With(change);
        var resource = AzureResources.All(design, _arm.Client(), AzureSample.Keys).Single(r => r.Id == id);
        var known = new Known().With("aws/vpn-connection", new GuideTunnels());
        var observed = (await resource.Look(known, _ct))!;
        await observed.Update(known, _ct);
        return _arm.BodyOf("PUT", contract.Path);
    }

    [Fact]
    public async Task A_gateway_keeps_its_nat_rules_and_never_gets_its_bgp_address_echoed()
    {
        var body = await Update("azure/vpn-gateway", "put-vpn-gateway",
            azure => azure with { VpnGateway = new() { Sku = "VpnGw3AZ", Asn = 65010 } });
        Assert.Equal("keep-me", body.At("properties", "natRules").Items().Single().Text("name"));
        Assert.Equal("VpnGw3AZ", body.Text("properties", "sku", "tier"));
        Assert.Equal(65010, body.Number("properties", "bgpSettings", "asn"));
        var text = body.ToJsonString();
        Assert.DoesNotContain("bgpPeeringAddress\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("defaultBgpIpAddresses", text, StringComparison.Ordinal);
        Assert.DoesNotContain("provisioningState", text, StringComparison.Ordinal);
        Assert.DoesNotContain("etag", text, StringComparison.Ordinal);
        Assert.Equal("W/\"1\"", _arm.Requests.Last().Headers["If-Match"]);
    }

    [Fact]
    public async Task An_expressroute_gateway_is_resized_without_its_computed_members()
    {
        var contract = AzureContract.Read("put-er-gateway");
        var tagged = contract.Reply.Replace("{\"sealane\":\"sydney\"}", "{\"sealane\":\"sydney\",\"type\":\"mine\"}",
            StringComparison.Ordinal);
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, tagged)
            .Answer("GET", contract.Path, HttpStatusCode.OK, tagged);
        var body = await Update("azure/er-gateway", "put-er-gateway",
            azure => azure with { ExpressRouteGateway = new() { Sku = "ErGw3AZ" } });
        Assert.Equal("ErGw3AZ", body.Text("properties", "sku", "name"));
        Assert.Equal("mine", body.Text("tags", "type"));
        Assert.Equal("SingleHomed", body.Text("properties", "resiliencyModel"));
        Assert.DoesNotContain("bgpPeeringAddress", body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("provisioningState", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_circuit_keeps_its_peerings_and_does_not_send_its_service_key_back()
    {
        var contract = AzureContract.Read("put-circuit");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply.Replace(
            "\"peerings\":[]",
            "\"peerings\":[{\"name\":\"AzurePrivatePeering\",\"etag\":\"x\",\"properties\":{\"peerASN\":133937}}]",
            StringComparison.Ordinal));
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply.Replace(
            "\"peerings\":[]",
            "\"peerings\":[{\"name\":\"AzurePrivatePeering\",\"etag\":\"x\",\"properties\":{\"peerASN\":133937}}]",
            StringComparison.Ordinal));
        var body = await Update("azure/circuit", "put-circuit",
            azure => azure with { Circuit = new() { BandwidthMbps = 200, Tier = "Premium" } });
        Assert.Equal(200, body.Number("properties", "serviceProviderProperties", "bandwidthInMbps"));
        Assert.Equal("Premium_MeteredData", body.Text("sku", "name"));
        Assert.Equal(133937, body.At("properties", "peerings").Items().Single().Number("properties", "peerASN"));
        Assert.DoesNotContain("11111111-2222-3333-4444-555555555555", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_is_sent_whole_with_its_key()
    {
        var body = await Update("azure/vpn-connection-1", "put-vpn-connection", azure => azure);
        var sent = body["properties"]!.AsObject();
        foreach (var (name, value) in AzureContract.Read("put-vpn-connection").Request!["properties"]!.AsObject())
        {
            Assert.True(
                JsonNode.DeepEquals(value, sent[name]),
                    $"{name}: {value?.ToJsonString()}, sent {sent[name]?.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_circuit_that_the_provider_still_holds_is_not_deleted_yet()
    {
        var contract = AzureContract.Read("put-circuit");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK,
            contract.Reply.Replace("NotProvisioned", "Deprovisioning", StringComparison.Ordinal));
        var circuit = _arm.The<ExpressRouteCircuit>();
        var observed = (await circuit.Observe(new Known(), _ct))!;
        Assert.Equal(CloudErrorKind.Busy,
            (await Assert.ThrowsAsync<CloudError>(() => circuit.Delete(observed, _ct))).Kind);
        Assert.DoesNotContain(_arm.Requests, request => request.Method == "DELETE");
    }

    [Fact]
    public async Task A_released_circuit_is_deleted()
    {
        var contract = AzureContract.Read("put-circuit");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply)
            .Answer("DELETE", contract.Path, HttpStatusCode.Accepted);
        var circuit = _arm.The<ExpressRouteCircuit>();
        await circuit.Delete((await circuit.Observe(new Known(), _ct))!, _ct);
        Assert.Equal(1, _arm.Count("DELETE", contract.Path));
    }

    [Fact]
    public async Task The_vpn_gateway_is_ready_only_with_its_private_address()
    {
        var contract = AzureContract.Read("put-vpn-gateway");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK,
            contract.Reply.Replace("\"privateIPAddress\":\"10.2.0.6\",", "", StringComparison.Ordinal))
            .Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply);
        var gateway = _arm.The<VpnGateway>();
        Assert.False(gateway.IsReady((await gateway.Observe(new Known(), _ct))!));
        var up = (await gateway.Observe(new Known(), _ct))!;
        Assert.True(gateway.IsReady(up));
        Assert.Equal([Ipv4.Parse("10.2.0.6")], ((IPrivateEndpoint)up).PrivateAddresses);
    }

    [Fact]
    public async Task The_circuit_hands_its_service_key_to_megaport()
    {
        var contract = AzureContract.Read("put-circuit");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply);
        var circuit = (await _arm.The<ExpressRouteCircuit>().Observe(new Known(), _ct))!;
        Assert.Equal("11111111-2222-3333-4444-555555555555", ((IServiceKey)circuit).ServiceKey!.Reveal());
        Assert.Equal("NotProvisioned", ((IServiceKey)circuit).ProviderState);
    }

    [Fact]
    public async Task Making_the_private_peering_sends_nothing()
    {
        await _arm.The<PrivatePeering>().Create(new(133937), _ct);
        Assert.Empty(_arm.Requests);
    }
}

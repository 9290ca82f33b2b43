using System.Net;
using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>A used VPN gateway is written back as it was read: what an answer leaves out must not be taken for empty,
/// or the write would take it from its owner.</summary>
public sealed class UsedGatewayAnswerTests
{
    private const string Gateway = AzureSample.Network + "/virtualNetworkGateways/hub";
    private const string Circuit = AzureSample.Network + "/expressRouteCircuits/sydney-er";

    private const string Answer = $$"""
        {"id":"{{Gateway}}","name":"hub","etag":"1","location":"australiaeast","properties":{"provisioningState":
         "Succeeded","gatewayType":"Vpn","vpnType":"RouteBased","enableBgp":true,"enablePrivateIpAddress":false,
         "ipConfigurations":[{"name":"default","properties":{} }],"bgpSettings":{"asn":65515,"bgpPeeringAddresses":[
          {"ipconfigurationId":"{{Gateway}}/ipConfigurations/default","customBgpIpAddresses":["169.254.21.130"]}]} } }
        """;

    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private VpnGatewaySettings Settings => _arm.The<VpnGatewaySettings>(
        AzureSample.With(azure => azure with { VpnGateway = new() { Id = Gateway } }));

    private string _tags = """{"sealane":"sydney"}""";

    private void Has(string answer, string connections = "") => _arm
        .Answer("GET", Gateway, HttpStatusCode.OK, answer)
        .Answer("GET", Circuit, () => new(HttpStatusCode.OK)
        {
            Content = new StringContent($$"""{"id":"{{Circuit}}","tags":{{_tags}},"properties":{} }"""),
        })
        .Answer("GET", $"{Gateway}/connections", HttpStatusCode.OK,
            $$"""{"value":[{{connections}}]}""")
        .Answer("PATCH", Circuit, HttpStatusCode.OK, "{}").Answer("PUT", Gateway, HttpStatusCode.OK, "{}");

    [Theory]
    [InlineData(",\"customBgpIpAddresses\":[\"169.254.21.130\"]", "", "does not show the BGP addresses of default")]
    [InlineData("\"bgpPeeringAddresses\":[", "\"other\":[", "does not show all its BGP speakers")]
    [InlineData("\"enableBgp\":true,", "", "BGP is off")]
    public async Task What_is_not_shown_is_not_written_over(string shown, string instead, string says)
    {
        Assert.Contains(shown, Answer);
        Has(Answer.Replace(shown, instead, StringComparison.Ordinal));
        var change = (await Settings.Look(new Known(), _ct))!.Compare(new Known());
        Assert.Equal(ChangeKind.Refused, change.Kind);
        Assert.Contains(change.Differences, line => line.Contains(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_what_is_needed_is_added()
    {
        Has(Answer);
        var seen = (await Settings.Look(new Known(), _ct))!;
        Assert.Equal(ChangeKind.InPlace, seen.Compare(new Known()).Kind);
        // The answer to the read back does not have the tags that were just written.
        var busy = await Assert.ThrowsAsync<CloudError>(() => seen.Update(new Known(), _ct));
        Assert.Equal(CloudErrorKind.Busy, busy.Kind);
        Assert.DoesNotContain(_arm.Requests, call => call.Method == "PUT");
        _tags = _arm.BodyOf("PATCH", Circuit)["tags"]!.ToJsonString();
        Assert.Contains("\"sealane\":\"sydney\"", _tags);
        await (await Settings.Look(new Known(), _ct))!.Update(new Known(), _ct);
        var sent = _arm.BodyOf("PUT", Gateway).At("properties");
        Assert.True(sent.Flag("enablePrivateIpAddress"));
        Assert.Equal(["169.254.21.130", "169.254.21.2", "169.254.22.2"],
            sent.Items("bgpSettings", "bgpPeeringAddresses").Single().Texts("customBgpIpAddresses"));
    }

    /// <summary>Without the link's own tag others are not shown either, and a PATCH would take them away.</summary>
    [Fact]
    public async Task Tags_are_not_written_over_tags_that_do_not_show()
    {
        _tags = "{}";
        Has(Answer);
        var seen = (await Settings.Look(new Known(), _ct))!;
        var busy = await Assert.ThrowsAsync<CloudError>(() => seen.Update(new Known(), _ct));
        Assert.Equal(CloudErrorKind.Busy, busy.Kind);
        Assert.DoesNotContain(_arm.Requests, call => call.Method is "PUT" or "PATCH");
    }

    /// <summary>Half of what is written down is not taken for all of it.</summary>
    [Theory]
    [InlineData("s/g/virtualNetworkGateways/hub", "private-address")]
    [InlineData("s/g/virtualNetworkGateways/hub", "without=169.254.21.x")]
    [InlineData("s/g/virtualNetworkGateways/hub", "")]
    [InlineData("a/b/c", "without=169.254.21.2")]
    public async Task What_cannot_be_read_is_doubtful(string used, string was)
    {
        _tags = $$"""
            {"sealane":"sydney","sealane-used-azure-vpn-gateway":"{{used}}","sealane-was-azure-vpn-gateway":"{{was}}"}
            """;
        Has(Answer);
        var doubt = await Assert.ThrowsAsync<CloudError>(() => Settings.Look(new Known(), _ct));
        Assert.Equal(CloudErrorKind.Doubtful, doubt.Kind);
    }

    /// <summary>What a connection of others does not say it may rely on: destroy leaves it and names the connection.
    /// </summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("\"useLocalAzureIpAddress\":false,", "its private address")]
    [InlineData("\"enableBgp\":false,", "its BGP address 169.254.21.2")]
    [InlineData("\"enableBgp\":false,\"gatewayCustomBgpIpAddresses\":[]", "its BGP address 169.254.21.2")]
    public async Task What_a_connection_of_others_leaves_out_is_left(string leftOut, string left)
    {
        const string Members =
            "\"useLocalAzureIpAddress\":false,\"enableBgp\":false,\"gatewayCustomBgpIpAddresses\":[]";
        const string Branch = AzureSample.Network + "/connections/branch";
        _tags = $$"""
            {"sealane":"sydney","sealane-used-azure-vpn-gateway":
              "00000000-0000-0000-0000-000000000001/rg-sydney/virtualNetworkGateways/hub",
             "sealane-was-azure-vpn-gateway":"without=private-address,169.254.21.2"}
            """;
        Has(Answer
            .Replace("PrivateIpAddress\":false", "PrivateIpAddress\":true", StringComparison.Ordinal)
            .Replace("\"169.254.21.130\"", "\"169.254.21.2\"", StringComparison.Ordinal),
            $$"""{"id":"{{Branch}}"}""");
        var shown = leftOut.Length == 0 ? Members : Members.Replace(leftOut, "", StringComparison.Ordinal).TrimEnd(',');
        _arm.Answer("GET", Branch, HttpStatusCode.OK,
                $$"""{"id":"{{Branch}}","name":"branch","properties":{ {{shown}} } }""");
        var told = (await Settings.Look(new Known(), _ct))!.View.Left;
        if (left.Length == 0)
        {
            Assert.Empty(told);
        }
        else
        {
            Assert.StartsWith($"{left}, which branch (which does not show ", Assert.Single(told));
        }
    }
}

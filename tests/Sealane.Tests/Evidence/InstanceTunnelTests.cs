using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Evidence;

/// <summary>
/// Both instances of an active-active gateway try each connection, and AWS answers one: the tunnel of the other stays
/// NotConnected, which is no fault whatever Azure says of the whole.
/// </summary>
public sealed class InstanceTunnelTests
{
    [Theory]
    [InlineData("10.2.0.7", "Connected")]
    [InlineData("10.2.0.6", "NotConnected")]
    [InlineData("10.2.0.60", "Connected")]
    [InlineData(null, "Connected")]
    public void A_connection_is_judged_at_the_instance_that_AWS_knows(string? instance, string status) =>
        Assert.Equal(status, Connection(("tunnel-1_10.254.1.10_10.2.0.6", "NotConnected"),
            ("tunnel-1_10.254.1.10_10.2.0.7", "Connected")).StatusAt(instance is null ? null : Ipv4.Parse(instance)));

    [Fact]
    public void Without_tunnels_of_its_own_the_whole_counts()
    {
        Assert.Equal("Connecting", Connection().StatusAt(Ipv4.Parse("10.2.0.6")));
        Assert.Equal("Connecting", Connection(("t", "NotConnected")).StatusAt(Ipv4.Parse("10.2.0.6")));
    }

    [Fact]
    public async Task All_four_tunnels_are_up_although_Azure_says_of_each_connection_that_it_is_not()
    {
        using var link = await Link.Built("two-routers");
        await link.Later(TimeSpan.FromMinutes(5));
        Pessimist? azure = null;
        var sight = await Sight.Of(link, clouds => azure = new Pessimist(clouds));
        Assert.Equal(["Connected", "Connected", "Connected", "Connected"],
            sight.Verification.Seen.Tunnels.Select(tunnel => tunnel.AzureStatus));
        Assert.InRange(azure!.Connected.Count, 4, int.MaxValue);
        Assert.All(azure.Connected, connected => Assert.Equal(1, connected));
    }

    private static GatewayConnection.Observed Connection(params (string, string?)[] tunnels) => new(
        null!, null, null, null, null, null, null, false, false, [], false, null, [], "Connecting", null, null)
    {
        Tunnels = tunnels,
    };

    private sealed class Pessimist(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        /// <summary>Of each connection how many of its two tunnels are connected.</summary>
        public List<int> Connected { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var reply = await base.SendAsync(request, cancellationToken);
            var text = await reply.Content.ReadAsStringAsync(cancellationToken);
            if (text.Contains("tunnelConnectionStatus", StringComparison.Ordinal)
                && JsonNode.Parse(text) is JsonObject connection
                && connection["properties"]?["tunnelConnectionStatus"] is JsonArray { Count: 2 } tunnels)
            {
                Connected.Add(tunnels.Count(tunnel => (string?)tunnel!["connectionStatus"] == "Connected"));
                connection["properties"]!["connectionStatus"] = "NotConnected";
                text = connection.ToJsonString();
            }
            reply.Content = new StringContent(text, null, reply.Content.Headers.ContentType?.MediaType
                ?? "application/json");
            return reply;
        }
    }
}

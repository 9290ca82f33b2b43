using System.Net;
using System.Text.Json.Nodes;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>The connection to a circuit of another subscription: its key is sent, and told to nobody.</summary>
public sealed class AuthorizedConnectionTests
{
    private const string Key = "0A0a0a0a-0000-4000-8000-0000000000bb";
    private const string Circuit = "/subscriptions/bbbbbbbb-1111-2222-3333-444444444444/resourceGroups/rg/providers/"
        + "Microsoft.Network/expressRouteCircuits/er";
    private const string Connection = AzureSample.Network + "/connections/sydney-er-connection";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private ExpressRouteConnection Resource()
    {
        var spec = AzureSample.Design.Spec with
        {
            Existing = new Dictionary<string, string> { ["azure/circuit"] = Circuit },
        };
        var keys = LinkKeys.Derive(new("test"), "sydney", 1,
            new Dictionary<string, Secret> { [LinkKeys.LabelOfAuthorization(PartKey.None)] = new(Key) });
        return AzureResources.All(Designer.Design(spec), _arm.Client(), keys).OfType<ExpressRouteConnection>().Single();
    }

    [Fact]
    public async Task The_key_is_sent_and_not_foretold()
    {
        _arm.Answer("PUT", Connection, HttpStatusCode.Created, "{}");
        var connection = Resource();
        await connection.Make(new Known(), _ct);
        var sent = _arm.BodyOf("PUT", Connection);
        Assert.Equal((Key, Circuit), (sent.Text("properties", "authorizationKey"), sent.Text("properties", "peer",
            "id")));
        var foretold = connection.Foretold(new Known())!.Value.Body.ToJsonString();
        Assert.Contains(Circuit, foretold, StringComparison.Ordinal);
        Assert.DoesNotContain("authorizationKey", foretold, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, $"{connection.Derive(new Known())}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Azure may repeat the key, in whatever case.</summary>
    [Fact]
    public async Task A_refusal_says_what_to_do_and_not_the_key()
    {
        _arm.Answer("PUT", Connection, HttpStatusCode.BadRequest, new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = "Whatever", ["message"] = $"key {Key.ToLowerInvariant()} is used" },
        }.ToJsonString());
        var error = await Assert.ThrowsAsync<CloudError>(() => Resource().Make(new Known(), _ct));
        Assert.Equal("key •••••• is used", error.Message);
        Assert.DoesNotContain(Key, $"{error}{error.Describe()}", StringComparison.OrdinalIgnoreCase);
        Assert.Contains("have the circuit's owner make another authorization", error.Describe(),
            StringComparison.Ordinal);
    }

    /// <summary>A failed one is sent again with the key itself: what GET shows is stars.</summary>
    [Fact]
    public async Task A_repair_sends_the_key_again()
    {
        var stars = new string('*', Key.Length);
        _arm.Answer("GET", Connection, HttpStatusCode.OK, AzureSample.Ours(Connection,
                "{\"provisioningState\":\"Failed\",\"connectionType\":\"ExpressRoute\",\"authorizationKey\":\""
                + $"{stars}\",\"peer\":{{\"id\":\"{Circuit}\"}}}}"))
            .Answer("PUT", Connection, HttpStatusCode.OK, "{}");
        var observed = (await Resource().Look(new Known(), _ct))!;
        Assert.Equal(ChangeKind.InPlace, observed.Compare(new Known()).Kind);
        await observed.Update(new Known(), _ct);
        Assert.Equal(Key, _arm.BodyOf("PUT", Connection).Text("properties", "authorizationKey"));
    }
}

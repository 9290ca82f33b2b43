using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>The real faces behind the real host: a client with nothing of ours in it.</summary>
public class SocketTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Megaport_answers_over_sockets()
    {
        var world = Worlds.Empty(TimeProvider.System);
        using var directory = new TemporaryDirectory();
        await using var host = await SandboxHost.Start(
            world, FacesOf(world), Path.Combine(directory.Path, "sandbox.pem"), TimeProvider.System,
            cancellation: Cancel);
        using var http = new HttpClient();
        await Exercise(http, host.MegaportToken, host.Megaport);
    }

    [Fact]
    public async Task Megaport_answers_in_process_under_its_own_names()
    {
        var world = Worlds.Empty();
        using var http = new HttpClient(new InProcessClouds(world, FacesOf(world)));
        await Exercise(http, new("https://auth-m2m.megaport.com"), new("https://api.megaport.com"));
    }

    [Fact]
    public async Task An_order_whose_reply_was_lost_was_placed_all_the_same()
    {
        var world = Worlds.Empty();
        world.Megaport.Locations = MegaportWorld.Catalogue().Locations;
        using var http = new HttpClient(new InProcessClouds(
            world, FacesOf(world),
            new() { LostReplies = 1, Only = request => request.Path.EndsWith("/buy", StringComparison.Ordinal) }));
        await Exercise(http, new("https://auth-m2m.megaport.com"), new("https://api.megaport.com"));
        using var order = new StringContent(Orders.Buy(Orders.Mcr()), Encoding.UTF8, "application/json");
        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => http.PostAsync(new Uri("https://api.megaport.com/v4/networkdesign/buy"), order, Cancel));
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        Assert.Equal("sydney-mcr", world.Megaport.Mcrs.Single().Name);
    }

    [Fact]
    public async Task Requests_at_the_same_time_are_answered_one_after_the_other()
    {
        var world = Worlds.Empty(TimeProvider.System);
        world.Megaport.Locations = MegaportWorld.Catalogue().Locations;
        using var directory = new TemporaryDirectory();
        await using var host = await SandboxHost.Start(
            world, FacesOf(world), Path.Combine(directory.Path, "sandbox.pem"), TimeProvider.System,
            cancellation: Cancel);
        using var http = new HttpClient();
        await Exercise(http, host.MegaportToken, host.Megaport);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
        {
            using var order = new StringContent(Orders.Buy(Orders.Mcr($"mcr-{i}")), Encoding.UTF8, "application/json");
            using var reply = await http.PostAsync(new Uri(host.Megaport, "/v4/networkdesign/buy"), order, Cancel);
            Assert.Equal(200, (int)reply.StatusCode);
        }));
        Assert.Equal(60, world.Megaport.Mcrs.Select(mcr => mcr.Id).Distinct().Count());
    }

    private static Faces FacesOf(SandboxWorld world) => Worlds.Echoes() with
    {
        Megaport = new MegaportFace(world),
        MegaportToken = new MegaportTokenFace(world, new("key", "secret")),
    };

    private static async Task Exercise(HttpClient http, Uri token, Uri api)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, new Uri(token, "/oauth2/token"))
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        ask.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("key:secret")));
        using var got = await http.SendAsync(ask, Cancel);
        var bearer = (await got.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["access_token"]!.GetValue<string>();

        using var without = await http.GetAsync(new Uri(api, "/v2/products"), Cancel);
        Assert.Equal(401, (int)without.StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var products = await http.GetAsync(new Uri(api, "/v2/products"), Cancel);
        Assert.Equal(200, (int)products.StatusCode);
        Assert.Equal("application/json", products.Content.Headers.ContentType!.MediaType);
        Assert.NotEmpty(products.Headers.GetValues("Trace-Id"));
        Assert.Empty((await products.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["data"]!.AsArray());
    }
}

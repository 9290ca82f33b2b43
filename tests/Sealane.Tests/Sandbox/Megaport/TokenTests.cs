namespace Sealane.Tests.Sandbox.Megaport;

public class TokenTests
{
    private const string Right = "Basic a2V5OnNlY3JldA==";
    private readonly MegaportWorld _world = new();

    [Theory]
    [InlineData("/oauth2/token?grant_type=client_credentials", null)]
    [InlineData("/oauth2/token", "grant_type=client_credentials")]
    public void The_grant_type_may_stand_in_the_query_or_in_the_form(string target, string? body)
    {
        var answer = _world.AskToken(target, body, Right);
        Assert.Equal(200, answer.Status);
        Assert.Equal("Bearer", answer.Json!["token_type"]!.GetValue<string>());
        Assert.Equal(3600, answer.Json["expires_in"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("/oauth2/token", "grant_type=client_credentials", "Basic a2V5Ondyb25n", 401, "invalid_client")]
    [InlineData("/oauth2/token", "grant_type=client_credentials", "Basic ???", 401, "invalid_client")]
    [InlineData("/oauth2/token", "grant_type=client_credentials", null, 401, "invalid_client")]
    [InlineData("/oauth2/token", "grant_type=password", Right, 400, "unsupported_grant_type")]
    [InlineData("/oauth2/token", null, Right, 400, "unsupported_grant_type")]
    [InlineData("/login", null, Right, 404, "not_found")]
    public void Anything_else_is_refused(string target, string? body, string? authorization, int status, string error)
    {
        var answer = _world.AskToken(target, body, authorization);
        Assert.Equal(status, answer.Status);
        Assert.Equal(error, answer.Json!["error"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    public void A_made_up_token_is_refused(string token)
    {
        _world.Bearer = token;
        var answer = _world.Ask("GET", "/v2/products");
        Assert.Equal(401, answer.Status);
        Assert.NotNull(answer.Header("Trace-Id"));
    }

    [Fact]
    public void A_token_ends_after_an_hour()
    {
        _world.Wait(3599);
        Assert.Equal(200, _world.Ask("GET", "/v2/products").Status);
        _world.Wait(2);
        Assert.Equal(401, _world.Ask("GET", "/v2/products").Status);
    }

    [Fact]
    public void The_hour_is_counted_on_the_clients_clock_however_fast_the_world_runs()
    {
        var wall = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var world = new MegaportWorld(wallClock: () => wall);
        world.Wait(100_000);
        Assert.Equal(200, world.Ask("GET", "/v2/products").Status);
        wall += TimeSpan.FromHours(1);
        Assert.Equal(401, world.Ask("GET", "/v2/products").Status);
    }
}

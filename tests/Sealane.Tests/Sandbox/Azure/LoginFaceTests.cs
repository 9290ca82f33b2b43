namespace Sealane.Tests.Sandbox.Azure;

public sealed class LoginFaceTests
{
    private const string Good = "grant_type=client_credentials&client_id=app-1&client_secret=not-a-secret";
    private readonly AzureSandbox _azure = new();

    [Theory]
    [InlineData("https%3A%2F%2Fmanagement.azure.com%2F.default", "as clients since 2023 ask")]
    [InlineData("https%3A%2F%2Fmanagement.azure.com%2F%2F.default", "as the .NET client asks")]
    [InlineData("https%3A%2F%2Fmanagement.core.windows.net%2F%2F.default", "the old audience")]
    [InlineData("openid+https%3A%2F%2Fmanagement.azure.com%2F.default+offline_access", "with OpenID's own scopes")]
    public void A_token_opens_the_resource_manager(string scope, string reason)
    {
        var reply = _azure.LogIn($"{Good}&scope={scope}");

        Assert.True(reply.Status == 200, reason);
        Assert.Equal(("Bearer", 3600L),
            (reply.Body["token_type"]!.GetValue<string>(), reply.Body["expires_in"]!.GetValue<long>()));
        _azure.Token = reply.Body["access_token"]!.GetValue<string>();
        Assert.Equal(200, _azure.Send("GET", "/subscriptions").Status);
    }

    [Theory]
    [InlineData(
        "grant_type=client_credentials&client_id=app-1&client_secret=wrong&scope=https://management.azure.com/.default",
        401, "invalid_client", 7000215)]
    [InlineData("grant_type=client_credentials&client_id=app-1&scope=https://management.azure.com/.default", 401,
        "invalid_client", 7000218)]
    [InlineData(
        "grant_type=client_credentials&client_id=app-2&client_secret=not-a-secret&scope=https://management.azure.com/.default", 400, "unauthorized_client", 700016)]
    [InlineData("grant_type=password&client_id=app-1&scope=https://management.azure.com/.default", 400,
        "unsupported_grant_type", 70003)]
    [InlineData(Good, 400, "invalid_request", 900144)]
    [InlineData($"{Good}&scope=https://management.azure.com", 400, "invalid_scope", 1002012)]
    [InlineData("", 400, "invalid_request", 900144)]
    public void A_wrong_request_is_refused_with_its_number(string form, int status, string error, long number)
    {
        var reply = _azure.LogIn(form);

        Assert.Equal((status, error), (reply.Status, reply.Body["error"]!.GetValue<string>()));
        Assert.Equal(number, reply.Body["error_codes"]![0]!.GetValue<long>());
        Assert.StartsWith($"AADSTS{number}:", reply.Body["error_description"]!.GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_for_another_service_does_not_open_the_resource_manager()
    {
        _azure.Token = _azure.LogIn($"{Good}&scope=https://vault.azure.net/.default").Body["access_token"]!
            .GetValue<string>();

        Assert.Equal("InvalidAuthenticationTokenAudience", _azure.Send("GET", "/subscriptions").Code);
    }

    [Theory]
    [InlineData("GET", "/adfs/.well-known/openid-configuration", "https://127.0.0.1:5/adfs/oauth2/token")]
    [InlineData("GET", "/common/v2.0/.well-known/openid-configuration", "https://127.0.0.1:5/common/oauth2/v2.0/token")]
    public void Clients_find_the_token_endpoint(string method, string path, string endpoint) =>
        Assert.Equal(endpoint, Ask(method, path, "").Body["token_endpoint"]!.GetValue<string>());

    [Theory]
    [InlineData("/adfs/oauth2/v2.0/token", "scope=https://127.0.0.1:5/.default")]
    [InlineData("/adfs/oauth2/token", "resource=https://127.0.0.1:5/")]
    [InlineData("/common/oauth2/token", "resource=https://management.azure.com/")]
    public void Older_forms_of_the_endpoint_work_too(string path, string audience) =>
        Assert.NotNull(Ask("POST", path, $"{Good}&{audience}").Body["access_token"]);

    [Theory]
    [InlineData("POST", "/nowhere/oauth2/v2.0/token", 400, 90002)]
    [InlineData("GET", "/", 404, 900023)]
    public void Unknown_directories_and_paths_are_refused(string method, string path, int status, long number)
    {
        var reply = Ask(method, path, Good);

        Assert.Equal((status, number), (reply.Status, reply.Body["error_codes"]![0]!.GetValue<long>()));
    }

    [Fact]
    public void The_instance_is_discovered_as_itself() => Assert.Equal(
        "127.0.0.1:5", Ask("GET", "/common/discovery/instance", "").Body["metadata"]![0]!["preferred_network"]!
            .GetValue<string>());

    private Reply Ask(string method, string path, string form) => new(_azure.Login.Answer(new()
    {
        Method = method,
        Origin = "https://127.0.0.1:5",
        Path = path,
        Query = "",
        Headers = new Dictionary<string, string>(),
        Body = System.Text.Encoding.UTF8.GetBytes(form),
    }));
}

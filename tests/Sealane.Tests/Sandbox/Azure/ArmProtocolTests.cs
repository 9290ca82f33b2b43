using Sealane.Sandbox.World;
using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>What holds for every request to ARM, whatever the resource.</summary>
public sealed class ArmProtocolTests
{
    private const string Vnet = $"{Network}/virtualNetworks/vnet-app";
    private readonly AzureSandbox _azure = new();

    [Theory]
    [InlineData(null, "AuthenticationFailed")]
    [InlineData("Basic abc", "AuthenticationFailedInvalidHeader")]
    [InlineData("Bearer fake", "InvalidAuthenticationToken")]
    [InlineData("Bearer a.b.c", "InvalidAuthenticationToken")]
    public void A_request_needs_a_token_of_this_directory(string? authorization, string code)
    {
        var reply = _azure.Send("GET", Vnet, null, ("Authorization", authorization ?? ""));

        Assert.Equal((401, code), (reply.Status, reply.Code));
        Assert.StartsWith("Bearer authorization_uri=", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    /// <summary>A group of one name in each: neither's lists have what is in the other's.</summary>
    [Fact]
    public void Each_subscription_is_asked_for_its_own()
    {
        const string other = "0e0e0e0e-0000-4000-8000-0000000000aa";
        var (there, vnets) = (Group.Replace(Subscription, other), "providers/Microsoft.Network/virtualNetworks");
        Assert.Equal("SubscriptionNotFound", _azure.Send("GET", there).Code);
        _azure.World.Azure.OtherSubscriptions.Add(other);
        Assert.Equal("ResourceGroupNotFound", _azure.Send("GET", there).Code);
        Assert.Equal(404, _azure.Send("GET", $"{there}/{vnets}/vnet-app").Status);
        Assert.Equal(201, _azure.Send("PUT", there, "{\"location\":\"australiaeast\"}").Status);
        Assert.Empty(_azure.Send("GET", $"{there}/{vnets}").Body["value"]!.AsArray());
        Assert.Empty(_azure.Send("GET", $"/subscriptions/{other}/{vnets}").Body["value"]!.AsArray());
        Assert.Empty(_azure.Send("GET", $"{there}/resources").Body["value"]!.AsArray());
        Assert.Single(_azure.Send("GET", $"/subscriptions/{other}/resourceGroups").Body["value"]!.AsArray());
        Assert.Single(_azure.Send("GET", $"{Group}/{vnets}").Body["value"]!.AsArray());
    }

    [Fact]
    public void A_token_that_was_tampered_with_is_refused()
    {
        var parts = _azure.Token.Split('.');
        var garbled = $"{parts[0]}.{parts[1][..^2]}{(parts[1][^2] == 'A' ? 'B' : 'A')}{parts[1][^1]}.{parts[2]}";

        Assert.Equal("InvalidAuthenticationToken",
            _azure.Send("GET", Vnet, null, ("Authorization", $"Bearer {garbled}")).Code);
    }

    [Fact]
    public async Task A_token_lasts_an_hour()
    {
        await _azure.Pass(TimeSpan.FromMinutes(59));
        Assert.Equal(200, _azure.Send("GET", Vnet).Status);

        await _azure.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal("ExpiredAuthenticationToken", _azure.Send("GET", Vnet).Code);
    }

    [Fact]
    public async Task The_hour_is_counted_on_the_clients_clock_however_fast_the_world_runs()
    {
        var wall = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        var azure = new AzureSandbox(() => wall);
        await azure.Pass(TimeSpan.FromHours(30));
        Assert.Equal(200, azure.Send("GET", Vnet).Status);

        wall += TimeSpan.FromHours(1);
        Assert.Equal("ExpiredAuthenticationToken", azure.Send("GET", Vnet).Code);
    }

    [Theory]
    [InlineData("", "MissingApiVersionParameter")]
    [InlineData("api-version=", "MissingApiVersionParameter")]
    [InlineData("api-version=latest", "InvalidApiVersionParameter")]
    [InlineData("api-version=2025-13-01", "InvalidApiVersionParameter")]
    [InlineData("api-version=1999-01-01", "InvalidApiVersionParameter")]
    public void Every_request_names_an_api_version(string query, string code)
    {
        var reply = _azure.Send("GET", $"{Vnet}?{query}");

        Assert.Equal((400, code), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("2018-11-01")]
    [InlineData("2021-04-01-preview")]
    [InlineData("2026-01-01")]
    public void Api_versions_of_ten_years_are_taken(string version) =>
        Assert.Equal(200, _azure.Send("GET", $"{Vnet}?api-version={version}").Status);

    [Theory]
    [InlineData(
        $"/subscriptions/{Subscription}/resourcegroups/RG-SYDNEY/providers/microsoft.network/virtualnetworks/VNET-APP")]
    [InlineData(
        $"//Subscriptions/{Subscription}/resourceGroups/rg-sydney//providers/Microsoft.Network//virtualNetworks/vnet-app/")]
    [InlineData(
        $"/subscriptions/{Subscription}/resourceGroups/rg%2Dsydney/providers/Microsoft.Network/virtualNetworks/vnet-app")]
    public void Paths_are_read_without_case_and_with_doubled_slashes(string path) =>
        Assert.Equal(Vnet, _azure.Send("GET", path).Body["id"]!.GetValue<string>());

    [Theory]
    [InlineData("GET", "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups", 404,
        "SubscriptionNotFound")]
    [InlineData("GET", $"/subscriptions/{Subscription}/resourceGroups/nowhere", 404, "ResourceGroupNotFound")]
    [InlineData("GET",
        $"/subscriptions/{Subscription}/resourceGroups/nowhere/providers/Microsoft.Network/virtualNetworks", 404,
        "ResourceGroupNotFound")]
    [InlineData("PUT",
        $"/subscriptions/{Subscription}/resourceGroups/nowhere/providers/Microsoft.Network/publicIPAddresses/p", 404,
        "ResourceGroupNotFound")]
    [InlineData("GET", $"{Network}/virtualNetworks/none", 404, "ResourceNotFound")]
    [InlineData("GET", $"{Vnet}/subnets/none", 404, "NotFound")]
    [InlineData("GET", $"{Network}/virtualNetworks/none/subnets/none", 404, "ResourceNotFound")]
    [InlineData("GET", $"{Network}/unheardOf/x", 404, "InvalidResourceType")]
    [InlineData("GET", $"{Group}/providers/Microsoft.Compute/virtualMachines/x", 404, "InvalidResourceNamespace")]
    [InlineData("POST", $"{Network}/virtualNetworks", 405, "HttpMethodNotSupported")]
    [InlineData("POST", Vnet, 405, "HttpMethodNotSupported")]
    [InlineData("GET",
        $"/subscriptions/{Subscription}/providers/Microsoft.Network/locations/australiaeast/operations/none", 404,
        "OperationNotFound")]
    [InlineData("GET", $"{Network}/virtualNetworkGateways/none/connections", 404, "ResourceNotFound")]
    [InlineData("POST", $"{Network}/connections/none/resetconnection", 404, "ResourceNotFound")]
    public void What_is_not_there_is_not_found_in_the_services_words(string method, string path, int status,
        string code)
    {
        var reply = _azure.Send(method, path, "{}");

        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_create_answers_201_and_an_operation_that_ends()
    {
        var created = _azure.Send("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp);

        Assert.Equal((201, "Updating"), (created.Status, created.State));
        Assert.Equal("10", created.Header("Retry-After"));
        Assert.Equal(created.Header("ETag"), created.Body["etag"]!.GetValue<string>());
        var url = created.Header("Azure-AsyncOperation")!["https://management.azure.com".Length..];
        Assert.Equal("InProgress", _azure.Send("GET", url).Body["status"]!.GetValue<string>());

        await _azure.Pass(TimeSpan.FromSeconds(20));

        Assert.Equal("Succeeded", _azure.Send("GET", url).Body["status"]!.GetValue<string>());
        Assert.Equal("Succeeded", _azure.Send("GET", $"{Network}/publicIPAddresses/pip").State);
    }

    [Fact]
    public async Task A_second_put_answers_200_with_a_new_etag_and_resets_what_is_not_sent()
    {
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/pip",
            Bodies.With(Bodies.PublicIp, "tags={\"a\":\"b\"}"));
        var before = _azure.Send("GET", $"{Network}/publicIPAddresses/pip");

        var again = _azure.Send("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp);

        Assert.Equal(200, again.Status);
        Assert.NotEqual(before.Header("ETag"), again.Header("ETag"));
        Assert.Null(again.Body["tags"]);
        Assert.Equal(before.Properties!["ipAddress"]!.GetValue<string>(),
            again.Properties!["ipAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task Preconditions_are_honoured()
    {
        const string path = $"{Network}/publicIPAddresses/pip";
        Assert.Equal(412, _azure.Send("PUT", path, Bodies.PublicIp, ("If-Match", "*")).Status);
        await _azure.Must("PUT", path, Bodies.PublicIp);
        var etag = _azure.Send("GET", path).Header("ETag")!;

        Assert.Equal("PreconditionFailed", _azure.Send("PUT", path, Bodies.PublicIp, ("If-None-Match", "*")).Code);
        Assert.Equal(412, _azure.Send("PUT", path, Bodies.PublicIp, ("If-Match", "W/\"old\"")).Status);
        Assert.Equal(200, _azure.Send("PUT", path, Bodies.PublicIp, ("If-Match", etag)).Status);
    }

    [Fact]
    public async Task Deleting_answers_202_once_and_204_when_it_is_gone()
    {
        const string path = $"{Network}/publicIPAddresses/pip";
        Assert.Equal(204, _azure.Send("DELETE", path).Status);
        await _azure.Must("PUT", path, Bodies.PublicIp);

        var deleting = _azure.Send("DELETE", path);

        Assert.Equal(202, deleting.Status);
        Assert.Equal("Deleting", _azure.Send("GET", path).State);
        var location = deleting.Header("Location")!["https://management.azure.com".Length..];
        Assert.Equal(202, _azure.Send("GET", location).Status);
        await _azure.Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(204, _azure.Send("GET", location).Status);
        Assert.Equal(404, _azure.Send("GET", path).Status);
        Assert.Equal(204, _azure.Send("DELETE", path).Status);
    }

    [Fact]
    public async Task Tags_are_patched_at_once_or_as_an_operation()
    {
        await _azure.Build(15);
        var address = _azure.Send("PATCH", $"{Network}/publicIPAddresses/pip", """{"tags":{"a":"1"}}""");
        var gateway = _azure.Send("PATCH", VpnGateway, """{"tags":{"a":"1"}}""");

        Assert.Equal((200, null, "Succeeded"), (address.Status, address.Header("Azure-AsyncOperation"), address.State));
        Assert.Equal("1", address.Body["tags"]!["a"]!.GetValue<string>());
        Assert.Equal((200, "Updating"), (gateway.Status, gateway.State));
        Assert.NotNull(gateway.Header("Azure-AsyncOperation"));
        Assert.Equal("InvalidRequestFormat", _azure.Send("PATCH", VpnGateway, """{"properties":{}}""").Code);
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        _azure.World.Azure.PageSize = 2;
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
        {
            await _azure.Must("PUT", $"{Network}/publicIPAddresses/{name}", Bodies.PublicIp);
        }
        var names = new List<string>();
        for (var next =
            $"/subscriptions/{Subscription}/providers/Microsoft.Network/publicIPAddresses?api-version=2025-05-01";
            next is not null;)
        {
            var page = _azure.Send("GET", next).Body;
            names.AddRange(page["value"]!.AsArray().Select(one => one!["name"]!.GetValue<string>()));
            next = page["nextLink"]?.GetValue<string>()["https://management.azure.com".Length..];
        }

        Assert.Equal(["a", "b", "c", "d", "e"], names);
        Assert.Equal("InvalidSkipToken",
            _azure.Send("GET", $"{Network}/publicIPAddresses?api-version=2025-05-01&$skipToken=%21").Code);
    }

    [Theory]
    [InlineData("Failed")]
    [InlineData("Canceled")]
    public async Task An_operation_can_end_badly_and_the_resource_be_put_again(string state)
    {
        const string path = $"{Network}/publicIPAddresses/pip";
        _azure.World.Azure.Mishaps.Add(new(path, state, "InternalServerError", "An error occurred."));

        var status = await _azure.Do("PUT", path, Bodies.PublicIp);

        Assert.Equal((200, state), (status.Status, status.Body["status"]!.GetValue<string>()));
        Assert.Equal("InternalServerError", status.Code);
        Assert.Equal(state, _azure.Send("GET", path).State);
        await _azure.Must("PUT", path, Bodies.PublicIp);
    }

    [Fact]
    public void Faults_are_said_in_ARMs_words()
    {
        var request = new WireRequest
        {
            Method = "GET",
            Origin = "https://management.azure.com",
            Path = Vnet,
            Query = "",
            Headers = new Dictionary<string, string>(),
            Body = [],
        };

        var throttled = new Reply(_azure.Arm.Say(Fault.Throttled, request));
        Assert.Equal((429, "TooManyRequests", "5"),
            (throttled.Status, throttled.Code, throttled.Header("Retry-After")));
        Assert.Equal(500, _azure.Arm.Say(Fault.ServerError, request).Status);
    }

    [Fact]
    public void Every_answer_carries_the_ids_that_a_support_case_needs()
    {
        var reply = _azure.Send("GET", Vnet);

        Assert.All(
            ["x-ms-request-id", "x-ms-correlation-request-id", "x-ms-routing-request-id",
                "x-ms-ratelimit-remaining-subscription-reads"],
            name => Assert.False(string.IsNullOrEmpty(reply.Header(name))));
        Assert.NotEqual(reply.Header("x-ms-request-id"), _azure.Send("GET", Vnet).Header("x-ms-request-id"));
    }
}
